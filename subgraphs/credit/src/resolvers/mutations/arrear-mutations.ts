import { badUserInput, forbidden, usccArgument } from '@zhitong/kit';
import { idempotencyKeyArgument } from '@zhitong/kit/commands';
import { parsePercent, type BasisPoints } from '@zhitong/values';
import { mayWriteFor } from '../../domain/access.js';
import { said } from '../../domain/refusal-words.js';
import type { CorrectArrearInput, MutationResolvers } from '../../generated/resolvers-types.js';
import type { CorrectedTerms } from '../../usecases/arrears/arrear-correction-commands.js';
import { arrearPayload, onArrear } from './arrear-input.js';
import { fenArgument, requireOfficer, whyOf } from './mutation-input.js';

const MOST_BASIS_POINTS = 99_999;

/** Per cent a year, below a thousand, as basis points. */
function basisPoints(percent: string | null | undefined): BasisPoints | null {
  if (percent === null || percent === undefined) return null;
  const rate = parsePercent(percent);
  if (rate === null || rate > MOST_BASIS_POINTS)
    throw badUserInput(said('BAD_AGREED_RATE', { value: JSON.stringify(percent.slice(0, 40)) }), [
      'input',
      'agreedRatePercent',
    ]);
  return rate;
}

export const recordArrear: NonNullable<MutationResolvers['recordArrear']> = async (_root, { input }, context) => {
  const { actor, commands, ledgerOffice, register } = context;
  requireOfficer(actor, 'recordArrear');
  if (!mayWriteFor(actor, input.debtor, ledgerOffice))
    throw forbidden(said('DEBT_RECORDED_BY', { debtor: input.debtor, office: ledgerOffice }));
  const { debtor, subject, contractNumber, deliveredOn } = input;
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  const debtorUscc =
    typeof input.debtorUscc === 'string' ? usccArgument(input.debtorUscc, ['input', 'debtorUscc']) : undefined;
  const outcome = await commands.recordArrear({
    idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
    actor,
    unknown: async () =>
      register.faultsOf([
        { kind: 'department', code: debtor, path: ['debtor'] },
        { kind: 'enterprise', code: uscc, path: ['uscc'] },
        ...(debtorUscc === undefined ? [] : [{ kind: 'enterprise' as const, code: debtorUscc, path: ['debtorUscc'] }]),
      ]),
    department: actor.department ?? '',
    uscc,
    debtor,
    ...(debtorUscc === undefined ? {} : { debtorUscc }),
    subject,
    contractNumber,
    contract: {
      signedOn: input.contractSignedOn,
      creditorIsSme: input.creditorIsSme ?? true,
      agreedTermDays: input.agreedTermDays ?? null,
      agreedRateBasisPoints: basisPoints(input.agreedRatePercent),
      ...(debtorUscc === undefined ? {} : { debtorIsLargeEnterprise: true }),
      ...(input.hasThirdPartyClause === true ? { paysWhenPaid: true } : {}),
      ...(input.countsPrincipalFirst === true ? { principalFirst: true } : {}),
    },
    delivery: {
      deliveredOn,
      acceptance: input.needsAcceptance
        ? { agreedBy: input.acceptanceAgreedBy ?? null, acceptedOn: input.acceptedOn ?? null }
        : null,
      settlementConfirmedOn: input.settlementConfirmedOn ?? null,
      ...(typeof input.retentionUntil === 'string' ? { retentionUntil: input.retentionUntil } : {}),
    },
    principal: fenArgument(input.principal, ['input', 'principal']),
    disputed: fenArgument(input.disputed ?? '0', ['input', 'disputed']),
    payments: [],
    plan: [],
  });
  return arrearPayload(outcome, context);
};

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
  return arrearPayload(await context.commands.reversePayment(on, { no: input.payment, ...whyOf(input) }), context);
};

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
      ...given('paysWhenPaid', input.hasThirdPartyClause ?? undefined),
      ...given('principalFirst', input.countsPrincipalFirst ?? undefined),
    },
    delivery: {
      ...given('deliveredOn', input.deliveredOn ?? undefined),
      ...given('settlementConfirmedOn', input.settlementConfirmedOn),
      ...given('retentionUntil', input.retentionUntil),
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
