import { enterprisesUnderTest, officer, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => void (hub = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => hub.close());

interface Payload {
  enterprise: {
    version: number;
    facts: { values: { employees: number } };
    factHistory: { values: { employees?: number } }[];
  };
}

it('the second of two mutations in one request shows what both of them wrote', async () => {
  const uscc = hub.city.enterprises[0]?.uscc ?? '';
  const shown = '{ enterprise { version facts factHistory { values } } }';
  const { data, errors } = await hub.ask<{ first: Payload; second: Payload }>(
    `mutation ($first: RecordEnterpriseFactsInput!, $second: RecordEnterpriseFactsInput!) { first: recordEnterpriseFacts(input: $first) ${shown} second: recordEnterpriseFacts(input: $second) ${shown} }`,
    {
      variables: {
        first: { idempotencyKey: 'two-at-once-1', uscc, year: 2025, values: { employees: 321 } },
        second: { idempotencyKey: 'two-at-once-2', uscc, year: 2025, values: { employees: 654 } },
      },
      actor: officer,
    },
  );
  expect(errors).toBeUndefined();
  const employees = (payload: Payload | undefined) =>
    payload?.enterprise.factHistory.map(({ values }) => values.employees);
  expect(data?.first.enterprise.facts.values.employees).toBe(321);
  expect(data?.second.enterprise.facts.values.employees).toBe(654);
  expect(data?.second.enterprise.version).toBe((data?.first.enterprise.version ?? 0) + 1);
  expect(employees(data?.first)?.[0]).toBe(321);
  expect(employees(data?.second)?.slice(0, 2)).toEqual([654, 321]);
});
