import type { Actor } from '@zhitong/kit';
import type { GrantRecord } from '../../../subgraphs/policies/src/models/grants/grant-record.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { publishedFigures } from '../../../subgraphs/policies/src/usecases/publish-figures.js';
import { settled } from '../support/payments.js';
import {
  auditor,
  enterprise,
  NOW,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
let now = NOW;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(async () => {
  now = NOW;
  await policies.publish({ id: 'staff' });
  await grow(40);
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

/** So many enterprises are registered; of each forty 20 are eligible, 10 undetermined, 10 neither. */
async function grow(count: number): Promise<void> {
  await policies.know(
    Object.fromEntries(
      Array.from({ length: count }, (_, number): [string, Record<string, number>] => [
        usccOf(number),
        number % 4 === 3 ? {} : { employees: number % 4 === 2 ? 3 : 30 },
      ]),
    ),
  );
  await matchAll(policies.department);
}

let granted = 0;
/** Grants of 1,000 yuan to enterprises that have none yet. */
async function grant(count: number): Promise<void> {
  const records = Array.from({ length: count }, (): GrantRecord => {
    const number = (granted += 1);
    return {
      id: `G-${String(number)}`,
      policyId: 'staff',
      policyVersion: 1,
      department: 'RSJ',
      uscc: usccOf(number),
      regionCode: '421202',
      period: 'ALL',
      amountFen: 100_000,
      paidFen: 0,
      instalmentsFen: [100_000],
      settled: 0,
      publicityDays: 0,
      publicUntil: null,
      reserved: false,
      account: null,
      status: 'APPROVED',
      version: 1,
      identifiedAt: NOW,
      updatedAt: NOW,
    };
  });
  await policies.database.connection.transaction(async (session) =>
    policies.department.stores.grants.putHistory(records, [], session),
  );
}
const pay = async (day: string, count: number, first: number): Promise<void> =>
  policies.database.connection.transaction(async (session) =>
    policies.department.stores.funds.putAll(settled('staff', day, count, { first }), session),
  );

/** Lets a day pass for the database, which judges it by its own clock: what was decided today was decided yesterday. */
async function nextDay(): Promise<void> {
  const dayBefore = (field: string) => ({ $subtract: [`$${field}`, 86_400_000] });
  await policies.database.connection
    .collection('publishedFigures')
    .updateMany({}, [{ $set: { decidedAt: dayBefore('decidedAt'), publishedAt: dayBefore('publishedAt') } }]);
}

interface Statistics {
  grantedEnterprises: number | null;
  granted: { amount: string } | null;
  grantsAsOf: string | null;
  paidThrough: string | null;
  paidEnterprises: number | null;
  paid: { amount: string } | null;
  eligible: number | null;
  undetermined: number | null;
  eligibleRate: { denominator: number | null };
  matchesAsOf: string | null;
}
async function read(actor: Actor | null = null): Promise<{
  statistics: Statistics;
  matchCounts: { asOf: string; eligible: number | null; undetermined: number | null; matched: number } | null;
}> {
  const { data, errors } = await policies.ask<{
    policy: {
      statistics: Statistics;
      matchCounts: { asOf: string; eligible: number | null; undetermined: number | null; matched: number };
    };
  }>(
    `{ policy(id: "staff") { statistics { grantedEnterprises granted { amount } grantsAsOf paidThrough paidEnterprises paid { amount } eligible undetermined eligibleRate { denominator } matchesAsOf } matchCounts { asOf eligible undetermined matched } } }`,
    { actor },
  );
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no answer');
  return data.policy;
}
const grantedNow = async (actor: Actor | null = null) => {
  const { statistics } = await read(actor);
  return [statistics.grantedEnterprises, statistics.granted?.amount ?? null];
};

describe('whoever reads before and after one decision', () => {
  it.each<[string, number, readonly [number | null, string | null]]>([
    ['many have it', 20, [20, '20000.00']],
    ['so few have it that nobody is told', 4, [null, null]],
    ['nobody has it', 0, [0, '0.00']],
  ])(
    'sees no difference where %s, not on that day nor on a later one, as nobody and as another enterprise',
    async (_where, before, shown) => {
      await grant(before);
      const first = await read();
      expect([first.statistics.grantedEnterprises, first.statistics.granted?.amount ?? null]).toEqual(shown);
      await grant(1);
      for (const day of [0, 1, 2]) {
        expect([day, await read()]).toEqual([
          day,
          {
            ...first,
            statistics: {
              ...first.statistics,
              grantsAsOf: expect.any(String) as unknown,
              matchesAsOf: expect.any(String) as unknown,
            },
            matchCounts: { ...first.matchCounts, asOf: expect.any(String) as unknown },
          },
        ]);
        expect(await grantedNow(enterprise(usccOf(1)))).toEqual(shown);
        await nextDay();
      }
      expect(await grantedNow(officer)).toEqual([before + 1, `${String((before + 1) * 1000)}.00`]);
      expect(await grantedNow(auditor)).toEqual([before + 1, `${String((before + 1) * 1000)}.00`]);
    },
  );

  it('sees the figures of all when five have it more, on the day after', async () => {
    await grant(20);
    const first = await read();
    await grant(5);
    expect(await grantedNow()).toEqual([20, '20000.00']);
    await nextDay();
    const later = await read();
    expect([later.statistics.grantedEnterprises, later.statistics.granted?.amount]).toEqual([25, '25000.00']);
    expect(Date.parse(later.statistics.grantsAsOf ?? '')).toBeGreaterThanOrEqual(
      Date.parse(first.statistics.grantsAsOf ?? 'x'),
    );
  });

  it('sees nothing of one enterprise that became eligible, while its registration is public', async () => {
    const first = (await read()).matchCounts;
    expect(first).toMatchObject({ eligible: 20, undetermined: 10, matched: 40 });
    await grow(41);
    await nextDay();
    expect((await read()).matchCounts).toMatchObject({ eligible: 20, undetermined: 10, matched: 40 });
    expect((await read(officer)).matchCounts).toMatchObject({ eligible: 21, undetermined: 10, matched: 41 });
    await grow(60);
    await nextDay();
    expect((await read()).matchCounts).toMatchObject({ eligible: 30, undetermined: 15, matched: 60 });
  });

  it('sees nothing of one that was paid: months are shown together once they stand for five', async () => {
    await grant(30);
    await pay('2026-08-10', 6, 0);
    await pay('2026-09-10', 1, 6);
    await pay('2026-10-10', 1, 7);
    await pay('2026-11-10', 9, 8);
    expect((await read()).statistics).toMatchObject({
      paidThrough: '2026-08-31',
      paidEnterprises: 6,
      paid: { amount: '6000.00' },
    });
    now = new Date('2026-12-02T04:00:00Z');
    await nextDay();
    expect((await read()).statistics).toMatchObject({
      paidThrough: '2026-11-30',
      paidEnterprises: 17,
      paid: { amount: '17000.00' },
    });
    // What the sum grew by is told month by month only where that is five enterprises too.
    const { data } = await policies.ask<{ fundsReport: { groups: { key: string; paid: unknown }[] } }>(
      '{ fundsReport(from: "2026-09-01", to: "2026-09-30", groupBy: POLICY) { groups { key paid { amount } } } }',
    );
    expect(data?.fundsReport.groups).toEqual([{ key: 'staff', paid: null }]);
  });
});

describe('a published table', () => {
  it('is one for all processes that ask at once, and for those that are started later', async () => {
    await grant(20);
    const ask = async () => (await publishedFigures('GRANTS', ['staff'], policies.department)).get('staff');
    const [one, ...others] = await Promise.all([ask(), ask(), ask(), ask()]);
    for (const other of others) expect(other).toEqual(one);
    await grant(5);
    await nextDay();
    const renewed = await Promise.all([ask(), ask(), ask(), ask()]);
    expect(new Set(renewed.map((row) => row?.figures.granted))).toEqual(new Set([25]));
    expect(new Set(renewed.map((row) => row?.publishedAt.getTime())).size).toBe(1);
    await grant(5);
    expect((await ask())?.figures.granted).toBe(25);
  });

  it('does not hold a policy that no run has matched yet: unknown is not none', async () => {
    await policies.publish({ id: 'fresh' });
    const { data } = await policies.ask<{ policy: unknown }>(
      '{ policy(id: "fresh") { matchCounts { eligible } statistics { eligible undetermined eligibleRate { denominator } matchesAsOf } } }',
    );
    expect(data?.policy).toEqual({
      matchCounts: null,
      statistics: { eligible: null, undetermined: null, eligibleRate: { denominator: null }, matchesAsOf: null },
    });
  });

  it('is not made of a part of a city that is being loaded', async () => {
    const marks = policies.database.connection.collection<{ _id: string; finishedAt: Date | null }>('demo_matches');
    await marks.insertOne({ _id: 'demo_matches', finishedAt: null });
    await grant(7);
    expect(await grantedNow()).toEqual([null, null]);
    await grant(7);
    await marks.updateOne({ _id: 'demo_matches' }, { $set: { finishedAt: NOW } });
    expect(await grantedNow()).toEqual([14, '14000.00']);
  });
});
