import { NO_PARAMETERS } from '../../../../subgraphs/policies/src/domain/parameters/parameters.js';
import { readBenefit, writeBenefit } from '../../../../subgraphs/policies/src/domain/format/benefit-format.js';
import type { StatedBenefit } from '../../../../subgraphs/policies/src/domain/benefit/benefit.js';
import type { Problem } from '../../../../subgraphs/policies/src/domain/problem.js';
import { RecordReader } from '../../../../subgraphs/policies/src/domain/format/record-reader.js';
import { PARAMETERS } from '../../support/parameters.js';

function read(policy: Record<string, unknown>): { readonly benefit: StatedBenefit; readonly said: readonly string[] } {
  const problems: Problem[] = [];
  const benefit = readBenefit(new RecordReader(policy, '', problems), problems, NO_PARAMETERS);
  return { benefit, said: problems.map(({ place, code, message }) => `${place} ${code}: ${message}`) };
}

const benefitOf = (benefit: Record<string, unknown>): StatedBenefit => {
  const found = read({ benefit });
  expect(found.said).toEqual([]);
  return found.benefit;
};
const saidOf = (benefit: unknown): readonly string[] => read({ benefit }).said;

const staff = (value: number) => ({ fact: 'employees', op: 'gte', value });
const plain: StatedBenefit = {
  kind: 'cash',
  text: '',
  amount: null,
  tiers: [],
  highestOnly: false,
  capFen: null,
  topUpDifference: false,
  rounding: { unitFen: 1, mode: 'HALF_UP' },
  instalments: null,
  formulaNote: '',
};

describe('a benefit in a policy file', () => {
  it('that says nothing is cash without an amount, to the fen', () => {
    expect(benefitOf({})).toEqual(plain);
  });

  it('gives yuan, which are kept in fen', () => {
    expect(benefitOf({ amount_yuan: 200_000.05, cap_yuan: 0.01 })).toEqual({
      ...plain,
      amount: { kind: 'fixed', fen: 20_000_005 },
      capFen: 1,
    });
  });

  it.each(['cash', 'subsidy', 'fee_waiver', 'tax', 'loan'])('may be of the kind %s', (kind) => {
    expect(benefitOf({ kind }).kind).toBe(kind);
  });

  it('keeps its words, flags, rounding and rows', () => {
    expect(
      benefitOf({
        text_zh: '首次认定20万元,重新认定10万元',
        formula: '3 * employees',
        formula_note: '按年末人数',
        highest_only: true,
        top_up_difference: true,
        rounding: { unit_yuan: 100, mode: 'DOWN' },
        instalments: [0.3, 0.7],
        tiers: [
          { when: [staff(10)], amount_yuan: 5 },
          { when: [staff(20)], formula: '2 * employees', additive: true },
          { when: [staff(30)], amount_yuan: null },
        ],
      }),
    ).toEqual({
      ...plain,
      text: '首次认定20万元,重新认定10万元',
      formulaNote: '按年末人数',
      amount: { kind: 'formula', text: '3 * employees' },
      highestOnly: true,
      topUpDifference: true,
      rounding: { unitFen: 10_000, mode: 'DOWN' },
      instalments: { kind: 'shares', shares: ['0.3', '0.7'] },
      tiers: [
        {
          when: [{ kind: 'test', fact: 'employees', operator: 'GTE', value: 10, text: '' }],
          amount: { kind: 'fixed', fen: 500 },
          additive: false,
        },
        {
          when: [{ kind: 'test', fact: 'employees', operator: 'GTE', value: 20, text: '' }],
          amount: { kind: 'formula', text: '2 * employees' },
          additive: true,
        },
        {
          when: [{ kind: 'test', fact: 'employees', operator: 'GTE', value: 30, text: '' }],
          amount: { kind: 'notStated', keys: ['amount_yuan'] },
          additive: false,
        },
      ],
    });
  });

  it('tells by a null which figure its source does not give', () => {
    expect(benefitOf({ amount_yuan: null }).amount).toEqual({ kind: 'notStated', keys: ['amount_yuan'] });
    expect(benefitOf({ formula: null }).amount).toEqual({ kind: 'notStated', keys: ['formula'] });
    expect(benefitOf({ amount_yuan: null, formula: null }).amount).toEqual({
      kind: 'notStated',
      keys: ['amount_yuan', 'formula'],
    });
    expect(benefitOf({ amount_yuan: null, formula: 'employees' }).amount).toEqual({
      kind: 'formula',
      text: 'employees',
    });
  });

  it('says what of a tax is still to be paid, which no other benefit leaves', () => {
    const tax = { kind: 'tax', formula: '0.2 * taxableIncomeYuan', tax_payable_formula: '0.05 * taxableIncomeYuan' };
    expect(benefitOf(tax).taxPayable).toEqual({ kind: 'formula', text: '0.05 * taxableIncomeYuan' });
    expect(writeBenefit(benefitOf(tax))).toMatchObject(tax);
    expect(saidOf({ ...tax, kind: 'cash' })).toEqual([
      'benefit.tax_payable_formula WRONG_SHAPE: Only a tax that is not asked (kind tax) leaves a tax to pay.',
    ]);
  });

  it('takes an amount of nothing for an amount', () => {
    expect(benefitOf({ amount_yuan: 0 }).amount).toEqual({ kind: 'fixed', fen: 0 });
  });

  it('rounds half up unless it says how, and by whole units of at least one fen', () => {
    expect(benefitOf({ rounding: { unit_yuan: 0.01 } }).rounding).toEqual({ unitFen: 1, mode: 'HALF_UP' });
    expect(benefitOf({ rounding: { unit_yuan: 1, mode: 'UP' } }).rounding).toEqual({ unitFen: 100, mode: 'UP' });
  });

  it('is paid in shares or in sums', () => {
    expect(benefitOf({ instalments: [1] }).instalments).toEqual({ kind: 'shares', shares: ['1'] });
    expect(benefitOf({ instalments: [1e-7, 0.5] }).instalments).toEqual({
      kind: 'shares',
      shares: ['0.0000001', '0.5'],
    });
    expect(benefitOf({ instalments_yuan: [100_000, 0.01] }).instalments).toEqual({
      kind: 'amounts',
      fen: [10_000_000, 1],
    });
    expect(benefitOf({ instalments: Array.from({ length: 24 }, () => 0.01) }).instalments).toMatchObject({
      kind: 'shares',
    });
  });

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    [
      'a kind that does not exist',
      { kind: 'gift' },
      [
        'benefit.kind WRONG_TYPE: "gift" is not one of cash, subsidy, fee_waiver, tax, loan, interest_subsidy, qualification.',
      ],
    ],
    ['a key that does not exist', { amout_yuan: 1 }, ['benefit.amout_yuan UNKNOWN_KEY: The format has no such key.']],
    [
      'an amount and a formula',
      { amount_yuan: 1, formula: 'employees' },
      ['benefit.formula WRONG_SHAPE: A benefit has an amount or a formula, not both.'],
    ],
    [
      'a part of a fen',
      { amount_yuan: 0.001 },
      [
        'benefit.amount_yuan OUT_OF_RANGE: 0.001 is no amount in yuan from 0 to 10000000000000 with at most two decimals.',
      ],
    ],
    [
      'less than nothing',
      { cap_yuan: -1 },
      ['benefit.cap_yuan OUT_OF_RANGE: -1 is no amount in yuan from 0 to 10000000000000 with at most two decimals.'],
    ],
    [
      'a text beyond 2000 characters',
      { text_zh: '字'.repeat(2_001) },
      [`benefit.text_zh WRONG_TYPE: "${'字'.repeat(59)}… is no text of 0 to 2000 characters.`],
    ],
    [
      'a note beyond 2000 characters',
      { formula_note: 5 },
      ['benefit.formula_note WRONG_TYPE: 5 is no text of 0 to 2000 characters.'],
    ],
    [
      'a formula beyond 1000 characters',
      { formula: '1'.repeat(1_001) },
      [`benefit.formula WRONG_TYPE: "${'1'.repeat(59)}… is no text of 0 to 1000 characters.`],
    ],
    [
      'a flag that is no flag',
      { highest_only: 'yes' },
      ['benefit.highest_only WRONG_TYPE: "yes" is neither true nor false.'],
    ],
    [
      'a difference that is no flag',
      { top_up_difference: 1 },
      ['benefit.top_up_difference WRONG_TYPE: 1 is neither true nor false.'],
    ],
    [
      'rounding to nothing',
      { rounding: { unit_yuan: 0 } },
      ['benefit.rounding.unit_yuan OUT_OF_RANGE: Rounding needs a unit of at least 0.01 yuan.'],
    ],
    [
      'rounding without a unit',
      { rounding: {} },
      ['benefit.rounding.unit_yuan OUT_OF_RANGE: Rounding needs a unit of at least 0.01 yuan.'],
    ],
    [
      'rounding in a way that does not exist',
      { rounding: { unit_yuan: 1, mode: 'NEAR', to: 2 } },
      [
        'benefit.rounding.mode WRONG_TYPE: "NEAR" is not one of DOWN, HALF_UP, UP.',
        'benefit.rounding.to UNKNOWN_KEY: The format has no such key.',
      ],
    ],
    ['rounding that is no object', { rounding: 100 }, ['benefit.rounding WRONG_SHAPE: An object is needed, not 100.']],
    [
      'shares and sums',
      { instalments: [1], instalments_yuan: [1] },
      ['benefit.instalments WRONG_SHAPE: Instalments are shares or sums, not both.'],
    ],
    [
      'a share of nothing',
      { instalments: [0.5, 0] },
      ['benefit.instalments[1] OUT_OF_RANGE: A share lies above 0 and is at most 1.'],
    ],
    [
      'a share beyond the whole',
      { instalments: [1.01] },
      ['benefit.instalments[0] OUT_OF_RANGE: A share lies above 0 and is at most 1.'],
    ],
    [
      'a share that is no number',
      { instalments: [0.5, '0.5', 0.5] },
      ['benefit.instalments[1] OUT_OF_RANGE: A share lies above 0 and is at most 1.'],
    ],
    ['no share', { instalments: [] }, ['benefit.instalments[0] OUT_OF_RANGE: A share lies above 0 and is at most 1.']],
    [
      '25 shares',
      { instalments: Array.from({ length: 25 }, () => 0.04) },
      ['benefit.instalments WRONG_SHAPE: A list of at most 24 is needed, not a list of 25.'],
    ],
    [
      'a sum of nothing',
      { instalments_yuan: [5, 0] },
      ['benefit.instalments_yuan[1] OUT_OF_RANGE: 0 is no amount in yuan above 0.'],
    ],
    [
      'a sum that is no number',
      { instalments_yuan: ['5', 0] },
      ['benefit.instalments_yuan[0] OUT_OF_RANGE: "5" is no amount in yuan above 0.'],
    ],
    [
      'no sum',
      { instalments_yuan: [] },
      ['benefit.instalments_yuan[0] OUT_OF_RANGE: nothing is no amount in yuan above 0.'],
    ],
    [
      '25 sums',
      { instalments_yuan: Array.from({ length: 25 }, () => 1) },
      ['benefit.instalments_yuan WRONG_SHAPE: A list of at most 24 is needed, not a list of 25.'],
    ],
    [
      'rows that are no list',
      { tiers: { when: [] } },
      ['benefit.tiers WRONG_SHAPE: A list of at most 100 is needed, not an object.'],
    ],
    [
      '101 rows',
      { tiers: Array.from({ length: 101 }, () => ({ when: [staff(1)], amount_yuan: 1 })) },
      ['benefit.tiers WRONG_SHAPE: A list of at most 100 is needed, not a list of 101.'],
    ],
    [
      'a row that is no object',
      { tiers: [{ when: [staff(1)], amount_yuan: 1 }, 'row'] },
      ['benefit.tiers[1] WRONG_SHAPE: A row of the table is an object, not "row".'],
    ],
    [
      'a row without an amount',
      { tiers: [{ when: [staff(1)] }] },
      ['benefit.tiers[0].amount_yuan WRONG_SHAPE: A row needs amount_yuan or formula.'],
    ],
    [
      'a row without criteria',
      { tiers: [{ amount_yuan: 1 }] },
      ['benefit.tiers[0].when WRONG_SHAPE: A list of criteria is needed, not nothing.'],
    ],
    [
      'a row that asks for a fact nobody has',
      { tiers: [{ when: [{ fact: 'madeUp', op: 'eq', value: 1 }], amount_yuan: 1, extra: 1 }] },
      [
        'benefit.tiers[0].when[0].fact UNKNOWN_FACT: "madeUp" is not in the vocabulary of facts.',
        'benefit.tiers[0].extra UNKNOWN_KEY: The format has no such key.',
      ],
    ],
    [
      'a row whose addition is no flag',
      { tiers: [{ when: [staff(1)], amount_yuan: 1, additive: 'no' }] },
      ['benefit.tiers[0].additive WRONG_TYPE: "no" is neither true nor false.'],
    ],
  ])('is refused for %s', (_what, benefit, said) => {
    expect(saidOf(benefit)).toEqual(said);
  });

  it('is needed, as an object', () => {
    expect(read({}).said).toEqual(['benefit WRONG_SHAPE: This is needed.']);
    expect(saidOf('20万元')).toEqual(['benefit WRONG_SHAPE: An object is needed, not "20万元".']);
    expect(read({}).benefit).toEqual(plain);
  });

  it('of 100 rows, with words of 2000 characters and a formula of 1000, is accepted', () => {
    const note = '注'.repeat(2_000);
    const long = benefitOf({
      text_zh: note,
      formula_note: note,
      formula: '1'.repeat(1_000),
      tiers: Array.from({ length: 100 }, () => ({ when: [staff(1)], amount_yuan: 1 })),
    });
    expect([long.text, long.formulaNote, long.tiers.length]).toEqual([note, note, 100]);
  });

  it('may compare with a dated parameter in a row', () => {
    const problems: Problem[] = [];
    const policy = new RecordReader(
      { benefit: { tiers: [{ when: [{ fact: 'employees', op: 'gte', value: '$leastStaff' }], amount_yuan: 1 }] } },
      '',
      problems,
    );
    expect(readBenefit(policy, problems, PARAMETERS).tiers[0]?.when).toEqual([
      { kind: 'parameterTest', fact: 'employees', operator: 'GTE', value: '$leastStaff', text: '' },
    ]);
    expect(problems).toEqual([]);
  });
});

describe('a benefit written to a policy file', () => {
  it.each<[string, Record<string, unknown>]>([
    ['what it must', { kind: 'loan', text_zh: '' }],
    ['an amount', { kind: 'cash', amount_yuan: 0.5, text_zh: '半元' }],
    ['a formula and its note', { kind: 'tax', formula: '2 * employees', formula_note: '按人', text_zh: '' }],
    [
      'rows',
      {
        kind: 'cash',
        tiers: [
          { when: [staff(1)], amount_yuan: 1.5 },
          { when: [staff(2)], formula: 'employees', additive: true },
          { when: [staff(3)], amount_yuan: null, formula: null },
        ],
        text_zh: '',
      },
    ],
    ['a cap, even of nothing', { kind: 'cash', formula: 'employees', cap_yuan: 0, text_zh: '' }],
    ['shares', { kind: 'cash', amount_yuan: 10, instalments: [0.4, 0.6], text_zh: '' }],
    ['sums', { kind: 'cash', amount_yuan: 10, instalments_yuan: [4.5, 5.5], text_zh: '' }],
    ['that the difference is paid', { kind: 'cash', amount_yuan: 10, top_up_difference: true, text_zh: '' }],
    ['that the highest row counts', { kind: 'cash', amount_yuan: 10, highest_only: true, text_zh: '' }],
    [
      'another unit of rounding',
      { kind: 'cash', amount_yuan: 10, rounding: { unit_yuan: 100, mode: 'HALF_UP' }, text_zh: '' },
    ],
    [
      'another way of rounding',
      { kind: 'cash', amount_yuan: 10, rounding: { unit_yuan: 0.01, mode: 'DOWN' }, text_zh: '' },
    ],
    ['what its source does not say', { kind: 'cash', amount_yuan: null, text_zh: '' }],
  ])('says %s, and no more', (_what, file) => {
    expect(writeBenefit(benefitOf(file))).toEqual(file);
  });
});
