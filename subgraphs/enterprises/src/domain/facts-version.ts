import { hash } from 'node:crypto';
import type { LegalDay } from '@zhitong/values';
import { factSheet, type FactSheet, type RegisterFacts, type YearFacts } from './fact-sheet.js';
import { honourDays } from './honour-facts.js';

/** The version of an enterprise's facts from one day on. */
export interface FactsVersion {
  /** First day on which it counts, YYYY-MM-DD. */
  readonly from: LegalDay;
  /**
   * A digest of what the sheet says; equal for sheets that differ in no more than the day for which the register's
   * facts are returned.
   */
  readonly version: string;
}

/** Lies before any registration. */
const SINCE_EVER = '0001-01-01';
/** 96 bits: beyond chance among the versions of one enterprise. */
const DIGEST_CHARACTERS = 16;

/**
 * The versions of an enterprise's facts by day, oldest first: with equal records the sheet changes only on the days on
 * which a title begins, has run out or comes to be of an earlier year. Made when the facts are written, so that nobody
 * has to read them to know whether they changed.
 */
export function factsVersions(register: RegisterFacts, newest: YearFacts | undefined): FactsVersion[] {
  const days = honourDays(register.honours);
  const versions: FactsVersion[] = [];
  for (const from of [SINCE_EVER, ...new Set(days.sort())]) {
    const version = versionOf(factSheet(register, newest, from));
    if (versions.at(-1)?.version !== version) versions.push({ from, version });
  }
  return versions;
}

/**
 * The version that counts on a day.
 * @throws Error when there is none, which `factsVersions` never leaves.
 */
export function versionOn(versions: readonly FactsVersion[], day: LegalDay): string {
  const found = versions.findLast(({ from }) => from <= day);
  if (found === undefined) throw new Error(`No version of the facts counts on ${day}.`);
  return found.version;
}

/** Whatever order the figures were recorded in; of what holds on the day itself which facts do, not the day. */
function versionOf({ asOf, values, dates, current, origin, origins = {}, earlier = {} }: FactSheet): string {
  const inOrder = (entries: Readonly<Record<string, unknown>>) =>
    Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1));
  const own = Object.fromEntries(Object.entries(dates).filter(([fact]) => !current.includes(fact)));
  const content = [asOf, inOrder(values), inOrder(own), [...current].sort(), origin, inOrder(origins)];
  for (const year of Object.keys(earlier).sort()) content.push(year, inOrder(earlier[year] ?? {}));
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, DIGEST_CHARACTERS);
}
