import { dayInShanghai, type LegalDay } from '@zhitong/values';

/** Where an official came upon a problem: at a visit, or at an investment project that it blocks. */
export type ProblemOrigin = 'VISIT_FINDING' | 'PROJECT_BLOCKING_POINT';

/** A status that a problem's case came to, as the cases department told it. */
export interface CaseStep {
  readonly at: Date;
  /** Version of the case, which grows; a step that arrives late is told from a newer one by it. */
  readonly version: number;
  readonly status: string;
}

/** Statuses in which a case has its answer, or needs none any more. */
const SOLVED: ReadonlySet<string> = new Set(['RESOLVED', 'RATED', 'CLOSED', 'WITHDRAWN']);

/**
 * The steps with one more; only changes of the status are kept, so that urging and notes make them no longer. A step
 * that is older than the last one changes nothing.
 */
export function withStep(steps: readonly CaseStep[], step: CaseStep): readonly CaseStep[] {
  const last = steps.at(-1);
  return last !== undefined && (step.version <= last.version || step.status === last.status) ? steps : [...steps, step];
}

/** Status of the case at the end of a day; null before there is a case. */
export const statusOn = (steps: readonly CaseStep[], day: LegalDay): string | null =>
  steps.findLast(({ at }) => dayInShanghai(at) <= day)?.status ?? null;

/** The day since which the case is answered or withdrawn, as known at the end of a day; null while it is open. */
export function solvedOn(steps: readonly CaseStep[], day: LegalDay): LegalDay | null {
  const known = steps.filter(({ at }) => dayInShanghai(at) <= day);
  const open = known.findLastIndex(({ status }) => !SOLVED.has(status));
  const answered = known[open + 1];
  return answered === undefined ? null : dayInShanghai(answered.at);
}
