import { addDays, dayInShanghai, daysBetween, type LegalDay } from '@zhitong/values';
import type { ApprovalState, BlockState, StepState } from './project-life.js';
import type { Fault } from './steps.js';

/** Days that somebody let a step stand still. */
export interface DelayShare {
  readonly fault: Fault;
  /** Code of the department whose fault it is; null for another's. */
  readonly department: string | null;
  readonly days: number;
}

/** How late a step is against its plan, and through whom. */
export interface StepDelay {
  /** Calendar days from the planned day to the end of the step, or to the day asked for; 0 when it is in time. */
  readonly daysLate: number;
  /**
   * Days before that end on which the step stood still: an approval of it was beyond its last day, else something
   * blocked it. Each day counts once, the most days first. They may be more than the days late, since a delay can be
   * made good.
   */
  readonly delays: readonly DelayShare[];
  /** Days late that no such day explains: they are the leading department's to explain. */
  readonly unexplainedDays: number;
}

/** An approval with its last moment; null where the calendar does not reach so far. */
export type DatedApproval = Pick<ApprovalState, 'approval' | 'step' | 'owner' | 'decision'> & {
  readonly dueAt: Date | null;
};
/** A block with the day on which its case was answered. */
export type EndedBlock = Pick<BlockState, 'step' | 'fault' | 'department' | 'reportedOn'> & {
  readonly solvedOn: LegalDay | null;
};

/** So many days back a step is looked at; a project takes no ten years. */
const LONGEST_WINDOW = 3_650;
/** The last day that a moment is counted with: midnight ends the day before. */
const lastDayOf = (moment: Date): LegalDay => dayInShanghai(new Date(moment.getTime() - 1));

/**
 * The delay of a step as of a day.
 * @param signedOn first day that counts
 * @example delayOf({ step: 'INITIATION', plannedOn: '2026-03-20', completedOn: '2026-03-25' }, { signedOn: '2026-03-01', asOf: '2026-04-01', approvals: [], blocks: [] }) //=> { daysLate: 5, delays: [], unexplainedDays: 5 }
 */
export function delayOf(
  { step, plannedOn, completedOn }: Pick<StepState, 'step' | 'plannedOn' | 'completedOn'>,
  {
    signedOn,
    asOf,
    approvals,
    blocks,
  }: {
    readonly signedOn: LegalDay;
    readonly asOf: LegalDay;
    readonly approvals: readonly DatedApproval[];
    readonly blocks: readonly EndedBlock[];
  },
): StepDelay {
  const end = completedOn !== null && completedOn <= asOf ? completedOn : asOf;
  if (plannedOn === null || end <= plannedOn) return { daysLate: 0, delays: [], unexplainedDays: 0 };
  const daysLate = daysBetween(plannedOn, end);
  const late = approvals
    .filter((approval) => approval.step === step && approval.dueAt !== null)
    .map(({ owner, dueAt, decision }) => ({
      share: { fault: 'DEPARTMENT', department: owner } as const,
      after: lastDayOf(dueAt ?? new Date(0)),
      to: decision === null ? end : dayInShanghai(decision.decidedAt),
    }));
  const blocked = blocks
    .filter((block) => block.step === step)
    .map(({ fault, department, reportedOn, solvedOn }) => ({
      share: { fault, department },
      after: reportedOn,
      to: solvedOn ?? end,
    }));
  const spans = [...late, ...blocked];
  const days = new Map<string, DelayShare>();
  const farthest = addDays(end, -LONGEST_WINDOW);
  for (let day = addDays(signedOn < farthest ? farthest : signedOn, 1); day <= end; day = addDays(day, 1)) {
    const span = spans.find(({ after, to }) => after < day && day <= to);
    if (span === undefined) continue;
    const key = `${span.share.fault} ${span.share.department ?? ''}`;
    days.set(key, { ...span.share, days: (days.get(key)?.days ?? 0) + 1 });
  }
  const delays = [...days.values()].toSorted((a, b) => b.days - a.days);
  const explained = delays.reduce((sum, share) => sum + share.days, 0);
  return { daysLate, delays, unexplainedDays: Math.max(0, daysLate - explained) };
}
