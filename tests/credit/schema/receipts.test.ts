import { openDepartment } from '../../../subgraphs/credit/src/service.js';
import { createLogger } from '@zhitong/kit';
import { creditUnderTest, keeper, type CreditUnderTest } from '../support/credit-under-test.js';

const USCC = '91421200MA4F5E6G3P';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());

let keys = 0;
const key = () => `key-${String((keys += 1)).padStart(8, '0')}`;

interface Answer {
  id: string;
  refusal: { code: string; path: string[]; details: Record<string, unknown> } | null;
}
/** Runs a mutation of a debt or a promise; answers the number of what it concerns, or the refusal. */
async function write(
  mutation: string,
  result: 'arrear' | 'commitment',
  input: Record<string, unknown>,
): Promise<Answer> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await credit.ask<
    Record<string, { refusal: Answer['refusal']; arrear?: { id: string }; commitment?: { id: string } } | null>
  >(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${result} { id } refusal { code path details } } }`, {
    variables: { input: { idempotencyKey: key(), ...input } },
    actor: keeper,
  });
  expect(errors).toBeUndefined();
  const payload = data?.[mutation];
  return { id: payload?.[result]?.id ?? '', refusal: payload?.refusal ?? null };
}

const aDebt = async () =>
  (
    await write('recordArrear', 'arrear', {
      debtor: 'ZJJ',
      uscc: USCC,
      subject: '道路维修款',
      contractNumber: `HT-${key()}`,
      contractSignedOn: '2026-03-01',
      deliveredOn: '2026-08-01',
      principal: '1000.00',
    })
  ).id;
const aPromise = async () =>
  (
    await write('recordCommitment', 'commitment', {
      title: '固定资产投资奖励',
      kind: 'CASH',
      promisor: 'ZJJ',
      uscc: USCC,
      districtCode: '421202',
      promisedOn: '2026-01-15',
      document: { number: '咸招协〔2026〕1号', date: '2026-01-10' },
      instalments: [{ dueOn: '2026-06-30', amount: '1000.00' }],
      official: { name: '王建国', post: '局长' },
    })
  ).id;
const payDebt = async (arrear: string, reference: string) =>
  write('recordArrearPayment', 'arrear', { arrear, paidOn: '2026-10-01', amount: '400.00', reference });
const fulfil = async (commitment: string, paymentReference: string) =>
  write('recordFulfilment', 'commitment', {
    commitment,
    amount: '400.00',
    effectiveOn: '2026-10-01',
    paymentReference,
    evidence: '银行回单',
  });

describe('a bank receipt', () => {
  it('that paid a debt pays no promise, and the other way round', async () => {
    const [arrear, commitment] = [await aDebt(), await aPromise()];
    expect((await payDebt(arrear, 'HD-1')).refusal).toBeNull();
    expect((await fulfil(commitment, 'HD-1')).refusal).toMatchObject({
      code: 'DUPLICATE',
      path: ['paymentReference'],
      details: { arrear, payment: 1 },
    });
    expect((await fulfil(commitment, 'HD-2')).refusal).toBeNull();
    expect((await payDebt(arrear, 'HD-2')).refusal).toMatchObject({
      code: 'DUPLICATE',
      path: ['reference'],
      details: { commitmentId: commitment, entry: 2 },
    });
  });

  it('is the same however it is typed, and is shown as it was typed', async () => {
    const [arrear, commitment] = [await aDebt(), await aPromise()];
    expect((await payDebt(arrear, 'hd 2026-7')).refusal).toBeNull();
    for (const typed of ['HD2026-7', 'ＨＤ２０２６－７', ' hd2026-7\u200b']) {
      expect((await fulfil(commitment, typed)).refusal).toMatchObject({
        code: 'DUPLICATE',
        path: ['paymentReference'],
        details: { arrear, payment: 1 },
      });
      expect((await payDebt(arrear, typed)).refusal).toMatchObject({ code: 'DUPLICATE', path: ['reference'] });
    }
    const { data } = await credit.ask('query ($id: ID!) { arrear(id: $id) { payments { reference } } }', {
      variables: { id: arrear },
      actor: keeper,
    });
    expect(data).toEqual({ arrear: { payments: [{ reference: 'hd 2026-7' }] } });
  });

  it('that is recorded for a debt and a promise at the same time pays one of them', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [arrear, commitment, receipt] = [await aDebt(), await aPromise(), `HD-RACE-${round}`];
      const answers = await Promise.all([payDebt(arrear, receipt), fulfil(commitment, receipt)]);
      expect(answers.map(({ refusal }) => refusal?.code ?? null).sort()).toEqual(['DUPLICATE', null]);
    }
  });

  /** The department over what is stored, as its next start finds it. */
  const start = async () =>
    openDepartment({
      connection: credit.database.connection,
      logger: createLogger({ name: 'test', level: 'silent' }),
      clock: credit.clock,
    });

  it('of a debt that was paid before receipts were kept together is known after the next start', async () => {
    const arrear = await aDebt();
    await payDebt(arrear, 'HD-OLD-1');
    await payDebt(arrear, 'HD-OLD-2');
    // A database as the department left it then: an index over the debts, and none of their receipts among those of
    // promises.
    const { connection } = credit.database;
    await connection.collection('payment_references').deleteMany({ arrearId: { $exists: true } });
    await connection.collection('arrears').createIndexes([
      {
        key: { 'payments.reference': 1 },
        name: 'payments.reference_1',
        unique: true,
        partialFilterExpression: { 'payments.reference': { $type: 'string' } },
      },
    ]);
    await Promise.all([start(), start()]);
    await start();
    expect((await fulfil(await aPromise(), 'HD-OLD-2')).refusal).toMatchObject({
      code: 'DUPLICATE',
      details: { arrear, payment: 2 },
    });
    expect((await payDebt(await aDebt(), 'HD-OLD-1')).refusal).toMatchObject({
      code: 'DUPLICATE',
      details: { arrear, payment: 1 },
    });
  });

  it('that paid a promise and a debt before receipts were kept together stays with the promise when the payment of the debt is reversed', async () => {
    const [arrear, commitment] = [await aDebt(), await aPromise()];
    await fulfil(commitment, 'HD-TWICE');
    await payDebt(arrear, 'HD-ONCE');
    // Nothing kept a debt from being paid with the promise's receipt then.
    const { connection } = credit.database;
    await connection.collection('arrears').updateOne({ id: arrear }, { $set: { 'payments.0.reference': 'HD-TWICE' } });
    await connection.collection('payment_references').deleteOne({ arrearId: arrear });
    // Nor was there a history: the next start takes over what there is.
    for (const later of ['record_history', 'stored_forms']) await connection.collection(later).deleteMany({});
    await start();
    expect(
      (
        await write('reverseArrearPayment', 'arrear', {
          arrear,
          payment: 1,
          reason: '重复入账',
          document: { number: '更正〔2026〕1号', date: '2026-10-10' },
        })
      ).refusal,
    ).toBeNull();
    expect((await payDebt(await aDebt(), 'HD-TWICE')).refusal).toMatchObject({
      code: 'DUPLICATE',
      details: { commitmentId: commitment },
    });
  });
});
