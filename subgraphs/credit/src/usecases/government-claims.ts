import { dayInShanghai } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import type { ClaimStepKind, GovernmentClaim } from '../domain/standing/government-claim.js';
import type { Stores } from '../stores.js';

/**
 * Keeps what the policies department tells of a demand to pay a grant back, in the transaction that remembers the
 * event.
 * @param told the claim as it stands now, and what has come of it so far, in fen
 */
export async function keepGovernmentClaim(
  { governmentClaims }: Pick<Stores, 'governmentClaims'>,
  {
    kind,
    at,
    received,
    ...claim
  }: Omit<GovernmentClaim, 'steps'> & { readonly kind: ClaimStepKind; readonly at: Date; readonly received: number },
  session: ClientSession,
): Promise<void> {
  await governmentClaims.addStep(claim, { kind, on: dayInShanghai(at), received }, session);
}
