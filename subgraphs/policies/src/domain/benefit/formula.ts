import { rational, type Rational } from '@zhitong/values';
import type { FactValue } from '../facts/fact-values.js';
import type { ProblemCode } from '../problem.js';
import { said, type Said } from '../refusal-words.js';
import { factProblem } from './formula-facts.js';

const ZERO = rational(0);
/** Digits before the point beyond which a number is no amount any more. */
const MOST_DIGITS = 1_001;

type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';
type FunctionName = 'min' | 'max' | 'floor' | 'ceil' | 'round' | 'abs';

/** A parsed formula. */
export type Formula =
  | { readonly kind: 'number'; readonly value: Rational }
  /** A fact; with `@2025`, `@PREVIOUS` or `@CURRENT` behind its name its figure of that year. */
  | { readonly kind: 'fact'; readonly name: string }
  /** A dated parameter, with its `$`; it has a value once `resolveFormula` has put one in its place. */
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'negate'; readonly of: Formula }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'choose'; readonly when: Formula; readonly then: Formula; readonly otherwise: Formula }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: readonly Formula[] };

export interface FormulaProblem extends Said {
  readonly code: ProblemCode;
}

export type ParsedFormula =
  | {
      readonly ok: true;
      readonly formula: Formula;
      readonly facts: readonly string[];
      /** Without the `$`. */ readonly parameters: readonly string[];
    }
  | { readonly ok: false; readonly problem: FormulaProblem };

const MAX_LENGTH = 1_000;
const MAX_NESTING = 40;
const MAX_DIGITS = 18;
/** A parameter's number in brackets has at most so many characters; see `MAX_PARAMETER_DIGITS`. */
const RESOLVED = '(-123456789.123456)';
const PARAMETER = /\$[A-Za-z_][A-Za-z0-9_]*/g;
const FUNCTIONS: Readonly<Record<FunctionName, readonly [least: number, most: number]>> = {
  min: [1, 20],
  max: [1, 20],
  floor: [1, 1],
  ceil: [1, 1],
  round: [1, 1],
  abs: [1, 1],
};
const isFunction = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);
const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|(\$[A-Za-z_][A-Za-z0-9_]*|[A-Za-z_][A-Za-z0-9_]*(?:@\w*)?)|(<=|>=|==|!=|[-+*/()<>?:,]))/y;

class Refused extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly words: Said,
  ) {
    super(words.message);
  }
}

/**
 * Parses a formula over facts that are numbers, or true (1) and false (0): numbers, `+ - * /`, brackets, `min max floor
 * ceil round abs`, comparisons and `condition ? a : b`; a fact that is recorded by year may name one
 * (`annualRevenueYuan@PREVIOUS`, `@CURRENT`, `@2024`). A parser of its own instead of `eval`: a policy is data that
 * others wrote. Refuses what is too long or too deep (also once its parameters are numbers), facts that are unknown or
 * of another type, division by a constant zero, and a formula that asks for its own result.
 */
export function parseFormula(text: string): ParsedFormula {
  try {
    if (text.length > MAX_LENGTH || text.replace(PARAMETER, RESOLVED).length > MAX_LENGTH)
      throw new Refused('TOO_LARGE', said('FORMULA_TOO_LONG', { most: MAX_LENGTH }));
    const parser = new Parser(tokens(text));
    const formula = parser.whole();
    return { ok: true, formula, facts: [...new Set(parser.facts)], parameters: [...new Set(parser.parameters)] };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: { code: error.code, ...error.words } };
    throw error;
  }
}

interface Token {
  readonly text: string;
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly at: number;
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null)
      throw new Refused(
        'BAD_FORMULA',
        said('NO_PART_OF_FORMULA', { at: at + 1, text: JSON.stringify(text.slice(at).trim().slice(0, 10)) }),
      );
    const [, number, name, sign] = match;
    if (number !== undefined && number.replace('.', '').length > MAX_DIGITS)
      throw new Refused('OUT_OF_RANGE', said('FORMULA_DIGITS', { at: at + 1, most: MAX_DIGITS }));
    found.push({
      text: number ?? name ?? sign ?? '',
      kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign',
      at: TOKEN.lastIndex,
    });
    at = TOKEN.lastIndex;
  }
  return [...found, { text: 'the end', kind: 'end', at: text.length }];
}

class Parser {
  readonly facts: string[] = [];
  readonly parameters: string[] = [];
  #next = 0;
  #nesting = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Formula {
    const formula = this.#choice();
    if (this.#peek().kind !== 'end') throw this.#unexpected();
    return formula;
  }

  #peek(): Token {
    return this.tokens[this.#next] ?? { text: 'the end', kind: 'end', at: 0 };
  }

  #take(...signs: string[]): string | null {
    const token = this.#peek();
    if (token.kind !== 'sign' || !signs.includes(token.text)) return null;
    this.#next += 1;
    return token.text;
  }

  #need(sign: string): void {
    if (this.#take(sign) === null)
      throw new Refused('BAD_FORMULA', said('FORMULA_NEEDS', { at: this.#peek().at, sign, text: this.#peek().text }));
  }

  #unexpected(): Refused {
    return new Refused('BAD_FORMULA', said('FORMULA_UNEXPECTED', { at: this.#peek().at, text: this.#peek().text }));
  }

  #choice(): Formula {
    this.#nesting += 1;
    if (this.#nesting > MAX_NESTING) throw new Refused('TOO_DEEP', said('FORMULA_TOO_DEEP', { most: MAX_NESTING }));
    const when = this.#comparison();
    let formula = when;
    if (this.#take('?') !== null) {
      if (when.kind !== 'compare') throw new Refused('BAD_FORMULA', said('FORMULA_CONDITION'));
      const then = this.#choice();
      this.#need(':');
      formula = { kind: 'choose', when, then, otherwise: this.#choice() };
    } else if (when.kind === 'compare') {
      throw new Refused('BAD_FORMULA', said('FORMULA_COMPARISON'));
    }
    this.#nesting -= 1;
    return formula;
  }

  #comparison(): Formula {
    const left = this.#sum();
    const operator = this.#take('<', '<=', '>', '>=', '==', '!=');
    return operator === null ? left : { kind: 'compare', operator: operator as Comparison, left, right: this.#sum() }; // #take returns one of the six
  }

  #sum(): Formula {
    let left = this.#product();
    for (let operator = this.#take('+', '-'); operator !== null; operator = this.#take('+', '-')) {
      left = { kind: 'binary', operator: operator === '+' ? '+' : '-', left, right: this.#product() };
    }
    return left;
  }

  #product(): Formula {
    let left = this.#unary();
    for (let operator = this.#take('*', '/'); operator !== null; operator = this.#take('*', '/')) {
      const right = this.#unary();
      if (operator === '/' && isConstantZero(right))
        throw new Refused('DIVISION_BY_ZERO', said('FORMULA_DIVIDES_BY_ZERO'));
      left = { kind: 'binary', operator: operator === '*' ? '*' : '/', left, right };
    }
    return left;
  }

  #unary(): Formula {
    let minuses = 0;
    while (this.#take('-') !== null) minuses += 1;
    const formula = this.#single();
    return minuses % 2 === 0 ? formula : { kind: 'negate', of: formula };
  }

  #single(): Formula {
    const token = this.#peek();
    if (token.kind === 'number') {
      this.#next += 1;
      return { kind: 'number', value: rational(token.text) };
    }
    if (this.#take('(') !== null) {
      const inner = this.#choice();
      this.#need(')');
      return inner;
    }
    if (token.kind !== 'name') throw this.#unexpected();
    this.#next += 1;
    if (token.text.startsWith('$')) {
      this.parameters.push(token.text.slice(1));
      return { kind: 'parameter', name: token.text };
    }
    return isFunction(token.text) ? this.#call(token.text) : this.#fact(token.text);
  }

  #call(name: FunctionName): Formula {
    this.#need('(');
    const of = [this.#choice()];
    while (this.#take(',') !== null) of.push(this.#choice());
    this.#need(')');
    const [least, most] = FUNCTIONS[name];
    if (of.length < least || of.length > most)
      throw new Refused(
        'BAD_FORMULA',
        said('FORMULA_ARGUMENTS', {
          name,
          number: most === least ? least : `${String(least)} to ${String(most)}`,
          numberInChinese: most === least ? least : `${String(least)} 至 ${String(most)}`,
          given: of.length,
        }),
      );
    return { kind: 'call', name, of };
  }

  #fact(name: string): Formula {
    const problem = factProblem(name);
    if (problem !== null) throw new Refused(problem.code, problem);
    this.facts.push(name);
    return { kind: 'fact', name };
  }
}

/**
 * The formula with the numbers of the day in place of its parameters; one without a number stays, and leaves the amount
 * not known.
 */
export const resolveFormula = (text: string, numberOf: (parameter: string) => string | null): string =>
  text.replace(PARAMETER, (name) => {
    const number = numberOf(name.slice(1));
    return number === null ? name : `(${number})`;
  });

/** A divisor made of constants only is worked out at once; one that a fact decides is checked when it is used. */
function isConstantZero(divisor: Formula): boolean {
  const value = evaluateFormula(divisor, {});
  return value.ok && value.value.isZero();
}

export type FormulaValue =
  | { readonly ok: true; readonly value: Rational }
  | {
      readonly ok: false;
      readonly missing: readonly string[];
      readonly reason: 'MISSING_FACTS' | 'DIVISION_BY_ZERO' | 'OUT_OF_RANGE';
    };

/**
 * The exact value of a formula. Without a fact that it needs, and when a fact makes it divide by zero,
 * there is no value, and the result says why; of `condition ? a : b` only the branch that is taken needs its facts.
 * Never throws.
 */
export function evaluateFormula(formula: Formula, values: Readonly<Record<string, FactValue>>): FormulaValue {
  switch (formula.kind) {
    case 'number':
      return { ok: true, value: formula.value };
    case 'fact': {
      const value = values[formula.name];
      if (typeof value === 'boolean') return { ok: true, value: rational(value ? 1 : 0) };
      return typeof value === 'number'
        ? { ok: true, value: rational(value) }
        : { ok: false, missing: [formula.name], reason: 'MISSING_FACTS' };
    }
    case 'parameter':
      return { ok: false, missing: [formula.name], reason: 'MISSING_FACTS' };
    case 'negate':
      return on([formula.of], values, ([value]) => value?.negated() ?? null);
    case 'binary':
      return onBoth(formula, values, (left, right) => calculate(formula.operator, left, right));
    case 'compare':
      return onBoth(formula, values, (left, right) =>
        rational(compares(formula.operator, left.comparedTo(right)) ? 1 : 0),
      );
    case 'choose': {
      const when = evaluateFormula(formula.when, values);
      if (!when.ok) return when;
      return evaluateFormula(when.value.isZero() ? formula.otherwise : formula.then, values);
    }
    case 'call':
      return on(formula.of, values, (operands) => apply(formula.name, operands));
  }
}

/** Two operands are what nearly every formula is made of: where both are known, nothing is collected. */
function onBoth(
  { left, right }: { readonly left: Formula; readonly right: Formula },
  values: Readonly<Record<string, FactValue>>,
  calculateWith: (left: Rational, right: Rational) => Rational | null,
): FormulaValue {
  const [one, other] = [evaluateFormula(left, values), evaluateFormula(right, values)];
  return one.ok && other.ok ? result(calculateWith(one.value, other.value)) : (failureOf([one, other]) ?? result(null));
}

function on(
  operands: readonly Formula[],
  values: Readonly<Record<string, FactValue>>,
  calculateWith: (operands: readonly Rational[]) => Rational | null,
): FormulaValue {
  const evaluated = operands.map((operand) => evaluateFormula(operand, values));
  return (
    failureOf(evaluated) ?? result(calculateWith(evaluated.flatMap((operand) => (operand.ok ? [operand.value] : []))))
  );
}

/** Why operands have no value: facts that are missing first. */
function failureOf(operands: readonly FormulaValue[]): FormulaValue | undefined {
  const missing = operands.flatMap((operand) => (operand.ok ? [] : operand.missing));
  if (missing.length > 0) return { ok: false, missing: [...new Set(missing)], reason: 'MISSING_FACTS' };
  return operands.find((operand) => !operand.ok);
}

/** @param value null after a division by zero. */
function result(value: Rational | null): FormulaValue {
  if (value === null) return { ok: false, missing: [], reason: 'DIVISION_BY_ZERO' };
  return value.wholeDigits() <= MOST_DIGITS ? { ok: true, value } : { ok: false, missing: [], reason: 'OUT_OF_RANGE' };
}

/** Null for a division by zero. */
function calculate(operator: '+' | '-' | '*' | '/', left: Rational, right: Rational): Rational | null {
  switch (operator) {
    case '+':
      return left.plus(right);
    case '-':
      return left.minus(right);
    case '*':
      return left.times(right);
    case '/':
      return right.isZero() ? null : left.dividedBy(right);
  }
}

function compares(operator: Comparison, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
  }
}

function apply(name: FunctionName, operands: readonly Rational[]): Rational {
  const [first = ZERO] = operands;
  switch (name) {
    case 'min':
      return operands.reduce((least, one) => (least.greaterThan(one) ? one : least));
    case 'max':
      return operands.reduce((most, one) => (one.greaterThan(most) ? one : most));
    case 'floor':
      return first.floor();
    case 'ceil':
      return first.ceil();
    case 'round':
      return first.rounded('HALF_UP');
    case 'abs':
      return first.abs();
  }
}
