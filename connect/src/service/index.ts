export { mappingsIn, type FolderFault, type FolderMapping, type MappingsInFolder } from './mappings-in.js';
export { startConnectors, type ConnectorService } from './start-connectors.js';
