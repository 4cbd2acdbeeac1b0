export {
  addConnectCommands,
  addMappingCommands,
  type MappingFiles,
  type OpenConnectors,
  type ReadMapping,
  type WithConnectors,
} from './commands/connect-commands.js';
export * from './mapped.js';
export * from './runs/index.js';
export * from './source-record.js';
export * from './target.js';
