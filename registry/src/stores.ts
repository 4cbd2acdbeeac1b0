import type { Connection } from 'mongoose';
import { decisionStore } from './models/decisions.js';
import { draftStore } from './models/draft.js';
import { headStore } from './models/head.js';
import { publicationStore } from './models/publication.js';
import { supergraphStore } from './models/supergraph.js';
import { useStore } from './models/use.js';

export type Stores = ReturnType<typeof openStores>;

/** All stores of the registry over one connection. */
export const openStores = (db: Connection) => ({
  connection: db,
  head: headStore(db),
  publications: publicationStore(db),
  supergraphs: supergraphStore(db),
  uses: useStore(db),
  decisions: decisionStore(db),
  drafts: draftStore(db),
});
