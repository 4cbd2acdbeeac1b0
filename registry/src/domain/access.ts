import { departmentForm, hasRole, type Actor } from '@zhitong/kit';

/** The machine identity that a caller acts for; null for one who acts for no department. */
export const machineOf = (actor: Actor): string | null =>
  hasRole(actor, 'SERVICE') && actor.department !== undefined ? departmentForm(actor.department) : null;

/** A department of the graph, and whose machine identity owns it; undefined: nobody owns it yet. */
export interface Owned {
  readonly department: string;
  readonly owner: string | null | undefined;
}

/**
 * Whether a caller may publish for a department, take its schema back, or retire it: an administrator, or the machine
 * identity that owns it. A department that nobody owns yet is owned by whoever publishes it first. A machine whose
 * token says which part of the graph it is (claim `service`) speaks for that part alone: one office can run several.
 */
export function mayPublish(actor: Actor, { department, owner }: Owned): boolean {
  if (hasRole(actor, 'ADMIN')) return true;
  const machine = machineOf(actor);
  const speaksForIt = actor.service === undefined || actor.service === department;
  return machine !== null && speaksForIt && (owner === undefined || owner === machine);
}

/** Whether a caller may publish against a refusal, and approve what would be refused. */
export const mayForce = (actor: Actor): boolean => hasRole(actor, 'ADMIN');

/** Whether a caller may see publications, checks and who uses what. */
export const mayRead = (actor: Actor): boolean => hasRole(actor, 'ADMIN', 'AUDITOR', 'SERVICE');
