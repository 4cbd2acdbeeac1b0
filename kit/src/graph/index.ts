export { askGraph, graphAnswer, GraphUnreachable } from './ask-graph.js';
export {
  declareDependantsJob,
  dependantsOf,
  receiverDependants,
  type AskedByReceivers,
  type GraphDependant,
  type GraphNeeds,
} from './declare-dependants.js';
export type { CompleteResolvers, DemandedResolvers } from './demanded-resolvers.js';
export { fieldTable, storedField, type FieldTable } from './field-table.js';
export { departmentRegister } from './department-register.js';
export { graphRegister } from './graph-register.js';
export { keptIndex, type KeptIndex } from './kept-index.js';
export { keptReading, type KeptReading } from './kept-reading.js';
export type { GraphTokenSource } from './graph-token-source.js';
export { serviceToken, type ServiceToken } from './service-token.js';
export {
  areasAmong,
  guarded,
  nameChecks,
  type Named,
  type NameChecks,
  type NamedKind,
  type NameLookup,
} from './name-checks.js';
export {
  isRegisteredIn,
  officesOf,
  openRegister,
  registerListsStore,
  type Coded,
  type IdentifyingWords,
  type Register,
  type RegisterLists,
  type RegisterSource,
} from './register.js';
