import { requestedFields, requireRole } from '@zhitong/kit';
import { faultsPayload, idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import { textFaults } from '../domain/intake.js';
import type { MutationResolvers, QueryResolvers, SpotCheckResolvers } from '../generated/resolvers-types.js';
import { storedFields } from './case-fields.js';
import { firstArgument } from './mutations/first-argument.js';
import type { Loaders } from '../loaders.js';
import type { SpotCheckRecord } from '../models/spot-check.js';

export const spotCheckQueries: Pick<QueryResolvers, 'spotChecks' | 'spotCheck'> = {
  spotChecks: async (_root, { first }, { stores }) => stores.spotChecks.latest(firstArgument(first)),
  spotCheck: async (_root, { id }, { stores }) => stores.spotChecks.byId(id),
};

export const spotCheckMutations: Pick<MutationResolvers, 'drawSpotCheck'> = {
  drawSpotCheck: async (_root, { input }, { actor, spotChecks, stores }) => {
    requireRole(actor, ['COORDINATOR'], 'drawSpotCheck');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const seed = input.seed ?? null;
    const faults = seed === null ? [] : textFaults(seed, ['seed'], { longest: 100, shortest: 4 });
    if (faults.length > 0) return faultsPayload(faults);
    const outcome = await spotChecks.draw({ idempotencyKey, actor, from: input.from, to: input.to, seed });
    return payloadOf(outcome, async (id) => ({ spotCheck: await stores.spotChecks.byId(id) }));
  },
};

/** The outcomes of a draw's checks: null while there is no finding. */
async function outcomes({ id, drawn }: SpotCheckRecord, { loaders }: { loaders: Loaders }): Promise<(string | null)[]> {
  const records = await Promise.all(drawn.map(async (caseNumber) => loaders.case(caseNumber, { fields: ['checks'] })));
  return records.flatMap(
    (record) => record?.checks?.filter((check) => check.drawId === id).map(({ outcome }) => outcome) ?? [],
  );
}

export const SpotCheck: SpotCheckResolvers = {
  population: async ({ id }, _args, { loaders }) => [...((await loaders.population(id, null)) ?? [])],
  drawn: async ({ drawn }, _args, { loaders }, info) => {
    const fields = storedFields(requestedFields(info));
    const found = await Promise.all(drawn.map(async (caseNumber) => loaders.case(caseNumber, { fields })));
    return found.filter((record) => record !== undefined);
  },
  pending: async (record, _args, context) =>
    (await outcomes(record, context)).filter((outcome) => outcome === null).length,
  confirmed: async (record, _args, context) => {
    const found = (await outcomes(record, context)).filter((outcome) => outcome !== null);
    return { numerator: found.filter((outcome) => outcome === 'CONFIRMED').length, denominator: found.length };
  },
};
