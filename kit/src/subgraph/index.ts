export { announceLoad, finishedLoad, loadOnce, loadState, type FinishedLoad, type LoadState } from './load-once.js';
export { runDepartment } from './run-subgraph.js';
export { startDepartment, type DepartmentParts, type DepartmentTools } from './start-subgraph.js';
export { withDatabase, type CommandTools } from './with-database.js';
