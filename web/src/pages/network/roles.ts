import type { ServiceRole } from '../../generated/graphql.js';

/** What an official can be to an enterprise, the steward first. */
export const SERVICE_ROLES = [
  'STEWARD',
  'PROJECT_SECRETARY',
  'LEADER',
  'SUPPORTING_UNIT',
  'DEPARTMENT_CONTACT',
  'AGENT',
  'EMPLOYMENT_SPECIALIST',
] as const satisfies readonly ServiceRole[];
