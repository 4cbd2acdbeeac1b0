import { setImmediate } from 'node:timers/promises';
import type { Clock, Logger } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import { publishedOf } from '@zhitong/kit/mongo';
import {
  addDays,
  dayInShanghai,
  monthOf,
  monthsWithin,
  wholeMonths,
  type LegalDay,
  type Period,
} from '@zhitong/values';
import type { PublishedMonth } from '../domain/figures/disclosure.js';
import { mayReplaceMonth, tablesInSteps } from '../domain/figures/month-tables.js';
import type { Steps } from '../domain/figures/steps.js';
import type { Stores } from '../stores.js';

/**
 * What everybody is told of a period: which part of it, and the published months in it; null where none is over, or
 * one that is over is not published yet.
 */
export interface PublishedPeriod extends Period {
  readonly months: readonly PublishedMonth[] | null;
  /** Months that are over and not published yet, YYYY-MM: the job of publishing comes to them. */
  readonly awaitedMonths: readonly string[];
  /** Day on which the last of the months was published; null while there are none. */
  readonly publishedOn: LegalDay | null;
}

type MonthStores = Pick<Stores, 'published' | 'statistics' | 'figures'>;

/** The months of a period that are over, from that of the first case on: before it there is nothing, without end. */
async function monthsOver(
  period: Period,
  { stores, today }: { readonly stores: Pick<Stores, 'statistics'>; readonly today: LegalDay },
): Promise<string[]> {
  const lastOver = addDays(monthOf(today).from, -1);
  const first = await stores.statistics.firstDay();
  const [from, to] = [
    first !== null && period.from < first ? first : period.from,
    period.to < lastOver ? period.to : lastOver,
  ];
  return first === null || to < from ? [] : monthsWithin({ from, to });
}

/**
 * What everybody sees of a period: its whole calendar months that are over, each as it was known on its last day and as
 * it was published (`publishMonths`): what a later day changed is told of that day. Only reads.
 * The running month is not told: whoever read it twice would see what one case did.
 */
export async function publishedPeriod(
  asked: Period,
  { stores, today }: { readonly stores: Pick<Stores, 'published' | 'statistics'>; readonly today: LegalDay },
): Promise<PublishedPeriod> {
  const whole = wholeMonths(asked);
  const lastOver = addDays(monthOf(today).from, -1);
  if (whole.from > lastOver) return { ...whole, months: null, awaitedMonths: [], publishedOn: null };
  const told = { from: whole.from, to: whole.to < lastOver ? whole.to : lastOver };
  const months = await monthsOver(told, { stores, today });
  const tables = await stores.published.read(months.map((month) => ({ month })));
  const published = new Map<string, PublishedMonth>(tables.map(({ key, figures }) => [key.month, figures]));
  const days = tables.map(({ publishedAt }) => dayInShanghai(publishedAt)).sort();
  const awaitedMonths = months.filter((month) => !published.has(month));
  return {
    ...told,
    months: awaitedMonths.length > 0 ? null : [...published.values()],
    awaitedMonths,
    publishedOn: awaitedMonths.length > 0 ? null : (days.at(-1) ?? null),
  };
}

/** What publishing works with. */
export interface PublishingTools {
  readonly stores: MonthStores;
  readonly clock: Clock;
  readonly logger?: Pick<Logger, 'error'>;
}

/** Everything that anybody may ask for lies within it. */
const ALL_TIME: Period = { from: '1949-10-01', to: '9999-12-31' };
/** So long a computation keeps others waiting; then they come between. */
const SLICE_MS = 15;

/** Runs a computation in slices, between which requests come. */
async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
    await setImmediate();
  }
}

/**
 * Publishes the months that are over and not published yet, the latest first, and decides once a day whether newer
 * figures may take the place of published ones (`publishedOf`). A month that fails stops no other one.
 * @param isOver asked between months; true ends the round, and the next one goes on.
 * @returns the months that were decided on; all others stand.
 */
export async function publishMonths(
  { stores, clock, logger }: PublishingTools,
  isOver = () => false,
): Promise<{ readonly decided: string[]; readonly failed: string[] }> {
  const [decided, failed]: [string[], string[]] = [[], []];
  const today = dayInShanghai(clock.now());
  const months = await monthsOver(ALL_TIME, { stores, today });
  const open = await stores.published.open(months.map((month) => ({ month })));
  for (const { month } of open.reverse()) {
    // While the demo city is being loaded, figures would be those of a part of it.
    if (isOver() || (await stores.published.isLoading())) break;
    try {
      await publishedOf([{ month }], {
        tables: stores.published,
        idOf: (key) => key.month,
        now: async (keys) =>
          Promise.all(keys.map(async (key) => ({ key, figures: await monthNow(key.month, { stores, today }) }))),
        basisOf: async (keys) => stores.figures.statesOf(keys.map((key) => key.month)),
        mayReplace: mayReplaceMonth,
      });
      decided.push(month);
    } catch (error) {
      logger?.error({ err: error, month }, 'the figures of a month could not be published');
      failed.push(month);
    }
  }
  return { decided, failed };
}

async function monthNow(
  month: string,
  { stores, today }: { readonly stores: Pick<Stores, 'statistics'>; readonly today: LegalDay },
): Promise<PublishedMonth> {
  const whole = monthOf(`${month}-01`);
  return inSlices(tablesInSteps(await stores.statistics.rows({ ...whole, knownOn: whole.to, today })));
}

const EVERY_MS = 60_000;
/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 5 * 60_000;

/** The job that publishes the figures of months that are over. */
export const publishingJob = (tools: PublishingTools): Job => ({
  name: 'publish-figures',
  everyMs: EVERY_MS,
  leaseMs: LEASE_MS,
  work: async ({ isOver }) => {
    await publishMonths(tools, isOver);
  },
});
