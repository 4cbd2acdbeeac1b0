import { formatYuan } from '@zhitong/values';
import { said, type Said } from '../../domain/refusal-words.js';

/** Why a budget does not hold an amount, in words and figures: how much is needed, and how much is left. In fen. */
export function budgetShortage(
  policyId: string,
  neededFen: number,
  leftFen: number,
): { readonly words: Said; readonly details: { readonly neededFen: number; readonly leftFen: number } } {
  const left = Math.max(0, leftFen); // a budget that was cut may hold less than is taken of it
  return {
    words: said('BUDGET_SHORT', { needed: formatYuan(neededFen), policy: policyId, left: formatYuan(left) }),
    details: { neededFen, leftFen: left },
  };
}
