import { badUserInput, forbidden, requireRole, usccArgument } from '@zhitong/kit';
import { type CommandOutcome, idempotencyKeyArgument, payloadOf, type RefusalPayload } from '@zhitong/kit/commands';
import { dayInShanghai } from '@zhitong/values';
import type { Context } from '../../context.js';
import {
  DISHONESTY_RECORDERS,
  isOwnEnterprise,
  mayKeepLedger,
  mayRecordDishonesty,
  mayWriteFor,
} from '../../domain/access.js';
import type { PledgeEvent } from '../../domain/standing/pledge.js';
import { said } from '../../domain/refusal-words.js';
import type { MutationResolvers, RecordPledgeEventInput } from '../../generated/resolvers-types.js';
import type { PledgeRecord } from '../../models/pledge.js';
import type { StandingView } from '../../records.js';
import { documentOf, fenArgument, requireOfficer, whyOf } from './mutation-input.js';

const standingPayload = async (
  outcome: CommandOutcome<string>,
  uscc: string,
  { loaders, clock }: Context,
): Promise<{ creditStanding: StandingView | undefined } | RefusalPayload> =>
  payloadOf(outcome, async () => ({
    creditStanding: await loaders.standing(uscc, { asOf: dayInShanghai(clock.now()) }),
  }));

/** Asks whether an enterprise is registered. */
const registered =
  (uscc: string, { register }: Context) =>
  async () =>
    register.faultsOf([{ kind: 'enterprise', code: uscc, path: ['uscc'] }]);

export const recordDishonesty: NonNullable<MutationResolvers['recordDishonesty']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, commands, ledgerOffice } = context;
  requireOfficer(actor, 'recordDishonesty');
  if (!mayRecordDishonesty(actor, ledgerOffice))
    throw forbidden(
      said('DISHONESTY_RECORDED_BY', { departments: [ledgerOffice, ...DISHONESTY_RECORDERS].join(', ') }),
    );
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  const { category, seriousness, documentNumber, from } = input;
  const recordedBy = actor.department ?? '';
  return standingPayload(
    await commands.recordDishonesty({
      idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
      actor,
      unknown: registered(uscc, context),
      uscc,
      category,
      seriousness,
      documentNumber,
      from,
      until: input.until ?? null,
      recordedBy,
    }),
    uscc,
    context,
  );
};

export const repairDishonesty: NonNullable<MutationResolvers['repairDishonesty']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, commands, ledgerOffice } = context;
  requireOfficer(actor, 'repairDishonesty');
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  const { repairedOn, procedure, decisionNumber } = input;
  const outcome = await commands.repairDishonesty({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    recordId: input.record,
    uscc,
    repair: { repairedOn, procedure, decisionNumber },
    mayWriteFor: (department) => mayWriteFor(actor, department, ledgerOffice),
  });
  return standingPayload(outcome, uscc, context);
};

export const withdrawDishonesty: NonNullable<MutationResolvers['withdrawDishonesty']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, commands, ledgerOffice } = context;
  requireOfficer(actor, 'withdrawDishonesty');
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  const outcome = await commands.withdrawDishonesty({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    recordId: input.record,
    uscc,
    why: whyOf(input),
    mayWriteFor: (department) => mayWriteFor(actor, department, ledgerOffice),
  });
  return standingPayload(outcome, uscc, context);
};

export const recordJudgment: NonNullable<MutationResolvers['recordJudgment']> = async (_root, { input }, context) => {
  const { actor, commands, ledgerOffice } = context;
  requireOfficer(actor, 'recordJudgment');
  if (!mayKeepLedger(actor, ledgerOffice)) throw forbidden(said('JUDGMENTS_RECORDED_BY', { office: ledgerOffice }));
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  const { caseNumber, court, effectiveOn } = input;
  const amount = fenArgument(input.amount, ['input', 'amount']);
  return standingPayload(
    await commands.recordJudgment({
      idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
      actor,
      unknown: registered(uscc, context),
      uscc,
      caseNumber,
      court,
      amount,
      effectiveOn,
      fulfilledOn: input.fulfilledOn ?? null,
    }),
    uscc,
    context,
  );
};

export const withdrawJudgment: NonNullable<MutationResolvers['withdrawJudgment']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, commands, ledgerOffice } = context;
  requireOfficer(actor, 'withdrawJudgment');
  if (!mayKeepLedger(actor, ledgerOffice)) throw forbidden(said('JUDGMENTS_WITHDRAWN_BY', { office: ledgerOffice }));
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  const outcome = await commands.withdrawJudgment({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    caseNumber: input.caseNumber,
    uscc,
    why: whyOf(input),
  });
  return standingPayload(outcome, uscc, context);
};

const pledgePayload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ pledge: PledgeRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ pledge: await stores.pledges.byId(id) }));

export const signPledge: NonNullable<MutationResolvers['signPledge']> = async (_root, { input }, context) => {
  const { actor, commands, ledgerOffice, register } = context;
  requireRole(actor, ['ENTERPRISE', 'OFFICER'], 'signPledge');
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  if (!isOwnEnterprise(actor, uscc) && !mayWriteFor(actor, input.department, ledgerOffice))
    throw forbidden(said('PLEDGE_RECORDED_BY', { uscc, department: input.department }));
  const { department, matter, textVersion, digest, signature, signedOn } = input;
  // An enterprise's own code is known with its token.
  const signer = isOwnEnterprise(actor, uscc) ? [] : [{ kind: 'enterprise' as const, code: uscc, path: ['uscc'] }];
  const unknown = async () =>
    register.faultsOf([{ kind: 'department', code: department, path: ['department'] }, ...signer]);
  return pledgePayload(
    await commands.signPledge({
      idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
      actor,
      unknown,
      uscc,
      department,
      matter,
      textVersion,
      digest,
      signature,
      signedOn,
    }),
    context,
  );
};

function pledgeEvent(
  { kind, on, finding, kept, consequence, document }: RecordPledgeEventInput,
  by: string,
): PledgeEvent {
  switch (kind) {
    case 'CHECKED':
      if (kept === null || kept === undefined) throw badUserInput(said('CHECK_SAYS_KEPT'), ['input', 'kept']);
      return { kind, on, by, kept, finding };
    case 'BREACHED':
      if (!consequence) throw badUserInput(said('BREACH_HAS_CONSEQUENCE'), ['input', 'consequence']);
      return { kind, on, by, finding, consequence };
    case 'BREACH_WITHDRAWN':
      if (!document) throw badUserInput(said('WITHDRAWAL_RESTS_ON_DOCUMENT'), ['input', 'document']);
      return { kind, on, by, finding, document: documentOf(document) };
    case 'CLOSED':
      return { kind, on, by, finding };
  }
}

export const recordPledgeEvent: NonNullable<MutationResolvers['recordPledgeEvent']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, commands, ledgerOffice } = context;
  requireOfficer(actor, 'recordPledgeEvent');
  const outcome = await commands.recordPledgeEvent({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    pledgeId: input.pledge,
    event: pledgeEvent(input, actor.sub),
    mayWriteFor: (department) => mayWriteFor(actor, department, ledgerOffice),
  });
  return pledgePayload(outcome, context);
};
