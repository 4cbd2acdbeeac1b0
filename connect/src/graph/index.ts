export {
  listConnectors,
  listRefusals,
  listRuns,
  type ConnectorRefusalRows,
  type ConnectorRunRows,
  type ConnectorsContext,
} from './list-connectors.js';
export {
  originView,
  type ConnectorRefusalView,
  type ConnectorRunView,
  type ConnectorSourceView,
  type FieldOriginView,
} from './views.js';
