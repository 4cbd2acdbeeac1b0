import { inTransaction } from '@zhitong/kit/mongo';
import { mongo, Schema, type ClientSession, type Connection, type PipelineStage } from 'mongoose';
import { NO_SUMS } from '../../domain/audit/audit-sums.js';
import {
  RUNNING_FIGURES,
  RUNNING_GROUPINGS,
  runningSteps,
  RunningTotals,
  stepsBetween,
  type RunningGrouping,
  type RunningStep,
} from '../../domain/audit/running-figures.js';
import { exactSum, totalOf } from '../exact-sum.js';
import { LEDGER_ENTRIES, type LedgerEntryStore, type StoredEntry } from '../ledger-entry.js';
import type { AuditGroupRow, AuditQuestion, CommitmentGrouping } from './audit-groups.js';

/** Raised when what a step holds changes: running figures of another form are made anew. */
const FORM = 1;
const NAME = 'ledger';
/** Chains that are added in one transaction while the figures are made. */
const BATCH = 200;
/** Steps that one document of changes holds, and that are folded in one transaction: it must fit into the cache. */
const STEPS_AT_ONCE = 500;

type Amounts = Record<(typeof RUNNING_FIGURES)[number], mongo.Long>;
type StoredStep = Pick<RunningStep, 'groupBy' | 'key' | 'day'> & Amounts;

/**
 * How far the figures are made; `upTo` is the last commitment that they hold, in order of numbers. Figures that are
 * made anew are of another generation: what is left of the one before counts for nobody, and is removed beside the
 * work, for a transaction could not hold all of it.
 */
interface RunningState {
  readonly name: string;
  readonly form: number;
  readonly generation: number;
  readonly upTo: string;
  readonly isReady: boolean;
}

const required = true;
const figuresSchema = new Schema<Pick<RunningStep, 'groupBy' | 'key' | 'day'> & { generation: number }>(
  {
    generation: { type: Number, required },
    groupBy: { type: String, required },
    key: { type: String, required },
    day: { type: String, required },
  },
  { collection: 'running_figures', versionKey: false },
);
figuresSchema.index({ generation: 1, groupBy: 1, day: 1, key: 1 }, { unique: true });
const changesSchema = new Schema<{ generation: number; steps: StoredStep[] }>(
  { generation: { type: Number, required }, steps: { type: [Schema.Types.Mixed], required } as never },
  { collection: 'running_changes', versionKey: false },
);
changesSchema.index({ generation: 1 });
const stateSchema = new Schema<RunningState>(
  {
    name: { type: String, required },
    form: { type: Number, required },
    generation: { type: Number, required },
    upTo: { type: String, default: '' },
    isReady: { type: Boolean, required },
  },
  { collection: 'running_state', versionKey: false },
);
stateSchema.index({ name: 1 }, { unique: true });

export type RunningFiguresStore = ReturnType<typeof runningFiguresStore>;

/**
 * Figures of groups that run along with the ledger: each entry adds, in its own transaction, what it changes about its
 * groups from which day on. Writers only insert, so that two of them never wait for one another; a job folds what they
 * left into one row for each group and day. They answer audits with all that is known today, of whichever day.
 */
export function runningFiguresStore(db: Connection, entries: LedgerEntryStore) {
  const [figures, changes, states] = [
    db.model('RunningFigures', figuresSchema).collection,
    db.model('RunningChanges', changesSchema).collection,
    db.model('RunningState', stateSchema).collection,
  ];
  const stateIn = async (session: ClientSession): Promise<RunningState | null> => {
    const state = await states.findOne<RunningState>({ name: NAME }, { session, projection: { _id: 0 } });
    return state?.form === FORM ? state : null;
  };
  const insert = async (
    { generation }: RunningState,
    steps: readonly RunningStep[],
    session: ClientSession,
  ): Promise<void> => {
    const parts = Array.from({ length: Math.ceil(steps.length / STEPS_AT_ONCE) }, (_, part) =>
      steps.slice(part * STEPS_AT_ONCE, (part + 1) * STEPS_AT_ONCE).map(stored),
    );
    if (parts.length > 0)
      await changes.insertMany(
        parts.map((part) => ({ generation, steps: part })),
        { session },
      );
  };
  /** Begins the figures anew, without any. */
  const begin = async (session: ClientSession): Promise<void> => {
    const former = await states.findOne<RunningState>({ name: NAME }, { session });
    const generation = (former?.generation ?? 0) + 1;
    await states.replaceOne(
      { name: NAME },
      { name: NAME, form: FORM, generation, upTo: '', isReady: false },
      { session, upsert: true },
    );
  };
  /** Removes what is left of generations before. */
  const removeFormer = async (): Promise<void> => {
    const state = await states.findOne<RunningState>({ name: NAME });
    if (state !== null)
      for (const collection of [figures, changes])
        await collection.deleteMany({ generation: { $lt: state.generation } });
  };
  /** Adds the next commitments that are not in the figures; false when there are none. */
  const makeMore = async (): Promise<boolean> =>
    inTransaction(db, async (session) => {
      const state = await stateIn(session);
      if (state?.isReady === true) return false;
      if (state === null) {
        await begin(session);
        return true;
      }
      const ids = await entries.commitmentIdsAfter(state.upTo, BATCH, session);
      const chains = await entries.chains(ids, session);
      const totals = new RunningTotals();
      for (const chain of chains.values()) totals.add(runningSteps(chain));
      await insert(state, totals.steps(), session);
      const last = ids.at(-1);
      const next = last === undefined ? { upTo: '', isReady: true } : { upTo: last };
      await states.updateOne({ name: NAME }, { $set: next, $unset: { writes: '' } }, { session });
      return last !== undefined;
    });

  return {
    /**
     * Notes in the caller's transaction what entries change that are appended in it. While the figures are being made,
     * writers touch their state, so that none slips by between two commitments; what is not in them yet is left to it.
     */
    note: async (
      written: readonly { readonly before: readonly StoredEntry[]; readonly added: readonly StoredEntry[] }[],
      session: ClientSession,
    ): Promise<void> => {
      const state = await stateIn(session);
      if (state === null) return begin(session);
      if (!state.isReady) await touch(session);
      const totals = new RunningTotals();
      for (const { before, added } of written)
        if (state.isReady || (added[0]?.commitmentId ?? '') <= state.upTo)
          totals.add(stepsBetween(before, [...before, ...added]));
      await insert(state, totals.steps(), session);
    },

    /** Makes the figures of a ledger that has none of this form. Killed, or run by two at a time, it does no harm. */
    make: async (): Promise<void> => {
      while (await makeMore());
      await removeFormer();
    },

    /** Folds what was noted; answers how many changes. */
    fold: async (): Promise<number> => {
      for (let folded = 0; ;) {
        const count = await inTransaction(db, async (session) => {
          const state = await stateIn(session);
          if (state === null) return 0;
          const { generation } = state;
          const found = [];
          let steps = 0;
          for await (const change of changes.find({ generation }, { session })) {
            found.push(change);
            steps += stepsOf(change['steps']).length;
            if (steps >= STEPS_AT_ONCE) break;
          }
          const totals = new RunningTotals().add(found.flatMap((change) => stepsOf(change['steps']))).steps();
          if (totals.length > 0)
            await figures.bulkWrite(
              totals.map((step) => {
                const { groupBy, key, day, ...amounts } = stored(step);
                const filter = { generation, groupBy, day, key };
                return { updateOne: { filter, update: { $inc: amounts }, upsert: true } };
              }),
              { session, ordered: false },
            );
          if (found.length > 0) await changes.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
          return found.length;
        });
        folded += count;
        if (count === 0) return folded;
      }
    },

    /** The groups of an audit; null where the figures do not tell: another grouping, knowledge of before, not made. */
    groups: async ({ asOf, knownOn, groupBy }: AuditQuestion): Promise<AuditGroupRow[] | null> => {
      if (!isRunning(groupBy)) return null;
      return inTransaction(db, async (session) => {
        const state = await stateIn(session);
        if (state?.isReady !== true) return null;
        const newest = await db
          .collection<StoredEntry>(LEDGER_ENTRIES)
          .findOne({}, { session, sort: { 'figures.recordedOn': -1 }, projection: { 'figures.recordedOn': 1 } });
        if (newest !== null && newest.figures.recordedOn > knownOn) return null;
        const { generation } = state;
        const until = { groupBy, day: { $lte: asOf } };
        const addUp: PipelineStage[] = [
          {
            $group: {
              _id: '$key',
              ...Object.fromEntries(RUNNING_FIGURES.map((figure) => [figure, exactSum(`$${figure}`)])),
            },
          },
        ];
        const ofFigures: PipelineStage[] = [{ $match: { generation, ...until } }, ...addUp];
        const ofChanges: PipelineStage[] = [
          { $match: { generation } },
          { $unwind: '$steps' },
          { $replaceRoot: { newRoot: '$steps' } },
          { $match: until },
          ...addUp,
        ];
        const folded = await figures.aggregate(ofFigures, { session, allowDiskUse: true }).toArray();
        const noted = await changes.aggregate(ofChanges, { session, allowDiskUse: true }).toArray();
        const totals = new RunningTotals();
        for (const row of [...folded, ...noted])
          totals.add([stepOf({ ...row, groupBy, key: String(row['_id']), day: asOf })]);
        return totals.steps().flatMap((step) => (step.promisedCount > 0n ? [groupOf(step)] : []));
      });
    },

    /**
     * What stands in the figures beside what the ledger's entries make of them, read at one moment.
     * @param reckoned adds up what the ledger makes, from within the same transaction
     */
    compared: async (
      reckoned: (session: ClientSession) => Promise<RunningTotals>,
    ): Promise<{ readonly differences: RunningStep[]; readonly faults: string[] }> =>
      inTransaction(db, async (session) => {
        const totals = await reckoned(session);
        const faults: string[] = [];
        const options = { session, projection: { _id: 0 } as const };
        const add = (rows: readonly unknown[], name: string): void => {
          const sound = rows.filter(isStep);
          if (sound.length < rows.length) faults.push(name);
          totals.add(sound.map(stepOf), -1n);
        };
        const kept = await states.find<Partial<RunningState>>({}, options).toArray();
        const generation = kept[0]?.generation;
        const ready = { name: NAME, form: FORM, generation, upTo: '', isReady: true };
        if (typeof generation !== 'number' || JSON.stringify(kept) !== JSON.stringify([ready]))
          faults.push(`running_state/${NAME}`);
        // What is of another generation counts for nobody.
        const rows = figures.find({ generation }, { session, projection: { _id: 0, generation: 0 } });
        for await (const row of rows) add([row], `running_figures/${nameOf(row)}`);
        const noted = changes.find({ generation }, { session, projection: { generation: 0 } });
        for await (const { _id, ...change } of noted) {
          const { steps, ...others } = change as Record<string, unknown>;
          const name = `running_changes/${String(_id)}`;
          if (Object.keys(others).length > 0) faults.push(name);
          add(Array.isArray(steps) ? steps : [null], name);
        }
        return { differences: totals.steps(), faults };
      }),

    /** Forgets the figures, so that they are made anew. */
    forget: async (): Promise<void> => {
      await inTransaction(db, begin);
      await removeFormer();
    },
  };

  async function touch(session: ClientSession): Promise<void> {
    await states.updateOne({ name: NAME }, { $inc: { writes: 1 } }, { session });
  }
}

const isRunning = (groupBy: CommitmentGrouping): groupBy is RunningGrouping =>
  RUNNING_GROUPINGS.some((each) => each === groupBy);

const stored = ({ groupBy, key, day, ...amounts }: RunningStep): StoredStep => ({
  groupBy,
  key,
  day,
  ...(Object.fromEntries(RUNNING_FIGURES.map((figure) => [figure, mongo.Long.fromBigInt(amounts[figure])])) as Amounts),
});

const STEP_FIELDS = ['groupBy', 'key', 'day', ...RUNNING_FIGURES].sort().join();
const isWhole = (value: unknown): boolean =>
  mongo.Long.isLong(value) || (typeof value === 'number' && Number.isSafeInteger(value));

/** A row as the database gives it: whole numbers that are small come as numbers, others as its own Long. */
type ReadStep = Pick<RunningStep, 'groupBy' | 'key' | 'day'> & Readonly<Record<string, unknown>>;

const isStep = (row: unknown): row is ReadStep =>
  typeof row === 'object' &&
  row !== null &&
  Object.keys(row).sort().join() === STEP_FIELDS &&
  RUNNING_FIGURES.every((figure) => isWhole(Reflect.get(row, figure)));

const stepOf = ({ groupBy, key, day, ...amounts }: ReadStep): RunningStep =>
  ({
    groupBy,
    key,
    day,
    ...Object.fromEntries(RUNNING_FIGURES.map((figure) => [figure, totalOf(amounts[figure])])),
  }) as RunningStep;

/** The steps of a stored change; what somebody broke in it counts as nothing, and `verify` names it. */
const stepsOf = (steps: unknown): RunningStep[] =>
  Array.isArray(steps) ? steps.filter((step) => isStep(step)).map(stepOf) : [];

const nameOf = (row: Readonly<Record<string, unknown>>): string =>
  ['groupBy', 'key', 'day'].map((field) => String(row[field])).join('/');

const groupOf = ({ groupBy, key, day: _day, ...sums }: RunningStep): AuditGroupRow => ({
  ...NO_SUMS,
  ...sums,
  key,
  promisor: groupBy === 'DEPARTMENT' ? key : null,
  official: null,
  promisedCount: Number(sums.promisedCount),
  count: Number(sums.count),
  overdueCount: Number(sums.overdueCount),
});
