import type { Clock } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import type { ClientSession, Connection, mongo, PipelineStage } from 'mongoose';
import {
  inMonths,
  RUNNING_FIGURES,
  RUNNING_GROUPINGS,
  runningSteps,
  RunningTotals,
  stepsBetween,
  type RunningGrouping,
  type RunningStep,
} from '../../domain/audit/running-figures.js';
import { exactSum } from '../exact-sum.js';
import { LEDGER_ENTRIES, type LedgerEntryStore, type StoredEntry } from '../ledger-entry.js';
import type { AuditGroupRow, AuditQuestion, CommitmentGrouping } from './audit-groups.js';
import {
  groupOf,
  isStep,
  nameOf,
  runningCollections,
  stepOf,
  stepsOf,
  storedStep,
  type RunningState,
} from './running-rows.js';

/** Raised when what is stored changes: running figures of another form are made anew. */
const FORM = 2;
const NAME = 'ledger';
/** Chains that are read together while the figures are made. */
const BATCH = 500;
/** Steps that one document of changes holds, and that are folded in one transaction: it must fit into the cache. */
const STEPS_AT_ONCE = 500;
/** Rows that are written together while the figures are made. */
const ROWS_AT_ONCE = 2_000;
/** A transaction lives a minute at most: so long after new figures were begun no writer knows the former ones. */
const WRITERS_END_AFTER_MS = 2 * 60_000;
/** Figures that are not ready for so long are not being made. */
const MADE_WITHIN_MS = 60 * 60_000;

export type RunningFiguresStore = ReturnType<typeof runningFiguresStore>;

/**
 * Figures of groups that run along with the ledger: each entry adds, in its own transaction, what it changes about its
 * groups from which day on. Writers only insert, so that two of them never wait for one another; a job folds what they
 * left into one row for each group and day, and one for each group and month. They answer audits with all that is known
 * today, of whichever day.
 */
export function runningFiguresStore(db: Connection, entries: LedgerEntryStore, clock: Clock) {
  const { days, months, changes, states } = runningCollections(db);
  const anyState = async (session: ClientSession): Promise<RunningState | null> =>
    states.findOne<RunningState>({ name: NAME }, { session, projection: { _id: 0 } });
  const stateIn = async (session: ClientSession): Promise<RunningState | null> => {
    const state = await anyState(session);
    return state?.form === FORM ? state : null;
  };
  const insert = async (generation: number, steps: readonly RunningStep[], session: ClientSession): Promise<void> => {
    const parts = Array.from({ length: Math.ceil(steps.length / STEPS_AT_ONCE) }, (_, part) =>
      steps.slice(part * STEPS_AT_ONCE, (part + 1) * STEPS_AT_ONCE).map(storedStep),
    );
    if (parts.length > 0)
      await changes.insertMany(
        parts.map((part) => ({ generation, steps: part })),
        { session },
      );
  };
  /** Begins another generation, without any figures. Writers may know the one before; answers the new one's number. */
  const begin = async (session: ClientSession, { waits }: { readonly waits: boolean }): Promise<number> => {
    const generation = ((await anyState(session))?.generation ?? 0) + 1;
    const since = clock.now().toISOString();
    await states.replaceOne(
      { name: NAME },
      { name: NAME, form: FORM, generation, isReady: false, waits, since },
      { session, upsert: true },
    );
    return generation;
  };
  /** Removes what is left of generations before. */
  const removeFormer = async (): Promise<void> => {
    const state = await states.findOne<RunningState>({ name: NAME });
    if (state !== null)
      for (const collection of [days, months, changes])
        await collection.deleteMany({ generation: { $not: { $gte: state.generation } } });
  };
  const msSince = ({ since }: RunningState): number => clock.now().getTime() - Date.parse(since ?? '');

  /**
   * Begins to make the figures: those of whoever was at it before count no more. Answers their generation; null where
   * they are ready, or a writer may still be at work who knows the former ones.
   */
  const start = async (): Promise<number | null> =>
    inTransaction(db, async (session) => {
      const state = await anyState(session);
      if (state !== null && state.form !== FORM) {
        await begin(session, { waits: true });
        return null;
      }
      if (state?.isReady === true) return null;
      const isTooEarly = state?.waits === true && msSince(state) < WRITERS_END_AFTER_MS;
      return isTooEarly ? null : begin(session, { waits: false });
    });

  /** Adds up all entries; answers also how many entries of each commitment it has seen. */
  const addUp = async (): Promise<{ totals: RunningTotals; seen: Map<string, number> }> => {
    const totals = new RunningTotals();
    const seen = new Map<string, number>();
    for (let ids = await entries.commitmentIdsAfter('', BATCH); ids.length > 0;) {
      for (const [id, chain] of await entries.chains(ids)) {
        totals.add(runningSteps(chain));
        seen.set(id, chain.length);
      }
      ids = await entries.commitmentIdsAfter(ids.at(-1) ?? '', BATCH);
    }
    return { totals, seen };
  };
  const keep = async (rows: mongo.Collection, generation: number, steps: readonly RunningStep[]): Promise<void> => {
    for (let at = 0; at < steps.length; at += ROWS_AT_ONCE)
      await rows.insertMany(
        steps.slice(at, at + ROWS_AT_ONCE).map((step) => ({ generation, ...storedStep(step) })),
        { ordered: false },
      );
  };
  /** Makes figures that are stored the ones that count, with what was written since a commitment was seen. */
  const finish = async (generation: number, seen: ReadonlyMap<string, number>): Promise<void> =>
    inTransaction(db, async (session) => {
      // Writers touch the state until it is ready, so none commits between this and the end of the transaction.
      const { matchedCount } = await states.updateOne(
        { name: NAME, form: FORM, generation, isReady: false },
        { $set: { isReady: true }, $unset: { waits: '', since: '', writes: '' } },
        { session },
      );
      // Somebody else began to make them meanwhile.
      if (matchedCount === 0) return;
      const left = await changes.find({ generation }, { session }).toArray();
      const ids = [...new Set(left.flatMap((change) => (change['commitments'] ?? []) as string[]))];
      const totals = new RunningTotals();
      for (let at = 0; at < ids.length; at += BATCH)
        for (const [id, chain] of await entries.chains(ids.slice(at, at + BATCH), session))
          totals.add(stepsBetween(chain.slice(0, seen.get(id) ?? 0), chain));
      await changes.deleteMany({ generation }, { session });
      await insert(generation, totals.steps(), session);
    });

  return {
    /** The state beside a transaction, for `note`. */
    present: async (): Promise<RunningState | null> =>
      states.findOne<RunningState>({ name: NAME }, { projection: { _id: 0 } }),

    /**
     * Notes in the caller's transaction what entries change that are appended in it. While the figures are not ready,
     * writers touch their state and leave the numbers of what they wrote, so that none slips by.
     * @param known the state as `present` told it within the same run of the transaction's work, which spares reading
     *   it in turn: figures that are made anew are begun after every transaction that knew the former ones
     */
    note: async (
      written: readonly { readonly before: readonly StoredEntry[]; readonly added: readonly StoredEntry[] }[],
      session: ClientSession,
      known: RunningState | null = null,
    ): Promise<void> => {
      const state = known?.form === FORM && known.isReady ? known : await stateIn(session);
      if (state === null) {
        // Nobody has written by figures of this form; by those of another one somebody may be writing now.
        await begin(session, { waits: (await anyState(session)) !== null });
        return;
      }
      const { generation } = state;
      if (state.isReady) {
        const totals = new RunningTotals();
        for (const { before, added } of written) totals.add(stepsBetween(before, [...before, ...added]));
        await insert(generation, totals.steps(), session);
        return;
      }
      await states.updateOne({ name: NAME }, { $inc: { writes: 1 } }, { session });
      const commitments = written.flatMap(({ added }) => added[0]?.commitmentId ?? []);
      await changes.insertOne({ generation, commitments }, { session });
    },

    /**
     * Makes the figures of a ledger that has none, in order of the commitments' numbers. Killed, or run by two at a
     * time, it does no harm. Figures that were forgotten are made once no writer knows the former ones.
     */
    make: async (): Promise<void> => {
      const generation = await start();
      if (generation !== null) {
        const { totals, seen } = await addUp();
        const steps = totals.steps();
        await keep(days, generation, steps);
        await keep(months, generation, inMonths(steps));
        await finish(generation, seen);
      }
      await removeFormer();
    },

    /** Folds what was noted; answers how many changes. */
    fold: async (): Promise<number> => {
      for (let folded = 0; ;) {
        const count = await inTransaction(db, async (session) => {
          const state = await stateIn(session);
          if (state?.isReady !== true) return 0;
          const { generation } = state;
          const found = [];
          let steps = 0;
          for await (const change of changes.find({ generation }, { session })) {
            found.push(change);
            steps += stepsOf(change['steps']).length;
            if (steps >= STEPS_AT_ONCE) break;
          }
          const totals = new RunningTotals().add(found.flatMap((change) => stepsOf(change['steps']))).steps();
          for (const [rows, added] of [[days, totals] as const, [months, inMonths(totals)] as const])
            if (added.length > 0)
              await rows.bulkWrite(
                added.map((step) => {
                  const { groupBy, key, day, ...amounts } = storedStep(step);
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
        const month = `${asOf.slice(0, 7)}-01`;
        const addedUp: PipelineStage[] = [
          {
            $group: {
              _id: '$key',
              ...Object.fromEntries(RUNNING_FIGURES.map((figure) => [figure, exactSum(`$${figure}`)])),
            },
          },
        ];
        const ofRows = async (rows: mongo.Collection, day: object): Promise<mongo.Document[]> =>
          rows.aggregate([{ $match: { generation, groupBy, day } }, ...addedUp], { session }).toArray();
        const ofChanges: PipelineStage[] = [
          { $match: { generation } },
          { $unwind: '$steps' },
          { $replaceRoot: { newRoot: '$steps' } },
          { $match: { groupBy, day: { $lte: asOf } } },
          ...addedUp,
        ];
        const found = [
          ...(await ofRows(months, { $lt: month })),
          ...(await ofRows(days, { $gte: month, $lte: asOf })),
          ...(await changes.aggregate(ofChanges, { session, allowDiskUse: true }).toArray()),
        ];
        const totals = new RunningTotals();
        for (const row of found) totals.add([stepOf({ ...row, groupBy, key: String(row['_id']), day: asOf })]);
        return totals.steps().flatMap((step) => (step.promisedCount > 0n ? [groupOf(step)] : []));
      });
    },

    /**
     * What stands in the figures beside what the ledger's entries make of them, read at one moment. Figures that are
     * being made are compared when they are ready.
     * @param reckoned adds up what the ledger makes, from within the same transaction
     */
    compared: async (
      reckoned: (session: ClientSession) => Promise<RunningTotals>,
    ): Promise<{ readonly differences: RunningStep[]; readonly faults: string[] }> =>
      inTransaction(db, async (session) => {
        const options = { session, projection: { _id: 0 } as const };
        const kept = await states.find<RunningState>({}, options).toArray();
        const [state] = kept;
        if (kept.length === 1 && state && !state.isReady && msSince(state) < MADE_WITHIN_MS)
          return { differences: [], faults: [] };
        const byDay = await reckoned(session);
        const byMonth = new RunningTotals().add(inMonths(byDay.steps()));
        const faults: string[] = [];
        const sound = (rows: readonly unknown[], name: string): RunningStep[] => {
          const steps = rows.filter(isStep);
          if (steps.length < rows.length) faults.push(name);
          return steps.map(stepOf);
        };
        const generation = state?.generation;
        const ready = { name: NAME, form: FORM, generation, isReady: true };
        if (typeof generation !== 'number' || JSON.stringify(kept) !== JSON.stringify([ready]))
          faults.push(`running_state/${NAME}`);
        // What is of another generation counts for nobody.
        for (const [rows, totals] of [[days, byDay] as const, [months, byMonth] as const])
          for await (const row of rows.find({ generation }, { session, projection: { _id: 0, generation: 0 } }))
            totals.add(sound([row], `running_figures/${nameOf(row)}`), -1n);
        const noted = changes.find({ generation }, { session, projection: { generation: 0 } });
        for await (const { _id, ...change } of noted) {
          const { steps, ...others } = change as Record<string, unknown>;
          const name = `running_changes/${String(_id)}`;
          if (Object.keys(others).length > 0) faults.push(name);
          const left = sound(Array.isArray(steps) ? steps : [null], name);
          byDay.add(left, -1n);
          byMonth.add(inMonths(left), -1n);
        }
        return { differences: [...byDay.steps(), ...byMonth.steps()], faults };
      }),

    /** Forgets the figures, so that they are made anew, as soon as no writer knows them any more. */
    forget: async (): Promise<void> => {
      await inTransaction(db, async (session) => begin(session, { waits: (await anyState(session)) !== null }));
      await removeFormer();
    },
  };
}

const isRunning = (groupBy: CommitmentGrouping): groupBy is RunningGrouping =>
  RUNNING_GROUPINGS.some((each) => each === groupBy);
