import type { Actor } from '@zhitong/kit';
import type { GrantRecord } from '../../../subgraphs/policies/src/models/grants/grant-record.js';
import type { PaymentRecord } from '../../../subgraphs/policies/src/models/funds.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import {
  auditor,
  banker,
  coordinator,
  enterprise,
  NOW,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

const NO_PURPOSE_HELPS: unknown = expect.not.stringContaining('PURPOSE_REQUIRED');
/** An error without the key that was asked for, wherever it names it. */
const withoutKey = <Told extends object>(told: Told, id: string): Told =>
  JSON.parse(JSON.stringify(told).replaceAll(id, '#')) as Told;

const OWN = usccOf(1);
const PURPOSE = '核实同一项目的其他补助';
const officer = (department: string, purpose?: string): Actor => ({
  sub: `officer-of-${department}`,
  roles: ['OFFICER'],
  department,
  ...(purpose === undefined ? {} : { purpose }),
});
const machine: Actor = { sub: 'machine', roles: ['SERVICE'], department: 'CZJ' };

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  await policies.publish({ id: 'jobs' }, { id: 'tech', issuer_code: 'CZJ' });
  await policies.know({ [OWN]: { employees: 20 } });
  await matchAll(policies.department);
  await grant('G-jobs', 'jobs', 'RSJ', 1);
  await grant('G-tech', 'tech', 'CZJ', 1);
});
afterAll(async () => policies.close());

async function grant(id: string, policyId: string, department: string, number: number): Promise<void> {
  const record: GrantRecord = {
    id,
    policyId,
    policyVersion: 1,
    department,
    uscc: usccOf(number),
    regionCode: '421202',
    period: 'ALL',
    amountFen: 100_000,
    paidFen: 100_000,
    instalmentsFen: [100_000],
    settled: 1,
    publicityDays: 0,
    publicUntil: null,
    reserved: false,
    account: null,
    status: 'PAID',
    version: 1,
    identifiedAt: NOW,
    updatedAt: NOW,
  };
  await policies.database.connection.transaction(async (session) =>
    policies.department.stores.grants.putHistory([record], [], session),
  );
}

const entity = async (reference: object, on: string, actor: Actor | null) => {
  const { data, errors } = await policies.ask<{ _entities: Record<string, unknown>[] }>(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${on} } }`,
    { variables: { of: [reference] }, actor },
  );
  return { value: data?._entities[0] ?? null, extensions: errors?.[0]?.extensions, message: errors?.[0]?.message };
};
const byEdge = async (actor: Actor, uscc = OWN) =>
  (await entity({ __typename: 'Enterprise', uscc }, 'Enterprise { grants { totalCount nodes { id } } }', actor)).value;
const byRoot = async (actor: Actor, filter = '') =>
  policies.ask<{ grants: unknown }>(`{ grants${filter} { totalCount nodes { id } } }`, { actor });
const byId = async (actor: Actor | null, id: string) =>
  entity({ __typename: 'Grant', id }, 'Grant { amount { amount } }', actor);

describe('grants', () => {
  it('are for the enterprise, the department that pays, coordinator and auditor, by every way', async () => {
    for (const [actor, ids] of [
      [officer('RSJ'), ['G-jobs']],
      [officer('CZJ'), ['G-tech']],
      [officer('SCJGJ'), []],
      [banker, []],
      [{ ...banker, purpose: PURPOSE }, []],
    ] as const) {
      expect([actor, await byEdge(actor)]).toEqual([
        actor,
        { grants: { totalCount: ids.length, nodes: ids.map((id) => ({ id })) } },
      ]);
      expect([actor, (await byRoot(actor)).data?.grants]).toEqual([
        actor,
        { totalCount: ids.length, nodes: ids.map((id) => ({ id })) },
      ]);
      for (const id of ['G-jobs', 'G-tech'])
        expect([actor, id, (await byId(actor, id)).extensions?.['code']]).toEqual([
          actor,
          id,
          (ids as readonly string[]).includes(id) ? undefined : 'FORBIDDEN',
        ]);
    }
    for (const actor of [auditor, coordinator, enterprise(OWN)])
      expect(await byEdge(actor)).toMatchObject({ grants: { totalCount: 2 } });
    expect((await byId(machine, 'G-tech')).value).toEqual({ amount: { amount: '1000.00' } });
    expect((await byId(machine, 'G-jobs')).extensions).toMatchObject({ code: 'FORBIDDEN', reason: NO_PURPOSE_HELPS });
    expect((await byRoot(officer('RSJ'), '(filter: { department: "CZJ" })')).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('of another department are for a purpose, which is recorded; a list over all enterprises is not', async () => {
    const asking = officer('SCJGJ', PURPOSE);
    expect(await byEdge(asking)).toMatchObject({ grants: { totalCount: 2 } });
    expect((await byRoot(asking, `(filter: { enterprise: "${OWN}" })`)).data?.grants).toMatchObject({ totalCount: 2 });
    expect((await byRoot(asking)).data?.grants).toMatchObject({ totalCount: 0 });
    expect((await byId(asking, 'G-jobs')).value).toEqual({ amount: { amount: '1000.00' } });
    for (const id of ['G-jobs', 'G-none'])
      expect([id, (await byId(officer('SCJGJ'), id)).extensions]).toMatchObject([
        id,
        { code: 'FORBIDDEN', reason: 'PURPOSE_REQUIRED' },
      ]);
    for (const actor of [{ ...banker, purpose: PURPOSE }, banker, machine, enterprise(usccOf(2)), null])
      expect([actor, (await byId(actor, 'G-jobs')).extensions?.['reason']]).toEqual([actor, 'READERS_ONLY']);
    const ofOther = `(filter: { enterprise: "${OWN}", department: "RSJ" })`;
    expect((await byRoot(officer('SCJGJ'), ofOther)).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'PURPOSE_REQUIRED',
    });
    expect((await byRoot(asking, ofOther)).data?.grants).toMatchObject({ totalCount: 1 });
    expect((await byId(officer('GHOST', PURPOSE), 'G-jobs')).extensions).toMatchObject({
      code: 'FORBIDDEN',
      reason: NO_PURPOSE_HELPS,
    });
    const { data } = await policies.ask<{ policyDataAccesses: { nodes: { datum: string }[] } }>(
      '{ policyDataAccesses { nodes { department { code } enterprise { uscc } datum purpose } } }',
      { actor: auditor },
    );
    const noted = { department: { code: 'SCJGJ' }, enterprise: { uscc: OWN }, purpose: PURPOSE };
    expect(data?.policyDataAccesses.nodes.toSorted((a, b) => a.datum.localeCompare(b.datum))).toEqual([
      { ...noted, datum: 'Enterprise.grants' },
      { ...noted, datum: 'Enterprise.grants' },
      { ...noted, datum: 'Enterprise.grants' },
      { ...noted, datum: 'Grant' },
    ]);
  });

  it("that are not there are refused in the words of those that are not the caller's", async () => {
    for (const actor of [officer('SCJGJ'), officer('SCJGJ', PURPOSE), enterprise(usccOf(2))]) {
      const told = async (id: string) => {
        const { extensions, message } = await byId(actor, id);
        return withoutKey({ extensions, message }, id);
      };
      if (actor.purpose === undefined) expect(await told('G-none')).toEqual(await told('G-jobs'));
      else expect((await told('G-none')).extensions).toMatchObject({ code: 'FORBIDDEN', reason: NO_PURPOSE_HELPS });
    }
  });
});

describe('matches', () => {
  it('are hidden from banks, and those of an earlier day are for a purpose, since they reveal the credit of that day', async () => {
    const matches = async (actor: Actor, asOf = '') =>
      entity(
        { __typename: 'Enterprise', uscc: OWN, factsVersion: null, creditStanding: null },
        `Enterprise { matchedPolicies${asOf} { totalCount } }`,
        actor,
      );
    expect((await matches(officer('RSJ'))).extensions).toBeUndefined();
    expect((await matches(banker)).extensions).toMatchObject({ code: 'FORBIDDEN', reason: NO_PURPOSE_HELPS });
    expect((await matches(officer('RSJ'), '(asOf: "2026-01-01")')).extensions).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'PURPOSE_REQUIRED',
    });
    const of = '{ policy(id: "jobs") { eligibleEnterprises { totalCount } } }';
    expect((await policies.ask(of, { actor: banker })).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      reason: NO_PURPOSE_HELPS,
    });
    expect(
      (await policies.ask('{ previewPolicy(input: { policy: "jobs" }) { eligible } }', { actor: banker })).errors?.[0]
        ?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN', reason: 'PREVIEW_FOR_OFFICIALS' });
    expect((await policies.ask(of, { actor: officer('SCJGJ') })).errors).toBeUndefined();
  });
});

describe('the public report of funds', () => {
  const payment = (
    number: number,
    policyId: string,
    department: string,
    settledOn: string,
    amountFen = 100_000,
  ): PaymentRecord => ({
    id: `${policyId}-${settledOn}-${String(number)}`,
    grantId: `${policyId}-${settledOn}-${String(number)}`,
    instalment: 0,
    attempt: 1,
    policyId,
    department,
    regionCode: '421202',
    uscc: usccOf(number),
    amountFen,
    account: { holder: '企业', bank: '农商行', number: '6222021234567890' },
    status: 'SETTLED',
    sentAt: NOW,
    settledAt: NOW,
    settledOn,
    reason: '',
  });
  const many = (count: number, ...rest: [string, string, string]): PaymentRecord[] =>
    Array.from({ length: count }, (_, number) => payment(number + 1, ...rest));
  beforeAll(async () =>
    policies.database.connection.transaction(async (session) =>
      policies.department.stores.funds.putAll(
        [
          ...many(6, 'jobs', 'RSJ', '2026-09-10'),
          ...many(12, 'jobs', 'RSJ', '2026-10-10'),
          ...many(2, 'tech', 'CZJ', '2026-10-20'),
          ...many(3, 'jobs', 'RSJ', '2026-11-05'),
        ],
        session,
      ),
    ),
  );

  interface Report {
    fundsReport: {
      from: string;
      to: string;
      enterprises: number | null;
      paid: { amount: string } | null;
      groups: { key: string; enterprises: number | null; paid: { amount: string } | null }[];
    };
  }
  const report = async (from: string, to: string, more: string, actor: Actor | null = null) =>
    (
      await policies.ask<Report>(
        `{ fundsReport(from: "${from}", to: "${to}" ${more}) { from to enterprises paid { amount } groups { key enterprises paid { amount } } } }`,
        { actor },
      )
    ).data?.fundsReport;

  it('shows no cell of one to four enterprises, nor what would reveal it, in whole months that are over', async () => {
    const october = await report('2026-10-05', '2026-10-06', 'groupBy: POLICY');
    expect(october).toMatchObject({
      from: '2026-10-01',
      to: '2026-10-31',
      enterprises: 12,
      paid: { amount: '14000.00' },
    });
    expect(october?.groups).toEqual([
      { key: 'jobs', enterprises: null, paid: null },
      { key: 'tech', enterprises: null, paid: null },
    ]);
    expect(
      (await report('2026-10-01', '2026-10-31', 'groupBy: DEPARTMENT'))?.groups.every(
        ({ paid, enterprises }) => paid === null && enterprises === null,
      ),
    ).toBe(true);
    expect(await report('2026-10-01', '2026-10-31', 'department: "CZJ"')).toMatchObject({
      paid: null,
      enterprises: null,
    });
    expect(
      (await report('2026-10-01', '2026-10-31', 'department: "RSJ", groupBy: DISTRICT'))?.groups.every(
        ({ paid }) => paid === null,
      ),
    ).toBe(true);
  });

  it('withholds in a longer period what it withholds in one of its months, and leaves the running month out', async () => {
    expect((await report('2026-09-01', '2026-11-30', 'groupBy: POLICY'))?.groups).toEqual([
      { key: 'jobs', enterprises: null, paid: null },
      { key: 'tech', enterprises: null, paid: null },
    ]);
    expect(await report('2026-09-01', '2026-11-30', '')).toMatchObject({
      to: '2026-10-31',
      enterprises: 12,
      paid: { amount: '20000.00' },
    });
    expect(await report('2026-11-01', '2026-11-20', '')).toMatchObject({ enterprises: null, paid: null });
  });

  it("is exact, by day and by sum, for officials of the government, and as the public's for a bank", async () => {
    const exact = await report('2026-10-20', '2026-10-20', 'groupBy: POLICY', officer('SCJGJ'));
    expect(exact).toMatchObject({
      from: '2026-10-20',
      to: '2026-10-20',
      enterprises: 2,
      groups: [{ key: 'tech', enterprises: 2 }],
    });
    expect((await report('2026-10-20', '2026-10-20', 'groupBy: POLICY', banker))?.groups).toEqual([
      { key: 'jobs', enterprises: null, paid: null },
      { key: 'tech', enterprises: null, paid: null },
    ]);
  });
});
