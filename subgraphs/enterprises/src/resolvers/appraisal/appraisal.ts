import { forbidden, requireRole } from '@zhitong/kit';
import { hasRole } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type InputFault,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import { asStored, dayInShanghai } from '@zhitong/values';
import { appraisalMoves } from '../../domain/appraisal/appraisal-moves.js';
import type { Context } from '../../context.js';
import { isOpenOn } from '../../domain/appraisal/appraisal.js';
import type {
  AppraisalMeasuresResolvers,
  AppraisalResolvers,
  AppraisalResultResolvers,
  MutationResolvers,
  QueryResolvers,
} from '../../generated/resolvers-types.js';
import type { AppraisalRecord } from '../../models/appraisal/appraisal.js';
import { requiredDepartment } from '../department.js';
import { nameFaults, noteFaults } from '../mutations/text-input.js';
import { said, saidOfText } from '../../domain/refusal-words.js';

type AppraisalMutation =
  'planAppraisal' | 'drawAppraisal' | 'answerAppraisal' | 'publishAppraisal' | 'stateAppraisalMeasures';

const MOST_SHOWN = 40;
const MOST_DEPARTMENTS = 100;
const LARGEST_SAMPLE = 5_000;
const SEED = { longest: 100, shortest: 16 };

/** A command's outcome as a payload with the round as it stands now. */
const appraisalPayload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ appraisal: AppraisalRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ appraisal: await stores.appraisals.byId(id) }));

export const appraisalQueries: Pick<QueryResolvers, 'appraisals' | 'appraisal' | 'appraisalsToAnswer'> = {
  appraisals: async (_root, _args, { stores }) => stores.appraisals.latest(MOST_SHOWN),
  appraisal: async (_root, { id }, { stores }) => stores.appraisals.byId(id),
  appraisalsToAnswer: async (_root, _args, { actor, stores, clock }) => {
    if (actor?.uscc === undefined || !hasRole(actor, 'ENTERPRISE')) throw forbidden(said('ASKED_IS_FOR'));
    const ids = await stores.blindAnswers.unansweredBy(actor.uscc);
    const today = dayInShanghai(clock.now());
    return (await stores.appraisals.latest(MOST_SHOWN)).filter(
      (round) => ids.includes(round.id) && isOpenOn(round, today),
    );
  },
};

export const appraisalMutations: Pick<Required<MutationResolvers>, AppraisalMutation> = {
  planAppraisal: async (_root, { input }, context) => {
    const { actor, appraisal, names } = context;
    requireRole(actor, ['COORDINATOR'], 'planAppraisal');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { title, strata, opensOn, closesOn } = input;
    const departments = [...new Set(input.departments)];
    const hash = input.seedHash.toLowerCase();
    const asked = strata.reduce((sum, { size }) => sum + size, 0);
    const faults: InputFault[] = [
      ...nameFaults(title, 'title'),
      ...(departments.length >= 1 && departments.length <= MOST_DEPARTMENTS
        ? []
        : [
            {
              path: ['departments'],
              ...said('APPRAISED_COUNT', { most: MOST_DEPARTMENTS, departmentsCount: departments.length }),
            },
          ]),
      ...(/^[\da-f]{64}$/.test(hash) ? [] : [{ path: ['seedHash'], ...said('BAD_SEED_HASH') }]),
      ...strata.flatMap(({ scale, size }, at): InputFault[] => [
        ...(size >= 1 ? [] : [{ path: ['strata', String(at), 'size'], ...said('BAD_STRATUM_SIZE', { size }) }]),
        ...(strata.findIndex((other) => other.scale === scale) < at
          ? [{ path: ['strata', String(at), 'scale'], ...said('STRATUM_TWICE', { scale }) }]
          : []),
      ]),
      ...(asked >= 1 && asked <= LARGEST_SAMPLE
        ? []
        : [{ path: ['strata'], ...said('BAD_SAMPLE_SIZE', { largestSample: LARGEST_SAMPLE, asked }) }]),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const unknown = async () =>
      names.faultsOf(departments.map((code, at) => ({ kind: 'department', code, path: ['departments', String(at)] })));
    const round = {
      title: asStored(title),
      departments,
      strata: strata.map(({ scale, size }) => ({ scale, size })),
      seedHash: hash,
      opensOn,
      closesOn,
    };
    return appraisalPayload(await appraisal.plan({ idempotencyKey, actor, unknown, round }), context);
  },

  drawAppraisal: async (_root, { input }, context) => {
    const { actor, appraisal } = context;
    requireRole(actor, ['COORDINATOR'], 'drawAppraisal');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = saidOfText(input.seed, ['seed'], SEED);
    if (faults.length > 0) return faultsPayload(faults);
    return appraisalPayload(
      await appraisal.draw({ idempotencyKey, actor, appraisal: input.appraisal, seed: input.seed }),
      context,
    );
  },

  answerAppraisal: async (_root, { input }, context) => {
    const { actor, appraisal } = context;
    requireRole(actor, ['ENTERPRISE'], 'answerAppraisal');
    if (actor.uscc === undefined) throw forbidden(said('ANSWERS_FOR_ITSELF'));
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    if (input.grades.length > MOST_DEPARTMENTS)
      return faultsPayload([
        { path: ['grades'], ...said('TOO_MANY_GRADES', { most: MOST_DEPARTMENTS, gradesCount: input.grades.length }) },
      ]);
    const grades = input.grades.map(({ department, process, result }) => ({ department, process, result }));
    return appraisalPayload(
      await appraisal.answer({ idempotencyKey, actor, appraisal: input.appraisal, uscc: actor.uscc, grades }),
      context,
    );
  },

  publishAppraisal: async (_root, { input }, context) => {
    const { actor, appraisal } = context;
    requireRole(actor, ['COORDINATOR'], 'publishAppraisal');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    return appraisalPayload(await appraisal.publish({ idempotencyKey, actor, appraisal: input.appraisal }), context);
  },

  stateAppraisalMeasures: async (_root, { input }, context) => {
    const { actor, appraisal } = context;
    requireRole(actor, ['OFFICER'], 'stateAppraisalMeasures');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { causes, measures, dueOn } = input;
    const faults = [...noteFaults(causes, 'causes'), ...noteFaults(measures, 'measures')];
    if (faults.length > 0) return faultsPayload(faults);
    const stated = { causes: asStored(causes), measures: asStored(measures), dueOn };
    return appraisalPayload(
      await appraisal.stateMeasures({ idempotencyKey, actor, appraisal: input.appraisal, stated }),
      context,
    );
  },
};

export const Appraisal: AppraisalResolvers = {
  departments: async ({ departments }, _args, { loaders }) =>
    Promise.all(departments.map(async (code) => requiredDepartment(code, loaders))),
  strata: ({ strata, draw }) =>
    strata.map(({ scale, size }) => {
      const drawn = draw?.strata.find((stratum) => stratum.scale === scale);
      return { scale, size, population: drawn?.population ?? null, drawn: drawn?.drawn ?? null };
    }),
  seed: ({ draw }) => draw?.seed ?? null,
  drawnOn: ({ draw }) => draw?.on ?? null,
  populationDigest: ({ draw }) => draw?.population ?? null,
  publishedOn: ({ published }) => published?.on ?? null,
  answered: ({ published }) =>
    published === null ? null : { numerator: published.answered, denominator: published.asked },
  results: ({ published }) => (published === null ? null : [...published.results]),
  measures: ({ measures }) => [...measures],
  legalMoves: (round, _args, { actor, clock }) => appraisalMoves(round, actor, dayInShanghai(clock.now())),
};

export const AppraisalResult: AppraisalResultResolvers = {
  department: async ({ department }, _args, { loaders }) => requiredDepartment(department, loaders),
};

export const AppraisalMeasures: AppraisalMeasuresResolvers = {
  department: async ({ department }, _args, { loaders }) => requiredDepartment(department, loaders),
};
