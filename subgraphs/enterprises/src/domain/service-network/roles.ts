import { WITHOUT_BUSINESS, type State } from '../register-entry.js';

/**
 * What an official can be to an enterprise. Steward (项目管家、服务专员、包保干部), project secretary stationed in it (项目秘书),
 * leader (包联领导), unit that supports the leader (联系单位), contact in one of the N departments (部门联系人), agent
 * (代办帮办员), employment specialist (用工专员).
 */
export const SERVICE_ROLES = [
  'STEWARD',
  'PROJECT_SECRETARY',
  'LEADER',
  'SUPPORTING_UNIT',
  'DEPARTMENT_CONTACT',
  'AGENT',
  'EMPLOYMENT_SPECIALIST',
] as const;
export type ServiceRole = (typeof SERVICE_ROLES)[number];

/** Roles that a department fills from its own officials, without the coordinator. */
const FILLED_BY_DEPARTMENTS: readonly ServiceRole[] = ['DEPARTMENT_CONTACT', 'AGENT'];
/** Roles whose holder speaks for a department: a successor comes out of the same one. */
const OF_ONE_DEPARTMENT: readonly ServiceRole[] = ['DEPARTMENT_CONTACT', 'AGENT'];

/** Who fills a role at an enterprise. */
export interface Holder {
  readonly uscc: string;
  readonly role: ServiceRole;
  /** Staff number; null of a supporting unit. */
  readonly officialId: string | null;
  readonly departmentCode: string;
}

/**
 * The place that a holder takes: an enterprise has one at a time. One steward, one secretary, one leader with one unit,
 * one employment specialist; one contact and one agent of each department.
 */
export const placeOf = ({ uscc, role, departmentCode }: Holder): string =>
  OF_ONE_DEPARTMENT.includes(role) ? `${uscc} ${role} ${departmentCode}` : `${uscc} ${role}`;

/** Whether a department fills the role itself. */
export const isFilledByDepartment = (role: ServiceRole): boolean => FILLED_BY_DEPARTMENTS.includes(role);

/** Whether whoever takes the role over must be of the holder's department. */
export const staysInDepartment = (role: ServiceRole): boolean => OF_ONE_DEPARTMENT.includes(role);

/** Whether an enterprise of this state is looked after: one without business is not. */
export const isLookedAfter = (status: State | null): boolean => status === null || !WITHOUT_BUSINESS.includes(status);

/** Roles that somebody may fill who names officials of one department alone, or of any (null). */
export const rolesFilledBy = (within: string | null): ServiceRole[] =>
  SERVICE_ROLES.filter((role) => within === null || isFilledByDepartment(role));

/** Roles for which that person may name an official at an enterprise of this state. */
export const assignableRoles = (within: string | null, status: State | null): ServiceRole[] =>
  isLookedAfter(status) ? rolesFilledBy(within) : [];

export const SERVICE_LINK_MOVES = ['END'] as const;
export type ServiceLinkMove = (typeof SERVICE_LINK_MOVES)[number];

/** Whether whoever names officials of one department alone, or of any (null), has a say in who holds a link. */
export const isLinkOf = (
  { role, departmentCode }: Pick<Holder, 'role' | 'departmentCode'>,
  within: string | null,
): boolean => within === null || (departmentCode === within && isFilledByDepartment(role));

/** What somebody can do with a link who names officials of one department alone, or of any (null). */
export const linkMoves = (
  link: Pick<Holder, 'role' | 'departmentCode'> & { readonly until: string | null },
  within: string | null,
): ServiceLinkMove[] => (link.until === null && isLinkOf(link, within) ? ['END'] : []);

/** What the coordinator can do with an official on the roster: give all over, while he or she serves. */
export const serviceOfficerMoves = (
  { leftOn }: { readonly leftOn: string | null },
  caller: { readonly roles: readonly string[] } | null,
): 'HAND_OVER'[] => (caller?.roles.includes('COORDINATOR') === true && leftOn === null ? ['HAND_OVER'] : []);

/** Whether the role is a department's, so that no official holds it. */
export const isOfUnit = (role: ServiceRole): boolean => role === 'SUPPORTING_UNIT';
