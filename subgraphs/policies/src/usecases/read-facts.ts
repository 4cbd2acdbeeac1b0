import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import type { Facts } from '../domain/fact-values.js';
import { allFacts } from '../domain/facts.js';
import { withHeldCredit } from '../domain/match.js';
import { CursorRefused, type EnterpriseFromGraph, type FactsSource } from '../graph/facts-source.js';
import type { EnterpriseFactsRecord } from '../models/enterprise-facts.js';
import type { ReadingRecord } from '../models/reading.js';
import type { Stores } from '../stores.js';

/** What a reading found. */
export interface ReadingSummary {
  readonly read: number;
  readonly mended: number;
  readonly removed: number;
  readonly withoutCredit: number;
  /** It went on with a reading that was interrupted. */
  readonly resumed: boolean;
}

export interface ReadFactsOptions {
  readonly stores: Pick<Stores, 'facts' | 'readings' | 'matches'>;
  readonly source: FactsSource;
  readonly clock: Clock;
  /** Told after each page how many of how many are read. */
  readonly progress?: (read: number, total: number) => void;
  /** Told which enterprises' facts differed from what was held, so that they are matched again. */
  readonly changed?: (usccs: readonly string[]) => Promise<void>;
}

/**
 * Reads the facts of the whole register through the graph, page by page, mends what differs here, and removes enterprises
 * that are registered no longer. One that was interrupted goes on after the last page that it stored.
 * @throws GraphUnreachable when the graph cannot be read; the reading can be resumed.
 */
export async function readAllFacts({ stores, source, clock, progress, changed }: ReadFactsOptions): Promise<ReadingSummary> {
  const interrupted = await stores.readings.running();
  let reading = interrupted ?? (await beginReading(stores, clock));
  let resumed = interrupted !== null;
  let coming = source.page(reading.after);
  for (let last = false; !last; ) {
    const page = await coming.catch(async (error: unknown) => {
      if (!(error instanceof CursorRefused)) throw error;
      await stores.readings.abandon(reading.id);
      reading = await beginReading(stores, clock);
      resumed = false;
      return source.page(null);
    });
    if (page.next !== null) {
      // Under way while this page is stored; should that fail, nobody waits for it.
      coming = source.page(page.next);
      coming.catch(() => undefined);
    }
    const mended = await storePage(stores, page.enterprises, reading.id, clock.now());
    await changed?.(mended);
    const step = { after: page.next, total: page.total, done: page.enterprises.length, mended: mended.length, withoutCredit: page.enterprises.filter(({ creditKnown }) => !creditKnown).length };
    if (page.next !== null && !(await stores.readings.advance(reading.id, reading.after, step))) throw new Error('Another process is reading the register at the same time; let it finish.');
    reading = { ...reading, after: page.next, total: page.total, done: reading.done + step.done, mended: reading.mended + step.mended, withoutCredit: reading.withoutCredit + step.withoutCredit };
    progress?.(reading.done, reading.total);
    last = page.next === null;
  }
  const gone = await stores.facts.unseenBy(reading.id);
  await stores.facts.remove(gone);
  await stores.matches.remove(gone);
  await stores.readings.finish(reading.id, { finishedAt: clock.now(), removed: gone.length });
  return { read: reading.done, mended: reading.mended, removed: gone.length, withoutCredit: reading.withoutCredit, resumed };
}

async function beginReading({ readings }: Pick<Stores, 'readings'>, clock: Clock): Promise<ReadingRecord> {
  const reading: ReadingRecord = { id: randomUUID(), status: 'RUNNING', after: null, total: 0, done: 0, mended: 0, removed: 0, withoutCredit: 0, startedAt: clock.now(), finishedAt: null };
  await readings.begin(reading);
  return reading;
}

/** Stores a page and answers which enterprises' facts were not held like this before. */
async function storePage({ facts }: Pick<Stores, 'facts'>, enterprises: readonly EnterpriseFromGraph[], readingId: string, readAt: Date): Promise<string[]> {
  const silent = enterprises.filter(({ creditKnown }) => !creditKnown);
  const before = new Map((await facts.byUscc(silent.map(({ uscc }) => uscc))).map((record) => [record.uscc, record]));
  const known = enterprises.map((enterprise) => withKnownCredit(enterprise, before.get(enterprise.uscc)));
  const held = await facts.digests(known.map(({ uscc }) => uscc));
  const asBefore = new Set(known.filter((enterprise) => held.get(enterprise.uscc)?.sheetDigest === sheetDigestOf(enterprise)).map(({ uscc }) => uscc));
  const records = known.filter(({ uscc }) => !asBefore.has(uscc)).map((enterprise) => recordOf(enterprise, { readingId, readAt, before: before.get(enterprise.uscc) }));
  await facts.putAll(records);
  await facts.markSeen([...asBefore], { readingId, readAt });
  return records.filter(({ uscc, digest }) => held.get(uscc)?.digest !== digest).map(({ uscc }) => uscc);
}

/** The record of an enterprise as it was read; where credit was silent with what it said before. */
export function recordOf(enterprise: EnterpriseFromGraph, { readingId, readAt, before }: { readingId: string; readAt: Date; before: EnterpriseFactsRecord | undefined }): EnterpriseFactsRecord {
  const known = withKnownCredit(enterprise, before);
  const { uscc, name, industry, region, facts } = known;
  return { uscc, name, industry: { ...industry }, region: { ...region }, values: facts.values, dates: facts.dates, digest: digestOf(facts), sheetDigest: sheetDigestOf(known), readingId, readAt };
}

const withKnownCredit = (enterprise: EnterpriseFromGraph, before: EnterpriseFactsRecord | undefined): EnterpriseFromGraph =>
  enterprise.creditKnown || before === undefined ? enterprise : { ...enterprise, facts: withHeldCredit(enterprise.facts, before), daysFrom: undefined };

/** Of everything that is stored, in the order in which it was read: most enterprises are read as they were the last time. */
const sheetDigestOf = ({ name, industry, region, facts, daysFrom }: EnterpriseFromGraph): string => sha256(JSON.stringify([name, industry.code, industry.name, region.code, region.name, facts.values, daysFrom ?? facts.dates]));

/** Equal facts have equal digests, whatever their order; the days for which they are reported do not count. */
export function digestOf({ values }: Facts): string {
  return sha256(JSON.stringify(SORTED_NAMES.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))));
}

const SORTED_NAMES = allFacts().map(({ name }) => name).sort();

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
