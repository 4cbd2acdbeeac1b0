import { isLegalDay, type Words } from '@zhitong/values';
import {
  MAX_AT_LEAST_MEMBERS,
  MAX_CRITERIA,
  MAX_DEPTH,
  type CriterionOver,
  type ParameterTest,
  type Period,
  type Scalar,
  type Test,
} from './criteria.js';
import { unreadable } from '../format/readable-text.js';
import { unknownCode } from '../facts/known-code.js';
import { wrongValue } from '../facts/fact-values.js';
import {
  attributeName,
  attributeOf,
  attributesOf,
  factDefinition,
  factNamed,
  isNumeric,
  type FactDefinition,
} from '../facts/facts.js';
import { FIRST_YEAR, hasYears, LAST_YEAR, type AskedYear } from '../facts/year-facts.js';
import { shown, type Problem, type ProblemCode } from '../problem.js';
import { said, saidOf, VALUE_PHRASE, VALUE_SENTENCE, type Said } from '../refusal-words.js';

/** Operators as policy files write them. */
export const FILE_OPERATORS = {
  eq: 'EQ',
  ne: 'NE',
  in: 'IN',
  nin: 'NIN',
  gte: 'GTE',
  gt: 'GT',
  lte: 'LTE',
  lt: 'LT',
  between: 'BETWEEN',
  exists: 'EXISTS',
  contains: 'CONTAINS',
  containsAny: 'CONTAINS_ANY',
  startsWith: 'STARTS_WITH',
  under: 'UNDER',
  withinLast: 'WITHIN_LAST',
  atLeastAgo: 'AT_LEAST_AGO',
  wasNotBefore: 'WAS_NOT_BEFORE',
  growthGte: 'GROWTH_GTE',
  growthGt: 'GROWTH_GT',
  has: 'HAS',
} as const satisfies Record<string, Test['operator']>;

const isFileOperator = (value: unknown): value is keyof typeof FILE_OPERATORS =>
  typeof value === 'string' && Object.hasOwn(FILE_OPERATORS, value);

/** Values in the list of one test. */
export const MAX_LISTED = 500;
const MAX_WORDING = 2_000;
const CODE = /^[A-Z0-9]{1,12}$/;
const UNITS = ['DAYS', 'MONTHS', 'YEARS'] as const;
const KEYS = {
  test: ['fact', 'year', 'op', 'value', 'text_zh'],
  anyOf: ['anyOf', 'text_zh'],
  allOf: ['allOf', 'text_zh'],
  not: ['not', 'text_zh'],
  atLeast: ['atLeast', 'of', 'text_zh'],
};

export interface ReadCriteria<Leaf = Test> {
  readonly criteria: readonly CriterionOver<Leaf>[];
  readonly problems: readonly Problem[];
}

const isAskedYear = (value: unknown): value is AskedYear =>
  value === 'PREVIOUS' ||
  value === 'CURRENT' ||
  (typeof value === 'number' && Number.isInteger(value) && value >= FIRST_YEAR && value <= LAST_YEAR);

/** Builds a leaf, or says what is wrong with it. */
export type ReadLeaf<Leaf> = (
  definition: FactDefinition,
  operator: Test['operator'],
  value: unknown,
  text: string,
  year: AskedYear | undefined,
) => Leaf | WrongTest;

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a list of criteria, all of which must be met, in the format of policy files: `{fact, op, value, text_zh}` or a
 * group `{anyOf}`, `{allOf}`, `{not}`, `{atLeast, of}`. Every problem comes with its place; with any problem the
 * criteria are not to be used. Descends to `MAX_DEPTH` and reads `MAX_CRITERIA`, so that no input can exhaust the
 * stack. Never throws.
 */
export const readCriteria = (raw: unknown, place: string): ReadCriteria => readCriteriaOver(raw, place, testOf);

/** The same, with leaves as `readLeaf` builds them. */
export function readCriteriaOver<Leaf extends Test | ParameterTest>(
  raw: unknown,
  place: string,
  readLeaf: ReadLeaf<Leaf>,
): ReadCriteria<Leaf> {
  const problems: Problem[] = [];
  let read = 0;
  const refuse = (at: string, code: ProblemCode, words: Said): null => {
    problems.push({ place: at, code, ...words });
    return null;
  };

  const members = (list: unknown, at: string, depth: number): CriterionOver<Leaf>[] | null => {
    if (!Array.isArray(list)) return refuse(at, 'WRONG_SHAPE', said('CRITERIA_NO_LIST', { value: shown(list) }));
    if (depth > MAX_DEPTH) return refuse(at, 'TOO_DEEP', said('CRITERIA_TOO_DEEP', { most: MAX_DEPTH }));
    const found: CriterionOver<Leaf>[] = [];
    for (const [index, item] of list.entries()) {
      read += 1;
      if (read > MAX_CRITERIA) {
        if (read === MAX_CRITERIA + 1) refuse(at, 'TOO_LARGE', said('TOO_MANY_CRITERIA', { most: MAX_CRITERIA }));
        return null;
      }
      const criterion = one(item, `${at}[${String(index)}]`, depth);
      if (criterion !== null) found.push(criterion);
    }
    return found.length === list.length ? found : null;
  };

  const one = (row: unknown, at: string, depth: number): CriterionOver<Leaf> | null => {
    if (!isRow(row)) return refuse(at, 'WRONG_SHAPE', said('CRITERION_NO_OBJECT', { value: shown(row) }));
    const text = row['text_zh'] ?? '';
    if (typeof text !== 'string' || text.length > MAX_WORDING)
      return refuse(`${at}.text_zh`, 'WRONG_TYPE', said('CRITERION_TEXT', { most: MAX_WORDING }));
    const why = unreadable(text);
    if (why !== null) return refuse(`${at}.text_zh`, 'UNREADABLE', saidOf(VALUE_SENTENCE, why, { value: shown(text) }));
    const form = 'fact' in row ? 'test' : (['anyOf', 'allOf', 'not', 'atLeast'] as const).find((key) => key in row);
    if (form === undefined) return refuse(at, 'WRONG_SHAPE', said('CRITERION_FORM'));
    const stranger = Object.keys(row).find((key) => !KEYS[form].includes(key));
    if (stranger !== undefined)
      return refuse(
        `${at}.${stranger.slice(0, 40)}`,
        'UNKNOWN_KEY',
        said('CRITERION_KEY', { form: form === 'test' ? 'fact' : form }),
      );
    if (form === 'test') return test(row, at, text);
    if (form === 'not') {
      const [of] = members([row['not']], `${at}.not`, depth + 1) ?? [];
      return of === undefined ? null : { kind: 'not', of, text };
    }
    const of = members(
      form === 'atLeast' ? row['of'] : row[form],
      form === 'atLeast' ? `${at}.of` : `${at}.${form}`,
      depth + 1,
    );
    if (of === null) return null;
    if (of.length === 0) return refuse(at, 'WRONG_SHAPE', said('GROUP_EMPTY'));
    if (form !== 'atLeast') return { kind: form === 'anyOf' ? 'any' : 'all', of, text };
    const count = row['atLeast'];
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1)
      return refuse(`${at}.atLeast`, 'WRONG_TYPE', said('BAD_COUNT', { value: shown(count) }));
    if (count > of.length)
      return refuse(`${at}.atLeast`, 'CONTRADICTION', said('COUNT_TOO_HIGH', { count, length: of.length }));
    if (of.length > MAX_AT_LEAST_MEMBERS)
      return refuse(`${at}.of`, 'TOO_LARGE', said('TOO_MANY_MEMBERS', { most: MAX_AT_LEAST_MEMBERS }));
    return { kind: 'atLeast', count, of, text };
  };

  const test = (row: Row, at: string, text: string): Leaf | null => {
    const definition = typeof row['fact'] === 'string' ? factNamed(row['fact']) : null;
    if (definition === null)
      return refuse(`${at}.fact`, 'UNKNOWN_FACT', said('UNKNOWN_FACT', { value: shown(row['fact']) }));
    const op = row['op'];
    if (!isFileOperator(op))
      return refuse(
        `${at}.op`,
        'UNKNOWN_OPERATOR',
        said('UNKNOWN_OPERATOR', { value: shown(op), operators: Object.keys(FILE_OPERATORS).join(', ') }),
      );
    const year = row['year'];
    if (year !== undefined && !isAskedYear(year))
      return refuse(
        `${at}.year`,
        'WRONG_TYPE',
        said('BAD_YEAR', { value: shown(year), first: FIRST_YEAR, last: LAST_YEAR }),
      );
    if (year !== undefined && (!hasYears(definition.name) || op === 'wasNotBefore'))
      return refuse(`${at}.year`, 'WRONG_OPERATOR', said('NO_FIGURE_OF_YEAR', { fact: definition.name, op }));
    const built = readLeaf(definition, FILE_OPERATORS[op], row['value'], text, year);
    return isWrong(built)
      ? refuse(
          `${at}.${built.code === 'WRONG_OPERATOR' ? 'op' : 'value'}`,
          built.code,
          saidOf(TEST_SENTENCE, built, { fact: definition.name, op }),
        )
      : built;
  };

  const criteria = members(raw, place, 0) ?? [];
  return { criteria, problems };
}

/** What is wrong with a test. */
export interface WrongTest extends Said {
  readonly code: ProblemCode;
}

const TEST_SENTENCE: Words = { en: '{fact} {op}: {why}', zh: '{fact} {op}：{why}' };

export const isWrong = (built: object): built is WrongTest => 'code' in built;

const wrongType = (value: unknown, why: Said): WrongTest =>
  typeof value === 'string' && value.startsWith('$')
    ? {
        code: 'UNKNOWN_PARAMETER',
        ...said('PARAMETER_HERE', { value: shown(value) }),
      }
    : {
        code: why.reason === 'MUST_LIE_WITHIN' ? 'OUT_OF_RANGE' : 'WRONG_TYPE',
        ...saidOf(VALUE_PHRASE, why, { value: shown(value) }),
      };

/** The test of a fact by an operator, or what is wrong with it. */
export function testOf(
  definition: FactDefinition,
  operator: Test['operator'],
  value: unknown,
  text: string,
  year?: AskedYear,
): Test | WrongTest {
  const { name: fact, type, isAskedByName } = definition;
  const no = (why: Said): WrongTest => ({ code: 'WRONG_OPERATOR', ...why });
  const base = { kind: 'test', fact, text, ...(year === undefined ? {} : { year }) } as const;
  const ordered = isNumeric(type) || type === 'DATE';
  if (type === 'RECORDS' && operator !== 'HAS' && operator !== 'EXISTS') return no(said('COLLECTION_ASKED'));
  if (isAskedByName && operator !== 'CONTAINS' && operator !== 'CONTAINS_ANY') return no(said('ASKED_BY_NAME'));
  switch (operator) {
    case 'EQ':
    case 'NE': {
      if (type === 'TITLES') return no(said('TITLES_ASKED'));
      const stranger = strangeCode(definition, value);
      if (stranger !== null) return stranger;
      const wrong = wrongValue(definition, value);
      return wrong === null ? { ...base, operator, value: value as Scalar } : wrongType(value, wrong); // wrongValue vouches for the type
    }
    case 'IN':
    case 'NIN': {
      if (type === 'TITLES') return no(said('TITLES_ASKED'));
      const list = listOf(definition, value);
      return 'code' in list ? list : { ...base, operator, value: list.values };
    }
    case 'GTE':
    case 'GT':
    case 'LTE':
    case 'LT': {
      if (!ordered) return no(said('NO_ORDER_OF_VALUES', { type }));
      const wrong = wrongValue(definition, value);
      return wrong === null ? { ...base, operator, value: value as number | string } : wrongType(value, wrong); // wrongValue vouches for the type
    }
    case 'BETWEEN': {
      if (!ordered) return no(said('NO_ORDER_OF_VALUES', { type }));
      if (!Array.isArray(value) || value.length !== 2) return wrongType(value, said('MUST_BE_PAIR'));
      const [low, high] = value as readonly unknown[];
      const wrong = wrongValue(definition, low) ?? wrongValue(definition, high);
      if (wrong !== null) return wrongType(wrongValue(definition, low) === null ? high : low, wrong);
      const pair = [low, high] as [number, number] | [string, string]; // wrongValue vouches for the type
      return pair[0] > pair[1]
        ? { code: 'CONTRADICTION', ...said('LOW_ABOVE_HIGH', { low: shown(low), high: shown(high) }) }
        : { ...base, operator, value: pair };
    }
    case 'EXISTS':
      return value === true || value === undefined
        ? { ...base, operator, value: true }
        : wrongType(value, said('MUST_BE_TRUE'));
    case 'HAS': {
      if (type !== 'RECORDS') return no(said('NO_ITEMS'));
      const conditions = itemConditions(definition, value);
      return 'code' in conditions ? conditions : { ...base, operator, value: conditions };
    }
    case 'CONTAINS':
      if (type !== 'TITLES') return no(said('NO_CONTENT'));
      return wrongValue(definition, [value]) === null
        ? { ...base, operator, value: value as string }
        : wrongType(value, said('MUST_BE_TITLE')); // wrongValue vouches for the type
    case 'CONTAINS_ANY': {
      if (type !== 'TITLES') return no(said('NO_CONTENT'));
      const wrong =
        Array.isArray(value) && value.length === 0 ? said('MUST_HOLD_TITLE') : wrongValue(definition, value);
      return wrong === null ? { ...base, operator, value: value as string[] } : wrongType(value, wrong); // wrongValue vouches for the type
    }
    case 'STARTS_WITH':
    case 'UNDER':
      if (type !== 'CODE') return no(said('NO_HIERARCHY'));
      return typeof value === 'string' && CODE.test(value)
        ? (strangeCode(definition, value) ?? { ...base, operator, value })
        : wrongType(value, said('MUST_BE_CODE'));
    case 'WITHIN_LAST':
    case 'AT_LEAST_AGO': {
      if (type !== 'DATE') return no(said('NO_PERIOD'));
      const period = periodOf(value);
      return period === null
        ? wrongType(value, said('MUST_BE_PERIOD', { form: '{"count": 1…50000, "unit": "DAYS" | "MONTHS" | "YEARS"}' }))
        : { ...base, operator, value: period };
    }
    case 'WAS_NOT_BEFORE':
      if (type !== 'DATE' && definition.since === null) return no(said('NO_SINCE'));
      return isLegalDay(value) ? { ...base, operator, value } : wrongType(value, said('MUST_BE_DAY'));
    case 'GROWTH_GTE':
    case 'GROWTH_GT':
      if (definition.priorYear === null) return no(said('NO_YEAR_BEFORE'));
      return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 1_000_000
        ? { ...base, operator, value }
        : wrongType(value, said('MUST_BE_PER_CENT'));
  }
}

const MAX_CONDITIONS = 20;
const CONDITION_KEYS = ['attribute', 'op', 'value'];

/** The tests that one item of a collection must meet: `[{attribute, op, value}]`. */
function itemConditions({ name: collection }: FactDefinition, value: unknown): readonly Test[] | WrongTest {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_CONDITIONS)
    return wrongType(value, said('MUST_BE_CONDITIONS', { most: MAX_CONDITIONS }));
  const tests: Test[] = [];
  for (const row of value as readonly unknown[]) {
    if (!isRow(row) || Object.keys(row).some((key) => !CONDITION_KEYS.includes(key)))
      return wrongType(row, said('MUST_BE_CONDITION'));
    const { attribute, op } = row;
    const named = typeof attribute === 'string' ? factDefinition(attributeOf(collection, attribute)) : null;
    if (named === null || named.number >= 0)
      return {
        code: 'UNKNOWN_FACT',
        ...said('NOT_AN_ATTRIBUTE', {
          value: shown(attribute),
          attributes: attributesOf(collection)
            .map(({ name }) => attributeName(name))
            .join(', '),
        }),
      };
    if (!isFileOperator(op)) return { code: 'UNKNOWN_OPERATOR', ...said('NO_OPERATOR', { value: shown(op) }) };
    const built = testOf(named, FILE_OPERATORS[op], row['value'], '');
    if (isWrong(built))
      return { code: built.code, ...saidOf(TEST_SENTENCE, built, { fact: attributeName(named.name), op }) };
    tests.push(built);
  }
  return tests;
}

/** What is wrong with a code of a hierarchy under which nothing can lie; null for other values. */
function strangeCode({ hierarchy }: FactDefinition, value: unknown): WrongTest | null {
  const why = hierarchy === null || typeof value !== 'string' ? null : unknownCode(hierarchy, value);
  return why === null ? null : { code: 'UNKNOWN_CODE', ...saidOf(VALUE_PHRASE, why, { value: shown(value) }) };
}

function listOf(definition: FactDefinition, value: unknown): { readonly values: readonly Scalar[] } | WrongTest {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_LISTED)
    return wrongType(value, said('MUST_BE_LIST', { most: MAX_LISTED }));
  const values: readonly unknown[] = value;
  for (const item of values) {
    const wrong = wrongValue(definition, item);
    if (wrong !== null) return wrongType(item, wrong);
    const stranger = strangeCode(definition, item);
    if (stranger !== null) return stranger;
  }
  if (new Set(values).size !== values.length) return { code: 'DUPLICATE', ...said('VALUE_TWICE') };
  return { values: values as readonly Scalar[] }; // wrongValue vouches for each
}

function periodOf(value: unknown): Period | null {
  if (!isRow(value)) return null;
  const unit = UNITS.find((known) => known === value['unit']);
  const count = value['count'];
  if (unit === undefined || typeof count !== 'number' || !Number.isInteger(count) || count < 1) return null;
  const days = { DAYS: 1, MONTHS: 30, YEARS: 365 }[unit] * count;
  return days > 150 * 365 ? null : { count, unit };
}
