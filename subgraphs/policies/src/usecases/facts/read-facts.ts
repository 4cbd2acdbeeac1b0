import { randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { Connection } from 'mongoose';
import type { Facts } from '../../domain/facts/fact-values.js';
import { CREDIT_FACTS, creditValues, withHeldCredit } from '../../domain/matching/match.js';
import { changedFactsOf } from '../../domain/matching/rematch.js';
import {
  CursorRefused,
  GraphUnreachable,
  withSheet,
  type EnterpriseFromGraph,
  type FactsSource,
  type ListedEnterprise,
  type RegisterPage,
  type VersionsSource,
} from '../../graph/facts-source.js';
import { factsIn } from '../../models/enterprise-facts.js';
import type { EnterpriseFactsRecord, HeldVersion } from '../../models/facts-as-stored.js';
import type { ReadingRecord } from '../../models/reading.js';
import type { StoredPage } from './reading-progress.js';
import type { Stores } from '../../stores.js';

/** What a reading found. */
export interface ReadingSummary {
  readonly read: number;
  readonly mended: number;
  readonly removed: number;
  readonly withoutCredit: number;
  /** It went on with a reading that was interrupted. */
  readonly resumed: boolean;
}

/** Where a reading of the register reads. */
export type ReadingSource = Pick<FactsSource, 'page'> & VersionsSource;

export interface ReadFactsOptions {
  readonly connection: Connection;
  readonly stores: Pick<Stores, 'facts' | 'readings' | 'matches' | 'grants'>;
  readonly source: ReadingSource;
  readonly clock: Clock;
  /** Told after each page how many of how many are read. */
  readonly progress?: (read: number, total: number) => void;
  /** Told of each page as soon as it is stored. */
  readonly stored?: (page: StoredPage) => void;
  /** Enterprises that are read anew even where the register has their facts in the version that is held. */
  readonly anew?: ReadonlySet<string>;
  /** Told which enterprises' facts differed from what was held, so that they are matched again. */
  readonly changed?: (usccs: readonly string[]) => Promise<void>;
}

const NOBODY: ReadonlySet<string> = new Set();

type Listing = EnterpriseFromGraph | ListedEnterprise;

/**
 * Reads the facts of the whole register through the graph, page by page, mends what differs here, and removes
 * enterprises that are registered no longer. Of a page that is mostly held already it asks for versions first, and for
 * the facts of those enterprises only of which it holds another one. One that was interrupted goes on after the last
 * page that it stored.
 * @throws GraphUnreachable when the graph cannot be read; the reading can be resumed.
 */
export async function readAllFacts({
  connection,
  stores,
  source,
  clock,
  progress,
  stored,
  anew = NOBODY,
  changed,
}: ReadFactsOptions): Promise<ReadingSummary> {
  const interrupted = await stores.readings.running();
  let reading = interrupted ?? (await beginReading(stores, clock));
  let resumed = interrupted !== null;
  let withFacts = (await stores.facts.count()) === 0;
  const ask = async (after: string | null): Promise<RegisterPage<Listing>> =>
    withFacts ? source.page(after) : source.versions(after);
  let coming = ask(reading.after);
  for (let last = false; !last;) {
    const page = await coming.catch(async (error: unknown) => {
      if (!(error instanceof CursorRefused)) throw error;
      await stores.readings.abandon(reading.id);
      reading = await beginReading(stores, clock);
      resumed = false;
      return ask(null);
    });
    const compared = await compare(page.enterprises, stores, anew);
    withFacts = compared.differing.length * 2 > page.enterprises.length;
    if (page.next !== null) {
      // Under way while this page is stored; should that fail, nobody waits for it.
      coming = ask(page.next);
      coming.catch(() => undefined);
    }
    const to = { connection, stores, source, readingId: reading.id, readAt: clock.now() };
    const mended = await storePage(compared, to);
    stored?.({ readingId: reading.id, total: page.total, enterprises: page.enterprises.length });
    await changed?.(mended);
    const step = {
      after: page.next,
      total: page.total,
      done: page.enterprises.length,
      mended: mended.length,
      withoutCredit: page.enterprises.filter((enterprise) => creditOf(enterprise) === null).length,
    };
    if (page.next !== null && !(await stores.readings.advance(reading.id, reading.after, step)))
      throw new Error('Another process is reading the register at the same time; let it finish.');
    reading = {
      ...reading,
      after: page.next,
      total: page.total,
      done: reading.done + step.done,
      mended: reading.mended + step.mended,
      withoutCredit: reading.withoutCredit + step.withoutCredit,
    };
    progress?.(reading.done, reading.total);
    last = page.next === null;
  }
  const gone = await stores.facts.unseenBy(reading.id);
  await stores.facts.remove(gone);
  await stores.matches.remove(gone);
  await stores.readings.finish(reading.id, { finishedAt: clock.now(), removed: gone.length });
  return {
    read: reading.done,
    mended: reading.mended,
    removed: gone.length,
    withoutCredit: reading.withoutCredit,
    resumed,
  };
}

async function beginReading({ readings }: Pick<Stores, 'readings'>, clock: Clock): Promise<ReadingRecord> {
  const reading: ReadingRecord = {
    id: randomUUID(),
    status: 'RUNNING',
    after: null,
    total: 0,
    done: 0,
    mended: 0,
    removed: 0,
    withoutCredit: 0,
    startedAt: clock.now(),
    finishedAt: null,
  };
  await readings.begin(reading);
  return reading;
}

/** A page beside what is held of its enterprises. */
interface Compared {
  readonly held: ReadonlyMap<string, HeldVersion>;
  /** What of the page is held otherwise, or not at all. */
  readonly differing: readonly Listing[];
  readonly same: readonly Listing[];
}

async function compare(
  enterprises: readonly Listing[],
  { facts }: Pick<Stores, 'facts'>,
  anew: ReadonlySet<string>,
): Promise<Compared> {
  const held = new Map(
    (await facts.versions(enterprises.map(({ uscc }) => uscc))).map((record) => [record.uscc, record]),
  );
  const isSame = (enterprise: Listing): boolean =>
    !anew.has(enterprise.uscc) && isHeld(enterprise, held.get(enterprise.uscc));
  return { held, differing: enterprises.filter((enterprise) => !isSame(enterprise)), same: enterprises.filter(isSame) };
}

/** What the credit department says is compared only where it says something. */
function isHeld(enterprise: Listing, held: HeldVersion | undefined): boolean {
  const { name, industry, region } = enterprise;
  const version = 'facts' in enterprise ? enterprise.told?.version : enterprise.factsVersion;
  const credit = creditOf(enterprise);
  return (
    typeof version === 'string' &&
    held?.told?.version === version &&
    held.name === name &&
    held.industry.code === industry.code &&
    held.industry.name === industry.name &&
    held.region.code === region.code &&
    held.region.name === region.name &&
    goesOnFromAsHeld(enterprise, held) &&
    (credit === null || CREDIT_FACTS.every((fact) => credit[fact] === held.values[fact]))
  );
}

/** Nothing is compared where the register did not tell whom an enterprise goes on from. */
const goesOnFromAsHeld = ({ predecessors }: Listing, { predecessors: held = [] }: HeldVersion): boolean =>
  predecessors === null ||
  predecessors === undefined ||
  (predecessors.length === held.length &&
    predecessors.every(({ uscc, on }, at) => held[at]?.uscc === uscc && held[at].on === on));

/** What the credit department says of an enterprise; null while it does not respond. */
function creditOf(enterprise: Listing): Facts['values'] | null {
  if ('facts' in enterprise) return enterprise.creditKnown ? enterprise.facts.values : null;
  return enterprise.credit === null ? null : creditValues(enterprise.credit);
}

/** Stores a page and returns which enterprises' facts were not held like this before. */
async function storePage(
  { held, differing, same }: Compared,
  {
    connection,
    stores: { facts, grants },
    source,
    readingId,
    readAt,
  }: Pick<ReadFactsOptions, 'source' | 'connection'> & {
    readonly stores: Pick<Stores, 'facts' | 'grants'>;
    readonly readingId: string;
    readonly readAt: Date;
  },
): Promise<string[]> {
  const on = dayInShanghai(readAt);
  const found = await withFactsOf(differing, source, on);
  const known = found.flatMap(({ uscc }) => (held.has(uscc) ? [uscc] : []));
  const before = new Map(known.length === 0 ? [] : (await facts.byUscc(known)).map((record) => [record.uscc, record]));
  const records = found.map((enterprise) =>
    recordOf(enterprise, { readingId, readAt, before: before.get(enterprise.uscc) }),
  );
  // First what passes on: a record that is held as it was told is not looked at again.
  await inheritAll(records, connection, grants);
  await facts.putAll(records);
  for (const creditTold of [true, false])
    await facts.markSeen(
      same.flatMap((one) => ((creditOf(one) !== null) === creditTold ? [one.uscc] : [])),
      { readingId, readAt, on, creditTold },
    );
  return records.flatMap((record) => (isChanged(before.get(record.uscc), record) ? [record.uscc] : []));
}

const isChanged = (before: EnterpriseFactsRecord | undefined, after: EnterpriseFactsRecord): boolean =>
  before === undefined ||
  (after.predecessors ?? []).length !== (before.predecessors ?? []).length ||
  changedFactsOf(factsIn(before), factsIn(after)).length > 0;

/** Enterprises with the facts that they came with, or else with those that the register returns now. */
async function withFactsOf(
  enterprises: readonly Listing[],
  source: VersionsSource,
  on: LegalDay,
): Promise<EnterpriseFromGraph[]> {
  const listed = enterprises.filter((enterprise) => !('facts' in enterprise));
  const sheets = new Map(
    listed.length === 0
      ? []
      : (await source.sheets(listed.map(({ uscc }) => uscc))).map((sheet) => [sheet.uscc, sheet]),
  );
  return enterprises.map((enterprise) => {
    if ('facts' in enterprise) return enterprise;
    const sheet = sheets.get(enterprise.uscc);
    if (sheet === undefined)
      throw new GraphUnreachable('The register listed an enterprise and then did not tell its facts');
    return withSheet(enterprise, sheet, on);
  });
}

/** The record of an enterprise as it was read; where credit was silent with what it said before. */
export function recordOf(
  enterprise: EnterpriseFromGraph,
  { readingId, readAt, before }: { readingId: string; readAt: Date; before: EnterpriseFactsRecord | undefined },
): EnterpriseFactsRecord {
  const { uscc, name, industry, region, told, creditKnown } = enterprise;
  const predecessors = enterprise.predecessors ?? before?.predecessors ?? [];
  const facts = creditKnown || before === undefined ? enterprise.facts : withHeldCredit(enterprise.facts, before);
  const on = dayInShanghai(readAt);
  return {
    uscc,
    name,
    industry: { ...industry },
    region: { ...region },
    values: facts.values,
    get dates() {
      return facts.dates;
    },
    told: told && { ...told, on, creditOn: creditKnown ? on : creditDayOf(before) },
    ...(predecessors.length === 0 ? {} : { predecessors }),
    readingId,
    readAt,
  };
}

/** Lets what the predecessors of enterprises were given count for these; nearly nobody has one. */
export async function inheritAll(
  records: readonly Pick<EnterpriseFactsRecord, 'uscc' | 'predecessors'>[],
  connection: Connection,
  grants: Pick<Stores['grants'], 'inherit'>,
): Promise<void> {
  for (const { uscc, predecessors = [] } of records)
    if (predecessors.length > 0)
      await inTransaction(connection, async (session) => grants.inherit(uscc, predecessors, session));
}

const creditDayOf = (before: EnterpriseFactsRecord | undefined): LegalDay | null =>
  CREDIT_FACTS.flatMap((fact) => before?.dates[fact] ?? [])[0] ?? null;
