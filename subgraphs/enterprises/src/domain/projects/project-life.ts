import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { ProjectChange, ProjectEvent } from './project-event.js';
import { PROJECT_STEPS, type ProjectStep } from './steps.js';

type Of<Type extends ProjectChange['type']> = Omit<Extract<ProjectChange, { type: Type }>, 'type'>;

/** A step with its days. */
export interface StepState {
  readonly step: ProjectStep;
  /** Day of the first plan, which no later plan moves; null while none names the step. */
  readonly firstPlannedOn: LegalDay | null;
  readonly plannedOn: LegalDay | null;
  readonly completedOn: LegalDay | null;
  readonly note: string | null;
}

/** That the applicant was barred from pledging after a grant on a pledge. */
export type BarredState = Omit<Of<'PLEDGE_BARRED'>, 'approval'> & { readonly since: LegalDay };

export type ApprovalState = Of<'APPROVAL_OPENED'> & {
  /** Null, or left out, while the applicant is not. */
  readonly barred?: BarredState | null;
  readonly decision: (Omit<Of<'APPROVAL_DECIDED'>, 'approval'> & { readonly decidedAt: string }) | null;
};
/** What bars an applicant on a day; null once its last day by itself has gone by, whether anybody looked or not. */
export const barredOn = ({ barred = null }: Pick<ApprovalState, 'barred'>, day: LegalDay): BarredState | null =>
  barred === null || (barred.until !== null && barred.until < day) ? null : barred;

export type BlockState = Of<'BLOCKED'> & { readonly reportedOn: LegalDay };
export type TaskState = Of<'TASK_GIVEN'> & { readonly doneOn: LegalDay | null; readonly note: string | null };
export type InspectionState = Of<'INSPECTED'>;

/** An approval that was granted. */
export type GrantedApproval = ApprovalState & { readonly decision: NonNullable<ApprovalState['decision']> };

export const isGranted = (approval: ApprovalState): approval is GrantedApproval =>
  approval.decision !== null && approval.decision.outcome !== 'REFUSED';

/** What a project has gone through. */
export interface ProjectLife {
  /** Number of the last change; 0 before the first. */
  readonly version: number;
  readonly steps: readonly StepState[];
  readonly approvals: readonly ApprovalState[];
  readonly blocks: readonly BlockState[];
  readonly tasks: readonly TaskState[];
  readonly inspections: readonly InspectionState[];
}

const NEW_LIFE: ProjectLife = {
  version: 0,
  steps: PROJECT_STEPS.map((step) => ({ step, firstPlannedOn: null, plannedOn: null, completedOn: null, note: null })),
  approvals: [],
  blocks: [],
  tasks: [],
  inspections: [],
};

/** What a project has gone through by its history; `events` in order. */
export function lifeOf(events: readonly ProjectEvent[]): ProjectLife {
  return events.reduce((life, event) => ({ ...changed(life, event), version: event.seq }), NEW_LIFE);
}

/** The part of a history that was written by the end of a day. */
export const knownOn = (events: readonly ProjectEvent[], day: LegalDay): ProjectEvent[] =>
  events.filter(({ at }) => dayInShanghai(at) <= day);

/** What a change says, without its kind. */
const contentOf = <Change extends ProjectChange>({ type: _type, ...content }: Change): Omit<Change, 'type'> => content;

function changed(life: ProjectLife, { at, change }: ProjectEvent): ProjectLife {
  switch (change.type) {
    case 'PLANNED': {
      const planned = new Map(change.steps.map(({ step, plannedOn }) => [step, plannedOn]));
      return {
        ...life,
        steps: life.steps.map((state) => {
          const plannedOn = planned.get(state.step);
          if (plannedOn === undefined) return state;
          return { ...state, plannedOn, firstPlannedOn: state.firstPlannedOn ?? plannedOn };
        }),
      };
    }
    case 'STEP_COMPLETED': {
      const { step, completedOn, note } = change;
      return {
        ...life,
        steps: life.steps.map((state) => (state.step === step ? { ...state, completedOn, note } : state)),
      };
    }
    case 'APPROVAL_OPENED': {
      const approval = contentOf(change);
      return { ...life, approvals: [...life.approvals, { ...approval, decision: null }] };
    }
    case 'APPROVAL_DECIDED': {
      const { outcome, note, pledge, creditPledge } = change;
      const decided = { outcome, note, pledge, ...(creditPledge === undefined ? {} : { creditPledge }) };
      return {
        ...life,
        approvals: life.approvals.map((approval) =>
          approval.approval === change.approval ? { ...approval, decision: { ...decided, decidedAt: at } } : approval,
        ),
      };
    }
    case 'PLEDGE_BARRED':
    case 'PLEDGE_FREED': {
      const day = dayInShanghai(at);
      return {
        ...life,
        approvals: life.approvals.map((approval) => {
          if (approval.approval !== change.approval) return approval;
          if (change.type === 'PLEDGE_FREED') return { ...approval, barred: null };
          // Barred all the while, by something else too: since the first of it.
          const since = barredOn(approval, day)?.since ?? day;
          return { ...approval, barred: { kinds: change.kinds, until: change.until, since } };
        }),
      };
    }
    case 'BLOCKED': {
      const block = contentOf(change);
      return { ...life, blocks: [...life.blocks, { ...block, reportedOn: dayInShanghai(at) }] };
    }
    case 'TASK_GIVEN': {
      const task = contentOf(change);
      return { ...life, tasks: [...life.tasks, { ...task, doneOn: null, note: null }] };
    }
    case 'TASK_HANDED_OVER': {
      const { task: number, official } = change;
      return { ...life, tasks: life.tasks.map((task) => (task.task === number ? { ...task, official } : task)) };
    }
    case 'TASK_DONE': {
      const { task: number, note } = change;
      return {
        ...life,
        tasks: life.tasks.map((task) => (task.task === number ? { ...task, doneOn: dayInShanghai(at), note } : task)),
      };
    }
    case 'INSPECTED': {
      const inspection = contentOf(change);
      return { ...life, inspections: [...life.inspections, inspection] };
    }
  }
}
