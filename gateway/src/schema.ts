/** The composed graph as schemas that callers see: for tools beside the gateway, such as the mock server. */
export { CONTRACTS } from './contracts/contracts.js';
export { apiDocument, contractViews } from './contracts/plain-sdl.js';
export { apiSchemaOf } from './supergraph/api-schema.js';
