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
import { registerWrites } from '../support/register-writes.js';

const USCC = '91421200MA4F5E6G3P';
const OTHER = '91110000600037341L';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
beforeEach(() => credit.clock.set(`${TODAY}T02:00:00.000Z`));
const { key, write } = registerWrites(() => credit);

const SHOWN = `arrear { id version debtor { code } isCleared principal { amount } paidAmount { amount } outstandingAmount { amount }
  disputedAmount { amount } totalOutstandingAmount { amount } undisputedTotalAmount { amount } daysOverdue
  lateInterest { amount { amount } paidAmount { amount } outstandingAmount { amount } days }
  term { start dueOn } plan { no agreedOn isBehind dueByNow { amount } paidAmount { amount } nextDueOn }
  plans { no state steps { kind side on department { code } account } } corrections { kind document { number } }
  payments { no toCosts { amount } toInterest { amount } toPrincipal { amount } } transfers { from { code } to { code } effectiveOn } }`;
interface Shown {
  readonly id: string;
  readonly [field: string]: unknown;
}
const zjj = officer('ZJJ');
const own = enterprise(USCC);
const document = { number: '咸住建〔2026〕7号', date: '2026-11-18' };
const yuan = (amount: string) => ({ amount });

async function done(mutation: string, input: Record<string, unknown>, actor = zjj): Promise<Shown> {
  const { arrear, refusal, errors } = await write(mutation, SHOWN, input, { actor });
  if (refusal !== null || errors !== undefined) throw new Error(JSON.stringify(refusal ?? errors));
  return arrear as Shown;
}
const refused = async (mutation: string, input: Record<string, unknown>, actor = zjj) => {
  const { refusal, errors } = await write(mutation, SHOWN, input, { actor });
  return refusal ?? { code: errors?.[0]?.extensions?.['code'] };
};
/** 100,000 yuan, due on 2026-08-31, with 4,050 of interest on 2026-11-20. */
const aDebt = async (changes: Record<string, unknown> = {}): Promise<Shown> =>
  done(
    'recordArrear',
    {
      debtor: 'ZJJ',
      uscc: USCC,
      subject: '道路维修款',
      contractNumber: `HT-${key()}`,
      contractSignedOn: '2026-03-02',
      deliveredOn: '2026-08-01',
      principal: '100000.00',
      ...changes,
    },
    keeper,
  );
const pay = async (arrear: string, amount: string, paidOn = TODAY) =>
  done('recordArrearPayment', { arrear, amount, paidOn, reference: key() });
const read = async (id: string, asked = '', actor = auditor) =>
  (await credit.ask<{ arrear: Shown | null }>(`{ arrear(id: "${id}"${asked}) { ${SHOWN.slice(9, -2)} } }`, { actor }))
    .data?.arrear;

describe('a debt', () => {
  it('is finished when interest and costs are paid, too, each payment counted as the law orders', async () => {
    const { id, ...debt } = await aDebt();
    expect(debt).toMatchObject({
      totalOutstandingAmount: yuan('104050.00'),
      lateInterest: { amount: yuan('4050.00'), outstandingAmount: yuan('4050.00') },
    });
    const cost = { arrear: id, amount: '500.00', incurredOn: '2026-11-01', subject: '诉讼费', document };
    await done('recordArrearCost', cost);
    expect(
      await refused('recordArrearCost', { ...cost, document: { ...document, number: ' 咸住建〔2026〕7号' } }),
    ).toMatchObject({
      code: 'DUPLICATE',
    });
    expect(await pay(id, '100000.00')).toMatchObject({
      isCleared: false,
      outstandingAmount: yuan('4550.00'),
      payments: [{ toCosts: yuan('500.00'), toInterest: yuan('4050.00'), toPrincipal: yuan('95450.00') }],
    });
    expect(
      await refused('recordArrearPayment', { arrear: id, amount: '4550.01', paidOn: TODAY, reference: key() }),
    ).toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'OVERPAYMENT', tooMuch: '0.01', zh: '比尚欠的本金、利息与费用多 0.01 元' },
    });
    expect(await pay(id, '4550.00')).toMatchObject({ isCleared: true, totalOutstandingAmount: yuan('0.00') });
    // Nothing runs up on nothing.
    credit.clock.set('2027-02-01T02:00:00.000Z');
    expect(await read(id)).toMatchObject({ isCleared: true, totalOutstandingAmount: yuan('0.00') });
    expect(await read(id, ', asOf: "2026-11-19"')).toMatchObject({
      isCleared: false,
      payments: [],
      lateInterest: { amount: yuan('4000.00') },
    });
  });

  it('is accepted later: its term begins then, and its interest is reckoned anew', async () => {
    const { id, ...waiting } = await aDebt({ needsAcceptance: true, deliveredOn: '2026-06-01' });
    expect(waiting).toMatchObject({ term: null, lateInterest: null });
    credit.clock.set('2026-11-21T02:00:00.000Z');
    const accept = { arrear: id, acceptedOn: '2026-08-01', document };
    expect(await refused('recordArrearAcceptance', { ...accept, acceptedOn: '2026-05-31' })).toMatchObject({
      code: 'INVALID',
      path: ['acceptedOn'],
    });
    expect(await refused('recordArrearAcceptance', accept, officer('RSJ'))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await done('recordArrearAcceptance', accept)).toMatchObject({
      term: { start: 'ACCEPTANCE', dueOn: '2026-08-31' },
      lateInterest: { amount: yuan('4100.00') },
      corrections: [{ kind: 'ACCEPTANCE', document: { number: document.number } }],
    });
    expect(await refused('recordArrearAcceptance', accept)).toMatchObject({ code: 'ILLEGAL_STATE' });
    expect(await read(id, `, knownOn: "${TODAY}"`)).toMatchObject({ term: null, lateInterest: null });
    expect(await read(id, ', knownOn: "2026-11-19"')).toBeNull();
  });

  it('has its undisputed part due by itself, and the rest once the dispute is settled', async () => {
    const { id, ...debt } = await aDebt({ disputed: '20000.00' });
    expect(debt).toMatchObject({
      lateInterest: { amount: yuan('3240.00') },
      disputedAmount: yuan('20000.00'),
      undisputedTotalAmount: yuan('83240.00'),
    });
    const settle = { arrear: id, settledOn: TODAY, owed: '15000.00', struckOff: '5000.00', reason: '对账', document };
    expect(await refused('settleArrearDispute', { ...settle, owed: '15000.01' })).toMatchObject({ path: ['owed'] });
    expect(await done('settleArrearDispute', settle)).toMatchObject({
      principal: yuan('95000.00'),
      disputedAmount: yuan('0.00'),
      lateInterest: { amount: yuan('3847.50') },
    });
    expect(await read(id, ', asOf: "2026-11-19"')).toMatchObject({ lateInterest: { amount: yuan('3200.00') } });
    expect(
      await refused('correctArrear', { arrear: id, principal: '90000.00', reason: '更正', document }),
    ).toMatchObject({ code: 'INVALID', path: ['principal'] });
  });

  it('passes on to another department with all that is owed, alone and by a succession', async () => {
    const figures = async (to: string) => {
      const { data } = await credit.ask<{ arrearsReport: { departments: { department: { code: string } }[] } }>(
        `{ arrearsReport(from: "2026-01-01", to: "${to}") { departments { department { code } count outstandingAmount { amount } } } }`,
        { actor: coordinator },
      );
      return data?.arrearsReport.departments.filter(({ department }) =>
        ['NYNCJ', 'STJ', 'SLHPJ'].includes(department.code),
      );
    };
    const { id } = await aDebt({ debtor: 'NYNCJ' });
    await done(
      'recordArrearPayment',
      { arrear: id, amount: '30000.00', paidOn: '2026-08-20', reference: key() },
      keeper,
    );
    const transfer = { arrear: id, to: 'SLHPJ', effectiveOn: '2026-10-01', reason: '职能划转' };
    expect(await refused('transferArrear', { ...transfer, to: 'QQQQQ' }, keeper)).toMatchObject({
      code: 'INVALID',
      path: ['to'],
    });
    expect(await refused('transferArrear', { ...transfer, to: 'NYNCJ' }, keeper)).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    expect(await refused('transferArrear', { ...transfer, effectiveOn: '2026-11-21' }, keeper)).toMatchObject({
      code: 'INVALID',
    });
    expect(await done('transferArrear', transfer, keeper)).toMatchObject({
      debtor: { code: 'SLHPJ' },
      transfers: [{ from: { code: 'NYNCJ' }, to: { code: 'SLHPJ' }, effectiveOn: '2026-10-01' }],
    });
    const whole = { count: 1, outstandingAmount: yuan('70000.00') };
    // A payment of before it that is told later leaves nobody with less than nothing.
    await done(
      'recordArrearPayment',
      { arrear: id, amount: '70000.00', paidOn: '2026-08-25', reference: key() },
      keeper,
    );
    expect(await figures('2026-08-22')).toEqual([{ department: { code: 'NYNCJ' }, ...whole }]);
    expect(await figures('2026-10-01')).toEqual([
      { department: { code: 'SLHPJ' }, count: 1, outstandingAmount: yuan('0.00') },
    ]);
    expect(await read(id, ', asOf: "2026-09-30"')).toMatchObject({ debtor: { code: 'NYNCJ' }, transfers: [] });

    const { id: second } = await aDebt({ debtor: 'NYNCJ' });
    const succession = {
      from: 'NYNCJ',
      to: 'SLHPJ',
      effectiveOn: '2026-11-01',
      reason: '机构改革',
      idempotencyKey: key(),
    };
    const succeed = async () => write('succeedDepartment', 'transferredCount transferredArrearCount', succession);
    expect(await succeed()).toMatchObject({ refusal: null, transferredCount: 0, transferredArrearCount: 1 });
    expect(await succeed()).toMatchObject({ refusal: null, transferredCount: 0, transferredArrearCount: 1 });
    expect(await read(second)).toMatchObject({ debtor: { code: 'SLHPJ' }, transfers: [{ effectiveOn: '2026-11-01' }] });
    // The successor pushes nothing back to a department that is no more, neither by a reversal nor anew.
    const back = { arrear: second, transfer: 1, reason: '误移交', document };
    const successor = officer('SLHPJ');
    expect(await refused('reverseArrearTransfer', back, successor)).toMatchObject({ code: 'FORBIDDEN' });
    expect(
      await refused(
        'transferArrear',
        { arrear: second, to: 'NYNCJ', effectiveOn: '2026-11-02', reason: '退回' },
        successor,
      ),
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect(await done('reverseArrearTransfer', back, keeper)).toMatchObject({ debtor: { code: 'NYNCJ' } });
  });
});

describe('a repayment plan', () => {
  const over = (...instalments: [string, string][]) => instalments.map(([dueOn, amount]) => ({ dueOn, amount }));
  const whole = over(['2026-12-31', '54050.00'], ['2027-03-31', '50000.00']);
  const propose = (arrear: string, changes: Record<string, unknown> = {}) => ({
    arrear,
    instalments: whole,
    ...changes,
  });

  it('is in force when both sides have agreed, in versions, and is measured', async () => {
    const { id } = await aDebt();
    const proposed = await done('proposeRepaymentPlan', propose(id));
    expect(proposed).toMatchObject({ plan: null, plans: [{ no: 1, state: 'PROPOSED' }] });
    expect(await refused('answerRepaymentPlan', { arrear: id, plan: 1, answer: 'ACCEPT' })).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason: 'OTHER_SIDE' },
    });
    expect(await refused('proposeRepaymentPlan', propose(id))).toMatchObject({ details: { reason: 'PROPOSAL_OPEN' } });
    expect(
      await refused('answerRepaymentPlan', { arrear: id, plan: 1, answer: 'ACCEPT' }, enterprise(OTHER)),
    ).toMatchObject({ code: 'FORBIDDEN' });
    credit.clock.set('2026-11-25T02:00:00.000Z');
    const accepted = await done('answerRepaymentPlan', { arrear: id, plan: 1, answer: 'ACCEPT' }, own);
    expect(accepted).toMatchObject({
      plan: { no: 1, agreedOn: '2026-11-25', isBehind: false, nextDueOn: '2026-12-31' },
    });
    // The enterprise learns which department, not which official.
    expect(accepted['plans']).toMatchObject([
      {
        state: 'IN_FORCE',
        steps: [
          { kind: 'PROPOSED', side: 'DEBTOR', on: TODAY, department: { code: 'ZJJ' }, account: null },
          { kind: 'ACCEPTED', side: 'CREDITOR', on: '2026-11-25', department: null },
        ],
      },
    ]);
    credit.clock.set('2027-01-04T02:00:00.000Z');
    expect(await read(id)).toMatchObject({ plan: { isBehind: true, dueByNow: yuan('54050.00') } });
    expect(await read(id, ', asOf: "2026-12-31"')).toMatchObject({ plan: { isBehind: false } });
    expect(await read(id, `, knownOn: "2026-11-24"`)).toMatchObject({ plan: null, plans: [{ state: 'PROPOSED' }] });
    const { undisputedTotalAmount: owed } = (await read(id)) as { undisputedTotalAmount: { amount: string } } & Shown;
    await done('proposeRepaymentPlan', propose(id, { instalments: over(['2027-06-30', owed.amount]) }), own);
    expect(await done('answerRepaymentPlan', { arrear: id, plan: 2, answer: 'ACCEPT' })).toMatchObject({
      plan: { no: 2, isBehind: false },
      plans: [{ state: 'SUPERSEDED' }, { state: 'IN_FORCE' }],
    });
  });

  it('is declined with a reason, withdrawn by its proposer, and not made over another amount or day', async () => {
    const { id } = await aDebt();
    for (const [instalments, path] of [
      [over(['2026-12-31', '100000.00']), ['instalments']],
      [over(['2099-12-31', '104050.00']), ['instalments', '0']],
      [over(['2026-11-19', '104050.00']), ['instalments', '0']],
    ])
      expect(await refused('proposeRepaymentPlan', propose(id, { instalments }))).toMatchObject({
        code: 'INVALID',
        path,
      });
    await done('proposeRepaymentPlan', propose(id), own);
    expect(await refused('answerRepaymentPlan', { arrear: id, plan: 1, answer: 'DECLINE' })).toMatchObject({
      path: ['reason'],
    });
    expect(await done('answerRepaymentPlan', { arrear: id, plan: 1, answer: 'DECLINE', reason: '过长' })).toMatchObject(
      {
        plan: null,
        plans: [{ state: 'DECLINED' }],
      },
    );
    await done('proposeRepaymentPlan', propose(id), own);
    expect(
      await done('answerRepaymentPlan', { arrear: id, plan: 2, answer: 'DECLINE', reason: '改' }, own),
    ).toMatchObject({ plans: [{ state: 'DECLINED' }, { state: 'WITHDRAWN' }] });
  });

  it('is not agreed to when another amount was owed by what was recorded since', async () => {
    const { id } = await aDebt();
    await done('proposeRepaymentPlan', propose(id));
    await pay(id, '10000.00', '2026-08-25');
    expect(await refused('answerRepaymentPlan', { arrear: id, plan: 1, answer: 'ACCEPT' }, own)).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason: 'OWED_CHANGED' },
    });
  });
});
