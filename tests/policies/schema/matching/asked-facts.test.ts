import { createLogger } from '@zhitong/kit';
import type { EnterpriseFromGraph } from '../../../../subgraphs/policies/src/graph/facts-source.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { explainMatch } from '../../../../subgraphs/policies/src/usecases/explain-match.js';
import { readStaleEnterprises } from '../../../../subgraphs/policies/src/usecases/facts/keep-current.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig } from '../../support/grant-rig.js';
import {
  auditor,
  enterprise,
  fromGraph,
  NOW,
  officer,
  plainPolicy,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';
import { toldRegister } from '../../support/told-register.js';

/** What policies ask beside the newest known facts, on every path that decides: what was had, and figures of a year. */
const register = toldRegister();
const logger = createLogger({ name: 'test', level: 'silent' });
const YEAR_END = '2025-12-31';
let now = NOW;
/** The staff of each enterprise, with the day that the figure stands for and what is told of years before. */
let city: Readonly<Record<number, { readonly staff: number; readonly day?: string; readonly earlier?: object }>> = {};
const sheetOf = (number: number) => {
  const { staff = 0, day = YEAR_END, earlier } = city[number] ?? {};
  return { asOf: YEAR_END, values: { employees: staff }, dates: { employees: day }, current: [], earlier };
};
const enterpriseOf = (number: number): EnterpriseFromGraph => {
  const { staff = 0, day = YEAR_END, earlier } = city[number] ?? {};
  const years = Object.fromEntries(
    Object.entries(earlier ?? {}).flatMap(([year, figures]) =>
      Object.entries(figures as Record<string, FactValue>).map(([fact, value]) => [`${fact}@${year}`, value]),
    ),
  );
  return {
    ...fromGraph(usccOf(number), { employees: staff }),
    facts: { values: { employees: staff }, dates: { employees: day }, years },
    told: { version: `v${String(staff)}`, asOf: YEAR_END, current: [], fixed: { employees: day }, years },
  };
};

const withCredit = ({ facts, ...rest }: EnterpriseFromGraph): EnterpriseFromGraph => ({
  ...rest,
  facts: { ...facts, values: { ...facts.values, dishonestyRecord: false, hasUnfulfilledJudgment: false } },
});

let policies: PoliciesUnderTest;
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => {
  policies = await policiesUnderTest(
    import.meta.url,
    { now: () => now },
    {
      ...register.source,
      enterprise: async (uscc) => {
        const number = Object.keys(city)
          .map(Number)
          .find((one) => usccOf(one) === uscc);
        return number === undefined ? null : withCredit(enterpriseOf(number));
      },
      enterprisesOn: async (usccs) =>
        Object.keys(city).flatMap((key) => (usccs.includes(usccOf(Number(key))) ? [enterpriseOf(Number(key))] : [])),
      page: async () => ({
        enterprises: Object.keys(city).map((key) => enterpriseOf(Number(key))),
        total: 2,
        next: null,
      }),
    },
  );
});
afterEach(async () => {
  now = NOW;
  await policies.reset();
});
afterAll(async () => policies.close());

async function knowCity(): Promise<void> {
  const { stores } = policies.department;
  await stores.facts.putAll(
    Object.keys(city).map((key) => {
      const { facts, told, uscc, name, industry, region } = enterpriseOf(Number(key));
      const { values, dates } = facts;
      return {
        ...{ uscc, name, industry, region, values, dates, readingId: 'test', readAt: now },
        told: told && { ...told, on: YEAR_END, creditOn: null },
      };
    }),
  );
  await matchAll(policies.department);
}

const MATCHES = `query ($representations: [_Any!]!, $asOf: Date) { _entities(representations: $representations) { ... on Enterprise {
  matchedPolicies(asOf: $asOf, filter: { outcomes: [ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED] }) { nodes { outcome policy { id } amount { amount } criteria { text outcome expected actual year asOf criteria { text outcome actual } } } }
} } }`;
interface Match {
  readonly outcome: string;
  readonly amount: { readonly amount: string } | null;
  readonly criteria: readonly unknown[];
}
async function matched(number: number, asOf: string | null = null): Promise<Match | undefined> {
  const { data, errors } = await policies.ask<{ _entities: { matchedPolicies: { nodes: Match[] } }[] }>(MATCHES, {
    actor: auditor,
    variables: {
      asOf,
      representations: [
        {
          __typename: 'Enterprise',
          uscc: usccOf(number),
          factsVersion: register.tellSheet(number, sheetOf(number)),
          creditStanding: null,
        },
      ],
    },
  });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data?._entities[0]?.matchedPolicies.nodes[0];
}
const stored = async (number: number) =>
  (await policies.department.stores.matches.byUscc([usccOf(number)]))[0]?.amounts['staff'] ?? null;
const explained = async (number: number) =>
  (await explainMatch(policies.department, usccOf(number), 'staff')) as string[];
const previewed = async (draft: Record<string, unknown> | null = null) => {
  const { data, errors } = await policies.ask<{ previewPolicy: { eligible: number; cost: { amount: string } } }>(
    'query ($input: PreviewPolicyInput!) { previewPolicy(input: $input) { eligible cost { amount } } }',
    {
      actor: officer,
      variables: { input: draft === null ? { policy: 'staff' } : { draft: { ...plainPolicy, ...draft } } },
    },
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return [data?.previewPolicy.eligible, data?.previewPolicy.cost.amount];
};
/** Pays a grant as far as its next instalment goes. */
const pay = async (number: number): Promise<void> => payGrant((await rig.ofEnterprise(number)).id);
async function payGrant(id: string): Promise<void> {
  await rig.move([id], 'PAY');
  const [order] = (await policies.department.stores.funds.ofGrants([id])).filter(({ status }) => status === 'SENT');
  await rig.settle(order?.id ?? 'no order');
}
async function approve(number: number): Promise<void> {
  const { id } = await rig.ofEnterprise(number);
  await rig.move([id], 'NOTIFY');
  await rig.confirm(await rig.ofEnterprise(number));
  await rig.move([id], 'PUBLICISE');
  now = new Date('2026-12-10T04:00:00Z');
  await rig.move([id], 'APPROVE');
}
let keys = 0;
async function apply(number: number) {
  const { data, errors } = await policies.ask<{
    applyWithPledge: { grant: { id: string } | null; refusal: { code: string; details: unknown } | null };
  }>(
    'mutation ($input: ApplyWithPledgeInput!) { applyWithPledge(input: $input) { grant { id } refusal { code details } } }',
    {
      actor: enterprise(usccOf(number)),
      variables: {
        input: {
          ...{ policy: 'staff', signatory: '张三', pledgeAccepted: true, bank: '农商行', number: '6222021234567890' },
          holder: enterpriseOf(number).name,
          idempotencyKey: `asked-facts-${String((keys += 1))}`,
        },
      },
    },
  );
  if (data == null || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.applyWithPledge;
}
const amounts = async () =>
  (await rig.all())
    .filter(({ period }) => period === '2027')
    .map(({ uscc, amountFen }) => [uscc, amountFen])
    .sort();

describe('a policy that gives less to who had it before', () => {
  const prior = (value: boolean) => [{ fact: 'priorAwardSamePolicy', op: 'eq', value }];
  const TIERS = [
    { when: prior(false), amount_yuan: 1000 },
    { when: prior(true), amount_yuan: 300 },
  ];

  it('learns from the grants of this department who did, on every path, and until then nobody did', async () => {
    city = { 1: { staff: 20 }, 2: { staff: 20 } };
    await policies.publish({
      id: 'staff',
      grant_period: 'YEAR',
      benefit: { kind: 'cash', tiers: TIERS, text_zh: '奖' },
    });
    await knowCity();
    expect([await stored(1), await stored(2)]).toEqual([100_000, 100_000]);
    await rig.identify();
    await approve(1);
    await pay(1);
    expect((await rig.ofEnterprise(1)).status).toBe('PAID');

    now = new Date('2027-01-11T04:00:00Z');
    const source = {
      page: async () => Promise.reject(new Error('not asked')),
      enterprise: async () => Promise.resolve(enterpriseOf(1)),
    };
    expect(await readStaleEnterprises({ ...policies.department, logger, source })).toBe(1);
    expect([await stored(1), await stored(2)]).toEqual([30_000, 100_000]);
    await matchAll(policies.department);
    expect([await stored(1), await stored(2)]).toEqual([30_000, 100_000]);
    expect((await matched(1))?.amount).toEqual({ amount: '300.00' });
    expect((await matched(2))?.amount).toEqual({ amount: '1000.00' });
    expect(await previewed()).toEqual([2, '1300.00']);
    expect((await explained(1)).at(-1)).toBe('Amount: 300.00 yuan');
    expect((await explained(2)).at(-1)).toBe('Amount: 1000.00 yuan');
    expect((await matched(1, '2026-11-20'))?.amount).toEqual({ amount: '1000.00' });
    expect((await matched(1, '2026-12-20'))?.amount).toEqual({ amount: '300.00' });

    await rig.identify();
    expect(await amounts()).toEqual([
      [usccOf(1), 30_000],
      [usccOf(2), 100_000],
    ]);
    const ids = (await rig.all()).filter(({ period }) => period === '2027').map(({ id }) => id);
    await rig.move(ids, 'NOTIFY');
    expect((await rig.all()).filter(({ period }) => period === '2027').map(({ status }) => status)).toEqual([
      'NOTIFIED',
      'NOTIFIED',
    ]);
  });

  it('does not hold the first instalment against the second one', async () => {
    city = { 1: { staff: 20 } };
    await policies.publish({
      id: 'staff',
      criteria: prior(false),
      benefit: { kind: 'cash', amount_yuan: 1000, instalments: [0.5, 0.5], text_zh: '奖' },
    });
    await knowCity();
    await rig.identify();
    await approve(1);
    await pay(1);
    await policies.department.stores.matchState.forgetStale({ uscc: usccOf(1), since: now, events: 1 });
    await pay(1);
    expect((await rig.ofEnterprise(1)).status).toBe('PAID');
  });

  it.each([
    ['had before and gives less then', { benefit: { kind: 'cash', tiers: TIERS, text_zh: '奖' } }, 30_000],
    ['not had before', { criteria: prior(false) }, 'NOT_ELIGIBLE'],
  ])('decides an application under a pledge by the grants that were paid: %s', async (_what, content, expected) => {
    city = { 1: { staff: 20 } };
    await policies.publish({ id: 'staff', grant_period: 'YEAR', exempt_from_application: false, ...content });
    await knowCity();
    const first = (await apply(1)).grant?.id ?? '';
    await payGrant(first);
    const paid = (await rig.ofEnterprise(1)) as { status: string; amountFen: number };
    expect(paid).toMatchObject({ status: 'PAID', amountFen: 100_000 });
    now = new Date('2027-01-11T04:00:00Z');
    const { grant, refusal } = await apply(1);
    expect(refusal?.code ?? (await rig.all()).find(({ id }) => id === grant?.id)?.amountFen).toBe(expected);
  });

  it('is not had beside what it asks not to have had, though that was found later and paid first', async () => {
    city = { 1: { staff: 20 } };
    await policies.publish({ id: 'other' });
    await policies.publish({
      id: 'staff',
      criteria: [{ not: { fact: 'policiesHad', op: 'contains', value: 'other' }, text_zh: '未享受其他政策' }],
    });
    await knowCity();
    await rig.identify('staff');
    now = new Date('2026-11-21T04:00:00Z');
    await rig.identify('other');
    const ids = await rig.publicise();
    now = new Date('2026-12-10T04:00:00Z');
    await rig.move(ids, 'APPROVE');
    const under = async (policy: string) => (await rig.all()).find(({ policyId }) => policyId === policy);
    await payGrant((await under('other'))?.id ?? '');
    await policies.department.stores.matchState.forgetStale({ uscc: usccOf(1), since: now, events: 1 });
    await rig.move([(await under('staff'))?.id ?? ''], 'PAY');
    expect([(await under('other'))?.status, await under('staff')]).toMatchObject([
      'PAID',
      { status: 'SUSPENDED', paidFen: 0 },
    ]);
  });

  it('may ask for another policy by its id, which must be there, and shows no other that was had', async () => {
    city = { 1: { staff: 20 } };
    await policies.publish({ id: 'staff' });
    await knowCity();
    await rig.identify();
    await approve(1);
    await pay(1);
    const asks = (id: string) => ({ id: 'next', criteria: [{ fact: 'policiesHad', op: 'contains', value: id }] });
    expect(await previewed(asks('staff'))).toEqual([1, '1000.00']);
    expect(await previewed(asks('next'))).toEqual([0, '0.00']);
    await expect(policies.publish(asks('nobody'))).rejects.toThrow('UNKNOWN_POLICY');
    await expect(
      policies.publish({ id: 'next', criteria: [{ fact: 'policiesHad', op: 'exists', value: true }] }),
    ).rejects.toThrow('WRONG_OPERATOR');
    await policies.publish({ id: 'aaa', criteria: [{ not: asks('aaa').criteria[0], text_zh: '未享受' }] });
    expect((await matched(1))?.criteria).toMatchObject([{ outcome: 'MET', criteria: [{ actual: '无' }] }]);
  });
});

describe('a policy that asks for a figure of the year before', () => {
  const LAST_YEAR = [{ fact: 'employees', year: 'PREVIOUS', op: 'gte', value: 100 }];

  it('decides on that of the year before the one for which the benefit is, on every path', async () => {
    city = {
      1: { staff: 5, day: '2026-05-01', earlier: { 2025: { employees: 120 } } },
      2: { staff: 500, day: '2026-05-01', earlier: { 2025: { employees: 99 } } },
      3: { staff: 150 },
      4: { staff: 150, day: '2024-12-31' },
    };
    await policies.publish({ id: 'staff', criteria: LAST_YEAR });
    await knowCity();
    const outcomes = ['ELIGIBLE', 'NOT_ELIGIBLE', 'ELIGIBLE', 'UNDETERMINED'];
    expect(await Promise.all([1, 2, 3, 4].map(async (one) => (await matched(one))?.outcome))).toEqual(outcomes);
    expect(await Promise.all([1, 2, 3, 4].map(stored))).toEqual([100_000, null, 100_000, null]);
    expect(await previewed()).toEqual([2, '2000.00']);
    expect((await matched(1))?.criteria).toMatchObject([
      { text: '2025年度从业人数 ≥ 100人', expected: '≥ 100人(2025年度)', actual: '120人', year: 2025, asOf: YEAR_END },
    ]);
    expect(await explained(1)).toContainEqual(
      expect.stringContaining('≥ 100人(2025年度) of 2025, recorded 120人 for 2025-12-31'),
    );
    expect((await explained(4))[0]).toContain('UNDETERMINED');
    const { data } = await policies.ask<{ policy: { criteria: unknown[] } }>(
      '{ policy(id: "staff") { criteria { text year } } }',
      { actor: officer },
    );
    expect(data?.policy.criteria).toEqual([{ text: '上年度从业人数 ≥ 100人', year: 'PREVIOUS' }]);

    await rig.identify();
    expect((await rig.all()).map(({ uscc }) => uscc).sort()).toEqual([usccOf(1), usccOf(3)]);
    await approve(1);
    // In the new year the figure of 2026 would be asked of a new grant; this one is for 2026.
    now = new Date('2027-02-10T04:00:00Z');
    expect((await matched(1))?.outcome).toBe('NOT_ELIGIBLE');
    await pay(1);
    expect((await rig.ofEnterprise(1)).status).toBe('PAID');
    await matchAll(policies.department);
    expect(await stored(1)).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ['formula', { formula: '10 * employees@PREVIOUS' }],
    [
      'rows',
      {
        tiers: [
          { when: LAST_YEAR, amount_yuan: 1200 },
          { when: [{ ...LAST_YEAR[0], op: 'lt' }], amount_yuan: 400 },
        ],
      },
    ],
  ])('pays by the figure of the year that its %s asks for, whatever was recorded since', async (what, amount) => {
    const day = '2026-05-01';
    city = {
      1: { staff: 5, day, earlier: { 2025: { employees: 120 } } },
      2: { staff: 5, day, earlier: { 2025: { employees: 40 } } },
      3: { staff: 5, day },
    };
    await policies.publish({ id: 'staff', benefit: { kind: 'cash', text_zh: '奖', ...amount } });
    await knowCity();
    expect(await Promise.all([1, 2, 3].map(stored))).toEqual([120_000, 40_000, null]);
    expect((await matched(1))?.amount).toEqual({ amount: '1200.00' });
    expect((await matched(2))?.amount).toEqual({ amount: '400.00' });
    expect((await matched(3))?.amount).toBeNull();
    expect(await previewed()).toEqual([3, '1600.00']);
    expect((await explained(2)).at(-1)).toBe('Amount: 400.00 yuan');
    await rig.identify();
    await approve(1);
    now = new Date('2027-02-10T04:00:00Z');
    await pay(1);
    expect((await rig.all()).map(({ uscc, paidFen, amountFen }) => [uscc, amountFen, paidFen]).sort()).toEqual([
      [usccOf(1), 120_000, 120_000],
      [usccOf(2), 40_000, 0],
    ]);
    // A correction of last year's figure is a change of a fact for which the policy asks.
    city = { 1: { staff: 5, day: '2027-01-31', earlier: { 2026: { employees: 70 } } } };
    const source = {
      page: async () => Promise.reject(new Error('not asked')),
      enterprise: async () => Promise.resolve(enterpriseOf(1)),
    };
    await readStaleEnterprises({ ...policies.department, logger, source });
    expect(await stored(1)).toBe(what === 'rows' ? 40_000 : 70_000);
  });

  it.each([
    [{ year: 'LAST' }, 'criteria[0].year'],
    [{ year: 2025.5 }, 'criteria[0].year'],
    [{ year: 1989 }, 'criteria[0].year'],
    [{ fact: 'honours', year: 2025, op: 'contains', value: '高新技术企业' }, 'criteria[0].year'],
    [{ fact: 'employeesPriorYear', year: 'PREVIOUS' }, 'criteria[0].year'],
  ])('is refused with %j', async (more, place) => {
    await expect(
      policies.publish({ id: 'staff', criteria: [{ fact: 'employees', op: 'gte', value: 100, ...more }] }),
    ).rejects.toThrow(place);
  });

  it('is written back as it was read', async () => {
    await policies.publish({ id: 'staff', criteria: LAST_YEAR });
    const { data } = await policies.ask<{ policy: { versions: { content: { criteria: unknown } }[] } }>(
      '{ policy(id: "staff") { versions { content } } }',
      { actor: officer },
    );
    expect(data?.policy.versions[0]?.content.criteria).toEqual(LAST_YEAR);
  });
});
