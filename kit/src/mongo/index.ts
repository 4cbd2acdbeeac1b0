export { chooseMongod, type MongodChoice } from './binary.js';
export { connectMongo, ensureIndexes, inTransaction } from './connect.js';
export { startEmbeddedMongo, type EmbeddedMongo } from './embedded.js';
export { keysetFilter, keysetSort, type SortKey } from './keyset.js';
export { ensureOnceIndexes, RolledBack, runOnce, type OnceOutcome } from './once.js';
export { openMongo, type OpenMongo } from './open.js';
export { pagePerParent, type ParentPage } from './page-per-parent.js';
export { aggregateAtOnce, findAtOnce } from './read-at-once.js';
export { readingStore, type Reading, type ReadingStore } from './reading-store.js';
