import fc from 'fast-check';
import { compileCriteria, compileForSlots } from '../../../../subgraphs/policies/src/domain/evaluation/compile.js';
import type { Criterion, Test } from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import {
  readFacts,
  slotsOf,
  type Facts,
  type FactValue,
} from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { readCriteria } from '../../../../subgraphs/policies/src/domain/criteria/read-criteria.js';
import { factsAndOneMore, randomCriteria, randomFacts, TODAY } from '../../support/random-criteria.js';

const known = (values: Record<string, FactValue>, dates: Record<string, string> = {}): Facts => ({ values, dates });

function criteria(...rows: Record<string, unknown>[]): readonly Criterion[] {
  const read = readCriteria(rows, 'criteria');
  expect(read.problems).toEqual([]);
  return read.criteria;
}

const outcome = (values: Record<string, FactValue>, ...rows: Record<string, unknown>[]): string =>
  evaluate(criteria(...rows), { facts: known(values), referenceDate: TODAY }).outcome;

describe('evaluate', () => {
  const layoffs = {
    anyOf: [
      { fact: 'layoffRatePct', op: 'lte', value: 5.5 },
      {
        allOf: [
          { fact: 'insuredEmployees', op: 'lte', value: 30 },
          { fact: 'layoffRatePct', op: 'lte', value: 20 },
        ],
      },
    ],
    text_zh: '裁员率≤5.5%;参保30人(含)以下企业裁员率≤20%',
  };

  it.each([
    [{ layoffRatePct: 5.5 }, 'ELIGIBLE'],
    [{ layoffRatePct: 5.6, insuredEmployees: 30 }, 'ELIGIBLE'],
    [{ layoffRatePct: 5.6, insuredEmployees: 31 }, 'NOT_ELIGIBLE'],
    [{ layoffRatePct: 20.1 }, 'NOT_ELIGIBLE'],
    [{ layoffRatePct: 5.6 }, 'UNDETERMINED'],
    [{ insuredEmployees: 30 }, 'UNDETERMINED'],
    [{}, 'UNDETERMINED'],
  ])('with %j the layoff criterion is %s', (values, expected) => {
    expect(outcome(values, layoffs)).toBe(expected);
  });

  it.each([
    ['2023-11-20', 'ELIGIBLE'],
    ['2023-11-19', 'NOT_ELIGIBLE'],
    ['2026-11-20', 'ELIGIBLE'],
    ['2026-11-21', 'NOT_ELIGIBLE'],
  ])('an enterprise registered on %s is %s for "registered within 3 years" on 2026-11-20', (registeredOn, expected) => {
    expect(
      outcome({ registeredOn }, { fact: 'registeredOn', op: 'withinLast', value: { count: 3, unit: 'YEARS' } }),
    ).toBe(expected);
  });

  it.each([
    ['421281', '421200', 'ELIGIBLE'],
    ['421281', '420000', 'ELIGIBLE'],
    ['421281', '421202', 'NOT_ELIGIBLE'],
    ['421281', 'CN', 'ELIGIBLE'],
  ])('region %s lies under %s: %s', (registeredRegion, value, expected) => {
    expect(outcome({ registeredRegion }, { fact: 'registeredRegion', op: 'under', value })).toBe(expected);
  });

  it.each([
    [{ isAboveDesignatedSize: true, aboveDesignatedSizeSince: '2025-01-01' }, 'ELIGIBLE'],
    [{ isAboveDesignatedSize: true, aboveDesignatedSizeSince: '2024-12-31' }, 'NOT_ELIGIBLE'],
    [{ isAboveDesignatedSize: true }, 'UNDETERMINED'],
  ])('with %j "was not above designated size before 2025" is %s', (values, expected) => {
    expect(outcome(values, { fact: 'isAboveDesignatedSize', op: 'wasNotBefore', value: '2025-01-01' })).toBe(expected);
  });

  it.each([
    [110, 100, 10, 'ELIGIBLE'],
    [109.99, 100, 10, 'NOT_ELIGIBLE'],
    [0.33, 0.3, 10, 'ELIGIBLE'],
    [100, 0, 10, 'NOT_ELIGIBLE'],
  ])(
    'revenue of %d after %d is growth of %d %%: %s',
    (annualRevenueYuan, annualRevenuePriorYearYuan, value, expected) => {
      expect(
        outcome(
          { annualRevenueYuan, annualRevenuePriorYearYuan },
          { fact: 'annualRevenueYuan', op: 'growthGte', value },
        ),
      ).toBe(expected);
    },
  );

  it('tells what was asked, what is recorded, by whom and for which day', () => {
    const { criteria: reasons } = evaluate(
      criteria(
        { fact: 'insuredEmployees', op: 'gte', value: 30, text_zh: '参保30人以上' },
        { fact: 'dishonestyRecord', op: 'eq', value: false },
      ),
      {
        facts: known({ insuredEmployees: 18 }, { insuredEmployees: '2025-12-31' }),
        referenceDate: TODAY,
      },
    );
    expect(reasons).toMatchObject([
      {
        text: '参保30人以上',
        outcome: 'NOT_MET',
        expected: '≥ 30人',
        actual: '18人',
        source: '人社局',
        asOf: '2025-12-31',
      },
      { text: '严重失信记录 否', outcome: 'UNKNOWN', expected: '否', actual: null, source: '信用办', asOf: null },
    ]);
  });

  it('takes "exists" as not known, never as no, while nobody has reported the fact', () => {
    expect(outcome({}, { fact: 'taxCreditGrade', op: 'exists' })).toBe('UNDETERMINED');
    expect(outcome({ taxCreditGrade: 'A' }, { fact: 'taxCreditGrade', op: 'exists' })).toBe('ELIGIBLE');
    expect(outcome({ honours: [] }, { fact: 'honours', op: 'exists' })).toBe('NOT_ELIGIBLE');
  });

  it('never throws, whatever a fact sheet holds', () => {
    fc.assert(
      fc.property(
        randomCriteria,
        fc.dictionary(
          fc.constantFrom(
            'scale',
            'honours',
            'insuredEmployees',
            'registeredOn',
            'annualRevenueYuan',
            '__proto__',
            'nonsense',
          ),
          fc.anything(),
        ),
        (tree, values) => {
          const { facts } = readFacts({ values, dates: { scale: 7 } });
          expect(['ELIGIBLE', 'NOT_ELIGIBLE', 'UNDETERMINED']).toContain(
            evaluate(tree, { facts, referenceDate: TODAY }).outcome,
          );
        },
      ),
    );
  });

  it('never goes back to undetermined when one more fact is known', () => {
    fc.assert(
      fc.property(randomCriteria, factsAndOneMore, (tree, { before, after }) => {
        const decided = evaluate(tree, { facts: before, referenceDate: TODAY }).outcome;
        fc.pre(decided !== 'UNDETERMINED');
        expect(evaluate(tree, { facts: after, referenceDate: TODAY }).outcome).toBe(decided);
      }),
      { numRuns: 500 },
    );
  });
});

describe('compileCriteria', () => {
  it('decides as the interpreter does', () => {
    fc.assert(
      fc.property(randomCriteria, randomFacts, (tree, facts) => {
        const { outcome: decided } = evaluate(tree, { facts, referenceDate: TODAY });
        expect(compileCriteria(tree, TODAY)(facts.values)).toBe(decided);
        expect(compileForSlots(tree, TODAY)(slotsOf(facts.values))).toBe(decided);
        expect(compileForSlots(tree, TODAY)(readFacts({ values: facts.values }).slots)).toBe(decided);
      }),
      { numRuns: 2_000 },
    );
  });

  it('decides as the interpreter does on facts whose types other departments got wrong', () => {
    const wrong: Test = { kind: 'test', fact: 'insuredEmployees', operator: 'GTE', value: 30, text: '' };
    const facts = known({ insuredEmployees: ['30'] });
    expect(compileCriteria([wrong], TODAY)(facts.values)).toBe('UNDETERMINED');
    expect(evaluate([wrong], { facts, referenceDate: TODAY }).outcome).toBe('UNDETERMINED');
  });
});

describe('readFacts', () => {
  it('leaves out what it cannot use, says so, and keeps the rest', () => {
    const { facts, problems } = readFacts({
      values: {
        scale: 'small',
        employees: '12',
        insuredEmployees: 1.5,
        madeUp: 1,
        annualRevenueYuan: 1e40,
        layoffRatePct: null,
      },
      dates: { scale: '2025-12-31' },
    });
    expect(facts).toMatchObject({ values: { scale: 'small' }, dates: { scale: '2025-12-31' } });
    expect(Object.keys(facts.values)).toEqual(['scale']);
    expect(facts.unusable).toMatchObject({ employees: '"12" must be a number' });
    expect(problems.map(({ place, code }) => `${place} ${code}`)).toEqual([
      'values.employees WRONG_TYPE',
      'values.insuredEmployees WRONG_TYPE',
      'values.madeUp UNKNOWN_FACT',
      'values.annualRevenueYuan WRONG_TYPE',
    ]);
  });
});
