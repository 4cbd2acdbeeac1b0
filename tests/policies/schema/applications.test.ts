import {
  GraphUnreachable,
  type EnterpriseFromGraph,
  type FactsSource,
} from '../../../subgraphs/policies/src/graph/facts-source.js';
import {
  auditor,
  enterprise,
  fromGraph,
  NOW,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';
import type { Actor } from '@zhitong/kit';

const clean = { dishonestyRecord: false, hasUnfulfilledJudgment: false };
let register: EnterpriseFromGraph[] | null = [];
/** What happens here while the register is asked. */
let meanwhile: () => Promise<unknown>;
const source: FactsSource = {
  page: () => Promise.reject(new Error('not asked')),
  enterprise: async (uscc) => {
    if (register === null) throw new GraphUnreachable('down');
    await meanwhile();
    return register.find((one) => one.uscc === uscc) ?? null;
  },
};

let policies: PoliciesUnderTest;
let keys = 0;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => NOW }, source)));
beforeEach(async () => {
  meanwhile = () => Promise.resolve();
  register = [
    fromGraph(usccOf(1), { ...clean, employees: 10 }),
    fromGraph(usccOf(2), { ...clean, employees: 10 }),
    fromGraph(usccOf(3), { ...clean, dishonestyRecord: true, employees: 10 }),
  ];
  await policies.publish({ id: 'asked', exempt_from_application: false, budget_yuan: 1_500 }, { id: 'exempt' });
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

interface Applied {
  applyWithPledge: {
    grant: { id: string; status: string; pledge: { text: string; state: string; digest: string } } | null;
    refusal: { code: string; details: unknown } | null;
  } | null;
}
const apply = async (
  number: number,
  {
    policy = 'asked',
    idempotencyKey = `apply-key-${String((keys += 1))}`,
    pledgeAccepted = true,
    actor = enterprise(usccOf(number)),
  }: { policy?: string; idempotencyKey?: string; pledgeAccepted?: boolean; actor?: Actor } = {},
) =>
  policies.ask<Applied>(
    'mutation ($input: ApplyWithPledgeInput!) { applyWithPledge(input: $input) { grant { id status pledge { text state digest } } refusal { code details } } }',
    {
      variables: {
        input: {
          policy,
          signatory: '张三',
          pledgeAccepted,
          holder: '企业',
          bank: '农商行',
          number: '6222021234567890',
          idempotencyKey,
        },
      },
      actor,
    },
  );

const pay = async (id: string, sub: string) =>
  policies.department.grantCommands.move({
    ...{ idempotencyKey: `pay-key-${String((keys += 1))}`, actor: { ...officer, sub }, now: NOW },
    ...{ grantIds: [id], move: 'PAY', note: '', mayWrite: () => true },
  });
const checkPledge = async (grant: string | undefined, actor: Actor, kept: boolean, finding?: string) =>
  policies.ask<{
    checkPledge: {
      grant: { pledge: { state: string; finding: string } } | null;
      refusal: { code: string } | null;
    } | null;
  }>(
    'mutation ($input: CheckPledgeInput!) { checkPledge(input: $input) { grant { pledge { state finding } } refusal { code } } }',
    {
      variables: { input: { grant, kept, finding, idempotencyKey: `check-key-${String((keys += 1))}` } },
      actor,
    },
  );

describe('an application under a pledge', () => {
  it('is decided at once, keeps the signed pledge and takes its share of the budget', async () => {
    const { data } = await apply(1);
    expect(data?.applyWithPledge).toMatchObject({
      grant: {
        status: 'APPROVED',
        pledge: { state: 'SIGNED', digest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
      },
      refusal: null,
    });
    expect(data?.applyWithPledge?.grant?.pledge.text).toContain('测试政策');
    expect(await policies.department.stores.funds.budget('asked')).toMatchObject({ reservedFen: 100_000 });
  });

  it('acts once for one key, and is refused a second time with another', async () => {
    const first = await apply(1, { idempotencyKey: 'pressed-twice' });
    expect(await apply(1, { idempotencyKey: 'pressed-twice' })).toEqual(first);
    expect((await apply(1)).data?.applyWithPledge?.refusal?.code).toBe('DUPLICATE');
    expect((await policies.department.stores.funds.budget('asked'))?.reservedFen).toBe(100_000);
  });

  it('never goes beyond the budget', async () => {
    const outcomes = await Promise.all([apply(1), apply(2)]);
    expect(outcomes.map(({ data }) => data?.applyWithPledge?.refusal?.code ?? 'approved').sort()).toEqual([
      'BUDGET_EXHAUSTED',
      'approved',
    ]);
    expect(outcomes.flatMap(({ data }) => data?.applyWithPledge?.refusal?.details ?? [])).toEqual([
      {
        policy: 'asked',
        neededFen: 100_000,
        leftFen: 50_000,
        needed: '1000.00',
        left: '500.00',
        reason: 'BUDGET_SHORT',
        zh: '需要 1000.00 元，政策 asked 的预算仅余 500.00 元',
      },
    ]);
  });

  it('is closed by a dishonesty record, for exempt policies, without the pledge, and while the graph is down', async () => {
    expect((await apply(3)).data?.applyWithPledge?.refusal).toMatchObject({
      code: 'NOT_ELIGIBLE',
      details: { reason: 'DISHONESTY_RECORD' },
    });
    expect((await apply(1, { policy: 'exempt' })).data?.applyWithPledge?.refusal?.code).toBe('ILLEGAL_STATE');
    expect((await apply(1, { pledgeAccepted: false })).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect((await apply(1, { actor: officer })).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    // No grant is made without a district.
    register = (register ?? []).map((one) => ({ ...one, region: { code: '', name: '' } }));
    expect((await apply(1)).data?.applyWithPledge?.refusal).toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'DISTRICT_UNKNOWN' },
    });
    register = null;
    expect((await apply(1)).data?.applyWithPledge?.refusal?.code).toBe('CONFLICT');
    expect(await policies.department.stores.grants.count({})).toBe(0);
  });

  it('is refused where the policy is taken back, or another version takes its place, while it is decided', async () => {
    const versions = policies.database.connection.collection('policyVersions');
    for (const change of [{ state: 'WITHDRAWN' }, { 'effective.to': '2026-11-19' }]) {
      meanwhile = async () => versions.updateOne({ policyId: 'asked' }, { $set: change });
      expect((await apply(1)).data?.applyWithPledge?.refusal).toMatchObject({
        code: 'INVALID',
        details: { reason: 'NO_POLICY_TODAY' },
      });
      await versions.updateOne({ policyId: 'asked' }, { $set: { state: 'PUBLISHED', 'effective.to': null } });
    }
    expect(await policies.department.stores.funds.budget('asked')).toBeNull();
    meanwhile = () => Promise.resolve();
    expect((await apply(1)).data?.applyWithPledge?.grant?.status).toBe('APPROVED');
  });

  it('is paid by somebody else than who applied, and not while a judgment is not fulfilled', async () => {
    const id = (await apply(1)).data?.applyWithPledge?.grant?.id ?? '';
    const known = { employees: 10, dishonestyRecord: false };
    await policies.know({ [usccOf(1)]: { ...known, hasUnfulfilledJudgment: true } });
    const applicant = enterprise(usccOf(1)).sub;
    expect((await pay(id, applicant)).refusal).toMatchObject({ details: { decidedBy: applicant } });
    await pay(id, 'cashier');
    const [grant] = await policies.department.stores.grants.byId([id]);
    expect(grant?.suspension?.doubts.map(({ code }) => code)).toContain('UNFULFILLED_JUDGMENT');
    expect(await policies.department.stores.funds.ofGrants([id])).toEqual([]);
  });

  it('is not paid, once its pledge is found broken, before an officer has decided', async () => {
    const id = (await apply(1)).data?.applyWithPledge?.grant?.id ?? '';
    await policies.know({ [usccOf(1)]: { ...clean, employees: 10 } });
    await checkPledge(id, officer, false, '用工人数不实');
    await pay(id, 'cashier');
    const [grant] = await policies.department.stores.grants.byId([id]);
    expect(grant?.suspension?.doubts.filter(({ code }) => code.startsWith('PLEDGE'))).toEqual([
      { code: 'PLEDGE_BROKEN', detail: '用工人数不实' },
    ]);
    expect(await policies.department.stores.funds.ofGrants([id])).toEqual([]);
  });

  it('is checked later by the department, once, and a breach is sent to others', async () => {
    const grant = (await apply(1)).data?.applyWithPledge?.grant?.id;
    const check = async (...of: [actor: Actor, kept: boolean, finding?: string]) => checkPledge(grant, ...of);
    const moves = async (actor: Actor) =>
      (
        await policies.ask<{ grants: { nodes: { pledge: { legalMoves: string[] } }[] } }>(
          '{ grants(first: 1) { nodes { pledge { legalMoves } } } }',
          { actor },
        )
      ).data?.grants.nodes[0]?.pledge.legalMoves;
    const readers = [officer, auditor, enterprise(usccOf(1))];
    expect(await Promise.all(readers.map(moves))).toEqual([['CHECK'], [], []]);
    expect((await check(auditor, false, '不实')).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await check({ ...officer, department: 'KJJ' }, false, '不实')).data?.checkPledge?.refusal?.code).toBe(
      'INVALID',
    );
    expect((await check(officer, false)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect((await check(officer, false, '用工人数不实')).data?.checkPledge?.grant?.pledge).toEqual({
      state: 'BREACHED',
      finding: '用工人数不实',
    });
    expect((await check(officer, true)).data?.checkPledge?.refusal?.code).toBe('ILLEGAL_STATE');
    expect(await moves(officer)).toEqual([]);
    const told = await policies.database.connection.collection('outbox').distinct('event.type');
    expect(told).toEqual(
      expect.arrayContaining(['cn.zhitong.application-pledge.signed', 'cn.zhitong.application-pledge.breached']),
    );
  });
});
