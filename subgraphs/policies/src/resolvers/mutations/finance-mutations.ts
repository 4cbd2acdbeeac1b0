import { forbidden, requireRole } from '@zhitong/kit';
import { idempotencyKeyArgument, payloadOf, type CommandOutcome, type RefusalPayload } from '@zhitong/kit/commands';
import { mayOfferLoans } from '../../domain/access.js';
import { said } from '../../domain/refusal-words.js';
import type { Context } from '../../context.js';
import type { FinancingConsentInput, MutationResolvers } from '../../generated/resolvers-types.js';
import type { FinancingNeedRecord } from '../../models/financing-need.js';
import { contactOf, textArgument } from './mutation-input.js';

export const publishLoanProduct: NonNullable<MutationResolvers['publishLoanProduct']> = async (
  _root,
  { input },
  { actor, clock, stores, financeCommands, financialDepartments },
) => {
  requireRole(actor, ['OFFICER'], 'publishLoanProduct');
  const { idempotencyKey: key, validFrom, validTo, ...draft } = input;
  const idempotencyKey = idempotencyKeyArgument(key);
  const { department } = actor;
  if (department === undefined || !mayOfferLoans(actor, financialDepartments))
    throw forbidden(said('PRODUCTS_PUBLISHED_BY'));
  const outcome = await financeCommands.publishProduct({
    idempotencyKey,
    actor,
    now: clock.now(),
    draft: { ...draft, window: { from: validFrom ?? null, to: validTo ?? null } },
    department,
  });
  return payloadOf(outcome, async (result) => ({ product: (await stores.loanProducts.byId([result]))[0] }));
};

export const endLoanProduct: NonNullable<MutationResolvers['endLoanProduct']> = async (
  _root,
  { input },
  { actor, clock, stores, financeCommands, financialDepartments },
) => {
  requireRole(actor, ['OFFICER'], 'endLoanProduct');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  if (!mayOfferLoans(actor, financialDepartments)) throw forbidden(said('PRODUCTS_ENDED_BY'));
  const outcome = await financeCommands.endProduct({
    idempotencyKey,
    actor,
    now: clock.now(),
    productId: input.product,
    department: actor.department,
  });
  return payloadOf(outcome, async (result) => ({ product: (await stores.loanProducts.byId([result]))[0] }));
};

export const stateFinancingNeed: NonNullable<MutationResolvers['stateFinancingNeed']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, uscc } = contactOf(context.actor, 'stateFinancingNeed');
  const { clock, financeCommands } = context;
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const stated = {
    amount: input.amount,
    purpose: textArgument(input.purpose, 'purpose', true),
    termMonths: input.termMonths,
    latestDay: input.latestDay,
  };
  return needPayload(
    await financeCommands.stateNeed({ idempotencyKey, actor, now: clock.now(), uscc, stated }),
    context,
  );
};

export const withdrawFinancingNeed: NonNullable<MutationResolvers['withdrawFinancingNeed']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, uscc } = contactOf(context.actor, 'withdrawFinancingNeed');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  return needPayload(
    await context.financeCommands.withdrawNeed({
      idempotencyKey,
      actor,
      now: context.clock.now(),
      uscc,
      needId: input.need,
    }),
    context,
  );
};

export const giveFinancingConsent: NonNullable<MutationResolvers['giveFinancingConsent']> = async (
  _root,
  { input },
  context,
) => sayConsent(input, true, context);

export const withdrawFinancingConsent: NonNullable<MutationResolvers['withdrawFinancingConsent']> = async (
  _root,
  { input },
  context,
) => sayConsent(input, false, context);

async function sayConsent(
  input: FinancingConsentInput,
  given: boolean,
  context: Context,
): Promise<{ need: FinancingNeedRecord | undefined } | RefusalPayload> {
  const { actor, uscc } = contactOf(context.actor, given ? 'giveFinancingConsent' : 'withdrawFinancingConsent');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  return needPayload(
    await context.financeCommands.sayConsent({
      idempotencyKey,
      actor,
      now: context.clock.now(),
      uscc,
      needId: input.need,
      productId: input.product,
      given,
    }),
    context,
  );
}

/** A command's outcome as a payload with the need as it stands now. */
const needPayload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ need: FinancingNeedRecord | undefined } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ need: (await stores.needs.byId([id]))[0] }));
