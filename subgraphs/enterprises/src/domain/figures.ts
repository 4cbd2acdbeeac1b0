import type { LegalDay } from '@zhitong/values';
import { priorYearFacts, PRIOR_YEAR } from './fact-sheet.js';
import type { FactValue } from './fact-vocabulary.js';
import { isSameOrigin, type Origin } from './origin.js';

/** The newest record of one year. */
export interface RecordedYear {
  readonly year: number;
  /** The day that its figures stand for. */
  readonly asOf: LegalDay;
  readonly values: Readonly<Record<string, FactValue>>;
  /** Who recorded what has no origin of its own; records of earlier releases do not say. */
  readonly origin?: Origin | undefined;
  /** Of figures that an earlier record of the year brought. */
  readonly origins?: Readonly<Record<string, Origin>> | undefined;
}

/** What is known of an enterprise by its departments' records: of each fact the newest known value. */
export interface Figures {
  /** The newest year of which there is a record. */
  readonly year: number;
  /** The day that most values stand for; the others have one in `days`. */
  readonly asOf: LegalDay;
  readonly values: Record<string, FactValue>;
  /** Of the year before that of each value, what growth is measured against. */
  readonly prior: Record<string, FactValue>;
  /** Of the years before, up to `KEPT_YEARS`, what was recorded of facts that a newer value has taken the place of. */
  readonly earlier?: Readonly<Record<string, Readonly<Record<string, FactValue>>>>;
  /** The day of each fact whose day is not `asOf`; figures of earlier releases have none. */
  readonly days?: Record<string, LegalDay>;
  /** Who recorded what has no origin of its own; figures of earlier releases do not say. */
  readonly origin?: Origin | undefined;
  readonly origins?: Record<string, Origin>;
}

/** One fact's newest value. */
interface Newest {
  readonly value: FactValue;
  readonly year: number;
  readonly day: LegalDay;
  readonly origin: Origin | undefined;
}

/**
 * Of each fact the newest known value, with its own day: one figure of a new year replaces that figure and no other.
 * Growth of a figure is measured against the year before its own. Null when nothing was recorded.
 * @param years the newest record of each year, in any order
 */
export function figuresOf(years: readonly RecordedYear[]): Figures | null {
  const sorted = [...years].sort((one, other) => other.year - one.year);
  const [first] = sorted;
  if (first === undefined) return null;
  const newest = new Map<string, Newest>();
  for (const year of sorted)
    for (const [fact, value] of Object.entries(year.values))
      if (!newest.has(fact)) newest.set(fact, newestOf(year, fact, value));
  const known = [...newest.values()];
  const asOf = mostCommon(known, ({ day }) => day)?.day ?? first.asOf;
  const origin = mostCommon(known, ({ origin: one }) =>
    one === undefined ? '' : `${one.department} ${one.on} ${one.run ?? ''}`,
  )?.origin;
  const yearly = new Map(sorted.map((year) => [year.year, year.values]));
  const prior: Record<string, FactValue> = {};
  const days: Record<string, LegalDay> = {};
  const origins: Record<string, Origin> = {};
  for (const [fact, { year, day, origin: own }] of newest) {
    const before = yearly.get(year - 1)?.[fact];
    if (before !== undefined) Object.assign(prior, priorYearFacts({ [fact]: before }));
    if (day !== asOf) {
      days[fact] = day;
      const name = PRIOR_YEAR[fact];
      if (name !== undefined && before !== undefined) days[name] = day;
    }
    if (own !== undefined && (origin === undefined || !isSameOrigin(own, origin))) origins[fact] = own;
  }
  const earlier = earlierFigures(sorted, newest, first.year - KEPT_YEARS);
  return {
    year: first.year,
    asOf,
    ...(Object.keys(earlier).length === 0 ? {} : { earlier }),
    values: Object.fromEntries([...newest].map(([fact, { value }]) => [fact, value])),
    prior,
    days,
    ...(origin === undefined ? {} : { origin }),
    origins,
  };
}

/**
 * How many years before the newest one of which there is a record are told: in a year of which there are figures
 * already, growth of the year before is measured against the one before that.
 */
const KEPT_YEARS = 2;

/** What was recorded of the years from `first` on, by year: values whose fact has a newer one. */
function earlierFigures(
  years: readonly RecordedYear[],
  newest: ReadonlyMap<string, Newest>,
  first: number,
): Record<string, Record<string, FactValue>> {
  return Object.fromEntries(
    years.flatMap(({ year, values }) => {
      const own = Object.entries(values).filter(([fact]) => (newest.get(fact)?.year ?? year) > year);
      return year < first || own.length === 0 ? [] : [[String(year), Object.fromEntries(own)]];
    }),
  );
}

/** A value with the day that it stands for: of a year that ran, the day on which it was recorded. */
function newestOf({ year, asOf, origin, origins }: RecordedYear, fact: string, value: FactValue): Newest {
  const own = origins?.[fact] ?? origin;
  return { value, year, day: own !== undefined && own.on < asOf ? own.on : asOf, origin: own };
}

/** The first of those whose key comes most often. */
function mostCommon<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item | undefined {
  const counts = new Map<string, { readonly item: Item; count: number }>();
  for (const item of items) {
    const key = keyOf(item);
    const found = counts.get(key) ?? { item, count: 0 };
    found.count += 1;
    counts.set(key, found);
  }
  return [...counts.values()].reduce<{ item: Item; count: number } | undefined>(
    (best, one) => (best === undefined || one.count > best.count ? one : best),
    undefined,
  )?.item;
}
