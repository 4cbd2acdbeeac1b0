/** What the gateway vouches for about whoever asks; null when nobody signed in. */
export interface Viewer {
  readonly sub: string;
  readonly roles: readonly string[];
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
}

const has = (viewer: Viewer | null, ...roles: string[]): boolean => viewer !== null && roles.some((role) => viewer.roles.includes(role));

/** An enterprise's own people. */
export const isOwnEnterprise = (viewer: Viewer | null, uscc: string): boolean => has(viewer, 'ENTERPRISE') && viewer?.uscc === uscc;

/** Officials, coordinators, auditors and departments' machines read credit and commitments; an enterprise reads its own. */
export const mayReadEnterprise = (viewer: Viewer | null, uscc: string): boolean =>
  has(viewer, 'OFFICER', 'COORDINATOR', 'AUDITOR', 'SERVICE') || isOwnEnterprise(viewer, uscc);

/** What a department owes, and the city's audit figures. */
export const mayReadDepartment = (viewer: Viewer | null): boolean => has(viewer, 'OFFICER', 'COORDINATOR', 'AUDITOR', 'SERVICE');

/** Repaired or lapsed dishonesty records: the enterprise itself, the department that recorded one, an auditor. */
export const needsCreditHistory = (viewer: Viewer | null, uscc: string, recordedBy: string): boolean =>
  has(viewer, 'AUDITOR') || isOwnEnterprise(viewer, uscc) || (has(viewer, 'OFFICER') && viewer?.department === recordedBy);

/** The ledger is written by an officer of the department that owes the promise, or of the office that keeps the ledger. */
export const mayWriteFor = (viewer: Viewer | null, department: string, ledgerOffice: string): boolean =>
  has(viewer, 'OFFICER') && (viewer?.department === department || viewer?.department === ledgerOffice);

/** What only the office that keeps the ledger does: successor departments, judgments, seals. */
export const mayKeepLedger = (viewer: Viewer | null, ledgerOffice: string): boolean => has(viewer, 'OFFICER') && viewer?.department === ledgerOffice;

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
