import { connectionOf, forbidden, parsePage, requireRole } from '@zhitong/kit';
import { payloadOf } from '@zhitong/kit/commands';
import { readThingForPurpose, requirePurpose } from '@zhitong/kit/personal-data';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import { ENDING_NOTICE_FIRST } from '../list-orders.js';
import type { Context } from '../context.js';
import { grantsWithin, isGrantWithin, isMachine, mayReadDoer, mayWritePolicyOf } from '../domain/access.js';
import { applicationPledgeMoves, objectionMoves } from '../domain/grant/decisions.js';
import { isToCome, maskedAccount } from '../domain/grant/grant.js';
import { registerBar } from '../domain/policy/register-bar.js';
import { said } from '../domain/refusal-words.js';
import type {
  GrantEventResolvers,
  GrantObjectionResolvers,
  GrantResolvers,
  GrantSuspensionResolvers,
  MatchingRunResolvers,
  PaymentResolvers,
  PublicNoticeResolvers,
  QueryResolvers,
} from '../generated/resolvers-types.js';
import type { GrantRecord } from '../models/grants/grant-record.js';
import { recoveryFieldsOfGrant } from './grant-recovery.js';
import { definitionOf } from './policy-match.js';

const READERS = {
  en: 'the enterprise itself, the department that pays, coordinator and auditor',
  zh: '该企业、兑付单位、营商办和审计人员',
};

/** What a list of grants is limited to for the caller. */
export interface GrantLimits {
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
}

/**
 * What a list of grants is limited to: an enterprise's own; for an officer and a machine those that the department
 * pays, for an officer of the government with a stated purpose all of the enterprise that is asked about.
 * @throws GraphQLError FORBIDDEN for another enterprise or department than the caller may read
 */
export async function grantsFor(context: Context, asked: GrantLimits): Promise<GrantLimits> {
  const { actor, financialDepartments } = context;
  const scope = grantsWithin(actor);
  switch (scope.kind) {
    case 'all':
      return asked;
    case 'enterprise':
      if (asked.uscc !== undefined && asked.uscc !== scope.uscc)
        throw forbidden(said('GRANTS_OF_ENTERPRISE_ARE_FOR', { uscc: asked.uscc }));
      return { ...asked, uscc: scope.uscc };
    case 'department': {
      const mayState = actor?.roles.includes('OFFICER') === true && !financialDepartments.has(scope.department);
      const isOfOther = asked.department !== undefined && asked.department !== scope.department;
      // Without a purpose an enterprise's grants are those that the own department pays; those of another one need it.
      if (
        asked.uscc !== undefined &&
        mayState &&
        (isOfOther || (asked.department === undefined && actor.purpose !== undefined))
      ) {
        await requirePurpose(context, { about: asked.uscc, datum: 'Enterprise.grants', readers: READERS });
        return asked;
      }
      if (isOfOther) throw forbidden(said('GRANTS_OF_DEPARTMENT_ARE_FOR', { department: asked.department }));
      return { ...asked, department: scope.department };
    }
    case 'none':
      throw forbidden(said('GRANTS_ARE_FOR'));
  }
}

export const Grant: GrantResolvers = {
  __resolveReference: async ({ id }, context) => {
    const scope = grantsWithin(context.actor);
    return readThingForPurpose<GrantRecord>(
      context,
      {
        found: await context.loaders.grant.load(id),
        readsAll: scope.kind === 'all',
        mayRead: (grant) => isGrantWithin(scope, grant),
        called: { en: `The grant ${id.slice(0, 80)}`, zh: `兑现单 ${id.slice(0, 80)} ` },
        readers: READERS,
      },
      { noted: ({ uscc }) => ({ about: uscc, datum: 'Grant' }), opened: (grant) => grant },
    );
  },
  policy: async ({ policyId }, _args, { shelf, loaders }) => {
    const policy = shelf.byId(policyId) ?? (await loaders.withdrawnPolicy.load(policyId));
    if (policy === null) throw new Error(`A grant names the policy ${policyId}, which was never published.`);
    return policy;
  },
  enterprise: ({ uscc }) => ({ uscc }),
  department: ({ department }) => (department === '' ? null : { code: department }),
  amount: ({ amountFen }) => moneyOfFen(amountFen),
  paid: ({ paidFen }) => moneyOfFen(paidFen),
  formerlyShown: ({ formerlyShownFen = null }) => (formerlyShownFen === null ? null : moneyOfFen(formerlyShownFen)),
  account: ({ account, uscc }, _args, { actor }) => {
    if (account === null) return null;
    const own = actor?.roles.includes('ENTERPRISE') === true && actor.uscc === uscc;
    return { ...account, number: own ? account.number : maskedAccount(account.number) };
  },
  life: ({ life }) => life ?? 'PAYMENT',
  worth: ({ valueFen }) => (valueFen === null || valueFen === undefined ? null : moneyOfFen(valueFen)),
  legalMoves: async ({ id }, _args, { actor, loaders }) =>
    (await loaders.possibleMoves(id, { sub: actor?.sub ?? '', isMachine: isMachine(actor) })) ?? [],
  bar: async ({ uscc, status }, _args, { loaders }) => {
    const held = isToCome(status) ? await loaders.facts.load(uscc) : null;
    const reason = held === null ? null : registerBar(held.values);
    return reason === null ? null : { reason, policy: null };
  },
  payments: async ({ id }, _args, { loaders }) => (await loaders.paymentsOfGrant(id, null)) ?? [],
  pledge: async ({ id }, _args, { actor, loaders }) => {
    const pledge = await loaders.pledgeOfGrant.load(id);
    return pledge === null
      ? null
      : {
          ...pledge,
          pledgedFacts: pledge.pledgedFacts.flatMap((fact) => definitionOf(fact)),
          legalMoves: applicationPledgeMoves(pledge, { mayCheck: mayWritePolicyOf(actor, pledge.department) }),
        };
  },
  suspension: ({ suspension, department }, _args, { actor }) =>
    suspension
      ? {
          ...suspension,
          doubts: [...suspension.doubts],
          legalMoves: mayWritePolicyOf(actor, department) ? ['DECIDE'] : [],
        }
      : null,
  ...recoveryFieldsOfGrant,
  objections: async ({ id }, _args, { loaders }) => (await loaders.objectionsOfGrant(id, null)) ?? [],
  history: async ({ id }, _args, { loaders }) => (await loaders.grantHistory(id, null)) ?? [],
};

export const GrantObjection: GrantObjectionResolvers = {
  legalMoves: async (objection, _args, { actor, loaders }) => {
    if (actor === null) return [];
    const grant = await loaders.grant.load(objection.grantId);
    if (grant === null) throw new Error(`An objection names the grant ${objection.grantId}, which is not there.`);
    return objectionMoves(objection, { sub: actor.sub, mayDecide: mayWritePolicyOf(actor, grant.department) });
  },
};

export const GrantSuspension: GrantSuspensionResolvers = {
  atMost: ({ mostFen }) => (mostFen === undefined ? null : moneyOfFen(mostFen)),
  amountNow: ({ amountFen }) => (amountFen === null ? null : moneyOfFen(amountFen)),
};

export const PublicNotice: PublicNoticeResolvers = {
  grant: ({ id }) => id,
  policy: ({ policyId }, _args, { shelf }) => shelf.byId(policyId),
  enterprise: ({ uscc }) => ({ uscc }),
  department: ({ department }) => (department === '' ? null : { code: department }),
  amount: ({ amountFen }) => moneyOfFen(amountFen),
  formerlyShown: ({ formerlyShownFen = null }) => (formerlyShownFen === null ? null : moneyOfFen(formerlyShownFen)),
  life: ({ life }) => life ?? 'PAYMENT',
  from: async ({ id }, _args, { loaders }) => {
    const put = ((await loaders.grantHistory(id, null)) ?? []).findLast(({ move }) => move === 'PUBLICISE');
    return put === undefined ? null : dayInShanghai(put.at);
  },
  until: ({ publicUntil, id }) => {
    if (publicUntil === null) throw new Error(`${id} is not shown in public.`);
    return publicUntil;
  },
};

/** Grants that are shown in public today; for everybody, which is what showing in public means. */
export const publicNotices: NonNullable<QueryResolvers['publicNotices']> = async (
  _root,
  { policy, ...args },
  { clock, stores },
) => {
  const wanted = { today: dayInShanghai(clock.now()), policyId: policy ?? undefined };
  const page = parsePage(args, { list: { list: 'publicNotices', policy }, keys: ENDING_NOTICE_FIRST.length });
  return connectionOf({
    rows: await stores.grants.shown(wanted, page),
    page,
    sort: ENDING_NOTICE_FIRST,
    totalCount: async () => stores.grants.countShown(wanted),
  });
};

export const Payment: PaymentResolvers = {
  instalment: ({ instalment }) => instalment + 1,
  amount: ({ amountFen }) => moneyOfFen(amountFen),
};

export const GrantEvent: GrantEventResolvers = {
  by: ({ by }, _args, { actor }) => (mayReadDoer(actor, by) ? by : null),
  move: ({ move }) => (move === 'IDENTIFY' ? null : move),
};

export const MatchingRun: MatchingRunResolvers = {
  newlyEligible: ({ counts }) => counts.NEWLY_ELIGIBLE,
  noLongerEligible: ({ counts }) => counts.NO_LONGER_ELIGIBLE,
  newlyUndetermined: ({ counts }) => counts.NEWLY_UNDETERMINED,
  amountChanged: ({ counts }) => counts.AMOUNT_CHANGED,
};

/** @throws GraphQLError FORBIDDEN for a policy that another department issued */
export function requireIssuer({ actor, shelf }: Pick<Context, 'actor' | 'shelf'>, id: string): void {
  const policy = shelf.byId(id);
  if (policy !== null && !mayWritePolicyOf(actor, policy.content.issuerCode))
    throw forbidden(
      said('GRANTS_OF_ANOTHER_POLICY', {
        policy: id,
        department: policy.content.issuerCode ?? 'no department here',
      }),
    );
}

/** What identifying would do now. */
export const previewIdentification: NonNullable<QueryResolvers['previewIdentification']> = async (
  _root,
  { policy },
  context,
) => {
  const { actor, clock, grantCommands } = context;
  requireRole(actor, ['OFFICER'], 'previewIdentification');
  requireIssuer(context, policy);
  const outcome = await grantCommands.tryIdentify({ actor, now: clock.now(), policyId: policy });
  return payloadOf(outcome, (result) => ({ outcome: result }));
};
