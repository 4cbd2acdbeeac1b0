import { overlapProblems } from '../../../../subgraphs/policies/src/domain/policy/validate.js';
import { employees, ofCriterion, refusals } from '../../support/refusals.js';

describe('an official who names dated parameters is told in words', () => {
  it.each<[string, string, unknown, string]>([
    [
      'employees',
      'gte',
      '$nobody',
      'value UNKNOWN_PARAMETER: employees gte: there is no dated parameter "$nobody"; define it first, or write its value',
    ],
    ['employees', 'gte', ['$leastStaff'], 'value WRONG_TYPE: employees gte: one value is needed, not a list of 1'],
    [
      'employees',
      'in',
      '$leastStaff',
      'value WRONG_TYPE: employees in: a list of 1 to 500 values is needed, not "$leastStaff"',
    ],
    [
      'employees',
      'in',
      ['$leastStaff', ...Array.from({ length: 500 }, (_, index) => index)],
      'value WRONG_TYPE: employees in: a list of 1 to 500 values is needed, not a list of 501',
    ],
    [
      'employees',
      'between',
      ['$leastStaff'],
      'value WRONG_TYPE: employees between: two values are needed, lowest first, not a list of 1',
    ],
    [
      'employees',
      'between',
      '$leastStaff',
      'value WRONG_TYPE: employees between: two values are needed, lowest first, not "$leastStaff"',
    ],
    ['employees', 'in', ['$leastStaff', 'many'], 'value WRONG_TYPE: employees in: "many" must be a number'],
    [
      'employees',
      'in',
      ['$leastStaff', '$leastStaff'],
      'value DUPLICATE: employees in: a value stands twice in the list',
    ],
    [
      'employees',
      'gte',
      '$minimumWage',
      'value WRONG_TYPE: employees gte: the parameter $minimumWage is MONEY, but INTEGER is needed',
    ],
    [
      'employees',
      'gte',
      '$firstDay',
      'value WRONG_TYPE: employees gte: the parameter $firstDay is DATE, but INTEGER is needed',
    ],
    [
      'registeredOn',
      'wasNotBefore',
      '$leastStaff',
      'value WRONG_TYPE: registeredOn wasNotBefore: the parameter $leastStaff is INTEGER, but DATE is needed',
    ],
    [
      'annualRevenueYuan',
      'growthGte',
      '$minimumWage',
      'value WRONG_TYPE: annualRevenueYuan growthGte: the parameter $minimumWage is MONEY, but NUMBER is needed',
    ],
    [
      'annualRevenueYuan',
      'growthGt',
      '$leastStaff',
      'value WRONG_TYPE: annualRevenueYuan growthGt: the parameter $leastStaff is in 人, but % is needed',
    ],
    [
      'dishonestyRecord',
      'wasNotBefore',
      '$firstDay',
      'op WRONG_OPERATOR: dishonestyRecord wasNotBefore: no record says since when this has been so',
    ],
  ])('that %s %s %j cannot be asked', (fact, op, value, expected) => {
    expect(ofCriterion({ fact, op, value })).toEqual([`criteria[0].${expected}`]);
  });

  it.each<[string, string, unknown]>([
    ['employees', 'eq', '$leastStaff'],
    ['employees', 'ne', '$leastStaff'],
    ['employees', 'gte', '$leastStaff'],
    ['employees', 'gt', '$leastStaff'],
    ['employees', 'lte', '$leastStaff'],
    ['employees', 'lt', '$mostStaff'],
    ['employees', 'in', ['$leastStaff', 5, 6]],
    ['employees', 'nin', ['$leastStaff']],
    ['layoffRatePct', 'between', [0, '$targetPct']],
    ['registeredOn', 'between', ['$firstDay', '2026-01-01']],
    ['annualRevenueYuan', 'gte', '$minimumWage'],
    ['annualRevenueYuan', 'growthGte', '$targetPct'],
    ['annualRevenueYuan', 'growthGt', '$targetPct'],
    ['registeredOn', 'wasNotBefore', '$firstDay'],
    ['isAboveDesignatedSize', 'wasNotBefore', '$firstDay'],
  ])('nothing of %s %s %j', (fact, op, value) => {
    expect(ofCriterion({ fact, op, value })).toEqual([]);
  });
});

describe('an official who publishes a version is told in words', () => {
  it('which windows overlap', () => {
    expect(
      overlapProblems({ from: '2025-12-31', to: null }, [{ version: 3, window: { from: null, to: '2025-12-31' } }]),
    ).toMatchObject([
      {
        place: 'valid_from',
        code: 'OVERLAPPING_WINDOW',
        message: 'The window 2025-12-31 – … overlaps that of version 3 (… – 2025-12-31).',
      },
    ]);
  });

  it.each<[Record<string, unknown>, string]>([
    [
      { valid_from: '2026-02-01', valid_to: '2026-01-31' },
      'valid_to BAD_WINDOW: The window ends on 2026-01-31, before it begins on 2026-02-01.',
    ],
    [
      {
        criteria: [
          { ...employees, op: 'gt' },
          { ...employees, op: 'lte' },
        ],
      },
      'criteria CONTRADICTION: No enterprise can meet all of these criteria together.',
    ],
    [
      { criteria: [{ fact: 'scale', op: 'nin', value: ['large', 'medium', 'small', 'micro', 'individual'] }] },
      'criteria[0] CONTRADICTION: No enterprise can meet this criterion.',
    ],
    [
      {
        criteria: [
          {
            atLeast: 2,
            of: [
              { fact: 'scale', op: 'eq', value: 'large' },
              { fact: 'scale', op: 'eq', value: 'small' },
            ],
          },
        ],
      },
      'criteria[0] CONTRADICTION: No enterprise can meet enough of these criteria.',
    ],
    [
      {
        criteria: [
          {
            atLeast: 1,
            of: [employees, { fact: 'scale', op: 'nin', value: ['large', 'medium', 'small', 'micro', 'individual'] }],
          },
        ],
      },
      'criteria[0].of[1] CONTRADICTION: No enterprise can meet this criterion.',
    ],
    [
      {
        benefit: {
          kind: 'cash',
          tiers: [
            { when: [], amount_yuan: 1 },
            { when: [employees], amount_yuan: 2 },
          ],
        },
      },
      'benefit.tiers[1] UNREACHABLE_TIER: Nobody can reach this row: the criteria exclude it, or earlier rows take everybody that it is for.',
    ],
    [
      {
        benefit: {
          kind: 'cash',
          tiers: [
            {
              when: [
                { ...employees, op: 'gt' },
                { ...employees, op: 'lte' },
              ],
              amount_yuan: 1,
            },
          ],
        },
      },
      'benefit.tiers[0].when CONTRADICTION: No enterprise can meet all of these criteria together.',
    ],
    [
      { benefit: { kind: 'cash', amount_yuan: 1, instalments: [0.4, 0.5] } },
      'benefit.instalments OUT_OF_RANGE: The shares sum to 0.9, not 1.',
    ],
    [
      { benefit: { kind: 'cash', amount_yuan: 6, instalments_yuan: [1, 2.5] } },
      'benefit.instalments_yuan OUT_OF_RANGE: The instalments sum to 3.5 yuan, the benefit is 6.',
    ],
    [
      { benefit: { kind: 'cash', formula: '2 * $nothing' } },
      'benefit.formula UNKNOWN_PARAMETER: There is no dated parameter $nothing; define it first, or write its value.',
    ],
    [
      { benefit: { kind: 'cash', formula: '2 * $firstDay' } },
      'benefit.formula WRONG_TYPE: The parameter $firstDay is a day; a formula takes numbers.',
    ],
  ])('what is wrong with %j', (change, expected) => {
    expect(refusals(change)).toEqual([expected]);
  });

  it('nothing of a row that additive rows stand before, nor of instalments that sum up', () => {
    const tiers = [
      { when: [], amount_yuan: 1, additive: true },
      { when: [employees], amount_yuan: 2 },
    ];
    expect(refusals({ benefit: { kind: 'cash', tiers } })).toEqual([]);
    expect(refusals({ benefit: { kind: 'cash', amount_yuan: 3.5, instalments_yuan: [1, 2.5] } })).toEqual([]);
    expect(refusals({ benefit: { kind: 'cash', amount_yuan: 1, instalments: [0.1, 0.2, 0.7] } })).toEqual([]);
    expect(refusals({ valid_from: '2026-01-31', valid_to: '2026-01-31' })).toEqual([]);
  });
});
