import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { checkOf } from '../../../../subgraphs/policies/src/domain/criteria/check.js';
import type {
  Criterion,
  ParameterTest,
  StatedCriterion,
  Test,
} from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { readCriteria } from '../../../../subgraphs/policies/src/domain/criteria/read-criteria.js';
import {
  wordingOf,
  writeActual,
  writeExpected,
  writeStated,
  writeValue,
} from '../../../../subgraphs/policies/src/domain/criteria/wording.js';
import { TODAY } from '../../support/random-criteria.js';

function read(criterion: Record<string, unknown>): Criterion {
  const { criteria, problems } = readCriteria([criterion], 'criteria');
  const [one] = criteria;
  if (one === undefined) throw new Error(JSON.stringify(problems));
  return one;
}
const employees = { fact: 'employees', op: 'gte', value: 30 };

describe('a criterion that the policy does not word', () => {
  it.each<[Record<string, unknown>, string]>([
    [employees, '从业人数 ≥ 30人'],
    [{ ...employees, op: 'gt' }, '从业人数 > 30人'],
    [{ ...employees, op: 'lte' }, '从业人数 ≤ 30人'],
    [{ ...employees, op: 'lt' }, '从业人数 < 30人'],
    [{ ...employees, op: 'between', value: [3, 9] }, '从业人数 ≥ 3人 且 ≤ 9人'],
    [{ ...employees, op: 'eq' }, '从业人数 30人'],
    [{ ...employees, op: 'ne' }, '从业人数 不是 30人'],
    [{ ...employees, op: 'in', value: [3, 9] }, '从业人数 3人、9人 之一'],
    [{ ...employees, op: 'nin', value: [3, 9] }, '从业人数 不是 3人、9人'],
    [{ fact: 'employees', op: 'exists' }, '从业人数 有记录'],
    [{ fact: 'industryCode', op: 'under', value: 'C13' }, '行业代码 C13开头'],
    [{ fact: 'registeredRegion', op: 'under', value: 'CN' }, '注册地 任何代码'],
    [{ fact: 'honours', op: 'contains', value: '瞪羚企业' }, '荣誉称号 具有 瞪羚企业'],
    [{ fact: 'honours', op: 'containsAny', value: ['瞪羚企业', '雏鹰企业'] }, '荣誉称号 具有任一:瞪羚企业、雏鹰企业'],
    [{ fact: 'annualRevenueYuan', op: 'growthGte', value: 10 }, '年营业收入 同比增长 ≥ 10%'],
    [{ fact: 'annualRevenueYuan', op: 'growthGt', value: 5.5 }, '年营业收入 同比增长 > 5.5%'],
    [{ fact: 'dishonestyRecord', op: 'eq', value: false }, '严重失信记录 否'],
    [{ fact: 'registeredOn', op: 'withinLast', value: { count: 3, unit: 'YEARS' } }, '成立日期在近3年内'],
    [{ fact: 'registeredOn', op: 'withinLast', value: { count: 6, unit: 'MONTHS' } }, '成立日期在近6个月内'],
    [{ fact: 'registeredOn', op: 'atLeastAgo', value: { count: 90, unit: 'DAYS' } }, '成立日期满90天'],
    [{ fact: 'registeredOn', op: 'wasNotBefore', value: '2026-01-01' }, '成立日期不早于2026-01-01'],
    [{ allOf: [employees] }, '同时符合'],
    [{ anyOf: [employees] }, '符合任一'],
    [{ not: employees }, '不属于'],
    [{ atLeast: 2, of: [employees, employees] }, '符合其中至少2项'],
  ])('%j reads %s', (criterion, expected) => {
    expect(wordingOf(read(criterion))).toBe(expected);
    expect(wordingOf(read({ ...criterion, text_zh: '原文' }))).toBe('原文');
  });

  it('of a fact that the vocabulary lost is named as it stands', () => {
    const lost: Test = { kind: 'test', fact: 'lost', operator: 'GTE', value: 3, text: '' };
    const lostWithParameter: ParameterTest = {
      kind: 'parameterTest',
      fact: 'lost',
      operator: 'GTE',
      value: '$n',
      text: '',
    };
    expect([wordingOf(lost), wordingOf(lostWithParameter)]).toEqual(['lost ≥ 3', 'lost ≥ $n']);
  });
});

describe('a criterion with a dated parameter', () => {
  it.each<[ParameterTest['operator'], ParameterTest['value'], string]>([
    ['EQ', '$n', '= $n'],
    ['NE', '$n', '不是 $n'],
    ['GTE', '$n', '≥ $n'],
    ['GT', '$n', '> $n'],
    ['LTE', '$n', '≤ $n'],
    ['LT', '$n', '< $n'],
    ['IN', [1, '$n'], '属于 1、$n'],
    ['NIN', ['$n'], '不属于 $n'],
    ['BETWEEN', ['$n', 9], '介于 $n、9'],
    ['WAS_NOT_BEFORE', '$d', '不早于 $d'],
    ['GROWTH_GTE', '$p', '同比增长 ≥ $p'],
    ['GROWTH_GT', '$p', '同比增长 > $p'],
    ['EXISTS', '$n', 'EXISTS $n'],
  ])('%s %j reads %s', (operator, value, expected) => {
    const stated: StatedCriterion = { kind: 'parameterTest', fact: 'employees', operator, value, text: '' };
    expect([writeStated(operator, value), wordingOf(stated)]).toEqual([expected, `从业人数 ${expected}`]);
  });
});

describe('a value', () => {
  it.each<[string, FactValue, string]>([
    ['employees', 18, '18人'],
    ['layoffRatePct', 5.5, '5.5%'],
    ['dishonestyRecord', true, '是'],
    ['dishonestyRecord', false, '否'],
    ['honours', [], '无'],
    ['honours', ['高新技术企业', '瞪羚企业'], '高新技术企业、瞪羚企业'],
    ['scale', 'small', 'small'],
    ['lost', 5, '5'],
  ])('of %s %j reads %s', (fact, value, expected) => {
    expect(writeValue(fact, value)).toBe(expected);
  });
});

describe('what is recorded for a criterion', () => {
  const actual = (criterion: Record<string, unknown>, values: Record<string, FactValue>): string | null =>
    writeActual(checkOf(read(criterion) as Test, TODAY), values);
  const growth = { fact: 'annualRevenueYuan', op: 'growthGte', value: 10 };

  it('is its value, or nothing where nobody knows it', () => {
    expect([
      actual(employees, { employees: 0 }),
      actual(employees, {}),
      actual({ fact: 'dishonestyRecord', op: 'eq', value: false }, { dishonestyRecord: false }),
    ]).toEqual(['0人', null, '否']);
  });

  it('is for growth the figure of the year before too', () => {
    expect(actual(growth, { annualRevenueYuan: 110, annualRevenuePriorYearYuan: 100 })).toBe('110元(上年 100元)');
    expect([actual(growth, { annualRevenueYuan: 110 }), actual(growth, { annualRevenuePriorYearYuan: 100 })]).toEqual([
      null,
      null,
    ]);
  });
});

describe('a period that ends on the day of the match', () => {
  it('is shown with its days', () => {
    const young = read({ fact: 'registeredOn', op: 'withinLast', value: { count: 1, unit: 'YEARS' } });
    expect(writeExpected(checkOf(young as Test, '2026-11-20'))).toBe('≥ 2025-11-20 且 ≤ 2026-11-20');
    expect(
      evaluate([young], { facts: { values: { registeredOn: '2025-11-20' }, dates: {} }, referenceDate: '2026-11-20' })
        .criteria,
    ).toMatchObject([{ outcome: 'MET', expected: '≥ 2025-11-20 且 ≤ 2026-11-20', actual: '2025-11-20' }]);
  });
});
