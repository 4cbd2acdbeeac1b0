export {
  listConflicts,
  listConnectors,
  listRefusals,
  listRuns,
  type ConnectorConflictRows,
  type ConnectorRefusalRows,
  type ConnectorRunRows,
  type ConnectorsContext,
} from './list-connectors.js';
export {
  originView,
  type ConnectorConflictView,
  type ConnectorRefusalView,
  type ConnectorRunView,
  type ConnectorSourceView,
  type FieldOriginView,
} from './views.js';
