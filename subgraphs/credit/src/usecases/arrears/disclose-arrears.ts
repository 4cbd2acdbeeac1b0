import type { Clock } from '@zhitong/kit';
import { addDays, dayInShanghai, type LegalDay } from '@zhitong/values';
import {
  correctionOf,
  disclosedOf,
  disclosureOf,
  isDisclosedYear,
  lastDayOf,
  publishBy,
  type DisclosedContract,
  type Disclosure,
  type DisclosureCorrection,
} from '../../domain/arrears/disclosure.js';
import type { PublishedDisclosure } from '../../models/arrears/published-disclosure.js';
import type { Stores } from '../../stores.js';
import { debtsKnownOn, ofDebt } from './arrears-known.js';

/** Makes the disclosure of a year, with what was known at the end of a day. Reads every debt once. */
export async function discloseArrears(
  stores: Pick<Stores, 'arrears' | 'arrearRules'>,
  year: number,
  knownOn: LegalDay,
): Promise<Disclosure> {
  const disclosed: DisclosedContract[] = [];
  const rules = stores.arrearRules(knownOn);
  for await (const debt of debtsKnownOn(stores, knownOn)) {
    const one = ofDebt(debt.id, () => disclosedOf(debt, lastDayOf(year), rules));
    if (one !== null) disclosed.push(one);
  }
  return disclosureOf(year, knownOn, disclosed);
}

/** The day before today: with its knowledge a figure is the same all day. */
const yesterday = (now: Date): LegalDay => addDays(dayInShanghai(now), -1);

/**
 * The day with whose knowledge the disclosure of a year stands: the day before today, so that it is the same all day,
 * and from the day on which it is to be published on that one, so that what was published stays.
 */
export function disclosedWith(year: number, now: Date): LegalDay {
  const day = yesterday(now);
  return day < publishBy(year) ? day : publishBy(year);
}

/**
 * Publishes the disclosures that are due: each is written once, as it is known at the end of 31 March, and nothing that
 * becomes known or is decided later (a payment, a rate, a calendar, another release) changes it. Those that were due
 * before this register began were published elsewhere. Answers the years.
 * @throws Error why one could not be published, after all others were; it waits until that is mended, and then says
 *   what it would have said
 */
export async function publishDisclosures({ stores, clock }: { stores: Stores; clock: Clock }): Promise<number[]> {
  const began = await stores.history.began();
  if (began === null) return [];
  const [first, today] = [dayInShanghai(began), dayInShanghai(clock.now())];
  const known = new Set(await stores.publishedDisclosures.years());
  const published: number[] = [];
  let failure: Error | undefined;
  for (let year = Number(first.slice(0, 4)) - 1; publishBy(year) < today; year += 1) {
    if (known.has(year) || publishBy(year) < first || !isDisclosedYear(year, today)) continue;
    try {
      await stores.loanPrimeRates.refresh();
      const disclosure = await discloseArrears(stores, year, publishBy(year));
      if (await stores.publishedDisclosures.publish(disclosure, today)) published.push(year);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
  }
  if (failure !== undefined) throw failure;
  return published;
}

/** What is to be said beside a published disclosure by what is known since; null where nothing is. */
export async function correctionSince(
  published: PublishedDisclosure,
  make: (year: number, knownOn: LegalDay) => Promise<Disclosure>,
  now: Date,
): Promise<DisclosureCorrection | null> {
  return correctionOf(published, await make(published.year, yesterday(now)));
}
