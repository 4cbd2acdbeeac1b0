import {
  connectionOf,
  forbidden,
  hasRole,
  parsePage,
  registeredUsccArgument,
  requireRole,
  usccArgument,
} from '@zhitong/kit';
import { type CommandOutcome, idempotencyKeyArgument, payloadOf, type RefusalPayload } from '@zhitong/kit/commands';
import { isRegisteredIn } from '@zhitong/kit/graph';
import { dayInShanghai } from '@zhitong/values';
import type { Context } from '../context.js';
import { isOwnEnterprise, mayWriteFor, seesAccounts } from '../domain/access.js';
import { approvalDaysOverdue, approvalItemMoves } from '../domain/audit/approval-ledger.js';
import { said } from '../domain/refusal-words.js';
import type { ApprovalItemResolvers, MutationResolvers, QueryResolvers } from '../generated/resolvers-types.js';
import { BY_DEADLINE } from '../list-orders.js';
import type { ApprovalItemView } from '../records.js';
import { requireOfficer } from './mutations/mutation-input.js';
import { limitsFor, officesOf } from './own-credit.js';

export const ApprovalItem: ApprovalItemResolvers = {
  department: ({ department }) => ({ code: department }),
  enterprise: ({ uscc }) => ({ uscc }),
  project: ({ projectId }) => (projectId === null ? null : { id: projectId }),
  daysOverdue: (item) => approvalDaysOverdue(item, item.asOf),
  legalMoves: (item, _args, { actor, ledgerOffice }) => {
    const { department, uscc } = item;
    const isDepartments = mayWriteFor(actor, department, ledgerOffice);
    return [
      ...approvalItemMoves(item, isDepartments ? 'DEPARTMENT' : isOwnEnterprise(actor, uscc) ? 'ENTERPRISE' : null),
    ];
  },
  events: ({ events, department, uscc }, _args, context) => {
    const { actor } = context;
    const isOffice = seesAccounts(actor, department, officesOf(context));
    return events.map((event) => {
      const isByDepartment = event.kind === 'SUBMITTED';
      return {
        kind: event.kind,
        on: event.on,
        by: (isByDepartment ? isOffice : isOwnEnterprise(actor, uscc) || hasRole(actor, 'COORDINATOR', 'AUDITOR'))
          ? event.by
          : null,
        text: isByDepartment ? event.evidence : event.remark,
      };
    });
  },
};

export const approvalItems: NonNullable<QueryResolvers['approvalItems']> = async (
  _root,
  { filter, ...args },
  context,
) => {
  const { clock, stores } = context;
  const page = parsePage(args, { list: { list: 'approvalItems', filter }, keys: BY_DEADLINE.length });
  const today = dayInShanghai(clock.now());
  const uscc =
    typeof filter?.uscc === 'string'
      ? await registeredUsccArgument(filter.uscc, ['filter', 'uscc'], isRegisteredIn(context.register))
      : undefined;
  const limits = limitsFor(
    context,
    { uscc, department: filter?.department },
    { en: 'The approval ledger', zh: '销号台账' },
  );
  const conditions = {
    department: limits.department ?? filter?.department ?? undefined,
    uscc: limits.uscc ?? uscc,
    states: filter?.state ?? undefined,
    overdueOn: filter?.overdue ? today : undefined,
  };
  const rows = (await stores.approvals.list(conditions, page)).map((item) => ({ ...item, asOf: today }));
  return connectionOf({ rows, page, sort: BY_DEADLINE, totalCount: async () => stores.approvals.count(conditions) });
};

async function itemPayload(
  outcome: CommandOutcome<string>,
  { stores, clock }: Context,
): Promise<{ item: ApprovalItemView | null } | RefusalPayload> {
  return payloadOf(outcome, async (id) => {
    const item = await stores.approvals.byId(id);
    return { item: item && { ...item, asOf: dayInShanghai(clock.now()) } };
  });
}

export const openApprovalItem: NonNullable<MutationResolvers['openApprovalItem']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, commands, ledgerOffice, register } = context;
  requireOfficer(actor, 'openApprovalItem');
  if (!mayWriteFor(actor, input.department, ledgerOffice))
    throw forbidden(said('ITEMS_OPENED_BY', { department: input.department, office: ledgerOffice }));
  const { department, permit, cause, openedOn, deadline } = input;
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  const projectId = input.project ?? null;
  const unknown = async () =>
    register.faultsOf([
      { kind: 'department', code: department, path: ['department'] },
      { kind: 'enterprise', code: uscc, path: ['uscc'] },
      ...(projectId === null ? [] : [{ kind: 'project' as const, code: projectId, path: ['project'], of: uscc }]),
    ]);
  const outcome = await commands.openApprovalItem({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    unknown,
    uscc,
    department,
    projectId,
    permit,
    cause,
    openedOn,
    deadline,
  });
  return itemPayload(outcome, context);
};

export const submitApprovalItem: NonNullable<MutationResolvers['submitApprovalItem']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, commands, ledgerOffice } = context;
  requireOfficer(actor, 'submitApprovalItem');
  const outcome = await commands.recordApprovalEvent({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    itemId: input.item,
    mayAct: ({ department }) => mayWriteFor(actor, department, ledgerOffice),
    event: { kind: 'SUBMITTED', on: input.on, by: actor.sub, evidence: input.evidence },
  });
  return itemPayload(outcome, context);
};

export const answerApprovalItem: NonNullable<MutationResolvers['answerApprovalItem']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, clock, commands } = context;
  requireRole(actor, ['ENTERPRISE'], 'answerApprovalItem');
  const outcome = await commands.recordApprovalEvent({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    itemId: input.item,
    mayAct: ({ uscc }) => isOwnEnterprise(actor, uscc),
    event: {
      kind: input.confirmed ? 'CONFIRMED' : 'REJECTED',
      on: dayInShanghai(clock.now()),
      by: actor.sub,
      remark: input.remark ?? '',
    },
  });
  return itemPayload(outcome, context);
};
