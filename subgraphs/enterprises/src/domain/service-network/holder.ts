import type { LegalDay } from '@zhitong/values';
import { said, type Said } from '../refusal-words.js';
import { isOfUnit, type ServiceRole } from './roles.js';

/** A person in the service network as somebody names it: a staff number, or of a supporting unit a department. */
export interface NamedForRole {
  readonly role: ServiceRole;
  /** Staff number; null of a supporting unit. */
  readonly official: string | null;
  /** Code of the unit; null where the official's own counts. */
  readonly department: string | null;
}

/** What is known of the official who is named. */
export interface KnownOfficial {
  readonly departmentCode: string;
  /** Day on which the official left; null while serving. */
  readonly leftOn: LegalDay | null;
}

/** Why somebody cannot fill a role. */
export interface HolderFault {
  readonly words: Said;
  readonly field: 'official' | 'department';
}

/**
 * The department that a holder speaks for, or why nobody of the kind can fill the role.
 * @param known undefined for a staff number that nobody has
 */
export function departmentOfHolder(
  { role, official, department }: NamedForRole,
  known: KnownOfficial | undefined,
): string | HolderFault {
  if (isOfUnit(role))
    return department === null || official !== null
      ? { words: said('ROLE_OF_DEPARTMENT', { role }), field: 'department' }
      : department;
  if (official === null) return { words: said('ROLE_OF_OFFICIAL', { role }), field: 'official' };
  if (known === undefined)
    return { words: said('NO_OFFICIAL', { official: official.slice(0, 40) }), field: 'official' };
  const { departmentCode, leftOn } = known;
  if (department !== null && department !== departmentCode)
    return { words: said('OF_OTHER_DEPARTMENT', { official, departmentCode, department }), field: 'department' };
  if (leftOn !== null) return { words: said('LEFT_AND_LOOKS_AFTER_NOBODY', { official, leftOn }), field: 'official' };
  return departmentCode;
}
