import type { Bound, Check } from './check.js';
import { checkOf } from './check.js';
import type { StatedCriterion, Test, TestOperator } from './criteria.js';
import { isTitles, type FactItem, type Facts, type FactValue } from '../facts/fact-values.js';
import { attributeOf, factDefinition, yearOfFact } from '../facts/facts.js';
import type { AskedYear } from '../facts/year-facts.js';

const GROUP_WORDING = { all: '同时符合', any: '符合任一', not: '不属于' } as const;
/**
 * Any day does: only tests without wording of their own and with a period in it depend on it, and they are worded
 * apart.
 */
const SOME_DAY = '2000-01-01';

/** How an operator that takes a dated parameter is written before it. */
const SIGN: Readonly<Partial<Record<TestOperator, string>>> = {
  EQ: '=',
  NE: '不是',
  IN: '属于',
  NIN: '不属于',
  GTE: '≥',
  GT: '>',
  LTE: '≤',
  LT: '<',
  BETWEEN: '介于',
  WAS_NOT_BEFORE: '不早于',
  GROWTH_GTE: '同比增长 ≥',
  GROWTH_GT: '同比增长 >',
};

/** What a test with dated parameters asks, before any day: `≤ $nationalTargetPct`. */
export const writeStated = (operator: TestOperator, value: unknown): string =>
  `${SIGN[operator] ?? operator} ${(Array.isArray(value) ? value : [value]).map(String).join('、')}`;

/** A criterion in the words of its policy, or in ours [按事实名称] where the policy gives none. */
export function wordingOf(criterion: StatedCriterion): string {
  if (criterion.text !== '') return criterion.text;
  switch (criterion.kind) {
    case 'test': {
      const label = labelOf(criterion);
      if (criterion.operator === 'WITHIN_LAST') return `${label}在近${periodText(criterion.value)}内`;
      if (criterion.operator === 'AT_LEAST_AGO') return `${label}满${periodText(criterion.value)}`;
      if (criterion.operator === 'WAS_NOT_BEFORE') return `${label}不早于${criterion.value}`;
      return `${label} ${writeExpected(checkOf({ ...criterion, year: undefined }, SOME_DAY))}`;
    }
    case 'parameterTest':
      return `${labelOf(criterion)} ${writeStated(criterion.operator, criterion.value)}`;
    case 'atLeast':
      return `符合其中至少${String(criterion.count)}项`;
    case 'all':
    case 'any':
    case 'not':
      return GROUP_WORDING[criterion.kind];
  }
}

/** What a leaf asks for, with the year that it names: `上年度年营业收入`. */
const labelOf = ({ fact, year }: Pick<Test, 'fact' | 'year'>): string =>
  `${yearText(year)}${factDefinition(fact)?.label ?? fact}`;

const yearText = (year: AskedYear | undefined): string => {
  if (year === undefined) return '';
  return typeof year === 'number' ? `${String(year)}年度` : { PREVIOUS: '上年度', CURRENT: '本年度' }[year];
};

const periodText = ({ count, unit }: { readonly count: number; readonly unit: 'DAYS' | 'MONTHS' | 'YEARS' }): string =>
  `${String(count)}${{ DAYS: '天', MONTHS: '个月', YEARS: '年' }[unit]}`;

/** A value with its unit: `18人`, `5.5%`, `是`, `高新技术企业、瞪羚企业`. */
export function writeValue(fact: string, value: FactValue): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (isTitles(value)) return value.length === 0 ? '无' : value.join('、');
  if (typeof value === 'object') return writeItems(fact, value);
  return `${String(value)}${factDefinition(fact)?.unit ?? ''}`;
}

/** Items that are shown of a collection; the others are counted. */
const SHOWN_ITEMS = 5;

function writeItems(collection: string, items: readonly FactItem[]): string {
  const shown = items.slice(0, SHOWN_ITEMS).map((item) =>
    Object.entries(item)
      .map(([name, value]) => writeValue(attributeOf(collection, name), value))
      .join(' '),
  );
  return `${shown.join(';')}${items.length > SHOWN_ITEMS ? `等${String(items.length)}项` : ''}`;
}

/** What a check asks for, as a table would print it: `≥ 30人`, `属于 C`, `是`, `≥ 30人(2025年度)`. */
export function writeExpected(check: Check): string {
  const year = yearOfFact(check.fact)?.year;
  return year === undefined ? expectedText(check) : `${expectedText(check)}(${String(year)}年度)`;
}

function expectedText(check: Check): string {
  const write = (value: FactValue): string => writeValue(check.fact, value);
  switch (check.kind) {
    case 'oneOf': {
      const list = check.values.map(write).join('、');
      if (check.negated) return `不是 ${list}`;
      return check.values.length === 1 ? list : `${list} 之一`;
    }
    case 'range':
      return [boundText(check.low, '≥', '>', write), boundText(check.high, '≤', '<', write)]
        .filter((text) => text !== '')
        .join(' 且 ');
    case 'prefix':
      return check.prefix === '' ? '任何代码' : `${check.prefix}开头`;
    case 'titles':
      return check.anyOf.length === 1 ? `具有 ${write(check.anyOf)}` : `具有任一:${write(check.anyOf)}`;
    case 'some':
      return `有一项:${check.of.map((one) => `${factDefinition(one.fact)?.label ?? one.fact} ${expectedText(one)}`).join(',')}`;
    case 'present':
      return '有记录';
    case 'growth':
      return `同比增长 ${check.strict ? '>' : '≥'} ${String(check.percent)}%`;
  }
}

function boundText(
  bound: Bound | null,
  inclusive: string,
  exclusive: string,
  write: (value: FactValue) => string,
): string {
  return bound === null ? '' : `${bound.inclusive ? inclusive : exclusive} ${write(bound.value)}`;
}

/** What is recorded for a check, or null when nothing is. */
export function writeActual(check: Check, values: Facts['values']): string | null {
  const value = values[check.fact];
  if (value === undefined) return null;
  // Of a list that is asked by name no other name is shown: what an enterprise had elsewhere is no reason here.
  if (check.kind === 'titles' && factDefinition(check.fact)?.isAskedByName === true && isTitles(value))
    return writeValue(
      check.fact,
      value.filter((name) => check.anyOf.includes(name)),
    );
  if (check.kind !== 'growth') return writeValue(check.fact, value);
  const before = values[check.priorYear];
  return before === undefined ? null : `${writeValue(check.fact, value)}(上年 ${writeValue(check.priorYear, before)})`;
}
