import type { LegalDay, Period } from '@zhitong/values';
import type { KnownComplainants } from '../domain/access.js';
import type { KnownPeriod } from '../domain/figures/known-period.js';
import { addUpMonths } from '../domain/figures/month-tables.js';
import { NO_FIGURES, type Figures } from '../domain/figures/statistics.js';
import { timesInDays } from '../domain/promises/promised-time.js';
import type { Stores } from '../stores.js';
import { publishedPeriod } from './published-statistics.js';

/** What is told of the promise of one matter in a period; null where it must not be told, or nothing is. */
export interface PromiseRow {
  readonly cases: number | null;
  readonly promiseBroken: Figures['rates']['promiseBroken'] | null;
  readonly medianActualDays: string | null;
  readonly longestActualDays: string | null;
}

/** The matters of a period, by number, with the period as it is told. */
export interface PromiseTable extends Period {
  readonly knownOn: LegalDay | null;
  readonly awaitedMonths: readonly string[];
  readonly rows: ReadonlyMap<string, PromiseRow>;
  /** What is told of a matter that no case is about; null where no figure is told at all. */
  readonly ofOthers: PromiseRow;
}

const GROUPING = 'SERVICE_ITEM';
const UNTOLD: PromiseRow = { cases: null, promiseBroken: null, medianActualDays: null, longestActualDays: null };

const rowOf = ({ counts, rates }: Figures, times: ReturnType<typeof timesInDays> = null): PromiseRow => ({
  cases: counts.received,
  promiseBroken: rates.promiseBroken,
  medianActualDays: times?.median ?? null,
  longestActualDays: times?.longest ?? null,
});

/** The matters of a period exactly, as they were known on a day; times are those of cases that the reader may know. */
export async function exactPromises(
  period: KnownPeriod,
  known: KnownComplainants,
  { stores, today }: { readonly stores: Pick<Stores, 'figures' | 'statistics'>; readonly today: LegalDay },
): Promise<PromiseTable> {
  const counted = { ...period, today };
  const [groups, times] = await Promise.all([
    stores.figures.figures(counted, GROUPING),
    stores.statistics.actualTimes(counted, known),
  ]);
  return {
    ...period,
    awaitedMonths: [],
    rows: new Map(groups.map((group) => [group.key, rowOf(group, timesInDays(times.get(group.key) ?? []))])),
    ofOthers: rowOf(NO_FIGURES),
  };
}

/** What everybody sees of them: published months, without what stands for too few. */
export async function publishedPromises(
  asked: Period,
  { stores, today }: { readonly stores: Pick<Stores, 'published' | 'statistics'>; readonly today: LegalDay },
): Promise<PromiseTable> {
  const { months, awaitedMonths, ...period } = await publishedPeriod(asked, { stores, today });
  if (months === null) return { ...period, knownOn: null, awaitedMonths, rows: new Map(), ofOthers: UNTOLD };
  return {
    ...period,
    knownOn: null,
    awaitedMonths,
    rows: new Map(
      addUpMonths(months, GROUPING).map(({ withheld, ...group }) => {
        const row = rowOf(group);
        return [
          group.key,
          {
            ...row,
            cases: withheld.has('received') ? null : row.cases,
            promiseBroken: withheld.has('promiseBroken') ? null : row.promiseBroken,
          },
        ];
      }),
    ),
    ofOthers: rowOf(NO_FIGURES),
  };
}

/** A matter's place by broken promises. */
export interface BrokenPromisePlace {
  readonly id: string;
  readonly rank: number;
  readonly row: PromiseRow;
}

/** The matters of which a time was told, the most broken promises first; equals share a place and come by number. */
export function rankedPromises({ rows }: Pick<PromiseTable, 'rows'>): BrokenPromisePlace[] {
  const broken = ({ promiseBroken }: PromiseRow): number => promiseBroken?.numerator ?? 0;
  const told = [...rows]
    .filter(([id, { promiseBroken }]) => id !== '' && (promiseBroken?.denominator ?? 0) > 0)
    .sort(([a, one], [b, other]) => broken(other) - broken(one) || (a < b ? -1 : 1));
  return told.map(([id, row]) => ({
    id,
    row,
    rank: told.filter(([, other]) => broken(other) > broken(row)).length + 1,
  }));
}
