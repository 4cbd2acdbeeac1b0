import type { Actor } from '@zhitong/kit';
import type { GrantRecord } from '../../../../subgraphs/policies/src/models/grants/grant-record.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import {
  auditor,
  banker,
  coordinator,
  enterprise,
  NOW,
  policiesUnderTest,
  usccOf,
} from '../../../policies/support/policies-under-test.js';
import { NOT_REGISTERED, type World } from '../world.js';

const OWN = usccOf(1);
const GRANT: GrantRecord = {
  id: 'G-1',
  policyId: 'jobs',
  policyVersion: 1,
  department: 'RSJ',
  uscc: OWN,
  regionCode: '421202',
  period: 'ALL',
  amountFen: 100_000,
  paidFen: 0,
  instalmentsFen: [100_000],
  settled: 0,
  publicityDays: 0,
  publicUntil: null,
  reserved: false,
  account: { holder: '企业', bank: '农商行', number: '6222021234567890' },
  status: 'CONFIRMED',
  version: 1,
  identifiedAt: NOW,
  updatedAt: NOW,
};
const officer = (department: string): Actor => ({ sub: `officer-of-${department}`, roles: ['OFFICER'], department });

/** Policies with one policy, which one enterprise matches, and one grant, which RSJ pays. */
export async function policiesWorld(file: string): Promise<World> {
  const policies = await policiesUnderTest(file);
  await policies.publish({ id: 'jobs' });
  await policies.know({ [OWN]: { employees: 20 } });
  await matchAll(policies.department);
  await policies.database.connection.transaction(async (session) =>
    policies.department.stores.grants.putHistory([GRANT], [], session),
  );
  return {
    callers: {
      nobody: null,
      'enterprise, own': enterprise(OWN),
      'enterprise, another': enterprise(usccOf(2)),
      'officer, concerned': officer('RSJ'),
      'officer, another': officer('SCJGJ'),
      'officer, bank': banker,
      'officer, no such department': officer('GHOST'),
      coordinator,
      auditor,
      admin: { sub: 'admin', roles: ['ADMIN'] },
      service: { sub: 'machine', roles: ['SERVICE'], department: 'YSB' },
      'service, another': { sub: 'machine-2', roles: ['SERVICE'], department: 'TJJ' },
    },
    keys: {
      Enterprise: { found: OWN, none: NOT_REGISTERED },
      Policy: { found: 'jobs', none: 'none' },
      Grant: { found: 'G-1', none: 'G-none' },
    },
    ask: async (query, variables, actor) => policies.ask<unknown>(query, { variables, actor }),
    close: async () => policies.close(),
  };
}
