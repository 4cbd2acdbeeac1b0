import type { CaseChange, CaseEvent, Responsibility } from '../case-event.js';

/** Finds the change of a history by which a text of the view was written; undefined where none tells. */
export type Writer = (history: readonly CaseEvent[]) => CaseEvent | undefined;

/** What only the last change of some kinds has written. */
export const lastOf =
  (...types: readonly CaseChange['type'][]): Writer =>
  (history) =>
    history.findLast(({ change }) => types.includes(change.type));

/** A part of what was taken down: the last change that put it right, or the intake. */
export const ofIntake =
  (part: 'title' | 'text' | 'labels'): Writer =>
  (history) =>
    history.findLast(({ change }) => change.type === 'CORRECTED' && change.correction[part] !== undefined) ??
    history[0];

/** An internal note, by its place among the notes of the case. */
export const ofNote =
  (place: number): Writer =>
  (history) =>
    history.filter(({ change }) => change.type === 'NOTED')[place];

/** The finding of a check, by its place among the checks of the case: one finding ends all that are open. */
export const ofFinding =
  (place: number): Writer =>
  (history) => {
    const opened = history.filter(({ change }) => change.type === 'CHECK_OPENED')[place];
    return history.find(({ seq, change }) => change.type === 'CHECK_FOUND' && opened !== undefined && seq > opened.seq);
  };

/** The latest report on an order of supervision, by its number. */
export const ofReport =
  (order: number): Writer =>
  (history) => {
    let ordered = 0;
    let report: CaseEvent | undefined;
    for (const event of history) {
      if (event.change.type === 'SUPERVISED') ordered += 1;
      if (event.change.type === 'SUPERVISION_REPORTED' && ordered === order) report = event;
    }
    return report;
  };

const listOf = (change: CaseChange): readonly Responsibility[] | null => {
  switch (change.type) {
    case 'ASSIGNED':
    case 'RULED':
    case 'TRANSFERRED':
      return change.assignment.responsibilities;
    case 'DUTIES_AMENDED':
      return change.responsibilities;
    default:
      return null;
  }
};

/** A line of the responsibility list as it stands at the end: the first of the lists that have had it since. */
export const ofDuty =
  ({ department, duty }: Pick<Responsibility, 'department' | 'duty'>): Writer =>
  (history) => {
    const lists = history.filter(({ change }) => listOf(change) !== null);
    const without = lists.findLastIndex(
      ({ change }) => !(listOf(change) ?? []).some((line) => line.department === department && line.duty === duty),
    );
    return lists[without + 1];
  };

export const ofResult =
  (department: string): Writer =>
  (history) =>
    history.findLast(({ by, change }) => change.type === 'DUTY_REPORTED' && by.department === department);

export const ofGrade =
  (department: string): Writer =>
  (history) =>
    history.findLast(({ change }) => change.type === 'ASSISTANCE_RATED' && change.department === department);

export const ofReferral =
  (referralId: string): Writer =>
  (history) =>
    history.find(({ change }) => change.type === 'REFERRED' && change.referralId === referralId);

/** What came of a referral. */
export const ofConclusion =
  (referralId: string): Writer =>
  (history) =>
    history.findLast(({ change }) => change.type === 'REFERRAL_CONCLUDED' && change.referralId === referralId);
