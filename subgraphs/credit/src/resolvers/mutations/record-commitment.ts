import { badUserInput, forbidden, usccArgument } from '@zhitong/kit';
import { idempotencyKeyArgument } from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import { mayWriteFor } from '../../domain/access.js';
import { MAX_CONDITIONS } from '../../domain/commitments/commitment.js';
import { said } from '../../domain/refusal-words.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { amountArgument, commitmentPayload, documentOf, requireOfficer } from './mutation-input.js';

const MOST_INSTALMENTS = 60;

export const recordCommitment: NonNullable<MutationResolvers['recordCommitment']> = async (
  _root,
  { input },
  context,
) => {
  const { actor, commands, ledgerOffice, register } = context;
  requireOfficer(actor, 'recordCommitment');
  if (!mayWriteFor(actor, input.promisor, ledgerOffice))
    throw forbidden(said('PROMISE_RECORDED_BY', { promisor: input.promisor, office: ledgerOffice }));
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const uscc = usccArgument(input.uscc, ['input', 'uscc']);
  if (!/^\d{6}$/.test(input.districtCode))
    throw badUserInput(said('BAD_DISTRICT', { value: JSON.stringify(input.districtCode.slice(0, 40)) }), [
      'input',
      'districtCode',
    ]);
  if (input.instalments.length > MOST_INSTALMENTS)
    throw badUserInput(said('TOO_MANY_INSTALMENTS', { most: MOST_INSTALMENTS }), ['input', 'instalments']);
  if ((input.conditions?.length ?? 0) > MAX_CONDITIONS)
    throw badUserInput(said('TOO_MANY_CONDITIONS', { most: MAX_CONDITIONS }), ['input', 'conditions']);
  const measure = input.deliverable ? ('DELIVERABLE' as const) : ('MONEY' as const);
  const instalments = input.instalments.map((instalment, index) => {
    const given = amountArgument(instalment, ['input', 'instalments', String(index)]);
    if (given.measure !== measure) throw badUserInput(said('OTHER_MEASURE'), ['input', 'instalments', String(index)]);
    return { no: index + 1, dueOn: instalment.dueOn, amount: given.amount };
  });
  const named: Named[] = [
    { kind: 'department', code: input.promisor, path: ['promisor'] },
    { kind: 'enterprise', code: uscc, path: ['uscc'] },
    { kind: 'region', code: input.districtCode, path: ['districtCode'] },
    ...(input.project ? [{ kind: 'project' as const, code: input.project, path: ['project'], of: uscc }] : []),
  ];
  const outcome = await commands.recordPromise({
    idempotencyKey,
    actor,
    unknown: async () => register.faultsOf(named),
    promisedOn: input.promisedOn,
    terms: {
      title: input.title,
      kind: input.kind,
      measure,
      promisor: input.promisor,
      uscc,
      projectId: input.project ?? null,
      districtCode: input.districtCode,
      document: input.document ? documentOf(input.document) : null,
      deliverable: input.deliverable ?? null,
      amount: instalments.reduce((sum, { amount }) => sum + amount, 0),
      instalments,
      conditions: (input.conditions ?? []).map((text, index) => ({ no: index + 1, text })),
      official: { name: input.official.name, post: input.official.post },
    },
  });
  return commitmentPayload(outcome, context);
};
