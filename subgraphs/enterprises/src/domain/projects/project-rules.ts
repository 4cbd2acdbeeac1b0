import { isLegalDay, type LegalDay, type TextFault } from '@zhitong/values';
import type { ProjectChange } from './project-event.js';
import type { ProjectLife } from './project-life.js';
import { PROJECT_STEPS, type ProjectStep } from './steps.js';
import { said, type Said } from '../refusal-words.js';

const fault = (path: readonly string[], words: Said): TextFault[] => [{ path, ...words }];

/** What forbids a plan: its days must keep the order in which acceptance is last, and a change of it needs a reason. */
export function planFaults(
  { steps, reason }: { steps: readonly { step: ProjectStep; plannedOn: LegalDay }[]; reason: string | null },
  { life, signedOn }: { life: ProjectLife; signedOn: LegalDay },
): TextFault[] {
  const faults = steps.flatMap(({ step, plannedOn }, at): TextFault[] => {
    const path = ['steps', String(at), 'plannedOn'];
    const state = life.steps.find((one) => one.step === step);
    if (steps.findIndex((other) => other.step === step) < at) return fault(path, said('STEP_TWICE', { step }));
    if (!isLegalDay(plannedOn)) return fault(path, said('BAD_PLANNED_DAY', { plannedOn }));
    if (plannedOn < signedOn) return fault(path, said('PLANNED_BEFORE_SIGNING', { plannedOn, signedOn }));
    const done = state?.completedOn ?? null;
    return done === null ? [] : fault(path, said('PLANNED_STEP_DONE', { step, done }));
  });
  if (faults.length > 0) return faults;
  if (steps.length === 0) return fault(['steps'], said('EMPTY_PLAN'));
  const planned = new Map(life.steps.map(({ step, plannedOn }) => [step, plannedOn]));
  const moves = steps.some(({ step, plannedOn }) => {
    const before = planned.get(step) ?? null;
    return before !== null && before !== plannedOn;
  });
  if (moves && reason === null) return fault(['reason'], said('PLAN_REASON_NEEDED'));
  for (const { step, plannedOn } of steps) planned.set(step, plannedOn);
  const last = planned.get('ACCEPTANCE') ?? null;
  const later = PROJECT_STEPS.find((step) => last !== null && (planned.get(step) ?? '') > last);
  return later === undefined ? [] : fault(['steps'], said('PLANNED_AFTER_ACCEPTANCE', { later }));
}

/** What forbids that a step is completed. */
export function completionFaults(
  { step, completedOn }: { step: ProjectStep; completedOn: LegalDay },
  { life, signedOn, today }: { life: ProjectLife; signedOn: LegalDay; today: LegalDay },
): TextFault[] {
  if (completedOn > today) return fault(['completedOn'], said('COMPLETED_IN_FUTURE', { completedOn }));
  if (completedOn < signedOn)
    return fault(['completedOn'], said('COMPLETED_BEFORE_SIGNING', { completedOn, signedOn }));
  const done = life.steps.find((state) => state.step === step)?.completedOn ?? null;
  if (done !== null) return fault(['step'], said('STEP_DONE', { step, done }));
  const open = life.approvals.find((approval) => approval.step === step && approval.decision === null);
  if (open !== undefined)
    return fault(['step'], said('APPROVAL_OPEN', { approval: open.approval, step, matter: open.matter }));
  const before = life.steps.filter((state) => state.step !== 'ACCEPTANCE');
  const missing = step === 'ACCEPTANCE' ? before.find((state) => state.completedOn === null) : undefined;
  if (missing !== undefined) return fault(['step'], said('ACCEPTANCE_LAST', { step: missing.step }));
  const later = step === 'ACCEPTANCE' ? before.find((state) => (state.completedOn ?? '') > completedOn) : undefined;
  return later === undefined
    ? []
    : fault(['completedOn'], said('STEP_LATER', { step: later.step, completedOn: later.completedOn }));
}

/**
 * How far a project is in the words of the list of projects, after a change; undefined when that does not move. A
 * permit starts what was only signed, acceptance puts into production; neither takes a project back.
 */
export function stageAfter(change: ProjectChange, stage: string): 'STARTED' | 'IN_PRODUCTION' | undefined {
  if (change.type !== 'STEP_COMPLETED' || stage === 'TERMINATED') return undefined;
  if (change.step === 'CONSTRUCTION_PERMIT') return stage === 'SIGNED' ? 'STARTED' : undefined;
  return change.step === 'ACCEPTANCE' && stage !== 'IN_PRODUCTION' ? 'IN_PRODUCTION' : undefined;
}
