import { forbid, notThere, Raced, refuseFaults, type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { departmentUnavailable } from '@zhitong/kit';
import { GraphUnreachable } from '@zhitong/kit/graph';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import type { Caller } from '../../domain/access.js';
import type { FindingCategory } from '../../domain/visits/finding.js';
import type { ProjectChange, ProjectEvent } from '../../domain/projects/project-event.js';
import { lifeOf, type ProjectLife } from '../../domain/projects/project-life.js';
import { barredWords, pledgeFault, type ApplicantCredit } from '../../domain/projects/pledge-gate.js';
import {
  canDecide,
  canFinish,
  mayReportBlock,
  MOST_CHANGES,
  takesChanges,
} from '../../domain/projects/project-moves.js';
import { isOfficerOf, mayLead } from '../../domain/projects/project-rights.js';
import { completionFaults, planFaults, stageAfter } from '../../domain/projects/project-rules.js';
import type { CreditGate, CreditQuestion } from '../../graph/credit-gate.js';
import type { ProjectRecord } from '../../models/project.js';
import { reportProblem } from '../reported-problems.js';
import { requireServing } from '../held-officials.js';
import type { CommandTools } from '../command-tools.js';
import { said } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

type Change<Type extends ProjectChange['type']> = Omit<Extract<ProjectChange, { type: Type }>, 'type'>;

/** A change of a project in the version that the person saw. */
export interface ProjectCommand extends CommandBase {
  readonly actor: CommandBase['actor'] & Caller & { readonly sub: string };
  readonly project: string;
  readonly expectedVersion: number;
}

/** A blocking point to report. */
export type NewBlock = Omit<Change<'BLOCKED'>, 'problem'> & {
  readonly category: FindingCategory;
  readonly title: string;
  readonly text: string;
};

/** The project as it stands when a change is decided on. */
interface Standing {
  readonly record: ProjectRecord;
  readonly life: ProjectLife;
  readonly today: LegalDay;
  readonly session: ClientSession;
}

/** What the credit department says, or that it says nothing: who may not decide learns neither. */
async function askedOf(credit: CreditGate, question: CreditQuestion): Promise<ApplicantCredit | GraphUnreachable> {
  try {
    return await credit.approval(question);
  } catch (error) {
    if (error instanceof GraphUnreachable) return error;
    throw error;
  }
}

/** Ends the command unless the applicant may be granted something on a pledge. */
function requirePledgeable(told: ApplicantCredit | GraphUnreachable | null, creditPledge: string | null): void {
  if (told === null || told instanceof GraphUnreachable)
    throw departmentUnavailable(
      `The credit department does not answer, so nobody can say whether the applicant may pledge; nothing was decided. Try again later.${told === null ? '' : ` (${told.message})`}`,
      'credit',
    );
  const { bars } = told;
  if (bars.length > 0) {
    const { en, zh } = barredWords(bars);
    refuseSaid('NOT_ELIGIBLE', said('BARRED_FROM_PLEDGING', { bars: en, barsInChinese: zh }), ['outcome'], { bars });
  }
  const fault = pledgeFault(creditPledge, told.pledgeState);
  if (fault !== null) refuseFaults([{ path: ['creditPledge'], ...fault }]);
}

const saidNoAgent = (id: string) => said('NO_AGENT', { id: id.slice(0, 40) });

export type ProjectCommands = ReturnType<typeof projectCommands>;

/** What happens to a signed project. Each command is one transaction: history, stage and event are written or none. */
export function projectCommands({
  runner,
  stores,
  outbox,
  clock,
  credit,
}: CommandTools & { readonly credit: CreditGate }) {
  const change = async (
    name: string,
    { project, expectedVersion, ...command }: ProjectCommand,
    request: object,
    decide: (standing: Standing) => ProjectChange | Promise<ProjectChange>,
    /** Asks elsewhere, before the transaction, what the decision rests on. */
    prepare: () => Promise<void> = async () => Promise.resolve(),
  ): Promise<CommandOutcome<string>> => {
    const { actor, idempotencyKey, unknown } = command;
    return runner.prepareAndRun(
      { idempotencyKey, actor, unknown, name, request: { project, expectedVersion, ...request } },
      async () => {
        await prepare();
        return async (session, requireNames) => {
          const record = await stores.projects.current(project, session);
          if (record === null) return notThere(said('NO_PROJECT_HERE', { project: project.slice(0, 40) }));
          const life = lifeOf(await stores.projectEvents.of(project, session));
          if (record.stage === 'TERMINATED')
            return refuseSaid('ILLEGAL_STATE', said('PROJECT_TERMINATED'), ['project'], {
              stage: record.stage,
            });
          const now = clock.now();
          const standing = { record, life, today: dayInShanghai(now), session };
          const made = await decide(standing);
          requireNames();
          if (life.version !== expectedVersion)
            return refuseSaid(
              'STALE_VERSION',
              said('PROJECT_CHANGED', { version: life.version, expectedVersion }),
              ['expectedVersion'],
              { currentVersion: life.version },
            );
          if (!takesChanges(record, life))
            return refuseSaid('ILLEGAL_STATE', said('PROJECT_HISTORY_FULL', { most: MOST_CHANGES }), ['project']);
          const event: ProjectEvent = {
            project,
            seq: life.version + 1,
            at: now.toISOString(),
            by: actor.sub,
            department: actor.department ?? null,
            change: made,
          };
          await stores.projectEvents.append(event, session);
          const stage = stageAfter(made, record.stage);
          if (
            stage !== undefined &&
            !(await stores.projects.setStage(project, { from: record.stage, to: stage }, session))
          )
            throw new Raced();
          await outbox.append(
            [
              {
                type: `cn.zhitong.project.${made.type.toLowerCase().replaceAll('_', '-')}`,
                subject: project,
                data: { project, uscc: record.uscc, version: event.seq },
              },
            ],
            { session },
          );
          return project;
        };
      },
    );
  };
  const requireLead = (actor: Caller, { leadDepartmentCode }: ProjectRecord): void => {
    if (!mayLead(actor, leadDepartmentCode)) forbid(said('LED_BY'));
  };

  return {
    plan: async (command: ProjectCommand, plan: Change<'PLANNED'>): Promise<CommandOutcome<string>> =>
      change('planProject', command, plan, ({ record, life }) => {
        requireLead(command.actor, record);
        const faults = planFaults(plan, { life, signedOn: record.signedOn });
        return faults.length > 0 ? refuseFaults(faults) : { type: 'PLANNED', ...plan };
      }),

    completeStep: async (command: ProjectCommand, done: Change<'STEP_COMPLETED'>): Promise<CommandOutcome<string>> =>
      change('completeProjectStep', command, done, ({ record, life, today }) => {
        requireLead(command.actor, record);
        const faults = completionFaults(done, { life, signedOn: record.signedOn, today });
        return faults.length > 0 ? refuseFaults(faults) : { type: 'STEP_COMPLETED', ...done };
      }),

    openApproval: async (
      command: ProjectCommand,
      opened: Omit<Change<'APPROVAL_OPENED'>, 'approval'>,
    ): Promise<CommandOutcome<string>> =>
      change('openProjectApproval', command, opened, ({ record, life }) => {
        requireLead(command.actor, record);
        const { receivedAt, step } = opened;
        if (receivedAt > clock.now().toISOString() || dayInShanghai(receivedAt) < record.signedOn)
          return refuseFaults([
            {
              path: ['receivedAt'],
              ...said('RECEIVED_OUTSIDE', { receivedAt, signedOn: record.signedOn }),
            },
          ]);
        const done = life.steps.find((state) => state.step === step)?.completedOn ?? null;
        if (done !== null) return refuseFaults([{ path: ['step'], ...said('STEP_DONE', { step, done }) }]);
        return { type: 'APPROVAL_OPENED', ...opened, approval: life.approvals.length + 1 };
      }),

    /**
     * Decides an approval. On a pledge the credit department is asked on the day of the decision.
     * @throws GraphQLError DEPARTMENT_UNAVAILABLE while it does not answer; nothing is decided then
     */
    decideApproval: async (
      command: ProjectCommand,
      decided: Change<'APPROVAL_DECIDED'>,
    ): Promise<CommandOutcome<string>> => {
      const standsOnPledge = decided.outcome === 'GRANTED_ON_PLEDGE';
      let told: ApplicantCredit | GraphUnreachable | null = null;
      return change(
        'decideProjectApproval',
        command,
        decided,
        ({ life }) => {
          const approval = life.approvals.find((one) => one.approval === decided.approval);
          // Who leads the project does not decide in another department's place.
          if (!isOfficerOf(command.actor, ...life.approvals.map(({ owner }) => owner)))
            return forbid(said('APPROVAL_DECIDED_BY_ITS_OWNER'));
          if (approval === undefined)
            return refuseFaults([{ path: ['approval'], ...said('NO_APPROVAL', { approval: decided.approval }) }]);
          if (!isOfficerOf(command.actor, approval.owner))
            return forbid(said('APPROVAL_OF_ANOTHER', { approval: decided.approval, owner: approval.owner }));
          if (!canDecide(approval, command.actor))
            return refuseSaid('ILLEGAL_STATE', said('APPROVAL_DECIDED', { approval: decided.approval }), ['approval'], {
              outcome: approval.decision?.outcome ?? null,
            });
          if (standsOnPledge) requirePledgeable(told, decided.creditPledge ?? null);
          return { type: 'APPROVAL_DECIDED', ...decided };
        },
        async () => {
          const [record] = standsOnPledge ? await stores.projects.byId([command.project]) : [];
          const { department } = command.actor;
          if (record === undefined || department === undefined) return;
          told = await askedOf(credit, { uscc: record.uscc, department, pledge: decided.creditPledge ?? null });
        },
      );
    },

    reportBlock: async (command: ProjectCommand, block: NewBlock): Promise<CommandOutcome<string>> =>
      change('reportProjectBlock', command, block, async ({ record, life, session }) => {
        const { actor } = command;
        const { leadDepartmentCode, uscc, id, region, stewardId } = record;
        const [steward] = await stores.officials.byId([stewardId]);
        if (!mayReportBlock(actor, { leadDepartmentCode, steward: steward?.departmentCode ?? null }, life))
          return forbid(said('BLOCK_REPORTED_BY'));
        const { step, fault, department, category, title, text } = block;
        const problem = await reportProblem(
          { stores, outbox },
          {
            origin: 'PROJECT_BLOCKING_POINT',
            originId: id,
            uscc,
            category,
            title,
            text,
            region: region.code,
            reportedBy: actor.sub,
            department: actor.department ?? leadDepartmentCode,
            reportedAt: clock.now(),
          },
          session,
        );
        return { type: 'BLOCKED', problem, step, fault, department };
      }),

    giveTask: async (
      command: ProjectCommand,
      task: Omit<Change<'TASK_GIVEN'>, 'task'>,
    ): Promise<CommandOutcome<string>> =>
      change('giveProjectTask', command, task, async ({ record, life, today, session }) => {
        requireLead(command.actor, record);
        const { official: id } = task;
        await requireServing([{ id, path: ['official'], unknown: saidNoAgent(id) }], stores, session);
        if (task.dueOn < today)
          return refuseFaults([{ path: ['dueOn'], ...said('DAY_PASSED', { dueOn: task.dueOn }) }]);
        return { type: 'TASK_GIVEN', ...task, task: life.tasks.length + 1 };
      }),

    finishTask: async (command: ProjectCommand, done: Change<'TASK_DONE'>): Promise<CommandOutcome<string>> =>
      change('finishProjectTask', command, done, async ({ record, life }) => {
        const task = life.tasks.find((one) => one.task === done.task);
        if (task === undefined) {
          requireLead(command.actor, record);
          return refuseFaults([{ path: ['task'], ...said('NO_TASK', { task: done.task }) }]);
        }
        const [agent] = await stores.officials.byId([task.official]);
        if (agent === undefined) return refuseFaults([{ path: ['official'], ...saidNoAgent(task.official) }]);
        if (!isOfficerOf(command.actor, agent.departmentCode)) return forbid(said('TASK_FINISHED_BY'));
        const { doneOn } = task;
        if (!canFinish(task, agent.departmentCode, command.actor))
          return refuseSaid('ILLEGAL_STATE', said('TASK_FINISHED', { task: done.task, doneOn: doneOn ?? '' }), [
            'task',
          ]);
        return { type: 'TASK_DONE', ...done };
      }),

    inspect: async (
      command: ProjectCommand,
      inspected: Omit<Change<'INSPECTED'>, 'inspection'>,
    ): Promise<CommandOutcome<string>> =>
      change('recordProjectInspection', command, inspected, ({ record, life, today }) => {
        const { inspectedOn, measure, dueOn } = inspected;
        if (inspectedOn > today || inspectedOn < record.signedOn)
          return refuseFaults([
            {
              path: ['inspectedOn'],
              ...said('INSPECTION_DAY_OUTSIDE', { inspectedOn, signedOn: record.signedOn }),
            },
          ]);
        if ((measure === null) !== (dueOn === null) || (dueOn !== null && dueOn < inspectedOn))
          return refuseFaults([{ path: ['dueOn'], ...said('MEASURE_DAY_MISMATCH') }]);
        return { type: 'INSPECTED', ...inspected, inspection: life.inspections.length + 1 };
      }),
  };
}
