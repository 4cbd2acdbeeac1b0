import { requireRole, type Actor, type Role } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type InputFault,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import { asStored } from '@zhitong/values';
import type { Context } from '../../context.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import type { ProjectRecord } from '../../models/project.js';
import type { ProjectCommand } from '../../usecases/projects/project-commands.js';
import { halfDaysOf, nameFaults, noteFaults, optionalNoteFaults, storedOrNull } from './text-input.js';
import { said, saidOfText } from '../../domain/refusal-words.js';

type ProjectMutation =
  | 'planProject'
  | 'completeProjectStep'
  | 'openProjectApproval'
  | 'decideProjectApproval'
  | 'reportProjectBlock'
  | 'giveProjectTask'
  | 'finishProjectTask'
  | 'recordProjectInspection';

interface Aimed {
  readonly idempotencyKey: string;
  readonly project: string;
  readonly expectedVersion: number;
}

const LONGEST_TASK = 500;
const LONGEST_PROBLEM = 5_000;
const BY_LEAD: readonly Role[] = ['OFFICER', 'COORDINATOR'];

/** The command that an input aims at a project; `named` is what it names of the registry. */
function aimedAt(
  { idempotencyKey, project, expectedVersion }: Aimed,
  { actor, names }: { readonly actor: Actor; readonly names: Context['names'] },
  ...named: readonly Named[]
): ProjectCommand {
  return {
    idempotencyKey: idempotencyKeyArgument(idempotencyKey),
    actor,
    project,
    expectedVersion,
    unknown: named.length === 0 ? undefined : async () => names.faultsOf(named),
  };
}

/** A command's outcome as a payload with the project as it stands now. */
const projectPayload = async (
  outcome: CommandOutcome<string>,
  context: Context,
): Promise<{ project: ProjectRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => {
    const [project] = await context.stores.projects.byId([id]);
    return { project: project ?? null };
  });

export const projectMutations: Pick<Required<MutationResolvers>, ProjectMutation> = {
  planProject: async (_root, { input }, context) => {
    const { actor, projects, names } = context;
    requireRole(actor, BY_LEAD, 'planProject');
    const faults = optionalNoteFaults(input.reason, 'reason');
    const command = aimedAt(input, { actor, names });
    if (faults.length > 0) return faultsPayload(faults);
    const steps = input.steps.map(({ step, plannedOn }) => ({ step, plannedOn }));
    return projectPayload(await projects.plan(command, { steps, reason: storedOrNull(input.reason) }), context);
  },

  completeProjectStep: async (_root, { input }, context) => {
    const { actor, projects, names } = context;
    requireRole(actor, BY_LEAD, 'completeProjectStep');
    const { step, completedOn, note } = input;
    const faults = noteFaults(note, 'note');
    const command = aimedAt(input, { actor, names });
    if (faults.length > 0) return faultsPayload(faults);
    return projectPayload(await projects.completeStep(command, { step, completedOn, note: asStored(note) }), context);
  },

  openProjectApproval: async (_root, { input }, context) => {
    const { actor, projects, names } = context;
    requireRole(actor, BY_LEAD, 'openProjectApproval');
    const { step, matter, owner, receivedAt } = input;
    const halfDays = halfDaysOf(input.promisedDays);
    const faults: InputFault[] = [
      ...nameFaults(matter, 'matter'),
      ...(halfDays === null
        ? [{ path: ['promisedDays'], ...said('BAD_PROMISED_DAYS', { promisedDays: input.promisedDays.slice(0, 20) }) }]
        : []),
    ];
    const command = aimedAt(input, { actor, names }, { kind: 'department', code: owner, path: ['owner'] });
    if (faults.length > 0 || halfDays === null) return faultsPayload(faults);
    const opened = { step, matter: asStored(matter), owner, receivedAt: receivedAt.toISOString(), halfDays };
    return projectPayload(await projects.openApproval(command, opened), context);
  },

  decideProjectApproval: async (_root, { input }, context) => {
    const { actor, projects, names } = context;
    requireRole(actor, ['OFFICER'], 'decideProjectApproval');
    const { approval, outcome, note } = input;
    const pledge = input.pledge ?? null;
    const isOnPledge = outcome === 'GRANTED_ON_PLEDGE';
    const faults: InputFault[] = [
      ...noteFaults(note, 'note'),
      ...(isOnPledge === (pledge !== null)
        ? optionalNoteFaults(pledge, 'pledge')
        : [{ path: ['pledge'], ...said('PLEDGE_MISMATCH') }]),
      ...(typeof input.creditPledge === 'string' && !isOnPledge
        ? [{ path: ['creditPledge'], ...said('CREDIT_PLEDGE_MISMATCH') }]
        : []),
    ];
    const command = aimedAt(input, { actor, names });
    if (faults.length > 0) return faultsPayload(faults);
    const creditPledge = storedOrNull(input.creditPledge);
    const decided = {
      approval,
      outcome,
      note: asStored(note),
      pledge: storedOrNull(pledge),
      ...(creditPledge === null ? {} : { creditPledge }),
    };
    return projectPayload(await projects.decideApproval(command, decided), context);
  },

  reportProjectBlock: async (_root, { input }, context) => {
    const { actor, projects, names } = context;
    requireRole(actor, BY_LEAD, 'reportProjectBlock');
    const { step, fault, category, title, text } = input;
    const department = input.department ?? null;
    const faults: InputFault[] = [
      ...saidOfText(title, ['title'], { longest: 100, shortest: 5 }),
      ...saidOfText(text, ['text'], { longest: LONGEST_PROBLEM, shortest: 5 }),
      ...((fault === 'DEPARTMENT') === (department !== null)
        ? []
        : [{ path: ['department'], ...said('FAULT_DEPARTMENT_MISMATCH') }]),
    ];
    const named: readonly Named[] =
      department === null ? [] : [{ kind: 'department', code: department, path: ['department'] }];
    const command = aimedAt(input, { actor, names }, ...named);
    if (faults.length > 0) return faultsPayload(faults);
    const block = { step, fault, department, category, title: asStored(title), text: asStored(text) };
    return projectPayload(await projects.reportBlock(command, block), context);
  },

  giveProjectTask: async (_root, { input }, context) => {
    const { actor, projects, names } = context;
    requireRole(actor, BY_LEAD, 'giveProjectTask');
    const { step, official, matter, dueOn } = input;
    const faults = saidOfText(matter, ['matter'], { longest: LONGEST_TASK, shortest: 2 });
    const command = aimedAt(input, { actor, names });
    if (faults.length > 0) return faultsPayload(faults);
    return projectPayload(
      await projects.giveTask(command, { step, official, matter: asStored(matter), dueOn }),
      context,
    );
  },

  finishProjectTask: async (_root, { input }, context) => {
    const { actor, projects, names } = context;
    requireRole(actor, ['OFFICER'], 'finishProjectTask');
    const { task, note } = input;
    const faults = noteFaults(note, 'note');
    const command = aimedAt(input, { actor, names });
    if (faults.length > 0) return faultsPayload(faults);
    return projectPayload(await projects.finishTask(command, { task, note: asStored(note) }), context);
  },

  recordProjectInspection: async (_root, { input }, context) => {
    const { actor, projects, names } = context;
    requireRole(actor, ['COORDINATOR'], 'recordProjectInspection');
    const { inspectedOn, office, finding, measure, dueOn } = input;
    const faults = [...noteFaults(finding, 'finding'), ...optionalNoteFaults(measure, 'measure')];
    const command = aimedAt(input, { actor, names }, { kind: 'department', code: office, path: ['office'] });
    if (faults.length > 0) return faultsPayload(faults);
    const inspected = {
      inspectedOn,
      office,
      finding: asStored(finding),
      measure: storedOrNull(measure),
      dueOn: dueOn ?? null,
    };
    return projectPayload(await projects.inspect(command, inspected), context);
  },
};
