import { requestedFields, requireRole } from '@zhitong/kit';
import { faultsPayload, idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import { textFaults } from '../domain/intake.js';
import { said } from '../domain/refusal-words.js';
import type {
  MutationResolvers,
  QueryResolvers,
  SpotCheckCommitmentResolvers,
  SpotCheckResolvers,
} from '../generated/resolvers-types.js';
import { storedFields } from './case-fields.js';
import { codeFaults } from './mutations/handling-mutations.js';
import { firstArgument } from './mutations/first-argument.js';
import type { Loaders } from '../loaders.js';
import type { SpotCheckRecord } from '../models/spot-check.js';

const MOST_IN_TEAM = 10;

export const spotCheckQueries: Pick<QueryResolvers, 'spotChecks' | 'spotCheck' | 'spotCheckCommitments'> = {
  spotCheckCommitments: async (_root, { first }, { stores }) => stores.spotChecks.commitments(firstArgument(first)),
  spotChecks: async (_root, { first }, { stores }) => stores.spotChecks.latest(firstArgument(first)),
  spotCheck: async (_root, { id }, { stores }) => stores.spotChecks.byId(id),
};

export const spotCheckMutations: Pick<MutationResolvers, 'commitSpotCheckSeed' | 'drawSpotCheck'> = {
  commitSpotCheckSeed: async (_root, { input }, { actor, spotChecks, stores }) => {
    requireRole(actor, ['COORDINATOR'], 'commitSpotCheckSeed');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { from, to } = input;
    const seedHash = input.seedHash.toLowerCase();
    if (!/^[0-9a-f]{64}$/.test(seedHash)) return faultsPayload([{ path: ['seedHash'], ...said('BAD_SHA256') }]);
    const outcome = await spotChecks.commitSeed({ idempotencyKey, actor, from, to, seedHash });
    return payloadOf(outcome, async (id) => ({ commitment: await stores.spotChecks.commitment(id) }));
  },
  drawSpotCheck: async (_root, { input }, { actor, register, spotChecks, stores }) => {
    requireRole(actor, ['COORDINATOR'], 'drawSpotCheck');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const seed = input.seed ?? null;
    const team = [...new Set(input.team ?? [])];
    const faults = [
      ...(seed === null ? [] : textFaults(seed, ['seed'], { longest: 100, shortest: 4 })),
      ...(team.length > MOST_IN_TEAM
        ? [{ path: ['team'], ...said('TOO_MANY_IN_TEAM', { most: MOST_IN_TEAM, length: team.length }) }]
        : []),
      ...team.flatMap((code, index) => codeFaults(code, ['team', String(index)])),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const outcome = await spotChecks.draw({
      idempotencyKey,
      actor,
      unknown: async () =>
        register.faultsOf(team.map((code, index) => ({ kind: 'department', code, path: ['team', String(index)] }))),
      from: input.from,
      to: input.to,
      seed,
      team,
    });
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
  team: ({ team }) => (team ?? []).map((code) => ({ code })),
  seedCommittedAt: ({ seedCommittedAt }) => seedCommittedAt ?? null,
  commitment: async ({ id, seedCommittedAt = null }, _args, { loaders }) =>
    seedCommittedAt === null ? null : loaders.commitment.load(id),
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

export const SpotCheckCommitment: SpotCheckCommitmentResolvers = {
  isSealed: ({ isSealed }) => isSealed === true,
};
