export { finishedLoad, loadOnce, type FinishedLoad } from './load-once.js';
export { startDepartment, type DepartmentParts, type DepartmentTools } from './start-department.js';
export { withDatabase, type CommandTools } from './with-database.js';
