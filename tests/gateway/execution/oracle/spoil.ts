import type { Dice } from './dice.js';

/**
 * The data of a department that does not keep to what it published: things are left out, or have another form. What
 * custom scalars hold (frozen here) is left alone, because nobody could tell.
 */
export function spoil(value: unknown, dice: Dice): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return dice.chance(3) ? { a: 'list' } : value.map((item) => spoil(item, dice));
  if (dice.chance(3)) return [value];
  const entries = Object.entries(value).filter(() => !dice.chance(6));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, key === '__typename' && dice.chance(6) ? 'Nobody' : spoil(item, dice)]),
  );
}
