import type { Collection } from 'mongodb';
import { z } from 'zod';
import {
  clientRelease,
  judgeRelease,
  RefusedRelease,
  type ClientDocumentStore,
  type ClientRelease,
} from './client-documents.js';

/** A release as the registry's database holds it. */
export type StoredRelease = ClientRelease & {
  /** Client and version. */
  readonly _id: string;
};

const DUPLICATE_KEY = 11_000;
const ANSWER_WITHIN_MS = 5_000;

/** Key of a release; the same version, taken out and registered anew, has another moment. */
const keyOf = ({ _id, publishedAt }: Pick<StoredRelease, '_id' | 'publishedAt'>): string => `${_id} ${publishedAt}`;

/**
 * Registered documents in the registry's database, read by checks and by gateways. A release never changes, so that
 * what was read once is read again only when it is new.
 */
export function documentDatabase(collection: Collection<StoredRelease>): ClientDocumentStore {
  let known = new Map<string, ClientRelease>();
  const releases = async (): Promise<readonly ClientRelease[]> => {
    const names = await collection
      .find({}, { projection: { publishedAt: 1 }, maxTimeMS: ANSWER_WITHIN_MS })
      .sort({ _id: 1 })
      .toArray();
    const missing = names.filter((name) => !known.has(keyOf(name))).map(({ _id }) => _id);
    const read =
      missing.length === 0
        ? []
        : await collection.find({ _id: { $in: missing } }, { maxTimeMS: ANSWER_WITHIN_MS }).toArray();
    const all = new Map([...known, ...read.map((stored) => [keyOf(stored), releaseOf(stored)] as const)]);
    known = new Map(
      names.flatMap((name) => {
        const release = all.get(keyOf(name));
        return release === undefined ? [] : [[keyOf(name), release]];
      }),
    );
    return [...known.values()];
  };
  return {
    releases,
    publish: async (release) => {
      if (judgeRelease(release, await releases()) === 'known') return 'known';
      try {
        await collection.insertOne({ _id: idOf(release.client, release.version), ...release });
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
        // Somebody registered the version at the same moment: what is there decides.
        return judgeRelease(release, await releases()) === 'known' ? 'known' : refuseTwice(release);
      }
      return 'published';
    },
    retire: async (client, version) => (await collection.deleteOne({ _id: idOf(client, version) })).deletedCount === 1,
  };
}

const idOf = (client: string, version: string): string => JSON.stringify([client, version]);

function releaseOf({ _id, ...stored }: StoredRelease): ClientRelease {
  const read = clientRelease.safeParse(stored);
  if (!read.success) throw new Error(`${_id} is no registered release: ${z.prettifyError(read.error)}`);
  return read.data;
}

function refuseTwice({ client, version }: ClientRelease): never {
  throw new RefusedRelease(`${client} ${version} is being registered by somebody else.`);
}
