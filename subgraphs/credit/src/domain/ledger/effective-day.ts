import { dayInShanghai, isLegalDay, type LegalDay } from '@zhitong/values';
import { refuse, type LedgerDecision, type Recording } from './ledger-decision.js';
import type { LedgerState } from './ledger-state.js';

/**
 * A day that exists and has come. The ledger records what has happened, so nothing is effective after it is recorded.
 */
export function checkDate(effectiveOn: LegalDay, recording: Recording, path: readonly string[]): LedgerDecision | null {
  if (!isLegalDay(effectiveOn)) return refuse('BAD_DATE', path, `"${effectiveOn}" is not a date`);
  const today = dayInShanghai(recording.recordedAt);
  if (effectiveOn > today)
    return refuse('IN_THE_FUTURE', path, `${effectiveOn} has not come yet: today is ${today}`, { today });
  return null;
}

/** A day that has come, not before the promise was made. */
export function checkEffective(
  state: LedgerState,
  effectiveOn: LegalDay,
  recording: Recording,
  path: readonly string[] = ['effectiveOn'],
): LedgerDecision | null {
  const problem = checkDate(effectiveOn, recording, path);
  if (problem) return problem;
  if (effectiveOn < state.promisedOn) {
    return refuse('BEFORE_PROMISE', path, `${effectiveOn} is before the promise of ${state.promisedOn}`, {
      promisedOn: state.promisedOn,
    });
  }
  return null;
}
