import { addDays, dayInShanghai, type LegalDay } from '@zhitong/values';
import {
  disclosedOf,
  disclosureOf,
  lastDayOf,
  publishBy,
  type DisclosedContract,
  type Disclosure,
} from '../../domain/arrears/disclosure.js';
import type { Stores } from '../../stores.js';
import { debtsKnownOn } from './arrears-known.js';

/** Makes the disclosure of a year, with what was known at the end of a day. Reads every debt once. */
export async function discloseArrears(
  stores: Pick<Stores, 'arrears' | 'arrearRules'>,
  year: number,
  knownOn: LegalDay,
): Promise<Disclosure> {
  const disclosed: DisclosedContract[] = [];
  for await (const debt of debtsKnownOn(stores, knownOn)) {
    const one = disclosedOf(debt, lastDayOf(year), stores.arrearRules());
    if (one !== null) disclosed.push(one);
  }
  return disclosureOf(year, knownOn, disclosed);
}

/**
 * The day with whose knowledge the disclosure of a year stands: the day before today, so that it is the same all day,
 * and from the day on which it is to be published on that one, so that what was published stays.
 */
export function disclosedWith(year: number, now: Date): LegalDay {
  const yesterday = addDays(dayInShanghai(now), -1);
  return yesterday < publishBy(year) ? yesterday : publishBy(year);
}
