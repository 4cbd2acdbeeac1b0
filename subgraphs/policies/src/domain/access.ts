import type { QuestionsSeen } from './policy-question.js';

/** The part of a caller that decides about rights. */
export interface Caller {
  readonly roles: readonly string[];
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
}

const READS_ALL = ['OFFICER', 'COORDINATOR', 'AUDITOR', 'SERVICE'];

/** True when the caller may see an enterprise's matches and grants: its own, or by office. */
export function mayReadEnterprise(caller: Caller | null, uscc: string): boolean {
  if (caller === null) return false;
  return caller.roles.some((role) => READS_ALL.includes(role)) || (caller.roles.includes('ENTERPRISE') && caller.uscc === uscc);
}

/** True when the caller may write the policies of a department: an officer of it. */
export const mayWritePolicyOf = (caller: Caller | null, department: string | null): boolean =>
  caller !== null && department !== null && caller.roles.includes('OFFICER') && caller.department === department;

/** True when the caller may see drafts of a department: its officers, the coordinator, auditors. */
export const mayReadDraftOf = (caller: Caller | null, department: string | null): boolean =>
  mayWritePolicyOf(caller, department) || (caller?.roles.some((role) => role === 'COORDINATOR' || role === 'AUDITOR') ?? false);

/** The department that keeps the policies' common figures: the business-environment office [营商办]. */
const POLICIES_DEPARTMENT = 'YSB';

/** True when the caller may define dated parameters and record their values. */
export const mayKeepParameters = (caller: Caller | null): boolean => caller !== null && (caller.roles.includes('ADMIN') || (caller.roles.includes('OFFICER') && caller.department === POLICIES_DEPARTMENT));

/** Which grants a caller may list: all, those of one enterprise, or none. */
export function grantsWithin(caller: Caller | null): { readonly kind: 'all' } | { readonly kind: 'enterprise'; readonly uscc: string } | { readonly kind: 'none' } {
  if (caller === null) return { kind: 'none' };
  if (caller.roles.some((role) => READS_ALL.includes(role))) return { kind: 'all' };
  return caller.roles.includes('ENTERPRISE') && caller.uscc !== undefined ? { kind: 'enterprise', uscc: caller.uscc } : { kind: 'none' };
}

/** True when the caller may publish loan products: an officer of a department that is a financial institution. */
export const mayOfferLoans = (caller: Caller | null, financialDepartments: ReadonlySet<string>): boolean =>
  caller?.department !== undefined && caller.roles.includes('OFFICER') && financialDepartments.has(caller.department);

/** What a caller sees of the needs that match a product: nothing, needs without names until consent, or everything. */
export function needsSeenBy(caller: Caller | null, productDepartment: string): 'nothing' | 'with consent' | 'everything' {
  if (caller === null) return 'nothing';
  if (caller.roles.includes('AUDITOR')) return 'everything';
  return caller.roles.includes('OFFICER') && caller.department === productDepartment ? 'with consent' : 'nothing';
}

/** Whose financing needs a caller may read as they were stated: all, those of one enterprise, or none. No officer: a bank is one. */
export function needsWithin(caller: Caller | null): { readonly kind: 'all' } | { readonly kind: 'enterprise'; readonly uscc: string } | { readonly kind: 'none' } {
  if (caller === null) return { kind: 'none' };
  if (caller.roles.includes('AUDITOR')) return { kind: 'all' };
  return caller.roles.includes('ENTERPRISE') && caller.uscc !== undefined ? { kind: 'enterprise', uscc: caller.uscc } : { kind: 'none' };
}

/** True when the caller may see an enterprise's subscriptions, notifications and questions: its own, or an auditor. No officer: what an enterprise looks for is its business. */
export const mayReadShopOf = (caller: Caller | null, uscc: string): boolean => caller !== null && (caller.roles.includes('AUDITOR') || (caller.roles.includes('ENTERPRISE') && caller.uscc === uscc));

/** Whose questions about policies a caller sees beside the published ones: all, those to its department, its own, or none. */
export function questionsSeenBy(caller: Caller | null): QuestionsSeen {
  if (caller === null) return { kind: 'published' };
  if (caller.roles.includes('AUDITOR')) return { kind: 'all' };
  if (caller.roles.includes('OFFICER') && caller.department !== undefined) return { kind: 'department', department: caller.department };
  return caller.roles.includes('ENTERPRISE') && caller.uscc !== undefined ? { kind: 'enterprise', uscc: caller.uscc } : { kind: 'published' };
}

/** True when the caller sees figures exactly, small cells too: an official. */
export const seesExactFigures = (caller: Caller | null): boolean => caller?.roles.some((role) => READS_ALL.includes(role)) ?? false;
