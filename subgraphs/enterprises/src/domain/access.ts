/** The part of a caller that decides about rights. */
export interface Caller {
  readonly roles: readonly string[];
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
  readonly service?: string | undefined;
}

/** Codes of the departments that are financial institutions. */
export type FinancialDepartments = Pick<ReadonlySet<string>, 'has'>;

/** Roles that read what every enterprise has registered. */
const READS_REGISTER = ['OFFICER', 'COORDINATOR', 'AUDITOR', 'ADMIN', 'SERVICE'];
/** Roles of which each reads every enterprise's record whole, officers of financial institutions aside. */
const READS_RECORD = ['COORDINATOR', 'AUDITOR', 'ADMIN', 'SERVICE'];

const has = (caller: Caller | null, ...roles: readonly string[]): boolean =>
  caller?.roles.some((role) => roles.includes(role)) ?? false;

/** True for an enterprise's own people. */
export const isOwn = (caller: Caller | null, uscc: string): boolean =>
  has(caller, 'ENTERPRISE') && caller?.uscc === uscc;

/** True for an officer of a department of the government. */
const isGovernment = (caller: Caller | null, financial: FinancialDepartments): boolean =>
  has(caller, 'OFFICER') && caller?.department !== undefined && !financial.has(caller.department);

/** True when the caller may read what every enterprise has registered, and so filter by it. */
export const mayReadRegister = (caller: Caller | null): boolean => has(caller, ...READS_REGISTER);

/**
 * True when the caller may read what an enterprise has registered beyond its public card: form, size, capital, titles.
 */
export const mayReadEnterprise = (caller: Caller | null, uscc: string): boolean =>
  mayReadRegister(caller) || isOwn(caller, uscc);

/**
 * True when the caller may read every enterprise's record whole: its facts, projects and who looks after it. A bank's
 * officer may not: it learns of an enterprise what that consents to.
 */
export const mayReadAllRecords = (caller: Caller | null, financial: FinancialDepartments): boolean =>
  has(caller, ...READS_RECORD) || isGovernment(caller, financial);

/** True when the caller may read the whole record of one enterprise. */
export const mayReadRecord = (caller: Caller | null, uscc: string, financial: FinancialDepartments): boolean =>
  mayReadAllRecords(caller, financial) || isOwn(caller, uscc);

/** The machines that take what leads to an enterprise out of texts. */
export interface MaskingMachines {
  /** Codes of the departments for which they act. */
  readonly departments: readonly string[];
  /** The parts of the graph whose processes they are: a department can have others. */
  readonly services: readonly string[];
}

/** The process that handles appeals, of the office that does. */
export const MASKING_MACHINES: MaskingMachines = { departments: ['YSB'], services: ['cases'] };

/**
 * True for a machine identity that takes what leads to an enterprise out of texts. Another process of the same
 * department, and one whose token does not say which it is, has no need of it.
 */
export const mayReadIdentifyingWords = (caller: Caller | null, maskers: MaskingMachines): boolean =>
  has(caller, 'SERVICE') &&
  caller?.department !== undefined &&
  caller.service !== undefined &&
  maskers.departments.includes(caller.department) &&
  maskers.services.includes(caller.service);

/** Departments that are concerned with an enterprise: those of its steward and of the leaders of its projects. */
export type ConcernedDepartments = readonly string[];

/** How a caller sees whom to call at an enterprise: in clear, with name and number masked, or not without a purpose. */
export type ContactSight = 'CLEAR' | 'MASKED' | 'PURPOSE';

/** Without asking which departments are concerned; undefined where that decides. */
export function contactSight(caller: Caller | null, uscc: string): Exclude<ContactSight, 'PURPOSE'> | undefined {
  if (isOwn(caller, uscc) || has(caller, 'COORDINATOR')) return 'CLEAR';
  return has(caller, 'AUDITOR') ? 'MASKED' : undefined;
}

/** For an officer: in clear for a concerned department of the government. */
export function contactSightOfOfficer(
  caller: Caller | null,
  concerned: ConcernedDepartments,
  financial: FinancialDepartments,
): ContactSight {
  return isGovernment(caller, financial) && caller?.department !== undefined && concerned.includes(caller.department)
    ? 'CLEAR'
    : 'PURPOSE';
}

/**
 * True when the caller needs an official's telephone number: the coordinator, officers of the official's own
 * department, and the enterprise that the official is with, which is what a steward is for.
 */
export const needsOfficialsTelephone = (
  caller: Caller | null,
  official: { readonly department: string; readonly of: string },
): boolean =>
  has(caller, 'COORDINATOR') ||
  isOwn(caller, official.of) ||
  (has(caller, 'OFFICER') && caller?.department === official.department);

/** Whose projects a caller may read: everybody's, one enterprise's, or none. */
export type ProjectScope =
  { readonly kind: 'ALL' } | { readonly kind: 'ENTERPRISE'; readonly uscc: string } | { readonly kind: 'NONE' };

/** The widest scope of the caller's roles. */
export function projectScope(caller: Caller | null, financial: FinancialDepartments): ProjectScope {
  if (has(caller, 'COORDINATOR', 'AUDITOR', 'SERVICE') || isGovernment(caller, financial)) return { kind: 'ALL' };
  return has(caller, 'ENTERPRISE') && caller?.uscc !== undefined
    ? { kind: 'ENTERPRISE', uscc: caller.uscc }
    : { kind: 'NONE' };
}

/** True for whoever reads all officials, and who looks after whom: officials of the government. */
export const mayReadOfficials = (caller: Caller | null, financial: FinancialDepartments): boolean =>
  has(caller, 'COORDINATOR', 'AUDITOR') || isGovernment(caller, financial);

/** Whose visits a caller may read: everybody's, those to one enterprise, or none. */
export function visitScope(caller: Caller | null, financial: FinancialDepartments): ProjectScope {
  if (mayReadOfficials(caller, financial)) return { kind: 'ALL' };
  return has(caller, 'ENTERPRISE') && caller?.uscc !== undefined
    ? { kind: 'ENTERPRISE', uscc: caller.uscc }
    : { kind: 'NONE' };
}

/**
 * The department whose officials alone the caller may name, null for the coordinator, who names any; undefined for
 * whoever may name none.
 */
export function namesOfficialsOf(caller: Caller | null, financial: FinancialDepartments): string | null | undefined {
  if (has(caller, 'COORDINATOR')) return null;
  return isGovernment(caller, financial) ? caller?.department : undefined;
}
