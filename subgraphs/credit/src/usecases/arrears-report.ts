import { aroseBetween, arrearPosition } from '../domain/arrears.js';
import type { LoanPrimeRateTable } from '../domain/loan-prime-rate.js';
import type { Stores } from '../stores.js';
import type { ArrearView, DepartmentArrearsView } from '../views.js';

/** Adds up the arrears of each department at the end of a period, most outstanding first; debts are read one after another. */
export async function arrearsReport({ arrears }: Stores, { from, to, lpr }: { from: string; to: string; lpr: LoanPrimeRateTable }): Promise<DepartmentArrearsView[]> {
  const rows = new Map<string, DepartmentArrearsView & { newlyArisen: ArrearView[] }>();
  for await (const record of arrears.deliveredBy(to)) {
    const position = arrearPosition(record, to, lpr);
    const row = rows.get(record.debtor) ?? { debtor: record.debtor, count: 0, clearedCount: 0, overdueCount: 0, principal: 0, paid: 0, interest: 0, plansBehind: 0, newlyArisen: [] };
    if (aroseBetween(record, from, to)) row.newlyArisen.push({ ...record, position });
    rows.set(record.debtor, {
      ...row,
      count: row.count + 1,
      clearedCount: row.clearedCount + (position.isCleared ? 1 : 0),
      overdueCount: row.overdueCount + (position.daysOverdue > 0 ? 1 : 0),
      principal: row.principal + record.principal,
      paid: row.paid + position.paid,
      interest: row.interest + (position.interest?.amount ?? 0),
      plansBehind: row.plansBehind + (position.plan?.isBehind === true ? 1 : 0),
    });
  }
  return [...rows.values()].sort((a, b) => b.principal - b.paid - (a.principal - a.paid));
}
