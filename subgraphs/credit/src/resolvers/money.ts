import { moneyOfFen, type MoneyText } from '@zhitong/values';
import type { Measure } from '../domain/commitments/commitment.js';

/** Money where the measure is money; null for milestones. */
export const moneyOf = (amount: number, measure: Measure): MoneyText | null =>
  measure === 'MONEY' ? moneyOfFen(amount) : null;
