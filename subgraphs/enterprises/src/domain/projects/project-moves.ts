import type { Caller } from '../access.js';
import type { ApprovalState, ProjectLife, TaskState } from './project-life.js';
import { isOfficerOf, mayLead } from './project-rights.js';

/** Admission meetings on one project at most. */
export const MOST_MEETINGS = 50;
/** A project takes so many changes at most; thirty years of a change every three weeks. */
export const MOST_CHANGES = 500;

export const PROJECT_MOVES = [
  'PLAN',
  'COMPLETE_STEP',
  'OPEN_APPROVAL',
  'REPORT_BLOCK',
  'GIVE_TASK',
  'INSPECT',
] as const;
export type ProjectMove = (typeof PROJECT_MOVES)[number];

/** The part of a project that decides what can be done with it; `steward` is its steward's department. */
export interface MovableProject {
  readonly stage: string;
  readonly leadDepartmentCode: string;
  readonly steward: string | null;
}

/** Whether anything at all may still be written about a project. */
export const takesChanges = (
  { stage }: { readonly stage: string },
  { version }: Pick<ProjectLife, 'version'>,
): boolean => stage !== 'TERMINATED' && version < MOST_CHANGES;

/** Whether the caller reports what blocks a project: who leads it, its steward, and who decides on it do. */
export const mayReportBlock = (
  caller: Caller | null,
  { leadDepartmentCode, steward }: Omit<MovableProject, 'stage'>,
  { approvals }: Pick<ProjectLife, 'approvals'>,
): boolean =>
  mayLead(caller, leadDepartmentCode) || isOfficerOf(caller, steward, ...approvals.map(({ owner }) => owner));

/** What a caller can do with a project now. */
export function projectMoves(project: MovableProject, life: ProjectLife, caller: Caller | null): ProjectMove[] {
  if (!takesChanges(project, life)) return [];
  const leads = mayLead(caller, project.leadDepartmentCode);
  const isUnfinished = life.steps.some(({ completedOn }) => completedOn === null);
  const may: Readonly<Record<ProjectMove, boolean>> = {
    PLAN: leads && isUnfinished,
    COMPLETE_STEP: leads && isUnfinished,
    OPEN_APPROVAL: leads && isUnfinished,
    REPORT_BLOCK: mayReportBlock(caller, project, life),
    GIVE_TASK: leads,
    INSPECT: caller?.roles.includes('COORDINATOR') ?? false,
  };
  return PROJECT_MOVES.filter((move) => may[move]);
}

/** Whether the caller can decide an approval now: an officer of its department, once. */
export const canDecide = (
  { owner, decision }: Pick<ApprovalState, 'owner' | 'decision'>,
  caller: Caller | null,
): boolean => decision === null && isOfficerOf(caller, owner);

/** Whether the caller can report a task done now: an officer of the agent's department, once. */
export const canFinish = (
  { doneOn }: Pick<TaskState, 'doneOn'>,
  agentsDepartment: string | null,
  caller: Caller | null,
): boolean => doneOn === null && isOfficerOf(caller, agentsDepartment);

export const LEAD_MOVES = ['HOLD_MEETING', 'SIGN'] as const;
export type LeadMove = (typeof LEAD_MOVES)[number];

/** The part of a project that is talked about which decides what can be done with it. */
export interface MovableLead {
  readonly state: 'OPEN' | 'ADMITTED' | 'REFUSED' | 'SIGNED';
  readonly leadDepartmentCode: string;
  readonly meetings: readonly object[];
}

/** Whether its state lets an admission meeting decide on it. */
export const awaitsMeeting = ({ state }: Pick<MovableLead, 'state'>): boolean =>
  state === 'OPEN' || state === 'REFUSED';

/** What a caller can do with a project that is talked about. */
export function leadMoves(lead: MovableLead, caller: Caller | null): LeadMove[] {
  const may: Readonly<Record<LeadMove, boolean>> = {
    HOLD_MEETING:
      (caller?.roles.includes('COORDINATOR') ?? false) && awaitsMeeting(lead) && lead.meetings.length < MOST_MEETINGS,
    SIGN: mayLead(caller, lead.leadDepartmentCode) && lead.state === 'ADMITTED',
  };
  return LEAD_MOVES.filter((move) => may[move]);
}
