import type { Actor } from '@zhitong/kit';
import {
  auditor,
  coordinator,
  enterprise,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../../../enterprises/support/enterprises-under-test.js';
import { NOT_REGISTERED, type World } from '../world.js';

/** The register with a small city, and of it one enterprise that has a project and a steward. */
export async function enterprisesWorld(file: string): Promise<World & { readonly hub: EnterprisesUnderTest }> {
  const hub = await enterprisesUnderTest(file);
  const found = hub.city.projects.find((one) =>
    hub.city.enterprises.some(
      (enterpriseOfCity) => enterpriseOfCity.uscc === one.uscc && enterpriseOfCity.stewardship !== null,
    ),
  );
  if (found === undefined) throw new Error('The small city has no enterprise with a project and a steward.');
  const { uscc, id: project } = found;
  const steward = hub.city.enterprises.find((one) => one.uscc === uscc)?.stewardship?.stewardId ?? '';
  const stewards = hub.city.officials
    .filter(({ id }) => hub.city.enterprises.some((one) => one.uscc === uscc && one.stewardship?.stewardId === id))
    .map(({ departmentCode }) => departmentCode);
  const leaders = hub.city.projects
    .filter((one) => one.uscc === uscc)
    .map(({ leadDepartmentCode }) => leadDepartmentCode);
  const other = ['YBJ', 'TJJ', 'XFJ'].find((code) => ![...stewards, ...leaders].includes(code)) ?? '';
  await hub.department.stores.serviceItems.addMissing(
    [
      {
        id: 'WORLD-ITEM',
        version: 1,
        changedOn: '2026-11-02',
        name: '企业设立登记',
        departmentCode: found.leadDepartmentCode,
        conditions: [],
        documents: ['设立登记申请书'],
        legalBasis: [],
        promisedHalfDays: 1,
        legalWorkingDays: null,
        isCityWide: false,
        counters: [],
        onlineAddress: 'https://zwfw.example.cn/',
        agents: [],
      },
    ],
    [],
  );
  const visitor = hub.city.officials.find(({ id }) => id === steward);
  const recorded = await hub.department.visits.record({
    idempotencyKey: 'world-visit',
    actor: coordinator,
    of: {
      uscc,
      campaign: null,
      kind: 'STEWARD_VISIT',
      department: visitor?.departmentCode ?? '',
      officials: [steward],
    },
    report: { visitedOn: '2026-11-19', met: '李总', summary: '走访', findings: [] },
    within: null,
  });
  const visit = recorded.result ?? '';
  const officer = (department: string): Actor => ({ sub: `officer-of-${department}`, roles: ['OFFICER'], department });
  return {
    hub,
    callers: {
      nobody: null,
      'enterprise, own': enterprise(uscc),
      'enterprise, another': enterprise(hub.city.enterprises.find((one) => one.uscc !== uscc)?.uscc ?? ''),
      'officer, concerned': officer(found.leadDepartmentCode),
      'officer, another': officer(other),
      'officer, bank': officer('RMYH'),
      'officer, no such department': officer('GHOST'),
      coordinator,
      auditor,
      admin: { sub: 'admin', roles: ['ADMIN'] },
      service: {
        sub: 'machine',
        roles: ['SERVICE'],
        department: 'YSB',
        service: 'cases',
        purpose: '隐去匿名诉求中的字词',
      },
      'service, another': { sub: 'machine-2', roles: ['SERVICE'], department: 'TJJ', purpose: '核对企业信息' },
    },
    keys: {
      Enterprise: { found: uscc, none: NOT_REGISTERED },
      Department: { found: found.leadDepartmentCode, none: 'NONE' },
      ServiceItem: { found: 'WORLD-ITEM', none: 'NO-ITEM' },
      Project: { found: project, none: 'XM-2026-99999' },
      Visit: { found: visit, none: '00000000-0000-4000-8000-000000000000' },
      Official: { found: steward, none: 'GB-99999' },
    },
    ask: async (query, variables, actor) => hub.ask<unknown>(query, { variables, actor }),
    close: async () => hub.close(),
  };
}
