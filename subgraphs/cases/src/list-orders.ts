/** Latest receipt first: the order of every list of cases unless it is asked for another one. */
export const LATEST_FIRST = [
  { field: 'receivedAt', direction: -1 },
  { field: 'caseNumber', direction: -1 },
] as const;
