import { yuanOf } from '../domain/yuan.js';
import type { Money } from '../generated/resolvers-types.js';

/** Whole fen as Money. */
export const money = (fen: number): Money => ({ amount: yuanOf(fen), currency: 'CNY' });
