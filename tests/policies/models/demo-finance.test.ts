import { loadDemoNeeds, loadDemoProducts } from '../../../subgraphs/policies/src/demo/demo-finance.js';
import { policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

const TODAY = '2026-11-20';
let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterAll(async () => policies.close());

it('loads the loan products, needs and consents of the demo city once', async () => {
  await policies.know(
    Object.fromEntries(Array.from({ length: 8 }, (_, number) => [usccOf(number), { employees: 10 }])),
  );
  const load = async () => [
    await loadDemoProducts(policies.department, TODAY),
    await loadDemoNeeds(policies.department, TODAY),
  ];
  expect(await load()).toEqual([5, 6]);
  expect(await load()).toEqual([0, 0]);
  expect(await policies.database.connection.collection('financingConsents').countDocuments({ given: true })).toBe(3);
});

describe('the indexes', () => {
  it('allow one history and one consent for a need and a product', async () => {
    const { connection } = policies.database;
    const event = { consentId: 'N-1:p', version: 1, given: true, at: new Date(), by: 'x' };
    await connection.collection('financingConsentEvents').insertOne({ ...event });
    await expect(connection.collection('financingConsentEvents').insertOne({ ...event })).rejects.toThrow(
      'duplicate key',
    );
  });

  it('carry the search for needs that suit a product', async () => {
    const plan = await policies.database.connection
      .collection('financingNeeds')
      .find({
        withdrawn: false,
        latestDay: { $gte: TODAY },
        amountFen: { $gte: 1, $lte: 100_000_000 },
        termMonths: { $lte: 24 },
      })
      .sort({ statedAt: -1, id: -1 })
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('IXSCAN');
    expect(JSON.stringify(plan)).not.toMatch(/"stage":"(COLLSCAN|SORT)"/);
  });
});
