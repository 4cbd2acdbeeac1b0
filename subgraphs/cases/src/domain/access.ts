import type { CaseView } from './case-view.js';
import type { Party } from './case-event.js';

/** Whoever acts, as the gateway's signed assertion says; null is an anonymous visitor. Only what the rules below need. */
export interface Visitor {
  readonly roles: readonly string[];
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
}

/** The part of a case that rights depend on. */
export type CaseOwnership = Pick<CaseView, 'complainant' | 'assignment' | 'receivedBy'> & {
  /** It was opened to the visitor for a stated purpose, which is recorded. */
  readonly isOpenedForPurpose?: boolean;
};

/** Which cases a visitor may see at all. */
export type CaseScope =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'ENTERPRISE'; readonly uscc: string }
  | { readonly kind: 'DEPARTMENT'; readonly department: string }
  | { readonly kind: 'NONE' };

/** What a visitor may see of one case. */
export interface CaseRights {
  readonly mayRead: boolean;
  /** Which enterprise it is, its name and contact: hidden from the handling department when it asked for anonymity. */
  readonly maySeeComplainant: boolean;
  /** The contact's name and telephone number in clear: for whoever has to call. */
  readonly maySeeContact: boolean;
}

const has = (visitor: Visitor | null, role: string): boolean => visitor?.roles.includes(role) ?? false;

/** The widest scope of the visitor's roles: coordinator and auditor all cases, an officer the department's, an enterprise its own. */
export function caseScope(visitor: Visitor | null): CaseScope {
  if (has(visitor, 'COORDINATOR') || has(visitor, 'AUDITOR')) return { kind: 'ALL' };
  if (has(visitor, 'OFFICER') && visitor?.department !== undefined) return { kind: 'DEPARTMENT', department: visitor.department };
  if (has(visitor, 'ENTERPRISE') && visitor?.uscc !== undefined) return { kind: 'ENTERPRISE', uscc: visitor.uscc };
  return { kind: 'NONE' };
}

const isLead = (visitor: Visitor | null, ownership: CaseOwnership): boolean =>
  has(visitor, 'OFFICER') && visitor?.department !== undefined && visitor.department === ownership.assignment?.lead;

const isAssisting = (visitor: Visitor | null, ownership: CaseOwnership): boolean =>
  has(visitor, 'OFFICER') && visitor?.department !== undefined && (ownership.assignment?.assisting.includes(visitor.department) ?? false);

const isDesk = (visitor: Visitor | null, ownership: CaseOwnership): boolean =>
  has(visitor, 'OFFICER') && visitor?.department !== undefined && visitor.department === ownership.receivedBy;

const isOwner = (visitor: Visitor | null, ownership: CaseOwnership): boolean =>
  has(visitor, 'ENTERPRISE') && visitor?.uscc !== undefined && visitor.uscc === ownership.complainant.uscc;

/** In which capacities a visitor stands to one case, the strongest first. */
export function capacities(visitor: Visitor | null, ownership: CaseOwnership): Party[] {
  const parties: Party[] = [];
  if (has(visitor, 'COORDINATOR')) parties.push('COORDINATOR');
  if (isLead(visitor, ownership)) parties.push('LEAD');
  if (isAssisting(visitor, ownership)) parties.push('ASSISTING');
  if (isDesk(visitor, ownership)) parties.push('DESK');
  if (isOwner(visitor, ownership)) parties.push('ENTERPRISE');
  if (has(visitor, 'AUDITOR')) parties.push('AUDITOR');
  return parties;
}

/**
 * What a visitor may see of one case. Of a case brought anonymously only the coordinator and the enterprise itself learn who it is:
 * neither the department that handles it nor the auditor. The desk that took the case knows its caller only when not anonymous.
 * Whoever reads it for a purpose sees what an assisting department sees.
 */
export function caseRights(visitor: Visitor | null, ownership: CaseOwnership): CaseRights {
  const parties = capacities(visitor, ownership);
  const isInsider = parties.includes('COORDINATOR') || parties.includes('ENTERPRISE');
  const mayRead = parties.length > 0 || ownership.isOpenedForPurpose === true;
  const maySeeComplainant = isInsider || (mayRead && !ownership.complainant.anonymous);
  return {
    mayRead,
    maySeeComplainant,
    maySeeContact: isInsider || (maySeeComplainant && (parties.includes('LEAD') || parties.includes('DESK'))),
  };
}

/** True for whoever learns of referrals to discipline inspection: not the enterprise, and not the department that is referred. */
export const knowsReferrals = (visitor: Visitor | null): boolean => has(visitor, 'COORDINATOR') || has(visitor, 'AUDITOR');

/** How many changes of a case are referrals and their outcomes. */
export const referralChanges = (referrals: readonly { readonly outcome: string | null }[]): number => referrals.length + referrals.filter(({ outcome }) => outcome !== null).length;

/**
 * The version of a case as someone sees it: whoever does not learn of referrals does not see by a gap in the numbers that there
 * was one. What such a visitor expects to have seen is compared with the same number.
 */
export const versionSeen = (visitor: Visitor | null, view: { readonly version: number; readonly referrals: readonly { readonly outcome: string | null }[] }): number =>
  knowsReferrals(visitor) ? view.version : view.version - referralChanges(view.referrals);

/** True when a visitor sees figures exactly, small ones too: an official of the government. A bank is none. */
export const seesExactFigures = (visitor: Visitor | null, financial: Pick<ReadonlySet<string>, 'has'>): boolean =>
  has(visitor, 'COORDINATOR') || has(visitor, 'AUDITOR') || has(visitor, 'ADMIN') || (has(visitor, 'OFFICER') && visitor?.department !== undefined && !financial.has(visitor.department));
