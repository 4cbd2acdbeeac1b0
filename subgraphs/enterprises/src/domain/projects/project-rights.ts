import type { Caller } from '../access.js';

const has = (caller: Caller | null, role: string): boolean => caller?.roles.includes(role) ?? false;

/** Whether the caller is an officer of one of these departments. */
export const isOfficerOf = (caller: Caller | null, ...departments: readonly (string | null)[]): boolean =>
  has(caller, 'OFFICER') && caller?.department !== undefined && departments.includes(caller.department);

/** Whether the caller plans a project and completes its steps: its leading department and the coordinator do. */
export const mayLead = (caller: Caller | null, lead: string): boolean =>
  has(caller, 'COORDINATOR') || isOfficerOf(caller, lead);
