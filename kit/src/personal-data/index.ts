export { accessNotes, type AccessNotes } from './access-notes.js';
export {
  listDataAccesses,
  type DataAccessArguments,
  type DataAccessConnectionRows,
  type DataAccessView,
} from './data-access-list.js';
export {
  DATA_ACCESSES,
  dataAccessStore,
  ensureDataAccessIndexes,
  type DataAccessRecord,
  type DataAccessStore,
} from './data-access-store.js';
export { maskName, maskTelephone, replacePersonalNumbers, type NumberNames } from './personal-numbers.js';
export {
  requirePurpose,
  requirePurposeOfMachine,
  type AskedDatum,
  type Offices,
  type PurposeContext,
} from './purpose.js';
export { readThing, readThingForPurpose, type AskedThing, type OpenedThing } from './thing-by-key.js';
