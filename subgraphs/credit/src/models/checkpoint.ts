import { Schema, type Connection, type PipelineStage } from 'mongoose';
import type { CalendarDate } from '../domain/calendar-date.js';

/** Sums of each commitment's entries up to a day: audits of later days add only what was recorded since. */
export const CHECKPOINT_POSITIONS = 'checkpoint_positions';

interface Checkpoint {
  on: CalendarDate;
}

const required = true;
const checkpointSchema = new Schema<Checkpoint>({ on: { type: String, required } }, { collection: 'checkpoints', versionKey: false, strict: 'throw' });
checkpointSchema.index({ on: 1 }, { unique: true });
// Written by aggregation; the schema only declares the index.
const positionSchema = new Schema<{ on: string; commitmentId: string }>({ on: { type: String, required }, commitmentId: { type: String, required } }, { collection: CHECKPOINT_POSITIONS, versionKey: false });
positionSchema.index({ on: 1, commitmentId: 1 }, { unique: true });

export type CheckpointStore = ReturnType<typeof checkpointStore>;

/**
 * Checkpoints of the ledger. One is made for a day that is sealed only: nothing is recorded on that day or before any more, so a
 * checkpoint is never wrong later, whatever is recorded with an earlier effective date.
 */
export function checkpointStore(db: Connection) {
  const checkpoints = db.model('Checkpoint', checkpointSchema);
  const positions = db.model('CheckpointPosition', positionSchema);
  const numbered = (on: CalendarDate): PipelineStage[] => [{ $set: { commitmentId: '$_id', on } }, { $set: { _id: { $concat: ['$on', '|', '$commitmentId'] } } }];
  return {
    /** The newest finished checkpoint up to a day; null when there is none. */
    newest: async (upTo: CalendarDate): Promise<CalendarDate | null> => (await checkpoints.findOne({ on: { $lte: upTo } }, { _id: 0 }).sort({ on: -1 }).lean<Checkpoint>())?.on ?? null,

    /** Days of all finished checkpoints, the earliest first. */
    days: async (): Promise<CalendarDate[]> => (await checkpoints.find({}, { _id: 0 }).sort({ on: 1 }).lean<Checkpoint[]>()).map(({ on }) => on),

    /** Writes the sums that `stages` give over `collection` and marks the checkpoint finished. Can be run again after a kill. */
    write: async (on: CalendarDate, collection: string, stages: PipelineStage[]): Promise<void> => {
      await db
        .collection(collection)
        .aggregate([...stages, ...numbered(on), { $merge: { into: CHECKPOINT_POSITIONS, whenMatched: 'replace' } }], { allowDiskUse: true })
        .toArray();
      await checkpoints.updateOne({ on }, { $setOnInsert: { on } }, { upsert: true });
    },

    /** The first commitment whose sums in a checkpoint are not those that `stages` give over `collection`; null when all are. */
    firstDifference: async (on: CalendarDate, collection: string, stages: PipelineStage[]): Promise<string | null> => {
      const stored = positions.find({ on }).sort({ commitmentId: 1 }).lean<Record<string, unknown>>().cursor();
      const expected = db.collection(collection).aggregate([...stages, ...numbered(on), { $sort: { commitmentId: 1 } }], { allowDiskUse: true });
      for (;;) {
        const [kept, made] = [await stored.next(), await expected.next()];
        if (kept === null && made === null) return null;
        if (JSON.stringify(sorted(kept)) !== JSON.stringify(sorted(made))) return idOf(made) ?? idOf(kept);
      }
    },
  };
}

const idOf = (row: Readonly<Record<string, unknown>> | null): string | null => (typeof row?.['commitmentId'] === 'string' ? row['commitmentId'] : null);

/** The same value with keys in order, settlements too: the order in which a group meets entries is not fixed. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => JSON.stringify(sorted(item))).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
