/** Words for what is wrong with the values of a policy file, a draft, its criteria and its formulas. */
export const WORDS_OF_FILES = {
  NEEDED: { en: 'This is needed.', zh: '此项必填' },
  MISREAD_TEXT: {
    en: 'is text in UTF-8 that was read as {encoding}: it says {meant}',
    zh: '为乱码：UTF-8 文本被误读为 {encoding}，原文为“{meant}”',
  },
  HIDDEN_CHARACTER: {
    en: 'has the character {character}, which nobody can read',
    zh: '含有无法辨读的字符 {character}',
  },
  NO_TEXT: {
    en: '{value} is no text of {least} to {most} characters.',
    zh: '{value} 不是 {least} 至 {most} 个字的文本',
  },
  NOT_EXPECTED_FORM: { en: '{value} is not {expected}.', zh: '{value} 不是{expectedInChinese}' },
  NO_DAY: { en: '{value} is no existing day, YYYY-MM-DD.', zh: '{value} 不是存在的日期，格式为 YYYY-MM-DD' },
  NO_EXISTING_DAY: { en: '{value} is no existing day.', zh: '{value} 不是存在的日期' },
  NEITHER_TRUE_NOR_FALSE: { en: '{value} is neither true nor false.', zh: '{value} 既不是 true 也不是 false' },
  NOT_ONE_OF: { en: '{value} is not one of {choices}.', zh: '{value} 不在可选值之中：{choices}' },
  NO_WHOLE_NUMBER: {
    en: '{value} is no whole number from {least} to {most}.',
    zh: '{value} 不是 {least} 至 {most} 之间的整数',
  },
  NO_AMOUNT: {
    en: '{value} is no amount in yuan from 0 to {most} with at most two decimals.',
    zh: '{value} 不是 0 至 {most} 元之间、最多两位小数的金额',
  },
  NO_AMOUNT_ABOVE_NOTHING: {
    en: '{value} is no amount in yuan above 0.',
    zh: '{value} 不是大于 0 的人民币金额',
  },
  NO_LIST: { en: 'A list of at most {most} is needed, not {value}.', zh: '须为最多 {most} 项的列表，而不是{value}' },
  NO_OBJECT: { en: 'An object is needed, not {value}.', zh: '须为对象，而不是{value}' },
  UNKNOWN_KEY: { en: 'The format has no such key.', zh: '格式中没有此字段' },
  FILE_NO_LIST: { en: 'A list of policies is needed, not {value}.', zh: '文件须为政策列表，而不是{value}' },
  FILE_TOO_LARGE: { en: 'A file holds at most {most} policies.', zh: '一个文件最多 {most} 条政策' },
  ID_TWICE: { en: 'The file has a policy with this id already.', zh: '文件中已有此编号的政策' },
  POLICY_NO_OBJECT: { en: 'A policy is an object, not {value}.', zh: '政策须为对象，而不是{value}' },
  EXCLUDES_ITSELF: { en: 'A policy cannot exclude itself.', zh: '政策不能与自身互斥' },
  NO_POLICY_ID: { en: '{value} is no id of a policy.', zh: '{value} 不是政策编号' },
  AMOUNT_AND_FORMULA: {
    en: 'A benefit has an amount or a formula, not both.',
    zh: '扶持金额与公式只能填其一',
  },
  TAX_PAYABLE_OF_TAX: {
    en: 'Only a tax that is not asked (kind tax) leaves a tax to pay.',
    zh: '只有税收优惠（kind 为 tax）可填写应纳税额公式',
  },
  TIER_NO_OBJECT: { en: 'A row of the table is an object, not {value}.', zh: '档次表的每一行须为对象，而不是{value}' },
  TIER_WITHOUT_AMOUNT: {
    en: 'A row needs amount_yuan or formula.',
    zh: '每一档须填写金额（amount_yuan）或公式（formula）',
  },
  TERM_NO_OBJECT: {
    en: 'The term of an instalment is an object, not {value}.',
    zh: '分期条款须为对象，而不是{value}',
  },
  ROUNDING_UNIT: { en: 'Rounding needs a unit of at least 0.01 yuan.', zh: '取整单位须不小于 0.01 元' },
  SHARES_AND_SUMS: { en: 'Instalments are shares or sums, not both.', zh: '分期只能按比例或按金额，不能两者兼有' },
  BAD_SHARE: { en: 'A share lies above 0 and is at most 1.', zh: '分期比例须大于 0 且不超过 1' },
  CRITERIA_NO_LIST: { en: 'A list of criteria is needed, not {value}.', zh: '须为条件列表，而不是{value}' },
  CRITERIA_TOO_DEEP: { en: 'Criteria nest more than {most} deep.', zh: '条件嵌套超过 {most} 层' },
  TOO_MANY_CRITERIA: { en: 'More than {most} criteria.', zh: '条件超过 {most} 个' },
  CRITERION_NO_OBJECT: { en: 'A criterion is an object, not {value}.', zh: '条件须为对象，而不是{value}' },
  CRITERION_TEXT: {
    en: 'A text of at most {most} characters is needed.',
    zh: '须为最多 {most} 个字的文本',
  },
  CRITERION_FORM: {
    en: 'A criterion has fact, anyOf, allOf, not or atLeast.',
    zh: '条件须含 fact、anyOf、allOf、not 或 atLeast 之一',
  },
  CRITERION_KEY: { en: 'A criterion with {form} has no such key.', zh: '含 {form} 的条件没有此字段' },
  GROUP_EMPTY: { en: 'A group needs at least one criterion.', zh: '条件组至少须有一个条件' },
  BAD_COUNT: {
    en: 'A whole number of at least 1 is needed, not {value}.',
    zh: '须为不小于 1 的整数，而不是{value}',
  },
  COUNT_TOO_HIGH: {
    en: 'At least {count} of {length} criteria can never be met.',
    zh: '共 {length} 个条件，无法至少满足 {count} 个',
  },
  TOO_MANY_MEMBERS: {
    en: '"At least n of" takes at most {most} criteria.',
    zh: '“至少满足其中几项”最多含 {most} 个条件',
  },
  UNKNOWN_FACT: { en: '{value} is not in the vocabulary of facts.', zh: '{value} 不在企业事项词表中' },
  UNKNOWN_OPERATOR: { en: '{value} is not one of {operators}.', zh: '{value} 不是可用的运算符：{operators}' },
  BAD_YEAR: {
    en: '{value} is neither PREVIOUS, CURRENT nor a year from {first} to {last}.',
    zh: '{value} 有误：须为 PREVIOUS（上年度）、CURRENT（本年度）或 {first} 至 {last} 年',
  },
  NO_FIGURE_OF_YEAR: { en: '{fact} {op}: this is not a figure of a year.', zh: '{fact} {op}：不是年度指标' },
  PARAMETER_HERE: {
    en: 'a dated parameter such as {value} cannot stand here; write its value',
    zh: '此处不能使用 {value} 之类的政策参数，请直接写数值',
  },
  COLLECTION_ASKED: {
    en: 'a collection is asked with has, or with exists',
    zh: '明细列表须用 has 或 exists 判断',
  },
  ASKED_BY_NAME: {
    en: 'name what is asked for, with contains or containsAny',
    zh: '须用 contains 或 containsAny 写明所问的名称',
  },
  TITLES_ASKED: {
    en: 'a list of titles is asked with contains or containsAny',
    zh: '资质荣誉列表须用 contains 或 containsAny 判断',
  },
  NO_ORDER_OF_VALUES: { en: '{type} values have no order', zh: '类型为“{type}”的值不能比较大小' },
  LOW_ABOVE_HIGH: { en: '{low} lies above {high}', zh: '下限 {low} 大于上限 {high}' },
  NO_ITEMS: { en: 'only a collection has items', zh: '只有明细列表可用此运算符' },
  NO_CONTENT: { en: 'only a list of titles contains something', zh: '只有资质荣誉列表可用此运算符' },
  NO_HIERARCHY: { en: 'only a code has a hierarchy', zh: '只有代码有上下级' },
  NO_PERIOD: { en: 'only a date lies in a period', zh: '只有日期可与期间比较' },
  NO_SINCE: {
    en: 'no record says since when this has been so',
    zh: '没有记录说明此项自何时起如此',
  },
  NO_YEAR_BEFORE: { en: 'no record holds the figure of the year before', zh: '没有上一年度的数据可比' },
  NOT_AN_ATTRIBUTE: { en: '{value} is none of {attributes}', zh: '{value} 不在明细项之中：{attributes}' },
  NO_OPERATOR: { en: '{value} is no operator', zh: '{value} 不是运算符' },
  VALUE_TWICE: { en: 'a value stands twice in the list', zh: '列表中有重复的值' },
  PARAMETER_FORM: { en: '{needed}, not {value}', zh: '{neededInChinese}，而不是{value}' },
  UNKNOWN_PARAMETER_NAMED: {
    en: 'there is no dated parameter {value}; define it first, or write its value',
    zh: '没有政策参数 {value}，请先定义，或直接写数值',
  },
  PARAMETER_OF_TYPE: {
    en: 'the parameter ${name} is {type}, but {needed} is needed',
    zh: '参数 ${name} 的类型为“{type}”，此处须为“{needed}”',
  },
  PARAMETER_IN_UNIT: {
    en: 'the parameter ${name} is in {unit}, but {needed} is needed',
    zh: '参数 ${name} 的单位为“{unit}”，此处须为“{needed}”',
  },
} as const;
