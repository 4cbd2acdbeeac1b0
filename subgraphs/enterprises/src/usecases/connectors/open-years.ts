import type { Landed, Landing } from '@zhitong/connect';
import { dayInShanghai } from '@zhitong/values';
import type { FactItem, FactValue } from '../../domain/fact-vocabulary.js';
import type { Figures, RecordedYear } from '../../domain/figures.js';
import { recordYear } from '../../domain/year-record.js';
import type { RegisteredEnterprise } from '../../models/enterprise.js';
import type { FactYearRecord } from '../../models/fact-year.js';
import type { Stores } from '../../stores.js';
import { notRegistered } from './city-tables.js';

/**
 * What undoing needs: the revision that was written, and what the facts were before; null for one that was not there.
 */
export interface FactsBefore {
  readonly uscc: string;
  readonly year: number;
  readonly revision: number;
  readonly facts: Readonly<Record<string, FactValue | null>>;
}

/** Facts of one enterprise and year that are to be recorded. */
export interface Wanted {
  readonly uscc: string;
  readonly year: number;
  readonly facts: Readonly<Record<string, FactValue | null>>;
}

/** The years of some enterprises as they stand in a transaction, written together in the end. */
export async function openYears(
  stores: Stores,
  usccs: readonly string[],
  { session, now, department, runId }: Landing,
) {
  const enterprises = await stores.enterprises.wholeRecords(usccs, session);
  const standing = new Map<string, Map<number, RecordedYear & { readonly revision: number }>>(
    usccs.map((uscc) => [uscc, new Map()]),
  );
  for (const record of await stores.factYears.newestOfYears(usccs, session))
    standing.get(record.uscc)?.set(record.year, record);
  const origin = { department, on: dayInShanghai(now), run: runId };
  const latest = new Map<string, Figures>();
  const records: FactYearRecord[] = [];

  const record = (wanted: Wanted): Landed => {
    const { uscc, year, facts } = wanted;
    const enterprise = enterprises.get(uscc);
    const years = standing.get(uscc);
    if (enterprise === undefined || years === undefined) return notRegistered(uscc);
    const previous = years.get(year) ?? null;
    const news = Object.entries(facts).filter(([fact, value]) => !isEqual(previous?.values[fact] ?? null, value));
    if (news.length === 0) return { kind: 'unchanged' };
    const made = recordYear(
      // What the row repeats keeps the origin that it has.
      { uscc, year, facts: Object.fromEntries(news) },
      { years: [...years.values()], latest: latest.get(uscc) ?? enterprise.latestFacts },
      origin,
    );
    years.set(year, made.record);
    if (made.latest !== null) latest.set(uscc, made.latest);
    records.push({ ...made.record, recordedAt: now, recordedBy: department });
    const before: FactsBefore = {
      uscc,
      year,
      revision: made.record.revision,
      facts: Object.fromEntries(news.map(([fact]) => [fact, previous?.values[fact] ?? null])),
    };
    return { kind: previous === null ? 'new' : 'changed', before };
  };

  /** The list of a year's collection as it stands; empty where nothing is recorded. */
  const listOf = (uscc: string, year: number, fact: string): readonly FactItem[] =>
    (standing.get(uscc)?.get(year)?.values[fact] as readonly FactItem[] | undefined) ?? []; // what checkFacts let in

  const write = async (): Promise<void> => {
    await stores.factYears.appendAll(records, session);
    const changed = [...latest].flatMap(([uscc, latestFacts]): RegisteredEnterprise[] => {
      const enterprise = enterprises.get(uscc);
      return enterprise === undefined ? [] : [{ ...enterprise, latestFacts, version: enterprise.version + 1 }];
    });
    await stores.enterprises.rewriteFacts(changed, session);
  };
  return { record, listOf, isRegistered: (uscc: string): boolean => enterprises.has(uscc), write };
}

const isEqual = (a: FactValue | null, b: FactValue | null): boolean => JSON.stringify(a) === JSON.stringify(b);
