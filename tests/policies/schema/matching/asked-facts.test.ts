import { createLogger } from '@zhitong/kit';
import { readStaleEnterprises } from '../../../../subgraphs/policies/src/usecases/facts/keep-current.js';
import { matchAll, matchChangedPolicies } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import type { Actor } from '@zhitong/kit';
import { MAKER } from '../../support/grant-rig.js';
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
/** Reads again the one enterprise of which it was noted that something has changed. */
const readAgain = async (number: number): Promise<number> =>
  readStaleEnterprises({
    ...policies().department,
    logger,
    source: {
      page: async () => Promise.reject(new Error('not asked')),
      enterprise: async () => Promise.resolve(enterpriseOf(number)),
    },
  });
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
    expect(await readAgain(1)).toBe(1);
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

describe('a policy that pays the difference only', () => {
  const noonOf = (day: string): Date => new Date(`${day}T04:00:00Z`);
  const reviewer: Actor = { ...MAKER, sub: 'reviewer' };

  /** What each path says that the enterprises would have: 1 was paid, 2 has a grant that is under way, 3 none. */
  async function offered() {
    const lastLineOf = async (number: number) => (await explained(number)).at(-1);
    return {
      stored: [await stored(1), await stored(2), await stored(3)],
      matched: [(await matched(1))?.amount, (await matched(2))?.amount, (await matched(3))?.amount],
      explained: [await lastLineOf(1), await lastLineOf(2), await lastLineOf(3)],
      previewed: await previewed(),
    };
  }
  const naively = (...yuan: readonly number[]) => ({
    stored: yuan.map((one) => one * 100),
    matched: yuan.map((one) => ({ amount: `${String(one)}.00` })),
    explained: yuan.map((one) => `Amount: ${String(one)}.00 yuan`),
    previewed: [yuan.length, `${String(yuan.reduce((sum, one) => sum + one, 0))}.00`],
  });

  it('offers on every path what it would grant: what was had in earlier years is taken off', async () => {
    state.city = { 1: { staff: 20 }, 2: { staff: 20 }, 3: { staff: 20 } };
    await policies().publish({
      id: 'staff',
      grant_period: 'YEAR',
      benefit: { kind: 'cash', formula: '100 * employees', top_up_difference: true, text_zh: '奖' },
    });
    await knowCity();
    await grants.identify();
    await grants.move([(await grants.ofEnterprise(3)).id], 'WITHDRAW');
    // What is under way for this year is what is matched, and nothing that was had before.
    expect(await offered()).toEqual(naively(2000, 2000, 2000));
    await approve(1);
    await pay(1);
    expect((await grants.ofEnterprise(1)).status).toBe('PAID');

    state.now = noonOf('2027-01-11');
    await readAgain(1);
    // On the new day the job matches again what takes off earlier years, though no fact has changed.
    await matchChangedPolicies(policies().department);
    expect([await stored(1), await stored(2), await stored(3)]).toEqual([0, 0, 200_000]);
    state.city = { 1: { staff: 25 }, 2: { staff: 25 }, 3: { staff: 25 } };
    await knowCity();
    expect(await offered()).toEqual(naively(500, 500, 2500));
    const onDays = async (number: number, ...days: readonly string[]) =>
      Promise.all(days.map(async (day) => (await matched(number, day))?.amount?.amount));
    expect(await onDays(1, '2026-11-20', '2026-12-20', '2027-01-02')).toEqual(['2500.00', '500.00', '500.00']);
    expect(await onDays(2, '2026-11-20', '2026-12-20', '2027-01-02')).toEqual(['2500.00', '2500.00', '500.00']);

    const { recoveryCommands, stores } = policies().department;
    const { id: grantId } = await grants.ofEnterprise(1);
    const instalments = [{ dueOn: '2027-03-01', fen: 30_000 }];
    await recoveryCommands.propose({ ...grants.command(MAKER), grantId, reason: '核查', instalments });
    const [recovery] = await stores.recoveries.ofGrants([grantId]);
    const recoveryId = recovery?.id ?? '';
    await recoveryCommands.decide({ ...grants.command(reviewer), recoveryId, decision: 'DEMAND', reason: '属实' });
    const receipt = { recoveryId, fen: 30_000, receivedOn: '2027-01-11', reference: 'HD1' };
    expect((await recoveryCommands.receive({ ...grants.command(MAKER), ...receipt })).refusal).toBeNull();
    expect(await readAgain(1)).toBe(1);
    expect(await offered()).toEqual(naively(800, 500, 2500));
    state.now = noonOf('2027-01-12');
    expect(await onDays(1, '2027-01-10', '2027-01-11')).toEqual(['500.00', '800.00']);

    await grants.identify();
    expect(await amounts()).toEqual([
      [usccOf(1), 80_000],
      [usccOf(2), 50_000],
      [usccOf(3), 250_000],
    ]);
    // An earlier grant that is withdrawn unpaid was not had: more is offered under the policy, and noted to be matched.
    const former = (await grants.all()).find(({ uscc, period }) => uscc === usccOf(2) && period === '2026');
    await grants.move([former?.id ?? ''], 'WITHDRAW');
    expect(await readAgain(2)).toBe(1);
    expect(await offered()).toEqual(naively(800, 2500, 2500));
  });
});
