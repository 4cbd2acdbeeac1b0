import { requestedFields, requireRole } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import { asStored, textFaults, TEXT_LIMITS } from '../domain/intake.js';
import { typicalCaseMoves } from '../domain/typical-case.js';
import type { Context } from '../context.js';
import type { MutationResolvers, QueryResolvers, TypicalCaseResolvers } from '../generated/resolvers-types.js';
import type { TypicalCaseRecord } from '../models/typical-case.js';
import { storedFields } from './case-fields.js';
import { longTextFaults, noteFaults } from './mutations/changing.js';
import { firstArgument } from './mutations/first-argument.js';

export const typicalCaseQueries: Pick<QueryResolvers, 'typicalCases' | 'typicalCaseProposals'> = {
  typicalCases: async (_root, { first }, { stores }) => stores.typicalCases.published(firstArgument(first)),
  typicalCaseProposals: async (_root, { first }, { stores }) => stores.typicalCases.proposed(firstArgument(first)),
};

/** A command's outcome as a payload with the proposal as it stands now. */
const typicalCasePayload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ typicalCase: TypicalCaseRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ typicalCase: await stores.typicalCases.byId(id) }));

export const typicalCaseMutations: Pick<
  MutationResolvers,
  'proposeTypicalCase' | 'reviewTypicalCase' | 'retractTypicalCase'
> = {
  proposeTypicalCase: async (_root, { input }, context) => {
    const { actor, register, typicalCases } = context;
    requireRole(actor, ['COORDINATOR'], 'proposeTypicalCase');
    const { caseNumber, title } = input;
    const text = input.text ?? null;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = [
      ...textFaults(title, ['title'], { longest: TEXT_LIMITS.title }),
      ...(text === null ? [] : longTextFaults('text', text)),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    return typicalCasePayload(
      await typicalCases.propose({
        idempotencyKey,
        actor,
        register,
        caseNumber,
        title: asStored(title),
        text: text === null ? null : asStored(text),
        namesDepartment: input.namesDepartment === true,
      }),
      context,
    );
  },
  reviewTypicalCase: async (_root, { input }, context) => {
    const { actor, typicalCases } = context;
    requireRole(actor, ['COORDINATOR'], 'reviewTypicalCase');
    const { id, approve, note } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = noteFaults('note', note);
    if (faults.length > 0) return faultsPayload(faults);
    return typicalCasePayload(
      await typicalCases.review({ idempotencyKey, actor, id, approve, note: asStored(note) }),
      context,
    );
  },
  retractTypicalCase: async (_root, { input }, context) => {
    const { actor, typicalCases } = context;
    requireRole(actor, ['COORDINATOR'], 'retractTypicalCase');
    const { id, reason } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = noteFaults('reason', reason);
    if (faults.length > 0) return faultsPayload(faults);
    return typicalCasePayload(
      await typicalCases.retract({ idempotencyKey, actor, id, reason: asStored(reason) }),
      context,
    );
  },
};

export const TypicalCase: TypicalCaseResolvers = {
  department: ({ department }) => (department == null ? null : { code: department }),
  case: async ({ caseNumber }, _args, { loaders }, info) =>
    loaders.case(caseNumber, { fields: storedFields(requestedFields(info)) }),
  legalMoves: (record, _args, { actor }) => typicalCaseMoves(record, actor),
  retractedOn: ({ retractedOn }) => retractedOn ?? null,
  retractedBy: ({ retractedBy }) => retractedBy ?? null,
  retractionReason: ({ retractionReason }) => retractionReason ?? null,
};
