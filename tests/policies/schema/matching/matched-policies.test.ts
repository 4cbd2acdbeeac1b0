import { countCommands } from '@zhitong/kit/testing';
import { explainMatch } from '../../../../subgraphs/policies/src/usecases/explain-match.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import {
  auditor,
  enterprise,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';
import { toldRegister } from '../../support/told-register.js';

const register = toldRegister();
let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url, undefined, register.source);
  await policies.publish(
    { id: 'staff', title_zh: '稳岗奖励' },
    {
      id: 'honest',
      title_zh: '诚信奖励',
      exempt_from_application: false,
      criteria: [{ fact: 'dishonestyRecord', op: 'eq', value: false, text_zh: '无失信记录' }],
      benefit: { kind: 'subsidy', formula: '100 * employees' },
    },
    { id: 'draft', status: 'draft' },
    { id: 'expired', valid_to: '2026-11-19' },
  );
});
afterAll(async () => policies.close());

const MATCHES = `query ($representations: [_Any!]!, $filter: MatchFilter, $first: Int, $after: String) {
  _entities(representations: $representations) { ... on Enterprise { uscc matchedPolicies(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { outcome policy { id title exemptFromApplication issuer { code } } amount { amount } amountUnknown criteria { text outcome expected actual asOf } missingFacts { name label } nearestMiss { message difference } }
  } } }
}`;

interface Matches {
  _entities: {
    uscc: string;
    matchedPolicies: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      nodes: Record<string, unknown>[];
    } | null;
  }[];
}

const representation = (
  number: number,
  values: Record<string, unknown>,
  creditStanding: unknown = { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: false },
) => ({
  __typename: 'Enterprise',
  uscc: usccOf(number),
  factsVersion: register.tell(number, values),
  creditStanding,
});
const ask = async (representations: unknown[], variables: Record<string, unknown> = {}, actor = officer) =>
  policies.ask<Matches>(MATCHES, { variables: { representations, ...variables }, actor });
const EVERY = { outcomes: ['ELIGIBLE', 'NOT_ELIGIBLE', 'UNDETERMINED'] };

describe('Enterprise.matchedPolicies', () => {
  it('lists what the enterprise is eligible for, with the reason criterion by criterion and the amount', async () => {
    const { data, errors } = await ask([representation(1, { employees: 12 })]);
    expect(errors).toBeUndefined();
    expect(data?._entities[0]?.matchedPolicies).toMatchObject({
      totalCount: 2,
      nodes: [
        {
          outcome: 'ELIGIBLE',
          policy: { id: 'honest', issuer: { code: 'RSJ' } },
          amount: { amount: '1200.00' },
          criteria: [{ text: '无失信记录', outcome: 'MET' }],
        },
        {
          outcome: 'ELIGIBLE',
          policy: { id: 'staff' },
          amount: { amount: '1000.00' },
          criteria: [
            { text: '从业人数不少于10人', outcome: 'MET', expected: '≥ 10人', actual: '12人', asOf: '2025-12-31' },
          ],
        },
      ],
    });
  });

  it('does not match drafts and policies whose window is over', async () => {
    const { data } = await ask([representation(1, { employees: 12 })], { filter: EVERY });
    expect(data?._entities[0]?.matchedPolicies?.nodes.map(({ policy }) => policy)).toMatchObject([
      { id: 'honest' },
      { id: 'staff' },
    ]);
  });

  it('distinguishes "not known" from "no" while the credit department is down', async () => {
    const { data, errors } = await ask([representation(1, { employees: 9 }, null)], { filter: EVERY });
    expect(errors).toBeUndefined();
    expect(data?._entities[0]?.matchedPolicies?.nodes).toMatchObject([
      {
        outcome: 'UNDETERMINED',
        policy: { id: 'honest' },
        criteria: [{ outcome: 'UNKNOWN', actual: null }],
        missingFacts: [{ name: 'dishonestyRecord', label: '严重失信记录' }],
        amount: null,
      },
      {
        outcome: 'NOT_ELIGIBLE',
        policy: { id: 'staff' },
        nearestMiss: [{ message: '从业人数不少于10人:还差1人', difference: '1' }],
        amount: null,
      },
    ]);
  });

  it('believes the credit department, not the register, about dishonesty', async () => {
    const { data } = await ask([
      representation(
        1,
        { employees: 1, dishonestyRecord: false },
        { hasOpenDishonestyRecord: true, hasUnfulfilledJudgment: false },
      ),
    ]);
    expect(data?._entities[0]?.matchedPolicies?.totalCount).toBe(0);
  });

  it('pages, and refuses a cursor of another enterprise', async () => {
    const first = await ask([representation(1, { employees: 12 })], { first: 1 });
    const page = first.data?._entities[0]?.matchedPolicies;
    expect(page).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: true },
      nodes: [{ policy: { id: 'honest' } }],
    });
    const second = await ask([representation(1, { employees: 12 })], { first: 1, after: page?.pageInfo.endCursor });
    expect(second.data?._entities[0]?.matchedPolicies).toMatchObject({
      pageInfo: { hasNextPage: false },
      nodes: [{ policy: { id: 'staff' } }],
    });
    const other = await ask([representation(2, { employees: 12 })], { after: page?.pageInfo.endCursor });
    expect(other.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['after'] });
  });

  it("shows an enterprise its own matches and nobody else's", async () => {
    const { data, errors } = await ask(
      [representation(1, { employees: 12 }), representation(2, { employees: 12 })],
      {},
      enterprise(usccOf(1)),
    );
    expect(data?._entities.map(({ matchedPolicies }) => matchedPolicies?.totalCount ?? null)).toEqual([2, null]);
    expect(errors).toMatchObject([{ path: ['_entities', 1, 'matchedPolicies'], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('is closed to anonymous callers', async () => {
    const { errors } = await policies.ask(MATCHES, { variables: { representations: [representation(1, {})] } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('asks the database once, for what they hold, of fifty enterprises whose facts it has in the version that comes with the question', async () => {
    const fifty = Array.from({ length: 50 }, (_, number) => representation(number, { employees: number }));
    await ask(fifty, {}, auditor);
    const { result, commands } = await countCommands(policies.database.connection, async () => ask(fifty, {}, auditor));
    expect(result.data?._entities).toHaveLength(50);
    expect(commands).toEqual(['find']);
  });

  it('falls back to the facts that were read last where none came, with one command for all and one for what they hold', async () => {
    await policies.know({ [usccOf(7)]: { employees: 70 }, [usccOf(8)]: { employees: 8 } });
    const bare = (number: number) => ({
      __typename: 'Enterprise',
      uscc: usccOf(number),
      factsVersion: null,
      creditStanding: null,
    });
    const { result, commands } = await countCommands(policies.database.connection, async () => ask([bare(7), bare(8)]));
    expect(result.data?._entities.map(({ matchedPolicies }) => matchedPolicies?.totalCount)).toEqual([1, 0]);
    expect(commands).toEqual(['find', 'find']);
  });

  it('takes what cannot be used of a fact sheet as not known', async () => {
    const { data, errors } = await ask([
      {
        ...representation(1, {}),
        factsVersion: register.tellSheet(1, { values: { employees: 'many', honours: 7, madeUp: {} }, dates: 'never' }),
      },
    ]);
    expect(errors).toBeUndefined();
    expect(data?._entities[0]?.matchedPolicies?.totalCount).toBe(1);
  });

  it('says of a fact who recorded it, when and in which run, and what of the recorded cannot be used', async () => {
    const sheet = {
      asOf: '2025-12-31',
      values: { employees: 70, scale: 'huge' },
      dates: { employees: '2026-11-20' },
      current: [],
      origin: { department: 'TJJ', on: '2026-03-31', run: null },
      origins: { employees: { department: 'SHUIWJ', on: '2026-11-20', run: 'run-7' } },
    };
    const { data, errors } = await policies.ask<{ _entities: Record<string, unknown>[] }>(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { matchedPolicies { nodes { criteria { source asOf recorded { department { code } recordedOn run } } } } unusableFacts { fact reason recorded { department { code } } } } } }',
      {
        variables: { representations: [{ ...representation(1, {}), factsVersion: register.tellSheet(1, sheet) }] },
        actor: officer,
      },
    );
    expect(errors).toBeUndefined();
    expect(data?._entities[0]).toMatchObject({
      matchedPolicies: {
        nodes: expect.arrayContaining([
          {
            criteria: [
              {
                source: '税务局',
                asOf: '2026-11-20',
                recorded: { department: { code: 'SHUIWJ' }, recordedOn: '2026-11-20', run: 'run-7' },
              },
            ],
          },
        ]) as unknown,
      },
      unusableFacts: [
        {
          fact: 'scale',
          reason: '"huge" must be one of large, medium, small, micro, individual',
          recorded: { department: { code: 'TJJ' } },
        },
      ],
    });
  });

  it('falls back to the facts that were read last where what the register returns is no sheet', async () => {
    await policies.know({ [usccOf(7)]: { employees: 70 } });
    const matches = async (sheet: unknown): Promise<number | undefined> =>
      (await ask([{ ...representation(7, {}), factsVersion: register.tellSheet(7, sheet) }])).data?._entities[0]
        ?.matchedPolicies?.totalCount;
    expect(await matches('{"values":')).toBe(await matches({ values: { employees: 70 } }));
    expect(await matches('{"values":')).not.toBe(await matches({ values: {} }));
  });
});

it.each([
  ['is struck off', { isDeregistered: true }, 'DEREGISTERED', '已注销'],
  ['lost its licence', { isLicenceRevoked: true, isDeregistered: false }, 'LICENCE_REVOKED', '吊销营业执照'],
  ['lost its licence and is struck off', { isLicenceRevoked: true, isDeregistered: true }, 'DEREGISTERED', '已注销'],
])(
  'who %s is told of each policy that it would have that it has nothing of it, and why',
  async (_what, off, reason, words) => {
    await policies.know({
      [usccOf(7)]: { employees: 70, ...off },
      [usccOf(8)]: off,
    });
    const nodes = async (number: number) => {
      const it = { __typename: 'Enterprise', uscc: usccOf(number), factsVersion: null, creditStanding: null };
      const { data } = await policies.ask<{
        _entities: {
          matchedPolicies: { nodes: { policy: { id: string } }[] };
          offered: { totalCount: number };
          barred: { totalCount: number; nodes: { policy: { id: string }; bar: unknown }[] };
        }[];
      }>(
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise {
        offered: matchedPolicies(first: 10, filter: { outcomes: [ELIGIBLE, UNDETERMINED] }) { totalCount }
        barred: matchedPolicies(first: 100, filter: { onlyBarred: true }) { totalCount nodes { policy { id } bar { reason } } }
        matchedPolicies(first: 10, filter: { outcomes: [NOT_ELIGIBLE] }) {
          nodes { outcome policy { id } amount { amount } application { pledge } bar { reason policy { id } } } } } } }`,
        { variables: { r: [it] }, actor: auditor },
      );
      const [entity] = data?._entities ?? [];
      expect(entity?.offered.totalCount).toBe(0);
      // What is barred alone: nothing whose conditions it fails.
      expect(entity?.barred.nodes.map(({ bar }) => bar)).toEqual(
        Array.from({ length: entity?.barred.totalCount ?? 0 }, () => ({ reason })),
      );
      expect(entity?.barred.nodes.map(({ policy }) => policy.id)).toContain('staff');
      return entity?.matchedPolicies.nodes.filter(({ policy }) => policy.id === 'staff');
    };
    const nothing = { outcome: 'NOT_ELIGIBLE', policy: { id: 'staff' }, amount: null, application: null };
    const barred = { ...nothing, bar: { reason, policy: null } };
    // Of the other one nobody knows whether it would: it would have nothing all the same.
    expect([await nodes(7), await nodes(8)]).toEqual([[barred], [barred]]);
    const said = await explainMatch(policies.department, usccOf(7), 'staff');
    expect(said).toEqual(expect.arrayContaining([expect.stringContaining(words)]));
  },
);

describe('a benefit that was paid', () => {
  it('is not offered again: not as a match, not in the list, not in a preview', async () => {
    await policies.know({ [usccOf(7)]: { employees: 70 }, [usccOf(8)]: { employees: 80 } });
    await matchAll(policies.department);
    const id = 'staff';
    await policies.database.connection.collection('grants').insertOne({
      id: 'G-PAID',
      policyId: id,
      uscc: usccOf(7),
      period: 'ALL',
      status: 'PAID',
      paidFen: 100_000,
      identifiedAt: new Date('2026-03-01T04:00:00Z'),
    });
    const seven = { __typename: 'Enterprise', uscc: usccOf(7), factsVersion: null, creditStanding: null };
    const { data } = await policies.ask<{ _entities: { matchedPolicies: { nodes: unknown[] } }[] }>(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise { matchedPolicies(first: 10, filter: { outcomes: [ELIGIBLE, NOT_ELIGIBLE] }) { nodes { outcome policy { id } bar { reason policy { id } } } } } } }',
      { variables: { r: [seven] }, actor: auditor },
    );
    expect(data?._entities[0]?.matchedPolicies.nodes).toContainEqual({
      outcome: 'NOT_ELIGIBLE',
      policy: { id },
      bar: { reason: 'ALREADY_PAID', policy: { id } },
    });
    const lists = await policies.ask(
      'query ($id: ID!, $input: PreviewPolicyInput!) { policy(id: $id) { eligibleEnterprises(first: 10) { totalCount nodes { uscc } } } previewPolicy(input: $input) { eligible notEligible barred } }',
      { variables: { id, input: { policy: id } }, actor: auditor },
    );
    expect(lists.data).toMatchObject({
      policy: { eligibleEnterprises: { totalCount: 1, nodes: [{ uscc: usccOf(8) }] } },
      previewPolicy: { eligible: 1, notEligible: 1, barred: 1 },
    });
  });

  it('is not offered for nothing: where it pays the difference only, and nothing is left of it', async () => {
    const id = 'difference';
    await policies.publish({
      id,
      benefit: { kind: 'cash', formula: '100 * employees', top_up_difference: true },
      grant_period: 'YEAR',
    });
    await policies.know({ [usccOf(9)]: { employees: 10 }, [usccOf(10)]: { employees: 11 } });
    const paid = (number: number) => ({
      ...{ id: `G-${String(number)}`, policyId: id, uscc: usccOf(number), period: '2025', status: 'PAID' },
      ...{ amountFen: 100_000, paidFen: 100_000, identifiedAt: new Date('2025-03-01T04:00:00Z') },
    });
    await policies.database.connection.collection('grants').insertMany([paid(9), paid(10)]);
    await matchAll(policies.department);
    const both = [9, 10].map((number) => ({
      ...{ __typename: 'Enterprise', uscc: usccOf(number), factsVersion: null, creditStanding: null },
    }));
    const { data } = await policies.ask<{ _entities: { matchedPolicies: { nodes: { policy: { id: string } }[] } }[] }>(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise { matchedPolicies(first: 10, filter: { outcomes: [ELIGIBLE, NOT_ELIGIBLE] }) { nodes { outcome amount { amount } policy { id } bar { reason policy { id } } } } } } }',
      { variables: { r: both }, actor: auditor },
    );
    const under = data?._entities.map(({ matchedPolicies }) =>
      matchedPolicies.nodes.filter(({ policy }) => policy.id === id),
    );
    expect(under).toEqual([
      [{ outcome: 'NOT_ELIGIBLE', amount: null, policy: { id }, bar: { reason: 'NOTHING_LEFT', policy: { id } } }],
      [{ outcome: 'ELIGIBLE', amount: { amount: '100.00' }, policy: { id }, bar: null }],
    ]);
    const lists = await policies.ask<{ policy: { eligibleEnterprises: { nodes: { uscc: string }[] } } }>(
      'query ($id: ID!, $input: PreviewPolicyInput!) { policy(id: $id) { eligibleEnterprises(first: 50) { nodes { uscc } } } previewPolicy(input: $input) { barred } }',
      { variables: { id, input: { policy: id } }, actor: auditor },
    );
    const listed = lists.data?.policy.eligibleEnterprises.nodes.map(({ uscc }) => uscc);
    expect([listed?.includes(usccOf(9)), listed?.includes(usccOf(10))]).toEqual([false, true]);
    expect(lists.data).toMatchObject({ previewPolicy: { barred: 1 } });
    const said = await explainMatch(policies.department, usccOf(9), id);
    expect(said).toEqual(expect.arrayContaining([expect.stringContaining('差额为零')]));
  });
});

it('a benefit is not offered beside one that is held and that names it as one that cannot be had beside it', async () => {
  const uscc = usccOf(11);
  await policies.publish({ id: 'barring', excludes: ['staff'] });
  await policies.know({ [uscc]: { employees: 70 } });
  await policies.database.connection.collection('grants').insertOne({
    ...{
      id: 'G-BARRING',
      policyId: 'barring',
      uscc,
      period: 'ALL',
      status: 'NOTIFIED',
      amountFen: 100_000,
      paidFen: 0,
    },
    identifiedAt: new Date('2026-11-01T04:00:00Z'),
  });
  await matchAll(policies.department);
  const { data } = await policies.ask<{ _entities: { matchedPolicies: { nodes: unknown[] } }[] }>(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise { matchedPolicies(first: 10, filter: { outcomes: [NOT_ELIGIBLE] }) { nodes { policy { id } bar { reason policy { id } } } } } } }',
    {
      variables: { r: [{ __typename: 'Enterprise', uscc, factsVersion: null, creditStanding: null }] },
      actor: auditor,
    },
  );
  expect(data?._entities[0]?.matchedPolicies.nodes).toContainEqual({
    policy: { id: 'staff' },
    bar: { reason: 'EXCLUDED', policy: { id: 'barring' } },
  });
});
