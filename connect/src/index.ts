export * from './check/index.js';
export { addConnectCommands, type OpenConnectors, type WithConnectors } from './commands/connect-commands.js';
export { readMapping, type MappingReader, type ReadMapping } from './commands/mapping-files.js';
export * from './mapped.js';
export * from './mapping/index.js';
export * from './runs/index.js';
export * from './source-record.js';
export * from './sources/index.js';
export * from './target.js';
