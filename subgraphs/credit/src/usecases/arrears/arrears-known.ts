import type { LegalDay } from '@zhitong/values';
import { asKnownOn } from '../../domain/arrears/arrear-knowledge.js';
import { debtorOn } from '../../domain/arrears/arrear-transfer.js';
import { addDebt, mostOwed, type ArrearsFigures } from '../../domain/arrears/arrears-figures.js';
import { aroseBetween } from '../../domain/arrears/arrears.js';
import type { ArrearRecord } from '../../models/arrears/arrear.js';
import type { Stores } from '../../stores.js';

type Known = Pick<Stores, 'arrears' | 'arrearRules'>;

/**
 * The debts as the register knew them at the end of a day, a few at a time.
 * @throws Error that names a debt which cannot be used: a figure without it would be wrong
 */
export async function* debtsKnownOn({ arrears }: Known, knownOn: LegalDay): AsyncGenerator<ArrearRecord> {
  for await (const record of arrears.all()) {
    const known = ofDebt(record.id, () => asKnownOn(record, knownOn));
    if (known !== null) yield known;
  }
}

/** Works something out of a debt. @throws Error that names it where that fails */
export function ofDebt<Result>(id: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new Error(`The debt ${id} cannot be used.`, { cause: error });
  }
}

/** The figures of each department at the end of a day, with what was known at the end of another; most owed first. */
export async function figuresKnownOn(
  stores: Known,
  { asOf, knownOn }: { readonly asOf: LegalDay; readonly knownOn: LegalDay },
): Promise<ArrearsFigures[]> {
  let figures: ReadonlyMap<string, ArrearsFigures> = new Map();
  const rules = stores.arrearRules(knownOn);
  for await (const debt of debtsKnownOn(stores, knownOn)) figures = addDebt(figures, debt, asOf, rules);
  return [...figures.values()].sort(mostOwed);
}

/** The debts that became arrears in a period, by department, with what was known at the end of a day. */
export async function arisenKnownOn(
  stores: Known,
  debtors: readonly string[],
  { from, to, knownOn }: { readonly from: LegalDay; readonly to: LegalDay; readonly knownOn: LegalDay },
): Promise<Map<string, ArrearRecord[]>> {
  const arisen = new Map(debtors.map((debtor) => [debtor, [] as ArrearRecord[]]));
  const rules = stores.arrearRules(knownOn);
  for await (const debt of debtsKnownOn(stores, knownOn)) {
    if (debt.delivery.deliveredOn > to || debt.contract.debtorIsLargeEnterprise === true) continue;
    if (aroseBetween(debt, from, to, rules)) arisen.get(debtorOn(debt, to))?.push(debt);
  }
  return arisen;
}
