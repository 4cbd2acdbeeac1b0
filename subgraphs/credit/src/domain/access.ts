/** What the gateway vouches for about whoever asks; null when nobody signed in. */
export interface Viewer {
  readonly sub: string;
  readonly roles: readonly string[];
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
}

/** The departments that rights name. */
export interface OfficesOfCredit {
  /** Code of the department that keeps the ledger and the credit records. */
  readonly ledgerOffice: string;
  /** Codes of the departments that are financial institutions. */
  readonly financial: Pick<ReadonlySet<string>, 'has'>;
}

const has = (viewer: Viewer | null, ...roles: string[]): boolean => viewer !== null && roles.some((role) => viewer.roles.includes(role));

const isOfficerOf = (viewer: Viewer | null, department: string): boolean => has(viewer, 'OFFICER') && viewer?.department === department;

/** An officer of a department of the government: a bank is none. */
const isGovernment = (viewer: Viewer | null, { financial }: OfficesOfCredit): boolean => has(viewer, 'OFFICER') && viewer?.department !== undefined && !financial.has(viewer.department);

/** An enterprise's own people. */
export const isOwnEnterprise = (viewer: Viewer | null, uscc: string): boolean => has(viewer, 'ENTERPRISE') && viewer?.uscc === uscc;

/**
 * Which promises, debts and approval items someone may read. Officials of the government read all: that is how it keeps its own
 * promises in view. An officer of a bank, and a department's machine, read what their department owes.
 */
export type DebtScope =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'ENTERPRISE'; readonly uscc: string }
  | { readonly kind: 'DEPARTMENT'; readonly department: string }
  | { readonly kind: 'NONE' };

/** The widest scope of the viewer's roles. */
export function debtScope(viewer: Viewer | null, offices: OfficesOfCredit): DebtScope {
  if (has(viewer, 'COORDINATOR', 'AUDITOR') || isGovernment(viewer, offices)) return { kind: 'ALL' };
  if (has(viewer, 'OFFICER', 'SERVICE') && viewer?.department !== undefined) return { kind: 'DEPARTMENT', department: viewer.department };
  return has(viewer, 'ENTERPRISE') && viewer?.uscc !== undefined ? { kind: 'ENTERPRISE', uscc: viewer.uscc } : { kind: 'NONE' };
}

/** Whether a scope holds what a department owes to an enterprise. */
export function isWithin(scope: DebtScope, owed: { readonly uscc: string; readonly department: string }): boolean {
  switch (scope.kind) {
    case 'ALL':
      return true;
    case 'ENTERPRISE':
      return scope.uscc === owed.uscc;
    case 'DEPARTMENT':
      return scope.department === owed.department;
    case 'NONE':
      return false;
  }
}

/** The grade with its counts: the enterprise itself, officials of the government, and the machines that match policies. */
export const mayReadStanding = (viewer: Viewer | null, uscc: string, offices: OfficesOfCredit): boolean =>
  isOwnEnterprise(viewer, uscc) || has(viewer, 'COORDINATOR', 'AUDITOR', 'SERVICE') || isGovernment(viewer, offices);

/** What was on an earlier day, and records that are repaired or have lapsed: the enterprise itself, auditors, the office that keeps the records. */
const mayReadHistory = (viewer: Viewer | null, uscc: string, { ledgerOffice }: OfficesOfCredit): boolean =>
  isOwnEnterprise(viewer, uscc) || has(viewer, 'AUDITOR') || isOfficerOf(viewer, ledgerOffice);

/** The standing of an earlier day without a purpose; a machine decides with it what was matched then. */
export const mayReadEarlierStanding = (viewer: Viewer | null, uscc: string, offices: OfficesOfCredit): boolean => mayReadHistory(viewer, uscc, offices) || has(viewer, 'SERVICE');

/** Repaired or lapsed dishonesty records: beside those who may read history the department that recorded one. */
export const needsCreditHistory = (viewer: Viewer | null, { uscc, recordedBy }: { readonly uscc: string; readonly recordedBy: string }, offices: OfficesOfCredit): boolean =>
  mayReadHistory(viewer, uscc, offices) || isOfficerOf(viewer, recordedBy);

/** Judgments that were fulfilled. */
export const needsFulfilledJudgments = mayReadHistory;

/** An open record or judgment without a purpose: beside those who may read history the coordinator and the department that recorded it. */
export const mayReadRecordOf = (viewer: Viewer | null, { uscc, recordedBy }: { readonly uscc: string; readonly recordedBy: string }, offices: OfficesOfCredit): boolean =>
  needsCreditHistory(viewer, { uscc, recordedBy }, offices) || has(viewer, 'COORDINATOR');

/** Whose pledges of an enterprise someone reads without a purpose: all, those given to one department, or none. */
export function pledgesWithin(viewer: Viewer | null, uscc: string, offices: OfficesOfCredit): { readonly kind: 'ALL' } | { readonly kind: 'DEPARTMENT'; readonly department: string } | { readonly kind: 'NONE' } {
  if (mayReadHistory(viewer, uscc, offices) || has(viewer, 'COORDINATOR')) return { kind: 'ALL' };
  return has(viewer, 'OFFICER', 'SERVICE') && viewer?.department !== undefined ? { kind: 'DEPARTMENT', department: viewer.department } : { kind: 'NONE' };
}

/** Officials' accounts in what was recorded: colleagues of the department that it lies with, the ledger's office, coordinator and auditor. */
export const seesAccounts = (viewer: Viewer | null, department: string, { ledgerOffice }: OfficesOfCredit): boolean =>
  has(viewer, 'COORDINATOR', 'AUDITOR') || isOfficerOf(viewer, department) || isOfficerOf(viewer, ledgerOffice);

/** The ledger is written by an officer of the department that owes the promise, or of the office that keeps the ledger. */
export const mayWriteFor = (viewer: Viewer | null, department: string, ledgerOffice: string): boolean =>
  has(viewer, 'OFFICER') && (viewer?.department === department || viewer?.department === ledgerOffice);

/** What only the office that keeps the ledger does: successor departments, judgments, seals. */
export const mayKeepLedger = (viewer: Viewer | null, ledgerOffice: string): boolean => isOfficerOf(viewer, ledgerOffice);

/**
 * Departments that put enterprises on their lists of serious dishonesty (严重失信主体名单), beside the office that keeps the
 * ledger: those that the State enables to punish, by the national list of measures. A bank, a district or a service centre
 * is none of them.
 */
export const DISHONESTY_RECORDERS: readonly string[] = ['SCJGJ', 'SHUIWJ', 'RSJ', 'STHJJ', 'YJGLJ', 'ZJJ', 'JTJ', 'CZJ', 'TJJ', 'YBJ', 'WHLYJ', 'WJW', 'NYNCJ', 'ZGJ', 'SWUJ', 'XFZD'];

/** Dishonesty is recorded by an officer of a department that punishes it, or of the office that keeps the ledger. */
export const mayRecordDishonesty = (viewer: Viewer | null, ledgerOffice: string): boolean =>
  has(viewer, 'OFFICER') && viewer?.department !== undefined && (viewer.department === ledgerOffice || DISHONESTY_RECORDERS.includes(viewer.department));

/** The auditor's notes and referrals. */
export const mayAudit = (viewer: Viewer | null): boolean => has(viewer, 'AUDITOR');
