import type { LegalDay, Rate, TextFault } from '@zhitong/values';
import type { Caller } from '../access.js';
import { said, type Said } from '../refusal-words.js';

/** What a department reports of a task. */
export interface ProgressEntry {
  readonly on: LegalDay;
  /** Account of who reported it, never a name. */
  readonly by: string;
  readonly percent: number;
  readonly note: string;
  /** Links to the evidence, https. */
  readonly evidence: readonly string[];
}

/** What the coordinator decided on a task that was reported done. */
export interface StrikeOffDecision {
  readonly on: LegalDay;
  readonly by: string;
  readonly isStruckOff: boolean;
  readonly note: string;
}

/** The part of a task that decides about it. */
export interface TaskHistory {
  readonly enteredOn: LegalDay;
  readonly dueOn: LegalDay;
  /** Only ever added to, as are the decisions. */
  readonly progress: readonly ProgressEntry[];
  readonly decisions: readonly StrikeOffDecision[];
}

export type TaskState = 'OPEN' | 'REPORTED_DONE' | 'STRUCK_OFF';

/** Day on which a task was struck off; null while it is not. */
export const struckOffOn = ({ decisions }: Pick<TaskHistory, 'decisions'>): LegalDay | null =>
  decisions.find(({ isStruckOff }) => isStruckOff)?.on ?? null;

/** How far a task is: reported done until somebody else has looked at it. */
export function stateOf({ progress, decisions }: Pick<TaskHistory, 'progress' | 'decisions'>): TaskState {
  if (struckOffOn({ decisions }) !== null) return 'STRUCK_OFF';
  const reports = progress.filter(({ percent }) => percent === DONE).length;
  return reports > decisions.length ? 'REPORTED_DONE' : 'OPEN';
}

const DONE = 100;
const MOST_EVIDENCE = 10;
const LONGEST_LINK = 500;
const SHOWN = 60;

/** What forbids a report: progress is a whole per cent, and what is done comes with evidence. */
export function progressFaults({ percent, evidence }: Pick<ProgressEntry, 'percent' | 'evidence'>): TextFault[] {
  if (!Number.isInteger(percent) || percent < 0 || percent > DONE)
    return [{ path: ['percent'], ...said('BAD_PERCENT', { percent }) }];
  if (percent === DONE && evidence.length === 0) return [{ path: ['evidence'], ...said('EVIDENCE_NEEDED') }];
  if (evidence.length > MOST_EVIDENCE)
    return [{ path: ['evidence'], ...said('TOO_MANY_LINKS', { most: MOST_EVIDENCE, evidenceCount: evidence.length }) }];
  return evidence.flatMap((link, at): TextFault[] =>
    isHttpsLink(link) ? [] : [{ path: ['evidence', String(at)], ...said('BAD_LINK', { link: link.slice(0, SHOWN) }) }],
  );
}

function isHttpsLink(link: string): boolean {
  if (link.length > LONGEST_LINK || !URL.canParse(link)) return false;
  const { protocol, hostname, username, password } = new URL(link);
  return protocol === 'https:' && hostname.includes('.') && username === '' && password === '';
}

/**
 * Why somebody may not strike a task off (销号); null when it may be. It takes a report that it is done, and another
 * person than whoever reported on it.
 */
export function strikeOffHindrance(task: TaskHistory, by: string): Said | null {
  const state = stateOf(task);
  if (state === 'STRUCK_OFF') return said('TASK_STRUCK_OFF', { on: struckOffOn(task) });
  if (state === 'OPEN') return said('TASK_NOT_REPORTED_DONE');
  return task.progress.some((entry) => entry.by === by) ? said('TASK_REPORTED_BY_SAME') : null;
}

export const KEY_TASK_MOVES = ['REPORT', 'DECIDE'] as const;
export type KeyTaskMove = (typeof KEY_TASK_MOVES)[number];

/** Reports on one task at most. */
export const MOST_REPORTS = 200;

/** Whether a task takes a report of its department now. */
export const takesReport = (task: Pick<TaskHistory, 'progress' | 'decisions'>): boolean =>
  stateOf(task) === 'OPEN' && task.progress.length < MOST_REPORTS;

/** What a caller can do with a task now: its department reports, the coordinator decides on what others reported. */
export function keyTaskMoves(
  task: TaskHistory & { readonly ownerCode: string },
  caller: (Caller & { readonly sub: string }) | null,
): KeyTaskMove[] {
  if (caller === null) return [];
  const isOwner = caller.department === task.ownerCode;
  const may: Readonly<Record<KeyTaskMove, boolean>> = {
    REPORT: caller.roles.includes('OFFICER') && isOwner && takesReport(task),
    DECIDE: caller.roles.includes('COORDINATOR') && !isOwner && strikeOffHindrance(task, caller.sub) === null,
  };
  return KEY_TASK_MOVES.filter((move) => may[move]);
}

/** How tasks stand at the end of a day, as known on it. */
export interface TaskFigures {
  /** Of the tasks that were entered those that were struck off. */
  readonly struckOff: Rate;
  /** Of those whose last day had come those that were struck off by it. */
  readonly inTime: Rate;
  /** Not struck off although the last day has passed. */
  readonly overdue: number;
}

export function taskFigures(tasks: readonly TaskHistory[], day: LegalDay): TaskFigures {
  const known = tasks.filter(({ enteredOn }) => enteredOn <= day);
  const done = (task: TaskHistory, by: LegalDay): boolean => (struckOffOn(task) ?? '9999-12-31') <= by;
  const due = known.filter(({ dueOn }) => dueOn <= day);
  return {
    struckOff: { numerator: known.filter((task) => done(task, day)).length, denominator: known.length },
    inTime: { numerator: due.filter((task) => done(task, task.dueOn)).length, denominator: due.length },
    overdue: known.filter((task) => task.dueOn < day && !done(task, day)).length,
  };
}
