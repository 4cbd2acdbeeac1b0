import { connectionOf, forbidden, parsePage, requestedFields, requestedNodeFields } from '@zhitong/kit';
import { requirePurpose } from '@zhitong/kit/personal-data';
import { dayInShanghai } from '@zhitong/values';
import type { Context } from '../context.js';
import { mayReadEarlierStanding, mayReadStanding, needsCreditHistory, pledgesWithin } from '../domain/access.js';
import { creditStanding } from '../domain/standing/credit-grade.js';
import { isJudgmentUnfulfilled, isStillOpen } from '../domain/standing/dishonesty.js';
import { isClaimOverdue } from '../domain/standing/government-claim.js';
import { said } from '../domain/refusal-words.js';
import type { EnterpriseResolvers } from '../generated/resolvers-types.js';
import { BY_DUE_DAY, BY_PROMISE, BY_SIGNATURE } from '../list-orders.js';
import type { StandingView } from '../records.js';
import { arrearsOf } from './arrears/arrear.js';
import { commitmentApproval } from './commitment-approval.js';
import { commitmentsOf } from './commitment-list.js';
import { officesOf, pastDay } from './own-credit.js';

/** Lets those pass who may read the standing of that day. @throws GraphQLError FORBIDDEN */
async function requireStanding(uscc: string, day: string, context: Context): Promise<void> {
  const { actor, clock } = context;
  const offices = officesOf(context);
  if (!mayReadStanding(actor, uscc, offices)) throw forbidden(said('CREDIT_IS_FOR', { uscc }));
  if (day === dayInShanghai(clock.now()) || mayReadEarlierStanding(actor, uscc, offices)) return;
  await requirePurpose(context, {
    about: uscc,
    datum: 'Enterprise.creditStanding(asOf)',
    readers: {
      en: 'the enterprise itself, the office that keeps the records, and auditors',
      zh: '该企业、信用记录管理单位和审计人员',
    },
  });
}

/**
 * The standing of a day as the caller may see it: whoever does not need history sees of an earlier day what is still
 * open today, so that neither the grade nor its reasons tell of a record that was repaired since.
 */
function asSeen(view: StandingView, context: Context): StandingView {
  const { actor, clock } = context;
  const { uscc, asOf, records, judgments, pledgeBreaches, claims } = view;
  const offices = officesOf(context);
  const today = dayInShanghai(clock.now());
  if (asOf === today || mayReadEarlierStanding(actor, uscc, offices)) return view;
  const visible = {
    records: records.filter(
      (record) =>
        needsCreditHistory(actor, { uscc, recordedBy: record.recordedBy }, offices) ||
        isStillOpen(record, { on: asOf, today }),
    ),
    judgments: judgments.filter(
      (judgment) => isJudgmentUnfulfilled(judgment, asOf) && isJudgmentUnfulfilled(judgment, today),
    ),
    pledgeBreaches,
    claims: claims.filter((claim) => isClaimOverdue(claim, today)),
  };
  return { ...view, standing: creditStanding(visible, asOf) };
}

/**
 * The department to which the pledges that the caller reads were given; undefined for all of them. @throws GraphQLError
 * FORBIDDEN
 */
async function pledgesFor(uscc: string, context: Context): Promise<string | undefined> {
  const { actor, financialDepartments } = context;
  const within = pledgesWithin(actor, uscc, officesOf(context));
  if (within.kind === 'ALL') return undefined;
  if (within.kind === 'NONE') throw forbidden(said('PLEDGES_ARE_FOR', { uscc }));
  if (actor?.purpose === undefined || !actor.roles.includes('OFFICER') || financialDepartments.has(within.department))
    return within.department;
  await requirePurpose(context, {
    about: uscc,
    datum: 'Enterprise.pledges',
    readers: {
      en: 'the enterprise itself, the department to which it was given, the office that keeps the records, coordinator and auditor',
      zh: '该企业、接收承诺的单位、信用记录管理单位、营商办和审计人员',
    },
  });
  return undefined;
}

export const Enterprise: EnterpriseResolvers = {
  __resolveReference: ({ uscc }) => ({ uscc }),
  creditStanding: async ({ uscc }, { asOf }, context) => {
    const day = pastDay(asOf, { clock: context.clock, path: ['asOf'] });
    await requireStanding(uscc, day, context);
    const view = await context.loaders.standing(uscc, { asOf: day });
    return view ? asSeen(view, context) : null;
  },
  commitmentApproval,
  commitments: async ({ uscc }, args, context, info) =>
    commitmentsOf(
      { field: 'uscc', key: uscc },
      args,
      { list: 'enterprise.commitments', sort: BY_PROMISE },
      context,
      info,
    ),
  outstandingCommitments: async ({ uscc }, args, context, info) =>
    commitmentsOf(
      { field: 'uscc', key: uscc },
      args,
      { list: 'enterprise.outstandingCommitments', sort: BY_DUE_DAY, limitedTo: { states: ['OUTSTANDING'] } },
      context,
      info,
    ),
  arrears: async ({ uscc }, args, context, info) => arrearsOf({ field: 'uscc', key: uscc }, args, context, info),
  arrearsOwed: async ({ uscc }, args, context, info) =>
    arrearsOf({ field: 'debtorUscc', key: uscc }, args, context, info),
  pledges: async ({ uscc }, args, context, info) => {
    const department = await pledgesFor(uscc, context);
    const page = parsePage(args, { list: 'enterprise.pledges', keys: BY_SIGNATURE.length });
    const wanted = requestedNodeFields(requestedFields(info)) !== undefined;
    const found = await context.loaders.pledgesOf(uscc, {
      page: wanted ? { limit: page.limit, position: page.position, backwards: page.backwards } : null,
      department,
    });
    return connectionOf({ rows: found?.rows ?? [], page, sort: BY_SIGNATURE, totalCount: found?.totalCount ?? 0 });
  },
};
