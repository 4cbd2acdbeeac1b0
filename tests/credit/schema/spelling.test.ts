import { createLogger } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import { openDepartment } from '../../../subgraphs/credit/src/service.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { creditUnderTest, enterprise, officer, type CreditUnderTest } from '../support/credit-under-test.js';
import { promiseWrites, USCC } from '../support/promise-writes.js';
import { registerWrites } from '../support/register-writes.js';

let credit: CreditUnderTest;
beforeAll(async () => void (credit = await creditUnderTest(import.meta.url)));
afterAll(async () => credit.close());
const { write, aPromise, payment } = promiseWrites(() => credit);
const { write: register } = registerWrites(() => credit);

const consent = (documentNumber: string, digest: string) => ({
  amount: '100.00',
  effectiveOn: '2026-05-01',
  consent: { documentNumber, signedOn: '2026-05-01', signedBy: '李强', digest },
});
const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(64));

/** Numbers that a person takes for `HD-2026-0001`. */
const SPELLINGS = [
  'hd-2026-0001',
  'ＨＤ－２０２６－０００１',
  ' HD-2026 -0001',
  'HD-\u200b2026-0001',
  'HD-2026\ufe0f-0001',
  // Cyrillic Н, Greek capital Nu's neighbour Eta, an accent, a soft hyphen, dashes of every length.
  '\u041dD-2026-0001',
  '\u0397D-2026-0001',
  'H\u0301D-2026-0001',
  'HD-20\u00ad26-0001',
  'HD\u20132026\u20120001',
  'HD\u22122026\u20140001',
];

describe('one number', () => {
  it('of a receipt is used once, and shown as it was given', async () => {
    await write('recordFulfilment', payment(await aPromise(), { paymentReference: 'HD-2026-0001' }));
    for (const paymentReference of SPELLINGS)
      expect((await write('recordFulfilment', payment(await aPromise(), { paymentReference }))).refusal).toMatchObject({
        code: 'DUPLICATE',
      });
  });

  it('of a receipt pays one debt, and a debt is recorded once, however its contract is typed', async () => {
    const debt = {
      ...{ debtor: 'ZJJ', uscc: USCC, subject: '货款', contractSignedOn: '2026-03-02', deliveredOn: '2026-08-01' },
      principal: '1000.00',
    };
    const owe = async (contractNumber: string) =>
      register('recordArrear', 'arrear { id contractNumber }', { ...debt, contractNumber }, { actor: officer('ZJJ') });
    const { arrear } = await owe('咸财〔2026〕1号');
    for (const contractNumber of ['咸财[2026] 1号', '咸财（二〇二六）1号', '咸财【2026】\u200b1号'])
      expect((await owe(contractNumber)).refusal).toMatchObject({
        code: 'DUPLICATE',
        details: { reason: 'SAME_DEBT', arrear: (arrear as { id: string }).id },
      });
    // Zeros at an end are read by everybody: another contract.
    expect([(await owe('HT-1')).refusal, (await owe('HT-10')).refusal, (await owe('HT-01')).refusal]).toEqual([
      null,
      null,
      null,
    ]);
    const pay = async (reference: string) =>
      register(
        'recordArrearPayment',
        'arrear { version }',
        { arrear: (arrear as { id: string }).id, amount: '1.00', paidOn: '2026-09-01', reference },
        { actor: officer('ZJJ') },
      );
    for (const reference of SPELLINGS) expect((await pay(reference)).refusal).toMatchObject({ code: 'DUPLICATE' });
    // What nobody sees is no number.
    expect((await pay('\u200b\u00ad')).refusal).toMatchObject({ details: { reason: 'NO_RECEIPT' } });
  });

  it('of a consent is for one waiver, and so is its file; a reversed waiver gives it free', async () => {
    const [first, second] = [await aPromise(), await aPromise()];
    expect(
      (await write('waiveCommitment', { commitment: first, ...consent('同意ab1号', A ?? '') })).refusal,
    ).toBeNull();
    expect(
      (await write('waiveCommitment', { commitment: second, ...consent('同意ＡＢ 1号', B ?? '') })).refusal,
    ).toMatchObject({ code: 'DUPLICATE', details: { reason: 'DUPLICATE_CONSENT', commitmentId: first } });
    expect(
      (await write('waiveCommitment', { commitment: second, ...consent('同意2号', A ?? '') })).refusal,
    ).toMatchObject({ code: 'DUPLICATE' });
    await write('correctLedgerEntry', { commitment: first, reverses: 2, reason: '误录' });
    expect(
      (await write('waiveCommitment', { commitment: second, ...consent('同意AB1号', A ?? '') })).refusal,
    ).toBeNull();
    expect((await verifyLedger({ stores: credit.department.stores })).findings).toEqual([]);
  });

  it('of a punishment makes one record; a wrong one is taken back with reason and document, and can be made anew', async () => {
    const actor = { actor: officer('STHJJ') };
    const SHOWN = 'creditStanding { grade openRecordCount dishonestyRecords { id documentNumber } }';
    const record = { uscc: USCC, category: '环境违法', seriousness: 'SERIOUS', from: '2026-02-01' };
    interface Standing {
      grade: string;
      openRecordCount: number;
      dishonestyRecords: { id: string; documentNumber: string }[];
    }
    const recorded = await register(
      'recordDishonesty',
      SHOWN,
      { ...record, documentNumber: '咸环罚(2026)a1号' },
      actor,
    );
    const { dishonestyRecords, grade } = recorded['creditStanding'] as Standing;
    expect([grade, dishonestyRecords[0]?.documentNumber]).toEqual(['D', '咸环罚(2026)a1号']);
    const again = { ...record, documentNumber: '咸环罚（2026） A1号' };
    expect((await register('recordDishonesty', SHOWN, again, actor)).refusal).toMatchObject({ code: 'DUPLICATE' });
    const why = { reason: '处罚决定被撤销', document: { number: '鄂1202行初3号', date: '2026-11-10' } };
    const withdrawal = { record: dishonestyRecords[0]?.id, uscc: USCC, ...why };
    expect((await register('withdrawDishonesty', SHOWN, { ...withdrawal, reason: ' ' }, actor)).refusal).toMatchObject({
      code: 'INVALID',
      path: ['reason'],
    });
    expect(
      (await register('withdrawDishonesty', SHOWN, withdrawal, { actor: officer('RSJ') })).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
    const withdrawn = await register('withdrawDishonesty', SHOWN, withdrawal, actor);
    expect(withdrawn['creditStanding']).toEqual({ grade: 'A', openRecordCount: 0, dishonestyRecords: [] });
    expect((await register('withdrawDishonesty', SHOWN, withdrawal, actor)).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    expect((await register('recordDishonesty', SHOWN, again, actor)).refusal).toBeNull();
  });
});

describe('what an earlier release stored', () => {
  it('is brought into the present form at the start, and one release does it once', async () => {
    const db = credit.database.connection;
    const first = await aPromise();
    await write('waiveCommitment', {
      commitment: first,
      ...consent('同意9号', C ?? ''),
      amount: '400.00',
    });
    await write('recordFulfilment', payment(first, { amount: '600.00', paymentReference: 'HD-OLD-1' }));
    // As it was stored before numbers had a normal form, and before the state for what was waived in part.
    await db
      .collection('payment_references')
      .updateOne({ reference: 'HD-OLD-1' }, { $set: { reference: ' hd-old-1' } });
    await db.collection('waiver_consents').deleteMany({ number: { $ne: '同意AB1号' } });
    await db.collection('waiver_consents').updateOne({}, { $set: { number: '同意ＡＢ1号' } });
    await db.collection('dishonesty_records').updateMany({}, { $unset: { documentKey: 1 } });
    const id: unknown = (await db.collection('arrears').findOne({ contractNumber: /咸财/ }))?.['id'];
    await db.collection('arrears').updateOne({ id }, { $set: { identity: '咸财〔2026〕1号|2026-08-01|100000' } });
    await db.collection('commitments').updateOne({ id: first }, { $set: { state: 'FULFILLED' } });
    // As the last release kept numbers of other systems: an en dash and a Cyrillic letter were not the same.
    const led = { kind: 'COMMITMENT', department: 'ZSZX', commitmentId: first, seq: 1, source: 'list' };
    await db
      .collection('external_numbers')
      .insertMany(
        ['CZ\u20131', 'CZ-2', 'C\u0396-2'].map((number) => ({ ...led, number, key: `ZSZX/${number.toLowerCase()}` })),
      );
    // Its records are taken over as they are: an earlier release had noted them so.
    await db.collection('record_history').deleteMany({});
    await db.collection('stored_forms').deleteMany({});
    const reopen = async () =>
      openDepartment({
        connection: db,
        logger: createLogger({ name: 'test', level: 'silent' }),
        clock: credit.clock,
      });
    await reopen();
    expect(
      (await write('recordFulfilment', payment(await aPromise(), { paymentReference: 'HD-OLD-1' }))).refusal,
    ).toMatchObject({ code: 'DUPLICATE' });
    expect(
      (await write('waiveCommitment', { commitment: await aPromise(), ...consent('同意9号', B ?? '') })).refusal,
    ).toMatchObject({ code: 'DUPLICATE' });
    expect(
      (await db.collection('external_numbers').find({}).toArray()).map(({ number }) => String(number)).sort(),
    ).toEqual(['CZ-1', 'CZ-2', 'c\u03b6-2']);
    const { externalNumbers } = credit.department.stores;
    for (const [typed, kept] of [
      ['ｃｚ-1', 'CZ-1'],
      ['cz-2', 'CZ-2'],
      ['c\u03b6-2', 'c\u03b6-2'],
    ] as const)
      await inTransaction(db, async (session) => {
        const named = { kind: 'COMMITMENT', department: 'ZSZX', number: typed } as const;
        expect((await externalNumbers.find(named, session))?.number).toBe(kept);
        expect((await externalNumbers.commitments([typed], session)).get(typed)?.map(({ number }) => number)).toEqual([
          kept,
        ]);
      });
    expect((await db.collection('arrears').findOne({ id }))?.['identity']).toBe('咸财(2026)1号|2026-08-01|100000');
    const { data } = await credit.ask<{ commitment: { state: string } }>(`{ commitment(id: "${first}") { state } }`, {
      actor: enterprise(USCC),
    });
    expect(data?.commitment.state).toBe('PARTLY_WAIVED');
    expect((await verifyLedger({ stores: credit.department.stores })).findings).toEqual([]);
    await db.collection('payment_references').updateOne({ reference: 'HD-OLD-1' }, { $set: { reference: 'typed' } });
    await reopen();
    expect(await db.collection('payment_references').countDocuments({ reference: 'typed' })).toBe(1);
  });
});
