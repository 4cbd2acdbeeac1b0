import { requestedFields, requireRole } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import type { Context } from '../context.js';
import { awaited, briefingFaults, briefingMoves } from '../domain/briefing.js';
import { asStored, textFaults, TEXT_LIMITS } from '../domain/intake.js';
import type { BriefingResolvers, MutationResolvers, QueryResolvers } from '../generated/resolvers-types.js';
import type { BriefingRecord } from '../models/briefing.js';
import { storedFields } from './case-fields.js';
import { forReader } from './case-text.js';
import { firstArgument } from './mutations/first-argument.js';
import { noteFaults } from './mutations/changing.js';

const DOCUMENT = { longest: TEXT_LIMITS.name, shortest: 2 } as const;

export const briefingQueries: Pick<QueryResolvers, 'briefings'> = {
  briefings: async (_root, { unacknowledgedOnly, first }, { stores }) =>
    stores.briefings.latest(unacknowledgedOnly, firstArgument(first)),
};

const payload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ briefing: BriefingRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ briefing: await stores.briefings.byId(id) }));

export const briefingMutations: Pick<MutationResolvers, 'submitBriefing' | 'acknowledgeBriefing'> = {
  submitBriefing: async (_root, { input }, context) => {
    const { actor, briefings } = context;
    requireRole(actor, ['COORDINATOR'], 'submitBriefing');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { addressees, title, text, cases = [], issues = [] } = input;
    const form = { addressees, title, text, cases, issues };
    const faults = briefingFaults(form);
    if (faults.length > 0) return faultsPayload(faults);
    return payload(
      await briefings.submit({
        idempotencyKey,
        actor,
        addressees: [...addressees],
        title: asStored(title),
        text: asStored(text),
        cases: [...cases],
        issues: issues.map(({ category, keywords }) => ({ category, keywords: keywords.map(asStored) })),
      }),
      context,
    );
  },
  acknowledgeBriefing: async (_root, { input }, context) => {
    const { actor, briefings } = context;
    requireRole(actor, ['COORDINATOR'], 'acknowledgeBriefing');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { briefing, expectedVersion, leader, acknowledgedOn, instruction, document } = input;
    const faults = [
      ...(typeof instruction === 'string' ? noteFaults('instruction', instruction) : []),
      ...(typeof document === 'string' ? textFaults(document, ['document'], DOCUMENT) : []),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    return payload(
      await briefings.acknowledge({
        idempotencyKey,
        actor,
        briefing,
        expectedVersion,
        leader,
        acknowledgedOn,
        instruction: typeof instruction === 'string' ? asStored(instruction) : null,
        document: typeof document === 'string' ? asStored(document) : null,
      }),
      context,
    );
  },
};

/** What a briefing says, without what would tell who brought an anonymous case of it. */
async function words(text: string, { cases }: BriefingRecord, context: Context): Promise<string> {
  const records = await Promise.all(cases.map(async (caseNumber) => context.loaders.case(caseNumber, { fields: [] })));
  let shown = text;
  for (const record of records) if (record !== undefined) shown = await forReader(shown, record, context);
  return shown;
}

export const Briefing: BriefingResolvers = {
  legalMoves: (briefing, _args, { actor }) => briefingMoves(briefing, actor),
  addressees: ({ addressees }) => [...addressees],
  title: async (briefing, _args, context) => words(briefing.title, briefing, context),
  text: async (briefing, _args, context) => words(briefing.text, briefing, context),
  cases: async ({ cases }, _args, { loaders }, info) => {
    const fields = storedFields(requestedFields(info));
    const found = await Promise.all(cases.map(async (caseNumber) => loaders.case(caseNumber, { fields })));
    return found.filter((record) => record !== undefined);
  },
  issues: ({ issues }) => issues.map(({ keywords, ...issue }) => ({ ...issue, keywords: [...keywords] })),
  acknowledgements: async (briefing, _args, context) =>
    Promise.all(
      briefing.acknowledgements.map(async ({ instruction, document, ...acknowledgement }) => ({
        ...acknowledgement,
        instruction: instruction === null ? null : await words(instruction, briefing, context),
        document: document === null ? null : await words(document, briefing, context),
      })),
    ),
  awaited: (briefing) => awaited(briefing),
};
