import {
  auditor,
  coordinator,
  creditUnderTest,
  enterprise,
  keeper,
  officer,
  TODAY,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { promiseInput, promiseWrites, USCC, type Shown } from '../support/promise-writes.js';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
beforeEach(() => credit.clock.set(`${TODAY}T02:00:00.000Z`));
const { key, write, aPromise, payment } = promiseWrites(() => credit);

describe('recording a promise', () => {
  it('opens its ledger with one entry by the officer who recorded it', async () => {
    const { commitment, errors } = await write('recordCommitment', promiseInput());
    expect(errors).toBeUndefined();
    expect(commitment).toMatchObject({
      version: 1,
      state: 'OUTSTANDING',
      outstandingAmount: { amount: '1000.00' },
      entries: [{ seq: 1, kind: 'PROMISED', recordedBy: 'officer-of-ZSZX' }],
    });
    expect(commitment?.id).toMatch(/^CN-20261120-[2-9A-Z]{8}$/);
  });

  it('takes a deliverable with milestones in place of money', async () => {
    const { commitment } = await write(
      'recordCommitment',
      promiseInput({
        kind: 'INFRASTRUCTURE',
        deliverable: '厂区道路通车',
        instalments: [{ dueOn: '2026-06-30', milestones: 2 }],
      }),
    );
    expect(commitment).toMatchObject({ outstandingAmount: null, milestones: { done: 0, total: 2 } });
    expect(
      (await write('recordFulfilment', payment(commitment?.id ?? '', { amount: undefined, milestones: 1 }))).commitment,
    ).toMatchObject({ milestones: { done: 1, total: 2 }, state: 'OUTSTANDING' });
    expect((await write('recordFulfilment', payment(commitment?.id ?? ''))).refusal).toMatchObject({
      code: 'INVALID',
      message: 'The promise is a deliverable: give a number of milestones.',
    });
  });

  it('is a promise once, however often the button is pressed, also at the same time', async () => {
    const input = { ...promiseInput(), idempotencyKey: key() };
    const answers = await Promise.all([1, 2, 3, 4].map(async () => write('recordCommitment', input)));
    expect(new Set(answers.map(({ commitment }) => commitment?.id)).size).toBe(1);
    expect((await write('recordCommitment', input)).commitment?.id).toBe(answers[0]?.commitment?.id);
    expect((await write('recordCommitment', { ...input, title: '另一项' })).refusal).toMatchObject({
      code: 'DUPLICATE',
      path: ['idempotencyKey'],
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an amount with three decimals', { instalments: [{ dueOn: '2026-06-30', amount: '600.005' }] }, 'has 3 decimals'],
    ["a person's identity number", { uscc: '11010519491231002X' }, "a person's identity number"],
    ['a district that is none', { districtCode: '42120' }, 'is not six digits'],
    ['an instalment without an amount', { instalments: [{ dueOn: '2026-06-30' }] }, 'one of the two'],
    [
      'an instalment of money for a deliverable',
      { deliverable: '道路', instalments: [{ dueOn: '2026-06-30', amount: '1.00' }] },
      'one of a deliverable has instalments with milestones',
    ],
    ['a day that does not exist', { promisedOn: '2026-02-30' }, '2026-02-30'],
    ['too short a key', { idempotencyKey: 'short' }, '8 to 64'],
  ])('says what is wrong with %s', async (_what, changes, words) => {
    const { errors } = await write('recordCommitment', promiseInput(changes));
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(words) as unknown,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it.each<[string, Record<string, unknown>, string[], string?]>([
    ['of tomorrow', { promisedOn: '2026-11-21', document: null }, ['promisedOn']],
    [
      'with a due day before it',
      { instalments: [{ dueOn: '2026-01-14', amount: '1.00' }] },
      ['instalments', '0', 'dueOn'],
    ],
    ['without anything due', { instalments: [] }, ['amount']],
    ['to a mistyped enterprise', { uscc: '91421200MA4F5E6G3A' }, ['uscc'], 'it must be P'],
  ])('refuses a promise %s and writes nothing', async (_what, changes, path, words = '') => {
    const count = async () => credit.database.connection.collection('ledger_entries').countDocuments();
    const before = await count();
    expect((await write('recordCommitment', promiseInput(changes))).refusal).toMatchObject({
      code: 'INVALID',
      path,
      message: expect.stringContaining(words) as unknown,
    });
    expect(await count()).toBe(before);
  });

  it.each([
    ['another department', officer('RSJ'), 'FORBIDDEN'],
    ['the coordinator', coordinator, 'FORBIDDEN'],
    ['an auditor', auditor, 'FORBIDDEN'],
    ['the enterprise', enterprise(USCC), 'FORBIDDEN'],
  ])('is not for %s', async (_who, actor, code) => {
    expect((await write('recordCommitment', promiseInput(), actor)).errors?.[0]?.extensions).toMatchObject({ code });
  });

  it('is for the office that keeps the ledger too', async () => {
    expect((await write('recordCommitment', promiseInput(), keeper)).commitment?.version).toBe(1);
  });
});

describe('recording a payment', () => {
  it('moves it from outstanding to fulfilled', async () => {
    const id = await aPromise();
    expect((await write('recordFulfilment', payment(id, { amount: '600' }))).commitment).toMatchObject({
      version: 2,
      outstandingAmount: { amount: '400.00' },
      fulfilledAmount: { amount: '600.00' },
    });
  });

  it('counts once when two officers record the same bank receipt at the same time', async () => {
    const id = await aPromise();
    const input = payment(id, { paymentReference: 'HD-TWICE' });
    const answers = await Promise.all([write('recordFulfilment', input), write('recordFulfilment', input, keeper)]);
    const refusals = answers.flatMap(({ refusal }) => refusal ?? []);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatchObject({
      code: 'DUPLICATE',
      path: ['paymentReference'],
      details: { reason: 'DUPLICATE_PAYMENT', commitmentId: id, entry: 2 },
    });
    expect(answers.find(({ commitment }) => commitment)?.commitment?.fulfilledAmount).toEqual({ amount: '100.00' });
  });

  it('refuses a receipt that another promise was paid with', async () => {
    const [one, other] = [await aPromise(), await aPromise()];
    await write('recordFulfilment', payment(one, { paymentReference: 'HD-SHARED' }));
    expect(
      (await write('recordFulfilment', payment(other, { paymentReference: ' HD-SHARED ' }))).refusal,
    ).toMatchObject({ code: 'DUPLICATE', details: { commitmentId: one } });
  });

  it('records all of many payments that arrive at once, and none beyond the promise', async () => {
    const id = await aPromise();
    const answers = await Promise.all(Array.from({ length: 12 }, async () => write('recordFulfilment', payment(id))));
    expect(answers.filter(({ commitment }) => commitment)).toHaveLength(10);
    expect(answers.flatMap(({ refusal }) => refusal?.details?.['reason'] ?? [])).toEqual([
      'OVERPAYMENT',
      'OVERPAYMENT',
    ]);
    const { data } = await credit.ask<{ commitment: Shown }>(
      'query ($id: ID!) { commitment(id: $id) { state version fulfilledAmount { amount } entries { seq } } }',
      { variables: { id }, actor: auditor },
    );
    expect(data?.commitment).toMatchObject({ state: 'FULFILLED', version: 11, fulfilledAmount: { amount: '1000.00' } });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'more than is outstanding',
      { amount: '1000.01' },
      { code: 'CONFLICT', path: ['amount'], details: { reason: 'OVERPAYMENT', outstanding: '1000.00' } },
    ],
    ['nothing', { amount: '0.00' }, { code: 'INVALID', path: ['amount'] }],
    [
      'a payment dated before the promise',
      { effectiveOn: '2026-01-14' },
      { code: 'INVALID', path: ['effectiveOn'], details: { reason: 'BEFORE_PROMISE', promisedOn: '2026-01-15' } },
    ],
    ['a payment of tomorrow', { effectiveOn: '2026-11-21' }, { code: 'INVALID', path: ['effectiveOn'] }],
    [
      'a version that is not the present one',
      { expectedVersion: 7 },
      { code: 'STALE_VERSION', details: { currentVersion: 1 } },
    ],
    ['no receipt', { paymentReference: ' ' }, { code: 'INVALID', path: ['paymentReference'] }],
  ])('refuses %s', async (_what, changes, refusal) => {
    const id = await aPromise();
    expect((await write('recordFulfilment', payment(id, changes))).refusal).toMatchObject(refusal);
  });

  it('refuses an unknown promise, and one that another department owes', async () => {
    expect((await write('recordFulfilment', payment('CN-0'))).refusal).toMatchObject({
      code: 'INVALID',
      path: ['commitment'],
      message: 'There is no commitment CN-0.',
    });
    expect((await write('recordFulfilment', payment(await aPromise()), officer('RSJ'))).errors?.[0]).toMatchObject({
      extensions: { code: 'FORBIDDEN' },
      message: expect.stringContaining('owed by ZSZX') as unknown,
    });
  });

  it('is refused while the clock stands before the last entry, except for the little that servers differ', async () => {
    const id = await aPromise();
    credit.clock.set(`${TODAY}T01:59:59.000Z`);
    expect((await write('recordFulfilment', payment(id))).commitment?.version).toBe(2);
    credit.clock.set(`${TODAY}T01:00:00.000Z`);
    expect((await write('recordFulfilment', payment(id))).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason: 'CLOCK_SET_BACK', lastRecordedAt: `${TODAY}T02:00:00.000Z` },
    });
  });
});
