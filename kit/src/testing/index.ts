export { countCommands, type CommandCount } from './count-commands.js';
export { departmentUnderTest, type DepartmentUnderTest, type TestAnswer } from './subgraph-under-test.js';
export { testDatabase, type TestDatabase } from './test-database.js';
