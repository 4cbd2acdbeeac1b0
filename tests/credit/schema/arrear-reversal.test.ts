import {
  auditor,
  creditUnderTest,
  enterprise,
  keeper,
  officer,
  TODAY,
  type CreditUnderTest,
} from '../support/credit-under-test.js';

const USCC = '91421200MA4F5E6G3P';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
beforeEach(() => credit.clock.set(`${TODAY}T02:00:00.000Z`));

let keys = 0;
const key = () => `key-${String((keys += 1)).padStart(8, '0')}`;

const SHOWN = `id version paidAmount { amount } outstandingAmount { amount } isCleared lateInterest { amount { amount } days }
  payments { no reference } all: payments(includeReversed: true) { no reference amount { amount } recorded { at department { code } official } reversal { reason document { number date } recorded { at department { code } official } } }`;
interface Shown {
  id: string;
  version: number;
  [field: string]: unknown;
}
interface Answer {
  arrear: Shown | null;
  refusal: { code: string; message: string; path: string[]; details: Record<string, unknown> | null } | null;
  errors: readonly { extensions?: Record<string, unknown> }[] | undefined;
}
async function write(mutation: string, input: Record<string, unknown>, actor = officer('ZJJ')): Promise<Answer> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await credit.ask<Record<string, Omit<Answer, 'errors'> | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { arrear { ${SHOWN} } refusal { code message path details } } }`,
    {
      variables: { input: { idempotencyKey: key(), ...input } },
      actor,
    },
  );
  return { arrear: data?.[mutation]?.arrear ?? null, refusal: data?.[mutation]?.refusal ?? null, errors };
}
async function aDebt(): Promise<Shown> {
  const { arrear } = await write('recordArrear', {
    debtor: 'ZJJ',
    uscc: USCC,
    subject: '道路维修款',
    contractNumber: `HT-${key()}`,
    contractSignedOn: '2026-03-01',
    deliveredOn: '2026-08-01',
    principal: '100000.00',
  });
  if (arrear === null) throw new Error('the debt was not recorded');
  return arrear;
}
const pay = async (arrear: string, changes: Record<string, unknown> = {}, actor = officer('ZJJ')) =>
  write(
    'recordArrearPayment',
    { arrear, paidOn: '2026-09-10', amount: '40000.00', reference: key(), ...changes },
    actor,
  );
const REASON = { reason: '错记他户回单', document: { number: '咸财更〔2026〕3号', date: '2026-11-19' } };
const reverse = async (arrear: string, changes: Record<string, unknown> = {}, actor = officer('ZJJ')) =>
  write('reverseArrearPayment', { arrear, payment: 1, ...REASON, ...changes }, actor);
const read = async (id: string, actor = auditor) =>
  (
    await credit.ask<{ arrear: Shown }>(`query ($id: ID!) { arrear(id: $id) { ${SHOWN} } }`, {
      variables: { id },
      actor,
    })
  ).data?.arrear;

describe('a payment that was recorded wrongly', () => {
  it('is reversed: the debt is owed again with all its interest, and both stay on the register', async () => {
    const debt = await aDebt();
    await pay(debt.id, { reference: 'HD-WRONG', amount: '100000.00' });
    credit.clock.set(`${TODAY}T03:00:00.000Z`);
    const { arrear, refusal } = await reverse(debt.id, { expectedVersion: 2 });
    expect(refusal).toBeNull();
    expect(arrear).toMatchObject({
      version: 3,
      paidAmount: { amount: '0.00' },
      outstandingAmount: { amount: '100000.00' },
      isCleared: false,
      lateInterest: debt['lateInterest'],
      payments: [],
    });
    expect(arrear?.['all']).toEqual([
      {
        no: 1,
        reference: 'HD-WRONG',
        amount: { amount: '100000.00' },
        recorded: { at: `${TODAY}T02:00:00.000Z`, department: { code: 'ZJJ' }, official: 'officer-of-ZJJ' },
        reversal: {
          ...REASON,
          recorded: { at: `${TODAY}T03:00:00.000Z`, department: { code: 'ZJJ' }, official: 'officer-of-ZJJ' },
        },
      },
    ]);
  });

  it('gives its receipt free for the debt that it really paid, and the next payment a number of its own', async () => {
    const [wrong, right] = [await aDebt(), await aDebt()];
    await pay(wrong.id, { reference: 'HD-OTHER-FILE' });
    await reverse(wrong.id);
    expect((await pay(right.id, { reference: 'HD-OTHER-FILE' })).arrear?.['payments']).toEqual([
      { no: 1, reference: 'HD-OTHER-FILE' },
    ]);
    expect((await pay(wrong.id, { reference: 'HD-OTHER-FILE' })).refusal).toMatchObject({
      code: 'DUPLICATE',
      details: { arrear: right.id, payment: 1 },
    });
    expect((await pay(wrong.id, { reference: 'HD-OWN-FILE' })).arrear?.['payments']).toEqual([
      { no: 2, reference: 'HD-OWN-FILE' },
    ]);
  });

  it("is taken out of the totals of the enterprise's and the department's lists", async () => {
    const debt = await aDebt();
    const totals = async () =>
      (
        await credit.ask<{ _entities: object[] }>(
          'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Enterprise { arrears { paidAmount { amount } } } ... on Department { arrears { paidAmount { amount } } } } }',
          {
            variables: {
              refs: [
                { __typename: 'Enterprise', uscc: USCC },
                { __typename: 'Department', code: 'ZJJ' },
              ],
            },
            actor: auditor,
          },
        )
      ).data?._entities;
    const before = await totals();
    await pay(debt.id);
    expect(await totals()).not.toEqual(before);
    await reverse(debt.id);
    expect(await totals()).toEqual(before);
  });

  it('is reversed once, however often and by however many it is asked', async () => {
    const debt = await aDebt();
    await pay(debt.id);
    const repeated = { idempotencyKey: key() };
    const first = await reverse(debt.id, repeated);
    expect(await reverse(debt.id, repeated)).toEqual(first);
    expect((await reverse(debt.id)).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      path: ['payment'],
      details: { reason: 'ALREADY_REVERSED' },
    });
    const other = await aDebt();
    await pay(other.id);
    const answers = await Promise.all([1, 2, 3].map(async () => reverse(other.id)));
    expect(answers.map(({ refusal }) => refusal?.code ?? null).sort()).toEqual([
      'ILLEGAL_STATE',
      'ILLEGAL_STATE',
      null,
    ]);
    expect(await read(other.id)).toMatchObject({ version: 3, paidAmount: { amount: '0.00' } });
  });

  it.each([
    [
      'a payment that is not there',
      { payment: 2 },
      { code: 'INVALID', path: ['payment'], details: { reason: 'UNKNOWN_PAYMENT' } },
    ],
    ['no reason', { reason: ' ' }, { code: 'INVALID', path: ['reason'] }],
    [
      'a document of tomorrow',
      { document: { number: '1号', date: '2026-11-21' } },
      { code: 'INVALID', path: ['document', 'date'] },
    ],
    [
      'a document without a number',
      { document: { number: ' ', date: '2026-11-19' } },
      { code: 'INVALID', path: ['document', 'number'] },
    ],
    [
      'another version than was seen',
      { expectedVersion: 1 },
      { code: 'STALE_VERSION', details: { currentVersion: 2 } },
    ],
  ])('stays as it is with %s', async (_what, changes, refusal) => {
    const debt = await aDebt();
    const { arrear: paid } = await pay(debt.id);
    expect((await reverse(debt.id, changes)).refusal).toMatchObject(refusal);
    expect(await read(debt.id)).toEqual(paid);
  });

  it("is reversed by the department that recorded it and the ledger's office alone", async () => {
    const debt = await aDebt();
    await pay(debt.id, {}, keeper);
    await pay(debt.id, { amount: '1.00' });
    expect((await reverse(debt.id, {}, officer('RSJ'))).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await reverse(debt.id, {}, officer('ZJJ'))).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await reverse(debt.id, {}, keeper)).refusal).toBeNull();
    expect((await reverse(debt.id, { payment: 2 }, keeper)).refusal).toBeNull();
  });

  it('is read by the enterprise without the names of officials', async () => {
    const debt = await aDebt();
    await pay(debt.id);
    await reverse(debt.id);
    expect((await read(debt.id, enterprise(USCC)))?.['all']).toMatchObject([
      {
        recorded: { department: { code: 'ZJJ' }, official: null },
        reversal: { recorded: { department: { code: 'ZJJ' }, official: null } },
      },
    ]);
  });

  it('is told to other departments', async () => {
    const debt = await aDebt();
    await pay(debt.id);
    await reverse(debt.id);
    const events = await credit.database.connection
      .collection<{ event: { type: string; subject: string; data: object } }>('outbox')
      .find({ 'event.subject': debt.id })
      .toArray();
    expect(events.map(({ event }) => event.type).sort()).toEqual([
      'cn.zhitong.arrear.paid',
      'cn.zhitong.arrear.payment-reversed',
      'cn.zhitong.arrear.recorded',
    ]);
    expect(events.find(({ event }) => event.type.endsWith('reversed'))?.event.data).toMatchObject({
      arrearId: debt.id,
      uscc: USCC,
      debtor: 'ZJJ',
      payment: 1,
    });
  });
});
