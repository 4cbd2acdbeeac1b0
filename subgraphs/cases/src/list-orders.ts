/** Latest receipt first: the order of every list of cases unless it is asked for another one. */
export const LATEST_FIRST = [
  { field: 'receivedAt', direction: -1 },
  { field: 'caseNumber', direction: -1 },
] as const;

/** Latest order of supervision first. */
export const SUPERVISION_ORDER = [
  { field: 'orderedOn', direction: -1 },
  { field: 'caseNumber', direction: -1 },
  { field: 'number', direction: -1 },
] as const;

/** Latest meeting first. */
export const MEETING_ORDER = [
  { field: 'date', direction: -1 },
  { field: 'id', direction: -1 },
] as const;

/** Most answers first. */
export const HELPED_ORDER = [
  { field: 'answers', direction: -1 },
  { field: 'key', direction: 1 },
] as const;

/** Latest referral first. */
export const REFERRAL_ORDER = [
  { field: 'referredOn', direction: -1 },
  { field: 'referralId', direction: -1 },
] as const;
