import type { ParameterTest, Scalar, Test } from '../criteria/criteria.js';
import { wrongValue } from '../facts/fact-values.js';
import { factDefinition, isNumeric, type FactDefinition } from '../facts/facts.js';
import type { AskedYear } from '../facts/year-facts.js';
import { misfit, parameterName, type Parameters, type Place } from './parameters.js';
import { shown } from '../problem.js';
import { said, saidOf, VALUE_PHRASE } from '../refusal-words.js';
import {
  isWrong,
  MAX_LISTED,
  readCriteriaOver,
  testOf,
  type ReadCriteria,
  type WrongTest,
} from '../criteria/read-criteria.js';

const NEEDED = {
  one: { en: 'one value is needed', zh: '须为一个值' },
  pair: { en: 'two values are needed, lowest first', zh: '须为两个值，小者在前' },
  list: {
    en: `a list of 1 to ${String(MAX_LISTED)} values is needed`,
    zh: `须为 1 至 ${String(MAX_LISTED)} 个值的列表`,
  },
} as const;

/** Operators whose values may be dated parameters, by the form of what they are compared with. */
const FORM: Readonly<Partial<Record<Test['operator'], keyof typeof NEEDED>>> = {
  EQ: 'one',
  NE: 'one',
  GTE: 'one',
  GT: 'one',
  LTE: 'one',
  LT: 'one',
  WAS_NOT_BEFORE: 'one',
  GROWTH_GTE: 'one',
  GROWTH_GT: 'one',
  BETWEEN: 'pair',
  IN: 'list',
  NIN: 'list',
};

/** Reads criteria as a policy states them, in which `"$name"` may stand for a number or a day; see `readCriteria`. */
export const readStatedCriteria = (
  raw: unknown,
  place: string,
  parameters: Parameters,
): ReadCriteria<Test | ParameterTest> =>
  readCriteriaOver<Test | ParameterTest>(raw, place, (definition, operator, value, text, year) =>
    namesParameter(definition, operator, value)
      ? parameterTestOf({ definition, operator, value, text, year }, parameters)
      : testOf(definition, operator, value, text, year),
  );

/** Names of the parameters in the value of a test, each once. */
export const parametersOfTest = ({ value }: ParameterTest): string[] => [
  ...new Set(membersOfValue(value).flatMap((member) => parameterName(member) ?? [])),
];

const membersOfValue = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Numbers and days have parameters; in a test of text `"$5"` is that text. */
function namesParameter(definition: FactDefinition, operator: Test['operator'], value: unknown): boolean {
  const { type } = placeFor(definition, operator);
  return (
    FORM[operator] !== undefined &&
    (isNumeric(type) || type === 'DATE') &&
    membersOfValue(value).some((member) => parameterName(member) !== null)
  );
}

/** What stands where a test has a value: mostly a value of the fact itself. */
function placeFor({ type, unit }: Pick<FactDefinition, 'type' | 'unit'>, operator: Test['operator']): Place {
  if (operator === 'GROWTH_GTE' || operator === 'GROWTH_GT') return { type: 'NUMBER', unit: '%' };
  return operator === 'WAS_NOT_BEFORE' ? { type: 'DATE', unit: '' } : { type, unit };
}

interface Stated {
  readonly definition: FactDefinition;
  readonly operator: Test['operator'];
  readonly value: unknown;
  readonly text: string;
  readonly year: AskedYear | undefined;
}

function parameterTestOf(
  { definition, operator, value, text, year }: Stated,
  parameters: Parameters,
): ParameterTest | WrongTest {
  const place = placeFor(definition, operator);
  const standIn = withStandIn(definition, operator);
  if (isWrong(standIn)) return standIn;
  const members = membersOfValue(value);
  const form = FORM[operator] ?? 'one'; // those without a form name no parameters
  const wrongForm =
    (form === 'one') === Array.isArray(value) ||
    (form === 'pair' && members.length !== 2) ||
    members.length > MAX_LISTED;
  if (wrongForm)
    return {
      code: 'WRONG_TYPE',
      ...said('PARAMETER_FORM', { needed: NEEDED[form].en, neededInChinese: NEEDED[form].zh, value: shown(value) }),
    };
  for (const member of members) {
    const wrong = wrongMember(member, definition, place, parameters);
    if (wrong !== null) return wrong;
  }
  if (new Set(members).size !== members.length) return { code: 'DUPLICATE', ...said('VALUE_TWICE') };
  return {
    kind: 'parameterTest',
    fact: definition.name,
    ...(year === undefined ? {} : { year }),
    operator,
    value: value as Scalar | readonly Scalar[], // each member is a name or a value of the fact's type
    text,
  };
}

function wrongMember(
  member: unknown,
  definition: FactDefinition,
  place: Place,
  parameters: Parameters,
): WrongTest | null {
  const name = parameterName(member);
  if (name === null) {
    const wrong = wrongValue(definition, member);
    return wrong === null ? null : { code: 'WRONG_TYPE', ...saidOf(VALUE_PHRASE, wrong, { value: shown(member) }) };
  }
  const parameter = parameters.get(name);
  if (parameter === undefined)
    return {
      code: 'UNKNOWN_PARAMETER',
      ...said('UNKNOWN_PARAMETER_NAMED', { value: shown(member) }),
    };
  const why = misfit(parameter, place);
  return why === null ? null : { code: 'WRONG_TYPE', ...why };
}

/**
 * The test with some value in place of its parameters, for what does not depend on it: which facts it asks for, whether
 * the operator suits.
 */
function withStandIn(definition: FactDefinition, operator: Test['operator']): Test | WrongTest {
  const value = placeFor(definition, operator).type === 'DATE' ? '2000-01-01' : 0;
  const form = FORM[operator];
  return testOf(definition, operator, form === 'pair' ? [value, value] : form === 'list' ? [value] : value, '');
}

/** A test that asks for the same facts as this leaf. */
export function testLike(leaf: Test | ParameterTest): Test {
  if (leaf.kind === 'test') return leaf;
  const definition = factDefinition(leaf.fact);
  const standIn = definition === null ? null : withStandIn(definition, leaf.operator);
  if (standIn === null || isWrong(standIn))
    throw new Error(`The test of ${leaf.fact} by ${leaf.operator} was saved without being read.`);
  return standIn;
}
