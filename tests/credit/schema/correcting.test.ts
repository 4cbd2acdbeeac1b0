import {
  auditor,
  creditUnderTest,
  keeper,
  officer,
  TODAY,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { promiseWrites, type Shown } from '../support/promise-writes.js';
const DIGEST = 'b'.repeat(64);

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
beforeEach(() => credit.clock.set(`${TODAY}T02:00:00.000Z`));
const { key, write, aPromise, payment } = promiseWrites(() => credit);

describe('putting a mistake right', () => {
  it('reverses the entry, records what is right and keeps both; the receipt may be the same', async () => {
    const id = await aPromise();
    await write('recordFulfilment', payment(id, { amount: '10.00', paymentReference: 'HD-DIGIT' }));
    const { commitment } = await write('correctLedgerEntry', {
      commitment: id,
      reverses: 2,
      reason: '少录一位',
      replacement: { amount: '100.00', effectiveOn: '2026-06-01', paymentReference: 'HD-DIGIT', evidence: '银行回单' },
    });
    expect(commitment).toMatchObject({ version: 4, fulfilledAmount: { amount: '100.00' } });
    expect(commitment?.entries.map(({ kind }) => kind)).toEqual(['PROMISED', 'FULFILLED', 'CORRECTED', 'FULFILLED']);
    expect((await write('recordFulfilment', payment(id, { paymentReference: 'HD-DIGIT' }))).refusal).toMatchObject({
      code: 'DUPLICATE',
    });
  });

  it.each<[string, number, string]>([
    ['a correction', 3, 'CORRECTION_OF_CORRECTION'],
    ['what is corrected already', 2, 'ALREADY_CORRECTED'],
  ])('refuses to correct %s', async (_what, reverses, reason) => {
    const id = await aPromise();
    await write('recordFulfilment', payment(id));
    await write('correctLedgerEntry', { commitment: id, reverses: 2, reason: '重复录入' });
    expect((await write('correctLedgerEntry', { commitment: id, reverses, reason: '再改' })).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason },
    });
  });

  it('frees the receipt of a reversed payment for the promise that it really paid', async () => {
    const [wrong, right] = [await aPromise(), await aPromise()];
    await write('recordFulfilment', payment(wrong, { paymentReference: 'HD-WRONG-FILE' }));
    await write('correctLedgerEntry', { commitment: wrong, reverses: 2, reason: '记错项目' });
    expect(
      (await write('recordFulfilment', payment(right, { paymentReference: 'HD-WRONG-FILE' }))).commitment?.version,
    ).toBe(2);
  });

  it('withdraws a promise that was recorded by mistake', async () => {
    const id = await aPromise();
    expect(
      (await write('correctLedgerEntry', { commitment: id, reverses: 1, reason: '重复登记' })).commitment,
    ).toMatchObject({ state: 'VOID', outstandingAmount: { amount: '0.00' } });
    expect((await write('recordFulfilment', payment(id))).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason: 'VOID' },
    });
  });
});

describe('what else happens to a promise', () => {
  it('is passed on, and then written by the successor alone', async () => {
    const id = await aPromise();
    expect(
      (
        await write('transferCommitment', {
          commitment: id,
          to: 'GXQGWH',
          effectiveOn: '2026-05-01',
          reason: '园区承接',
        })
      ).commitment,
    ).toMatchObject({ promisor: { code: 'GXQGWH' }, originalPromisor: { code: 'ZSZX' } });
    expect((await write('recordFulfilment', payment(id))).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await write('recordFulfilment', payment(id), officer('GXQGWH'))).commitment?.version).toBe(3);
  });

  it('is waived with written consent only', async () => {
    const id = await aPromise();
    const waiver = { commitment: id, amount: '300.00', effectiveOn: '2026-05-01' };
    expect(
      (
        await write('waiveCommitment', {
          ...waiver,
          consent: { documentNumber: '同意1号', signedOn: '2026-05-01', signedBy: '李强', digest: 'none' },
        })
      ).refusal,
    ).toMatchObject({ code: 'INVALID', path: ['consent'] });
    expect(
      (
        await write('waiveCommitment', {
          ...waiver,
          consent: { documentNumber: '同意1号', signedOn: '2026-05-01', signedBy: '李强', digest: DIGEST },
        })
      ).commitment,
    ).toMatchObject({ waivedAmount: { amount: '300.00' }, outstandingAmount: { amount: '700.00' } });
  });

  it('stays with the office when the official changes', async () => {
    const id = await aPromise();
    const { commitment } = await write('handOverCommitment', {
      commitment: id,
      to: { name: '赵敏', post: '科长' },
      effectiveOn: '2026-05-01',
      reason: '轮岗',
    });
    expect(commitment).toMatchObject({
      official: { name: '赵敏' },
      predecessors: [{ name: '王建国' }],
      outstandingAmount: { amount: '1000.00' },
    });
  });

  it('gets its document later, and its conditions assessed', async () => {
    const id = await aPromise({ document: null });
    expect(
      (
        await write('attachCommitmentDocument', {
          commitment: id,
          document: { number: '咸招协〔2026〕8号', date: '2026-03-01', digest: DIGEST },
          effectiveOn: '2026-03-02',
        })
      ).commitment,
    ).toMatchObject({ document: { number: '咸招协〔2026〕8号' } });
    expect(
      (
        await write('assessCommitmentCondition', {
          commitment: id,
          condition: 1,
          status: 'MET',
          evidence: '开工报告',
          effectiveOn: '2026-04-01',
        })
      ).commitment,
    ).toMatchObject({ conditions: [{ no: 1, status: 'MET' }] });
    expect(
      (
        await write('assessCommitmentCondition', {
          commitment: id,
          condition: 2,
          status: 'MET',
          evidence: '开工报告',
          effectiveOn: '2026-04-01',
        })
      ).refusal,
    ).toMatchObject({ code: 'INVALID' });
  });

  it('is told to those who listen, in the transaction of the entry', async () => {
    const id = await aPromise();
    const refused = await write('recordFulfilment', payment(id, { amount: '5000.00' }));
    expect(refused.refusal).not.toBeNull();
    await write('recordFulfilment', payment(id));
    const events = await credit.database.connection
      .collection<{ _id: string; event: { type: string; subject: string } }>('outbox')
      .find({ 'event.subject': id })
      .toArray();
    expect(events.map(({ event }) => event.type).sort()).toEqual([
      'cn.zhitong.commitment.fulfilled',
      'cn.zhitong.commitment.promised',
    ]);
  });

  it('answers each of several mutations of one operation with the state after it', async () => {
    const id = await aPromise();
    const one = (name: string) =>
      `${name}: recordFulfilment(input: { idempotencyKey: "${key()}", commitment: "${id}", amount: "1.00", effectiveOn: "2026-06-01", paymentReference: "${key()}", evidence: "回单" }) { commitment { version entries { seq } } }`;
    const { data } = await credit.ask<Record<string, { commitment: { version: number; entries: unknown[] } }>>(
      `mutation { ${one('a')} ${one('b')} }`,
      { actor: officer('ZSZX') },
    );
    expect([
      data?.['a']?.commitment.version,
      data?.['a']?.commitment.entries.length,
      data?.['b']?.commitment.version,
      data?.['b']?.commitment.entries.length,
    ]).toEqual([2, 2, 3, 3]);
  });
});

describe('a department that is succeeded', () => {
  const SUCCEED =
    'mutation ($input: SucceedDepartmentInput!) { succeedDepartment(input: $input) { transferredCount refusal { code message path } } }';
  const succeed = async (input: Record<string, unknown>, actor = keeper) =>
    credit.ask<{ succeedDepartment: { transferredCount: number | null; refusal: { code: string } | null } | null }>(
      SUCCEED,
      {
        variables: { input: { idempotencyKey: key(), effectiveOn: '2026-11-01', reason: '机构改革方案', ...input } },
        actor,
      },
    );

  it('passes on every outstanding promise once, and nothing that is settled', async () => {
    const before = await Promise.all([1, 2, 3].map(async () => aPromise({ promisor: 'ZSZX' })));
    const settled = await aPromise();
    await write('recordFulfilment', payment(settled, { amount: '1000.00' }));
    const input = { idempotencyKey: key(), from: 'ZSZX', to: 'SWUJ' };
    const [first, second] = await Promise.all([succeed(input), succeed(input)]);
    const count = await credit.database.connection
      .collection('ledger_entries')
      .countDocuments({ 'body.kind': 'TRANSFERRED', 'body.to': 'SWUJ' });
    expect(count).toBeGreaterThanOrEqual(before.length);
    expect((await succeed(input)).data?.succeedDepartment).toEqual({ transferredCount: count, refusal: null });
    expect(first.errors ?? second.errors).toBeUndefined();
    // The successor pushes nothing back to a department that is no more, neither anew nor by a reversal.
    const [commitment = ''] = before;
    const back = { commitment, reverses: 2, reason: '误移交' };
    const anew = { commitment, to: 'ZSZX', effectiveOn: '2026-11-02', reason: '退回' };
    for (const [mutation, given] of [
      ['correctLedgerEntry', back],
      ['transferCommitment', anew],
    ] as const)
      expect((await write(mutation, given, officer('SWUJ'))).errors?.[0]?.extensions).toMatchObject({
        code: 'FORBIDDEN',
      });
    const { data } = await credit.ask<{ commitments: { totalCount: number } }>(
      '{ commitments(filter: { promisor: "ZSZX", state: [OUTSTANDING] }) { totalCount } }',
      { actor: auditor },
    );
    expect(data?.commitments.totalCount).toBe(0);
    expect((await write('correctLedgerEntry', back, keeper)).commitment?.promisor.code).toBe('ZSZX');
    expect(
      (
        await credit.ask<{ commitment: Shown }>('query ($id: ID!) { commitment(id: $id) { promisor { code } } }', {
          variables: { id: settled },
          actor: auditor,
        })
      ).data?.commitment.promisor.code,
    ).toBe('ZSZX');
  });

  it("is recorded by the ledger's office only, and not twice with one key", async () => {
    expect((await succeed({ from: 'TYJRJ', to: 'MZJ' }, officer('ZSZX'))).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
    const input = { idempotencyKey: key(), from: 'TYJRJ', to: 'MZJ' };
    expect((await succeed(input)).data?.succeedDepartment).toEqual({ transferredCount: 0, refusal: null });
    expect((await succeed({ ...input, to: 'RSJ' })).data?.succeedDepartment?.refusal).toMatchObject({
      code: 'DUPLICATE',
    });
    expect((await succeed({ from: 'MZJ', to: 'MZJ' })).data?.succeedDepartment?.refusal).toMatchObject({
      code: 'INVALID',
    });
  });
});
