import type { SortKey } from '@zhitong/kit/mongo';

/** Orders of lists; the cursors of a list and the index that serves it agree on them. */

/** What is found by a name: shorter names first, so that a name stands before those that contain it. */
export const FOUND_BY_NAME: readonly SortKey[] = [
  { field: 'nameLength', direction: 1 },
  { field: 'uscc', direction: 1 },
];

/** What is found by the beginning of a code that is no part of a name, or by a mistyped code: by code. */
export const FOUND_BY_CODE: readonly SortKey[] = [{ field: 'uscc', direction: 1 }];

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

/** Latest first. */
export const VISIT_ORDER: readonly SortKey[] = [
  { field: 'day', direction: -1 },
  { field: 'id', direction: -1 },
];

/** Latest first. */
export const FINDING_ORDER: readonly SortKey[] = [
  { field: 'recordedOn', direction: -1 },
  { field: 'id', direction: -1 },
];

export const TARGET_ORDER: readonly SortKey[] = [{ field: 'uscc', direction: 1 }];

/** By id, which has the enterprise and the role before a number. */
export const LINK_ORDER: readonly SortKey[] = [{ field: 'id', direction: 1 }];

export const OFFICER_ORDER: readonly SortKey[] = [{ field: 'officialId', direction: 1 }];

/** Latest first. */
export const INSPECTION_ORDER: readonly SortKey[] = [
  { field: 'inspectedOn', direction: -1 },
  { field: 'id', direction: -1 },
];

export const PENALTY_ORDER: readonly SortKey[] = [
  { field: 'decidedOn', direction: -1 },
  { field: 'id', direction: -1 },
];
