import type { Role } from './session.js';

/** Where each role's day begins. */
export const HOME: Readonly<Record<Role, string>> = {
  ENTERPRISE: '/portal',
  OFFICER: '/work',
  COORDINATOR: '/triage',
  AUDITOR: '/audit',
  ADMIN: '/operations',
};

/** A page by its address, or pages under a common word. */
export type MenuEntry =
  | string
  | {
      readonly group: 'checks' | 'figures' | 'more' | 'papers' | 'service' | 'systems';
      readonly pages: readonly string[];
    };

/** The pages that each role finds in its menu, by address; their names are in the message files. */
export const MENU: Readonly<Record<Role, readonly MenuEntry[]>> = {
  ENTERPRISE: [
    '/portal',
    '/appeals/new',
    '/debts',
    '/financing',
    '/policies',
    '/projects',
    { group: 'more', pages: ['/inspections', '/appraisals', '/accesses', '/typical-cases'] },
  ],
  OFFICER: [
    '/work',
    '/debts',
    '/grants',
    { group: 'service', pages: ['/visits', '/network', '/projects'] },
    '/policies',
    { group: 'checks', pages: ['/inspections', '/unit-checks', '/tasks'] },
    { group: 'figures', pages: ['/ranking', '/appraisals', '/leaders', '/parameters', '/typical-cases'] },
    '/connectors',
  ],
  COORDINATOR: [
    '/triage',
    { group: 'service', pages: ['/service', '/network', '/projects'] },
    '/meetings',
    '/debts',
    '/policies',
    { group: 'checks', pages: ['/spot-checks', '/unit-checks', '/inspections', '/tasks'] },
    { group: 'figures', pages: ['/ranking', '/appraisals', '/leaders', '/audit'] },
    { group: 'papers', pages: ['/briefings', '/typical-cases'] },
  ],
  AUDITOR: [
    '/audit',
    '/audit/worklist',
    '/debts',
    '/leaders',
    { group: 'checks', pages: ['/inspections', '/spot-checks', '/unit-checks', '/accesses'] },
    { group: 'papers', pages: ['/ranking', '/policies', '/briefings', '/typical-cases'] },
    { group: 'systems', pages: ['/operations', '/schemas'] },
  ],
  ADMIN: ['/operations', '/connectors', '/schemas', '/parameters', '/ranking'],
};
