import type { Clock, Logger } from '@zhitong/kit';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import { NO_FACTS, slotsOf } from '../../domain/facts/fact-values.js';
import { factsOfSheet, withCredit, type CreditFacts } from '../../domain/matching/match.js';
import {
  factsToday,
  isSheet,
  versionedFacts,
  versionedFactsOf,
  type KnownFacts,
  type VersionedFacts,
} from '../../domain/facts/versioned-facts.js';
import { GraphUnreachable, type ToldSheet, type VersionsSource } from '../../graph/facts-source.js';
import { factsIn } from '../../models/enterprise-facts.js';
import type { EnterpriseFactsRecord } from '../../models/facts-as-stored.js';
import type { FactsInMemory } from '../../memory/facts-in-memory.js';
import type { Stores } from '../../stores.js';

/** Facts of an enterprise as they are decided on, beside what the credit department says now. */
export type FactsBesideCredit = (credit: CreditFacts | null | undefined, today: LegalDay) => KnownFacts;

/** An enterprise and the version in which the register has its facts now. */
export interface WantedFacts {
  readonly uscc: string;
  readonly version: string;
}

export interface FoundFacts extends WantedFacts {
  readonly beside: FactsBesideCredit;
}

/** For loaders, whose keys are text: the code has no space in it. */
export const keyOf = ({ uscc, version }: WantedFacts): string => `${uscc} ${version}`;
export const wantedOf = (key: string): WantedFacts => ({
  uscc: key.slice(0, key.indexOf(' ')),
  version: key.slice(key.indexOf(' ') + 1),
});

export interface FindFactsOptions {
  readonly stores: Pick<Stores, 'facts'>;
  readonly factsInMemory: FactsInMemory;
  readonly source: VersionsSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A caller waits for the result, and the facts that were read last are better than none. */
const TIMEOUT_MS = 4_000;

/** Facts that are in memory in the version that is wanted; undefined where they are not. */
export function factsInMemoryOf(
  { uscc, version }: WantedFacts,
  factsInMemory: FactsInMemory,
): VersionedFacts | undefined {
  const held = factsInMemory.get(uscc);
  return held?.version === version ? held : undefined;
}

/**
 * Finds facts that are not in memory: in the projection with one command, and where that has another version in the
 * register, through the graph, some hundred with one query. While the graph cannot be read the facts that were read
 * last serve.
 */
export async function findFacts(wanted: readonly WantedFacts[], options: FindFactsOptions): Promise<FoundFacts[]> {
  const { stores, factsInMemory } = options;
  const found = new Map<string, FactsBesideCredit>();
  const keep = (uscc: string, facts: VersionedFacts): void => {
    factsInMemory.set(uscc, facts);
    found.set(uscc, (credit, today) => factsToday(facts, credit, today));
  };
  const held = new Map(
    (await stores.facts.byUscc(wanted.map(({ uscc }) => uscc))).map((record) => [record.uscc, record]),
  );
  for (const { uscc, version } of wanted) {
    const record = held.get(uscc);
    if (record?.told?.version === version) keep(uscc, versionedFactsOf(record.values, record.told));
  }
  const today = dayInShanghai(options.clock.now());
  for (const { uscc, factsVersion, sheet } of await toldNow(
    wanted.flatMap(({ uscc }) => (found.has(uscc) ? [] : [uscc])),
    options,
  )) {
    const facts = versionedFacts(sheet, factsVersion, today);
    if (facts !== undefined) keep(uscc, facts);
    else if (isSheet(sheet)) found.set(uscc, (credit, day) => factsOfSheet(sheet, credit, day));
  }
  return wanted.map(({ uscc, version }) => ({
    uscc,
    version,
    beside: found.get(uscc) ?? readLast(held.get(uscc), factsInMemory.get(uscc)),
  }));
}

async function toldNow(usccs: readonly string[], { source, logger }: FindFactsOptions): Promise<readonly ToldSheet[]> {
  if (usccs.length === 0) return [];
  try {
    return await source.sheets(usccs, TIMEOUT_MS);
  } catch (error) {
    if (!(error instanceof GraphUnreachable)) throw error;
    logger.warn(
      { err: error, enterprises: usccs.length },
      'changed facts could not be read; those that were read last serve',
    );
    return [];
  }
}

/** The facts that were read last, whatever their version. */
export function readLast(record: EnterpriseFactsRecord | null | undefined, kept?: VersionedFacts): FactsBesideCredit {
  return (credit, today) => {
    if (!record && kept !== undefined) return factsToday(kept, credit, today);
    const facts = withCredit(record ? factsIn(record) : NO_FACTS, credit, today);
    return { facts, slots: slotsOf(facts.values) };
  };
}
