import type { LegalDay } from '@zhitong/values';

/**
 * Where a problem found on a visit stands: on the list of services that the unit owes (服务清单), on its way to the cases
 * department, a case there, settled, or taken back by the enterprise; void when its visit did not take place.
 */
export const FINDING_STATES = ['LISTED', 'SENT', 'IN_CASE', 'SETTLED', 'WITHDRAWN', 'VOID'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** The nine categories of the problem list (问题清单), as the cases department has them. */
export const FINDING_CATEGORIES = [
  'FINANCE',
  'LABOUR',
  'LAND_AND_CONSTRUCTION',
  'LOGISTICS',
  'TAX_AND_FEES',
  'PERMITS_AND_SERVICES',
  'MARKET_AND_SALES',
  'POLICY_DELIVERY',
  'LAW_ENFORCEMENT',
] as const;
export type FindingCategory = (typeof FINDING_CATEGORIES)[number];

/** What is done about it at once: settled on the spot, put on the service list, made a case. */
export const HANDLINGS = ['SETTLED_ON_THE_SPOT', 'SERVICE_LIST', 'CASE'] as const;
export type Handling = (typeof HANDLINGS)[number];

/** One step of a finding, on the day on which it became known. Steps are only ever added. */
export interface FindingChange {
  readonly state: FindingState;
  readonly on: LegalDay;
  readonly note: string | null;
}

export const FIRST_STATE: Readonly<Record<Handling, FindingState>> = {
  SETTLED_ON_THE_SPOT: 'SETTLED',
  SERVICE_LIST: 'LISTED',
  CASE: 'SENT',
};

/** Moves that people make. Cases move the others: see {@link stateOfCase}. */
const MOVES: Readonly<Record<FindingState, readonly FindingState[]>> = {
  LISTED: ['SETTLED', 'SENT'],
  SENT: [],
  IN_CASE: [],
  SETTLED: [],
  WITHDRAWN: [],
  VOID: [],
};

/** Whether a person may move a finding, and what else would be possible. */
export const movesOf = (state: FindingState): readonly FindingState[] => MOVES[state];

const SETTLING: readonly string[] = ['RESOLVED', 'RATED', 'CLOSED'];

/**
 * What a finding is by the status of its case: settled once the case is answered, in the case again when that is
 * reopened or found not to be settled, and withdrawn with it.
 */
export function stateOfCase(status: string): FindingState {
  if (SETTLING.includes(status)) return 'SETTLED';
  return status === 'WITHDRAWN' ? 'WITHDRAWN' : 'IN_CASE';
}

/** What a finding was at the end of a day, as known then; null before it was recorded. */
export function stateOn(changes: readonly FindingChange[], day: LegalDay): FindingState | null {
  return changes.findLast(({ on }) => on <= day)?.state ?? null;
}

/** What figures of a day count of a finding: a problem, settled or not; null for one that does not count. */
export function problemOn(changes: readonly FindingChange[], day: LegalDay): { readonly isSolved: boolean } | null {
  const state = stateOn(changes, day);
  return state === null || state === 'VOID' ? null : { isSolved: state === 'SETTLED' };
}
