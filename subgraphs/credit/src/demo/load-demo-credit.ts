import type { DemoCity } from '@zhitong/demo';
import type { EntryDraft } from '../domain/ledger-entry.js';
import type { Stores } from '../stores.js';
import { demoApprovalItems } from './demo-approvals.js';
import { demoArrears } from './demo-arrears.js';
import { demoDishonestyRecords, demoJudgments, demoPledges } from './demo-credit-records.js';

/** Commitments per transaction. */
const BATCH = 100;

/**
 * Loads the demo city's credit: promises with their whole ledgers, dishonesty records, judgments, pledges, debts, the approval ledger. Promises that
 * are there already are left alone and the rest is replaced, so a load that was killed half-way can be run again.
 * @param advance told after each batch how many commitments it held.
 */
export async function loadDemoCredit({ city, chains, stores, advance }: { city: DemoCity; chains: readonly (readonly EntryDraft[])[]; stores: Stores; advance: (count: number) => void }): Promise<void> {
  await stores.creditRecords.putAll(demoDishonestyRecords(city), demoJudgments(city));
  await stores.pledges.putAll(demoPledges(city));
  const arrears = demoArrears(city);
  await stores.arrears.putAll(arrears);
  await stores.references.putAll(arrears.flatMap(({ id, payments }) => payments.map(({ reference }, index) => ({ reference, arrearId: id, no: index + 1 }))));
  await stores.approvals.putAll(demoApprovalItems(city));
  for (let start = 0; start < chains.length; start += BATCH) {
    const batch = chains.slice(start, start + BATCH);
    await stores.ledger.importChains(batch);
    advance(batch.length);
  }
}
