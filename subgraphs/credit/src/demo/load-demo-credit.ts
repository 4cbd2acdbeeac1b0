import type { DemoCity } from '@zhitong/demo';
import type { EntryDraft } from '../domain/ledger/ledger-entry.js';
import type { Stores } from '../stores.js';
import { demoApprovalItems } from './demo-approvals.js';
import { demoArrears } from './demo-arrears.js';
import { demoDishonestyRecords, demoJudgments, demoPledges } from './demo-credit-records.js';

/** Commitments per transaction. */
const BATCH = 100;

/**
 * Loads the demo city's credit: promises with their whole ledgers, dishonesty records, judgments, pledges, debts, the
 * approval ledger. What is there already is left alone, so a load that was killed half-way can be run again, also after
 * users have changed what it had loaded.
 * @param advance called after each batch with the number of commitments in it.
 */
export async function loadDemoCredit({
  city,
  chains,
  stores,
  advance,
}: {
  city: DemoCity;
  chains: readonly (readonly EntryDraft[])[];
  stores: Stores;
  advance: (count: number) => void;
}): Promise<void> {
  await stores.creditRecords.addMissing(demoDishonestyRecords(city), demoJudgments(city));
  await stores.pledges.addMissing(demoPledges(city));
  const arrears = demoArrears(city, stores.arrearRules());
  await stores.arrears.addMissing(arrears);
  await stores.references.addMissing(
    arrears.flatMap(({ id, payments }) =>
      payments.map(({ reference }, index) => ({ reference, arrearId: id, no: index + 1 })),
    ),
  );
  await stores.approvals.addMissing(demoApprovalItems(city));
  for (let start = 0; start < chains.length; start += BATCH) {
    const batch = chains.slice(start, start + BATCH);
    await stores.ledger.importChains(batch);
    advance(batch.length);
  }
}
