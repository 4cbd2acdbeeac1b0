import { badUserInput, forbidden, requireRole } from '@zhitong/kit';
import { faultPayload, idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import { mayWritePolicyOf } from '../../domain/access.js';
import { parseYuan } from '@zhitong/values';
import { accountProblem, type GrantMove } from '../../domain/grant/grant.js';
import { said } from '../../domain/refusal-words.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { requireIssuer } from '../grant.js';
import { badAmount, textArgument } from './mutation-input.js';

const MOST_GRANTS = 200;
const OFFICERS_MOVES: readonly GrantMove[] = [
  'NOTIFY',
  'PUBLICISE',
  'APPROVE',
  'HAND_OVER',
  'PAY',
  'CLOSE',
  'WITHDRAW',
];

export const identifyGrants: NonNullable<MutationResolvers['identifyGrants']> = async (_root, { input }, context) => {
  const { actor, clock, grantCommands } = context;
  requireRole(actor, ['OFFICER'], 'identifyGrants');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  requireIssuer(context, input.policy);
  const outcome = await grantCommands.identify({ idempotencyKey, actor, now: clock.now(), policyId: input.policy });
  return payloadOf(outcome, (result) => ({ outcome: result }));
};

export const advanceGrants: NonNullable<MutationResolvers['advanceGrants']> = async (
  _root,
  { input },
  { actor, clock, stores, grantCommands },
) => {
  requireRole(actor, ['OFFICER'], 'advanceGrants');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  if (input.grants.length === 0 || input.grants.length > MOST_GRANTS)
    throw badUserInput(said('NUMBER_OF_GRANTS', { length: input.grants.length, most: MOST_GRANTS }), [
      'input',
      'grants',
    ]);
  if (!OFFICERS_MOVES.includes(input.move))
    throw badUserInput(said('NO_MOVE_OF_OFFICERS', { move: input.move, moves: OFFICERS_MOVES.join(', ') }), [
      'input',
      'move',
    ]);
  const note = textArgument(input.note, 'note', input.move === 'WITHDRAW' || input.move === 'HAND_OVER');
  const outcome = await grantCommands.move({
    idempotencyKey,
    actor,
    now: clock.now(),
    grantIds: input.grants,
    move: input.move,
    note,
    mayWrite: ({ department }) => mayWritePolicyOf(actor, department),
  });
  return payloadOf(outcome, async ({ moved, notMoved }) => ({
    grants: await stores.grants.byId(moved),
    notMoved: [...notMoved],
  }));
};

const MOVE_OF = { KEEP: 'KEEP', CHANGE_AMOUNT: 'CHANGE_AMOUNT', DROP: 'WITHDRAW' } as const;

export const decideGrant: NonNullable<MutationResolvers['decideGrant']> = async (
  _root,
  { input },
  { actor, clock, stores, grantCommands },
) => {
  requireRole(actor, ['OFFICER'], 'decideGrant');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const reason = textArgument(input.reason, 'reason', true);
  const changes = input.decision === 'CHANGE_AMOUNT';
  if (changes !== (input.amount !== null && input.amount !== undefined))
    throw badUserInput(said('AMOUNT_WITH_CHANGE_ONLY'), ['input', 'amount']);
  const amount = changes ? parseYuan(input.amount ?? '') : null;
  if (amount !== null && !amount.ok) return faultPayload(badAmount(amount), ['amount']);
  const outcome = await grantCommands.decide({
    idempotencyKey,
    actor,
    now: clock.now(),
    grantId: input.grant,
    decision: MOVE_OF[input.decision],
    amountFen: amount?.fen ?? null,
    reason,
    mayWrite: ({ department }) => mayWritePolicyOf(actor, department),
  });
  return payloadOf(outcome, async (result) => ({ grant: (await stores.grants.byId([result]))[0] }));
};

export const confirmGrant: NonNullable<MutationResolvers['confirmGrant']> = async (
  _root,
  { input },
  { actor, clock, stores, grantCommands },
) => {
  requireRole(actor, ['ENTERPRISE'], 'confirmGrant');
  const { uscc } = actor;
  if (uscc === undefined) throw forbidden(said('CONFIRMS_ITSELF'));
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const wrong = accountProblem(input.number);
  if (wrong !== null) return faultPayload(wrong, ['number']);
  const account = {
    holder: textArgument(input.holder, 'holder', true),
    bank: textArgument(input.bank, 'bank', true),
    number: input.number.replace(/[\s-]/g, ''),
  };
  const outcome = await grantCommands.confirm({
    idempotencyKey,
    actor,
    now: clock.now(),
    grantId: input.grant,
    account,
    uscc,
  });
  return payloadOf(outcome, async (result) => ({ grant: (await stores.grants.byId([result]))[0] }));
};

export const reportPayment: NonNullable<MutationResolvers['reportPayment']> = async (
  _root,
  { input },
  { actor, clock, stores, grantCommands },
) => {
  requireRole(actor, ['OFFICER', 'SERVICE'], 'reportPayment');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const reason = textArgument(input.reason, 'reason', !input.settled);
  const outcome = await grantCommands.reportPayment({
    idempotencyKey,
    actor,
    now: clock.now(),
    orderId: input.order,
    settled: input.settled,
    reason,
    mayWrite: (department) => actor.department === department,
  });
  return payloadOf(outcome, async (result) => ({ grant: (await stores.grants.byId([result]))[0] }));
};
