import type { Stores } from '../../stores.js';
import { confirmed, type Finding } from '../findings.js';

const nameOf = (id: string): string => `arrear_reckonings/${id}`;
const finding = (id: string, message: string): Finding => ({ kind: 'RECORD', record: nameOf(id), message });

/**
 * Reckons every debt again and compares it with what is kept for figures; a reckoning of no debt is found, too. The
 * rates are read first, and what was reckoned before one was added is no finding.
 */
export async function verifyReckonings({
  arrears,
  arrearRules,
  loanPrimeRates,
}: Pick<Stores, 'arrears' | 'arrearRules' | 'loanPrimeRates'>): Promise<Finding[]> {
  try {
    await loanPrimeRates.refresh();
  } catch {
    // Which rate it is, the register of rates says; the rest of the book is verified without the reckonings.
    return [{ kind: 'RECORD', record: 'published_rates', message: 'the rates cannot be read, so no debt is reckoned' }];
  }
  const known = loanPrimeRates.known().map((lpr) => ({ ...arrearRules(), lpr }));
  const findings = (await arrears.strangers()).map((id) => finding(id, 'there is no such debt'));
  for await (const ids of arrears.numbers())
    findings.push(
      ...(await confirmed(ids, nameOf, async (some) =>
        (await arrears.misreckoned(some, known)).map((id) => finding(id, 'it is not what the rules make of the debt')),
      )),
    );
  return findings;
}
