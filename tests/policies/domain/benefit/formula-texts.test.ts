import fc from 'fast-check';
import {
  evaluateFormula,
  parseFormula,
  resolveFormula,
  type FormulaValue,
} from '../../../../subgraphs/policies/src/domain/benefit/formula.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';

const said = (text: string): string => {
  const parsed = parseFormula(text);
  return parsed.ok ? 'accepted' : `${parsed.problem.code}: ${parsed.problem.message}`;
};

function resultOf(text: string, values: Record<string, FactValue> = {}): FormulaValue {
  const parsed = parseFormula(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return evaluateFormula(parsed.formula, values);
}
const shownResult = (text: string, values: Record<string, FactValue> = {}): string => {
  const result = resultOf(text, values);
  return result.ok ? result.value.toFixed() : `${result.reason} ${result.missing.join()}`.trim();
};

describe('a formula that is refused', () => {
  it.each([
    ['1 + #', 'BAD_FORMULA: Position 4: "#" is not part of a formula.'],
    ['employees & 2 and much more', 'BAD_FORMULA: Position 10: "& 2 and mu" is not part of a formula.'],
    ['1 2', 'BAD_FORMULA: Position 3: 2 was not expected.'],
    ['1 + * 2', 'BAD_FORMULA: Position 5: * was not expected.'],
    ['2 *', 'BAD_FORMULA: Position 3: the end was not expected.'],
    ['', 'BAD_FORMULA: Position 0: the end was not expected.'],
    ['(1 + 2', 'BAD_FORMULA: Position 6: ) is needed before the end.'],
    ['min 1', 'BAD_FORMULA: Position 5: ( is needed before 1.'],
    ['max(1, 2', 'BAD_FORMULA: Position 8: ) is needed before the end.'],
    ['1 > 2 ? 3', 'BAD_FORMULA: Position 9: : is needed before the end.'],
    ['employees ? 1 : 2', 'BAD_FORMULA: What stands before ? must be a comparison.'],
    ['employees >= 1', 'BAD_FORMULA: A comparison gives no amount; write condition ? amount : amount.'],
    ['(1 < 2) ? 1 : 2', 'BAD_FORMULA: A comparison gives no amount; write condition ? amount : amount.'],
    ['min(1 < 2, 3)', 'BAD_FORMULA: A comparison gives no amount; write condition ? amount : amount.'],
    ['1 < 2 < 3', 'BAD_FORMULA: A comparison gives no amount; write condition ? amount : amount.'],
    ['floor(1, 2)', 'BAD_FORMULA: floor takes 1 values, not 2.'],
    ['ceil(1, 2)', 'BAD_FORMULA: ceil takes 1 values, not 2.'],
    ['round(1, 2, 3)', 'BAD_FORMULA: round takes 1 values, not 3.'],
    ['abs(1, 2)', 'BAD_FORMULA: abs takes 1 values, not 2.'],
    ['min()', 'BAD_FORMULA: Position 5: ) was not expected.'],
    [`min(${Array.from({ length: 21 }, () => '1').join()})`, 'BAD_FORMULA: min takes 1 to 20 values, not 21.'],
    [`max(${Array.from({ length: 21 }, () => '1').join()})`, 'BAD_FORMULA: max takes 1 to 20 values, not 21.'],
    ['5 / (3 - 3)', 'DIVISION_BY_ZERO: The formula always divides by zero.'],
    ['employees / -0', 'DIVISION_BY_ZERO: The formula always divides by zero.'],
    ['formula', 'SELF_REFERENCE: A formula cannot ask for its own result (formula).'],
    ['2 * result', 'SELF_REFERENCE: A formula cannot ask for its own result (result).'],
    ['this + self', 'SELF_REFERENCE: A formula cannot ask for its own result (this).'],
    ['self', 'SELF_REFERENCE: A formula cannot ask for its own result (self).'],
    ['staff * 2', 'UNKNOWN_FACT: staff is not in the vocabulary of facts.'],
    ['x'.repeat(70), `UNKNOWN_FACT: ${'x'.repeat(60)} is not in the vocabulary of facts.`],
    ['scale', 'WRONG_TYPE: scale is no number, and not true or false.'],
    ['registeredOn + 1', 'WRONG_TYPE: registeredOn is no number, and not true or false.'],
    ['1 + 1234567890123456789', 'OUT_OF_RANGE: Position 4: a number has at most 18 digits.'],
    ['12345678.12345678901', 'OUT_OF_RANGE: Position 1: a number has at most 18 digits.'],
    ['1'.repeat(1_001), 'TOO_LARGE: A formula has at most 1000 characters.'],
    [`${'('.repeat(40)}1${')'.repeat(40)}`, 'TOO_DEEP: A formula nests at most 40 deep.'],
  ])('%.60s says why and where', (text, message) => {
    expect(said(text)).toBe(message);
  });

  it.each([
    ['numbers of 18 digits', '123456789012345678 + 12345678.1234567890'],
    ['39 brackets', `${'('.repeat(39)}1${')'.repeat(39)}`],
    ['brackets beside each other', Array.from({ length: 60 }, () => '(1)').join('+')],
    ['20 values', `min(${Array.from({ length: 20 }, () => '1').join()}) + max(1)`],
    ['1000 characters', `1${'+1'.repeat(499)} `],
    ['every sign, blanks or none', ' 1<2?3:4 >= 5 ? 6 :7'],
  ])('is not one of %s', (_what, text) => {
    expect(said(text)).toBe('accepted');
  });

  it('is also one that would be too long once its figures stand in it', () => {
    const name = '$a';
    const most = Math.floor(1_000 / ('(-123456789.123456)'.length - 1 + '+'.length));
    const sum = (count: number): string => Array.from({ length: count }, () => name).join('+');
    expect(said(sum(most - 5))).toBe('accepted');
    expect(said(sum(most + 5))).toBe('TOO_LARGE: A formula has at most 1000 characters.');
  });
});

describe('a formula that is read', () => {
  it('names its facts and figures once each, in their order', () => {
    const parsed = parseFormula('$rate * insuredEmployees + min($cap, employees) - insuredEmployees * $rate');
    expect(parsed).toMatchObject({ ok: true, facts: ['insuredEmployees', 'employees'], parameters: ['rate', 'cap'] });
  });

  it.each([
    ['1 < 2', '1'],
    ['2 < 2', '0'],
    ['3 < 2', '0'],
    ['1 <= 2', '1'],
    ['2 <= 2', '1'],
    ['3 <= 2', '0'],
    ['1 > 2', '0'],
    ['2 > 2', '0'],
    ['3 > 2', '1'],
    ['1 >= 2', '0'],
    ['2 >= 2', '1'],
    ['3 >= 2', '1'],
    ['1 == 2', '0'],
    ['2 == 2', '1'],
    ['3 == 2', '0'],
    ['1 != 2', '1'],
    ['2 != 2', '0'],
    ['3 != 2', '1'],
  ])('takes the right branch of %s', (comparison, expected) => {
    expect(shownResult(`${comparison} ? 1 : 0`)).toBe(expected);
  });

  it.each([
    ['8 - 3 - 2', '3'],
    ['8 / 4 / 2', '1'],
    ['2 + 3 * 4', '14'],
    ['(2 + 3) * 4', '20'],
    ['-2 * -3', '6'],
    ['--5', '5'],
    ['---5', '-5'],
    ['10 - -5', '15'],
    ['floor(-1.5)', '-2'],
    ['ceil(-1.5)', '-1'],
    ['ceil(2)', '2'],
    ['round(2.4)', '2'],
    ['round(2.5)', '3'],
    ['round(-2.5)', '-3'],
    ['abs(7)', '7'],
    ['abs(-7)', '7'],
    ['min(3)', '3'],
    ['min(3, 1, 2)', '1'],
    ['max(3, 1, 2)', '3'],
    ['max(1, 5, 2)', '5'],
    ['1 > 2 ? 1 : 2 > 1 ? 5 : 6', '5'],
    ['2 > 1 ? 1 > 2 ? 7 : 8 : 9', '8'],
    ['1 / 3 * 3', '1'],
  ])('works out %s as %s', (text, expected) => {
    expect(shownResult(text)).toBe(expected);
  });

  it('names every fact that is missing, each once, and does not take text for a number', () => {
    expect(shownResult('employees + insuredEmployees * employees')).toBe('MISSING_FACTS employees,insuredEmployees');
    expect(shownResult('min(employees, insuredEmployees, 3)', { employees: 1 })).toBe('MISSING_FACTS insuredEmployees');
    expect(shownResult('-employees', { employees: '12' })).toBe('MISSING_FACTS employees');
    expect(shownResult('employees > 3 ? 1 : 2')).toBe('MISSING_FACTS employees');
    expect(shownResult('2 * $rate + employees')).toBe('MISSING_FACTS $rate,employees');
  });

  it('says that a fact is missing before it says that another one divides by zero', () => {
    expect(shownResult('1 / employees + insuredEmployees', { employees: 0 })).toBe('MISSING_FACTS insuredEmployees');
    expect(shownResult('1 / employees + insuredEmployees', { employees: 0, insuredEmployees: 1 })).toBe(
      'DIVISION_BY_ZERO',
    );
    expect(shownResult('max(1 / employees, 2)', { employees: 0 })).toBe('DIVISION_BY_ZERO');
    expect(shownResult('1 / employees > 1 ? 1 : 2', { employees: 0 })).toBe('DIVISION_BY_ZERO');
  });

  it('has no value beyond 10 to the power of 1000', () => {
    const power = Array.from({ length: 90 }, () => 'exportsUSD').join('*');
    expect(shownResult(power, { exportsUSD: 1e11 })).toMatch(/^10{990}$/);
    expect(shownResult(power, { exportsUSD: 1e12 })).toBe('OUT_OF_RANGE');
  });

  it('works out sums and products of whole numbers as whole numbers are', () => {
    const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(whole, whole, whole, (a, b, c) => {
        const exact = BigInt(a) * BigInt(b) - BigInt(c) + BigInt(a);
        expect(
          shownResult('employees * insuredEmployees - jobsCreated12m + employees', {
            employees: a,
            insuredEmployees: b,
            jobsCreated12m: c,
          }),
        ).toBe(exact.toString());
      }),
    );
  });
});

describe('the figures of a day in a formula', () => {
  it('stand in brackets in place of their names; one without a number stays', () => {
    const figures: Readonly<Record<string, string>> = { rate: '-0.5', cap_2: '9' };
    expect(resolveFormula('3 - $rate * min($cap_2, $other) + $rate', (name) => figures[name] ?? null)).toBe(
      '3 - (-0.5) * min((9), $other) + (-0.5)',
    );
  });
});
