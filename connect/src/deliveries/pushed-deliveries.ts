import { isDuplicateKey } from '@zhitong/kit/mongo';
import type { Collection } from 'mongodb';
import type { Connection } from 'mongoose';

/** What is remembered of a delivery that was pushed. */
interface PushRecord {
  /** `<source>/<webhook-id>`. */
  readonly _id: string;
  /** Hexadecimal SHA-256 of its bytes: another content never comes under its number. */
  readonly digest: string;
  /** Times under which it was signed: a signature is of one number, time and content, and counts once. */
  readonly stamps: readonly string[];
  readonly receivedOn: Date;
  /** The first rows that its run refused. */
  readonly refusals?: readonly string[];
}

/** Much longer than a signature is fresh, and than anybody tries one delivery again. */
const KEPT_SECONDS = 90 * 24 * 3600;
/** Times of one delivery that can be fresh at once, in seconds either way, and more. */
const MOST_STAMPS = 1_000;

const pushes = (connection: Connection): Collection<PushRecord> => connection.collection('connector_pushes');

/** Builds the index of pushed deliveries; safe to call at each start. */
export async function ensurePushIndexes(connection: Connection): Promise<void> {
  await pushes(connection).createIndexes([{ key: { receivedOn: 1 }, expireAfterSeconds: KEPT_SECONDS }]);
}

/**
 * Remembers a delivery whose signature is right: `new`, or `repeated` for one that came before under another signature;
 * `replayed` when this very signature came before, `other` when the number stands for another content.
 */
export async function rememberPush(
  connection: Connection,
  {
    source,
    id,
    digest,
    stamp,
  }: { readonly source: string; readonly id: string; readonly digest: string; readonly stamp: string },
): Promise<'new' | 'repeated' | 'replayed' | 'other'> {
  const _id = `${source}/${id}`;
  // Two at once may both find none there; whichever comes second finds the first when it looks again.
  for (let attempt = 0; attempt < 2; attempt += 1)
    try {
      const before = await pushes(connection).findOneAndUpdate(
        { _id, stamps: { $ne: stamp } },
        [
          {
            $set: {
              digest: { $ifNull: ['$digest', digest] },
              receivedOn: { $ifNull: ['$receivedOn', '$$NOW'] },
              stamps: { $slice: [{ $concatArrays: [{ $ifNull: ['$stamps', []] }, [stamp]] }, -MOST_STAMPS] },
            },
          },
        ],
        { upsert: true, returnDocument: 'before' },
      );
      if (before === null) return 'new';
      return before.digest === digest ? 'repeated' : 'other';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  return 'replayed';
}

/**
 * The rows that the run of a delivery refused, by what they are kept under: as they were found after its first run,
 * whatever has become of them.
 */
export async function refusalsOf(
  connection: Connection,
  { source, id }: { readonly source: string; readonly id: string },
  find: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const of = { _id: `${source}/${id}` };
  const known = async (): Promise<readonly string[] | undefined> => (await pushes(connection).findOne(of))?.refusals;
  const before = await known();
  if (before !== undefined) return before;
  const refusals = await find();
  // Of two answers at once the first to find them is right: it removes the file in which they are found.
  await pushes(connection).updateOne({ ...of, refusals: { $exists: false } }, { $set: { refusals } });
  return (await known()) ?? refusals;
}
