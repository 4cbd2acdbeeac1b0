export { departmentTypeDefs, wholeSchema } from './whole-schema.js';
