import type { Words } from '@zhitong/values';

/** Why something is refused about registrations, facts, inspections and labour; `{name}` is a parameter. */
export const WORDS_OF_REGISTER = {
  BAD_FACT_VALUE: {
    en: '{fact} is {value}; it must be {limit}',
    zh: '{fact} 的值 {value} 不能接受，须为{limitInChinese}',
  },
  FACT_RECORDED_AND_WITHDRAWN: { en: '{fact} is recorded and withdrawn at once', zh: '{fact} 不能既填报又撤回' },
  NUMBER_OUTSIDE: { en: 'is {value}; it is {least} to {most}', zh: '数值为 {value}，须在 {least} 至 {most} 之间' },
  BAD_JOINT_DEPARTMENTS: {
    en: 'names at most {most} other departments, each once',
    zh: '联合检查单位最多 {most} 个，且不得重复或与本单位相同',
  },
  BAD_FINE: {
    en: 'it is an amount in yuan, 0 or more, with at most two digits behind the point',
    zh: '罚款须为不小于 0 的金额（元），最多两位小数',
  },
  BAD_MONTH: { en: 'it is a month, YYYY-MM', zh: '须为月份（YYYY-MM）' },
  YEAR_OUTSIDE: {
    en: 'year is {year}; figures are of {earliestYear} to {thisYear}.',
    zh: '年度为 {year}，须在 {earliestYear} 至 {thisYear} 之间',
  },
  FACTS_NOT_AN_OBJECT: { en: 'values must be an object of facts.', zh: 'values 须为由各项数据组成的对象' },
  NO_FACTS: { en: 'values names no fact.', zh: 'values 没有写明任何数据' },
  NOT_REGISTERED: { en: 'No enterprise is registered under {uscc}.', zh: '没有登记统一社会信用代码为 {uscc} 的企业' },
  DAY_TO_COME: { en: '{day} has not come yet: today is {today}.', zh: '{day} 尚未到来，今天是 {today}' },
  PLAN_RECORDED: {
    en: '{departmentCode} has a plan {name} of {year} already.',
    zh: '{departmentCode} 的 {year} 年检查计划“{name}”已经登记',
  },
  NO_SUCH_PLAN: {
    en: '{departmentCode} has no plan {planId} of {year}.',
    zh: '{departmentCode} 没有 {year} 年的检查计划 {planId}',
  },
  NOTICE_RECORDED: {
    en: 'The notice {noticeNumber} is recorded for this enterprise already.',
    zh: '对该企业的检查通知 {noticeNumber} 已经登记',
  },
  BAD_PUBLIC_DAY: {
    en: 'A penalty that is {grade} is published until a day from {earliest} to {latest} (国办发〔2025〕22号).',
    zh: '“{grade}”类处罚的公示截止日期须在 {earliest} 至 {latest} 之间（国办发〔2025〕22号）',
  },
  DECISION_RECORDED: {
    en: 'The decision {decisionNumber} of {departmentCode} is recorded already.',
    zh: '{departmentCode} 的处罚决定 {decisionNumber} 已经登记',
  },
  IRREGULAR_NOT_REGISTERED: { en: '{fault}', zh: '统一社会信用代码有误：{faultInChinese}' },
  CODES_CONFIRMED_BY: {
    en: 'Irregular codes are confirmed by the department that keeps registrations ({departments}).',
    zh: '校验码不符的代码由登记机关（{departments}）确认',
  },
  CODE_REGULAR: {
    en: '{uscc} follows GB 32100-2015 whole; there is nothing to confirm.',
    zh: '{uscc} 符合 GB 32100-2015，无须确认',
  },
  CODE_REGISTERED: { en: '{uscc} is registered already.', zh: '{uscc} 已经登记，无须确认' },
  CODE_CONFIRMED: {
    en: 'The code was confirmed by {department} on {on} already.',
    zh: '该代码已由 {department} 于 {on} 确认',
  },
  CODE_NOT_REGISTERED: {
    en: 'No enterprise is registered under {code}.',
    zh: '没有登记统一社会信用代码为 {code} 的企业',
  },
  BELOW_NONE: { en: 'It is below none already.', zh: '该企业已无上级' },
  BELOW_IT_ALREADY: { en: 'It is below {parent} already.', zh: '该企业已隶属 {parent}' },
  RELATION_CIRCLE: {
    en: '{parent} is below {uscc} itself, or more than {deepest} steps deep.',
    zh: '{parent} 在 {uscc} 之下，或层级超过 {deepest} 级',
  },
  SUCCESSOR_NOT_REGISTERED: {
    en: 'No enterprise is registered under {successor}.',
    zh: '没有登记统一社会信用代码为 {successor} 的企业',
  },
  PREDECESSOR_NOT_REGISTERED: {
    en: 'No enterprise is registered under {predecessor}.',
    zh: '没有登记统一社会信用代码为 {predecessor} 的企业',
  },
  SUCCESSION_TO_COME: { en: '{on} has not come yet: today is {today}.', zh: '{on} 尚未到来，今天是 {today}' },
  SUCCEEDS_ITSELF: {
    en: '{predecessor} goes on from {successor}; nobody goes on from itself.',
    zh: '{predecessor} 由 {successor} 延续而来，企业不能延续自身',
  },
  SUCCESSION_RECORDED: {
    en: 'That {successor} goes on from {predecessor} is recorded already.',
    zh: '{successor} 延续 {predecessor} 已经登记',
  },
  BAD_PUBLIC_DAY_OF_MINOR: {
    en: 'A penalty that is {grade} is published until a day from {earliest} to {latest}, or not at all (国办发〔2025〕22号).',
    zh: '“{grade}”类处罚可以不公示；公示的，截止日期须在 {earliest} 至 {latest} 之间（国办发〔2025〕22号）',
  },
  NOT_A_FACT: { en: '"{fact}" is not a recorded fact', zh: '“{fact}”不是登记的数据项' },
  NULL_FACT: {
    en: '{fact} is null, which is no value; name it in withdraw to take it back',
    zh: '{fact} 为空，不是取值；要撤回请列入 withdraw',
  },
  FACT_OF_OTHER_KIND: { en: '{fact} must be {expected}', zh: '{fact} 的值须为{expectedInChinese}' },
} as const satisfies Readonly<Record<string, Words>>;
