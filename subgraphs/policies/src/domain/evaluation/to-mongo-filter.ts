import type { LegalDay } from '@zhitong/values';
import { checkOf, type Bound, type Check } from '../criteria/check.js';
import type { Criterion, Test } from '../criteria/criteria.js';
import { attributeName, yearOfFact } from '../facts/facts.js';
import { foldAll, type GroupAlgebra } from '../criteria/fold.js';

/**
 * A filter in the query language of MongoDB. Every value in it comes from validated criteria, every key from the
 * vocabulary.
 */
export type MongoFilter = Readonly<Record<string, unknown>>;

/** The filters that find enterprises on the fact projection, whose documents hold the facts under `values`. */
export interface EligibilityFilters {
  readonly eligible: MongoFilter;
  readonly notEligible: MongoFilter;
  readonly undetermined: MongoFilter;
}

interface Sides {
  readonly met: MongoFilter;
  readonly notMet: MongoFilter;
}

const NEVER: MongoFilter = { _id: { $in: [] } };
const ALWAYS: MongoFilter = {};

const and = (filters: readonly MongoFilter[]): MongoFilter =>
  filters.length === 1 ? (filters[0] ?? ALWAYS) : { $and: filters };
const or = (filters: readonly MongoFilter[]): MongoFilter =>
  filters.length === 1 ? (filters[0] ?? NEVER) : { $or: filters };

/**
 * Translates criteria into filters for the reverse look-up "who gets this". Each criterion has two, met and not met;
 * what neither finds is unknown. Decides as `evaluate` does.
 */
export function toMongoFilter(criteria: readonly Criterion[], referenceDate: LegalDay): EligibilityFilters {
  const sidesOf = (test: Test): Sides => sidesOfCheck(checkOf(test, referenceDate));
  const { met, notMet } = criteria.length === 0 ? { met: ALWAYS, notMet: NEVER } : foldAll(criteria, sidesOf, SIDES);
  return { eligible: met, notEligible: notMet, undetermined: { $nor: [met, notMet] } };
}

const SIDES: GroupAlgebra<Sides> = {
  all: (members) => ({ met: and(members.map(({ met }) => met)), notMet: or(members.map(({ notMet }) => notMet)) }),
  any: (members) => ({ met: or(members.map(({ met }) => met)), notMet: and(members.map(({ notMet }) => notMet)) }),
  not: ({ met, notMet }) => ({ met: notMet, notMet: met }),
  // Fewer than n are met exactly when more than m − n are not.
  atLeast: (count, members) => ({
    met: anyOfThese(
      members.map(({ met }) => met),
      count,
    ),
    notMet: anyOfThese(
      members.map(({ notMet }) => notMet),
      members.length - count + 1,
    ),
  }),
};

/**
 * At least `count` of the filters hold: every choice of `count` of them, spelled out. Groups are at most ten members.
 */
function anyOfThese(filters: readonly MongoFilter[], count: number): MongoFilter {
  return or(choices(filters, count).map(and));
}

function choices<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) => choices(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]));
}

/**
 * A check on the figure of one year: on the newest known value where it is of that year, else on that of earlier years.
 */
function sidesOfCheck(check: Check): Sides {
  const asked = yearOfFact(check.fact);
  if (asked === null) return sidesIn(check, (fact) => `values.${fact}`);
  const [earlier, newest] = [{ [`told.years.${check.fact}`]: { $exists: true } }, isNewestOf(asked)];
  const isOther = { $nor: [newest] };
  const ofEarlier = { condition: { $and: [earlier, isOther] }, field: `told.years.${check.fact}` };
  const ofNewest = { condition: newest, field: `values.${asked.fact}` };
  const sides = [ofNewest, ofEarlier].map(({ condition, field }) => ({
    condition,
    // Growth is measured against the year before, which is never the newest where the year itself is known.
    ...sidesIn(check, (fact) => (fact === check.fact ? field : `told.years.${fact}`)),
  }));
  return {
    met: or(sides.map(({ condition, met }) => and([condition, met]))),
    notMet: or(sides.map(({ condition, notMet }) => and([condition, notMet]))),
  };
}

/** That the newest known value of a fact stands for a day of that year. */
function isNewestOf({ fact, year }: { readonly fact: string; readonly year: number }): MongoFilter {
  const inYear = { $gte: `${String(year)}-01-01`, $lte: `${String(year)}-12-31` };
  const own = `told.fixed.${fact}`;
  return {
    [`values.${fact}`]: { $exists: true },
    $or: [
      { [own]: inYear },
      { [own]: { $exists: false }, 'told.asOf': inYear },
      { told: { $exists: false }, [`dates.${fact}`]: inYear },
    ],
  };
}

function sidesIn(check: Check, fieldOf: (fact: string) => string): Sides {
  const field = fieldOf(check.fact);
  switch (check.kind) {
    case 'oneOf': {
      const listed = { [field]: { $in: check.values } };
      const unlisted = { [field]: { $exists: true, $nin: check.values } };
      return check.negated ? { met: unlisted, notMet: listed } : { met: listed, notMet: unlisted };
    }
    case 'range': {
      const outside = [below(field, check.low), above(field, check.high)].filter((filter) => filter !== null);
      return { met: { [field]: inside(check.low, check.high) }, notMet: outside.length === 0 ? NEVER : or(outside) };
    }
    case 'prefix':
      // Codes are capital letters and digits, so the prefix needs no escape and the anchored expression can use an
      // index.
      return check.prefix === ''
        ? { met: { [field]: { $exists: true } }, notMet: NEVER }
        : {
            met: { [field]: { $regex: `^${check.prefix}` } },
            notMet: { [field]: { $exists: true, $not: { $regex: `^${check.prefix}` } } },
          };
    case 'titles':
      return { met: { [field]: { $in: check.anyOf } }, notMet: { [field]: { $exists: true, $nin: check.anyOf } } };
    case 'some': {
      // Within an item its attributes have their own names.
      const sides = check.of.map((one) => sidesIn(one, attributeName));
      const [met, notMet] = [and(sides.map((one) => one.met)), or(sides.map((one) => one.notMet))];
      return {
        met: { [field]: { $elemMatch: met } },
        // Every item is refused: none is met, and none may be.
        notMet: { [field]: { $exists: true, $not: { $elemMatch: { $nor: [notMet] } } } },
      };
    }
    case 'present':
      return check.titles
        ? { met: { [`${field}.0`]: { $exists: true } }, notMet: { [field]: { $size: 0 } } }
        : { met: { [field]: { $exists: true } }, notMet: NEVER };
    case 'growth':
      return growthSides(check, field, fieldOf(check.priorYear));
  }
}

function inside(low: Bound | null, high: Bound | null): MongoFilter {
  return {
    ...(low === null ? {} : { [low.inclusive ? '$gte' : '$gt']: low.value }),
    ...(high === null ? {} : { [high.inclusive ? '$lte' : '$lt']: high.value }),
  };
}

const below = (field: string, low: Bound | null): MongoFilter | null =>
  low === null ? null : { [field]: { [low.inclusive ? '$lt' : '$lte']: low.value } };
const above = (field: string, high: Bound | null): MongoFilter | null =>
  high === null ? null : { [field]: { [high.inclusive ? '$gt' : '$gte']: high.value } };

/**
 * current × 100 against prior × (100 + percent), in the decimals of the server: the same exact comparison as
 * `growthReached`.
 */
function growthSides(check: Extract<Check, { kind: 'growth' }>, field: string, prior: string): Sides {
  const known = { [field]: { $exists: true }, [prior]: { $exists: true } };
  const decimal = (operand: unknown): MongoFilter => ({ $toDecimal: { $toString: operand } });
  const current = { $multiply: [decimal(`$${field}`), 100] };
  const needed = { $multiply: [decimal(`$${prior}`), { $add: [{ $toDecimal: String(check.percent) }, 100] }] };
  const reached = { $and: [{ $gt: [`$${prior}`, 0] }, { [check.strict ? '$gt' : '$gte']: [current, needed] }] };
  return { met: { ...known, $expr: reached }, notMet: { ...known, $expr: { $not: [reached] } } };
}
