import { createLogger } from '@zhitong/kit';
import { readStaleEnterprises } from '../../../../subgraphs/policies/src/usecases/facts/keep-current.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { askedFactsRig } from '../../support/asked-facts-rig.js';
import { usccOf } from '../../support/policies-under-test.js';

/** What policies ask of the grants that an enterprise had, on every path that decides. */
const {
  state,
  policies,
  grants,
  enterpriseOf,
  knowCity,
  matched,
  stored,
  explained,
  previewed,
  pay,
  payGrant,
  approve,
  apply,
} = askedFactsRig(import.meta.url);
const logger = createLogger({ name: 'test', level: 'silent' });
const amounts = async () =>
  (await grants.all())
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
    state.city = { 1: { staff: 20 }, 2: { staff: 20 } };
    await policies().publish({
      id: 'staff',
      grant_period: 'YEAR',
      benefit: { kind: 'cash', tiers: TIERS, text_zh: '奖' },
    });
    await knowCity();
    expect([await stored(1), await stored(2)]).toEqual([100_000, 100_000]);
    await grants.identify();
    await approve(1);
    await pay(1);
    expect((await grants.ofEnterprise(1)).status).toBe('PAID');

    state.now = new Date('2027-01-11T04:00:00Z');
    const source = {
      page: async () => Promise.reject(new Error('not asked')),
      enterprise: async () => Promise.resolve(enterpriseOf(1)),
    };
    expect(await readStaleEnterprises({ ...policies().department, logger, source })).toBe(1);
    expect([await stored(1), await stored(2)]).toEqual([30_000, 100_000]);
    await matchAll(policies().department);
    expect([await stored(1), await stored(2)]).toEqual([30_000, 100_000]);
    expect((await matched(1))?.amount).toEqual({ amount: '300.00' });
    expect((await matched(2))?.amount).toEqual({ amount: '1000.00' });
    expect(await previewed()).toEqual([2, '1300.00']);
    expect((await explained(1)).at(-1)).toBe('Amount: 300.00 yuan');
    expect((await explained(2)).at(-1)).toBe('Amount: 1000.00 yuan');
    expect((await matched(1, '2026-11-20'))?.amount).toEqual({ amount: '1000.00' });
    expect((await matched(1, '2026-12-20'))?.amount).toEqual({ amount: '300.00' });

    await grants.identify();
    expect(await amounts()).toEqual([
      [usccOf(1), 30_000],
      [usccOf(2), 100_000],
    ]);
    const ids = (await grants.all()).filter(({ period }) => period === '2027').map(({ id }) => id);
    await grants.move(ids, 'NOTIFY');
    expect((await grants.all()).filter(({ period }) => period === '2027').map(({ status }) => status)).toEqual([
      'NOTIFIED',
      'NOTIFIED',
    ]);
  });

  it('does not hold the first instalment against the second one', async () => {
    state.city = { 1: { staff: 20 } };
    await policies().publish({
      id: 'staff',
      criteria: prior(false),
      benefit: { kind: 'cash', amount_yuan: 1000, instalments: [0.5, 0.5], text_zh: '奖' },
    });
    await knowCity();
    await grants.identify();
    await approve(1);
    await pay(1);
    await policies().department.stores.matchState.forgetStale({ uscc: usccOf(1), since: state.now, events: 1 });
    await pay(1);
    expect((await grants.ofEnterprise(1)).status).toBe('PAID');
  });

  it.each([
    ['had before and gives less then', { benefit: { kind: 'cash', tiers: TIERS, text_zh: '奖' } }, 30_000],
    ['not had before', { criteria: prior(false) }, 'NOT_ELIGIBLE'],
  ])('decides an application under a pledge by the grants that were paid: %s', async (_what, content, expected) => {
    state.city = { 1: { staff: 20 } };
    await policies().publish({ id: 'staff', grant_period: 'YEAR', exempt_from_application: false, ...content });
    await knowCity();
    const first = (await apply(1)).grant?.id ?? '';
    await payGrant(first);
    const paid = (await grants.ofEnterprise(1)) as { status: string; amountFen: number };
    expect(paid).toMatchObject({ status: 'PAID', amountFen: 100_000 });
    state.now = new Date('2027-01-11T04:00:00Z');
    const { grant, refusal } = await apply(1);
    expect(refusal?.code ?? (await grants.all()).find(({ id }) => id === grant?.id)?.amountFen).toBe(expected);
  });

  it('is not had beside what it asks not to have had, though that was found later and paid first', async () => {
    state.city = { 1: { staff: 20 } };
    await policies().publish({ id: 'other' });
    await policies().publish({
      id: 'staff',
      criteria: [{ not: { fact: 'policiesHad', op: 'contains', value: 'other' }, text_zh: '未享受其他政策' }],
    });
    await knowCity();
    await grants.identify('staff');
    state.now = new Date('2026-11-21T04:00:00Z');
    await grants.identify('other');
    const ids = await grants.publicise();
    state.now = new Date('2026-12-10T04:00:00Z');
    await grants.move(ids, 'APPROVE');
    const under = async (policy: string) => (await grants.all()).find(({ policyId }) => policyId === policy);
    await payGrant((await under('other'))?.id ?? '');
    await policies().department.stores.matchState.forgetStale({ uscc: usccOf(1), since: state.now, events: 1 });
    await grants.move([(await under('staff'))?.id ?? ''], 'PAY');
    expect([(await under('other'))?.status, await under('staff')]).toMatchObject([
      'PAID',
      { status: 'SUSPENDED', paidFen: 0 },
    ]);
  });

  it('may ask for another policy by its id, which must be there, and shows no other that was had', async () => {
    state.city = { 1: { staff: 20 } };
    await policies().publish({ id: 'staff' });
    await knowCity();
    await grants.identify();
    await approve(1);
    await pay(1);
    const asks = (id: string) => ({ id: 'next', criteria: [{ fact: 'policiesHad', op: 'contains', value: id }] });
    expect(await previewed(asks('staff'))).toEqual([1, '1000.00']);
    expect(await previewed(asks('next'))).toEqual([0, '0.00']);
    await expect(policies().publish(asks('nobody'))).rejects.toThrow('UNKNOWN_POLICY');
    await expect(
      policies().publish({ id: 'next', criteria: [{ fact: 'policiesHad', op: 'exists', value: true }] }),
    ).rejects.toThrow('WRONG_OPERATOR');
    await policies().publish({ id: 'aaa', criteria: [{ not: asks('aaa').criteria[0], text_zh: '未享受' }] });
    expect((await matched(1))?.criteria).toMatchObject([{ outcome: 'MET', criteria: [{ actual: '无' }] }]);
  });
});
