import { inTransaction } from '@zhitong/kit/mongo';
import { Schema, type Connection, type PipelineStage } from 'mongoose';
import type { LegalDay } from '@zhitong/values';
import { COMMITMENT_GROUPINGS, type CommitmentGrouping } from './audit/audit-groups.js';
import { CHECKPOINT_POSITIONS, checkpointStages } from './audit/audit-positions.js';
import { figuresOf, keptFigureStages, type CheckpointFigures } from './checkpoint-figures.js';
import { LEDGER_ENTRIES } from './ledger-entry.js';
import type { RecordNotes } from './record-history.js';

/** Raised when what a checkpoint keeps changes: those of an older form are made anew. */
const FORM = 3;
const CHECKPOINT_FIGURES = 'checkpoint_figures';

interface Checkpoint {
  on: LegalDay;
  form: number;
}

const required = true;
const checkpointSchema = new Schema<Checkpoint>(
  { on: { type: String, required }, form: { type: Number, required } },
  { collection: 'checkpoints', versionKey: false, strict: 'throw' },
);
checkpointSchema.index({ on: 1 }, { unique: true });
// Both are written by aggregation; the schemas only declare the indexes.
const positionSchema = new Schema<{ on: string; commitmentId: string }>(
  { on: { type: String, required }, commitmentId: { type: String, required } },
  { collection: CHECKPOINT_POSITIONS, versionKey: false },
);
positionSchema.index({ on: 1, commitmentId: 1 }, { unique: true });
// The promises that a department has not kept, without reading the positions themselves.
positionSchema.index({ on: 1, 'holder.promisor': 1, dueOn: 1, commitmentId: 1 });
const figuresSchema = new Schema<{ on: string; groupBy: string; key: string }>(
  { on: { type: String, required }, groupBy: { type: String, required }, key: { type: String, required } },
  { collection: CHECKPOINT_FIGURES, versionKey: false },
);
figuresSchema.index({ on: 1, groupBy: 1, key: 1 }, { unique: true });

/** Something in a checkpoint that is not what the ledger gives. */
export type CheckpointDifference = { readonly on: LegalDay } & (
  { readonly commitmentId: string } | { readonly groupBy: CommitmentGrouping; readonly key: string }
);

export type CheckpointStore = ReturnType<typeof checkpointStore>;

/**
 * Checkpoints of the ledger: each commitment's sums, and each group's figures in a form from which those of a later day
 * follow. One is made for a day that is sealed only: nothing is recorded on that day or before any more, so a
 * checkpoint is never wrong later, whatever is recorded with an earlier effective date.
 */
export function checkpointStore(db: Connection, history: RecordNotes) {
  const checkpoints = db.model('Checkpoint', checkpointSchema);
  db.model('CheckpointPosition', positionSchema);
  db.model('CheckpointFigures', figuresSchema);
  const run = (collection: string, stages: PipelineStage[]) =>
    db.collection(collection).aggregate<Row>(stages, { allowDiskUse: true });
  const positionsOn = (on: LegalDay): PipelineStage[] => [
    ...checkpointStages(on),
    { $set: { commitmentId: '$_id', on } },
    { $set: { _id: { $concat: ['$on', '|', '$commitmentId'] } } },
  ];
  const kept = (collection: string, filter: object, sort: Record<string, 1>): AsyncIterator<Row> =>
    db.collection<Row>(collection).find(filter, { sort })[Symbol.asyncIterator]();

  return {
    /** The newest finished checkpoint up to a day; null when there is none. */
    newest: async (upTo: LegalDay): Promise<LegalDay | null> =>
      (
        await checkpoints
          .findOne({ on: { $lte: upTo }, form: FORM }, { _id: 0 })
          .sort({ on: -1 })
          .lean<Checkpoint>()
      )?.on ?? null,

    /** Days of all finished checkpoints, the earliest first. */
    days: async (): Promise<LegalDay[]> =>
      (await checkpoints.find({ form: FORM }, { _id: 0 }).sort({ on: 1 }).lean<Checkpoint[]>()).map(({ on }) => on),

    /** The groups' figures at a finished checkpoint. */
    figures: async (on: LegalDay, groupBy: CommitmentGrouping): Promise<CheckpointFigures[]> =>
      (
        await db
          .collection(CHECKPOINT_FIGURES)
          .find({ on, groupBy }, { projection: { _id: 0 } })
          .toArray()
      ).map(figuresOf),

    /**
     * Writes what the ledger gives for a sealed day and marks the checkpoint finished. Can be run again after a kill.
     */
    write: async (on: LegalDay): Promise<void> => {
      const into = (collection: string): PipelineStage => ({ $merge: { into: collection, whenMatched: 'replace' } });
      await run(LEDGER_ENTRIES, [...positionsOn(on), into(CHECKPOINT_POSITIONS)]).toArray();
      for (const groupBy of COMMITMENT_GROUPINGS)
        await run(CHECKPOINT_POSITIONS, [...keptFigureStages(on, groupBy), into(CHECKPOINT_FIGURES)]).toArray();
      await inTransaction(db, async (session) => {
        await checkpoints.updateOne({ on }, { $set: { form: FORM } }, { upsert: true, session });
        await history.note('checkpoints', [{ on }], session);
      });
    },

    /** Days of which something is kept without a checkpoint, those of `due` left out, which may be in the making. */
    strayDays: async (due: readonly LegalDay[]): Promise<string[]> => {
      const known = new Set<unknown>([...due, ...(await checkpoints.distinct('on'))]);
      const kept = [CHECKPOINT_POSITIONS, CHECKPOINT_FIGURES].map(async (name) => db.collection(name).distinct('on'));
      const days = new Set<unknown>((await Promise.all(kept)).flat());
      return [...days].filter((day) => !known.has(day)).map(String);
    },

    /** The first commitment or group of a checkpoint that is not what the ledger gives; null when all are. */
    firstDifference: async (on: LegalDay): Promise<CheckpointDifference | null> => {
      const position = await firstUnlike(
        kept(CHECKPOINT_POSITIONS, { on }, { commitmentId: 1 }),
        run(LEDGER_ENTRIES, [...positionsOn(on), { $sort: { commitmentId: 1 } }])[Symbol.asyncIterator](),
        'commitmentId',
      );
      if (position) return { on, commitmentId: position.unlike };
      for (const groupBy of COMMITMENT_GROUPINGS) {
        const group = await firstUnlike(
          kept(CHECKPOINT_FIGURES, { on, groupBy }, { key: 1 }),
          run(CHECKPOINT_POSITIONS, keptFigureStages(on, groupBy))[Symbol.asyncIterator](),
          'key',
        );
        if (group) return { on, groupBy, key: group.unlike };
      }
      return null;
    },
  };
}

type Row = Record<string, unknown>;

/**
 * Of two streams in order of `field`, the value of it in the first row that is not in both alike; null when there is
 * none.
 */
async function firstUnlike(
  stored: AsyncIterator<Row>,
  expected: AsyncIterator<Row>,
  field: string,
): Promise<{ unlike: string } | null> {
  for (;;) {
    const [kept, made] = await Promise.all([stored.next(), expected.next()]);
    if (kept.done === true && made.done === true) return null;
    if (kept.done !== made.done || JSON.stringify(sorted(kept.value)) !== JSON.stringify(sorted(made.value))) {
      const names = [kept, made].flatMap(({ done, value }) => (done === true ? [] : [String(value[field])])).sort();
      return { unlike: names[0] ?? '' };
    }
  }
}

/**
 * The same value with keys in order, and payments too: the order in which a group meets entries is not fixed. Plain
 * lists keep theirs.
 */
function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every((item) => typeof item !== 'object')
      ? value
      : value.map((item: unknown) => JSON.stringify(sorted(item))).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
