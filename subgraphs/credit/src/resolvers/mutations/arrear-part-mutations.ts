import type { MutationResolvers, PlanInstalmentInput } from '../../generated/resolvers-types.js';
import { arrearPayload, onArrear, onArrearOfBoth } from './arrear-input.js';
import { documentOf, fenArgument, whyOf } from './mutation-input.js';

const instalmentsOf = (instalments: readonly PlanInstalmentInput[]) =>
  instalments.map(({ dueOn, amount }, index) => ({
    no: index + 1,
    dueOn,
    amount: fenArgument(amount, ['input', 'instalments', String(index), 'amount']),
  }));

export const signRepaymentPlan: NonNullable<MutationResolvers['signRepaymentPlan']> = async (
  _root,
  { input },
  context,
) => {
  const on = { ...onArrear(input, context, 'signRepaymentPlan'), creditor: null };
  const plan = { instalments: instalmentsOf(input.instalments), reason: '' };
  return arrearPayload(await context.commands.proposePlan(on, plan), context);
};

export const proposeRepaymentPlan: NonNullable<MutationResolvers['proposeRepaymentPlan']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrearOfBoth(input, context, 'proposeRepaymentPlan');
  const plan = { instalments: instalmentsOf(input.instalments), reason: input.reason ?? '' };
  return arrearPayload(await context.commands.proposePlan(on, plan), context);
};

export const answerRepaymentPlan: NonNullable<MutationResolvers['answerRepaymentPlan']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrearOfBoth(input, context, 'answerRepaymentPlan');
  const { plan: no, answer, reason } = input;
  return arrearPayload(await context.commands.answerPlan(on, { no, answer, reason: reason ?? '' }), context);
};

export const recordArrearAcceptance: NonNullable<MutationResolvers['recordArrearAcceptance']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrear(input, context, 'recordArrearAcceptance');
  const { acceptedOn, document } = input;
  return arrearPayload(
    await context.commands.recordAcceptance(on, { acceptedOn, document: documentOf(document) }),
    context,
  );
};

export const recordArrearCost: NonNullable<MutationResolvers['recordArrearCost']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrear(input, context, 'recordArrearCost');
  const { incurredOn, subject, document } = input;
  const amount = fenArgument(input.amount, ['input', 'amount']);
  return arrearPayload(
    await context.commands.recordCost(on, { amount, incurredOn, subject, document: documentOf(document) }),
    context,
  );
};

export const settleArrearDispute: NonNullable<MutationResolvers['settleArrearDispute']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrear(input, context, 'settleArrearDispute');
  return arrearPayload(
    await context.commands.settleDispute(on, {
      settledOn: input.settledOn,
      owed: fenArgument(input.owed ?? '0', ['input', 'owed']),
      struckOff: fenArgument(input.struckOff ?? '0', ['input', 'struckOff']),
      ...whyOf(input),
    }),
    context,
  );
};

export const reverseArrearCost: NonNullable<MutationResolvers['reverseArrearCost']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrear(input, context, 'reverseArrearCost');
  return arrearPayload(await context.commands.reverseCost(on, input.cost, whyOf(input)), context);
};

export const reverseArrearSettlement: NonNullable<MutationResolvers['reverseArrearSettlement']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrear(input, context, 'reverseArrearSettlement');
  return arrearPayload(await context.commands.reverseSettlement(on, input.settlement, whyOf(input)), context);
};

export const reverseArrearTransfer: NonNullable<MutationResolvers['reverseArrearTransfer']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrear(input, context, 'reverseArrearTransfer');
  return arrearPayload(await context.commands.reverseTransfer(on, input.transfer, whyOf(input)), context);
};

export const transferArrear: NonNullable<MutationResolvers['transferArrear']> = async (_root, { input }, context) => {
  const { to, effectiveOn, reason } = input;
  const on = {
    ...onArrear(input, context, 'transferArrear'),
    unknown: async () => context.register.faultsOf([{ kind: 'department' as const, code: to, path: ['to'] }]),
  };
  return arrearPayload(await context.commands.transferArrear(on, { to, effectiveOn, reason }), context);
};
