import { readPolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { isSatisfiable } from '../../../../subgraphs/policies/src/domain/criteria/satisfiability.js';
import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { overlapProblems } from '../../../../subgraphs/policies/src/domain/policy/validate.js';
import fc from 'fast-check';
import { randomCriteria, randomFacts, TODAY } from '../../support/random-criteria.js';

const employees = (op: string, value: unknown) => ({ fact: 'employees', op, value });
const scale = (value: string) => ({ fact: 'scale', op: 'eq', value });
const base = {
  id: 'test-policy',
  title_zh: '测试政策',
  issuer: '测试局',
  criteria: [employees('gte', 1)],
  benefit: { kind: 'cash', amount_yuan: 100 },
};

const problemsOf = (change: Record<string, unknown>): string[] =>
  readPolicy({ ...base, ...change }, TODAY).problems.map(({ place, code }) => `${place} ${code}`);
const criteriaProblems = (...criteria: unknown[]): string[] => problemsOf({ criteria });

const nested = (depth: number): unknown => {
  let tree: unknown = employees('gte', 1);
  for (let level = 0; level < depth; level += 1) tree = { allOf: [tree] };
  return tree;
};

describe('a version is refused with the place in the tree', () => {
  it.each<[string, unknown[], string]>([
    [
      'an unknown fact',
      [{ anyOf: [employees('gte', 1), { fact: 'madeUp', op: 'eq', value: 1 }] }],
      'criteria[0].anyOf[1].fact UNKNOWN_FACT',
    ],
    ['an unknown operator', [employees('matches', '(a+)+$')], 'criteria[0].op UNKNOWN_OPERATOR'],
    ['a wrong type', [employees('gte', '30')], 'criteria[0].value WRONG_TYPE'],
    [
      'an operator that the fact has no use for',
      [{ fact: 'dishonestyRecord', op: 'gte', value: 1 }],
      'criteria[0].op WRONG_OPERATOR',
    ],
    ['a value outside the list', [scale('enormous')], 'criteria[0].value WRONG_TYPE'],
    [
      'an amount of forty digits',
      [{ fact: 'annualRevenueYuan', op: 'gte', value: 1e40 }],
      'criteria[0].value OUT_OF_RANGE',
    ],
    [
      'a dated parameter that nobody defined',
      [{ fact: 'layoffRatePct', op: 'lte', value: '$nationalTarget' }],
      'criteria[0].value UNKNOWN_PARAMETER',
    ],
    [
      'a day that does not exist',
      [{ fact: 'registeredOn', op: 'gte', value: '2026-02-30' }],
      'criteria[0].value WRONG_TYPE',
    ],
    [
      'growth of a figure without a year before',
      [{ fact: 'layoffRatePct', op: 'growthGte', value: 1 }],
      'criteria[0].op WRONG_OPERATOR',
    ],
    ['a misspelt key', [{ ...employees('gte', 1), textzh: 'x' }], 'criteria[0].textzh UNKNOWN_KEY'],
    ['an empty group', [{ anyOf: [] }], 'criteria[0] WRONG_SHAPE'],
    [
      'at least three of two',
      [{ atLeast: 3, of: [employees('gte', 1), scale('large')] }],
      'criteria[0].atLeast CONTRADICTION',
    ],
    ['a range upside down', [employees('between', [9, 3])], 'criteria[0].value CONTRADICTION'],
    ['scale large and small', [scale('large'), scale('small')], 'criteria CONTRADICTION'],
    [
      'a contradiction inside a group',
      [employees('gte', 1), { anyOf: [scale('large'), { allOf: [employees('gt', 30), employees('lte', 30)] }] }],
      'criteria[1].anyOf[1].allOf CONTRADICTION',
    ],
    [
      'a contradiction that is excluded',
      [{ not: { allOf: [employees('gt', 30), employees('lte', 30)] } }],
      'criteria[0].not[0].allOf CONTRADICTION',
    ],
    ['a wrong type in what is excluded', [{ not: employees('gte', '30') }], 'criteria[0].not[0].value WRONG_TYPE'],
    ['no whole number between', [employees('gt', 3), employees('lt', 4)], 'criteria CONTRADICTION'],
    [
      'a title that is both asked and forbidden',
      [
        { fact: 'honours', op: 'contains', value: '瞪羚企业' },
        { not: { fact: 'honours', op: 'containsAny', value: ['瞪羚企业', '雏鹰企业'] } },
      ],
      'criteria CONTRADICTION',
    ],
    [
      'two industries at once',
      [
        { fact: 'industryCode', op: 'under', value: 'C13' },
        { fact: 'industryCode', op: 'startsWith', value: 'F' },
      ],
      'criteria CONTRADICTION',
    ],
    [
      'every scale excluded',
      [{ fact: 'scale', op: 'nin', value: ['large', 'medium', 'small', 'micro', 'individual'] }],
      'criteria[0] CONTRADICTION',
    ],
    ['criteria 10,000 deep', [nested(10_000)], `criteria[0]${'.allOf[0]'.repeat(32)}.allOf TOO_DEEP`],
    ['3,000 criteria', Array.from({ length: 3_000 }, () => employees('gte', 1)), 'criteria TOO_LARGE'],
  ])('%s', (_what, criteria, expected) => {
    expect(criteriaProblems(...criteria)).toEqual([expected]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a window that ends before it begins',
      { valid_from: '2026-02-01', valid_to: '2026-01-31' },
      'valid_to BAD_WINDOW',
    ],
    ['a benefit of forty digits', { benefit: { kind: 'cash', amount_yuan: 1e39 } }, 'benefit.amount_yuan OUT_OF_RANGE'],
    ['a tenth of a fen', { benefit: { kind: 'cash', amount_yuan: 1.001 } }, 'benefit.amount_yuan OUT_OF_RANGE'],
    [
      'a formula that divides by zero',
      { benefit: { kind: 'cash', formula: '5 / 0' } },
      'benefit.formula DIVISION_BY_ZERO',
    ],
    [
      'a formula that asks for itself',
      { benefit: { kind: 'cash', formula: 'amount + 1' } },
      'benefit.formula SELF_REFERENCE',
    ],
    [
      'an amount and a formula',
      { benefit: { kind: 'cash', amount_yuan: 1, formula: '2' } },
      'benefit.formula WRONG_SHAPE',
    ],
    [
      'shares that are not all of it',
      { benefit: { kind: 'cash', amount_yuan: 1, instalments: [0.4, 0.5] } },
      'benefit.instalments OUT_OF_RANGE',
    ],
    [
      'instalments that sum to something else',
      { benefit: { kind: 'cash', amount_yuan: 6, instalments_yuan: [1, 2] } },
      'benefit.instalments_yuan OUT_OF_RANGE',
    ],
    ['no title', { title_zh: ' ' }, 'title_zh WRONG_TYPE'],
    ['an address that is a script', { source_url: 'javascript:alert(1)' }, 'source_url WRONG_TYPE'],
    ['a policy that excludes itself', { excludes: ['test-policy'] }, 'excludes[0] SELF_REFERENCE'],
    ['a key of another format', { budget: 5 }, 'budget UNKNOWN_KEY'],
  ])('%s', (_what, change, expected) => {
    expect(problemsOf(change)).toEqual([expected]);
  });

  it('a row of the benefit table that earlier rows leave nobody for', () => {
    const tiers = [
      { when: [employees('gte', 10)], amount_yuan: 1 },
      { when: [employees('gte', 100)], amount_yuan: 2 },
      { when: [], amount_yuan: 3 },
      { when: [scale('large')], amount_yuan: 4 },
    ];
    expect(problemsOf({ benefit: { kind: 'cash', tiers } })).toEqual([
      'benefit.tiers[1] UNREACHABLE_TIER',
      'benefit.tiers[3] UNREACHABLE_TIER',
    ]);
  });

  it('a row that the criteria exclude', () => {
    expect(
      problemsOf({
        criteria: [scale('small')],
        benefit: { kind: 'cash', tiers: [{ when: [scale('large')], amount_yuan: 1 }] },
      }),
    ).toEqual(['benefit.tiers[0] UNREACHABLE_TIER']);
  });

  it('but not the higher row first, nor rows of which the highest counts', () => {
    const higher = [
      { when: [employees('gte', 100)], amount_yuan: 2 },
      { when: [employees('gte', 10)], amount_yuan: 1 },
    ];
    expect(problemsOf({ benefit: { kind: 'cash', tiers: higher } })).toEqual([]);
    expect(problemsOf({ benefit: { kind: 'cash', tiers: [...higher].reverse(), highest_only: true } })).toEqual([]);
  });

  it('all problems at once, each with its place', () => {
    expect(problemsOf({ title_zh: '', criteria: [employees('gte', 'x')], valid_from: 'yesterday' })).toEqual([
      'criteria[0].value WRONG_TYPE',
      'title_zh WRONG_TYPE',
      'valid_from WRONG_TYPE',
    ]);
  });
});

describe('isSatisfiable', () => {
  it('never calls criteria impossible that some enterprise meets', () => {
    fc.assert(
      fc.property(randomCriteria, randomFacts, (criteria, facts) => {
        fc.pre(evaluate(criteria, { facts, referenceDate: TODAY }).outcome === 'ELIGIBLE');
        expect(isSatisfiable(criteria, TODAY)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('overlapProblems', () => {
  const published = [{ version: 1, window: { from: '2025-01-01', to: '2025-12-31' } }];

  it.each([
    [{ from: '2026-01-01', to: null }, 0],
    [{ from: '2025-12-31', to: null }, 1],
    [{ from: null, to: '2024-12-31' }, 0],
    [{ from: null, to: null }, 1],
  ])('a version for %j overlaps %d published ones', (window, count) => {
    expect(overlapProblems(window, published)).toHaveLength(count);
  });
});
