import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { CASHIER, grantRig, MAKER } from '../../support/grant-rig.js';
import { NOW, officer, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

const noonOf = (day: string): Date => new Date(`${day}T04:00:00Z`);
/** After the public notice. */
const LATER = noonOf('2026-12-10');

let policies: PoliciesUnderTest;
let now = NOW;
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
afterEach(async () => {
  now = NOW;
  await policies.reset();
});
afterAll(async () => policies.close());

const know = async (employees: number, more: Record<string, boolean> = {}) =>
  policies.know({ [usccOf(1)]: { employees, ...more } });
async function identified(policy: Record<string, unknown>): Promise<string> {
  await policies.publish({ id: 'staff', ...policy });
  await know(20);
  await matchAll(policies.department);
  await rig.identify();
  return (await rig.ofEnterprise(1)).id;
}
async function approved(policy: Record<string, unknown>): Promise<string> {
  const id = await identified(policy);
  await rig.publicise();
  now = LATER;
  await rig.move([id], 'APPROVE');
  return id;
}
const pay = async (id: string) => rig.move([id], 'PAY');
const doubts = async () => (await rig.ofEnterprise(1)).suspension?.doubts;
/** An objection of somebody, upheld by somebody else. */
const upheld = async (grantId: string): Promise<void> => {
  const { objectionCommands } = policies.department;
  const { result } = await objectionCommands.raise({ ...rig.command(MAKER), grantId, text: '金额有误' });
  const objectionId = result ?? '';
  await objectionCommands.decide({ ...rig.command(CASHIER), objectionId, upheld: true, reason: '属实' });
};
const orders = async (id: string) =>
  (await policies.department.stores.funds.ofGrants([id])).map((one) => one.amountFen);

describe('an amount that an officer has decided on', () => {
  it('is in doubt again once the facts make it another one than was known then', async () => {
    const id = await approved({ benefit: { kind: 'cash', formula: '100 * employees' } });
    await know(15);
    await pay(id);
    await rig.decide(id, 'CHANGE_AMOUNT', 180_000);
    // Another amount than the public was shown is shown again.
    await rig.move([id], 'PUBLICISE');
    now = noonOf('2026-12-18');
    await rig.move([id], 'APPROVE');
    await know(11);
    await pay(id);
    expect(await doubts()).toEqual([{ code: 'AMOUNT_CHANGED', detail: '1800.00 -> 1100.00' }]);
    expect(await orders(id)).toEqual([]);
    await rig.decide(id, 'KEEP');
    await pay(id);
    expect(await orders(id)).toEqual([180_000]);
  });

  it('is in doubt once the limit falls below it', async () => {
    const id = await identified({ benefit: { kind: 'cash', formula: '100 * employees', at_most: true } });
    await rig.move([id], 'NOTIFY');
    await rig.decide(id, 'CHANGE_AMOUNT', 150_000);
    await rig.publicise();
    await know(14);
    now = LATER;
    await rig.move([id], 'APPROVE');
    expect(await doubts()).toEqual([{ code: 'AMOUNT_CHANGED', detail: '1500.00 -> <= 1400.00' }]);
  });

  it.each([
    ['its cap', { formula: '100 * employees', cap_yuan: 2_000 }],
    ['the sum that it states', { amount_yuan: 2_000, at_most: false }],
    [
      'its highest row',
      { amount_yuan: 500, tiers: [{ when: [{ fact: 'employees', op: 'gte', value: 16 }], amount_yuan: 2_000 }] },
    ],
  ])('is never more than the policy gives anybody: %s', async (_what, benefit) => {
    const id = await approved({ benefit: { kind: 'cash', ...benefit } });
    await know(20, { dishonestyRecord: true });
    await pay(id);
    expect((await rig.decide(id, 'CHANGE_AMOUNT', 200_001)).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    expect((await rig.decide(id, 'CHANGE_AMOUNT', 199_999)).refusal).toBeNull();
  });

  it('stays within the limit when an objection to it is upheld', async () => {
    const id = await identified({ benefit: { kind: 'cash', amount_yuan: 2_000, at_most: true } });
    await rig.move([id], 'NOTIFY');
    await rig.decide(id, 'CHANGE_AMOUNT', 150_000);
    await rig.publicise();
    await upheld(id);
    expect((await rig.decide(id, 'CHANGE_AMOUNT', 200_001)).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    expect((await rig.decide(id, 'CHANGE_AMOUNT', 120_000)).refusal).toBeNull();
  });
});

describe('a doubt that an officer has decided on', () => {
  it('comes up again for the next instalment', async () => {
    const term = { until: '2026-12-31', when: [{ fact: 'employees', op: 'gte', value: 20 }] };
    const id = await approved({
      benefit: { kind: 'cash', amount_yuan: 900, instalments: [0.3, 0.3, 0.4], instalment_terms: [{}, term, term] },
    });
    await pay(id);
    await rig.settle(`${id}-1-1`);
    await know(15);
    now = noonOf('2027-01-04');
    await pay(id);
    await rig.decide(id, 'KEEP');
    await pay(id);
    await rig.settle(`${id}-2-1`);
    await pay(id);
    expect((await doubts())?.map(({ code }) => code)).toEqual(['INSTALMENT_CONDITION', 'INSTALMENT_PERIOD_OVER']);
    expect(await orders(id)).toEqual([27_000, 27_000]);
  });

  it('comes up again when it was over meanwhile, as a second record of dishonesty is', async () => {
    const id = await identified({});
    await know(20, { dishonestyRecord: true });
    await rig.move([id], 'NOTIFY');
    await rig.decide(id, 'KEEP');
    await rig.move([id], 'NOTIFY');
    await know(20, { dishonestyRecord: false });
    await rig.confirm(await rig.ofEnterprise(1));
    await rig.move([id], 'PUBLICISE');
    await know(20, { dishonestyRecord: true });
    now = LATER;
    await rig.move([id], 'APPROVE');
    expect(await doubts()).toEqual([{ code: 'DISHONESTY_RECORD', detail: '' }]);
  });

  it('does not come up again while it lasts', async () => {
    const id = await identified({});
    await know(20, { dishonestyRecord: true });
    await rig.move([id], 'NOTIFY');
    await rig.decide(id, 'KEEP');
    await rig.publicise();
    now = LATER;
    await rig.move([id], 'APPROVE');
    expect((await rig.ofEnterprise(1)).status).toBe('APPROVED');
  });
});

describe('a benefit of every year that is given once from now on', () => {
  const ofYear = async (year: string) => (await rig.all()).find(({ period }) => period === year);
  /** Grants of two years, the first one approved; then the policy gives it once. */
  const ofTwoYears = async (isFirstPaid: boolean) => {
    const first = await approved({ grant_period: 'YEAR', valid_to: '2027-01-31' });
    if (isFirstPaid) {
      await pay(first);
      await rig.settle(`${first}-1-1`);
    }
    now = noonOf('2027-01-11');
    await matchAll(policies.department);
    await rig.identify();
    now = noonOf('2027-02-02');
    await policies.publish({ id: 'staff', valid_from: '2027-02-01' });
    return [first, (await ofYear('2027'))?.id ?? ''] as const;
  };

  it('is in doubt for the second year, paid for the first or not, and is paid for the first', async () => {
    const [first, second] = await ofTwoYears(false);
    await rig.move([second], 'NOTIFY');
    expect((await ofYear('2027'))?.suspension?.doubts).toEqual([{ code: 'ALREADY_HAD', detail: '' }]);
    await pay(first);
    expect(await orders(first)).toEqual([100_000]);
  });

  it('is in doubt for the first year where the second was paid before', async () => {
    const [first, second] = await ofTwoYears(false);
    await rig.move([second], 'NOTIFY');
    await rig.decide(second, 'KEEP');
    await rig.move([second], 'NOTIFY');
    await rig.confirm((await ofYear('2027')) ?? (await rig.ofEnterprise(1)));
    await rig.move([second], 'PUBLICISE');
    now = noonOf('2027-03-10');
    await rig.move([second], 'APPROVE');
    await pay(second);
    await rig.settle(`${second}-1-1`);
    await pay(first);
    expect((await ofYear('2026'))?.suspension?.doubts).toEqual([{ code: 'ALREADY_HAD', detail: '' }]);
  });

  it('is not paid twice', async () => {
    const [, second] = await ofTwoYears(true);
    await rig.move([second], 'NOTIFY');
    expect((await ofYear('2027'))?.status).toBe('SUSPENDED');
  });
});

describe('a policy whose last version was taken back', () => {
  const takeBack = async (version: number) =>
    policies.department.policyCommands.withdraw({
      ...rig.command(officer),
      policyId: 'staff',
      version,
      reason: '依据文件已废止',
    });

  it('decides nothing by the version before it', async () => {
    const id = await approved({ valid_to: '2026-12-12' });
    now = noonOf('2026-12-14');
    await policies.publish({ id: 'staff', valid_from: '2026-12-13' });
    await takeBack(2);
    await pay(id);
    expect(await doubts()).toEqual([{ code: 'POLICY_NOT_IN_FORCE', detail: '' }]);
  });

  it('before it had begun, is decided by the one that applied', async () => {
    const id = await approved({ valid_to: '2026-12-12' });
    await policies.publish({ id: 'staff', valid_from: '2026-12-20' });
    await takeBack(2);
    now = noonOf('2026-12-14');
    await pay(id);
    expect(await orders(id)).toEqual([100_000]);
  });
});

it('a policy that is over decides by the last of its versions', async () => {
  const id = await approved({ valid_to: '2026-12-11' });
  const benefit = { kind: 'cash', amount_yuan: 700 };
  await policies.publish({ id: 'staff', valid_from: '2026-12-12', valid_to: '2026-12-13', benefit });
  now = noonOf('2026-12-15');
  await pay(id);
  expect(await doubts()).toEqual([{ code: 'AMOUNT_CHANGED', detail: '1000.00 -> 700.00' }]);
});

it('a version that pays at once does not take its terms from what is paid in instalments', async () => {
  const terms = [{}, { after_months: 12, when: [{ fact: 'employees', op: 'gte', value: 20 }] }];
  const id = await approved({
    valid_to: '2026-12-12',
    benefit: { kind: 'cash', amount_yuan: 1000, instalments: [0.5, 0.5], instalment_terms: terms },
  });
  await pay(id);
  await rig.settle(`${id}-1-1`);
  now = noonOf('2026-12-14');
  await policies.publish({ id: 'staff', valid_from: '2026-12-13' });
  expect((await pay(id)).refusal).toMatchObject({ details: { dueFrom: '2027-12-10' } });
  await know(19);
  now = noonOf('2027-12-10');
  await pay(id);
  expect(await doubts()).toMatchObject([{ code: 'INSTALMENT_CONDITION' }]);
  expect(await orders(id)).toEqual([50_000]);
});

it('an account to which another enterprise was paid stays its, though that grant was withdrawn', async () => {
  const benefit = { kind: 'cash', amount_yuan: 1_000, instalments: [0.5, 0.5] };
  const id = await approved({ benefit });
  await pay(id);
  await rig.settle(`${id}-1-1`);
  await rig.move([id], 'WITHDRAW');
  const { account } = await rig.ofEnterprise(1);
  await policies.know({ [usccOf(2)]: { employees: 20 } });
  await matchAll(policies.department);
  await rig.identify();
  const other = await rig.ofEnterprise(2);
  await rig.move([other.id], 'NOTIFY');
  await rig.confirm(await rig.ofEnterprise(2), { number: account?.number ?? '' });
  await rig.move([other.id], 'PUBLICISE');
  expect((await rig.ofEnterprise(2)).suspension?.doubts).toEqual([{ code: 'ACCOUNT_SHARED', detail: usccOf(1) }]);
});
