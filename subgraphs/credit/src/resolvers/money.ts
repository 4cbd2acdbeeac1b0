import { formatYuan } from '../domain/money.js';
import type { Measure } from '../domain/commitment.js';
import type { Money } from '../generated/resolvers-types.js';

/** Whole fen as Money. */
export const money = (fen: number): Money => ({ amount: formatYuan(fen), currency: 'CNY' });

/** Money where the measure is money; null for milestones. */
export const moneyOf = (amount: number, measure: Measure): Money | null => (measure === 'MONEY' ? money(amount) : null);
