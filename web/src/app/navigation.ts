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
  string | { readonly group: 'checks' | 'figures' | 'papers' | 'systems'; readonly pages: readonly string[] };

/** The pages that each role finds in its menu, by address; their names are in the message files. */
export const MENU: Readonly<Record<Role, readonly MenuEntry[]>> = {
  ENTERPRISE: ['/portal', '/appeals/new', '/debts', '/financing', '/policies', '/inspections', '/typical-cases'],
  OFFICER: [
    '/work',
    '/debts',
    '/grants',
    '/visits',
    '/policies',
    { group: 'checks', pages: ['/inspections', '/unit-checks'] },
    { group: 'figures', pages: ['/ranking', '/leaders', '/typical-cases'] },
    '/connectors',
  ],
  COORDINATOR: [
    '/triage',
    '/service',
    '/meetings',
    '/debts',
    '/policies',
    { group: 'checks', pages: ['/spot-checks', '/unit-checks', '/inspections'] },
    { group: 'figures', pages: ['/ranking', '/leaders', '/audit'] },
    { group: 'papers', pages: ['/briefings', '/typical-cases'] },
  ],
  AUDITOR: [
    '/audit',
    '/audit/worklist',
    '/debts',
    '/leaders',
    { group: 'checks', pages: ['/inspections', '/spot-checks', '/unit-checks'] },
    { group: 'papers', pages: ['/ranking', '/policies', '/briefings', '/typical-cases'] },
    { group: 'systems', pages: ['/operations', '/schemas'] },
  ],
  ADMIN: ['/operations', '/connectors', '/schemas', '/ranking'],
};
