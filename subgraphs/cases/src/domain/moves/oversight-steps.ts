import type { LegalDay } from '@zhitong/values';
import type { CaseChange, Responsibility } from '../case-event.js';
import { isOpen, runningSupervision, type CaseView, type Duty, type Supervision } from '../case-view.js';
import { ESCALATION_LEVELS, type EscalationLevel } from '../taxonomy.js';

type Changed<Type extends CaseChange['type']> = Extract<CaseChange, { type: Type }>;

/** Changes the latest order. */
function latestOrder(view: CaseView, change: (order: Supervision) => Supervision): Partial<CaseView> {
  if (view.supervision === null) return {};
  const supervision = change(view.supervision);
  return { supervision, supervisions: [...view.supervisions.slice(0, -1), supervision] };
}

/** What is left of supervision when nobody owes an answer any more. */
export const supervisionAfter = (before: CaseView, after: CaseView, day: LegalDay): Partial<CaseView> =>
  isOpen(after.status) || runningSupervision(before) === null || (after.supervision?.endedOn ?? null) !== null
    ? {}
    : latestOrder(after, (order) => ({ ...order, endedOn: day }));

/** Supervised anew; an order that still ran is replaced. */
export function supervised(
  view: CaseView,
  { instruction, dueOn, supervisor }: Changed<'SUPERVISED'>,
  day: LegalDay,
): Partial<CaseView> {
  const { supervisions = view.supervisions } =
    runningSupervision(view) === null ? {} : latestOrder(view, (order) => ({ ...order, endedOn: day }));
  const supervision: Supervision = {
    number: supervisions.length + 1,
    instruction,
    dueOn,
    orderedOn: day,
    supervisor: supervisor ?? null,
    report: null,
    endedOn: null,
    isFulfilled: null,
    conclusion: null,
  };
  return { supervision, supervisions: [...supervisions, supervision] };
}

export const supervisionReported = (view: CaseView, note: string, day: LegalDay): Partial<CaseView> =>
  latestOrder(view, (order) => ({ ...order, report: { note, on: day } }));

export const supervisionConcluded = (
  view: CaseView,
  { fulfilled, note }: Changed<'SUPERVISION_CONCLUDED'>,
  day: LegalDay,
): Partial<CaseView> =>
  latestOrder(view, (order) => ({ ...order, endedOn: day, isFulfilled: fulfilled, conclusion: note }));

/** The higher one of two levels. */
export const higherLevel = (one: EscalationLevel, other: EscalationLevel): EscalationLevel =>
  ESCALATION_LEVELS.indexOf(one) >= ESCALATION_LEVELS.indexOf(other) ? one : other;

/** What of the duties still runs ends, because the case is in other hands. */
export const dutiesEnded = (duties: readonly Duty[], day: LegalDay): Duty[] =>
  duties.map((duty) => (duty.endedOn === null ? { ...duty, endedOn: day } : duty));

const given = ({ department, duty, dueOn }: Responsibility, givenBy: number): Duty => ({
  department,
  duty,
  dueOn: dueOn ?? null,
  givenBy,
  result: null,
  reportedOn: null,
  grade: null,
  gradeReason: null,
  endedOn: null,
});

/** The duties after a list was set: what stays as it was goes on, what is new begins, what is not listed ends. */
export function dutiesSet(
  duties: readonly Duty[],
  listed: readonly Responsibility[],
  seq: number,
  day: LegalDay,
): Duty[] {
  const isSame = (duty: Duty, one: Responsibility): boolean =>
    duty.endedOn === null &&
    duty.department === one.department &&
    duty.duty === one.duty &&
    duty.dueOn === (one.dueOn ?? null);
  const kept = duties.map((duty) =>
    duty.endedOn !== null || listed.some((one) => isSame(duty, one)) ? duty : { ...duty, endedOn: day },
  );
  return [...kept, ...listed.filter((one) => !duties.some((duty) => isSame(duty, one))).map((one) => given(one, seq))];
}

/** Changes what a department owes, or has done. */
export const onDuty = (
  duties: readonly Duty[],
  department: string | null,
  change: (duty: Duty) => Duty,
): readonly Duty[] =>
  duties.map((duty) => (duty.department === department && duty.endedOn === null ? change(duty) : duty));

/** A referral's marks after it was concluded. */
export const referralConcluded = (
  view: CaseView,
  { referralId, outcome, note, persons = [] }: Changed<'REFERRAL_CONCLUDED'>,
  { day, sub }: { day: LegalDay; sub: string },
): Partial<CaseView> => ({
  referrals: view.referrals.map((mark) =>
    mark.referralId === referralId
      ? {
          ...mark,
          outcome,
          note,
          concludedOn: day,
          concludedBy: sub,
          persons: (mark.persons ?? []).map((person, index) => {
            const found = persons.find((each) => each.person === index + 1);
            return found === undefined
              ? person
              : { ...person, sanction: found.sanction, isCleared: found.sanction === null };
          }),
        }
      : mark,
  ),
});
