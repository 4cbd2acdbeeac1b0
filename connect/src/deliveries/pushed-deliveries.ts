import { isDuplicateKey } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import { connectorCollections, type ConnectorCollections } from '../runs/collections.js';

/** Much longer than a signature is fresh, and than anybody tries one delivery again. */
const KEPT_SECONDS = 90 * 24 * 3600;
/** Times of one delivery that can be fresh at once, in seconds either way, and more. */
const MOST_STAMPS = 1_000;

const pushes = (connection: Connection): ConnectorCollections['pushes'] => connectorCollections(connection).pushes;

/** Builds the index of pushed deliveries; safe to call at each start. */
export async function ensurePushIndexes(connection: Connection): Promise<void> {
  await pushes(connection).createIndexes([{ key: { receivedOn: 1 }, expireAfterSeconds: KEPT_SECONDS }]);
}

/**
 * Uses a signature that is right up, before the body is read: `replayed` when it was used before, `other` when the
 * number stands for another content.
 */
export async function spendSignature(
  connection: Connection,
  {
    source,
    id,
    digest,
    stamp,
  }: { readonly source: string; readonly id: string; readonly digest: string; readonly stamp: string },
): Promise<'fresh' | 'replayed' | 'other'> {
  const _id = `${source}/${id}`;
  // Two at once may both find none there; whichever comes second finds the first when it looks again.
  for (let attempt = 0; attempt < 2; attempt += 1)
    try {
      const before = await pushes(connection).findOneAndUpdate(
        { _id, stamps: { $ne: stamp } },
        [
          {
            $set: {
              receivedOn: { $ifNull: ['$receivedOn', '$$NOW'] },
              stamps: { $slice: [{ $concatArrays: [{ $ifNull: ['$stamps', []] }, [stamp]] }, -MOST_STAMPS] },
            },
          },
        ],
        { upsert: true, returnDocument: 'before' },
      );
      return (before?.digest ?? digest) === digest ? 'fresh' : 'other';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  return 'replayed';
}

/**
 * Remembers the content of a delivery that came whole: `new`, or `repeated` for one that came before under another
 * signature; `other` when the number stands for another content, which came meanwhile. A body that did not come whole
 * leaves its number free.
 */
export async function rememberContent(
  connection: Connection,
  { source, id, digest }: { readonly source: string; readonly id: string; readonly digest: string },
): Promise<'new' | 'repeated' | 'other'> {
  const before = await pushes(connection).findOneAndUpdate(
    { _id: `${source}/${id}` },
    [{ $set: { digest: { $ifNull: ['$digest', digest] } } }],
    { returnDocument: 'before' },
  );
  if (before?.digest === undefined) return 'new';
  return before.digest === digest ? 'repeated' : 'other';
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
