import { formatYuan } from '@zhitong/values';
import type { Measure } from '../commitments/commitment.js';

/** An amount as the outside reads it: yuan with two decimals, or a number of milestones. */
export const amountText = (amount: number, measure: Measure): string =>
  measure === 'MONEY' ? formatYuan(amount) : String(amount);
