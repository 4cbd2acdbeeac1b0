import { badUserInput, forbidden, requireRole, type Actor } from '@zhitong/kit';
import { faultPayload, idempotencyKeyArgument, payloadOf, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai, valueOn } from '@zhitong/values';
import { mayKeepParameters } from '../domain/access.js';
import { standingValues } from '../domain/parameters/parameters.js';
import { parametersOfPolicy } from '../domain/parameters/resolve-parameters.js';
import { said } from '../domain/refusal-words.js';
import type { Context } from '../context.js';
import type { MutationResolvers, PolicyParameterResolvers, QueryResolvers } from '../generated/resolvers-types.js';
import type { ParameterRecord, ParameterValueRecord } from '../models/policy-parameter.js';
import { textArgument } from './mutations/mutation-input.js';

const MOST_NAMES = 100;
const ADDRESS = /^https?:\/\/[^\s<>"]{1,490}$/;

export const policyParameters: NonNullable<QueryResolvers['policyParameters']> = async (
  _root,
  { names },
  { stores },
) => {
  if ((names?.length ?? 0) > MOST_NAMES)
    throw badUserInput(said('NUMBER_OF_NAMES', { length: names?.length ?? 0, most: MOST_NAMES }), ['names']);
  return stores.parameters.definitions(names ?? null);
};

const recordsOf = async ({ name }: ParameterRecord, { loaders }: Context): Promise<ParameterValueRecord[]> =>
  (await loaders.parameterValues(name, null)) ?? [];

export const PolicyParameter: PolicyParameterResolvers = {
  legalMoves: (_parameter, _args, { actor }) => (mayKeepParameters(actor) ? ['RECORD_VALUE'] : []),
  valueOn: async (parameter, { day }, context) => {
    const asked = day ?? dayInShanghai(context.clock.now());
    return valueOn({ values: standingValues(await recordsOf(parameter, context)) }, asked);
  },
  values: async (parameter, _args, context) => standingValues(await recordsOf(parameter, context)),
  history: async (parameter, _args, context) => (await recordsOf(parameter, context)).toReversed(),
  policies: ({ name }, _args, { shelf }) =>
    shelf.all().filter(({ content }) => parametersOfPolicy(content).includes(name)),
};

export const definePolicyParameter: NonNullable<MutationResolvers['definePolicyParameter']> = async (
  _root,
  { input },
  context,
) => {
  const actor = keeper(context.actor, 'definePolicyParameter');
  const { name, label, meaning, unit, type } = input;
  const definition = { name, label: label.trim(), meaning: (meaning ?? '').trim(), unit: (unit ?? '').trim(), type };
  return parameterPayload(
    await context.parameterCommands.define({
      idempotencyKey: idempotencyKeyArgument(input.idempotencyKey),
      actor,
      now: context.clock.now(),
      definition,
    }),
    context,
  );
};

export const recordParameterValue: NonNullable<MutationResolvers['recordParameterValue']> = async (
  _root,
  { input },
  context,
) => {
  const actor = keeper(context.actor, 'recordParameterValue');
  const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
  const { parameter, from, until, value, corrects } = input;
  const sourceUrl = input.sourceUrl ?? '';
  const source = textArgument(input.source, 'source', true);
  if (sourceUrl !== '' && !ADDRESS.test(sourceUrl)) return faultPayload(said('BAD_SOURCE_URL'), ['sourceUrl']);
  const recorded = { parameter, from, until: until ?? null, value, source, sourceUrl, corrects: corrects ?? null };
  return parameterPayload(
    await context.parameterCommands.record({ idempotencyKey, actor, now: context.clock.now(), value: recorded }),
    context,
  );
};

function keeper(actor: Actor | null, operation: string): Actor {
  requireRole(actor, ['OFFICER', 'ADMIN'], operation);
  if (!mayKeepParameters(actor)) throw forbidden(said('PARAMETERS_KEPT_BY'));
  return actor;
}

/** A command's outcome as a payload with the parameter as it stands now. */
const parameterPayload = async (outcome: CommandOutcome<string>, { stores }: Context) =>
  payloadOf(outcome, async (name) => ({ parameter: (await stores.parameters.definitions([name]))[0] }));
