import { readTable } from './data-file.js';
import type { StatCategory } from './types.js';

export interface DesignatedSizeList {
  readonly category: StatCategory;
  /** Prefixes of GB/T 4754 codes. */
  readonly industries: readonly string[];
  /** Whole yuan a year; 0 where the qualification decides instead. */
  readonly leastRevenueYuan: number;
  /** How many of the full city's 196 are on this list. */
  readonly enterprises: number;
}

/** The statistics bureau's lists of enterprises above designated size (四上企业). */
// The tests check counts and bounds of this table.
export const DESIGNATED_SIZE_LISTS = (
  readTable('designated-size.json') as { readonly lists: readonly DesignatedSizeList[] }
).lists;

/** The list that an industry belongs to, or null: agriculture and finance have none. */
export function designatedSizeListOf(industryCode: string): DesignatedSizeList | null {
  return (
    DESIGNATED_SIZE_LISTS.find(({ industries }) => industries.some((prefix) => industryCode.startsWith(prefix))) ?? null
  );
}

/**
 * Shares a number of enterprises out over the lists in the full city's proportion, at least two for each list.
 * @returns one list for each enterprise
 */
export function shareOutDesignatedSize(count: number): DesignatedSizeList[] {
  const total = DESIGNATED_SIZE_LISTS.reduce((sum, list) => sum + list.enterprises, 0);
  const quotas = DESIGNATED_SIZE_LISTS.map((list) => Math.max(2, Math.round((list.enterprises * count) / total)));
  const surplus = quotas.reduce((sum, quota) => sum + quota, 0) - count;
  // Industry is by far the largest list, so it takes what rounding left over.
  quotas[0] = (quotas[0] ?? 0) - surplus;
  return DESIGNATED_SIZE_LISTS.flatMap((list, i) => Array.from({ length: quotas[i] ?? 0 }, () => list));
}
