import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { StandingBenefit } from '../../domain/grant/held-benefit.js';
import { forHolders } from '../../domain/grant/succession.js';
import { standingOn } from '../../domain/grant/held-on-day.js';
import type { MatchablePolicy } from '../../domain/matching/match.js';
import type { Stores } from '../../stores.js';

/** Grants of one enterprise; nobody has a tenth of them. */
const MOST_GRANTS = 10_000;

/** Whether policies ask what was given under them or others; nearly all do not. */
export const asksOfGrants = (policies: readonly Pick<MatchablePolicy, 'asksHadOf' | 'benefit'>[]): boolean =>
  policies.some(({ asksHadOf, benefit }) => asksHadOf.length > 0 || benefit.topUpDifference);

/** What an enterprise held by the end of an earlier day, or was paid by then; nothing where no policy asks for it. */
export async function heldOn(
  { grants, funds, recoveries }: Pick<Stores, 'grants' | 'funds' | 'recoveries'>,
  {
    uscc,
    policies,
    day,
  }: { readonly uscc: string; readonly policies: readonly MatchablePolicy[]; readonly day: LegalDay },
): Promise<StandingBenefit[]> {
  if (!asksOfGrants(policies)) return [];
  const listed = await grants.list({ holder: uscc }, { limit: MOST_GRANTS, position: undefined, backwards: false });
  const given = forHolders(listed, [uscc], day);
  const ids = given.map(({ id }) => id);
  const [payments, history] = [await funds.ofGrants(ids), await grants.history(ids)];
  const demands = (await recoveries.ofGrants(ids)).filter(({ receivedFen }) => receivedFen > 0);
  const receipts = demands.length === 0 ? [] : await recoveries.receiptsOf(demands.map(({ id }) => id));
  return given.flatMap(
    (grant) =>
      standingOn(
        grant,
        {
          payments: payments
            .filter(({ grantId }) => grantId === grant.id)
            .map(({ amountFen, settledOn, returnedAt }) => ({
              fen: amountFen,
              settledOn,
              returnedOn: returnedAt ? dayInShanghai(returnedAt) : null,
            })),
          changes: (history.get(grant.id) ?? []).map(({ at, ...change }) => ({ ...change, on: dayInShanghai(at) })),
          receipts: receipts.filter(({ grantId }) => grantId === grant.id),
        },
        day,
      ) ?? [],
  );
}
