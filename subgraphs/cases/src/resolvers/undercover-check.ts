import { hasRole, requireRole } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import type { Context } from '../context.js';
import { asStored, attachmentFaults } from '../domain/intake.js';
import type { InputFault } from '../domain/satisfaction.js';
import { checkFaults, undercoverCheckMoves } from '../domain/undercover-check.js';
import { said } from '../domain/refusal-words.js';
import type { MutationResolvers, QueryResolvers, UndercoverCheckResolvers } from '../generated/resolvers-types.js';
import type { UndercoverCheckRecord } from '../models/undercover-check.js';
import { noteFaults } from './mutations/changing.js';
import { firstArgument } from './mutations/first-argument.js';

export const undercoverQueries: Pick<QueryResolvers, 'undercoverChecks'> = {
  undercoverChecks: async (_root, { department, overdue, first }, { actor, stores, today }) => {
    const readsAll = hasRole(actor, 'COORDINATOR', 'AUDITOR');
    const own = readsAll ? undefined : (actor?.department ?? '');
    const lateOn = overdue ? today : undefined;
    const asked = department ?? undefined;
    if (own !== undefined && asked !== undefined && asked !== own) return [];
    return stores.undercoverChecks.list({ department: own ?? asked, lateOn }, firstArgument(first));
  },
};

const payload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ check: UndercoverCheckRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ check: await stores.undercoverChecks.byId(id) }));

const evidenceFaults = (evidence: readonly string[]): InputFault[] =>
  attachmentFaults(evidence).map((fault) => ({ ...fault, path: ['evidence', ...fault.path.slice(1)] }));

export const undercoverMutations: Pick<
  MutationResolvers,
  'recordUndercoverCheck' | 'reportRectification' | 'concludeRectification'
> = {
  recordUndercoverCheck: async (_root, { input }, context) => {
    const { actor, register, undercover } = context;
    requireRole(actor, ['COORDINATOR'], 'recordUndercoverCheck');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { manner, department, visitedOn } = input;
    const evidence = input.evidence ?? [];
    const items = input.items.map(({ aspect, isInOrder, finding }) => ({
      aspect,
      isInOrder,
      finding: typeof finding === 'string' ? asStored(finding) : null,
    }));
    const checkers = input.checkers.map(asStored);
    const rectifyBy = input.rectifyBy ?? null;
    const place = asStored(input.place);
    const faults = [
      ...checkFaults({ place, checkers, items, hasLastDay: rectifyBy !== null }),
      ...evidenceFaults(evidence),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const form = { manner, department, place, visitedOn, checkers, items, evidence: [...evidence], rectifyBy };
    const unknown = async () => register.faultsOf([{ kind: 'department', code: department, path: ['department'] }]);
    return payload(await undercover.record({ idempotencyKey, actor, unknown, form }), context);
  },
  reportRectification: async (_root, { input }, context) => {
    const { actor, undercover } = context;
    requireRole(actor, ['OFFICER'], 'reportRectification');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { id, expectedVersion, report, evidence } = input;
    const faults = [
      ...noteFaults('report', report),
      ...(evidence.length === 0 ? [{ path: ['evidence'], ...said('EVIDENCE_NEEDED') }] : []),
      ...evidenceFaults(evidence),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    return payload(
      await undercover.report({
        idempotencyKey,
        actor,
        id,
        expectedVersion,
        report: asStored(report),
        evidence: [...evidence],
      }),
      context,
    );
  },
  concludeRectification: async (_root, { input }, context) => {
    const { actor, undercover } = context;
    requireRole(actor, ['COORDINATOR'], 'concludeRectification');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { id, expectedVersion, isAccepted, note } = input;
    const rectifyBy = input.rectifyBy ?? null;
    const faults = [
      ...noteFaults('note', note),
      ...(isAccepted === (rectifyBy === null)
        ? []
        : [
            {
              path: ['rectifyBy'],
              ...said(isAccepted ? 'NOTHING_LEFT_TO_RECTIFY' : 'RECTIFIED_BY_ANOTHER_DAY'),
            },
          ]),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    return payload(
      await undercover.conclude({
        idempotencyKey,
        actor,
        id,
        expectedVersion,
        isAccepted,
        note: asStored(note),
        rectifyBy,
      }),
      context,
    );
  },
};

export const UndercoverCheck: UndercoverCheckResolvers = {
  department: ({ department }) => ({ code: department }),
  legalMoves: (check, _args, { actor }) => undercoverCheckMoves(check, actor),
  items: ({ items }) => [...items],
  evidence: ({ evidence }) => [...evidence],
  checkers: ({ checkers }) => [...checkers],
  isOverdue: ({ status, rectifyBy }, _args, { today }) =>
    status === 'TO_RECTIFY' && rectifyBy !== null && rectifyBy < today,
  overruns: ({ overruns }) => [...(overruns ?? [])],
  rectifications: ({ rectifications }) =>
    rectifications.map(({ evidence, ...each }) => ({ ...each, evidence: [...evidence] })),
};
