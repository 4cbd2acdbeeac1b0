import { forbidden } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import type { Context } from '../../context.js';
import { mayKeepLedger } from '../../domain/access.js';
import type { Fulfilment } from '../../domain/ledger/ledger-command.js';
import type { Problem } from '../../domain/problem.js';
import { said } from '../../domain/refusal-words.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { problemPayload } from '../../usecases/refusals.js';
import { amountArgument, commitmentPayload, documentOf, onCommitment, requireOfficer } from './mutation-input.js';
import { pastDay } from '../own-credit.js';

/** An amount must be in the measure of its promise: yuan for money, milestones for a deliverable. */
async function amountFor(
  commitment: string,
  given: { amount?: string | null | undefined; milestones?: number | null | undefined },
  path: readonly string[],
  { loaders }: Context,
): Promise<number | Problem<'NOT_MONEY' | 'NOT_MILESTONES'>> {
  const { amount, measure } = amountArgument(given, path);
  const row = await loaders.commitment(commitment, { fields: [] });
  if (row && row.measure !== measure)
    return row.measure === 'MONEY'
      ? { code: 'NOT_MILESTONES', message: 'The promise is money: give an amount in yuan.', path: [] }
      : {
          code: 'NOT_MONEY',
          message: 'The promise is a deliverable: give a number of milestones.',
          path: [],
        };
  return amount;
}

export const recordFulfilment: NonNullable<MutationResolvers['recordFulfilment']> = async (
  _root,
  { input },
  context,
) => {
  const command = onCommitment(input, context, 'recordFulfilment');
  const amount = await amountFor(input.commitment, input, ['input'], context);
  if (typeof amount === 'object') return problemPayload({ ...amount, path: ['amount'] });
  const { effectiveOn, paymentReference, evidence } = input;
  return commitmentPayload(
    await context.commands.onCommitment(command, {
      type: 'FULFIL',
      amount,
      effectiveOn,
      paymentReference: paymentReference.trim(),
      evidence,
    }),
    context,
  );
};

export const correctLedgerEntry: NonNullable<MutationResolvers['correctLedgerEntry']> = async (
  _root,
  { input },
  context,
) => {
  const command = onCommitment(input, context, 'correctLedgerEntry');
  let replacement: Fulfilment | null = null;
  if (input.replacement) {
    const amount = await amountFor(input.commitment, input.replacement, ['input', 'replacement'], context);
    if (typeof amount === 'object') return problemPayload({ ...amount, path: ['replacement', 'amount'] });
    const { effectiveOn, paymentReference, evidence } = input.replacement;
    replacement = { amount, effectiveOn, paymentReference: paymentReference.trim(), evidence };
  }
  return commitmentPayload(
    await context.commands.onCommitment(command, {
      type: 'CORRECT',
      reverses: input.reverses,
      reason: input.reason,
      replacement,
    }),
    context,
  );
};

export const transferCommitment: NonNullable<MutationResolvers['transferCommitment']> = async (
  _root,
  { input },
  context,
) => {
  const command = onCommitment(input, context, 'transferCommitment');
  const { to, effectiveOn, reason } = input;
  const unknown = async () => context.register.faultsOf([{ kind: 'department', code: to, path: ['to'] }]);
  return commitmentPayload(
    await context.commands.onCommitment({ ...command, unknown }, { type: 'TRANSFER', to, effectiveOn, reason }),
    context,
  );
};

export const waiveCommitment: NonNullable<MutationResolvers['waiveCommitment']> = async (_root, { input }, context) => {
  const command = onCommitment(input, context, 'waiveCommitment');
  const amount = await amountFor(input.commitment, input, ['input'], context);
  if (typeof amount === 'object') return problemPayload({ ...amount, path: ['amount'] });
  const { documentNumber, signedOn, signedBy, digest } = input.consent;
  return commitmentPayload(
    await context.commands.onCommitment(command, {
      type: 'WAIVE',
      amount,
      effectiveOn: input.effectiveOn,
      consent: { documentNumber, signedOn, signedBy, digest },
    }),
    context,
  );
};

export const handOverCommitment: NonNullable<MutationResolvers['handOverCommitment']> = async (
  _root,
  { input },
  context,
) => {
  const command = onCommitment(input, context, 'handOverCommitment');
  const { to, effectiveOn, reason } = input;
  return commitmentPayload(
    await context.commands.onCommitment(command, {
      type: 'HAND_OVER',
      to: { name: to.name, post: to.post },
      effectiveOn,
      reason,
    }),
    context,
  );
};

export const attachCommitmentDocument: NonNullable<MutationResolvers['attachCommitmentDocument']> = async (
  _root,
  { input },
  context,
) => {
  const command = onCommitment(input, context, 'attachCommitmentDocument');
  return commitmentPayload(
    await context.commands.onCommitment(command, {
      type: 'ATTACH_DOCUMENT',
      document: documentOf(input.document),
      effectiveOn: input.effectiveOn,
    }),
    context,
  );
};

export const assessCommitmentCondition: NonNullable<MutationResolvers['assessCommitmentCondition']> = async (
  _root,
  { input },
  context,
) => {
  const command = onCommitment(input, context, 'assessCommitmentCondition');
  const { condition, status, evidence, effectiveOn } = input;
  return commitmentPayload(
    await context.commands.onCommitment(command, {
      type: 'ASSESS_CONDITION',
      conditionNo: condition,
      status,
      evidence,
      effectiveOn,
    }),
    context,
  );
};

export const succeedDepartment: NonNullable<MutationResolvers['succeedDepartment']> = async (
  _root,
  { input },
  { actor, commands, ledgerOffice, clock, register, stores },
) => {
  requireOfficer(actor, 'succeedDepartment');
  if (!mayKeepLedger(actor, ledgerOffice)) throw forbidden(said('SUCCESSION_RECORDED_BY', { office: ledgerOffice }));
  const { from, to, reason } = input;
  const effectiveOn = pastDay(input.effectiveOn, { clock, path: ['input', 'effectiveOn'] });
  const unknown = async () => {
    // A department that was dissolved may be out of the register already; its promises and debts still show that there
    // was one.
    const stillOwes =
      (await stores.commitments.outstandingOf(from).next()).done !== true ||
      (await stores.arrears.owedBy(from)).length > 0;
    return register.faultsOf([
      ...(stillOwes ? [] : [{ kind: 'department' as const, code: from, path: ['from'] }]),
      { kind: 'department' as const, code: to, path: ['to'] },
    ]);
  };
  const outcome = await commands.succeedDepartment({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    unknown,
    department: actor.department ?? '',
    from,
    to,
    effectiveOn,
    reason,
  });
  return payloadOf(outcome, ({ promises, arrears }) => ({
    transferredCount: promises,
    transferredArrearCount: arrears,
  }));
};
