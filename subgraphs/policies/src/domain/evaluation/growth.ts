import { Decimal } from 'decimal.js';

const Exact = Decimal.clone({ precision: 60 });

/**
 * True when `current` lies at least (more than, when `strict`) `percent` per cent over `priorYear`, in exact decimals:
 * 105.5 over 100 is a growth of 5.5 %. Growth from nothing or from a loss has no percentage, so it is never reached.
 */
export function growthReached(current: number, priorYear: number, percent: number, strict: boolean): boolean {
  if (priorYear <= 0) return false;
  // Binary numbers decide all but the closest cases; what they can be off by is far below this margin.
  const apart = current * 100 - priorYear * (percent + 100);
  if (Math.abs(apart) > 1e-12 * (Math.abs(current) * 100 + priorYear * (Math.abs(percent) + 100))) return apart > 0;
  const reached = new Exact(current).times(100);
  const needed = new Exact(priorYear).times(new Exact(percent).plus(100));
  return strict ? reached.greaterThan(needed) : reached.greaterThanOrEqualTo(needed);
}
