import { createBrowserRouter, Navigate } from 'react-router';
import { Shell } from './shell.js';
import { HOME } from './navigation.js';
import { useSession } from './session.js';

function Home(): React.ReactNode {
  const { session } = useSession();
  return session === undefined ? null : <Navigate to={HOME[session.role]} replace />;
}

/** The addresses of the pages; each page is loaded when it is first gone to. */
export const pagesRouter = (): ReturnType<typeof createBrowserRouter> =>
  createBrowserRouter([
    {
      path: '/',
      Component: Shell,
      HydrateFallback: () => null,
      children: [
        { index: true, Component: Home },
        { path: 'portal', lazy: () => import('../pages/enterprise/portal-page.js') },
        { path: 'appeals/new', lazy: () => import('../pages/enterprise/appeal-page.js') },
        { path: 'accesses', lazy: () => import('../pages/enterprise/accesses-page.js') },
        { path: 'financing', lazy: () => import('../pages/enterprise/financing-page.js') },
        { path: 'cases', lazy: () => import('../pages/cases/cases-page.js') },
        { path: 'cases/:caseNumber', lazy: () => import('../pages/cases/case-page.js') },
        { path: 'triage', lazy: () => import('../pages/coordinator/triage-page.js') },
        { path: 'service', lazy: () => import('../pages/coordinator/service-page.js') },
        { path: 'meetings', lazy: () => import('../pages/coordinator/meetings-page.js') },
        { path: 'meetings/:id', lazy: () => import('../pages/coordinator/meeting-page.js') },
        { path: 'briefings', lazy: () => import('../pages/coordinator/briefings-page.js') },
        { path: 'spot-checks', lazy: () => import('../pages/coordinator/spot-checks-page.js') },
        { path: 'unit-checks', lazy: () => import('../pages/coordinator/unit-checks-page.js') },
        { path: 'typical-cases', lazy: () => import('../pages/coordinator/typical-cases-page.js') },
        { path: 'ranking', lazy: () => import('../pages/coordinator/ranking-page.js') },
        { path: 'grants', lazy: () => import('../pages/officer/grants-page.js') },
        { path: 'tasks', lazy: () => import('../pages/tasks/tasks-page.js') },
        { path: 'appraisals', lazy: () => import('../pages/tasks/appraisals-page.js') },
        { path: 'network', lazy: () => import('../pages/network/network-page.js') },
        { path: 'network/:uscc', lazy: () => import('../pages/network/served-page.js') },
        { path: 'projects', lazy: () => import('../pages/projects/projects-page.js') },
        { path: 'projects/:id', lazy: () => import('../pages/projects/project-page.js') },
        { path: 'inspections', lazy: () => import('../pages/officer/inspections-page.js') },
        { path: 'visits', lazy: () => import('../pages/officer/visits-page.js') },
        { path: 'work', lazy: () => import('../pages/officer/work-page.js') },
        { path: 'audit', lazy: () => import('../pages/audit/audit-page.js') },
        { path: 'audit/worklist', lazy: () => import('../pages/audit/worklist-page.js') },
        { path: 'audit/:department', lazy: () => import('../pages/audit/department-page.js') },
        { path: 'promises', lazy: () => import('../pages/audit/promises-page.js') },
        { path: 'commitments/:id', lazy: () => import('../pages/audit/commitment-page.js') },
        { path: 'debts', lazy: () => import('../pages/debts/debts-page.js') },
        { path: 'standing/:uscc', lazy: () => import('../pages/debts/standing-page.js') },
        { path: 'debts/:id', lazy: () => import('../pages/debts/debt-page.js') },
        { path: 'leaders', lazy: () => import('../pages/leaders/leaders-page.js') },
        { path: 'parameters', lazy: () => import('../pages/policies/parameters-page.js') },
        { path: 'policies', lazy: () => import('../pages/policies/policies-page.js') },
        { path: 'policies/:id', lazy: () => import('../pages/policies/policy-page.js') },
        { path: 'policies/:id/edit', lazy: () => import('../pages/policies/edit-page.js') },
        { path: 'connectors', lazy: () => import('../pages/engineer/connectors-page.js') },
        { path: 'connectors/:subgraph/:name', lazy: () => import('../pages/engineer/connector-page.js') },
        { path: 'schemas', lazy: () => import('../pages/engineer/registry/schemas-page.js') },
        { path: 'operations', lazy: () => import('../pages/engineer/operations-page.js') },
        { path: '*', Component: Home },
      ],
    },
  ]);
