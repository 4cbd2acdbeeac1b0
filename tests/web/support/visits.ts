import { readFileSync } from 'node:fs';
import type { Caller, CityInBrowser } from './browser.js';

/** What the demo city has of each kind that an address names. */
export interface Found {
  readonly uscc: string;
  readonly caseNumber: string;
  readonly meeting: string;
  readonly commitment: string;
  readonly debt: string;
  readonly department: string;
  readonly debtor: string;
  readonly project: string;
}
/** Who visits which address, and the one question that the page asks the graph for its first paint. */
export type Visit = readonly [role: Caller['role'], address: (of: Found) => string, question: string | undefined];

const at =
  (address: string): Visit[1] =>
  () =>
    address;

/** Each address of the pages, and for whom it has the most to do. */
export const VISITS: Readonly<Record<string, Visit>> = {
  portal: ['ENTERPRISE', at('/portal'), 'Portal'],
  'appeals/new': ['ENTERPRISE', at('/appeals/new'), 'AppealChoices'],
  accesses: ['AUDITOR', at('/accesses'), 'Accesses'],
  financing: ['ENTERPRISE', at('/financing'), 'Financing'],
  cases: ['COORDINATOR', at('/cases?figure=RESOLUTION&met=true'), 'CasesBehind'],
  'cases/:caseNumber': ['COORDINATOR', ({ caseNumber }) => `/cases/${caseNumber}`, 'CasePage'],
  triage: ['COORDINATOR', at('/triage'), 'Triage'],
  service: ['COORDINATOR', at('/service'), 'Service'],
  meetings: ['COORDINATOR', at('/meetings'), 'Meetings'],
  'meetings/:id': ['COORDINATOR', ({ meeting }) => `/meetings/${meeting}`, 'MeetingPage'],
  briefings: ['COORDINATOR', at('/briefings'), 'Briefings'],
  'spot-checks': ['COORDINATOR', at('/spot-checks'), 'SpotChecks'],
  'unit-checks': ['COORDINATOR', at('/unit-checks'), 'UnitChecks'],
  'typical-cases': ['COORDINATOR', at('/typical-cases'), 'TypicalCases'],
  ranking: ['COORDINATOR', at('/ranking'), 'Ranking'],
  grants: ['OFFICER', at('/grants'), 'GrantWork'],
  tasks: ['COORDINATOR', at('/tasks'), 'KeyTasks'],
  appraisals: ['COORDINATOR', at('/appraisals'), 'Appraisals'],
  network: ['COORDINATOR', at('/network'), 'Network'],
  'network/:uscc': ['COORDINATOR', ({ uscc }) => `/network/${uscc}`, 'Served'],
  projects: ['COORDINATOR', at('/projects'), 'Projects'],
  'projects/:id': ['COORDINATOR', ({ project }) => `/projects/${project}`, 'ProjectPage'],
  inspections: ['OFFICER', at('/inspections'), 'Inspections'],
  visits: ['OFFICER', at('/visits'), 'Visits'],
  work: ['OFFICER', at('/work'), 'Work'],
  audit: ['AUDITOR', at('/audit?compareTo=2026-01-31'), 'Audit'],
  'audit/worklist': ['AUDITOR', at('/audit/worklist'), 'AuditWorklist'],
  'audit/:department': ['AUDITOR', ({ department }) => `/audit/${department}`, 'AuditOfDepartment'],
  'commitments/:id': ['AUDITOR', ({ commitment }) => `/commitments/${commitment}`, 'CommitmentPage'],
  debts: ['OFFICER', ({ debtor }) => `/debts?department=${debtor}`, 'Debts'],
  'standing/:uscc': ['OFFICER', ({ uscc }) => `/standing/${uscc}`, 'Standing'],
  'debts/:id': ['OFFICER', ({ debt }) => `/debts/${debt}`, 'Debt'],
  leaders: ['AUDITOR', at('/leaders'), 'Leaders'],
  promises: ['AUDITOR', at('/promises?figure=promised'), 'Promises'],
  parameters: ['ADMIN', at('/parameters'), 'Parameters'],
  policies: ['ENTERPRISE', at('/policies'), 'Policies'],
  'policies/:id': ['ENTERPRISE', at('/policies/cn-kuogang-2023'), 'PolicyPage'],
  'policies/:id/edit': ['OFFICER', at('/policies/cn-kuogang-2023/edit'), 'PolicyEdit'],
  connectors: ['ADMIN', at('/connectors'), 'Connectors'],
  'connectors/:subgraph/:name': ['ADMIN', at('/connectors/enterprises/market-register'), 'Connector'],
  // It asks the schema registry, whose graph is another.
  schemas: ['ADMIN', at('/schemas'), undefined],
  operations: ['AUDITOR', at('/operations'), 'Operations'],
};

/** The addresses of the pages, as their router names them. */
export function addressesOfPages(): string[] {
  const routes = readFileSync(new URL('../../../web/src/app/routes.tsx', import.meta.url), 'utf8');
  return [...routes.matchAll(/path: '([^'/*][^'*]*)'/g)].map(([, address = '']) => address);
}

/** Of officials the one who looks after debts and standing of everybody. */
const OFFICE = 'FGW';

/** Who visits the pages of a city, and what it has for the addresses. */
export interface Visitors {
  readonly enterprise: Caller & { readonly uscc: string };
  readonly found: Found;
  readonly callerOf: (role: Caller['role']) => Caller;
}

/** Looks for one of each kind that an address names. @throws Error when the demo city has none of one. */
export async function visitorsOf({ hub }: CityInBrowser): Promise<Visitors> {
  const ask = async <Data>(query: string, ...caller: string[]): Promise<Data> => {
    const { data, errors } = await hub.ask<Data>(query, { token: await hub.token(...caller) });
    if (data == null || errors !== undefined) throw new Error(`The graph answered errors: ${JSON.stringify(errors)}`);
    return data;
  };
  const uscc = /A demo enterprise: (\w{18})/.exec(hub.output())?.[1] ?? '';
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());
  const oversight = await ask<{
    commitments: { nodes: { id: string; promisor: { code: string } }[] };
    arrearsReport: { departments: { department: { code: string } }[] };
  }>(
    `{ commitments(first: 1) { nodes { id promisor { code } } }
      arrearsReport(from: "2026-01-01", to: "${day}") { departments { department { code } } } }`,
    ...['--role', 'AUDITOR'],
  );
  const [commitment] = oversight.commitments.nodes;
  const debtor = oversight.arrearsReport.departments[0]?.department.code ?? '';
  const debts = await ask<{ department: { arrears: { nodes: { id: string }[] } } }>(
    `{ department(code: "${debtor}") { arrears(first: 1) { nodes { id } } } }`,
    ...['--role', 'OFFICER', '--department', OFFICE],
  );
  const desk = await ask<{
    cases: { nodes: { caseNumber: string }[] };
    meetings: { id: string }[];
    projects: { nodes: { id: string }[] };
  }>(
    '{ cases(filter: { status: [IN_PROGRESS] }, first: 1) { nodes { caseNumber } } meetings(first: 1) { id } projects(filter: { stage: [SIGNED] }, first: 1) { nodes { id } } }',
    ...['--role', 'COORDINATOR'],
  );
  const found: Found = {
    uscc,
    caseNumber: desk.cases.nodes[0]?.caseNumber ?? '',
    meeting: desk.meetings[0]?.id ?? '',
    commitment: commitment?.id ?? '',
    department: commitment?.promisor.code ?? '',
    debtor,
    project: desk.projects.nodes[0]?.id ?? '',
    debt: debts.department.arrears.nodes[0]?.id ?? '',
  };
  const missing = Object.entries(found).flatMap(([kind, one]) => (one === '' ? [kind] : []));
  if (missing.length > 0) throw new Error(`The demo city has no ${missing.join(', ')}.`);
  const enterprise = { role: 'ENTERPRISE', uscc } as const;
  return {
    enterprise,
    found,
    callerOf: (role) =>
      role === 'ENTERPRISE' ? enterprise : role === 'OFFICER' ? { role, department: OFFICE } : { role },
  };
}
