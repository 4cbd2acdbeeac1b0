import type { LegalDay } from '@zhitong/values';
import type { ApprovalOutcome, Fault, ProjectStep } from './steps.js';

/** What can happen to a signed project. Numbers count from 1 within the project. */
export type ProjectChange =
  | {
      readonly type: 'PLANNED';
      readonly steps: readonly { readonly step: ProjectStep; readonly plannedOn: LegalDay }[];
      /** Why the plan was changed; null for the first one. */
      readonly reason: string | null;
    }
  | {
      readonly type: 'STEP_COMPLETED';
      readonly step: ProjectStep;
      readonly completedOn: LegalDay;
      readonly note: string;
    }
  | {
      readonly type: 'APPROVAL_OPENED';
      readonly approval: number;
      readonly step: ProjectStep;
      readonly matter: string;
      /** Code of the department that decides. */
      readonly owner: string;
      /** RFC 3339. */
      readonly receivedAt: string;
      /** Twice the promised working days. */
      readonly halfDays: number;
    }
  | {
      readonly type: 'APPROVAL_DECIDED';
      readonly approval: number;
      readonly outcome: ApprovalOutcome;
      readonly note: string;
      /** What the applicant pledged (告知承诺); null unless it was granted on a pledge. */
      readonly pledge: string | null;
      /** Number of the pledge that was signed for it, in the credit department's register; left out without one. */
      readonly creditPledge?: string;
    }
  /** The applicant of a grant on a pledge is barred from pledging since; then, is so no more. Found by the system. */
  | {
      readonly type: 'PLEDGE_BARRED';
      readonly approval: number;
      /** What bars the applicant; a kind each. */
      readonly kinds: readonly string[];
      /** Last day on which that bars by itself; null for what ends by being done alone. */
      readonly until: LegalDay | null;
    }
  | { readonly type: 'PLEDGE_FREED'; readonly approval: number }
  | {
      readonly type: 'BLOCKED';
      /** The problem that became a case. */
      readonly problem: string;
      readonly step: ProjectStep;
      readonly fault: Fault;
      /** Code of the department whose fault it is; null for another's. */
      readonly department: string | null;
    }
  | {
      readonly type: 'TASK_GIVEN';
      readonly task: number;
      readonly step: ProjectStep;
      /** Staff number of the agent. */
      readonly official: string;
      readonly matter: string;
      readonly dueOn: LegalDay;
    }
  /** The agent has left; `official` does the task from here on. */
  | { readonly type: 'TASK_HANDED_OVER'; readonly task: number; readonly official: string }
  | { readonly type: 'TASK_DONE'; readonly task: number; readonly note: string }
  | {
      readonly type: 'INSPECTED';
      readonly inspection: number;
      readonly inspectedOn: LegalDay;
      /** Code of the office that looked (督查室). */
      readonly office: string;
      readonly finding: string;
      /** What has to be done, and by when; null when nothing has. */
      readonly measure: string | null;
      readonly dueOn: LegalDay | null;
    };

/** One line of a project's append-only history. `seq` counts from 1 without gaps; `at` is RFC 3339 in UTC. */
export interface ProjectEvent {
  readonly project: string;
  readonly seq: number;
  readonly at: string;
  /** Account of who did it, never a name. */
  readonly by: string;
  /** Code of that person's department; null of the coordinator without one. */
  readonly department: string | null;
  readonly change: ProjectChange;
}
