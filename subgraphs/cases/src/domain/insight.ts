import { capacities, knowsReferrals, type Caller, type CaseOwnership } from './access.js';
import type { CaseChange } from './case-event.js';
import type { CaseView } from './case-view.js';

/**
 * Which changes of a case somebody learns of: all (coordinator and auditor), all but referrals to discipline inspection
 * (the departments that handle it), or those without internal notes and grades either (the enterprise, whoever reads
 * it for a purpose, receivers outside).
 */
export type Insight = 'ALL' | 'OFFICE' | 'OUTSIDE';

const DISCIPLINE: ReadonlySet<CaseChange['type']> = new Set<CaseChange['type']>([
  'REFERRED',
  'REFERRAL_CONCLUDED',
  'REFERRAL_OVERDUE',
  'CLEARING_ISSUED',
]);
const INTERNAL: ReadonlySet<CaseChange['type']> = new Set<CaseChange['type']>(['NOTED', 'ASSISTANCE_RATED']);

/** What kind of secret a change is; null for one of which everybody learns who reads the case. */
export const secrecyOf = (type: CaseChange['type']): 'DISCIPLINE' | 'INTERNAL' | null =>
  DISCIPLINE.has(type) ? 'DISCIPLINE' : INTERNAL.has(type) ? 'INTERNAL' : null;

/** Whether somebody of an insight learns of a change. */
export function learnsOf(insight: Insight, type: CaseChange['type']): boolean {
  const secrecy = secrecyOf(type);
  return secrecy === null || insight === 'ALL' || (secrecy === 'INTERNAL' && insight === 'OFFICE');
}

/** A caller's insight into one case. */
export function insightOf(caller: Caller | null, ownership: CaseOwnership): Insight {
  if (knowsReferrals(caller)) return 'ALL';
  return capacities(caller, ownership).some((party) => party !== 'ENTERPRISE') ? 'OFFICE' : 'OUTSIDE';
}

/** How many changes of a case are referrals and what came of them. */
const referralChanges = (
  referrals: readonly Pick<CaseView['referrals'][number], 'outcome' | 'clearingNotice' | 'overdueNoticedOn'>[],
): number =>
  referrals.length +
  referrals.filter(({ outcome }) => outcome !== null).length +
  referrals.filter(({ overdueNoticedOn = null }) => overdueNoticedOn !== null).length +
  referrals.filter(({ clearingNotice = null }) => clearingNotice !== null).length;

/**
 * The version of a case for an insight: whoever does not learn of a change does not see by a gap in the numbers that
 * there was one. What such a caller expects to have seen is compared with the same number.
 */
export function versionFor(
  insight: Insight,
  { version, referrals, internalChanges }: Pick<CaseView, 'version' | 'referrals' | 'internalChanges'>,
): number {
  if (insight === 'ALL') return version;
  const withoutReferrals = version - referralChanges(referrals);
  return insight === 'OFFICE' ? withoutReferrals : withoutReferrals - internalChanges;
}

/** When a case last changed for an insight, RFC 3339. */
export function updatedFor(
  insight: Insight,
  view: Pick<CaseView, 'updatedAt' | 'updatedForOffices' | 'updatedForOutside'>,
): string {
  return insight === 'ALL' ? view.updatedAt : insight === 'OFFICE' ? view.updatedForOffices : view.updatedForOutside;
}
