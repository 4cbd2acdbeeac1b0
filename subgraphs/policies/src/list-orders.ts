/** Grants that are shown in public: whose notice ends first. */
export const ENDING_NOTICE_FIRST = [
  { field: 'publicUntil', direction: 1 },
  { field: 'id', direction: 1 },
] as const;

/** Latest grants first; ids settle the order of those of one moment. */
export const LATEST_GRANT_FIRST = [
  { field: 'identifiedAt', direction: -1 },
  { field: 'id', direction: -1 },
] as const;

/** Latest demands to pay grants back first; ids settle the order of those of one moment. */
export const LATEST_RECOVERY_FIRST = [
  { field: 'proposedAt', direction: -1 },
  { field: 'id', direction: -1 },
] as const;

/** Latest financing needs first; ids settle the order of those of one moment. */
export const LATEST_NEED_FIRST = [
  { field: 'statedAt', direction: -1 },
  { field: 'id', direction: -1 },
] as const;

/** Latest questions first; ids settle the order of those of one moment. */
export const LATEST_QUESTION_FIRST = [
  { field: 'askedAt', direction: -1 },
  { field: 'id', direction: -1 },
] as const;
