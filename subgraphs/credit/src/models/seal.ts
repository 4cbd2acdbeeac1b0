import { isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type Connection } from 'mongoose';
import type { SealedHead } from '../domain/ledger/merkle.js';
import type { OwnSealedHead, Seal } from '../domain/ledger/seal.js';
import { LEDGER_ENTRIES } from './ledger-entry.js';

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
  { collection: 'seals', versionKey: false, strict: 'throw' },
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

export type SealStore = ReturnType<typeof sealStore>;

/** Seals, and for each seal the heads that changed since the one before it. */
export function sealStore(db: Connection) {
  const seals = db.model('Seal', sealSchema);
  const heads = db.model('SealedHead', headSchema);
  return {
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
      seals.create({ ...seal }).then(
        () => true,
        (error: unknown) => {
          if (isDuplicateKey(error)) return false;
          throw error;
        },
      ),

    /**
     * Stores, for an open seal, the head of each commitment that has entries between the two instants. Can be run
     * again.
     */
    collectHeads: async ({ no, cutoff }: OpenSeal, after: string): Promise<void> => {
      const changed = db.collection(LEDGER_ENTRIES).aggregate<{ _id: string; head: { seq: number; hash: string } }>(
        [
          { $match: { recordedAt: { $gte: after, $lt: cutoff } } },
          {
            $group: {
              _id: '$commitmentId',
              head: { $top: { sortBy: { seq: -1 }, output: { seq: '$seq', hash: '$hash' } } },
            },
          },
        ],
        { allowDiskUse: true },
      );
      let batch: StoredHead[] = [];
      const flush = async (): Promise<void> => {
        if (batch.length > 0) {
          await heads.bulkWrite(
            batch.map((head) => ({
              updateOne: {
                filter: { commitmentId: head.commitmentId, sealNo: head.sealNo },
                update: { $set: { seq: head.seq, hash: head.hash } },
                upsert: true,
              },
            })),
            { ordered: false },
          );
        }
        batch = [];
      };
      for await (const { _id, head } of changed) {
        batch.push({ sealNo: no, commitmentId: _id, ...head });
        if (batch.length === BATCH) await flush();
      }
      await flush();
    },

    /** The heads that a seal covers: of each commitment the newest stored up to it, in order of commitment number. */
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

    /** The heads stored for one seal: of the commitments that changed since the one before it. */
    changedHeads: async (sealNo: number): Promise<SealedHead[]> =>
      heads.find({ sealNo }, { _id: 0, commitmentId: 1, seq: 1, hash: 1 }).lean<SealedHead[]>(),

    /** The stored heads of many commitments, the earliest seal first. */
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

    /** Numbers of all commitments that were ever sealed, in order. */
    async *sealedIds(): AsyncGenerator<string> {
      for await (const { _id } of heads
        .aggregate<{ _id: string }>([{ $group: { _id: '$commitmentId' } }, { $sort: { _id: 1 } }])
        .allowDiskUse(true)
        .cursor())
        yield _id;
    },

    /** Writes the root of an open seal. */
    finish: async ({ no, root, treeSize, previousHash, hash }: Seal): Promise<void> => {
      await seals.updateOne({ no, hash: null }, { $set: { root, treeSize, previousHash, hash } });
    },
  };
}
