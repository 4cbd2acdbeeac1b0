import { typeDefs } from '../../../subgraphs/policies/src/server.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { unanswered } from '../../support/every-field.js';
import { officer, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  await policies.publish(
    { id: 'other' },
    {
      id: 'whole',
      title_en: 'Grant',
      region: { code: '421202', name: '咸安区' },
      source_url: 'https://policies.example/1',
      published: '2026-01-01',
      valid_from: '2026-01-01',
      valid_to: '2026-12-31',
      notes: '说明',
      legal_basis: '依据',
      interpretation_zh: '解读',
      budget_yuan: 1_000_000,
      excludes: ['other'],
      adapted_from: {
        issuer: '外地',
        region: { code: '411200', name: '三门峡市' },
        valid_from: null,
        valid_to: '2025-12-31',
        note: '改到本市',
      },
    },
  );
  await policies.publish({ id: 'whole', title_zh: '测试政策（修订）', valid_from: '2027-01-01' });
  await policies.know(
    Object.fromEntries(Array.from({ length: 12 }, (_, number) => [usccOf(number), { employees: 10 + number }])),
  );
  await matchAll(policies.department);
});
afterAll(async () => policies.close());

describe('every declared field of a policy', () => {
  it('is answered when it alone is asked for', async () => {
    const ask = async (query: string) => policies.ask<{ value: unknown }>(query, { actor: officer });
    expect(
      await unanswered({
        typeDefs,
        type: 'Policy',
        ask,
        around: (selection) => `{ value: policies(first: 10) { nodes ${selection} } }`,
      }),
    ).toEqual([]);
  });
});
