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
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { promiseWrites } from '../support/promise-writes.js';
import { registerWrites } from '../support/register-writes.js';

const USCC = '91421200MA4F5E6G3P';
const zjj = officer('ZJJ');
const document = { number: '咸住建〔2026〕9号', date: '2026-11-18' };
const why = { reason: '误录', document };
const yuan = (amount: string) => ({ amount });
const yuanOf = (amount: string) => ({ amount: yuan(amount) });

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
beforeEach(() => credit.clock.set(`${TODAY}T02:00:00.000Z`));
const { key, write } = registerWrites(() => credit);
const promises = promiseWrites(() => credit);

const SHOWN = `arrear { id isCleared principal { amount } outstandingAmount { amount } disputedAmount { amount }
  costsOutstandingAmount { amount } totalOutstandingAmount { amount } overpaidAmount { amount }
  lateInterest { amount { amount } } costs { no } settledDisputes { no }
  all: costs(includeReversed: true) { no reversal { reason document { number } recorded { official } } }
  settled: settledDisputes(includeReversed: true) { no reversal { reason } } }`;
interface Shown {
  readonly id: string;
  readonly [field: string]: unknown;
}
const done = async (mutation: string, input: Record<string, unknown>, actor = zjj): Promise<Shown> => {
  const { arrear, refusal, errors } = await write(mutation, SHOWN, input, { actor });
  if (refusal !== null || errors !== undefined) throw new Error(JSON.stringify(refusal ?? errors));
  return arrear as Shown;
};
const refused = async (mutation: string, input: Record<string, unknown>, actor = zjj) => {
  const { refusal, errors } = await write(mutation, SHOWN, input, { actor });
  return refusal ?? { code: errors?.[0]?.extensions?.['code'] };
};
/** 100,000 yuan, due on 2026-08-31; 81 days late on 2026-11-20. */
const aDebt = async (changes: Record<string, unknown> = {}): Promise<Shown> =>
  done('recordArrear', {
    ...{ debtor: 'ZJJ', uscc: USCC, subject: '道路维修款', contractNumber: `HT-${key()}`, principal: '100000.00' },
    ...{ contractSignedOn: '2026-03-02', deliveredOn: '2026-08-01' },
    ...changes,
  });
const read = async (arrear: string, asked: string, actor = auditor) =>
  (
    await credit.ask<{ arrear: Shown | null }>(`{ arrear(id: "${arrear}"${asked}) { ${SHOWN.slice(9, -2)} } }`, {
      actor,
    })
  ).data?.arrear;

it('a cost that was recorded wrongly is reversed: it was never owed, and its document can be used for the right one', async () => {
  const { id: arrear } = await aDebt();
  const cost = { arrear, amount: '5000.00', incurredOn: '2026-11-01', subject: '诉讼费', document };
  await done('recordArrearCost', cost);
  credit.clock.set('2026-11-21T02:00:00.000Z');
  const reverse = { arrear, cost: 1, ...why };
  expect(await refused('reverseArrearCost', { ...reverse, cost: 2 })).toMatchObject({
    code: 'INVALID',
    path: ['cost'],
    details: { reason: 'UNKNOWN_COST', zh: '该债务没有第 2 笔费用' },
  });
  expect(await refused('reverseArrearCost', { ...reverse, reason: '\u200b' })).toMatchObject({ path: ['reason'] });
  expect(await refused('reverseArrearCost', reverse, officer('RSJ'))).toMatchObject({ code: 'FORBIDDEN' });
  const reversed = await done('reverseArrearCost', reverse);
  expect(reversed).toMatchObject({
    costsOutstandingAmount: yuan('0.00'),
    costs: [],
    all: [{ no: 1, reversal: { reason: '误录', document: { number: document.number } } }],
  });
  expect(await refused('reverseArrearCost', reverse)).toMatchObject({ code: 'ILLEGAL_STATE' });
  expect(await read(arrear, `, knownOn: "${TODAY}"`)).toMatchObject({
    costsOutstandingAmount: yuan('5000.00'),
    costs: [{ no: 1 }],
    all: [{ reversal: null }],
  });
  // The enterprise sees that it was reversed, not by which official.
  expect(await read(arrear, '', enterprise(USCC))).toMatchObject({
    all: [{ reversal: { recorded: { official: null } } }],
  });
  expect(await done('recordArrearCost', { ...cost, amount: '500.00' })).toMatchObject({
    costsOutstandingAmount: yuan('500.00'),
  });
  await done('recordArrearPayment', { arrear, amount: '104600.00', paidOn: '2026-11-21', reference: key() });
  expect(await refused('reverseArrearCost', { arrear, cost: 2, ...why })).toMatchObject({
    details: { reason: 'PAID_MORE', tooMuch: '500.00' },
  });
});

it('a settlement that was recorded wrongly is reversed, the latest first: the debt says what it said before', async () => {
  const { id: arrear, ...before } = await aDebt({ disputed: '20000.00' });
  const settle = { arrear, settledOn: TODAY, ...why };
  await done('settleArrearDispute', { ...settle, owed: '5000.00' });
  expect(await done('settleArrearDispute', { ...settle, struckOff: '15000.00' })).toMatchObject({
    principal: yuan('85000.00'),
    disputedAmount: yuan('0.00'),
    // 85,000 for 81 days at 0.05 % a day.
    lateInterest: yuanOf('3442.50'),
  });
  credit.clock.set('2026-11-21T02:00:00.000Z');
  const reverse = (settlement: number) => ({ arrear, settlement, ...why });
  expect(await refused('reverseArrearSettlement', reverse(1))).toMatchObject({
    details: { reason: 'LATER_SETTLEMENT' },
  });
  expect(await refused('reverseArrearSettlement', reverse(2), officer('RSJ'))).toMatchObject({ code: 'FORBIDDEN' });
  await done('reverseArrearSettlement', reverse(2));
  expect(await refused('reverseArrearSettlement', reverse(2))).toMatchObject({ code: 'ILLEGAL_STATE' });
  await done('reverseArrearSettlement', reverse(1));
  expect(await read(arrear, `, asOf: "${TODAY}"`)).toMatchObject({
    ...before,
    settledDisputes: [],
    settled: [
      { no: 1, reversal: { reason: '误录' } },
      { no: 2, reversal: { reason: '误录' } },
    ],
  });
  expect(await read(arrear, `, asOf: "${TODAY}", knownOn: "${TODAY}"`)).toMatchObject({
    principal: yuan('85000.00'),
    lateInterest: yuanOf('3442.50'),
    settledDisputes: [{ no: 1 }, { no: 2 }],
  });
  // What it is settled to then, the figures of all have, too.
  expect(await done('settleArrearDispute', { ...settle, settledOn: '2026-11-21', owed: '20000.00' })).toMatchObject({
    principal: yuan('100000.00'),
    lateInterest: yuanOf('4100.00'),
  });
  const { data } = await credit.ask<{ arrearsReport: { departments: object[] } }>(
    '{ arrearsReport(from: "2026-01-01", to: "2026-11-21") { departments { disputedAmount { amount } } } }',
    { actor: coordinator },
  );
  expect(data?.arrearsReport.departments).toEqual([{ disputedAmount: yuan('0.00') }]);
});

it('a transfer that was recorded wrongly is reversed: the department before owes it on every day', async () => {
  const { id: arrear } = await aDebt();
  const transfer = { arrear, to: 'SLHPJ', effectiveOn: '2026-10-01', reason: '职能划转' };
  await done('transferArrear', transfer);
  credit.clock.set('2026-11-21T02:00:00.000Z');
  const reverse = { arrear, transfer: 1, ...why };
  // It is the successor's by now, and the office's that keeps the ledger.
  expect(await refused('reverseArrearTransfer', reverse)).toMatchObject({ code: 'FORBIDDEN' });
  await done('reverseArrearTransfer', reverse, keeper);
  expect(await refused('reverseArrearTransfer', reverse, keeper)).toMatchObject({ code: 'ILLEGAL_STATE' });
  const debtor = async (asked: string) =>
    (
      await credit.ask<{ arrear: object }>(
        `{ arrear(id: "${arrear}"${asked}) { debtor { code } transfers { no } all: transfers(includeReversed: true) { reversal { reason } } } }`,
        { actor: auditor },
      )
    ).data?.arrear;
  const [ZJJ, SLHPJ] = [{ code: 'ZJJ' }, { code: 'SLHPJ' }];
  expect(await debtor('')).toEqual({ debtor: ZJJ, transfers: [], all: [{ reversal: { reason: '误录' } }] });
  expect(await debtor(', asOf: "2026-10-05"')).toMatchObject({ debtor: ZJJ });
  const report = await credit.ask<{ arrearsReport: object }>(
    '{ arrearsReport(from: "2026-01-01", to: "2026-11-21") { departments { department { code } } } }',
    { actor: auditor },
  );
  expect(report.data?.arrearsReport).toEqual({ departments: [{ department: ZJJ }] });
  expect(await debtor(`, knownOn: "${TODAY}"`)).toMatchObject({ debtor: SLHPJ, transfers: [{ no: 1 }] });
  // An earlier day than that of the wrong one is free for the right one.
  expect(await done('transferArrear', { ...transfer, effectiveOn: '2026-09-01' })).toMatchObject({ id: arrear });
  expect(await debtor(', asOf: "2026-09-01"')).toMatchObject({ debtor: SLHPJ, transfers: [{ no: 2 }] });
  expect((await verifyLedger({ stores: credit.department.stores })).findings).toEqual([]);
});

it('a payment of before a settlement that is told after it leaves nobody with less than nothing', async () => {
  const { id: arrear } = await aDebt({ disputed: '20000.00' });
  await done('settleArrearDispute', { arrear, settledOn: TODAY, struckOff: '20000.00', ...why });
  const payment = { arrear, amount: '100000.00', paidOn: '2026-08-20', reference: key() };
  expect(await refused('recordArrearPayment', payment)).toMatchObject({
    code: 'CONFLICT',
    details: { reason: 'OVERPAYMENT', tooMuch: '20000.00' },
  });
  expect(await done('recordArrearPayment', { ...payment, amount: '80000.00' })).toMatchObject({
    isCleared: true,
    outstandingAmount: yuan('0.00'),
    disputedAmount: yuan('0.00'),
    totalOutstandingAmount: yuan('0.00'),
  });
});

it('a judgment that should never have been recorded is withdrawn, counts nowhere, and can be recorded anew', async () => {
  const GRADE = 'creditStanding { grade hasUnfulfilledJudgment judgments { caseNumber amount { amount } } }';
  const judgment = {
    ...{ uscc: USCC, caseNumber: '(2026)鄂12民终7号', court: '咸宁市中级人民法院' },
    ...{ amount: '50000.00', effectiveOn: '2026-06-01' },
  };
  const ask = async (mutation: string, input: Record<string, unknown>, actor = keeper) =>
    write(mutation, GRADE, input, { actor });
  expect(await ask('recordJudgment', judgment)).toMatchObject({ creditStanding: { grade: 'D' } });
  const pledge = {
    ...{ uscc: USCC, department: 'ZJJ', matter: '环评告知承诺', textVersion: '1', digest: 'b'.repeat(64) },
    ...{ signature: 'SM2:abc', signedOn: TODAY },
  };
  const sign = async () => write('signPledge', 'pledge { id }', pledge, { actor: enterprise(USCC) });
  expect((await sign()).refusal).toMatchObject({ code: 'NOT_ELIGIBLE' });
  const withdrawal = { uscc: USCC, caseNumber: '（2026） 鄂12民终7号', ...why };
  expect((await ask('withdrawJudgment', withdrawal, zjj)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  for (const [change, path] of [
    [{ caseNumber: '(2026)鄂12民终8号' }, ['caseNumber']],
    [{ uscc: '91110000600037341L' }, ['caseNumber']],
    [{ reason: ' ' }, ['reason']],
  ] as const)
    expect((await ask('withdrawJudgment', { ...withdrawal, ...change })).refusal).toMatchObject({
      code: 'INVALID',
      path,
    });
  const cleared = { creditStanding: { grade: 'A', hasUnfulfilledJudgment: false, judgments: [] } };
  expect(await ask('withdrawJudgment', withdrawal)).toMatchObject(cleared);
  expect((await ask('withdrawJudgment', withdrawal)).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
  expect((await sign()).refusal).toBeNull();
  expect(await ask('recordJudgment', { ...judgment, amount: '5000.00' })).toMatchObject({
    creditStanding: { grade: 'D', judgments: [{ caseNumber: judgment.caseNumber, amount: yuan('5000.00') }] },
  });
  expect((await verifyLedger({ stores: credit.department.stores })).findings).toEqual([]);
});

it('a handover that was recorded wrongly is reversed: in the audit, too, the official before is responsible', async () => {
  const id = await promises.aPromise();
  const to = { name: '赵敏', post: '科长' };
  await promises.write('handOverCommitment', { commitment: id, to, effectiveOn: '2026-05-01', reason: '轮岗' });
  const groups = async () =>
    (
      await credit.ask<{ commitmentAudit: { groups: object[] } }>(
        `{ commitmentAudit(asOf: "${TODAY}", groupBy: OFFICIAL) { groups { official { name } count } } }`,
        { actor: auditor },
      )
    ).data?.commitmentAudit.groups;
  expect(await groups()).toEqual([{ official: { name: '赵敏' }, count: 1 }]);
  const { commitment } = await promises.write('correctLedgerEntry', { commitment: id, reverses: 2, reason: '录错' });
  expect(commitment).toMatchObject({ official: { name: '王建国' }, predecessors: [] });
  expect(await groups()).toEqual([{ official: { name: '王建国' }, count: 1 }]);
  expect((await verifyLedger({ stores: credit.department.stores })).findings).toEqual([]);
});

it('the graph says what may be done with a debt, by whoever asks and by how it stands', async () => {
  const { id: arrear } = await aDebt({ disputed: '20000.00' });
  const moves = async (actor = zjj, asked = '') =>
    (
      await credit.ask<{ arrear: { legalMoves: string[] } | null }>(
        `{ arrear(id: "${arrear}"${asked}) { legalMoves } }`,
        { actor },
      )
    ).data?.arrear?.legalMoves;
  const first = ['RECORD_PAYMENT', 'RECORD_COST', 'SETTLE_DISPUTE', 'TRANSFER', 'PROPOSE_PLAN', 'CORRECT', 'WITHDRAW'];
  expect([await moves(), await moves(keeper)]).toEqual([first, first]);
  expect(await Promise.all([officer('RSJ'), auditor, coordinator].map(async (actor) => moves(actor)))).toEqual([
    [],
    [],
    [],
  ]);
  expect(await moves(enterprise(USCC))).toEqual(['PROPOSE_PLAN']);
  expect(await moves(zjj, ', asOf: "2026-11-19"')).toEqual([]);

  await done('recordArrearPayment', { arrear, amount: '1000.00', paidOn: TODAY, reference: key() });
  await done('recordArrearCost', { arrear, amount: '500.00', incurredOn: TODAY, subject: '诉讼费', document });
  await done('settleArrearDispute', { arrear, settledOn: TODAY, owed: '20000.00', ...why });
  await done('transferArrear', { arrear, to: 'JTJ', effectiveOn: TODAY, reason: '机构改革' });
  expect([await moves(), await moves(officer('JTJ'))]).toEqual([
    [],
    [
      ...['RECORD_PAYMENT', 'REVERSE_PAYMENT', 'RECORD_COST', 'REVERSE_COST', 'REVERSE_SETTLEMENT', 'TRANSFER'],
      ...['REVERSE_TRANSFER', 'PROPOSE_PLAN', 'CORRECT'],
    ],
  ]);
  // What a move says is done away with, the move itself refuses; what it says stands, it reverses.
  await done('reverseArrearTransfer', { arrear, transfer: 1, ...why }, officer('JTJ'));
  await done('reverseArrearSettlement', { arrear, settlement: 1, ...why });
  await done('reverseArrearCost', { arrear, cost: 1, ...why });
  expect(await refused('withdrawArrear', { arrear, ...why })).toMatchObject({ code: 'ILLEGAL_STATE' });
  await done('reverseArrearPayment', { arrear, payment: 1, ...why });
  expect(await moves()).toEqual(first);
  const { data } = await credit.ask<{ arrear: { undisputedTotalAmount: { amount: string } } }>(
    `{ arrear(id: "${arrear}") { undisputedTotalAmount { amount } } }`,
    { actor: zjj },
  );
  const instalments = [{ dueOn: '2026-12-20', amount: data?.arrear.undisputedTotalAmount.amount }];
  await done('proposeRepaymentPlan', { arrear, instalments }, enterprise(USCC));
  expect(await moves(enterprise(USCC))).toEqual(['DECLINE_PLAN']);
  expect(await moves()).toEqual([
    ...['RECORD_PAYMENT', 'RECORD_COST', 'SETTLE_DISPUTE', 'TRANSFER', 'ACCEPT_PLAN', 'DECLINE_PLAN', 'CORRECT'],
    'WITHDRAW',
  ]);
  await done('withdrawArrear', { arrear, ...why });
  expect([await moves(), await moves(enterprise(USCC))]).toEqual([[], []]);
});
