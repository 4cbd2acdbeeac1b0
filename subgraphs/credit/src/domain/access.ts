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

/** What only the office that keeps the ledger does: successor departments, dishonesty records, seals. */
export const mayKeepLedger = (viewer: Viewer | null, ledgerOffice: string): boolean => has(viewer, 'OFFICER') && viewer?.department === ledgerOffice;

/** The auditor's notes and referrals. */
export const mayAudit = (viewer: Viewer | null): boolean => has(viewer, 'AUDITOR');
