import {
  dayInShanghai,
  promisedMoment,
  workingDaysBetween,
  type LegalDay,
  type WorkingCalendar,
} from '@zhitong/values';
import { solvedOn, type CaseStep } from '../problems/reported-problem.js';
import { delayOf, type StepDelay } from './lateness.js';
import type { ApprovalState, BlockState, ProjectLife, StepState } from './project-life.js';

/** An approval with its last moment, null where the calendar does not reach so far. */
export type StandingApproval = ApprovalState & {
  readonly dueAt: Date | null;
  readonly isLate: boolean | null;
  /** Until the day of that moment, negative when it has passed; null where that is not known, and once decided. */
  readonly workingDaysLeft: number | null;
};
export type StandingBlock = BlockState & { readonly solvedOn: LegalDay | null };

export type StandingStep = StepState & StepDelay;

/** A project as it stands as of a moment. */
export interface ProjectStanding {
  readonly steps: readonly StandingStep[];
  readonly approvals: readonly StandingApproval[];
  readonly blocks: readonly StandingBlock[];
}

/** The day that a moment ends, or in which it lies: midnight is the end of the day before. */
const dayUntil = (moment: Date): LegalDay => dayInShanghai(new Date(moment.getTime() - 1));

/**
 * How a project stands.
 * @param now the moment as of which it is told
 * @param stepsOf what the case of a problem went through, by the problem's number
 */
export function standingOf(
  { steps, approvals, blocks }: ProjectLife,
  {
    signedOn,
    now,
    calendar,
    stepsOf,
  }: {
    readonly signedOn: LegalDay;
    readonly now: Date;
    readonly calendar: WorkingCalendar;
    readonly stepsOf: (problem: string) => readonly CaseStep[];
  },
): ProjectStanding {
  // The end of a day belongs to it.
  const asOf = dayUntil(now);
  const dated = approvals.map((approval): StandingApproval => {
    const due = promisedMoment(calendar, new Date(approval.receivedAt), approval.halfDays);
    const end = approval.decision === null ? now : new Date(approval.decision.decidedAt);
    const left =
      due.known && approval.decision === null
        ? workingDaysBetween(calendar, dayInShanghai(now), dayUntil(due.value))
        : null;
    return {
      ...approval,
      dueAt: due.known ? due.value : null,
      isLate: due.known ? end > due.value : null,
      workingDaysLeft: left?.known === true ? left.value : null,
    };
  });
  const ended = blocks.map((block): StandingBlock => ({ ...block, solvedOn: solvedOn(stepsOf(block.problem), asOf) }));
  return {
    steps: steps.map((state) => ({
      ...state,
      ...delayOf(state, { signedOn, asOf, approvals: dated, blocks: ended }),
    })),
    approvals: dated,
    blocks: ended,
  };
}
