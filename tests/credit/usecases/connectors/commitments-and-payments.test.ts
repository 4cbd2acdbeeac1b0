import { verifyLedger } from '../../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { creditUnderTest, keeper, type CreditUnderTest } from '../../support/credit-under-test.js';
import { deliveries } from '../../support/deliveries.js';

const USCC = '91421222MA3L4W7M5Q';
const PROMISE = {
  externalNumber: 'CZ-2025-017',
  title: '固定资产投资奖励',
  kind: 'CASH',
  uscc: USCC,
  district: '421222',
  promisedOn: '2025-03-10',
  amount: '12000000',
  dueOn: '2025-12-31',
  officialName: '王建国',
  officialPost: '科长',
};
const PAYMENT = {
  externalNumber: 'ZF-1',
  commitment: 'cz-2025-017',
  amount: '5000000',
  paidOn: '2025-06-30',
  paymentReference: 'HD2025063000017',
  invoiceNumber: '２５４２ 2000',
};

let under: CreditUnderTest;
let promises: ReturnType<typeof deliveries>;
let payments: ReturnType<typeof deliveries>;
beforeAll(async () => void (under = await creditUnderTest(import.meta.url)));
beforeEach(async () => {
  await under.database.empty();
  await under.department.stores.running.make();
  promises = deliveries(under, 'commitment', 'CZJ');
  payments = deliveries(under, 'payment', 'CZJ');
});
afterEach(async () => {
  expect((await verifyLedger(under.department)).findings).toEqual([]);
});
afterAll(async () => under.close());

const ledgers = async () => {
  const { data, errors } = await under.ask<{ commitments: { nodes: Record<string, unknown>[] } }>(
    `{ commitments(first: 20) { nodes { title state promisedOn promisor { code } promisedAmount { amount } fulfilledAmount { amount }
      outstandingAmount { amount } document { number } entries { kind effectiveOn paymentReference remark } } } }`,
    { actor: keeper },
  );
  expect(errors).toBeUndefined();
  return data?.commitments.nodes ?? [];
};
const told = async () =>
  (await under.database.connection.collection('outbox').find().toArray()).map(
    ({ event }) => (event as { type: string }).type,
  );

describe('a promise of a list', () => {
  it('opens a ledger on the day when it was made, owed by who delivers, with its event', async () => {
    expect((await promises.deliver([PROMISE])).run.counts).toMatchObject({ new: 1, refused: 0 });
    expect(await ledgers()).toEqual([
      expect.objectContaining({
        title: '固定资产投资奖励',
        state: 'OUTSTANDING',
        promisedOn: '2025-03-10',
        promisor: { code: 'CZJ' },
        promisedAmount: { amount: '120000.00' },
        entries: [expect.objectContaining({ kind: 'PROMISED', effectiveOn: '2025-03-10' })],
      }),
    ]);
    expect(await told()).toEqual(['cn.zhitong.commitment.promised']);
  });

  it('that says the same again changes nothing; a document that came later is attached, once', async () => {
    await promises.deliver([PROMISE]);
    expect((await promises.deliver([{ ...PROMISE, externalNumber: 'cz-2025-017' }])).run.counts).toMatchObject({
      unchanged: 1,
    });
    const documented = { ...PROMISE, documentNumber: '咸财〔2025〕8号', documentDate: '2025-03-01' };
    expect((await promises.deliver([documented])).run.counts).toMatchObject({ changed: 1 });
    expect((await promises.deliver([PROMISE])).run.counts).toMatchObject({ unchanged: 1 });
    expect(await ledgers()).toEqual([
      expect.objectContaining({
        document: { number: '咸财〔2025〕8号' },
        entries: [
          expect.objectContaining({ kind: 'PROMISED' }),
          expect.objectContaining({ kind: 'DOCUMENT_ATTACHED', effectiveOn: '2025-03-10' }),
        ],
      }),
    ]);
  });

  it('whose number is typed in two ways in one list is entered once, and the other row is refused', async () => {
    const { run } = await promises.deliver([
      PROMISE,
      { ...PROMISE, externalNumber: 'ｃｚ-2025 -017', documentNumber: '咸财〔2025〕8号', documentDate: '2025-03-01' },
    ]);
    expect(run.counts).toMatchObject({ new: 1, refused: 1 });
    expect(await promises.refusals()).toEqual([
      ['externalNumber', expect.stringContaining('与第 2 行是同一条记录') as unknown],
    ]);
    expect(await ledgers()).toEqual([expect.objectContaining({ document: null })]);
  });

  it('is paid by one payment however its number is typed in one list, and the second row corrects nothing', async () => {
    await promises.deliver([PROMISE]);
    const { run } = await payments.deliver([
      PAYMENT,
      { ...PAYMENT, externalNumber: 'zf-1', amount: '7000000', paymentReference: 'HD2' },
    ]);
    expect(run.counts).toMatchObject({ new: 1, refused: 1 });
    expect(await payments.refusals()).toEqual([
      ['externalNumber', expect.stringContaining('与第 2 行是同一条记录') as unknown],
    ]);
    expect(await ledgers()).toEqual([expect.objectContaining({ fulfilledAmount: { amount: '50000.00' } })]);
  });

  it.each([
    ['an enterprise that is not registered', { uscc: '91421222MA3L4W7M50' }, 'uscc', '登记库中没有'],
    ['a district of elsewhere', { district: '540100' }, 'district', '登记库中没有'],
    ['a department that the city does not have', { promisor: 'XYZ' }, 'promisor', '登记库中没有'],
    ['a promise of another department', { promisor: 'ZSZX' }, 'promisor', 'CZJ 不能登记 ZSZX 的承诺'],
    ['a day to come', { promisedOn: '2027-01-01', dueOn: '2027-02-01' }, 'promisedOn', '尚未到来'],
    ['due before it was made', { dueOn: '2025-03-01' }, 'dueOn', '应兑现日期'],
    ['nothing promised', { amount: '0' }, 'amount', '必须大于零'],
    ['a document without its day', { documentNumber: '咸财〔2025〕8号' }, null, '没有日期'],
    [
      'a document that is younger',
      { documentNumber: '咸财〔2025〕8号', documentDate: '2025-04-01' },
      'documentDate',
      '文件日期 2025-04-01 晚于承诺日期 2025-03-10',
    ],
    ['more than the ledger holds exactly', { amount: '10000000000001' }, 'amount', '金额超过台账一笔所能记的'],
  ])('with %s is refused, and the others land', async (_what, part, field, reason) => {
    const other = { ...PROMISE, externalNumber: 'CZ-2025-018' };
    const { run } = await promises.deliver([{ ...PROMISE, ...part }, other]);
    expect(run.counts).toMatchObject({ new: 1, refused: 1 });
    expect(await promises.refusals()).toEqual([[field, expect.stringContaining(reason) as unknown]]);
    expect(await ledgers()).toHaveLength(1);
  });

  it.each([
    ['amount', { amount: '12000100' }, '承诺金额已按 120000.00 入账，不能改为 120001.00'],
    ['dueOn', { dueOn: '2026-12-31' }, '应兑现日期'],
    ['officialName', { officialName: '李四' }, '移交'],
  ])('never changes its %s behind the enterprise', async (field, part, reason) => {
    await promises.deliver([PROMISE]);
    expect((await promises.deliver([{ ...PROMISE, ...part }])).run.counts).toMatchObject({ refused: 1 });
    expect(await promises.refusals()).toEqual([[field, expect.stringContaining(reason) as unknown]]);
    expect(await ledgers()).toEqual([expect.objectContaining({ promisedAmount: { amount: '120000.00' } })]);
  });

  it('of the ledger’s office may be owed by another, which alone and the office supplement it', async () => {
    const office = deliveries(under, 'commitment', 'FGW');
    expect((await office.deliver([{ ...PROMISE, promisor: 'ZSZX' }])).run.counts).toMatchObject({ new: 1 });
    const documented = { ...PROMISE, promisor: 'ZSZX', documentNumber: '咸财〔2025〕8号', documentDate: '2025-03-01' };
    expect((await promises.deliver([documented])).run.counts).toMatchObject({ refused: 1 });
    expect((await deliveries(under, 'commitment', 'ZSZX').deliver([documented])).run.counts).toMatchObject({
      changed: 1,
    });
    expect(await ledgers()).toEqual([
      expect.objectContaining({ promisor: { code: 'ZSZX' }, document: { number: '咸财〔2025〕8号' } }),
    ]);
  });

  it('is taken back by a reversal, unless it was paid', async () => {
    const first = await promises.deliver([PROMISE]);
    await promises.undo(first.run._id);
    expect(await ledgers()).toEqual([expect.objectContaining({ state: 'VOID' })]);

    const second = await promises.deliver([PROMISE]);
    await payments.deliver([PAYMENT]);
    const { undoing } = await promises.undo(second.run._id);
    expect(undoing).toMatchObject({ undone: 0, left: 1 });
    expect(undoing?.leftRecords[0]?.reason).toContain('此后又有新的记录');
  });
});

describe('a payment of a list', () => {
  beforeEach(async () => {
    await promises.deliver([PROMISE]);
  });

  it('settles its part on its day, with receipt and invoice as evidence', async () => {
    const rest = {
      ...PAYMENT,
      externalNumber: 'ZF-2',
      amount: '7000000',
      paymentReference: 'HD2',
      paidOn: '2025-12-01',
    };
    expect((await payments.deliver([PAYMENT, rest])).run.counts).toMatchObject({ new: 2 });
    expect(await ledgers()).toEqual([
      expect.objectContaining({
        state: 'FULFILLED',
        fulfilledAmount: { amount: '120000.00' },
        outstandingAmount: { amount: '0.00' },
        entries: [
          expect.objectContaining({ kind: 'PROMISED' }),
          expect.objectContaining({
            kind: 'FULFILLED',
            effectiveOn: '2025-06-30',
            paymentReference: 'HD2025063000017',
            remark: '发票 25422000',
          }),
          expect.objectContaining({ kind: 'FULFILLED', effectiveOn: '2025-12-01' }),
        ],
      }),
    ]);
  });

  it('is found by the number that its own department gave it, and by the ledger’s', async () => {
    const others = deliveries(under, 'commitment', 'ZSZX');
    expect((await others.deliver([{ ...PROMISE, title: '标准厂房补贴' }])).run.counts).toMatchObject({ new: 1 });
    await payments.deliver([PAYMENT]);
    expect(new Map((await ledgers()).map(({ title, fulfilledAmount }) => [title, fulfilledAmount]))).toEqual(
      new Map([
        ['固定资产投资奖励', { amount: '50000.00' }],
        ['标准厂房补贴', { amount: '0.00' }],
      ]),
    );
    const office = deliveries(under, 'payment', 'FGW');
    expect((await office.deliver([{ ...PAYMENT, paymentReference: 'HD2025063000018' }])).run.counts).toMatchObject({
      refused: 1,
    });
    expect(await office.refusals()).toEqual([['commitment', expect.stringContaining('有 2 个单位') as unknown]]);
  });

  it('that says the same with its receipt typed otherwise changes nothing', async () => {
    await payments.deliver([PAYMENT]);
    const again = { ...PAYMENT, paymentReference: 'ｈｄ2025 0630 00017' };
    expect((await payments.deliver([again])).run.counts).toMatchObject({ unchanged: 1 });
  });

  it('that differs later is corrected by a reversal and a new entry, and undone the same way', async () => {
    const first = await payments.deliver([PAYMENT]);
    const second = await payments.deliver([{ ...PAYMENT, amount: '6000000' }]);
    expect(second.run.counts).toMatchObject({ changed: 1 });
    const kinds = async () =>
      (await ledgers()).map(({ entries }) => (entries as { kind: string }[]).map(({ kind }) => kind));
    expect(await ledgers()).toEqual([expect.objectContaining({ fulfilledAmount: { amount: '60000.00' } })]);
    expect(await kinds()).toEqual([['PROMISED', 'FULFILLED', 'CORRECTED', 'FULFILLED']]);
    await payments.undo(second.run._id);
    expect(await ledgers()).toEqual([expect.objectContaining({ fulfilledAmount: { amount: '50000.00' } })]);
    await payments.undo(first.run._id);
    expect(await ledgers()).toEqual([expect.objectContaining({ fulfilledAmount: { amount: '0.00' } })]);
  });

  it('is taken back by a reversal, which frees its receipt', async () => {
    const { run } = await payments.deliver([PAYMENT]);
    await payments.undo(run._id);
    expect(await ledgers()).toEqual([expect.objectContaining({ outstandingAmount: { amount: '120000.00' } })]);
    expect((await payments.deliver([PAYMENT])).run.counts).toMatchObject({ new: 1 });
  });

  it.each([
    ['more than is owed', { amount: '12000001' }, 'amount', '超过尚未兑现的 120000.00 元'],
    ['a day before the promise', { paidOn: '2025-03-09' }, 'paidOn', '早于承诺日期 2025-03-10'],
    ['a day to come', { paidOn: '2027-01-01' }, 'paidOn', '尚未到来'],
    ['a promise that is not here', { commitment: 'CZ-2025-999' }, 'commitment', '请先导入承诺'],
  ])('of %s is refused', async (_what, part, field, reason) => {
    expect((await payments.deliver([{ ...PAYMENT, ...part }])).run.counts).toMatchObject({ refused: 1 });
    expect(await payments.refusals()).toEqual([[field, expect.stringContaining(reason) as unknown]]);
    expect(await ledgers()).toEqual([expect.objectContaining({ outstandingAmount: { amount: '120000.00' } })]);
  });

  it('of another department’s promise is refused', async () => {
    const others = deliveries(under, 'payment', 'ZSZX');
    expect((await others.deliver([PAYMENT])).run.counts).toMatchObject({ refused: 1 });
    expect(await others.refusals()).toEqual([['commitment', expect.stringContaining('不由 ZSZX 承担') as unknown]]);
  });

  it('with a receipt that was used is refused, and a correction to one leaves the old receipt taken', async () => {
    const other = { ...PAYMENT, externalNumber: 'ZF-2', amount: '100', paymentReference: 'HD2' };
    await payments.deliver([PAYMENT, other]);
    const clash = { ...other, paymentReference: 'hd2025063000017' };
    expect((await payments.deliver([clash])).run.counts).toMatchObject({ refused: 1 });
    expect(await payments.refusals()).toEqual([
      ['paymentReference', expect.stringContaining('一张回单只能用一次') as unknown],
    ]);
    const third = { ...other, externalNumber: 'ZF-3' };
    expect((await payments.deliver([third])).run.counts).toMatchObject({ refused: 1 });
    expect(await ledgers()).toEqual([expect.objectContaining({ fulfilledAmount: { amount: '50001.00' } })]);
  });

  it('is exact to the fen at the largest amount that the ledger holds', async () => {
    const large = { ...PROMISE, externalNumber: 'CZ-LARGE', amount: '10000000000000' };
    await promises.deliver([large]);
    const part = { ...PAYMENT, commitment: 'CZ-LARGE', amount: '9999999999999' };
    expect((await payments.deliver([part])).run.counts).toMatchObject({ new: 1 });
    expect(await ledgers()).toContainEqual(
      expect.objectContaining({
        promisedAmount: { amount: '100000000000.00' },
        outstandingAmount: { amount: '0.01' },
      }),
    );
  });
});
