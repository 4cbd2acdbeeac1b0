import type { Said } from '@zhitong/values';
import type { Correction, Party } from '../case-event.js';
import type { CaseView } from '../case-view.js';
import { said } from '../refusal-words.js';

/** What figures are grouped by: put right before a department has the case, when hardly a figure counts it. */
const GROUPED = ['kind', 'region', 'industry'] as const;
/** What the enterprise said itself: it adds to it, and nobody else rewrites it. */
const OWN_WORDS = ['title', 'text', 'uscc', 'contactName', 'contactPhone', 'actualTime'] as const;

/**
 * Who it was: of an anonymous case the coordinator alone knows it, and nobody else finds it out by trying. How long a
 * matter took finds the application in the department's own register.
 */
const WHO = ['uscc', 'contactName', 'contactPhone', 'project', 'actualTime'] as const;

/** What is masked by what is known of it: what somebody writes there who does not know, he would read judged. */
const MASKED = ['title', 'text', 'labels'] as const;

/** Why a case does not take a correction by somebody, and which member of it; null when it does. */
export function correctionFault(
  view: CaseView,
  correction: Correction,
  parties: readonly Party[],
): ({ readonly path: string } & Said) | null {
  const given = (names: readonly (keyof Correction)[]): keyof Correction | undefined =>
    names.find((name) => correction[name] !== undefined);
  const isWithDepartment = !['RECEIVED', 'RETURNED', 'AWAITING_RULING'].includes(view.status);
  const grouped = given(GROUPED);
  if (isWithDepartment && grouped !== undefined) return { path: grouped, ...said('GROUPED_NOT_CORRECTED') };
  const own = given(OWN_WORDS);
  if (view.receivedBy === null && own !== undefined) return { path: own, ...said('OWN_WORDS_NOT_CORRECTED') };
  const who = given([...WHO, ...MASKED]);
  if (view.complainant.anonymous && who !== undefined && !parties.includes('COORDINATOR'))
    return { path: who, ...said('WHO_NOT_CORRECTED') };
  if (correction.uscc !== undefined && view.complainant.uscc === null)
    return { path: 'uscc', ...said('FOREIGN_NOT_CORRECTED') };
  return null;
}
