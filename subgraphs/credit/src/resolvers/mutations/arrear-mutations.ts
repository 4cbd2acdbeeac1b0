import { badUserInput, forbidden, usccArgument } from '@zhitong/kit';
import { type CommandOutcome, idempotencyKeyArgument, payloadOf, type RefusalPayload } from '@zhitong/kit/commands';
import { type BasisPoints, dayInShanghai, parsePercent } from '@zhitong/values';
import type { Context } from '../../context.js';
import { mayWriteFor } from '../../domain/access.js';
import { arrearPosition } from '../../domain/arrears/arrears.js';
import type { CorrectArrearInput, MutationResolvers, WithdrawArrearInput } from '../../generated/resolvers-types.js';
import type { OnArrear } from '../../usecases/arrear-writes.js';
import type { CorrectedTerms } from '../../usecases/arrear-correction-commands.js';
import type { ArrearView } from '../../records.js';
import { fenArgument, requireOfficer } from './mutation-input.js';

const MOST_BASIS_POINTS = 99_999;

/** A debt as it stands today; null when there is none. */
export async function arrearToday(
  id: string,
  { stores, clock, loanPrimeRates }: Pick<Context, 'stores' | 'clock' | 'loanPrimeRates'>,
): Promise<ArrearView | null> {
  const record = await stores.arrears.byId(id);
  return (
    record && { ...record, position: arrearPosition(record, dayInShanghai(clock.now()), loanPrimeRates.current()) }
  );
}

/** The fields of the mutation's input that the parts of a debt are made of, where they are called otherwise. */
const INPUT_FIELDS: Readonly<Record<string, string>> = {
  'contract.signedOn': 'contractSignedOn',
  'contract.agreedTermDays': 'agreedTermDays',
  'contract.agreedRate': 'agreedRatePercent',
  'delivery.deliveredOn': 'deliveredOn',
  'delivery.settlementConfirmedOn': 'settlementConfirmedOn',
  'delivery.acceptance.acceptedOn': 'acceptedOn',
  'delivery.acceptance.agreedBy': 'acceptanceAgreedBy',
};

/** An outcome whose refusal names a place of the input. */
function inInput(outcome: CommandOutcome<string>): CommandOutcome<string> {
  if (outcome.kind !== 'refused') return outcome;
  const field = INPUT_FIELDS[outcome.refusal.path.join('.')];
  return field === undefined ? outcome : { ...outcome, refusal: { ...outcome.refusal, path: [field] } };
}

const arrearPayload = async (
  outcome: CommandOutcome<string>,
  context: Context,
): Promise<{ arrear: ArrearView | null } | RefusalPayload> =>
  payloadOf(inInput(outcome), async (id) => ({ arrear: await arrearToday(id, context) }));

/** Per cent a year, below a thousand, as basis points. */
function basisPoints(percent: string | null | undefined): BasisPoints | null {
  if (percent === null || percent === undefined) return null;
  const rate = parsePercent(percent);
  if (rate === null || rate > MOST_BASIS_POINTS)
    throw badUserInput(
      `agreedRatePercent ${JSON.stringify(percent.slice(0, 40))} is not a yearly rate in per cent with at most two decimals, such as "4.35".`,
      ['input', 'agreedRatePercent'],
    );
  return rate;
}

export const recordArrear: NonNullable<MutationResolvers['recordArrear']> = async (_root, { input }, context) => {
  const { actor, commands, ledgerOffice, register } = context;
  requireOfficer(actor, 'recordArrear');
  if (!mayWriteFor(actor, input.debtor, ledgerOffice))
    throw forbidden(`A debt of ${input.debtor} is recorded by its own officers or those of ${ledgerOffice}.`);
  const { debtor, subject, contractNumber, deliveredOn } = input;
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  const outcome = await commands.recordArrear({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    unknown: async () =>
      register.faultsOf([
        { kind: 'department', code: debtor, path: ['debtor'] },
        { kind: 'enterprise', code: uscc, path: ['uscc'] },
      ]),
    uscc,
    debtor,
    subject,
    contractNumber,
    contract: {
      signedOn: input.contractSignedOn,
      creditorIsSme: input.creditorIsSme ?? true,
      agreedTermDays: input.agreedTermDays ?? null,
      agreedRateBasisPoints: basisPoints(input.agreedRatePercent),
    },
    delivery: {
      deliveredOn,
      acceptance: input.needsAcceptance
        ? { agreedBy: input.acceptanceAgreedBy ?? null, acceptedOn: input.acceptedOn ?? null }
        : null,
      settlementConfirmedOn: input.settlementConfirmedOn ?? null,
    },
    principal: fenArgument(input.principal, ['input', 'principal']),
    disputed: fenArgument(input.disputed ?? '0', ['input', 'disputed']),
    payments: [],
    plan: [],
  });
  return arrearPayload(outcome, context);
};

/** What every command on one debt carries. */
function onArrear(
  input: { idempotencyKey: string; arrear: string; expectedVersion?: number | null | undefined },
  { actor, ledgerOffice }: Context,
  what: string,
): OnArrear {
  requireOfficer(actor, what);
  return {
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    department: actor.department ?? '',
    arrearId: input.arrear,
    expectedVersion: input.expectedVersion ?? null,
    mayWriteFor: (department) => mayWriteFor(actor, department, ledgerOffice),
  };
}

export const recordArrearPayment: NonNullable<MutationResolvers['recordArrearPayment']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrear(input, context, 'recordArrearPayment');
  return arrearPayload(
    await context.commands.recordPayment(on, {
      paidOn: input.paidOn,
      amount: fenArgument(input.amount, ['input', 'amount']),
      reference: input.reference.trim(),
    }),
    context,
  );
};

export const reverseArrearPayment: NonNullable<MutationResolvers['reverseArrearPayment']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrear(input, context, 'reverseArrearPayment');
  const { number, date, digest } = input.document;
  return arrearPayload(
    await context.commands.reversePayment(on, {
      no: input.payment,
      reason: input.reason,
      document: { number, date, digest: digest ?? null },
    }),
    context,
  );
};

export const signRepaymentPlan: NonNullable<MutationResolvers['signRepaymentPlan']> = async (
  _root,
  { input },
  context,
) => {
  const on = onArrear(input, context, 'signRepaymentPlan');
  const plan = input.instalments.map(({ dueOn, amount }, index) => ({
    no: index + 1,
    dueOn,
    amount: fenArgument(amount, ['input', 'instalments', String(index), 'amount']),
  }));
  return arrearPayload(await context.commands.signPlan(on, plan), context);
};

/** Why a debt is changed, as an input has it. */
const whyOf = ({ reason, document: { number, date, digest } }: Pick<WithdrawArrearInput, 'reason' | 'document'>) => ({
  reason,
  document: { number, date, digest: digest ?? null },
});

/** What is given, under another name; what is left out stays out. */
const given = <Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>> =>
  value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);

/** What a correction changes: a field that is left out stays, null takes an optional one away. */
function changesOf(input: CorrectArrearInput): CorrectedTerms {
  const fen = (field: 'principal' | 'disputed') => {
    const amount = input[field];
    return typeof amount === 'string' ? { [field]: fenArgument(amount, ['input', field]) } : {};
  };
  const { agreedTermDays, agreedRatePercent, acceptedOn, acceptanceAgreedBy, needsAcceptance } = input;
  const dependsOnAcceptance = needsAcceptance ?? (acceptedOn ?? acceptanceAgreedBy ?? null) !== null;
  const changesAcceptance = [needsAcceptance, acceptedOn, acceptanceAgreedBy].some((value) => value !== undefined);
  return {
    ...given('subject', input.subject ?? undefined),
    ...given('contractNumber', input.contractNumber ?? undefined),
    ...fen('principal'),
    ...fen('disputed'),
    contract: {
      ...given('signedOn', input.contractSignedOn ?? undefined),
      ...given('creditorIsSme', input.creditorIsSme ?? undefined),
      ...given('agreedTermDays', agreedTermDays),
      ...(agreedRatePercent === undefined ? {} : { agreedRateBasisPoints: basisPoints(agreedRatePercent) }),
    },
    delivery: {
      ...given('deliveredOn', input.deliveredOn ?? undefined),
      ...given('settlementConfirmedOn', input.settlementConfirmedOn),
      ...(changesAcceptance
        ? {
            acceptance: dependsOnAcceptance
              ? { agreedBy: acceptanceAgreedBy ?? null, acceptedOn: acceptedOn ?? null }
              : null,
          }
        : {}),
    },
  };
}

export const correctArrear: NonNullable<MutationResolvers['correctArrear']> = async (_root, { input }, context) => {
  const on = onArrear(input, context, 'correctArrear');
  return arrearPayload(await context.commands.correctArrear(on, whyOf(input), changesOf(input)), context);
};

export const withdrawArrear: NonNullable<MutationResolvers['withdrawArrear']> = async (_root, { input }, context) => {
  const on = onArrear(input, context, 'withdrawArrear');
  return arrearPayload(await context.commands.withdrawArrear(on, whyOf(input)), context);
};
