import { jest } from '@jest/globals';
import { demoLoad, loadAfterMatching } from '../../../../subgraphs/policies/src/demo/demo-load.js';
import { loadDemoGrants } from '../../../../subgraphs/policies/src/demo/demo-grants.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { loadState } from '@zhitong/kit/subgraph';
import { policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

const TODAY = '2026-11-20';
/** Nine enterprises that a policy for ten staff or more is for. */
const CITY = Object.fromEntries(
  Array.from({ length: 9 }, (_, number) => [usccOf(number), { scale: 'medium', employees: 50 }]),
);
let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(async () => policies.reset());
afterAll(async () => {
  jest.restoreAllMocks();
  await policies.close();
});

it('a policy without an issuer, which a user had imported, and one of a name of the city, keep nothing else out', async () => {
  const { department } = policies;
  await policies.publish({ id: 'ownerless', issuer_code: undefined, exempt_from_application: true });
  await policies.publish({ id: 'owned' });
  await policies.know(CITY);
  await demoLoad({ department, options: { date: TODAY } });
  await department.shelf.refresh();
  expect((await loadState(department.connection, 'demo'))?.isFinished).toBe(true);
  // Announced, and not at its end: until then the department is not ready.
  expect((await loadState(department.connection, 'demo_matches'))?.isFinished).toBe(false);
  await matchAll(department);
  const made = await loadAfterMatching(department);
  expect(made?.grants).toBeGreaterThan(0);
  const paid = await department.connection.collection('grants').distinct('policyId');
  expect(paid).not.toContain('ownerless');
  expect((await loadState(department.connection, 'demo_matches'))?.isFinished).toBe(true);
  // What users take away later does not come back.
  await department.connection.collection('grants').deleteMany({});
  expect(await loadAfterMatching(department)).toBeNull();
  expect(await department.connection.collection('grants').countDocuments()).toBe(0);
});

it('nothing was ever paid under a draft for comment, though its policy was matched when it was decided', async () => {
  const { department } = policies;
  await policies.publish({ id: 'standing' }, { id: 'staff' });
  await policies.know(CITY);
  await matchAll(department);
  await department.connection.collection('policyVersions').deleteMany({ policyId: 'staff' });
  await policies.publish({ id: 'staff', status: 'draft' });
  expect((await loadDemoGrants(department, TODAY))?.grants).toBe(9);
  expect(await department.connection.collection('grants').distinct('policyId')).toEqual(['standing']);
});
