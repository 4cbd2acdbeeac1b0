import { dayInShanghai } from '@zhitong/values';
import { MongoClient, type ChangeStream } from 'mongodb';
import { documentDatabase, type StoredRelease } from '../operations/document-database.js';
import type { ClientDocumentStore } from '../operations/client-documents.js';
import {
  DRAFTS,
  RELEASES,
  SUPERGRAPHS,
  USES,
  type StoredDraft,
  type StoredSupergraph,
  type StoredUse,
} from './feed-contract.js';
import type { CountedUse } from './operation-uses.js';

/** A look is one query by the primary key; where change streams run, it is the second way to notice. */
const LOOK_EVERY_MS = 2_000;
const ANSWER_WITHIN_MS = 5_000;

/** What a gateway has of the schema registry. */
export interface SupergraphFeed {
  /**
   * The supergraph that counts; null while nothing was published.
   * @param after number of one that is known: null where none came later, and no graph is read for it
   * @throws Error when the registry does not answer
   */
  latest(after?: number): Promise<StoredSupergraph | null>;
  /** Calls `onNews` when something may have been published, until it is stopped; the registry may go and come. */
  watch(onNews: () => void): void;
  /** Adds to what was counted. @throws Error when the registry does not answer */
  count(uses: readonly CountedUse[], now: Date): Promise<void>;
  /** A draft without its texts; null where there is none of the name. @throws Error as `latest` */
  draft(name: string): Promise<Omit<StoredDraft, 'sdl' | 'supergraphSdl'> | null>;
  /** The graph with one revision of a draft; null where that was changed. @throws as `draft` */
  draftSupergraph(name: string, revision: number): Promise<string | null>;
  /** The documents that clients have registered. */
  readonly documents: ClientDocumentStore;
  stop(): Promise<void>;
}

/** The registry's database. A change stream tells at once; where there is none, and after an outage, a look does. */
export function supergraphFeed({ uri, database }: { uri: string; database: string }): SupergraphFeed {
  const client = new MongoClient(uri, {
    maxPoolSize: 3,
    serverSelectionTimeoutMS: ANSWER_WITHIN_MS,
    connectTimeoutMS: ANSWER_WITHIN_MS,
  });
  const supergraphs = client.db(database).collection<StoredSupergraph>(SUPERGRAPHS);
  const uses = client.db(database).collection<StoredUse>(USES);
  const drafts = client.db(database).collection<StoredDraft>(DRAFTS);
  let timer: NodeJS.Timeout | undefined;
  let stream: ChangeStream | undefined;
  let stopped = false;

  const listen = (onNews: () => void): void => {
    if (stopped || stream !== undefined) return;
    const opened = supergraphs.watch([{ $match: { operationType: 'insert' } }, { $project: { documentKey: 1 } }]);
    stream = opened;
    opened.on('change', onNews);
    opened.on('error', () => {
      if (stream === opened) stream = undefined; // The next look opens another.
      void opened.close().catch(() => undefined);
    });
  };
  return {
    latest: async (after) =>
      supergraphs
        .find(after === undefined ? {} : { _id: { $gt: after } })
        .sort({ _id: -1 })
        .limit(1)
        .maxTimeMS(ANSWER_WITHIN_MS)
        .next(),
    watch: (onNews) => {
      listen(onNews);
      timer = setInterval(() => {
        listen(onNews);
        onNews();
      }, LOOK_EVERY_MS).unref();
    },
    count: async (counted, now) => {
      const day = dayInShanghai(now);
      await uses.bulkWrite(
        counted.map(({ client: name, version, coordinate, count }) => ({
          updateOne: {
            filter: { _id: JSON.stringify([day, name, version, coordinate]) },
            update: { $inc: { count }, $setOnInsert: { day, client: name, version, coordinate, at: now } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
    draft: async (name) =>
      drafts.findOne({ _id: name }, { projection: { sdl: 0, supergraphSdl: 0 }, maxTimeMS: ANSWER_WITHIN_MS }),
    draftSupergraph: async (name, revision) =>
      (await drafts.findOne({ _id: name, revision }, { projection: { supergraphSdl: 1 }, maxTimeMS: ANSWER_WITHIN_MS }))
        ?.supergraphSdl ?? null,
    documents: documentDatabase(client.db(database).collection<StoredRelease>(RELEASES)),
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await stream?.close().catch(() => undefined);
      await client.close();
    },
  };
}
