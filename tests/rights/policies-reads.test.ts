import type { Actor } from '@zhitong/kit';
import type { GrantRecord } from '../../subgraphs/policies/src/models/grant.js';
import { matchAll } from '../../subgraphs/policies/src/usecases/match-enterprises.js';
import { auditor, banker, coordinator, enterprise, NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../policies/support/policies-under-test.js';
import { differences, type Way } from './support/try-reads.js';

const OWN = usccOf(1);
const GRANT: GrantRecord = {
  id: 'G-1', policyId: 'jobs', policyVersion: 1, department: 'RSJ', uscc: OWN, regionCode: '421202', period: 'ALL', amountFen: 100_000, paidFen: 0, instalmentsFen: [100_000], settled: 0, publicityDays: 0, publicUntil: null,
  reserved: false, account: { holder: '企业', bank: '农商行', number: '6222021234567890' }, status: 'CONFIRMED', version: 1, identifiedAt: NOW, updatedAt: NOW,
};

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  await policies.publish({ id: 'jobs' });
  await policies.know({ [OWN]: { employees: 20 } });
  await matchAll(policies.department);
  await policies.database.connection.transaction(async (session) => policies.department.stores.grants.putHistory([GRANT], [], session));
});
afterAll(async () => policies.close());

const officer = (department: string): Actor => ({ sub: `officer-of-${department}`, roles: ['OFFICER'], department });
const callers: Record<string, Actor | null> = {
  nobody: null, 'enterprise, own': enterprise(OWN), 'enterprise, another': enterprise(usccOf(2)), 'officer, concerned': officer('RSJ'), 'officer, another': officer('SCJGJ'), 'officer, bank': banker, 'officer, no such department': officer('GHOST'),
  coordinator, auditor, admin: { sub: 'admin', roles: ['ADMIN'] }, service: { sub: 'machine', roles: ['SERVICE'], department: 'YSB' },
};
const ask = async (query: string, variables: Record<string, unknown>, actor: Actor | null) => policies.ask<unknown>(query, { variables, actor });
const entity = (type: string, key: object): Way => ({ name: '_entities', query: (selection) => `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`, variables: { of: [{ __typename: type, ...key }] }, place: ['_entities', 0] });

describe('what callers read of policies', () => {
  it('of a grant is the same by every way to it', async () => {
    const ways: Way[] = [
      { name: 'grants', query: (selection) => `{ grants { nodes { ${selection} } } }`, place: ['grants', 'nodes', 0] },
      { name: 'grants(filter)', query: (selection) => `{ grants(filter: { enterprise: "${OWN}", policy: "jobs" }) { nodes { ${selection} } } }`, place: ['grants', 'nodes', 0] },
      { name: 'Enterprise.grants', query: (selection) => `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { grants { nodes { ${selection} } } } } }`, variables: { of: [{ __typename: 'Enterprise', uscc: OWN }] }, place: ['_entities', 0, 'grants', 'nodes', 0] },
      entity('Grant', { id: 'G-1' }),
    ];
    // A machine gets to a grant by reference alone, and to those of its department.
    expect(await differences({ department: 'policies', type: 'Grant', callers, ways, ask })).toEqual([]);
  });

  it('of an enterprise and of a policy is what the table says', async () => {
    expect(await differences({ department: 'policies', type: 'Enterprise', callers, ways: [entity('Enterprise', { uscc: OWN, factsVersion: null, creditStanding: null })], ask })).toEqual([]);
    const ways: Way[] = [entity('Policy', { id: 'jobs' }), { name: 'policy', query: (selection) => `{ policy(id: "jobs") { ${selection} } }`, place: ['policy'] }, { name: 'policies', query: (selection) => `{ policies { nodes { ${selection} } } }`, place: ['policies', 'nodes', 0] }];
    expect(await differences({ department: 'policies', type: 'Policy', callers, ways, ask, args: { changes: '(from: 1, to: 1)' } })).toEqual([]);
  });
});
