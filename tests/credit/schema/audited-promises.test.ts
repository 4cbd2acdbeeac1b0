import type { Actor } from '@zhitong/kit';
import { addDays } from '@zhitong/values';
import {
  auditor,
  BANK,
  coordinator,
  creditOfDemoCity,
  enterprise,
  officer,
  TODAY,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { USCC } from '../support/promise-writes.js';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditOfDemoCity(import.meta.url, 500);
});
afterAll(async () => credit.close());

interface Entry {
  readonly seq: number;
  readonly kind: string;
  readonly effectiveOn: string;
  readonly reverses: number | null;
  readonly body: { readonly amount?: number };
}
interface Listed {
  readonly id: string;
  readonly promisedOn: string;
  readonly promisor: { readonly code: string };
  readonly districtCode: string;
  readonly state: string;
  readonly daysOverdue: number;
  readonly instalments: readonly { readonly dueOn: string; readonly amount: { readonly amount: string } | null }[];
  readonly entries: readonly Entry[];
}
const FIELDS =
  'id promisedOn promisor { code } districtCode state daysOverdue instalments { dueOn amount { amount } } entries { seq kind effectiveOn reverses body }';

async function ask<Data>(query: string, variables: object, actor: Actor = coordinator): Promise<Data> {
  const { data, errors } = await credit.ask<Data>(query, { variables: { ...variables }, actor });
  expect(errors).toBeUndefined();
  return data as Data;
}

/** The whole list of a filter, page by page. */
async function listed(asOf: string, filter: object, fields = 'id'): Promise<{ total: number; rows: Listed[] }> {
  const rows: Listed[] = [];
  let total = 0;
  for (let after: string | null | undefined = null; after !== undefined;) {
    const { auditedCommitments }: { auditedCommitments: Page } = await ask<{ auditedCommitments: Page }>(
      `query ($asOf: Date!, $filter: AuditedCommitmentFilter, $after: String) {
        auditedCommitments(asOf: $asOf, filter: $filter, first: 150, after: $after) {
          totalCount pageInfo { hasNextPage endCursor } nodes { ${fields} } } }`,
      { asOf, filter, after },
    );
    total = auditedCommitments.totalCount;
    rows.push(...auditedCommitments.nodes);
    after = auditedCommitments.pageInfo.hasNextPage ? auditedCommitments.pageInfo.endCursor : undefined;
  }
  return { total, rows };
}
interface Page {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly nodes: readonly Listed[];
}
interface Figures {
  readonly key: string;
  readonly promisedCount: number;
  readonly count: number;
  readonly overdueCount: number;
}
const audit = async (asOf: string, groupBy: string) =>
  (
    await ask<{ commitmentAudit: Figures & { groups: Figures[]; onTime: Record<string, number> } }>(
      `query ($asOf: Date!, $groupBy: CommitmentGrouping!) { commitmentAudit(asOf: $asOf, groupBy: $groupBy) {
        promisedCount count overdueCount onTime { numerator denominator } groups { key promisedCount count overdueCount } } }`,
      { asOf, groupBy },
    )
  ).commitmentAudit;

describe.each([TODAY, addDays(TODAY, -200)])('the promises behind the figures of %s', (asOf) => {
  it('are as many as each figure counts, of the city, a department and a district', async () => {
    for (const [groupBy, condition] of [
      ['DEPARTMENT', 'department'],
      ['DISTRICT', 'districtCode'],
    ] as const) {
      const { groups, ...city } = await audit(asOf, groupBy);
      for (const [figures, of] of [
        [city, {}],
        ...groups.slice(0, 3).map((group) => [group, { [condition]: group.key }] as const),
      ] as const) {
        const totals = await Promise.all(
          [{}, { kept: true }, { kept: false }, { overdue: true }].map(
            async (filter) => (await listed(asOf, { ...of, ...filter })).total,
          ),
        );
        const { promisedCount, count, overdueCount } = figures;
        expect([of, totals]).toEqual([of, [promisedCount, promisedCount - count, count, overdueCount]]);
      }
    }
  });

  it('are each as it stood then, once, the latest first', async () => {
    const { total, rows } = await listed(asOf, {}, FIELDS);
    expect(rows.length).toBe(total);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(total);
    expect(rows.map(({ promisedOn }) => promisedOn)).toEqual(
      rows.map(({ promisedOn }) => promisedOn).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
    );
    const kept = await listed(asOf, { kept: true }, FIELDS);
    expect(new Set(kept.rows.map(({ state }) => state)).has('OUTSTANDING')).toBe(false);
    const overdue = await listed(asOf, { overdue: true }, FIELDS);
    expect(overdue.rows.every(({ daysOverdue }) => daysOverdue > 0)).toBe(true);
  });

  it('were kept too late where payments by the due day of an instalment did not cover what was due by it', async () => {
    const { rows } = await listed(asOf, {}, FIELDS);
    let [inTime, fallenDue] = [0, 0];
    const late = new Set<string>();
    // Of promises of money, by the entries alone.
    for (const { id, instalments, entries } of rows.filter((row) => row.instalments.every(({ amount }) => amount))) {
      const known = entries.filter(({ effectiveOn }) => effectiveOn <= asOf);
      const reversed = new Set(known.map(({ reverses }) => reverses));
      const payments = known.filter(({ seq, kind }) => kind === 'FULFILLED' && !reversed.has(seq));
      let due = 0;
      for (const { dueOn, amount } of instalments) {
        due += Math.round(Number(amount?.amount) * 100);
        if (dueOn >= asOf) continue;
        const paid = payments
          .filter(({ effectiveOn }) => effectiveOn <= dueOn)
          .reduce((sum, { body }) => sum + (body.amount ?? 0), 0);
        fallenDue += 1;
        if (paid >= due) inTime += 1;
        else late.add(id);
      }
    }
    const money = new Set(rows.filter((row) => row.instalments.every(({ amount }) => amount)).map(({ id }) => id));
    const found = (await listed(asOf, { late: true })).rows.filter(({ id }) => money.has(id));
    expect(found.map(({ id }) => id).sort()).toEqual([...late].sort());
    expect(late.size).toBeGreaterThan(0);
    expect((await listed(asOf, { late: false })).total).toBe(rows.length - (await listed(asOf, { late: true })).total);
    const { onTime } = await audit(asOf, 'DEPARTMENT');
    expect(onTime['denominator']).toBeGreaterThanOrEqual(fallenDue);
    expect(onTime['numerator']).toBeGreaterThanOrEqual(inTime);
  });
});

it('are in their instalments the rate of those kept in time, of the city, a department and a district', async () => {
  const asked = async (filter: object) =>
    (
      await ask<{ auditedCommitments: { totalCount: number; onTime: Rate } }>(
        `query ($filter: AuditedCommitmentFilter) {
          auditedCommitments(asOf: "${TODAY}", filter: $filter, first: 0) { totalCount onTime { numerator denominator } } }`,
        { filter },
      )
    ).auditedCommitments;
  let compared = 0;
  for (const [groupBy, condition] of [
    ['DEPARTMENT', 'department'],
    ['DISTRICT', 'districtCode'],
  ] as const) {
    const { commitmentAudit } = await ask<{
      commitmentAudit: { onTime: Rate; groups: { key: string; onTime: Rate }[] };
    }>(
      `{ commitmentAudit(asOf: "${TODAY}", groupBy: ${groupBy}) {
        onTime { numerator denominator } groups { key onTime { numerator denominator } } } }`,
      {},
    );
    for (const [onTime, of] of [
      [commitmentAudit.onTime, {}],
      ...commitmentAudit.groups.slice(0, 4).map((group) => [group.onTime, { [condition]: group.key }] as const),
    ] as const) {
      // What has fallen due is all that is counted, and what was missed is of what was kept too late.
      const { denominator, numerator } = onTime;
      expect([of, (await asked({ ...of, fallenDue: true })).onTime]).toEqual([of, onTime]);
      expect([of, (await asked({ ...of, fallenDue: false })).onTime]).toEqual([of, { numerator: 0, denominator: 0 }]);
      const late = (await asked({ ...of, late: true })).onTime;
      expect([of, late.denominator - late.numerator]).toEqual([of, denominator - numerator]);
      compared += denominator;
    }
  }
  expect(compared).toBeGreaterThan(0);
  const [all, due, notDue] = await Promise.all([{}, { fallenDue: true }, { fallenDue: false }].map(asked));
  expect(all?.totalCount).toBe((due?.totalCount ?? 0) + (notDue?.totalCount ?? 0));
  expect(notDue?.totalCount).toBeGreaterThan(0);
});
interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

it('are for officials of the government, not for a bank, an enterprise or a day to come', async () => {
  const codeOf = async (actor: Actor, asOf = TODAY) =>
    (await credit.ask(`{ auditedCommitments(asOf: "${asOf}") { totalCount } }`, { actor })).errors?.[0]?.extensions?.[
      'code'
    ];
  expect(await codeOf(auditor)).toBeUndefined();
  expect(await codeOf(officer('RSJ'))).toBeUndefined();
  expect(await codeOf(officer(BANK))).toBe('FORBIDDEN');
  expect(await codeOf(enterprise(USCC))).toBe('FORBIDDEN');
  expect(await codeOf(auditor, addDays(TODAY, 1))).toBe('BAD_USER_INPUT');
});
