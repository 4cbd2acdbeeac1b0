import { connectionOf, dayInShanghai, forbidden, parsePage, requestedFields, requestedNodeFields } from '@zhitong/kit';
import { mayReadEnterprise, needsWithin } from '../domain/access.js';
import type { Day } from '../domain/calendar-day.js';
import type { Eligibility } from '../domain/evaluate.js';
import { slotsOf, type ReadFacts } from '../domain/fact-values.js';
import { factsOfSheet, withCredit } from '../domain/match.js';
import type { Context } from '../context.js';
import type { EnterpriseResolvers, MatchFilter } from '../generated/resolvers-types.js';
import { LATEST_GRANT_FIRST } from '../list-orders.js';
import type { EnterpriseRef, PolicyMatchRow } from '../records.js';
import { rowsOnPage } from '../rows-on-page.js';
import { loanMatches } from './loan-match.js';

const RANK = { ELIGIBLE: 0, UNDETERMINED: 1, NOT_ELIGIBLE: 2 } as const;
const BEST_FIRST = [
  { field: 'rank', direction: 1 },
  { field: 'policyId', direction: 1 },
] as const;

function own(actor: Context['actor'], uscc: string, what: string): void {
  if (!mayReadEnterprise(actor, uscc)) throw forbidden(`${what} of ${uscc} are for the enterprise itself and for officials.`);
}

/** The facts that came with the question win; without them those that were read last. */
async function factsOf({ uscc, factSheet, creditStanding }: EnterpriseRef, { loaders }: Context, today: Day): Promise<Pick<ReadFacts, 'facts' | 'slots'>> {
  if (factSheet === null || factSheet === undefined) {
    const held = await loaders.facts.load(uscc);
    const facts = withCredit({ values: held?.values ?? {}, dates: held?.dates ?? {} }, creditStanding, today);
    return { facts, slots: slotsOf(facts.values) };
  }
  return factsOfSheet(factSheet, creditStanding, today);
}

/** Decides every policy by its compiled criteria; reasons are worked out for those that are looked at. */
function matchRows({ facts, slots }: Pick<ReadFacts, 'facts' | 'slots'>, today: Day, { shelf }: Context, filter: MatchFilter | null | undefined): PolicyMatchRow[] {
  const wanted: ReadonlySet<Eligibility> = new Set(filter?.outcomes ?? ['ELIGIBLE']);
  const rows: PolicyMatchRow[] = [];
  for (const policy of shelf.matchableOn(today)) {
    const outcome = policy.decideSlots(slots);
    const shelved = wanted.has(outcome) ? shelf.byId(policy.id) : null;
    if (shelved !== null && passes(shelved, filter)) rows.push({ outcome, rank: RANK[outcome], policyId: policy.id, shelved, policy, facts });
  }
  return rows;
}

function passes({ content }: PolicyMatchRow['shelved'], filter: MatchFilter | null | undefined): boolean {
  const { exemptFromApplication, benefitKinds } = filter ?? {};
  if (typeof exemptFromApplication === 'boolean' && content.exemptFromApplication !== exemptFromApplication) return false;
  return !benefitKinds || benefitKinds.some((kind) => kind.toLowerCase() === content.benefit.kind);
}

export const Enterprise: EnterpriseResolvers = {
  __resolveReference: (reference) => reference,

  matchedPolicies: async (enterprise, { filter, ...args }, context) => {
    own(context.actor, enterprise.uscc, 'The matches');
    const today = dayInShanghai(context.clock.now());
    const page = parsePage(args, { list: { list: 'matchedPolicies', uscc: enterprise.uscc, filter }, keys: BEST_FIRST.length });
    const rows = matchRows(await factsOf(enterprise, context, today), today, context, filter);
    return connectionOf({ rows: rowsOnPage(rows, page, [({ rank }) => rank, ({ policyId }) => policyId]), page, sort: BEST_FIRST, totalCount: rows.length });
  },

  matchedLoanProducts: async (enterprise, args, context) => {
    const { uscc } = enterprise;
    const within = needsWithin(context.actor);
    if (within.kind === 'none' || (within.kind === 'enterprise' && within.uscc !== uscc)) throw forbidden(`Matches of ${uscc} with loan products are for the enterprise itself and for auditors.`);
    return loanMatches({ uscc, facts: (await factsOf(enterprise, context, dayInShanghai(context.clock.now()))).facts, args, context });
  },

  grants: async ({ uscc }, args, { actor, loaders }, info) => {
    own(actor, uscc, 'The grants');
    const page = parsePage(args, { list: 'enterprise.grants', keys: LATEST_GRANT_FIRST.length });
    const wanted = requestedNodeFields(requestedFields(info)) === undefined ? {} : { limit: page.limit, position: page.position, backwards: page.backwards };
    const found = await loaders.grantsOfEnterprise(uscc, wanted);
    return connectionOf({ rows: found?.rows ?? [], page, sort: LATEST_GRANT_FIRST, totalCount: found?.totalCount ?? 0 });
  },
};
