/** What the gateway vouches for about whoever asks; null when nobody signed in. */
export interface Caller {
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

const has = (caller: Caller | null, ...roles: string[]): boolean =>
  caller !== null && roles.some((role) => caller.roles.includes(role));

const isOfficerOf = (caller: Caller | null, department: string): boolean =>
  has(caller, 'OFFICER') && caller?.department === department;

/** An officer of a department of the government: a bank is none. */
const isGovernment = (caller: Caller | null, { financial }: OfficesOfCredit): boolean =>
  has(caller, 'OFFICER') && caller?.department !== undefined && !financial.has(caller.department);

/** An enterprise's own people. */
export const isOwnEnterprise = (caller: Caller | null, uscc: string): boolean =>
  has(caller, 'ENTERPRISE') && caller?.uscc === uscc;

/**
 * Which promises, debts and approval items someone may read. Officials of the government read all: that is how it keeps
 * its own promises in view. An officer of a bank, and a department's machine, read what their department owes.
 */
export type DebtScope =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'ENTERPRISE'; readonly uscc: string }
  | { readonly kind: 'DEPARTMENT'; readonly department: string }
  | { readonly kind: 'NONE' };

/** The widest scope of the caller's roles. */
export function debtScope(caller: Caller | null, offices: OfficesOfCredit): DebtScope {
  if (has(caller, 'COORDINATOR', 'AUDITOR') || isGovernment(caller, offices)) return { kind: 'ALL' };
  if (has(caller, 'OFFICER', 'SERVICE') && caller?.department !== undefined)
    return { kind: 'DEPARTMENT', department: caller.department };
  return has(caller, 'ENTERPRISE') && caller?.uscc !== undefined
    ? { kind: 'ENTERPRISE', uscc: caller.uscc }
    : { kind: 'NONE' };
}

/** What is owed, by all that it concerns. */
export interface Owed {
  /** Of the enterprise that it is owed to. */
  readonly uscc: string;
  /** Code of the department that owes it, or that watches over the payments of the large enterprise that does. */
  readonly department: string;
  /** Of the large enterprise that owes it; left out where the department itself does. */
  readonly debtorUscc?: string | undefined;
}

/** Whether a scope holds what is owed to an enterprise: both enterprises that are parties to a debt read it. */
export function isWithin(scope: DebtScope, owed: Owed): boolean {
  switch (scope.kind) {
    case 'ALL':
      return true;
    case 'ENTERPRISE':
      return scope.uscc === owed.uscc || scope.uscc === owed.debtorUscc;
    case 'DEPARTMENT':
      return scope.department === owed.department;
    case 'NONE':
      return false;
  }
}

/**
 * The grade with its counts: the enterprise itself, officials of the government, and the machines that match policies.
 */
export const mayReadStanding = (caller: Caller | null, uscc: string, offices: OfficesOfCredit): boolean =>
  isOwnEnterprise(caller, uscc) || has(caller, 'COORDINATOR', 'AUDITOR', 'SERVICE') || isGovernment(caller, offices);

/**
 * What was on an earlier day, and records that are repaired or have lapsed: the enterprise itself, auditors, the office
 * that keeps the records.
 */
const mayReadHistory = (caller: Caller | null, uscc: string, { ledgerOffice }: OfficesOfCredit): boolean =>
  isOwnEnterprise(caller, uscc) || has(caller, 'AUDITOR') || isOfficerOf(caller, ledgerOffice);

/** The standing of an earlier day without a purpose; a machine decides with it what was matched then. */
export const mayReadEarlierStanding = (caller: Caller | null, uscc: string, offices: OfficesOfCredit): boolean =>
  mayReadHistory(caller, uscc, offices) || has(caller, 'SERVICE');

/** Repaired or lapsed dishonesty records: beside those who may read history the department that recorded one. */
export const needsCreditHistory = (
  caller: Caller | null,
  { uscc, recordedBy }: { readonly uscc: string; readonly recordedBy: string },
  offices: OfficesOfCredit,
): boolean => mayReadHistory(caller, uscc, offices) || isOfficerOf(caller, recordedBy);

/** Judgments that were fulfilled. */
export const needsFulfilledJudgments = mayReadHistory;

/**
 * An open record or judgment without a purpose: beside those who may read history the coordinator and the department
 * that recorded it.
 */
export const mayReadRecordOf = (
  caller: Caller | null,
  { uscc, recordedBy }: { readonly uscc: string; readonly recordedBy: string },
  offices: OfficesOfCredit,
): boolean => needsCreditHistory(caller, { uscc, recordedBy }, offices) || has(caller, 'COORDINATOR');

/** Whose pledges of an enterprise someone reads without a purpose: all, those given to one department, or none. */
export function pledgesWithin(
  caller: Caller | null,
  uscc: string,
  offices: OfficesOfCredit,
): { readonly kind: 'ALL' } | { readonly kind: 'DEPARTMENT'; readonly department: string } | { readonly kind: 'NONE' } {
  if (mayReadHistory(caller, uscc, offices) || has(caller, 'COORDINATOR')) return { kind: 'ALL' };
  return has(caller, 'OFFICER', 'SERVICE') && caller?.department !== undefined
    ? { kind: 'DEPARTMENT', department: caller.department }
    : { kind: 'NONE' };
}

/**
 * Who learns what bars an enterprise from approval on a pledge, for a department that decides: its own officers, and
 * the machines of departments, which decide in its name. A bank decides nothing.
 */
export const mayAskForApproval = (caller: Caller | null, department: string, { financial }: OfficesOfCredit): boolean =>
  !financial.has(department) && (has(caller, 'SERVICE') || isOfficerOf(caller, department));

/**
 * Officials' accounts in what was recorded: colleagues of the department that it lies with, the ledger's office,
 * coordinator and auditor.
 */
export const seesAccounts = (caller: Caller | null, department: string, { ledgerOffice }: OfficesOfCredit): boolean =>
  has(caller, 'COORDINATOR', 'AUDITOR') || isOfficerOf(caller, department) || isOfficerOf(caller, ledgerOffice);

/**
 * The ledger is written by an officer of the department that owes the promise, or of the office that keeps the ledger.
 */
export const mayWriteFor = (caller: Caller | null, department: string, ledgerOffice: string): boolean =>
  has(caller, 'OFFICER') && (caller?.department === department || caller?.department === ledgerOffice);

/** What only the office that keeps the ledger does: successor departments, judgments, seals. */
export const mayKeepLedger = (caller: Caller | null, ledgerOffice: string): boolean =>
  isOfficerOf(caller, ledgerOffice);

/**
 * Departments that put enterprises on their lists of serious dishonesty (严重失信主体名单), beside the office that keeps the
 * ledger: those that the State enables to punish, by the national list of measures. A bank, a district or a service
 * centre is none of them.
 */
export const DISHONESTY_RECORDERS: readonly string[] = [
  'SCJGJ',
  'SHUIWJ',
  'RSJ',
  'STHJJ',
  'YJGLJ',
  'ZJJ',
  'JTJ',
  'CZJ',
  'TJJ',
  'YBJ',
  'WHLYJ',
  'WJW',
  'NYNCJ',
  'ZGJ',
  'SWUJ',
  'XFZD',
];

/** Dishonesty is recorded by an officer of a department that punishes it, or of the office that keeps the ledger. */
export const mayRecordDishonesty = (caller: Caller | null, ledgerOffice: string): boolean =>
  has(caller, 'OFFICER') &&
  caller?.department !== undefined &&
  (caller.department === ledgerOffice || DISHONESTY_RECORDERS.includes(caller.department));

/** The auditor's notes and referrals. */
export const mayAudit = (caller: Caller | null): boolean => has(caller, 'AUDITOR');
