import { MOST_ITEMS, type COLLECTIONS, type FactItem } from './fact-vocabulary.js';

/** The collections of a year's record, whose items other systems deliver one by one. */
export type Collection = keyof typeof COLLECTIONS;

/** Equal whatever order the attributes were stated in. */
export const isSameItem = (one: FactItem, other: FactItem): boolean => canonical(one) === canonical(other);
const canonical = (item: FactItem): string => JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A list with an item for the one that was there before; null where the list cannot take it. */
export type ListAfter =
  { readonly list: readonly FactItem[]; readonly isChanged: boolean } | { readonly full: typeof MOST_ITEMS };

/**
 * Puts an item into the list of a year. One that a source delivers anew takes the place of what it delivered before; an
 * equal one that somebody recorded by hand is that very one, and is not counted twice.
 * @param before what the source delivered of this item before; null: nothing
 * @param delivered what sources have delivered of this list, `before` included
 * @example withItem([{ people: 3 }], { people: 3 }, { before: null, delivered: [] }) //=> { list: [{ people: 3 }], isChanged: false }
 */
export function withItem(
  list: readonly FactItem[],
  item: FactItem,
  { before, delivered }: { readonly before: FactItem | null; readonly delivered: readonly FactItem[] },
): ListAfter {
  const at = before === null ? -1 : list.findIndex((one) => isSameItem(one, before));
  if (at !== -1 && before !== null) return { list: list.with(at, item), isChanged: !isSameItem(before, item) };
  const count = (items: readonly FactItem[]): number => items.filter((one) => isSameItem(one, item)).length;
  if (count(list) > count(delivered)) return { list, isChanged: false };
  return list.length >= MOST_ITEMS ? { full: MOST_ITEMS } : { list: [...list, item], isChanged: true };
}

/** Takes an item out of the list of a year; null where it is not there any more. */
export function withoutItem(list: readonly FactItem[], item: FactItem): readonly FactItem[] | null {
  const at = list.findIndex((one) => isSameItem(one, item));
  return at === -1 ? null : list.toSpliced(at, 1);
}
