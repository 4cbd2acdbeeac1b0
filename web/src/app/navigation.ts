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
  ENTERPRISE: ['/portal', '/appeals/new', '/debts', '/financing', '/typical-cases'],
  OFFICER: [
    '/work',
    '/debts',
    '/grants',
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
    '/spot-checks',
    '/unit-checks',
    '/typical-cases',
    '/ranking',
    '/leaders',
    '/policies',
    '/audit',
    '/debts',
  ],
  AUDITOR: [
    '/audit',
    '/debts',
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
