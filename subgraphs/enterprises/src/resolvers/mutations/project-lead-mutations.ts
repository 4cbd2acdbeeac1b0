import { requireRole } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type InputFault,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import { asStored, checkUscc, parseYuan } from '@zhitong/values';
import type { Context } from '../../context.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import type { ProjectLeadRecord } from '../../models/projects/project-lead.js';
import { nameFaults, noteFaults } from './text-input.js';
import { said, saidOfText, saidOfUscc } from '../../domain/refusal-words.js';

type LeadMutation = 'registerProjectLead' | 'holdAdmissionMeeting' | 'signProject';

const MOST_OPINIONS = 30;
const LONGEST_SUMMARY = 2_000;

/** A command's outcome as a payload with the project that is talked about as it stands now. */
const leadPayload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ lead: ProjectLeadRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ lead: await stores.projectLeads.byId(id) }));

export const projectLeadMutations: Pick<Required<MutationResolvers>, LeadMutation> = {
  registerProjectLead: async (_root, { input }, context) => {
    const { actor, leads, names } = context;
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'registerProjectLead');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { name, investor, region, leadDepartment, summary } = input;
    const sum = parseYuan(input.investment);
    const faults: InputFault[] = [
      ...nameFaults(name, 'name'),
      ...nameFaults(investor, 'investor'),
      ...saidOfText(summary, ['summary'], { longest: LONGEST_SUMMARY, shortest: 5 }),
      ...(sum.ok && sum.fen > 0 ? [] : [{ path: ['investment'], ...said('BAD_INVESTMENT') }]),
    ];
    if (faults.length > 0 || !sum.ok) return faultsPayload(faults);
    const lead = {
      name: asStored(name),
      investor: asStored(investor),
      regionCode: region,
      leadDepartmentCode: leadDepartment,
      investmentFen: sum.fen,
      summary: asStored(summary),
    };
    const unknown = async () =>
      names.faultsOf([
        { kind: 'region', code: region, path: ['region'] },
        { kind: 'department', code: leadDepartment, path: ['leadDepartment'] },
      ]);
    return leadPayload(await leads.register({ idempotencyKey, actor, unknown, lead }), context);
  },

  holdAdmissionMeeting: async (_root, { input }, context) => {
    const { actor, leads, names } = context;
    requireRole(actor, ['COORDINATOR'], 'holdAdmissionMeeting');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { lead, expectedVersion, heldOn, chairedBy, opinions, decision, reason } = input;
    const faults = [
      ...nameFaults(chairedBy, 'chairedBy'),
      ...noteFaults(reason, 'reason'),
      ...(opinions.length > MOST_OPINIONS
        ? [
            {
              path: ['opinions'],
              ...said('TOO_MANY_OPINIONS', { most: MOST_OPINIONS, opinionsCount: opinions.length }),
            },
          ]
        : opinions.flatMap(({ text }, at) => noteFaults(text, 'opinions', String(at), 'text'))),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const meeting = {
      heldOn,
      chairedBy: asStored(chairedBy),
      opinions: opinions.map(({ aspect, department, opinion, text }) => ({
        aspect,
        department,
        opinion,
        text: asStored(text),
      })),
      decision,
      reason: asStored(reason),
    };
    const unknown = async () =>
      names.faultsOf(
        opinions.map(({ department }, at) => ({
          kind: 'department',
          code: department,
          path: ['opinions', String(at), 'department'],
        })),
      );
    return leadPayload(
      await leads.holdMeeting({ idempotencyKey, actor, unknown, lead, expectedVersion, meeting }),
      context,
    );
  },

  signProject: async (_root, { input }, context) => {
    const { actor, leads, names } = context;
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'signProject');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { lead, expectedVersion, signedOn, track, steward } = input;
    const uscc = checkUscc(input.uscc, { irregular: 'accept' });
    if (!uscc.ok) return faultsPayload([{ path: ['uscc'], ...saidOfUscc(uscc, input.uscc) }]);
    const signing = { uscc: uscc.uscc, signedOn, track, stewardId: steward };
    const unknown = async () => names.faultsOf([{ kind: 'enterprise', code: uscc.uscc, path: ['uscc'] }]);
    return leadPayload(await leads.sign({ idempotencyKey, actor, unknown, lead, expectedVersion, signing }), context);
  },
};
