import {
  badUserInput,
  connectionOf,
  departmentUnavailable,
  forbidden,
  parsePage,
  requestedFields,
  requestedNodeFields,
} from '@zhitong/kit';
import { requirePurpose } from '@zhitong/kit/personal-data';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import { mayReadEarlierMatchesOf, mayReadMatchesOf, needsWithin } from '../domain/access.js';
import { barOf, hadBeforeFen, type Bar, type StandingBenefit } from '../domain/grant/held-benefit.js';
import { isNothingLeft } from '../domain/benefit/benefit.js';
import type { Eligibility } from '../domain/evaluation/evaluate.js';
import { originOf } from '../domain/facts/fact-origin.js';
import { slotsOf } from '../domain/facts/fact-values.js';
import { factsToday, type KnownFacts, type VersionedFacts } from '../domain/facts/versioned-facts.js';
import { awardFor } from '../domain/matching/match.js';
import { policiesHad } from '../domain/policy/had-before.js';
import { registerBarInSlots } from '../domain/policy/register-bar.js';
import { said } from '../domain/refusal-words.js';
import type { Context } from '../context.js';
import type { EnterpriseResolvers, MatchFilter } from '../generated/resolvers-types.js';
import { LATEST_GRANT_FIRST } from '../list-orders.js';
import { GraphUnreachable } from '../graph/facts-source.js';
import type { EnterpriseRef, PolicyMatchRow } from '../records.js';
import { sortedRows, sortedRowsOnPage, type RowKey } from '../memory/rows-on-page.js';
import { factsInMemoryOf, keyOf, readLast } from '../usecases/facts/facts-in-version.js';
import { knownWithAsked } from '../usecases/facts/asked-facts.js';
import { heldOn } from '../usecases/grants/held-on.js';
import { recordingOf } from './criterion.js';
import { grantsFor } from './grant.js';
import { loanMatches } from './loan-match.js';
import { policyNotifications, policySubscriptions } from './policy-notification.js';
import { questionsOfEnterprise } from './policy-question.js';

const RANK = { ELIGIBLE: 0, UNDETERMINED: 1, NOT_ELIGIBLE: 2 } as const;
const BEST_FIRST = [
  { field: 'rank', direction: 1 },
  { field: 'policyId', direction: 1 },
] as const;
const BEST_FIRST_KEYS: readonly RowKey<PolicyMatchRow>[] = [({ rank }) => rank, ({ policyId }) => policyId];

/**
 * Lets those pass who may see what an enterprise matches, or matched on an earlier day. @throws GraphQLError FORBIDDEN
 */
async function requireMatches(
  uscc: string,
  { day, today }: { day: LegalDay; today: LegalDay },
  context: Context,
): Promise<void> {
  const { actor, financialDepartments } = context;
  if (!mayReadMatchesOf(actor, uscc, financialDepartments)) throw forbidden(said('MATCHES_ARE_FOR', { uscc }));
  if (day === today || mayReadEarlierMatchesOf(actor, uscc)) return;
  await requirePurpose(context, {
    about: uscc,
    datum: 'Enterprise.matchedPolicies(asOf)',
    readers: { en: 'the enterprise itself and auditors', zh: '该企业和审计人员' },
  });
}

/** The facts of today that are in memory in the version that came with the question. */
const factsInMemory = ({ uscc, factsVersion }: EnterpriseRef, context: Context): VersionedFacts | undefined =>
  factsVersion === null || factsVersion === undefined
    ? undefined
    : factsInMemoryOf({ uscc, version: factsVersion }, context.factsInMemory);

/**
 * The facts of today in the version that came with the question: from memory, else from the projection or the register.
 * Without a version the register could not be asked, and the facts that were read last serve.
 */
async function factsOf(enterprise: EnterpriseRef, context: Context, today: LegalDay): Promise<KnownFacts> {
  const { uscc, factsVersion, creditStanding } = enterprise;
  if (factsVersion === null || factsVersion === undefined)
    return readLast(await context.loaders.facts.load(uscc))(creditStanding, today);
  const kept = factsInMemory(enterprise, context);
  if (kept !== undefined) return factsToday(kept, creditStanding, today);
  const found = await context.loaders.factsInVersion.load(keyOf({ uscc, version: factsVersion }));
  return (found?.beside ?? readLast(null))(creditStanding, today);
}

/** The facts of an earlier day, read through the graph; null when the enterprise was not registered yet. */
async function factsOn(uscc: string, day: LegalDay, { loaders }: Context): Promise<KnownFacts | null> {
  try {
    const enterprise = await loaders.enterpriseOn(uscc, { day });
    return enterprise === undefined ? null : { facts: enterprise.facts, slots: slotsOf(enterprise.facts.values) };
  } catch (error) {
    if (!(error instanceof GraphUnreachable)) throw error;
    throw departmentUnavailable(
      `The facts of ${uscc} on ${day} cannot be read now, so nobody can say what it matched then.`,
      'enterprises',
    );
  }
}

/** Adds what policies of the day ask beside the newest known facts. */
function withAskedFacts(
  known: KnownFacts,
  { day, held }: { day: LegalDay; held: readonly StandingBenefit[] },
  { shelf }: Context,
): KnownFacts {
  const years = shelf.askedBesideFacts(day);
  return years === null ? known : knownWithAsked(known, years, policiesHad(held));
}

/** What the policies of a day are decided by. */
interface Deciding {
  readonly day: LegalDay;
  /** What the enterprise held on the day. */
  readonly held: readonly StandingBenefit[];
  /** What it holds that bars others: of today alone. */
  readonly barring: readonly StandingBenefit[];
}

/**
 * Decides every policy of the day by its compiled criteria, best first; reasons are worked out for those that are
 * looked at. What was paid already, is excluded by what the enterprise holds, or comes to nothing after what it had
 * before, is not offered; nor is anything to whom the register bars.
 */
function matchesOf(
  wanted: ReadonlySet<Eligibility>,
  told: KnownFacts,
  deciding: Deciding,
  context: Context,
): PolicyMatchRow[] {
  const { day, held, barring } = deciding;
  const { facts, slots } = withAskedFacts(told, deciding, context);
  const byRegister = registerBarInSlots(slots);
  const rows = context.shelf.applyingOn(day).flatMap(({ policy, shelved }) => {
    const decided = policy.decideSlots(slots);
    const hadFen = hadBeforeFen(shelved.content, day, held);
    const bar: Bar | null =
      decided === 'NOT_ELIGIBLE'
        ? null
        : byRegister !== null
          ? { reason: byRegister, policyId: null }
          : (barOf(shelved.content, day, barring, context.shelf.excludesOf) ??
            (decided === 'ELIGIBLE' && hadFen > 0 && isNothingLeft(awardFor(policy, facts, hadFen), hadFen)
              ? { reason: 'NOTHING_LEFT', policyId: policy.id }
              : null));
    const outcome = bar === null ? decided : 'NOT_ELIGIBLE';
    if (!wanted.has(outcome)) return [];
    return [{ policy, shelved, outcome, bar, rank: RANK[outcome], policyId: policy.id, facts, hadFen }];
  });
  return sortedRows(rows, BEST_FIRST_KEYS);
}

function passes({ shelved: { content }, bar }: PolicyMatchRow, filter: MatchFilter | null | undefined): boolean {
  const { exemptFromApplication, benefitKinds, onlyBarred } = filter ?? {};
  if (onlyBarred === true && bar === null) return false;
  if (typeof exemptFromApplication === 'boolean' && content.exemptFromApplication !== exemptFromApplication)
    return false;
  return !benefitKinds || benefitKinds.some((kind) => kind.toLowerCase() === content.benefit.kind);
}

/** The matches of today; what an enterprise can have is decided again after a change alone. */
async function matchesToday(
  enterprise: EnterpriseRef,
  wanted: ReadonlySet<Eligibility>,
  today: LegalDay,
  context: Context,
): Promise<readonly PolicyMatchRow[]> {
  // First what is held: while a page of enterprises waits for it, facts would wait in memory with it.
  const held = (await context.loaders.heldBenefits(enterprise.uscc, null)) ?? [];
  const deciding = { day: today, held, barring: held };
  const kept = factsInMemory(enterprise, context);
  if (kept === undefined || wanted.size !== 1 || !wanted.has('ELIGIBLE'))
    return matchesOf(wanted, await factsOf(enterprise, context, today), deciding, context);
  const { creditStanding: credit } = enterprise;
  return context.eligibleInMemory.find(kept, { credit, held, applying: context.shelf.applyingOn(today) }, () =>
    matchesOf(wanted, factsToday(kept, credit, today), deciding, context),
  );
}

/** The matches of an earlier day. */
async function matchesOn(
  uscc: string,
  wanted: ReadonlySet<Eligibility>,
  day: LegalDay,
  context: Context,
): Promise<readonly PolicyMatchRow[]> {
  const told = await factsOn(uscc, day, context);
  if (told === null) return [];
  const held = await heldOn(context.stores, { uscc, policies: context.shelf.matchableOn(day), day });
  return matchesOf(wanted, told, { day, held, barring: [] }, context);
}

export const Enterprise: EnterpriseResolvers = {
  __resolveReference: (reference) => reference,

  matchedPolicies: async (enterprise, { filter, asOf, ...args }, context) => {
    const { uscc } = enterprise;
    const today = dayInShanghai(context.clock.now());
    const day = asOf ?? today;
    if (day > today) throw badUserInput(said('DAY_NOT_COME', { field: 'asOf', day, today }), ['asOf']);
    await requireMatches(uscc, { day, today }, context);
    const page = parsePage(args, {
      list: { list: 'matchedPolicies', uscc, filter, ...(day === today ? {} : { asOf: day }) },
      keys: BEST_FIRST.length,
    });
    const wanted: ReadonlySet<Eligibility> = new Set(
      filter?.outcomes ?? [filter?.onlyBarred === true ? 'NOT_ELIGIBLE' : 'ELIGIBLE'],
    );
    const decided = await (day === today
      ? matchesToday(enterprise, wanted, today, context)
      : matchesOn(uscc, wanted, day, context));
    const rows = decided.filter((row) => passes(row, filter));
    return connectionOf({
      rows: sortedRowsOnPage(rows, page, BEST_FIRST_KEYS),
      page,
      sort: BEST_FIRST,
      totalCount: rows.length,
    });
  },

  unusableFacts: async (enterprise, _args, context) => {
    const today = dayInShanghai(context.clock.now());
    await requireMatches(enterprise.uscc, { day: today, today }, context);
    const { unusable = {}, origins } = (await factsOf(enterprise, context, today)).facts;
    return Object.entries(unusable).map(([fact, reason]) => ({
      fact,
      reason,
      recorded: recordingOf(originOf(fact, origins)),
    }));
  },

  matchedLoanProducts: async (enterprise, args, context) => {
    const { uscc } = enterprise;
    const within = needsWithin(context.actor);
    if (within.kind === 'none' || (within.kind === 'enterprise' && within.uscc !== uscc))
      throw forbidden(said('LOAN_MATCHES_ARE_FOR', { uscc }));
    return loanMatches({
      uscc,
      facts: (await factsOf(enterprise, context, dayInShanghai(context.clock.now()))).facts,
      args,
      context,
    });
  },

  policySubscriptions,
  policyNotifications,
  policyQuestions: questionsOfEnterprise,

  grants: async ({ uscc }, args, context, info) => {
    const { department } = await grantsFor(context, { uscc });
    const page = parsePage(args, { list: 'enterprise.grants', keys: LATEST_GRANT_FIRST.length });
    const wanted =
      requestedNodeFields(requestedFields(info)) === undefined
        ? {}
        : { limit: page.limit, position: page.position, backwards: page.backwards };
    const found = await context.loaders.grantsOfEnterprise(uscc, { ...wanted, department });
    return connectionOf({
      rows: found?.rows ?? [],
      page,
      sort: LATEST_GRANT_FIRST,
      totalCount: found?.totalCount ?? 0,
    });
  },
};
