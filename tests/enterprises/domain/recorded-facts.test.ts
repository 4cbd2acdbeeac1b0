import { checkFacts } from '../../../subgraphs/enterprises/src/domain/fact-vocabulary.js';

const check = (values: Readonly<Record<string, unknown>>, withdraw: readonly string[] = []) =>
  checkFacts({ values, withdraw });
const taken = (fact: string, value: unknown): boolean => check({ [fact]: value }).problems.length === 0;

describe('a value of a recorded fact', () => {
  it.each<[string, unknown[], unknown[], string]>([
    [
      'annualRevenueYuan',
      [0, -5, 10_000_000_000_000],
      [1.5, '1', 2 ** 53, true, Infinity],
      'annualRevenueYuan must be a whole number of yuan',
    ],
    ['revenueGrowthPct', [0, -1.5, 3], [Infinity, '3', []], 'revenueGrowthPct must be a number'],
    ['employees', [0, 1], [-1, 0.5, '1', [1]], 'employees must be a whole number, 0 or more'],
    ['taxArrears', [true, false], [0, 'true', []], 'taxArrears must be true or false'],
    [
      'listingStage',
      ['a', '长'.repeat(100)],
      ['', '长'.repeat(101), 5, ['a']],
      'listingStage must be a text of 1 to 100 characters',
    ],
    [
      'certifications',
      [[], ['ISO 9001'], Array.from({ length: 50 }, () => 'x')],
      ['ISO 9001', Array.from({ length: 51 }, () => 'x'), ['ok', ''], ['ok', 5], { length: 1 }],
      'certifications must be a list of at most 50 texts',
    ],
    ['hiredOn', ['2026-01-01'], ['2026-02-30', 20260101], 'hiredOn must be a day, YYYY-MM-DD'],
  ])('%s', (fact, right, wrong, message) => {
    for (const value of right) expect([value, taken(fact, value)]).toEqual([value, true]);
    for (const value of wrong) expect(check({ [fact]: value })).toMatchObject({ facts: {}, problems: [{ message }] });
    expect(check({ [fact]: null }).problems).toMatchObject([
      { path: ['values', fact], message: `${fact} is null, which is no value; name it in withdraw to take it back` },
    ]);
    expect(check({}, [fact])).toEqual({ facts: { [fact]: null }, problems: [] });
  });

  it.each([
    ['layoffRatePct', 5500, 'layoffRatePct is 5500; it must be from 0 to 100'],
    ['employees', 1e14, 'employees is 100000000000000; it must be from 0 to 10000000'],
    ['taxCreditGrade', 'E', 'taxCreditGrade is "E"; it must be one of A, B, M, C, D'],
  ])('within its limits: %s = %j is refused', (fact, value, message) => {
    expect(check({ [fact]: value }).problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('is not withdrawn in the same breath, nor withdrawn where it is none', () => {
    expect(check({ employees: 1 }, ['taxArrears', 'employees', 'y'.repeat(70)]).problems).toMatchObject([
      { path: ['withdraw', '1'], message: 'employees is recorded and withdrawn at once' },
      { path: ['withdraw', '2'], message: `"${'y'.repeat(60)}" is not a recorded fact` },
    ]);
    expect(check({ ['x'.repeat(70)]: 1 }).problems[0]?.path).toEqual(['values', 'x'.repeat(60)]);
  });

  it('is of a known fact, of whose name at most sixty characters are shown', () => {
    expect(check({ ['x'.repeat(70)]: 1 }).problems[0]?.message).toBe(`"${'x'.repeat(60)}" is not a recorded fact`);
    expect(taken('', 1)).toBe(false);
  });
});
