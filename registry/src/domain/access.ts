import { departmentForm, hasRole, type Actor } from '@zhitong/kit';

/** The machine identity that a caller acts for; null for one who acts for no department. */
export const machineOf = (actor: Actor): string | null =>
  hasRole(actor, 'SERVICE') && actor.department !== undefined ? departmentForm(actor.department) : null;

/**
 * Whether a caller may publish for a department, take its schema back, or retire it: an administrator, or the machine
 * identity that owns it. A department that nobody owns yet is owned by whoever publishes it first.
 */
export function mayPublish(actor: Actor, owner: string | null | undefined): boolean {
  if (hasRole(actor, 'ADMIN')) return true;
  const machine = machineOf(actor);
  return machine !== null && (owner === undefined || owner === machine);
}

/** Whether a caller may publish against a refusal, and approve what would be refused. */
export const mayForce = (actor: Actor): boolean => hasRole(actor, 'ADMIN');

/** Whether a caller may see publications, checks and who uses what. */
export const mayRead = (actor: Actor): boolean => hasRole(actor, 'ADMIN', 'AUDITOR', 'SERVICE');
