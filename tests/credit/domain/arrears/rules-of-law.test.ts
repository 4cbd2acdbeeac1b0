import { accountOf, stepOn } from '../../../../subgraphs/credit/src/domain/arrears/account.js';
import { asKnownOn, type RecordedArrear } from '../../../../subgraphs/credit/src/domain/arrears/arrear-knowledge.js';
import { arrearPosition, checkArrear, type Arrear } from '../../../../subgraphs/credit/src/domain/arrears/arrears.js';
import { debtorOn } from '../../../../subgraphs/credit/src/domain/arrears/arrear-transfer.js';
import { disclosedOf, disclosureOf } from '../../../../subgraphs/credit/src/domain/arrears/disclosure.js';
import { oneYearLpr } from '../../../../subgraphs/credit/src/domain/figures/loan-prime-rate.js';
import { answerStep, planFault, planState } from '../../../../subgraphs/credit/src/domain/arrears/repayment-plan.js';
import { debt, DOCUMENT, on } from '../../support/debts.js';
import { LAW } from '../../support/law.js';

// Each line is the worked example of the article that it names.
describe('the term of payment', () => {
  it.each<[string, Partial<Arrear['contract']>, Partial<Arrear['delivery']>, object]>([
    [
      'order 802, art. 9(1): a public body, 90 days agreed, at most 60',
      { agreedTermDays: 90 },
      { deliveredOn: '2026-07-06' },
      { days: 60, dueOn: '2026-09-04', wasShortened: true },
    ],
    [
      'Civil Code, art. 203: 09-01 + 30 days is 10-01, in the holidays, so 10-08',
      {},
      { deliveredOn: '2026-09-01' },
      { countedTo: '2026-10-01', dueOn: '2026-10-08', isProvisional: false },
    ],
    [
      'Civil Code, art. 203: 08-21 + 30 days is a Sunday that is worked, and stays',
      {},
      { deliveredOn: '2026-08-21' },
      { countedTo: '2026-09-20', dueOn: '2026-09-20' },
    ],
    [
      'a day beyond the published calendar moves by weekends alone, and is provisional',
      { agreedTermDays: 60 },
      { deliveredOn: '2036-11-14', acceptance: null },
      { countedTo: '2037-01-13', isProvisional: true },
    ],
    [
      'order 802, art. 10: delivered 03-02, inspection until 03-17, never accepted: 04-16',
      {},
      { acceptance: { agreedBy: '2026-03-17', acceptedOn: null } },
      { start: 'ACCEPTANCE_DEADLINE', dueOn: '2026-04-16' },
    ],
    [
      'order 802, art. 9(2): a large enterprise has 60 days where nothing is agreed',
      { debtorIsLargeEnterprise: true },
      { deliveredOn: '2026-07-06' },
      { days: 60, dueOn: '2026-09-04', isThirdPartyClauseVoid: false },
    ],
    [
      'order 802, art. 9(2): a large enterprise has what is usual in the trade, without a fixed most',
      { debtorIsLargeEnterprise: true, agreedTermDays: 90 },
      {},
      { days: 90, wasShortened: false },
    ],
    [
      'order 802, art. 9(2) and 法释〔2024〕11号: pay-when-paid is void, 60 days and the court has the last word',
      { debtorIsLargeEnterprise: true, paysWhenPaid: true, agreedTermDays: 180 },
      { deliveredOn: '2026-07-06' },
      { days: 60, dueOn: '2026-09-04', isThirdPartyClauseVoid: true, isProvisional: true },
    ],
    [
      'order 802, art. 13: retention money is due when its period is over, and 60 days are no limit',
      { agreedTermDays: 90 },
      { retentionUntil: '2028-03-02' },
      { start: 'RETENTION_END', days: 90, countedTo: '2028-05-31', wasShortened: false },
    ],
    [
      'a contract from before September 2020 counts alone, without a most',
      { signedOn: '2020-08-31', agreedTermDays: 180 },
      {},
      { days: 180, wasShortened: false, source: expect.stringContaining('合同约定') as string },
    ],
  ])('%s', (_rule, contract, delivery, expected) => {
    expect(on(debt(contract, delivery), '2026-11-20').term).toMatchObject({ ok: true, term: expected });
  });

  it('is the contract’s own where order 728 set none for a large enterprise, or the contract is older', () => {
    for (const contract of [{ signedOn: '2024-03-01', debtorIsLargeEnterprise: true }, { signedOn: '2020-08-31' }])
      expect(checkArrear(debt(contract), '2026-11-20').map(({ path }) => path.join('.'))).toEqual([
        'contract.agreedTermDays',
      ]);
  });
});

describe('late interest', () => {
  it('begins on the day after the moved due day, and counts each day of the calendar: order 802, art. 17', () => {
    // Due on 2026-10-08 in place of 10-01.
    const late = debt({}, { deliveredOn: '2026-09-01' });
    expect(on(late, '2026-10-08').interest).toMatchObject({ amount: 0, days: 0 });
    expect(on(late, '2026-10-11').interest).toMatchObject({ amount: 15_000, days: 3 });
  });

  it('of 1,000,000 due on 03-31 and paid on 07-15 is that of 106 days, 53,000; at 2 % with an LPR of 3 %, 8,712.33', () => {
    const paid = { payments: [{ paidOn: '2026-07-15', amount: 100_000_000 }], principal: 100_000_000 };
    const delivered = { deliveredOn: '2026-03-01' };
    expect(on(debt({ principalFirst: true }, delivered, paid), '2026-07-20')).toMatchObject({
      dueOn: '2026-03-31',
      interest: { days: 106, amount: 5_300_000, outstanding: 5_300_000 },
      isCleared: false,
    });
    expect(
      on(debt({ principalFirst: true, agreedRateBasisPoints: 200 }, delivered, paid), '2026-07-20').interest,
    ).toMatchObject({ amount: 871_233, rate: { basis: 'LPR_FLOOR' } });
  });

  it('counts the day that a leap year has more, over 365: order 802, art. 17', () => {
    // Due on 2028-01-31; 100,000 at the agreed 3.65 % a year are 10 a day: 29 days of February, and the whole year.
    const leap = debt({ agreedRateBasisPoints: 365 }, { deliveredOn: '2028-01-01' });
    expect(on(leap, '2028-02-29')).toMatchObject({ dueOn: '2028-01-31', interest: { amount: 29_000, days: 29 } });
    expect(on(leap, '2029-01-31').interest).toMatchObject({ amount: 366_000, days: 366 });
  });

  it('stays at the LPR of the signing when another one is published while it runs: order 802, art. 17', () => {
    // Signed at 3.10 %, which became 3.00 % eight days after the due day and 2.50 % after nine months more.
    const signed = debt({ signedOn: '2025-04-01', agreedRateBasisPoints: 100 }, { deliveredOn: '2025-04-10' });
    const before = on(signed, '2026-05-12');
    expect(before).toMatchObject({ dueOn: '2025-05-12', interest: { days: 365, amount: 310_000 } });
    expect(before.interest?.rate.text).toContain('3.10%（2024-10-21公布）');
    const added = oneYearLpr([{ from: '2026-02-20', value: 250, source: '公告' }]);
    expect(arrearPosition(signed, '2026-05-12', { ...LAW, lpr: added }).interest?.amount).toBe(310_000);
  });

  it('is shown at the LPR, too, where a clause is void, so that a person decides', () => {
    const clause = debt({ debtorIsLargeEnterprise: true, paysWhenPaid: true }, { deliveredOn: '2026-07-06' });
    // Due on 2026-09-04: ten days at 0.05 % a day, and at 3 % a year.
    expect(on(clause, '2026-09-14').interest).toMatchObject({ amount: 50_000, alternative: { amount: 8_219 } });
    expect(on(debt(), '2026-09-14').interest?.alternative).toBeNull();
  });
});

describe('a payment', () => {
  const statutory = on(debt(), '2026-11-20').interest?.rate;
  if (!statutory) throw new Error('a debt that is due has a rate');

  it('pays costs, then interest, then the principal: Civil Code, art. 561', () => {
    // 500 costs, 3,000 interest (60 days at 0.05 %), 100,000 principal; pays 10,000: 93,500 are left.
    const payments = [{ paidOn: '2026-07-31', amount: 1_000_000 }];
    const costs = [{ amount: 50_000, incurredOn: '2026-07-01', subject: '诉讼费', document: DOCUMENT }];
    const [dueOn, rate, until] = ['2026-06-01', statutory, '2026-07-31'];
    const account = accountOf({ principal: 10_000_000, disputed: 0, payments, costs }, { dueOn, rate, until });
    expect(account.allocations.get(0)).toEqual({
      costs: 50_000,
      interest: 300_000,
      principal: 650_000,
      overpaid: 0,
    });
    expect(stepOn(account, until)).toMatchObject({ principalPaid: 650_000, interestPaid: 300_000, costsPaid: 50_000 });
    // What does not reach for both pays the costs first: 1,000 of it leave 500 for the interest.
    const little = [{ paidOn: '2026-07-31', amount: 100_000 }];
    const part = accountOf({ principal: 10_000_000, disputed: 0, payments: little, costs }, { dueOn, rate, until });
    expect(part.allocations.get(0)).toEqual({ costs: 50_000, interest: 50_000, principal: 0, overpaid: 0 });
    const agreed = accountOf(
      { principal: 10_000_000, disputed: 0, payments, costs },
      { dueOn, rate, until, principalFirst: true },
    );
    expect(agreed.allocations.get(0)).toEqual({ costs: 0, interest: 0, principal: 1_000_000, overpaid: 0 });
  });

  it('finishes the debt only with its interest and costs, to the fen', () => {
    // Due on 2026-04-01 (Wednesday): 30 days late make 150,000.
    const pays = (amount: number) => debt({}, {}, { payments: [{ paidOn: '2026-05-01', amount }] });
    expect(on(debt(), '2026-05-01')).toMatchObject({ dueOn: '2026-04-01', owedInAll: 10_150_000 });
    expect(on(pays(10_149_999), '2026-11-20')).toMatchObject({ outstanding: 1, isCleared: false });
    expect(on(pays(10_150_000), '2026-11-20')).toMatchObject({ owedInAll: 0, isCleared: true, overpaid: 0 });
    const withCosts = debt(
      {},
      {},
      {
        payments: [{ paidOn: '2026-05-01', amount: 10_150_000 }],
        costs: [{ amount: 1, incurredOn: '2026-06-01', subject: '公证费', document: DOCUMENT }],
      },
    );
    expect(on(withCosts, '2026-05-31').isCleared).toBe(true);
    expect(on(withCosts, '2026-06-01')).toMatchObject({ costsOutstanding: 1, isCleared: false });
  });
});

describe('a repayment plan', () => {
  const TODAY = '2026-11-20';
  const fault = (...instalments: [string, number][]) =>
    planFault(
      instalments.map(([dueOn, amount], index) => ({ no: index + 1, dueOn, amount })),
      { owed: 100, today: TODAY, longestDays: 365 },
    )?.path.join('.') ?? null;

  it.each<[string, [string, number][], string | null]>([
    [
      'what is owed, by the latest day',
      [
        ['2026-11-20', 40],
        ['2027-11-20', 60],
      ],
      null,
    ],
    ['a fen less', [['2026-12-01', 99]], 'instalments'],
    [
      'a day after the latest',
      [
        ['2026-12-01', 40],
        ['2027-11-21', 60],
      ],
      'instalments.1',
    ],
    ['2099, as the debtor alone once set it', [['2099-12-31', 100]], 'instalments.0'],
    ['a day that is over', [['2026-11-19', 100]], 'instalments.0'],
    [
      'no order',
      [
        ['2026-12-02', 40],
        ['2026-12-01', 60],
      ],
      'instalments.1',
    ],
    ['nothing', [], 'instalments'],
  ])('over %s → %s', (_what, instalments, expected) => {
    expect(fault(...instalments)).toBe(expected);
  });

  it('is accepted or declined by the other side and withdrawn by its proposer, once', () => {
    const step = { side: 'DEBTOR' as const, recordedAt: '', recordedBy: '', department: null, reason: '' };
    const proposed = {
      no: 1,
      instalments: [],
      paidBefore: 0,
      steps: [{ ...step, kind: 'PROPOSED' as const, on: '2026-11-01' }],
    };
    const answer = (side: 'DEBTOR' | 'CREDITOR', what: 'ACCEPT' | 'DECLINE') => {
      const outcome = answerStep([proposed], { no: 1, answer: what, side });
      return 'kind' in outcome ? outcome.kind : outcome.code;
    };
    expect(answer('CREDITOR', 'ACCEPT')).toBe('ACCEPTED');
    expect(answer('DEBTOR', 'ACCEPT')).toBe('OTHER_SIDE');
    expect(answer('CREDITOR', 'DECLINE')).toBe('DECLINED');
    expect(answer('DEBTOR', 'DECLINE')).toBe('WITHDRAWN');
    const accepted = {
      ...proposed,
      steps: [...proposed.steps, { ...step, side: 'CREDITOR' as const, kind: 'ACCEPTED' as const, on: '2026-11-05' }],
    };
    expect(answerStep([accepted], { no: 1, answer: 'DECLINE', side: 'CREDITOR' })).toMatchObject({ code: 'NOT_OPEN' });
    expect(planState(accepted, [accepted], '2026-11-04')).not.toBe('IN_FORCE');
    expect(planState(accepted, [accepted], '2026-11-05')).toBe('IN_FORCE');
  });
});

describe('a debt as it was known', () => {
  const recorded = (day: string) => ({ recordedAt: `${day}T02:00:00.000Z`, recordedBy: 'o-1', department: 'ZJJ' });
  const why = { reason: '更正', document: DOCUMENT };
  const before = { ...debt(), subject: '货款', contractNumber: 'HT-1' };
  const record: RecordedArrear = {
    ...before,
    principal: 9_000_000,
    debtor: 'JTJ',
    recorded: recorded('2026-06-01'),
    payments: [
      { paidOn: '2026-05-01', amount: 1_000_000, recorded: recorded('2026-06-10') },
      {
        paidOn: '2026-05-02',
        amount: 500_000,
        recorded: recorded('2026-06-10'),
        reversal: { ...why, ...recorded('2026-06-20') },
      },
    ],
    corrections: [{ ...why, before, ...recorded('2026-06-15') }],
    transfers: [{ from: 'ZJJ', to: 'JTJ', effectiveOn: '2026-05-15', reason: '划转', ...recorded('2026-06-25') }],
  };

  it.each([
    ['2026-05-31', null],
    ['2026-06-01', [10_000_000, 0, 'ZJJ']],
    ['2026-06-10', [10_000_000, 1_500_000, 'ZJJ']],
    ['2026-06-15', [9_000_000, 1_500_000, 'ZJJ']],
    ['2026-06-20', [9_000_000, 1_000_000, 'ZJJ']],
    ['2026-06-25', [9_000_000, 1_000_000, 'JTJ']],
  ])('at the end of %s is %j on 2026-05-20', (day, expected) => {
    const known = asKnownOn(record, day);
    const position = known && arrearPosition(known, '2026-05-20', LAW);
    expect(known && [position?.principal, position?.paidInAll, debtorOn(known, '2026-05-20')]).toEqual(expected);
  });

  it('was not owed by the successor before the transfer', () => {
    expect(debtorOn(record, '2026-05-14')).toBe('ZJJ');
    expect(debtorOn(record, '2026-05-15')).toBe('JTJ');
  });
});

describe('the yearly disclosure', () => {
  it('counts contracts once, and neither large enterprises nor what is disputed, in time or delivered later', () => {
    const one = (changes: Partial<RecordedArrear>): RecordedArrear & { uscc: string } => ({
      ...debt({ signedOn: '2025-01-06' }, { deliveredOn: '2025-10-09' }),
      subject: '货款',
      contractNumber: 'HT-1',
      debtor: 'ZJJ',
      uscc: '91421200MA4F5E6G3P',
      ...changes,
    });
    const debts = [
      one({}),
      one({ contractNumber: 'ht－1', principal: 5_000_000, disputed: 1_000_000 }),
      one({ contractNumber: 'HT-2', payments: [{ paidOn: '2025-11-10', amount: 10_000_000 }] }),
      one({ contractNumber: 'HT-3', contract: { ...debt().contract, debtorIsLargeEnterprise: true } }),
      one({ contractNumber: 'HT-4', contract: { ...debt().contract, creditorIsSme: false, agreedTermDays: 30 } }),
      one({ contractNumber: 'HT-5', delivery: { ...debt().delivery, deliveredOn: '2025-12-15' } }),
      one({ contractNumber: 'HT-6', debtor: 'JYJ' }),
    ];
    const disclosed = debts.flatMap((each) => disclosedOf(each, '2025-12-31', LAW) ?? []);
    const disclosure = disclosureOf(2025, '2026-03-31', disclosed);
    // Due on 2025-11-10 (11-08 is a Saturday): 51 days of 0.05 %.
    expect(disclosure).toMatchObject({
      asOf: '2025-12-31',
      publishBy: '2026-03-31',
      source: '《保障中小企业款项支付条例》（国务院令第802号）第十八条',
      departments: [
        { debtor: 'ZJJ', contractCount: 1, amount: 14_000_000n, interest: 357_000n },
        { debtor: 'JYJ', contractCount: 1, amount: 10_000_000n, interest: 255_000n },
      ],
    });
  });
});
