import { runningSteps, RunningTotals } from '../domain/audit/running-figures.js';
import type { Stores } from '../stores.js';
import type { Finding } from './findings.js';

/** Chains that are read together. */
const BATCH = 500;
/** A transaction lives a minute at most: what was recorded so long before another entry is stored or never will be. */
const SETTLED_AFTER_MS = 2 * 60_000;
/** What is imported with moments of before while the figures are added up is no finding: it is looked twice. */
const LOOKS = 2;

/**
 * Adds up what all entries make of the figures that run along for audits, and compares. What is recorded meanwhile is
 * read at the moment of the comparison.
 */
export async function verifyRunning(stores: Pick<Stores, 'entries' | 'running'>): Promise<Finding[]> {
  let findings: Finding[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    findings = await differences(stores);
    if (findings.length === 0) return [];
  }
  return findings;
}

async function differences({ entries, running }: Pick<Stores, 'entries' | 'running'>): Promise<Finding[]> {
  const newest = await entries.newestMoment();
  const settled = newest === null ? '' : new Date(Date.parse(newest) - SETTLED_AFTER_MS).toISOString();
  const isSettled = ({ recordedAt }: { readonly recordedAt: string }): boolean => recordedAt < settled;
  const totals = new RunningTotals();
  for (let ids = await entries.commitmentIdsAfter('', BATCH); ids.length > 0;) {
    for (const chain of (await entries.chains(ids)).values()) totals.add(runningSteps(chain.filter(isSettled)));
    ids = await entries.commitmentIdsAfter(ids.at(-1) ?? '', BATCH);
  }
  const { differences: unlike, faults } = await running.compared(async (session) => {
    const since = new RunningTotals().add(totals.steps());
    const chains = await entries.chains(await entries.recordedSince(settled, session), session);
    for (const chain of chains.values()) since.add(runningSteps(chain)).add(runningSteps(chain.filter(isSettled)), -1n);
    return since;
  });
  const groups = new Set(unlike.map(({ groupBy, key }) => `running_figures/${groupBy}/${key}`));
  return [
    ...[...new Set(faults)].map((record) => finding(record, 'it is not as it was written')),
    ...[...groups].sort().map((record) => finding(record, 'it is not what the entries add up to')),
  ];
}

const finding = (record: string, message: string): Finding => ({ kind: 'RECORD', record, message });
