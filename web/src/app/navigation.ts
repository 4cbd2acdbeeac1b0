import type { Role } from './session.js';

/** Where each role's day begins. */
export const HOME: Readonly<Record<Role, string>> = {
  ENTERPRISE: '/portal',
  OFFICER: '/work',
  COORDINATOR: '/triage',
  AUDITOR: '/audit',
  ADMIN: '/operations',
};

/** The pages that each role finds in its menu, by address; their names are in the message files. */
export const MENU: Readonly<Record<Role, readonly string[]>> = {
  ENTERPRISE: ['/portal', '/appeals/new', '/debts', '/financing', '/policies', '/inspections', '/typical-cases'],
  OFFICER: [
    '/work',
    '/debts',
    '/grants',
    '/inspections',
    '/unit-checks',
    '/typical-cases',
    '/policies',
    '/ranking',
    '/leaders',
    '/connectors',
  ],
  COORDINATOR: [
    '/triage',
    '/service',
    '/meetings',
    '/briefings',
    '/spot-checks',
    '/unit-checks',
    '/typical-cases',
    '/ranking',
    '/leaders',
    '/policies',
    '/audit',
    '/debts',
    '/inspections',
  ],
  AUDITOR: [
    '/audit',
    '/audit/worklist',
    '/debts',
    '/briefings',
    '/inspections',
    '/spot-checks',
    '/unit-checks',
    '/typical-cases',
    '/ranking',
    '/leaders',
    '/policies',
    '/operations',
    '/schemas',
  ],
  ADMIN: ['/operations', '/connectors', '/schemas', '/ranking'],
};
