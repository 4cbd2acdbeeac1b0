import { decide, promise } from '../../../subgraphs/credit/src/domain/ledger/ledger.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { makeCheckpoints } from '../../../subgraphs/credit/src/usecases/make-checkpoint.js';
import { someTerms } from '../support/builders.js';
import { coordinator, creditUnderTest, keeper, type CreditUnderTest } from '../support/credit-under-test.js';
import { promiseInput, promiseWrites } from '../support/promise-writes.js';
import { registerWrites } from '../support/register-writes.js';

let credit: CreditUnderTest;
beforeAll(async () => void (credit = await creditUnderTest(import.meta.url)));
afterAll(async () => credit.close());
const { write } = promiseWrites(() => credit);
const { write: register } = registerWrites(() => credit);

/** One hundred billion yuan, the ceiling of one amount, in fen. */
const CEILING = 10_000_000_000_000;
const MANY = 1_000;

/** A promise of the ceiling in full, of 2025, with one payment of a fen. */
const hugePromise = (index: number) => {
  const recording = { recordedAt: '2025-02-03T02:00:00.000Z', recordedBy: 'import' };
  const terms = someTerms({ amount: CEILING, instalments: [{ no: 1, dueOn: '2025-06-30', amount: CEILING }] });
  const opened = promise(`CN-2025-${String(index).padStart(5, '0')}`, terms, '2025-02-01', recording);
  if (!opened.ok) throw new Error(opened.refusal.message);
  const paid = decide(
    opened.drafts,
    { type: 'FULFIL', amount: 1, effectiveOn: '2025-02-02', paymentReference: `HD-${String(index)}`, evidence: '回单' },
    recording,
  );
  if (!paid.ok) throw new Error(paid.refusal.message);
  return [...opened.drafts, ...paid.drafts];
};

const AUDIT = `{ commitmentAudit(asOf: "2026-11-20") { promisedCount promisedAmount { amount } fulfilledAmount { amount } overdueAmount { amount }
  ageing { bucket amount { amount } } groups { key outstandingAmount { amount } } }
  commitments { promisedAmount { amount } outstandingAmount { amount } overdueAmount { amount } } }`;

interface Sums {
  commitmentAudit: Record<string, unknown>;
  commitments: Record<string, unknown>;
}
const audit = async (): Promise<Sums> => {
  const { data, errors } = await credit.ask<Sums>(AUDIT, { actor: coordinator });
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no data');
  return data;
};

// 1,000 promises of 100,000,000,000.00 yuan, each with 0.01 paid: no number of the language holds their sum.
const OUTSTANDING = { amount: '99999999999990.00' };

describe('amounts without end', () => {
  it('cannot be promised: a promise has a ceiling, which is named', async () => {
    for (const amount of ['90071992547409.91', '100000000000.01']) {
      const { refusal } = await write('recordCommitment', {
        ...promiseInput(),
        instalments: [{ dueOn: '2026-12-31', amount }],
      });
      expect(refusal).toMatchObject({ code: 'INVALID', path: ['amount'], message: /100000000000\.00/ });
    }
  });

  it('add up exactly, in every total, with and without a checkpoint', async () => {
    const { stores } = credit.department;
    for (let from = 0; from < MANY; from += 100)
      await stores.ledger.importChains(Array.from({ length: 100 }, (_, i) => hugePromise(from + i)));
    const without = await audit();
    expect(without.commitmentAudit).toMatchObject({
      promisedCount: MANY,
      promisedAmount: { amount: '100000000000000.00' },
      fulfilledAmount: { amount: '10.00' },
      overdueAmount: OUTSTANDING,
      groups: [{ key: 'ZSJ', outstandingAmount: OUTSTANDING }],
    });
    expect(without.commitmentAudit['ageing']).toContainEqual({ bucket: 'OVER_365', amount: OUTSTANDING });
    expect(without.commitments).toEqual({
      promisedAmount: { amount: '100000000000000.00' },
      outstandingAmount: OUTSTANDING,
      overdueAmount: OUTSTANDING,
    });
    await sealLedger({ stores, cutoff: '2026-11-19T16:00:00.000Z' });
    expect(await makeCheckpoints(stores)).not.toEqual([]);
    expect(await audit()).toEqual(without);
  });

  it('and one broken record takes nobody else with it, and is found', async () => {
    const { stores } = credit.department;
    const entries = credit.database.connection.collection('ledger_entries');
    for (const collection of ['checkpoints', 'checkpoint_positions', 'checkpoint_figures'])
      await credit.database.connection.collection(collection).deleteMany({});
    await entries.updateOne({ commitmentId: 'CN-2025-00007', seq: 1 }, { $set: { 'figures.promised': NaN } });
    const { commitmentAudit } = await audit();
    expect(commitmentAudit).toMatchObject({ fulfilledAmount: { amount: '9.99' }, promisedCount: MANY - 1 });
    const { findings } = await verifyLedger({ stores });
    // Checkpoints that are gone are found, too.
    expect(findings.filter((found) => found.kind !== 'RECORD' || !found.record.startsWith('checkpoints/'))).toEqual([
      expect.objectContaining({ kind: 'ENTRY', commitmentId: 'CN-2025-00007', seq: 1 }),
    ]);
  });
});

describe('debts', () => {
  const debt = (changes: Record<string, unknown> = {}) => ({
    debtor: 'ZJJ',
    uscc: '91421200MA4F5E6G3P',
    subject: '道路维修款',
    contractNumber: 'HT-2026-1',
    contractSignedOn: '2026-03-02',
    deliveredOn: '2026-07-06',
    principal: '100000.00',
    ...changes,
  });
  const SHOWN =
    'arrear { id version isCleared principal { amount } outstandingAmount { amount } corrections { reason document { number } } withdrawal { reason } }';
  const why = { reason: '金额录入有误', document: { number: '咸财更〔2026〕9号', date: '2026-11-19' } };
  const record = async (changes: Record<string, unknown> = {}): Promise<string> => {
    const { arrear, refusal } = await register('recordArrear', SHOWN, debt(changes));
    if (refusal) throw new Error(refusal.message);
    return (arrear as { id: string }).id;
  };

  it('have the same ceiling, and add up exactly at any size', async () => {
    const { refusal } = await register('recordArrear', SHOWN, debt({ principal: '100000000000.01' }));
    expect(refusal).toMatchObject({ code: 'INVALID', path: ['principal'] });
    const { arrears } = credit.department.stores;
    await arrears.addMissing(
      Array.from({ length: MANY }, (_, index) => ({
        id: `QK-HUGE-${String(index)}`,
        uscc: '91110000600037341L',
        debtor: 'JTJ',
        subject: '工程款',
        contractNumber: `JT-${String(index)}`,
        contract: { signedOn: '2025-01-02', creditorIsSme: true, agreedTermDays: null, agreedRateBasisPoints: null },
        delivery: { deliveredOn: '2026-11-02', acceptance: null, settlementConfirmedOn: null },
        principal: CEILING,
        disputed: 0,
        payments: [{ paidOn: '2026-11-10', amount: 1, reference: `JT-${String(index)}` }],
        plan: [],
        paid: 1,
        isCleared: false,
        version: 1,
      })),
    );
    const { data, errors } = await credit.ask<{ arrearsReport: { departments: unknown[] } }>(
      '{ arrearsReport(from: "2026-01-01", to: "2026-11-20") { departments { outstandingAmount { amount } principal { amount } } } }',
      { actor: coordinator },
    );
    expect(errors).toBeUndefined();
    expect(data?.arrearsReport.departments).toEqual([
      { outstandingAmount: OUTSTANDING, principal: { amount: '100000000000000.00' } },
    ]);
  });

  it('are corrected with a reason and a document, and what they said before is kept', async () => {
    const id = await record({ contractNumber: 'HT-2026-2' });
    const { arrear, refusal } = await register('correctArrear', SHOWN, { arrear: id, principal: '80000.00', ...why });
    expect(refusal).toBeNull();
    expect(arrear).toMatchObject({
      version: 2,
      principal: { amount: '80000.00' },
      outstandingAmount: { amount: '80000.00' },
      corrections: [{ reason: '金额录入有误', document: { number: '咸财更〔2026〕9号' } }],
    });
    expect((await credit.department.stores.arrears.byId(id))?.corrections?.[0]?.before.principal).toBe(10_000_000);
    expect((await register('correctArrear', SHOWN, { arrear: id, ...why })).refusal).toMatchObject({ code: 'INVALID' });
    const unreasoned = await register('correctArrear', SHOWN, {
      arrear: id,
      principal: '70000.00',
      ...why,
      reason: ' ',
    });
    expect(unreasoned.refusal).toMatchObject({ code: 'INVALID', path: ['reason'] });
  });

  it('are not corrected to less than was paid, nor withdrawn before their payments are reversed', async () => {
    const id = await record({ contractNumber: 'HT-2026-3' });
    await register('recordArrearPayment', SHOWN, {
      arrear: id,
      // In time, so that all of it counts towards the principal.
      paidOn: '2026-08-05',
      amount: '60000.00',
      reference: 'QK-1',
    });
    expect(
      (await register('correctArrear', SHOWN, { arrear: id, principal: '59999.99', ...why })).refusal,
    ).toMatchObject({ code: 'INVALID', path: ['principal'] });
    expect((await register('withdrawArrear', SHOWN, { arrear: id, ...why })).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason: 'STILL_PAID' },
    });
    const { arrear } = await register('correctArrear', SHOWN, { arrear: id, principal: '60000.00', ...why });
    expect(arrear).toMatchObject({ isCleared: true, outstandingAmount: { amount: '0.00' } });
  });

  it('that were withdrawn count nowhere, take nothing more, and can still be read by their number', async () => {
    const figures = async () =>
      (
        await credit.ask<{ arrearsReport: unknown }>(
          '{ arrearsReport(from: "2026-01-01", to: "2026-11-20") { departments { count principal { amount } newlyArisen { id } } } }',
          { actor: coordinator },
        )
      ).data?.arrearsReport;
    const before = await figures();
    const id = await record({ contractNumber: 'HT-2026-4' });
    expect(await figures()).not.toEqual(before);
    const { arrear, refusal } = await register('withdrawArrear', SHOWN, { arrear: id, ...why });
    expect(refusal).toBeNull();
    expect(arrear).toMatchObject({ withdrawal: { reason: '金额录入有误' }, isCleared: false });
    expect(await figures()).toEqual(before);
    const paid = await register('recordArrearPayment', SHOWN, {
      arrear: id,
      paidOn: '2026-10-01',
      amount: '1.00',
      reference: 'QK-2',
    });
    expect(paid.refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    const { data } = await credit.ask<{ arrear: unknown }>(`{ arrear(id: "${id}") { withdrawal { reason } } }`, {
      actor: keeper,
    });
    expect(data?.arrear).toEqual({ withdrawal: { reason: '金额录入有误' } });
  });

  it('are recorded once for one delivery under one contract, however its number is typed', async () => {
    const id = await record({ contractNumber: 'HT-2026-5' });
    for (const contractNumber of ['ht-2026-5', 'ＨＴ－２０２６－５', ' HT-2026 -5\u200b'])
      expect((await register('recordArrear', SHOWN, debt({ contractNumber }))).refusal).toMatchObject({
        code: 'DUPLICATE',
        details: { arrear: id },
      });
    // Another delivery under the contract is another debt, and so is one after the first was withdrawn.
    await record({ contractNumber: 'HT-2026-5', deliveredOn: '2026-08-06' });
    await register('withdrawArrear', SHOWN, { arrear: id, ...why });
    await record({ contractNumber: 'HT-2026-5' });
  });

  // 2^53 fen and one more, 2^63 fen, more digits than any number has; and what is no amount.
  it.each([
    '90071992547409.92',
    '90071992547409.93',
    '92233720368547758.08',
    '9'.repeat(400),
    '1e30',
    '-1.00',
    '0.001',
  ])('are refused wherever one is given, and nothing is written: %s', async (amount) => {
    const arrear = await record({ contractNumber: `HT-BIG-${amount.slice(0, 20)}` });
    const document = { number: '1号', date: '2026-11-19' };
    const on = { arrear, document, reason: '更正' };
    for (const [mutation, input] of [
      ['recordArrear', debt({ contractNumber: 'HT-BIG', principal: amount })],
      ['recordArrearPayment', { arrear, amount, paidOn: '2026-11-20', reference: `HD-BIG-${amount.slice(0, 20)}` }],
      ['recordArrearCost', { arrear, amount, incurredOn: '2026-11-01', subject: '诉讼费', document }],
      ['settleArrearDispute', { ...on, settledOn: '2026-11-20', owed: amount }],
      ['correctArrear', { ...on, principal: amount }],
    ] as const) {
      const { refusal, errors } = await register(mutation, 'arrear { id }', input);
      expect([mutation, refusal?.code ?? errors?.[0]?.extensions?.['code']]).toEqual([
        mutation,
        expect.stringMatching(/^(INVALID|CONFLICT|BAD_USER_INPUT)$/) as unknown,
      ]);
    }
    const { data } = await credit.ask<{ arrear: { version: number } }>(`{ arrear(id: "${arrear}") { version } }`, {
      actor: keeper,
    });
    expect(data?.arrear.version).toBe(1);
  });
});
