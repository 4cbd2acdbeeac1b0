import { movesOf, type FindingState } from './finding.js';
import type { VisitState } from './visit.js';

/** For whom somebody acts on visits: the coordinator for any department, officers for their own, an enterprise. */
export type VisitParty =
  | { readonly kind: 'COORDINATOR' }
  | { readonly kind: 'DEPARTMENT'; readonly department: string }
  | { readonly kind: 'ENTERPRISE'; readonly uscc: string };

/** What somebody can do with a visit: record that it took place, call it off or withdraw it, confirm it. */
export const VISIT_MOVES = ['RECORD', 'WITHDRAW', 'CONFIRM'] as const;
export type VisitMove = (typeof VISIT_MOVES)[number];

/** The part of a visit that decides what can be done with it. */
export interface MovableVisit {
  readonly uscc: string;
  readonly departmentCode: string;
  readonly state: VisitState;
  readonly confirmation: object | null;
}

const isOf = (party: VisitParty, department: string): boolean =>
  party.kind === 'COORDINATOR' || (party.kind === 'DEPARTMENT' && party.department === department);

/** What a party can do with a visit now; nothing without one. */
export function visitMoves(
  { uscc, departmentCode, state, confirmation }: MovableVisit,
  party: VisitParty | null,
): VisitMove[] {
  if (party === null) return [];
  if (party.kind === 'ENTERPRISE')
    return party.uscc === uscc && state === 'HELD' && confirmation === null ? ['CONFIRM'] : [];
  if (!isOf(party, departmentCode)) return [];
  if (state === 'PLANNED') return ['RECORD', 'WITHDRAW'];
  // A visit that counts already is taken out of the figures by the coordinator alone.
  return state === 'HELD' && party.kind === 'COORDINATOR' ? ['WITHDRAW'] : [];
}

/** What somebody can do with a finding: strike it off the service list, or make it a case. */
export const FINDING_MOVES = ['SETTLE', 'RAISE'] as const;
export type FindingMove = (typeof FINDING_MOVES)[number];

const BECOMES: Readonly<Record<FindingMove, FindingState>> = { SETTLE: 'SETTLED', RAISE: 'SENT' };

/** What a party can do with a finding now; nothing without one. */
export function findingMoves(
  { departmentCode, state }: { readonly departmentCode: string; readonly state: FindingState },
  party: VisitParty | null,
): FindingMove[] {
  if (party === null || !isOf(party, departmentCode)) return [];
  return FINDING_MOVES.filter((move) => movesOf(state).includes(BECOMES[move]));
}
