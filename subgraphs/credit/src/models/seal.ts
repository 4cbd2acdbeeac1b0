import { inTransaction, isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { SealedHead } from '../domain/ledger/merkle.js';
import type { OwnSealedHead, Seal } from '../domain/ledger/seal.js';
import { LEDGER_ENTRIES } from './ledger-entry.js';
import { RECORD_HISTORY, SEALS, type RecordNotes } from './record-history.js';

/** A seal that is being made: its instant is fixed, its root is not known yet. */
export interface OpenSeal {
  readonly no: number;
  readonly cutoff: string;
}

interface StoredSeal extends Omit<Seal, 'root' | 'hash' | 'treeSize' | 'previousHash'> {
  root: string | null;
  treeSize: number | null;
  previousHash: string | null;
  hash: string | null;
}

interface StoredHead extends SealedHead {
  sealNo: number;
}

const required = true;
const text = { type: String, default: null };
const sealSchema = new Schema<StoredSeal>(
  {
    no: { type: Number, required },
    cutoff: { type: String, required },
    root: text,
    treeSize: { type: Number, default: null },
    previousHash: text,
    hash: text,
  },
  { collection: SEALS, versionKey: false, strict: 'throw' },
);
// Two who seal at the same time do not make two seals of one number.
sealSchema.index({ no: 1 }, { unique: true });

const headSchema = new Schema<StoredHead>(
  {
    sealNo: { type: Number, required },
    commitmentId: { type: String, required },
    seq: { type: Number, required },
    hash: { type: String, required },
  },
  { collection: 'sealed_heads', versionKey: false, strict: 'throw' },
);
headSchema.index({ commitmentId: 1, sealNo: 1 }, { unique: true });
headSchema.index({ sealNo: 1 });

const BATCH = 1_000;

/** What a seal covers: each collection of chained entries, with the field that names an entry's chain. */
const CHAINED = { [LEDGER_ENTRIES]: '$commitmentId', [RECORD_HISTORY]: '$chain' };

export type SealStore = ReturnType<typeof sealStore>;

/**
 * Seals, and for each seal the heads that changed since the one before it. A head's `commitmentId` is the name of its
 * chain: a commitment's number, or a name with a slash (`record-kinds.ts`, `open-chain.ts`).
 */
export function sealStore(db: Connection, history: RecordNotes) {
  const seals = db.model('Seal', sealSchema);
  const heads = db.model('SealedHead', headSchema);
  const putHeads = async (sealNo: number, changed: readonly SealedHead[]): Promise<void> => {
    if (changed.length === 0) return;
    await heads.bulkWrite(
      changed.map(({ commitmentId, seq, hash }) => ({
        updateOne: { filter: { commitmentId, sealNo }, update: { $set: { seq, hash } }, upsert: true },
      })),
      { ordered: false },
    );
  };
  return {
    /** Puts heads of chains that are derived from others beside those that were collected. Can be run again. */
    putHeads,

    /** Whether some seal before this one has covered a chain with a name that begins so. */
    hasSealed: async (prefix: RegExp, before: number): Promise<boolean> =>
      (await heads.exists({ commitmentId: prefix, sealNo: { $lt: before } })) !== null,

    /** Numbers of seals of which there are heads, finished or not, in order. */
    numbersOfHeads: async (): Promise<unknown[]> => heads.distinct('sealNo'),

    /** All seals as they are stored, finished or not, the earliest first. */
    stored: async (): Promise<StoredSeal[]> => seals.find({}, { _id: 0 }).sort({ no: 1 }).lean<StoredSeal[]>(),

    /** The newest seal, finished or not; null before the first. */
    newest: async (): Promise<StoredSeal | null> => seals.findOne({}, { _id: 0 }).sort({ no: -1 }).lean<StoredSeal>(),

    /** Finished seals, the earliest first. */
    all: async (): Promise<Seal[]> =>
      await seals
        .find({ hash: { $ne: null } }, { _id: 0 })
        .sort({ no: 1 })
        .lean<Seal[]>(),

    /** Finished seals after a number, the earliest first. */
    after: async (no: number, limit: number): Promise<Seal[]> =>
      seals
        .find({ no: { $gt: no }, hash: { $ne: null } }, { _id: 0 })
        .sort({ no: 1 })
        .limit(limit)
        .lean<Seal[]>(),

    /** The newest finished seal; with `before`, of those whose instant is not after it. */
    finished: async (before?: string): Promise<Seal | null> =>
      seals
        .findOne({ hash: { $ne: null }, ...(before === undefined ? {} : { cutoff: { $lte: before } }) }, { _id: 0 })
        .sort({ no: -1 })
        .lean<Seal>(),

    /** Fixes the instant of the next seal; false when somebody else has fixed one. */
    open: async (seal: OpenSeal): Promise<boolean> =>
      inTransaction(db, async (session) => {
        await seals.create([{ ...seal }], { session });
        await history.note(SEALS, [seal], session);
      }).then(
        () => true,
        (error: unknown) => {
          if (isDuplicateKey(error)) return false;
          throw error;
        },
      ),

    /**
     * Stores, for an open seal, the head of each chain that has entries between the two instants. Can be run again.
     */
    collectHeads: async ({ no, cutoff }: OpenSeal, after: string): Promise<void> => {
      for (const [collection, name] of Object.entries(CHAINED)) {
        const changed = db.collection(collection).aggregate<{ _id: string; head: { seq: number; hash: string } }>(
          [
            { $match: { recordedAt: { $gte: after, $lt: cutoff } } },
            {
              $group: { _id: name, head: { $top: { sortBy: { seq: -1 }, output: { seq: '$seq', hash: '$hash' } } } },
            },
          ],
          { allowDiskUse: true },
        );
        let batch: SealedHead[] = [];
        for await (const { _id, head } of changed) {
          batch.push({ commitmentId: _id, ...head });
          if (batch.length < BATCH) continue;
          await putHeads(no, batch);
          batch = [];
        }
        await putHeads(no, batch);
      }
    },

    /** The heads that a seal covers: of each chain the newest stored up to it, in order of the chains' names. */
    headsAt: async (sealNo: number): Promise<SealedHead[]> =>
      heads
        .aggregate<SealedHead>([
          { $match: { sealNo: { $lte: sealNo } } },
          {
            $group: {
              _id: '$commitmentId',
              head: {
                $top: { sortBy: { sealNo: -1 }, output: { commitmentId: '$commitmentId', seq: '$seq', hash: '$hash' } },
              },
            },
          },
          { $replaceRoot: { newRoot: '$head' } },
          { $sort: { commitmentId: 1 } },
        ])
        .allowDiskUse(true),

    /** The heads stored for one seal: of the chains that changed since the one before it. */
    changedHeads: async (sealNo: number): Promise<SealedHead[]> =>
      (await heads.find({ sealNo }, { _id: 0 }).lean<StoredHead[]>()).map(({ sealNo: _own, ...head }) => head),

    /** The stored heads of many chains, the earliest seal first. */
    headsOf: async (
      commitmentIds: readonly string[],
      cutoffs: ReadonlyMap<number, string>,
    ): Promise<Map<string, OwnSealedHead[]>> => {
      const own = new Map<string, OwnSealedHead[]>();
      for (const { commitmentId, sealNo, seq, hash } of await heads
        .find({ commitmentId: { $in: [...commitmentIds] } }, { _id: 0 })
        .sort({ commitmentId: 1, sealNo: 1 })
        .lean<StoredHead[]>()) {
        const cutoff = cutoffs.get(sealNo);
        if (cutoff === undefined) continue;
        const list = own.get(commitmentId) ?? [];
        list.push({ sealNo, cutoff, seq, hash });
        own.set(commitmentId, list);
      }
      return own;
    },

    /** Names of all chains that were ever sealed, in order. */
    async *sealedIds(): AsyncGenerator<string> {
      for await (const { _id } of heads
        .aggregate<{ _id: string }>([{ $group: { _id: '$commitmentId' } }, { $sort: { _id: 1 } }])
        .allowDiskUse(true)
        .cursor())
        yield _id;
    },

    /**
     * Writes the root of an open seal, and within the same transaction whatever tells of it; nothing where somebody
     * else has finished it.
     */
    finish: async (
      { no, root, treeSize, previousHash, hash }: Seal,
      tell: (session: ClientSession) => Promise<void>,
    ): Promise<void> =>
      inTransaction(db, async (session) => {
        const content = { root, treeSize, previousHash, hash };
        const { matchedCount } = await seals.updateOne({ no, hash: null }, { $set: content }, { session });
        if (matchedCount === 0) return;
        await history.note(SEALS, [{ no }], session);
        await tell(session);
      }),
  };
}
