/** The part of a caller that decides about rights. */
export interface Caller {
  readonly roles: readonly string[];
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
}

/** Roles that read every enterprise's record. */
const READS_ALL = ['OFFICER', 'COORDINATOR', 'AUDITOR', 'ADMIN', 'SERVICE'];
/** Roles that need telephone numbers for their work. An enterprise sees its own. */
const NEEDS_TELEPHONE = ['OFFICER', 'COORDINATOR'];

/** True when the caller may read the non-public part of an enterprise's record: its own, or by office. */
export function mayReadEnterprise(caller: Caller | null, uscc: string): boolean {
  if (caller === null) return false;
  return caller.roles.some((role) => READS_ALL.includes(role)) || (caller.roles.includes('ENTERPRISE') && caller.uscc === uscc);
}

/** True when the caller may read the non-public part of every enterprise's record, and so filter by it. */
export function mayReadAllEnterprises(caller: Caller | null): boolean {
  return caller?.roles.some((role) => READS_ALL.includes(role)) ?? false;
}

/** True when the caller needs telephone numbers unmasked: an official at work, or the enterprise itself. */
export function maySeeTelephone(caller: Caller | null, uscc?: string): boolean {
  if (caller === null) return false;
  return caller.roles.some((role) => NEEDS_TELEPHONE.includes(role)) || (uscc !== undefined && caller.roles.includes('ENTERPRISE') && caller.uscc === uscc);
}

/** Hides the middle of a telephone number: the first three and last four characters stay (of a shorter one the last two). */
export function maskTelephone(telephone: string): string {
  return telephone.length >= 11 ? `${telephone.slice(0, 3)}****${telephone.slice(-4)}` : `****${telephone.slice(-2)}`;
}
