/** What somebody may do with a typical case. */
export type TypicalCaseMove = 'REVIEW' | 'RETRACT';

/**
 * The moves of a typical case for a caller: the coordinator's office publishes or rejects what somebody else of it has
 * proposed, and takes back what is published.
 */
export function typicalCaseMoves(
  { status, proposedBy }: { readonly status: string; readonly proposedBy: string },
  caller: { readonly sub: string; readonly roles: readonly string[] } | null,
): TypicalCaseMove[] {
  if (caller?.roles.includes('COORDINATOR') !== true) return [];
  if (status === 'PROPOSED') return proposedBy === caller.sub ? [] : ['REVIEW'];
  return status === 'PUBLISHED' ? ['RETRACT'] : [];
}
