import { dayInShanghai, halfDaysText, moneyOfFen } from '@zhitong/values';
import type { Context } from '../../context.js';
import { barredOn, isGranted, lifeOf } from '../../domain/projects/project-life.js';
import { canDecide, canFinish, projectMoves, takesChanges } from '../../domain/projects/project-moves.js';
import { standingOf, type ProjectStanding } from '../../domain/projects/standing.js';
import type {
  MajorProjectApprovalResolvers,
  MajorProjectResolvers,
  ProjectApprovalResolvers,
  ProjectBlockResolvers,
  ProjectChangeResolvers,
  ProjectDelayResolvers,
  ProjectInspectionResolvers,
  ProjectLifeResolvers,
  ProjectTaskResolvers,
} from '../../generated/resolvers-types.js';
import type { ProjectRecord } from '../../models/project.js';
import type { ReportedProblemRecord } from '../../models/reported-problem.js';
import type { ProjectLifeView } from '../../records.js';
import { requiredDepartment } from '../department.js';
import { officialWith } from '../official.js';

/** What a project has gone through. */
export async function projectLife(
  record: ProjectRecord,
  { loaders }: Pick<Context, 'loaders'>,
): Promise<ProjectLifeView> {
  const events = (await loaders.projectHistory(record.id, null)) ?? [];
  return { record, events, life: lifeOf(events) };
}

async function problemsOf(
  { record }: ProjectLifeView,
  { loaders }: Pick<Context, 'loaders'>,
): Promise<Map<string, ReportedProblemRecord>> {
  return new Map(((await loaders.projectProblems(record.id, null)) ?? []).map((problem) => [problem.id, problem]));
}

async function standing(view: ProjectLifeView, context: Context): Promise<ProjectStanding> {
  const { clock, calendar } = context;
  const problems = await problemsOf(view, context);
  return standingOf(view.life, {
    signedOn: view.record.signedOn,
    now: clock.now(),
    calendar,
    stepsOf: (problem) => problems.get(problem)?.steps ?? [],
  });
}

export const ProjectLife: ProjectLifeResolvers = {
  version: ({ life }) => life.version,
  steps: async (view, _args, context) => [...(await standing(view, context)).steps],
  approvals: async (view, _args, context) => {
    const isOpen = takesChanges(view.record, view.life);
    return (await standing(view, context)).approvals.map((approval) => ({ ...approval, isOpen }));
  },
  blocks: async (view, _args, context) => {
    const problems = await problemsOf(view, context);
    return (await standing(view, context)).blocks.map((block) => ({
      ...block,
      reported: problems.get(block.problem) ?? null,
    }));
  },
  tasks: ({ record, life }, _args, { clock }) => {
    const today = dayInShanghai(clock.now());
    const isOpen = takesChanges(record, life);
    return life.tasks.map((task) => ({
      ...task,
      of: record.uscc,
      isLate: (task.doneOn ?? today) > task.dueOn,
      isOpen,
    }));
  },
  inspections: ({ life }) => [...life.inspections],
  history: ({ events }) => [...events],
  legalMoves: async ({ record, life }, _args, { actor, loaders }) => {
    const steward = await loaders.official.load(record.stewardId);
    return projectMoves({ ...record, steward: steward?.departmentCode ?? null }, life, actor);
  },
};

export const ProjectDelay: ProjectDelayResolvers = {
  department: async ({ department }, _args, { loaders }) =>
    department === null ? null : requiredDepartment(department, loaders),
};

export const ProjectApproval: ProjectApprovalResolvers = {
  number: ({ approval }) => approval,
  owner: async ({ owner }, _args, { loaders }) => requiredDepartment(owner, loaders),
  receivedAt: ({ receivedAt }) => new Date(receivedAt),
  promisedDays: ({ halfDays }) => halfDaysText(halfDays),
  outcome: ({ decision }) => decision?.outcome ?? null,
  decidedAt: ({ decision }) => (decision === null ? null : new Date(decision.decidedAt)),
  note: ({ decision }) => decision?.note ?? null,
  pledge: ({ decision }) => decision?.pledge ?? null,
  creditPledge: ({ decision }) => decision?.creditPledge ?? null,
  barredSince: (approval, _args, { clock }) => barredOn(approval, dayInShanghai(clock.now()))?.since ?? null,
  barredUntil: (approval, _args, { clock }) => barredOn(approval, dayInShanghai(clock.now()))?.until ?? null,
  legalMoves: (approval, _args, { actor }) => (approval.isOpen && canDecide(approval, actor) ? ['DECIDE'] : []),
};

export const ProjectBlock: ProjectBlockResolvers = {
  department: async ({ department }, _args, { loaders }) =>
    department === null ? null : requiredDepartment(department, loaders),
  title: ({ reported }) => reported?.title ?? '',
  text: ({ reported }) => reported?.text ?? '',
  caseNumber: ({ reported }) => reported?.caseNumber ?? null,
  caseStatus: ({ reported }) => reported?.steps.at(-1)?.status ?? null,
};

export const ProjectTask: ProjectTaskResolvers = {
  number: ({ task }) => task,
  official: async ({ of, official }, _args, context) => officialWith(of, official, context),
  legalMoves: async (task, _args, { actor, loaders }) => {
    const agent = await loaders.official.load(task.official);
    return task.isOpen && canFinish(task, agent?.departmentCode ?? null, actor) ? ['FINISH'] : [];
  },
};

export const ProjectInspection: ProjectInspectionResolvers = {
  number: ({ inspection }) => inspection,
  office: async ({ office }, _args, { loaders }) => requiredDepartment(office, loaders),
};

export const ProjectChange: ProjectChangeResolvers = {
  version: ({ seq }) => seq,
  at: ({ at }) => new Date(at),
  kind: ({ change }) => change.type,
  content: ({ change: { type: _type, ...content } }) => content,
  department: async ({ department }, _args, { loaders }) =>
    department === null ? null : requiredDepartment(department, loaders),
  account: ({ by }) => by,
};

export const MajorProject: MajorProjectResolvers = {
  id: ({ record }) => record.id,
  name: ({ record }) => record.name,
  region: ({ record }) => record.region,
  investment: ({ record }) => moneyOfFen(record.investmentFen),
  signedOn: ({ record }) => record.signedOn,
  steps: ({ life }) => life.steps.map(({ step, plannedOn, completedOn }) => ({ step, plannedOn, completedOn })),
  approvals: ({ life }) => life.approvals.filter(isGranted),
};

export const MajorProjectApproval: MajorProjectApprovalResolvers = {
  owner: async ({ owner }, _args, { loaders }) => requiredDepartment(owner, loaders),
  outcome: ({ decision }) => decision.outcome,
  decidedOn: ({ decision }) => dayInShanghai(decision.decidedAt),
};
