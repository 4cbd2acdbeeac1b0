import { publishedOf } from '@zhitong/kit/mongo';
import { addDays, monthOf, monthsWithin, wholeMonths, type LegalDay, type Period } from '@zhitong/values';
import type { PublishedMonth } from '../domain/figures/disclosure.js';
import { mayReplaceMonth, tablesOf } from '../domain/figures/month-tables.js';
import type { Stores } from '../stores.js';

/**
 * What everybody is told of a period: which part of it, and the published months in it, null where they cannot be told
 * yet.
 */
export interface PublishedPeriod extends Period {
  readonly months: readonly PublishedMonth[] | null;
}

/**
 * What everybody sees of a period: its whole calendar months that are over, each as it was known on its last day and as
 * it was published (`publishedOf`): what a later day changed is told of that day.
 * The running month is not told: whoever read it twice would see what one case did.
 */
export async function publishedPeriod(
  asked: Period,
  {
    stores,
    today,
  }: { readonly stores: Pick<Stores, 'published' | 'statistics' | 'figures'>; readonly today: LegalDay },
): Promise<PublishedPeriod> {
  const whole = wholeMonths(asked);
  const lastOver = addDays(monthOf(today).from, -1);
  if (whole.from > lastOver) return { ...whole, months: null };
  const told = { from: whole.from, to: whole.to < lastOver ? whole.to : lastOver };
  const first = await stores.statistics.firstDay();
  // Nothing is kept of months before the first case, of which there is no end.
  if (first === null || told.to < first) return { ...told, months: [] };
  const months = monthsWithin({ from: told.from < first ? first : told.from, to: told.to });
  const published = await publishedOf(
    months.map((month) => ({ month })),
    {
      tables: stores.published,
      idOf: ({ month }) => month,
      now: async (keys) =>
        (await stores.published.isLoading())
          ? []
          : Promise.all(keys.map(async (key) => ({ key, figures: await monthNow(key.month, { stores, today }) }))),
      basisOf: async (keys) => stores.figures.statesOf(keys.map(({ month }) => month)),
      mayReplace: mayReplaceMonth,
    },
  );
  return {
    ...told,
    months: published.size < months.length ? null : [...published.values()].map(({ figures }) => figures),
  };
}

async function monthNow(
  month: string,
  { stores, today }: { readonly stores: Pick<Stores, 'statistics'>; readonly today: LegalDay },
): Promise<PublishedMonth> {
  const whole = monthOf(`${month}-01`);
  return tablesOf(await stores.statistics.rows({ ...whole, knownOn: whole.to, today }));
}
