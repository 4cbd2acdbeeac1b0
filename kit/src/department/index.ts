export { announceLoad, finishedLoad, loadOnce, loadState, type FinishedLoad, type LoadState } from './load-once.js';
export { runDepartment } from './run-department.js';
export { startDepartment, type DepartmentParts, type DepartmentTools } from './start-department.js';
export { withDatabase, type CommandTools } from './with-database.js';
