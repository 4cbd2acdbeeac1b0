import type { CaseView } from './case-view.js';
import type { Author, Party } from './case-event.js';

/**
 * Whoever acts, as the gateway's signed assertion says; null is an anonymous caller. Only what the rules below need.
 */
export interface Caller {
  readonly roles: readonly string[];
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
}

/** The part of a case that rights depend on. */
export type CaseOwnership = Pick<CaseView, 'complainant' | 'assignment' | 'receivedBy'> & {
  /** It was opened to the caller for a stated purpose, which is recorded. */
  readonly isOpenedForPurpose?: boolean;
  /** Departments that look at the case in an open check; records from before there were teams have none. */
  readonly checkers?: readonly string[];
};

/** Which cases a caller may see at all. */
export type CaseScope =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'ENTERPRISE'; readonly uscc: string }
  | { readonly kind: 'DEPARTMENT'; readonly department: string }
  | { readonly kind: 'NONE' };

/** What a caller may see of one case. */
export interface CaseRights {
  readonly mayRead: boolean;
  /** Which enterprise it is, its name and contact: hidden from the handling department when it asked for anonymity. */
  readonly maySeeComplainant: boolean;
  /** The contact's name and telephone number in clear: for whoever has to call. */
  readonly maySeeContact: boolean;
}

const has = (caller: Caller | null, role: string): boolean => caller?.roles.includes(role) ?? false;

/**
 * The widest scope of the caller's roles: coordinator and auditor all cases, an officer the department's, an enterprise
 * its own.
 */
export function caseScope(caller: Caller | null): CaseScope {
  if (has(caller, 'COORDINATOR') || has(caller, 'AUDITOR')) return { kind: 'ALL' };
  if (has(caller, 'OFFICER') && caller?.department !== undefined)
    return { kind: 'DEPARTMENT', department: caller.department };
  if (has(caller, 'ENTERPRISE') && caller?.uscc !== undefined) return { kind: 'ENTERPRISE', uscc: caller.uscc };
  return { kind: 'NONE' };
}

const isLead = (caller: Caller | null, ownership: CaseOwnership): boolean =>
  has(caller, 'OFFICER') && caller?.department !== undefined && caller.department === ownership.assignment?.lead;

const isAssisting = (caller: Caller | null, ownership: CaseOwnership): boolean =>
  has(caller, 'OFFICER') &&
  caller?.department !== undefined &&
  (ownership.assignment?.assisting.includes(caller.department) ?? false);

const isDesk = (caller: Caller | null, ownership: CaseOwnership): boolean =>
  has(caller, 'OFFICER') && caller?.department !== undefined && caller.department === ownership.receivedBy;

/**
 * Of the team that checks the case; nobody checks what the own department has done: the desk answers itself what it
 * assigns to nobody.
 */
const isChecker = (caller: Caller | null, ownership: CaseOwnership): boolean =>
  has(caller, 'OFFICER') &&
  caller?.department !== undefined &&
  (ownership.checkers ?? []).includes(caller.department) &&
  !isLead(caller, ownership) &&
  !isAssisting(caller, ownership) &&
  (ownership.assignment !== null || !isDesk(caller, ownership));

const isOwner = (caller: Caller | null, ownership: CaseOwnership): boolean =>
  has(caller, 'ENTERPRISE') && caller?.uscc !== undefined && caller.uscc === ownership.complainant.uscc;

/** In which capacities a caller stands to one case, the strongest first. */
export function capacities(caller: Caller | null, ownership: CaseOwnership): Party[] {
  const parties: Party[] = [];
  if (has(caller, 'COORDINATOR')) parties.push('COORDINATOR');
  if (isLead(caller, ownership)) parties.push('LEAD');
  if (isAssisting(caller, ownership)) parties.push('ASSISTING');
  if (isChecker(caller, ownership)) parties.push('CHECKER');
  if (isDesk(caller, ownership)) parties.push('DESK');
  if (isOwner(caller, ownership)) parties.push('ENTERPRISE');
  if (has(caller, 'AUDITOR')) parties.push('AUDITOR');
  return parties;
}

/**
 * What a caller may see of one case. Of a case brought anonymously only the coordinator and the enterprise itself learn
 * who it is: neither the department that handles it nor the auditor. The desk that took the case knows its caller only
 * when not anonymous, and a team that checks the answer calls the contact. Whoever reads it for a purpose sees what an
 * assisting department sees.
 */
export function caseRights(caller: Caller | null, ownership: CaseOwnership): CaseRights {
  const parties = capacities(caller, ownership);
  const isInsider = parties.includes('COORDINATOR') || parties.includes('ENTERPRISE');
  const mayRead = parties.length > 0 || ownership.isOpenedForPurpose === true;
  const maySeeComplainant = isInsider || (mayRead && !ownership.complainant.anonymous);
  return {
    mayRead,
    maySeeComplainant,
    maySeeContact:
      isInsider ||
      (maySeeComplainant && (['LEAD', 'DESK', 'CHECKER'] as const).some((party) => parties.includes(party))),
  };
}

/** Offices that handle a case, or look at it: of an anonymous one none of them may know who brought it. */
const OFFICES: ReadonlySet<Party> = new Set(['LEAD', 'ASSISTING', 'CHECKER', 'DESK', 'AUDITOR']);

/** Whether somebody acted for an office that may not know who brought an anonymous case. */
export const isOfAnOffice = ({ party }: Pick<Author, 'party'>): boolean => OFFICES.has(party);

/** Whether the caller is of the office for which somebody acted. */
export const isOfOwnOffice = (
  caller: Caller | null,
  { party, department }: Pick<Author, 'party' | 'department'>,
): boolean =>
  party === 'AUDITOR'
    ? has(caller, 'AUDITOR')
    : OFFICES.has(party) && has(caller, 'OFFICER') && department !== null && caller?.department === department;

/**
 * True for whoever learns of referrals to discipline inspection: not the enterprise, and not the department that is
 * referred.
 */
export const knowsReferrals = (caller: Caller | null): boolean => has(caller, 'COORDINATOR') || has(caller, 'AUDITOR');

/**
 * Whether a department holds the flag, as a caller may see it: a referral takes it away for whoever learns of
 * referrals; for the others it would tell that there is one.
 */
export const holdsFlagFor = (
  caller: Caller | null,
  place: { readonly rank: number | null; readonly holdsFlag: boolean },
): boolean => (knowsReferrals(caller) ? place.holdsFlag : place.rank === 1);

/**
 * Of which cases a caller may know that they are of one enterprise: the coordinator of all, the auditor of those that
 * were not brought anonymously, an officer of those of these that the own department has; others of none.
 */
export interface KnownComplainants {
  readonly anonymous: boolean;
  readonly named: 'ALL' | 'NONE' | { readonly department: string };
}

/** What a caller may know when different enterprises are counted. */
export function knownComplainants(caller: Caller | null): KnownComplainants {
  const scope = caseScope(caller);
  return {
    anonymous: has(caller, 'COORDINATOR'),
    named: scope.kind === 'ALL' ? 'ALL' : scope.kind === 'DEPARTMENT' ? { department: scope.department } : 'NONE',
  };
}

/** True when a caller sees figures exactly, small ones too: an official of the government. A bank is none. */
export const seesExactFigures = (caller: Caller | null, financial: Pick<ReadonlySet<string>, 'has'>): boolean =>
  has(caller, 'COORDINATOR') ||
  has(caller, 'AUDITOR') ||
  has(caller, 'ADMIN') ||
  (has(caller, 'OFFICER') && caller?.department !== undefined && !financial.has(caller.department));
