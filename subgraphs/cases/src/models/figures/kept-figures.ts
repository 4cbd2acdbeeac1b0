import { inTransaction } from '@zhitong/kit/mongo';
import { MongoError, type ClientSession } from 'mongodb';
import type { Connection } from 'mongoose';
import type { KnownComplainants } from '../../domain/access.js';
import type { Knowledge } from '../../domain/figures/case-facts.js';
import { ALL, canCount, monthsMoved, type Grouping, type Recount } from '../../domain/figures/kept-figures.js';
import { answersByDay, caseHashOf } from '../../domain/figures/answers-of-day.js';
import { HelpedCount, type NeededColumns } from '../../domain/figures/helped-count.js';
import { assembleFigures, type Figures } from '../../domain/figures/statistics.js';
import {
  countedCase,
  FIGURES_OF,
  generationOf,
  KEPT,
  keptCollections,
  PROJECTED,
  recountOf,
  uncountedIn,
  writeRecounts,
  type StoredCounted,
  type StoredRecount,
} from './figure-counting.js';
import { knownPart, rowsOf, sumsOf, uncountedFigures } from './kept-rows.js';

/** With so many cases that are not counted yet no month is known to stand as it was: most of them have moved. */
const MOST_FRESH = 2_000;
/** So many cases are counted in one transaction. */
const BATCH = 500;

/** Figures of one group of cases, under their names. */
export interface KeptFigures extends Figures {
  readonly key: string;
}

export type KeptFiguresStore = ReturnType<typeof keptFiguresStore>;

/**
 * Figures added up from what is kept of them, and of cases that are not counted in it yet: at every moment those that
 * all cases give (`figuresOf`). A case that is written is not counted until the next round, which no reader waits for.
 */
export function keptFiguresStore(db: Connection) {
  keptCollections(db);
  const cases = () => db.collection('cases');

  const uncounted = async (generation: number, passedOver: readonly string[], session: ClientSession) =>
    cases()
      .find<StoredRecount>(
        { ...uncountedIn(generation), caseNumber: { $nin: passedOver } },
        { projection: PROJECTED, session, limit: BATCH },
      )
      .toArray();

  /** How the cases that are not counted yet change what is kept; null where they are too many to look at each. */
  const freshRecounts = async (generation: number, session: ClientSession): Promise<Recount[] | null> => {
    const fresh = await cases()
      .find<StoredRecount>(uncountedIn(generation), { projection: PROJECTED, session, limit: MOST_FRESH })
      .toArray();
    return fresh.length === MOST_FRESH
      ? null
      : fresh.map((stored) => recountOf(stored, generation)).filter((recount) => canCount(recount));
  };

  /** Counts cases that are not counted yet, a batch of them. @returns how many. */
  const countSome = async (passedOver: readonly string[]): Promise<number> =>
    inTransaction(db, async (session) => {
      const generation = await generationOf(db, session);
      const found = await uncounted(generation, passedOver, session);
      if (found.length === 0) return 0;
      await writeRecounts(
        db,
        found.map((stored) => recountOf(stored, generation)),
        generation,
        session,
      );
      await cases().updateMany(
        { caseNumber: { $in: found.map(({ caseNumber }) => caseNumber) } },
        { $set: { countedIn: generation, counted: null } },
        { session },
      );
      return found.length;
    });

  /** Cases of the next batch that cannot be counted: their views are damaged. */
  const damagedAmongNext = async (passedOver: readonly string[]): Promise<string[]> =>
    inTransaction(db, async (session) => {
      const generation = await generationOf(db, session);
      return (await uncounted(generation, passedOver, session)).flatMap((stored) =>
        canCount(recountOf(stored, generation)) ? [] : [stored.caseNumber],
      );
    });

  /**
   * Figures per group, by key; the key "" stands for cases without one (that nobody leads yet, of unknown industry).
   * With null: one group with the key "". Groups of which nothing is counted are left out.
   */
  const readFigures = async (period: Knowledge, grouping: Grouping | null): Promise<KeptFigures[]> => {
    // One moment for all of it: a case that is counted meanwhile is in one part.
    const parts = await inTransaction(db, async (session) => {
      const generation = await generationOf(db, session);
      const kept = db
        .collection('kept_figures')
        .aggregate(
          [
            { $match: { generation, grouping: grouping ?? ALL, $and: rowsOf(period) } },
            { $group: { _id: '$key', ...sumsOf((name) => `$sums.${name}`) } },
          ],
          { session },
        );
      const rows = await kept.toArray();
      return [
        ...rows,
        ...(await cases()
          .aggregate(uncountedFigures(period, grouping, generation), { session })
          .toArray()),
      ];
    });
    const sums = new Map<string, Map<string, number>>();
    for (const { _id, ...part } of parts) {
      const group = sums.get(String(_id)) ?? new Map<string, number>();
      for (const [name, sum] of Object.entries(part)) group.set(name, (group.get(name) ?? 0) + Number(sum));
      sums.set(String(_id), group);
    }
    return [...sums]
      .filter(([, group]) => [...group.values()].some((sum) => sum !== 0))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, group]): KeptFigures => {
        const value = (name: string): number => group.get(name) ?? 0;
        return {
          key,
          ...assembleFigures(
            (name) => value(`count_${name}`),
            (name) => ({ numerator: value(`numerator_${name}`), denominator: value(`denominator_${name}`) }),
          ),
        };
      });
  };

  /** Different enterprises with an answer in a period as known on a day, by group, as far as a reader may know it. */
  const differentHelped = async (
    period: Knowledge,
    grouping: Grouping | null,
    { anonymous, named }: KnownComplainants & { readonly named: Exclude<KnownComplainants['named'], 'NONE'> },
  ): Promise<ReadonlyMap<string, number>> => {
    const { from, to } = knownPart(period);
    return inTransaction(db, async (session) => {
      const generation = await generationOf(db, session);
      const fresh = await cases()
        .aggregate<StoredCounted>(
          [
            { $match: uncountedIn(generation) },
            { $project: { _id: 0, caseNumber: 1, ...FIGURES_OF } },
            { $set: { facts: { $filter: { input: '$facts', cond: { $eq: ['$$this.figure', 'resolved'] } } } } },
          ],
          { session },
        )
        .toArray();
      const count = new HelpedCount(
        grouping,
        { anonymous, named },
        fresh.map(({ caseNumber }) => caseHashOf(caseNumber)),
      );
      const kept = db.collection<NeededColumns>('helped_enterprises').find(
        { generation, day: { $gte: from, $lte: to } },
        {
          session,
          promoteBuffers: true,
          projection: {
            _id: 0,
            cases: 1,
            enterprises: 1,
            anonymous: 1,
            ...(grouping === null ? {} : { [`keys.${grouping}`]: 1 }),
            ...(named === 'ALL' ? {} : { departments: 1 }),
          },
        },
      );
      for await (const day of kept) count.addKept(day);
      const answers = answersByDay(fresh.map((stored) => countedCase(stored.caseNumber, stored)));
      for (const [day, those] of answers) if (day >= from && day <= to) count.addOthers(those);
      return count.result();
    });
  };

  return {
    /**
     * A round: counts what is not counted.
     * @param isOver asked between batches; true ends the round, and the next one goes on.
     * @param onDamaged told each case that cannot be counted; it stops no other one.
     * @returns how many cases were counted.
     */
    count: async (
      isOver = () => false,
      onDamaged: (caseNumber: string, error: unknown) => void = () => undefined,
    ): Promise<number> => {
      let counted = 0;
      const passedOver: string[] = [];
      for (let more = true; more && !isOver();) {
        try {
          const some = await countSome(passedOver);
          counted += some;
          more = some === BATCH;
        } catch (error) {
          const damaged = error instanceof MongoError ? [] : await damagedAmongNext(passedOver);
          if (damaged.length === 0) throw error;
          for (const caseNumber of damaged) onDamaged(caseNumber, error);
          passedOver.push(...damaged);
        }
      }
      // Those before the present one alone: another process may have begun the next by now.
      const generation = await inTransaction(db, async (session) => generationOf(db, session));
      for (const name of KEPT) await db.collection(name).deleteMany({ generation: { $lt: generation } });
      return counted;
    },

    /** Lets the next rounds count all cases anew, after views were lost or put in from outside. */
    countAnew: async (): Promise<void> => {
      await db
        .collection<{ _id: string }>('figure_generation')
        .updateOne({ _id: 'present' }, { $inc: { number: 1 } }, { upsert: true });
    },

    figures: readFigures,

    /**
     * In which state what is counted of some months is: another text after each change. None of a month that cases
     * change which are not counted yet.
     */
    statesOf: async (months: readonly string[]): Promise<ReadonlyMap<string, string>> =>
      inTransaction(db, async (session) => {
        const generation = await generationOf(db, session);
        const fresh = await freshRecounts(generation, session);
        if (fresh === null) return new Map();
        const moved = new Set(monthsMoved(fresh));
        const known = await db
          .collection<{ month: string; revision?: number }>('figure_months')
          .find({ generation, month: { $in: [...months] } }, { session })
          .toArray();
        const revisions = new Map(known.map(({ month, revision = 0 }) => [month, revision]));
        return new Map(
          months
            .filter((month) => !moved.has(month))
            .map((month) => [month, `${generation}.${revisions.get(month) ?? 0}`]),
        );
      }),

    /**
     * How many different enterprises had a case answered in a period as known on a day, by group. Each answer to a case
     * of which the reader may not know who brought it counts as one to an enterprise of its own.
     */
    enterprisesHelped: async (
      period: Knowledge,
      grouping: Grouping | null,
      reader: KnownComplainants,
    ): Promise<ReadonlyMap<string, number>> => {
      if (reader.named === 'NONE')
        return new Map((await readFigures(period, grouping)).map(({ key, counts }) => [key, counts.resolved]));
      return differentHelped(period, grouping, { ...reader, named: reader.named });
    },
  };
}
