import { countCommands } from '@zhitong/kit/testing';
import { policiesUnderTest, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  await policies.publish(
    { id: 'past', valid_from: '2026-01-01', valid_to: '2026-11-19' },
    { id: 'today', valid_to: '2026-11-20' },
    {
      id: 'soon',
      valid_to: '2026-12-05',
      benefit: {
        kind: 'cash',
        text_zh: '奖励',
        tiers: [
          { when: [{ fact: 'honours', op: 'containsAny', value: ['瞪羚企业'], text_zh: '瞪羚企业' }], amount_yuan: 5 },
        ],
      },
    },
    {
      id: 'late',
      valid_to: '2027-06-30',
      criteria: [{ not: { fact: 'industryCode', op: 'under', value: 'K70', text_zh: '房地产业' } }],
    },
    {
      id: 'open',
      criteria: [
        { fact: 'industryCode', op: 'in', value: ['C1330', 'C1340'], text_zh: '' },
        { not: { fact: 'honours', op: 'contains', value: '雏鹰企业', text_zh: '' } },
      ],
    },
  );
});
afterAll(async () => policies.close());

async function listed(filter: string): Promise<string[]> {
  const { data, errors } = await policies.ask<{ policies: { nodes: { id: string }[] } }>(
    `{ policies(filter: { ${filter} }) { nodes { id } } }`,
  );
  expect(errors).toBeUndefined();
  return data?.policies.nodes.map(({ id }) => id) ?? [];
}

it('a draft for comment is not closing soon, and one for a region is found there, above and below', async () => {
  const region = (code: string) => ({ region: { code, name: '' }, valid_to: '2020-01-01' });
  await policies.publish(
    { id: 'comment', status: 'draft', valid_to: '2026-11-21' },
    { id: 'city', ...region('421200') },
    { id: 'chibi', ...region('421281') },
    { id: 'wuhan', ...region('420100') },
    { id: 'country', ...region('CN') },
  );
  const PAST = 'closesTo: "2020-01-01"';
  expect(await listed('closingWithinDays: 1')).toEqual(['today']);
  expect(await listed(`${PAST}, region: "421281"`)).toEqual(['chibi', 'city', 'country']);
  expect(await listed(`${PAST}, region: "421202"`)).toEqual(['city', 'country']);
  expect(await listed(`${PAST}, region: "421200"`)).toEqual(['chibi', 'city', 'country']);
  await policies.database.connection.collection('policyVersions').deleteMany({
    policyId: { $in: ['comment', 'city', 'chibi', 'wuhan', 'country'] },
  });
  await policies.department.shelf.refresh();
});

describe('the filter of policies', () => {
  it.each([
    ['closingWithinDays: 0', ['today']],
    ['closingWithinDays: 15', ['today', 'soon']],
    ['closingWithinDays: 14', ['today']],
    ['closesFrom: "2026-12-05"', ['soon', 'late']],
    ['closesTo: "2026-11-20"', ['past', 'today']],
    ['closesFrom: "2026-11-20", closesTo: "2026-12-05"', ['today', 'soon']],
    ['open: false', ['past']],
    ['honour: "瞪羚企业"', ['soon']],
    ['honour: "雏鹰企业"', []],
    ['industry: "K7010"', ['past', 'today', 'soon']],
    ['industry: "K"', ['past', 'today', 'soon', 'late']],
    ['industry: "C13"', ['past', 'today', 'soon', 'late', 'open']],
    ['industry: "C1350"', ['past', 'today', 'soon', 'late']],
    ['industry: "C13", closesFrom: "2027-01-01"', ['late']],
  ])('{ %s } finds %j, the first to close first', async (filter, expected) => {
    expect(await listed(filter)).toEqual(expected);
  });

  it.each([
    ['closesFrom: "2026-12-02", closesTo: "2026-12-01"', ['filter', 'closesFrom']],
    ['closingWithinDays: -1', ['filter', 'closingWithinDays']],
    ['industry: "13"', ['filter', 'industry']],
  ])('{ %s } is refused', async (filter, argumentPath) => {
    const { errors } = await policies.ask(`{ policies(filter: { ${filter} }) { totalCount } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath });
  });

  it('is served from memory', async () => {
    const { commands } = await countCommands(policies.database.connection, async () =>
      policies.ask(
        '{ policies(filter: { closesTo: "2027-01-01", honour: "瞪羚企业", issuers: ["RSJ"], region: "421202" }) { totalCount nodes { id title } } }',
      ),
    );
    expect(commands).toEqual([]);
  });
});
