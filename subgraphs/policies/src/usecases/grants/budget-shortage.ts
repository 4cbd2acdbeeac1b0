import { formatYuan } from '@zhitong/values';

/** Why a budget does not hold an amount, in words and figures: how much is needed, and how much is left. In fen. */
export function budgetShortage(
  policyId: string,
  neededFen: number,
  leftFen: number,
): { readonly message: string; readonly details: { readonly neededFen: number; readonly leftFen: number } } {
  const left = Math.max(0, leftFen); // a budget that was cut may hold less than is taken of it
  return {
    message: `${formatYuan(neededFen)} yuan are needed; of the budget of ${policyId} ${formatYuan(left)} yuan are left.`,
    details: { neededFen, leftFen: left },
  };
}
