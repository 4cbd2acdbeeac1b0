import { badUserInput, connectionOf, parsePage, requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf, type CommandOutcome, type RefusalPayload } from '@zhitong/kit/commands';
import { viewsOn } from '../usecases/commitment-views.js';
import type { Context } from '../context.js';
import { mayAudit } from '../domain/access.js';
import { daysOverdue } from '../domain/commitments/ageing.js';
import { risk } from '../domain/audit/risk.js';
import { said } from '../domain/refusal-words.js';
import type { AuditWorkItemResolvers, MutationResolvers, QueryResolvers } from '../generated/resolvers-types.js';
import { BY_RISK } from '../list-orders.js';
import type { AuditMatterRecord } from '../models/audit/audit-matter.js';
import { fenArgument, requireOfficer } from './mutations/mutation-input.js';
import { pastDay } from './own-credit.js';

/** A hundred years: no promise is older. */
const MOST_DAYS_OVERDUE = 36_500;

/** A filter's least number of days overdue. */
function daysOverdueArgument(days: number): number {
  if (days >= 0 && days <= MOST_DAYS_OVERDUE) return days;
  throw badUserInput(said('DAYS_OVERDUE_OUTSIDE', { days, most: MOST_DAYS_OVERDUE }), ['filter', 'daysOverdueAtLeast']);
}

export const auditWorklist: NonNullable<QueryResolvers['auditWorklist']> = async (
  _root,
  { asOf, knownOn, filter, ...args },
  { clock, stores },
) => {
  const question = {
    asOf: pastDay(asOf, { clock, path: ['asOf'] }),
    knownOn: pastDay(knownOn, { clock, path: ['knownOn'] }),
  };
  const page = parsePage(args, { list: { list: 'auditWorklist', question, filter }, keys: BY_RISK.length });
  const conditions = {
    department: filter?.department ?? undefined,
    districtCode: filter?.districtCode ?? undefined,
    kinds: filter?.kind ?? undefined,
    documented: filter?.documented ?? undefined,
    daysOverdueAtLeast: daysOverdueArgument(filter?.daysOverdueAtLeast ?? 0),
    outstandingAtLeast: filter?.outstandingAtLeast
      ? fenArgument(filter.outstandingAtLeast, ['filter', 'outstandingAtLeast'])
      : undefined,
  };
  const rows = await stores.worklist.list(question, conditions, page);
  const views = await viewsOn(
    stores,
    rows.map(({ id }) => id),
    question,
  );
  const items = rows.flatMap((row) => {
    const commitment = views.get(row.id);
    return commitment ? [{ ...row, commitment }] : [];
  });
  return connectionOf({
    rows: items,
    page,
    sort: BY_RISK,
    totalCount: async () => stores.worklist.count(question, conditions),
  });
};

export const AuditWorkItem: AuditWorkItemResolvers = {
  risk: ({ outstanding, dueOn, documented, departmentOverduePercent, commitment }) => {
    const { score, parts } = risk({
      outstanding,
      daysOverdue: daysOverdue(dueOn, commitment.asOf),
      hasDocument: documented,
      departmentOverduePercent,
    });
    return { score, ...parts };
  },
};

/** Auditors see all; an officer sees what was referred to the own department. */
export async function mattersOf(commitmentId: string, { actor, loaders }: Context): Promise<AuditMatterRecord[]> {
  const matters = (await loaders.auditMatters(commitmentId, null)) ?? [];
  return mayAudit(actor)
    ? matters
    : matters.filter(({ referredTo }) => referredTo !== null && referredTo === actor?.department);
}

const matterPayload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ matter: AuditMatterRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ matter: await stores.auditMatters.byId(id) }));

export const addAuditNote: NonNullable<MutationResolvers['addAuditNote']> = async (_root, { input }, context) => {
  requireRole(context.actor, ['AUDITOR'], 'addAuditNote');
  const base = { idempotencyKey: idempotencyKeyArgument(input.idempotencyKey), actor: context.actor };
  return matterPayload(
    await context.commands.addAuditNote({ ...base, commitmentId: input.commitment, text: input.text }),
    context,
  );
};

export const referCommitment: NonNullable<MutationResolvers['referCommitment']> = async (_root, { input }, context) => {
  requireRole(context.actor, ['AUDITOR'], 'referCommitment');
  const unknown = async () =>
    context.register.faultsOf([{ kind: 'department', code: input.referredTo, path: ['referredTo'] }]);
  const base = { idempotencyKey: idempotencyKeyArgument(input.idempotencyKey), actor: context.actor, unknown };
  return matterPayload(
    await context.commands.referCommitment({
      ...base,
      commitmentId: input.commitment,
      text: input.text,
      referredTo: input.referredTo,
      respondBy: input.respondBy,
    }),
    context,
  );
};

export const respondToReferral: NonNullable<MutationResolvers['respondToReferral']> = async (
  _root,
  { input },
  context,
) => {
  requireOfficer(context.actor, 'respondToReferral');
  const base = { idempotencyKey: idempotencyKeyArgument(input.idempotencyKey), actor: context.actor };
  return matterPayload(
    await context.commands.respondToReferral({
      ...base,
      referralId: input.referral,
      text: input.text,
      department: context.actor.department,
    }),
    context,
  );
};
