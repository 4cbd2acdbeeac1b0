import type { Stores } from '../../stores.js';
import { confirmed, type Finding } from '../findings.js';

/**
 * Reckons every debt again and compares it with what is kept for figures; a reckoning of no debt is found, too. The
 * rates are read first: one that was added meanwhile is no finding.
 */
export async function verifyReckonings({
  arrears,
  loanPrimeRates,
}: Pick<Stores, 'arrears' | 'loanPrimeRates'>): Promise<Finding[]> {
  await loanPrimeRates.refresh();
  const findings = new Map<string, Finding>();
  for await (const ids of arrears.numbers())
    for (const finding of await confirmed(
      ids,
      (id) => `arrear_reckonings/${id}`,
      async (some) =>
        (await arrears.misreckoned(some)).map((id) => ({
          kind: 'RECORD',
          record: `arrear_reckonings/${id}`,
          message: 'it is not what the rules make of the debt',
        })),
    ))
      findings.set('record' in finding ? finding.record : '', finding);
  return [...findings.values()];
}
