import type { Money } from '../generated/resolvers-types.js';

/** Whole fen as Money: yuan with two digits, never through a floating-point division. */
export function money(fen: number): Money {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return { amount: `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: 'CNY' };
}
