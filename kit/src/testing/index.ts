export { countCommands, type CommandCount } from './count-commands.js';
export { departmentUnderTest, type DepartmentUnderTest, type TestAnswer } from './department-under-test.js';
export { testDatabase, type TestDatabase } from './test-database.js';
