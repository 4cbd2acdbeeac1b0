export * from './check/index.js';
export { addConnectCommands } from './commands/connect-commands.js';
export type { OpenConnectors, WithConnectors } from './commands/open-connectors.js';
export { readMapping, type MappingReader, type ReadMapping } from './commands/mapping-files.js';
export { connectorsFolder } from './config.js';
export {
  dropFolder,
  pushRoute,
  pushRoutes,
  runDelivery,
  watchFolders,
  type DeliveredFile,
  type DeliveryTools,
  type DropFolder,
  type DropRound,
  type PushTools,
  type TakenFile,
} from './deliveries/index.js';
export * from './corrections/index.js';
export * from './graph/index.js';
export * from './mapped.js';
export * from './mapping/index.js';
export * from './runs/index.js';
export * from './service/index.js';
export * from './source-record.js';
export * from './sources/index.js';
export * from './target-fields.js';
export * from './target.js';
export { unknownNames, type NamedInRow } from './unknown-names.js';
