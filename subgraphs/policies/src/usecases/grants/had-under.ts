import type { ClientSession } from 'mongoose';
import { hadFenOf } from '../../domain/grant/held-benefit.js';
import type { Stores } from '../../stores.js';

/**
 * What enterprises had under a policy so far, in fen, of those that were given something.
 * @param except the grant that is decided again, which is not before itself.
 */
export async function hadUnder(
  { grants, recoveries }: Pick<Stores, 'grants' | 'recoveries'>,
  {
    policyId,
    usccs,
    except,
  }: { readonly policyId: string; readonly usccs: readonly string[]; readonly except?: string },
  session: ClientSession,
): Promise<Map<string, number>> {
  const given = (await grants.givenUnder(policyId, usccs, session)).filter(({ id }) => id !== except);
  const recovered = new Map<string, number>();
  for (const { grantId, receivedFen } of await recoveries.ofGrants(
    given.map(({ id }) => id),
    session,
  ))
    recovered.set(grantId, (recovered.get(grantId) ?? 0) + receivedFen);
  const had = new Map<string, number>();
  for (const grant of given)
    had.set(grant.uscc, (had.get(grant.uscc) ?? 0) + hadFenOf(grant, recovered.get(grant.id) ?? 0));
  return had;
}
