import fc from 'fast-check';
import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { missingFacts } from '../../../../subgraphs/policies/src/domain/evaluation/missing-facts.js';
import { nearestMiss } from '../../../../subgraphs/policies/src/domain/evaluation/nearest-miss.js';
import { readCriteria } from '../../../../subgraphs/policies/src/domain/criteria/read-criteria.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { randomCriteria, randomFacts, TODAY } from '../../support/random-criteria.js';

const situation = (values: Record<string, FactValue>) => ({ facts: { values, dates: {} }, referenceDate: TODAY });
const rebate = readCriteria(
  [
    { fact: 'unemploymentInsuranceMonthsPaid', op: 'gte', value: 12 },
    {
      anyOf: [
        { fact: 'layoffRatePct', op: 'lte', value: 5.5 },
        {
          allOf: [
            { fact: 'insuredEmployees', op: 'lte', value: 30 },
            { fact: 'hiredGraduates', op: 'gte', value: 1 },
          ],
        },
      ],
    },
  ],
  'criteria',
).criteria;

describe('missingFacts', () => {
  it('names the fewest facts that would make the enterprise eligible, and those that would refuse it', () => {
    expect(missingFacts(rebate, situation({}))).toEqual({
      toBeEligible: ['layoffRatePct', 'unemploymentInsuranceMonthsPaid'],
      toBeRefused: ['unemploymentInsuranceMonthsPaid'],
      all: ['hiredGraduates', 'insuredEmployees', 'layoffRatePct', 'unemploymentInsuranceMonthsPaid'],
    });
  });

  it('asks for the two facts of the other way when the shorter way is closed', () => {
    expect(
      missingFacts(rebate, situation({ unemploymentInsuranceMonthsPaid: 12, layoffRatePct: 9 })).toBeEligible,
    ).toEqual(['hiredGraduates', 'insuredEmployees']);
  });

  it('counts a fact once that several criteria ask for', () => {
    const twice = readCriteria(
      [
        { fact: 'employees', op: 'gte', value: 10 },
        { fact: 'employees', op: 'lte', value: 90 },
      ],
      'criteria',
    ).criteria;
    expect(missingFacts(twice, situation({})).toBeEligible).toEqual(['employees']);
  });

  it('knows that finding a fact cannot refute that it exists', () => {
    const graded = readCriteria([{ fact: 'taxCreditGrade', op: 'exists' }], 'criteria').criteria;
    expect(missingFacts(graded, situation({}))).toEqual({
      toBeEligible: ['taxCreditGrade'],
      toBeRefused: [],
      all: ['taxCreditGrade'],
    });
  });

  it('finds something to ask exactly when the outcome is undetermined, and only facts that are missing', () => {
    fc.assert(
      fc.property(randomCriteria, randomFacts, (tree, facts) => {
        const missing = missingFacts(tree, { facts, referenceDate: TODAY });
        const undetermined = evaluate(tree, { facts, referenceDate: TODAY }).outcome === 'UNDETERMINED';
        expect(missing.all.length > 0).toBe(undetermined);
        expect(missing.toBeEligible.length > 0 || missing.toBeRefused.length > 0).toBe(undetermined);
        expect(
          [...missing.toBeEligible, ...missing.toBeRefused].filter(
            (fact) => fact in facts.values || !missing.all.includes(fact),
          ),
        ).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('nearestMiss', () => {
  it('says how much is short, in the unit of the fact', () => {
    const staff = readCriteria(
      [{ fact: 'insuredEmployees', op: 'gte', value: 30, text_zh: '参保职工不少于30人' }],
      'criteria',
    ).criteria;
    expect(nearestMiss(staff, situation({ insuredEmployees: 18 }))).toMatchObject([
      { difference: '12', unit: '人', message: '参保职工不少于30人:还差12人' },
    ]);
  });

  it('takes the alternative with the fewest changes', () => {
    expect(
      nearestMiss(
        rebate,
        situation({ unemploymentInsuranceMonthsPaid: 12, layoffRatePct: 9, insuredEmployees: 40, hiredGraduates: 0 }),
      ).map(({ fact }) => fact),
    ).toEqual(['layoffRatePct']);
  });

  it('takes the nearer of two alternatives with as many changes', () => {
    const either = readCriteria(
      [
        {
          anyOf: [
            { fact: 'employees', op: 'gte', value: 100 },
            { fact: 'annualRevenueYuan', op: 'gte', value: 1_000_000 },
          ],
        },
      ],
      'criteria',
    ).criteria;
    expect(nearestMiss(either, situation({ employees: 10, annualRevenueYuan: 999_999 }))).toMatchObject([
      { fact: 'annualRevenueYuan', difference: '1', unit: '元' },
    ]);
  });

  it('is exact where binary fractions are not', () => {
    const rate = readCriteria([{ fact: 'layoffRatePct', op: 'lte', value: 0.1 }], 'criteria').criteria;
    expect(nearestMiss(rate, situation({ layoffRatePct: 0.3 }))).toMatchObject([
      { difference: '0.2', message: '裁员率 ≤ 0.1%:超出0.2%' },
    ]);
  });

  it('is empty unless the enterprise is refused', () => {
    fc.assert(
      fc.property(randomCriteria, randomFacts, (tree, facts) => {
        const refused = evaluate(tree, { facts, referenceDate: TODAY }).outcome === 'NOT_ELIGIBLE';
        expect(nearestMiss(tree, { facts, referenceDate: TODAY }).length > 0).toBe(refused);
      }),
      { numRuns: 1_000 },
    );
  });
});
