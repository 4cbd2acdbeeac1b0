import {
  awardOf,
  factsOfAmount,
  formulaProblem,
  inInstalments,
  mostOf,
  parametersOfAmount,
  TO_THE_FEN,
  type Amount,
  type Award,
  type Benefit,
  type Tier,
} from '../../../../subgraphs/policies/src/domain/benefit/benefit.js';
import { bulkAmount } from '../../../../subgraphs/policies/src/domain/matching/bulk-amount.js';
import {
  factsOfBenefit,
  factsOfCriteria,
  factsDeciding,
} from '../../../../subgraphs/policies/src/domain/policy/facts-of-policy.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import type { Test } from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { TODAY } from '../../support/random-criteria.js';

const fixed = (fen: number): Amount => ({ kind: 'fixed', fen });
const formula = (text: string): Amount => ({ kind: 'formula', text });
const staff = (value: number, fact = 'employees'): Test => ({ kind: 'test', fact, operator: 'GTE', value, text: '' });
const row = (amount: Amount, when: readonly Test[], additive = false): Tier => ({ when, amount, additive });
const benefit = (change: Partial<Benefit>): Benefit => ({
  kind: 'cash',
  text: '',
  amount: null,
  tiers: [],
  highestOnly: false,
  capFen: null,
  topUpDifference: false,
  rounding: TO_THE_FEN,
  instalments: null,
  formulaNote: '',
  ...change,
});
const award = (change: Partial<Benefit>, values: Record<string, FactValue> = {}, paid?: number): Award =>
  awardOf(benefit(change), { facts: { values, dates: {} }, referenceDate: TODAY }, paid);

describe('an award', () => {
  it('takes off what was paid before only where the difference is paid', () => {
    expect(award({ amount: fixed(500) }, {}, 200)).toMatchObject({ fen: 500 });
    expect(award({ amount: fixed(500), topUpDifference: true }, {}, 200)).toMatchObject({ fen: 300 });
    expect(award({ amount: fixed(500), topUpDifference: true })).toMatchObject({ fen: 500 });
  });

  it('cuts to the cap before it takes off what was paid before', () => {
    expect(award({ amount: fixed(900), capFen: 500, topUpDifference: true }, {}, 200)).toMatchObject({ fen: 300 });
    expect(award({ amount: fixed(500), capFen: 500 })).toMatchObject({ fen: 500 });
    expect(award({ amount: fixed(500), capFen: 0 })).toMatchObject({ fen: 0 });
  });

  it.each([
    ['UP', 125_000],
    ['HALF_UP', 125_000],
    ['DOWN', 120_000],
  ] as const)(
    'is never more than its cap, rounded %s to the hundred or not, nor is what may be decided',
    (mode, fen) => {
      const capped = { amount: fixed(900_000), capFen: 125_000, rounding: { unitFen: 10_000, mode } };
      expect(award(capped)).toMatchObject({ fen });
      expect(mostOf(benefit(capped))).toBe(fen);
    },
  );

  it('is at most ten trillion yuan', () => {
    expect(award({ amount: fixed(1_000_000_000_000_000) })).toMatchObject({ known: true, fen: 1_000_000_000_000_000 });
    expect(award({ amount: formula('10000000000000.01') })).toEqual({
      known: false,
      reason: 'OUT_OF_RANGE',
      missing: [],
    });
  });

  it.each([
    ['DOWN', 1, 1_234.567, 123_456],
    ['HALF_UP', 1, 1_234.565, 123_457],
    ['HALF_UP', 1, 1_234.564, 123_456],
    ['UP', 1, 1_234.561, 123_457],
    ['DOWN', 10_000, 1_299.99, 120_000],
    ['HALF_UP', 10_000, 1_250, 130_000],
    ['HALF_UP', 10_000, 1_249.99, 120_000],
    ['UP', 10_000, 1_200.01, 130_000],
    ['UP', 10_000, 1_200, 120_000],
  ] as const)('%s to %d fen makes of %d yuan %d fen', (mode, unitFen, yuan, fen) => {
    expect(award({ amount: formula(String(yuan)), rounding: { unitFen, mode } })).toMatchObject({ fen });
  });

  it.each([
    [true, 1_500],
    [false, 500],
  ])('counts a fact that is %s as one or nothing in a formula', (honourFirstTime, fen) => {
    expect(award({ amount: formula('5 + 10 * honourFirstTime') }, { honourFirstTime })).toMatchObject({ fen });
  });

  it('is paid in its instalments', () => {
    expect(award({ amount: fixed(1_000), instalments: { kind: 'shares', shares: ['0.3', '0.7'] } })).toMatchObject({
      instalmentsFen: [300, 700],
    });
    expect(award({ amount: fixed(1_000) })).toMatchObject({ instalmentsFen: [1_000] });
  });

  const rows = [
    row(fixed(100), [staff(10)]),
    row(fixed(300), [staff(20)]),
    row(fixed(200), [staff(30)]),
    row(fixed(7), [staff(5)], true),
    row(fixed(8), [staff(40)], true),
  ];

  it('takes the first row that is met and adds what additive rows say', () => {
    expect(award({ tiers: rows, amount: fixed(1) }, { employees: 30 })).toMatchObject({ fen: 107, tiers: [0, 3] });
    expect(award({ tiers: rows, amount: fixed(1) }, { employees: 40 })).toMatchObject({ fen: 115, tiers: [0, 3, 4] });
    expect(award({ tiers: rows, amount: fixed(1) }, { employees: 9 })).toMatchObject({ fen: 8, tiers: [3] });
  });

  it('takes the highest row where the policy says so, the first of equal ones', () => {
    expect(award({ tiers: rows, highestOnly: true }, { employees: 30 })).toMatchObject({ fen: 307, tiers: [1, 3] });
    expect(
      award({ tiers: [row(fixed(5), [staff(1)]), row(fixed(5), [staff(2)])], highestOnly: true }, { employees: 3 }),
    ).toMatchObject({ fen: 5, tiers: [0] });
  });

  it('is not known where a row before that which is met is not known', () => {
    const other = [
      row(fixed(1), [staff(5, 'insuredEmployees'), staff(5, 'hiredGraduates')]),
      row(fixed(100), [staff(10)]),
    ];
    expect(award({ tiers: other }, { employees: 10 })).toEqual({
      known: false,
      reason: 'MISSING_FACTS',
      missing: ['hiredGraduates', 'insuredEmployees'],
    });
    expect(award({ tiers: [...other].reverse() }, { employees: 10 })).toMatchObject({ fen: 100 });
    expect(award({ tiers: [...other].reverse(), highestOnly: true }, { employees: 10 })).toMatchObject({
      known: false,
      reason: 'MISSING_FACTS',
    });
  });

  it('is not known where an additive row is not known, and says why of the first', () => {
    const tiers = [
      row(fixed(1), [staff(5)]),
      row({ kind: 'notStated', keys: ['amount_yuan'] }, [staff(5)], true),
      row(fixed(5), [staff(5, 'insuredEmployees')], true),
    ];
    expect(award({ tiers }, { employees: 5 })).toEqual({ known: false, reason: 'NOT_STATED', missing: [] });
    expect(award({ tiers }, { employees: 4 })).toEqual({
      known: false,
      reason: 'MISSING_FACTS',
      missing: ['insuredEmployees'],
    });
  });

  it('lets a formula below nothing take nothing from the rows that are added', () => {
    expect(
      award({ tiers: [row(formula('0 - employees'), [staff(5)]), row(fixed(9), [staff(5)], true)] }, { employees: 5 }),
    ).toMatchObject({ fen: 9 });
  });

  it('says why a formula has no value', () => {
    expect(award({ amount: formula('1 / employees') }, { employees: 0 })).toEqual({
      known: false,
      reason: 'DIVISION_BY_ZERO',
      missing: [],
    });
    expect(award({ amount: formula('employees / (1 - 1)') }, { employees: 1 })).toEqual({
      known: false,
      reason: 'DIVISION_BY_ZERO',
      missing: [],
    });
    expect(award({ amount: formula('1 +') })).toEqual({ known: false, reason: 'OUT_OF_RANGE', missing: [] });
    expect(award({ amount: formula('insuredEmployees + employees + employees') })).toEqual({
      known: false,
      reason: 'MISSING_FACTS',
      missing: ['employees', 'insuredEmployees'],
    });
  });
});

describe('an amount', () => {
  const notStated: Amount = { kind: 'notStated', keys: ['formula'] };

  it('asks for the facts and figures of its formula', () => {
    expect(factsOfAmount(formula('employees * $rate + employees'))).toEqual(['employees']);
    expect(parametersOfAmount(formula('employees * $rate + $rate'))).toEqual(['rate']);
    for (const amount of [fixed(1), notStated, formula('1 +')])
      expect([factsOfAmount(amount), parametersOfAmount(amount)]).toEqual([[], []]);
  });

  it('tells what is wrong with its formula', () => {
    expect(formulaProblem(formula('employees'))).toBeNull();
    expect(formulaProblem(fixed(1))).toBeNull();
    expect(formulaProblem(notStated)).toBeNull();
    expect(formulaProblem(formula('amount'))).toMatchObject({
      code: 'SELF_REFERENCE',
      message: 'A formula cannot ask for its own result (amount).',
    });
  });
});

describe('the facts of a policy', () => {
  const growth: Test = { kind: 'test', fact: 'annualRevenueYuan', operator: 'GROWTH_GTE', value: 10, text: '' };
  const since: Test = {
    kind: 'test',
    fact: 'isAboveDesignatedSize',
    operator: 'WAS_NOT_BEFORE',
    value: '2025-01-01',
    text: '',
  };

  it('are those that its criteria ask for, the year before and the first day among them', () => {
    expect(
      factsOfCriteria([
        staff(1),
        { kind: 'not', of: staff(2), text: '' },
        { kind: 'any', of: [growth, since], text: '' },
      ]),
    ).toEqual(['employees', 'annualRevenueYuan', 'annualRevenuePriorYearYuan', 'aboveDesignatedSizeSince']);
  });

  it('are those that its amount and its rows ask for', () => {
    expect(
      factsOfBenefit(benefit({ amount: formula('loanYears'), tiers: [row(formula('loanPrincipalYuan'), [staff(1)])] })),
    ).toEqual(['employees', 'loanYears', 'loanPrincipalYuan']);
    expect(factsOfBenefit(benefit({}))).toEqual([]);
  });

  it('are each named once, in order, and whether it is struck off', () => {
    expect(
      factsDeciding({
        criteria: [staff(1), staff(1, 'insuredEmployees')],
        benefit: benefit({ amount: formula('employees + annualRevenueYuan') }),
      }),
    ).toEqual(['annualRevenueYuan', 'employees', 'insuredEmployees', 'isDeregistered', 'isLicenceRevoked']);
  });
});

describe('amounts for a whole city', () => {
  it('are those of each enterprise, worked out anew where a fact that counts differs', () => {
    const amounts = bulkAmount(benefit({ amount: formula('employees * loanYears') }), TODAY);
    expect(amounts.facts).toEqual(['employees', 'loanYears']);
    const asked: readonly Record<string, FactValue>[] = [
      { employees: 2, loanYears: 3 },
      { employees: 3, loanYears: 2.5 },
      { employees: 2 },
      { loanYears: 2 },
      { employees: 2, loanYears: 3, scale: 'small' },
      {},
    ];
    for (let turn = 0; turn < 2; turn += 1)
      expect(asked.map((values) => amounts.of(values))).toEqual([600, 750, null, null, 600, null]);
    expect(bulkAmount(benefit({ amount: fixed(5) }), TODAY).of({ employees: 1 })).toBe(5);
  });
});

describe('instalments by sums', () => {
  it('take what the amount leaves, and the last one all the rest', () => {
    expect(inInstalments(25, { kind: 'amounts', fen: [10, 10, 10] })).toEqual([10, 10, 5]);
    expect(inInstalments(5, { kind: 'amounts', fen: [10, 10, 10] })).toEqual([5, 0, 0]);
    expect(inInstalments(50, { kind: 'amounts', fen: [10, 10, 10] })).toEqual([10, 10, 30]);
    expect(inInstalments(7, { kind: 'shares', shares: ['0.5', '0.25', '0.25'] })).toEqual([3, 1, 3]);
  });
});
