import fc from 'fast-check';
import {
  awardOf,
  inInstalments,
  type Award,
  type Benefit,
  type Instalments,
} from '../../../../subgraphs/policies/src/domain/benefit/benefit.js';
import { readPolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { NO_PARAMETERS } from '../../../../subgraphs/policies/src/domain/parameters/parameters.js';
import { resolvePolicy } from '../../../../subgraphs/policies/src/domain/parameters/resolve-parameters.js';
import { TODAY } from '../../support/random-criteria.js';

function benefitOf(benefit: Record<string, unknown>): Benefit {
  const { policy, problems } = readPolicy(
    {
      id: 'test-policy',
      title_zh: '测试',
      issuer: '测试局',
      criteria: [{ fact: 'employees', op: 'gte', value: 0 }],
      benefit: { kind: 'cash', text_zh: '', ...benefit },
    },
    TODAY,
  );
  expect(problems).toEqual([]);
  if (policy === null) throw new Error('refused');
  return resolvePolicy(policy, NO_PARAMETERS, TODAY).benefit;
}

const award = (benefit: Record<string, unknown>, values: Record<string, FactValue>, alreadyPaidFen = 0): Award =>
  awardOf(benefitOf(benefit), { facts: { values, dates: {} }, referenceDate: TODAY }, alreadyPaidFen);
const title = (value: string) => ({ fact: 'honours', op: 'contains', value });

describe('awardOf', () => {
  const hnte = {
    cap_yuan: 1_000_000,
    tiers: [
      { when: [{ fact: 'honourFirstTime', op: 'eq', value: true }], amount_yuan: 200_000 },
      { when: [{ fact: 'honourFirstTime', op: 'eq', value: false }], amount_yuan: 100_000 },
      { when: [{ fact: 'firstTimeFourAbove', op: 'eq', value: true }], amount_yuan: 100_000, additive: true },
      { when: [{ fact: 'rdExpenseYuan', op: 'gte', value: 100_000_000 }], amount_yuan: 900_000, additive: true },
    ],
  };

  it('adds additive rows to the first row that is met, within the cap', () => {
    expect(award(hnte, { honourFirstTime: false, firstTimeFourAbove: true, rdExpenseYuan: 0 })).toMatchObject({
      known: true,
      fen: 20_000_000,
      tiers: [1, 2],
    });
    expect(award(hnte, { honourFirstTime: true, firstTimeFourAbove: true, rdExpenseYuan: 200_000_000 })).toMatchObject({
      fen: 100_000_000,
      tiers: [0, 2, 3],
    });
  });

  it('says which facts are missing instead of guessing a row', () => {
    expect(award(hnte, { honourFirstTime: true, rdExpenseYuan: 0 })).toEqual({
      known: false,
      reason: 'MISSING_FACTS',
      missing: ['firstTimeFourAbove'],
    });
    expect(award({ formula: '100 * employees' }, {})).toEqual({
      known: false,
      reason: 'MISSING_FACTS',
      missing: ['employees'],
    });
  });

  it('takes the first row that is met, or the highest where the policy says so', () => {
    const rows = {
      tiers: [
        { when: [title('瞪羚企业')], amount_yuan: 10 },
        { when: [title('高新技术企业')], amount_yuan: 50 },
      ],
    };
    const both = { honours: ['高新技术企业', '瞪羚企业'] };
    expect(award(rows, both)).toMatchObject({ fen: 1_000, tiers: [0] });
    expect(award({ ...rows, highest_only: true }, both)).toMatchObject({ fen: 5_000, tiers: [1] });
  });

  it('falls back to the amount of the policy where no row is met, and to nothing where it has none', () => {
    const rows = { tiers: [{ when: [{ fact: 'scale', op: 'eq', value: 'large' }], amount_yuan: 5 }] };
    expect(award({ ...rows, amount_yuan: 3 }, { scale: 'small' })).toMatchObject({ fen: 300, tiers: [] });
    expect(award(rows, { scale: 'small' })).toMatchObject({ known: true, fen: 0 });
  });

  it('pays the difference to what was paid before, and never less than nothing', () => {
    const upgrade = { amount_yuan: 500_000, top_up_difference: true };
    expect(award(upgrade, {}, 30_000_000)).toMatchObject({ fen: 20_000_000 });
    expect(award(upgrade, {}, 60_000_000)).toMatchObject({ fen: 0 });
    expect(award({ formula: '10 - employees' }, { employees: 30 })).toMatchObject({ fen: 0 });
  });

  it.each([
    ['HALF_UP', 0.01, 1_234_57],
    ['DOWN', 1, 1_234_00],
    ['UP', 100, 1_300_00],
  ])('rounds %s to %d yuan', (mode, unit_yuan, fen) => {
    expect(award({ formula: '1234.565', rounding: { unit_yuan, mode } }, {})).toMatchObject({ fen });
  });

  it('knows that the source did not say how much', () => {
    expect(award({ amount_yuan: null }, {})).toEqual({ known: false, reason: 'NOT_STATED', missing: [] });
  });

  it('refuses a result beyond all measure', () => {
    expect(award({ formula: 'annualRevenueYuan * annualRevenueYuan' }, { annualRevenueYuan: 9e12 })).toMatchObject({
      known: false,
      reason: 'OUT_OF_RANGE',
    });
  });
});

describe('inInstalments', () => {
  it('cuts by shares and by sums', () => {
    expect(inInstalments(100_01, { kind: 'shares', shares: ['0.4', '0.6'] })).toEqual([4_000, 6_001]);
    expect(inInstalments(60_000_000, { kind: 'amounts', fen: [10_000_000, 20_000_000, 30_000_000] })).toEqual([
      10_000_000, 20_000_000, 30_000_000,
    ]);
    expect(inInstalments(15, { kind: 'amounts', fen: [10, 20] })).toEqual([10, 5]);
  });

  it('never loses or makes a fen', () => {
    const instalments: fc.Arbitrary<Instalments> = fc.oneof(
      fc.constantFrom<Instalments>(
        { kind: 'shares', shares: ['0.3333', '0.3333', '0.3334'] },
        { kind: 'shares', shares: ['0.5', '0.5'] },
      ),
      fc
        .array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 5 })
        .map((fen): Instalments => ({ kind: 'amounts', fen })),
    );
    fc.assert(
      fc.property(fc.nat(), instalments, (fen, plan) => {
        const parts = inInstalments(fen, plan);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(fen);
        expect(parts.every((part) => part >= 0)).toBe(true);
      }),
    );
  });
});
