/** What the schema registry needs of the gateway to judge schemas: its composition and its reading of rights. */
export { accessTable } from '../access/access-table.js';
export { apiSchemaOf } from './api-schema.js';
export { CompositionRefused, composeWithApi, type DepartmentSchema } from './compose.js';
