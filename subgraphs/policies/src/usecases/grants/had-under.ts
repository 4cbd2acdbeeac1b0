import type { LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { hadBeforeFen, hadFenOf, type StandingBenefit } from '../../domain/grant/held-benefit.js';
import type { MatchablePolicy } from '../../domain/matching/match.js';
import type { PolicyShelf } from '../../memory/policy-shelf.js';
import type { Stores } from '../../stores.js';

/**
 * What enterprises had under a policy so far, in fen, of those that were given something.
 * @param except the grant that is decided again, which is not before itself.
 */
export async function hadUnder(
  { grants }: Pick<Stores, 'grants'>,
  {
    policyId,
    usccs,
    except,
  }: { readonly policyId: string; readonly usccs: readonly string[]; readonly except?: string },
  session: ClientSession,
): Promise<Map<string, number>> {
  const had = new Map<string, number>();
  for (const grant of await grants.givenUnder(policyId, usccs, session))
    if (grant.id !== except) had.set(grant.uscc, (had.get(grant.uscc) ?? 0) + hadFenOf(grant));
  return had;
}

/** What an enterprise had before under a policy that pays the difference only, in fen; 0 under any other. */
export type HadBefore = (policyId: string, uscc: string) => number;

const NOTHING_HAD: HadBefore = () => 0;

/** What enterprises had before under policies that are matched; nothing where none pays the difference only. */
export function hadBefore(
  shelf: PolicyShelf,
  {
    held,
    policies,
    day,
  }: {
    readonly held: ReadonlyMap<string, readonly StandingBenefit[]>;
    readonly policies: readonly MatchablePolicy[];
    readonly day: LegalDay;
  },
): HadBefore {
  const toppingUp = new Map(
    policies.flatMap(({ id, benefit }) => {
      const content = benefit.topUpDifference ? shelf.versionOn(id, day)?.content : undefined;
      return content === undefined ? [] : [[id, content] as const];
    }),
  );
  if (toppingUp.size === 0 || held.size === 0) return NOTHING_HAD;
  return (policyId, uscc) => {
    const content = toppingUp.get(policyId);
    return content === undefined ? 0 : hadBeforeFen(content, day, held.get(uscc) ?? []);
  };
}
