import fc from 'fast-check';
import { evaluateFormula, parseFormula } from '../../../../subgraphs/policies/src/domain/benefit/formula.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';

function value(text: string, values: Record<string, FactValue> = {}): string {
  const parsed = parseFormula(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const result = evaluateFormula(parsed.formula, values);
  return result.ok ? result.value.toFixed() : result.reason;
}

function problem(text: string): string {
  const parsed = parseFormula(text);
  return parsed.ok ? 'accepted' : parsed.problem.code;
}

describe('a formula', () => {
  it.each([
    ['0.1 + 0.2', '0.3'],
    ['2 + 3 * 4 - 6 / 4', '12.5'],
    ['-(2 - 5) * --2', '6'],
    ['min(200000, 0.01 * 500)', '5'],
    ['2000 * floor(5999999.99 / 2000000)', '4000'],
    ['ceil(1.01) + round(2.5) + abs(-3)', '8'],
    ['1 / 3 + 1 / 3 + 1 / 3 >= 1 ? 20000 : 0', '20000'],
    ['2 / 7 * 7 == 2 ? 5 : 0', '5'],
    ['floor(100 / 3 * 3)', '100'],
    ['3 > 2 ? 10 : 1 / 0 == 1 ? 5 : 6', 'DIVISION'],
  ])('%s gives %s', (text, expected) => {
    if (expected === 'DIVISION') expect(problem(text)).toBe('DIVISION_BY_ZERO');
    else expect(value(text)).toBe(expected);
  });

  it('works out the formulas of real policies', () => {
    const facts = {
      hiredGraduates: 3,
      hiredUnemployedYouth16to24: 2,
      loanPrincipalYuan: 1_000_000,
      loanYears: 5,
      interestPaidYuan: 12_345.67,
    };
    expect(value('1500 * (hiredGraduates + hiredUnemployedYouth16to24)', facts)).toBe('7500');
    expect(value('0.015 * loanPrincipalYuan * min(loanYears, 2)', facts)).toBe('30000');
    expect(value('min(5000000, interestPaidYuan, 0.015 * loanPrincipalYuan)', facts)).toBe('12345.67');
  });

  it('takes the figure of the year that it names', () => {
    expect(value('2 * employees@2024 - employees', { employees: 1, 'employees@2024': 3 })).toBe('5');
    expect(value('employees@2024', { employees: 1 })).toBe('MISSING_FACTS');
  });

  it.each([
    ['employees@LAST', 'OUT_OF_RANGE'],
    ['employees@1989', 'OUT_OF_RANGE'],
    ['employees@', 'OUT_OF_RANGE'],
    ['employeesPriorYear@PREVIOUS', 'WRONG_TYPE'],
    ['registeredOn@PREVIOUS', 'WRONG_TYPE'],
    ['nothing@2024', 'UNKNOWN_FACT'],
    ['$target@2024', 'BAD_FORMULA'],
    ['employees@CURRENT', 'accepted'],
  ])('%s is %s', (text, expected) => expect(problem(text)).toBe(expected));

  it('counts a yes as one and a no as nothing', () => {
    const text = '1000 + 500 * isAboveDesignatedSize';
    expect([true, false].map((answer) => value(text, { isAboveDesignatedSize: answer }))).toEqual(['1500', '1000']);
    expect(value(text)).toBe('MISSING_FACTS');
  });

  it('needs only the facts of the branch that is taken', () => {
    expect(value('loanYears > 3 ? loanPrincipalYuan : 7', { loanYears: 1 })).toBe('7');
    expect(value('loanYears > 3 ? loanPrincipalYuan : 7', { loanYears: 4 })).toBe('MISSING_FACTS');
  });

  it('has no value where a fact makes it divide by zero', () => {
    expect(value('1000 / employees', { employees: 0 })).toBe('DIVISION_BY_ZERO');
  });

  it('has no value beyond all measure', () => {
    const huge = Array.from({ length: 80 }, () => 'annualRevenueYuan')
      .join('*')
      .slice(0, 990);
    expect(value(huge.slice(0, huge.lastIndexOf('*')), { annualRevenueYuan: 9e12 })).toMatch(/^\d+$/);
    expect(value(`(${'9*'.repeat(300)}9) * annualRevenueYuan`, { annualRevenueYuan: 1 })).toMatch(/^\d+$/);
  });

  it.each([
    ['1 / 0', 'DIVISION_BY_ZERO'],
    ['1 / (2 - 2)', 'DIVISION_BY_ZERO'],
    ['amount * 2', 'SELF_REFERENCE'],
    ['min(benefit, 5)', 'SELF_REFERENCE'],
    ['madeUpFact * 2', 'UNKNOWN_FACT'],
    ['scale * 2', 'WRONG_TYPE'],
    ['1234567890123456789012345678901234567890', 'OUT_OF_RANGE'],
    ['1 +', 'BAD_FORMULA'],
    ['', 'BAD_FORMULA'],
    ['1 2', 'BAD_FORMULA'],
    ['employees > 3', 'BAD_FORMULA'],
    ['employees ? 1 : 2', 'BAD_FORMULA'],
    ['process.exit(1)', 'BAD_FORMULA'],
    ['constructor', 'UNKNOWN_FACT'],
    ['floor(1, 2)', 'BAD_FORMULA'],
    ['"a"', 'BAD_FORMULA'],
    [`${'('.repeat(10_000)}1`, 'TOO_LARGE'],
    [`${'('.repeat(400)}1${')'.repeat(400)}`, 'TOO_DEEP'],
  ])('%.40s is refused: %s', (text, code) => {
    expect(problem(text)).toBe(code);
  });

  it('never throws, whatever the text and the facts', () => {
    const pieces = fc.constantFrom(
      '1',
      '0',
      '0.5',
      'employees',
      'min',
      'floor',
      '(',
      ')',
      ',',
      '+',
      '-',
      '*',
      '/',
      '?',
      ':',
      '>',
      '==',
      ' ',
      '$',
      'amount',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
        (text, employees) => {
          const parsed = parseFormula(text);
          const result = parsed.ok ? evaluateFormula(parsed.formula, employees === null ? {} : { employees }) : null;
          expect(result === null || !result.ok || /^-?\d+(\.\d+)?$/.test(result.value.toFixed())).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
