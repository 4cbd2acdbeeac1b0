import type { QuestionsSeen } from './questions/policy-question.js';

/** The part of a caller that decides about rights. */
export interface Caller {
  readonly roles: readonly string[];
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
}

/** Codes of the departments that are financial institutions. */
export type FinancialDepartments = Pick<ReadonlySet<string>, 'has'>;

const has = (caller: Caller | null, ...roles: readonly string[]): boolean =>
  caller?.roles.some((role) => roles.includes(role)) ?? false;

const isOwn = (caller: Caller | null, uscc: string): boolean => has(caller, 'ENTERPRISE') && caller?.uscc === uscc;

/** True for an officer of a department of the government: a bank is none. */
const isGovernment = (caller: Caller | null, financial: FinancialDepartments): boolean =>
  has(caller, 'OFFICER') && caller?.department !== undefined && !financial.has(caller.department);

/** True for a machine's identity, which passes on what another system says: no person, whatever it is named. */
export const isMachine = (caller: Caller | null): boolean => has(caller, 'SERVICE') && !has(caller, 'OFFICER');

/**
 * True when the caller may see what every enterprise matches: by office. A bank learns of an enterprise what that
 * consents to.
 */
export const mayReadMatches = (caller: Caller | null, financial: FinancialDepartments): boolean =>
  has(caller, 'COORDINATOR', 'AUDITOR') || isGovernment(caller, financial);

/** True when the caller may see an enterprise's matches: its own, or by office. */
export const mayReadMatchesOf = (caller: Caller | null, uscc: string, financial: FinancialDepartments): boolean =>
  mayReadMatches(caller, financial) || isOwn(caller, uscc);

/**
 * True when the caller may see without a purpose what an enterprise matched on an earlier day, which reveals its credit
 * of that day.
 */
export const mayReadEarlierMatchesOf = (caller: Caller | null, uscc: string): boolean =>
  has(caller, 'AUDITOR') || isOwn(caller, uscc);

/**
 * The department that keeps the policies' common figures, and the policies that no department of the city issued: the
 * business-environment office [营商办].
 */
const POLICIES_DEPARTMENT = 'YSB';

/** True when the caller may write the policies of a department: an officer of it. */
export const mayWritePolicyOf = (caller: Caller | null, department: string | null): boolean =>
  caller !== null && department !== null && caller.roles.includes('OFFICER') && caller.department === department;

/**
 * True when the caller may put another version in the place of one of this issuer: an officer of the issuer; where the
 * issuer is none of the city's, as an import leaves it, one of the policies department.
 */
export const mayChangePolicyOf = (caller: Caller | null, issuer: string | null): boolean =>
  mayWritePolicyOf(caller, issuer ?? POLICIES_DEPARTMENT);

/** True when the caller may see drafts of a department: its officers, the coordinator, auditors. */
export const mayReadDraftOf = (caller: Caller | null, department: string | null): boolean =>
  mayWritePolicyOf(caller, department) ||
  (caller?.roles.some((role) => role === 'COORDINATOR' || role === 'AUDITOR') ?? false);

/** True when the caller may define dated parameters and record their values. */
export const mayKeepParameters = (caller: Caller | null): boolean =>
  caller !== null &&
  (caller.roles.includes('ADMIN') || (caller.roles.includes('OFFICER') && caller.department === POLICIES_DEPARTMENT));

/**
 * Which grants a caller may read without a purpose: all, those of one enterprise, those that one department pays, or
 * none.
 */
export type GrantScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'enterprise'; readonly uscc: string }
  | { readonly kind: 'department'; readonly department: string }
  | { readonly kind: 'none' };

/** The widest scope of the caller's roles. */
export function grantsWithin(caller: Caller | null): GrantScope {
  if (has(caller, 'COORDINATOR', 'AUDITOR')) return { kind: 'all' };
  if (has(caller, 'OFFICER', 'SERVICE') && caller?.department !== undefined)
    return { kind: 'department', department: caller.department };
  return has(caller, 'ENTERPRISE') && caller?.uscc !== undefined
    ? { kind: 'enterprise', uscc: caller.uscc }
    : { kind: 'none' };
}

/** Whether a scope holds a grant. */
export function isGrantWithin(
  scope: GrantScope,
  grant: { readonly uscc: string; readonly department: string },
): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'enterprise':
      return scope.uscc === grant.uscc;
    case 'department':
      return scope.department === grant.department;
    case 'none':
      return false;
  }
}

/**
 * True when the caller may read the account of who did something with a grant: one who works for the city, and who did
 * it. An enterprise sees what was done and not the account of the official who did it.
 */
export const mayReadDoer = (caller: (Caller & { readonly sub: string }) | null, by: string): boolean =>
  has(caller, 'OFFICER', 'COORDINATOR', 'AUDITOR') || caller?.sub === by;

/** True when the caller may publish loan products: an officer of a department that is a financial institution. */
export const mayOfferLoans = (caller: Caller | null, financialDepartments: ReadonlySet<string>): boolean =>
  caller?.department !== undefined && caller.roles.includes('OFFICER') && financialDepartments.has(caller.department);

/** What a caller sees of the needs that match a product: nothing, needs without names until consent, or everything. */
export function needsSeenBy(
  caller: Caller | null,
  productDepartment: string,
): 'nothing' | 'with consent' | 'everything' {
  if (caller === null) return 'nothing';
  if (caller.roles.includes('AUDITOR')) return 'everything';
  return caller.roles.includes('OFFICER') && caller.department === productDepartment ? 'with consent' : 'nothing';
}

/**
 * Whose financing needs a caller may read as they were stated: all, those of one enterprise, or none. No officer: a
 * bank is one.
 */
export function needsWithin(
  caller: Caller | null,
): { readonly kind: 'all' } | { readonly kind: 'enterprise'; readonly uscc: string } | { readonly kind: 'none' } {
  if (caller === null) return { kind: 'none' };
  if (caller.roles.includes('AUDITOR')) return { kind: 'all' };
  return caller.roles.includes('ENTERPRISE') && caller.uscc !== undefined
    ? { kind: 'enterprise', uscc: caller.uscc }
    : { kind: 'none' };
}

/**
 * True when the caller may see an enterprise's subscriptions, notifications and questions: its own, or an auditor. No
 * officer: what an enterprise looks for is its business.
 */
export const mayReadShopOf = (caller: Caller | null, uscc: string): boolean =>
  caller !== null &&
  (caller.roles.includes('AUDITOR') || (caller.roles.includes('ENTERPRISE') && caller.uscc === uscc));

/**
 * Whose questions about policies a caller sees beside the published ones: all, those to its department, its own, or
 * none.
 */
export function questionsSeenBy(caller: Caller | null): QuestionsSeen {
  if (caller === null) return { kind: 'published' };
  if (caller.roles.includes('AUDITOR')) return { kind: 'all' };
  if (caller.roles.includes('OFFICER') && caller.department !== undefined)
    return { kind: 'department', department: caller.department };
  return caller.roles.includes('ENTERPRISE') && caller.uscc !== undefined
    ? { kind: 'enterprise', uscc: caller.uscc }
    : { kind: 'published' };
}

/** True when the caller sees figures exactly, small cells too: an official of the government. */
export const seesExactFigures = (caller: Caller | null, financial: FinancialDepartments): boolean =>
  mayReadMatches(caller, financial) || has(caller, 'SERVICE');
