import type { SortKey } from '@zhitong/kit/mongo';

/** Orders of lists; the cursors of a list and the index that serves it agree on them. */

/** Projects that are talked about, latest first. */
export const LEAD_ORDER: readonly SortKey[] = [
  { field: 'registeredOn', direction: -1 },
  { field: 'id', direction: -1 },
];

/** Key tasks, the first last day first. */
export const TASK_ORDER: readonly SortKey[] = [
  { field: 'dueOn', direction: 1 },
  { field: 'id', direction: 1 },
];

/** Matters by number. */
export const ITEM_ORDER: readonly SortKey[] = [{ field: 'id', direction: 1 }];
