/** Words for why a value cannot stand where it does; each goes on after the value itself. */
export const WORDS_OF_VALUES = {
  MUST_BE_TRUE_OR_FALSE: { en: 'must be true or false', zh: '须为 true 或 false' },
  MUST_BE_NUMBER: { en: 'must be a number', zh: '须为数值' },
  MUST_LIE_WITHIN: { en: 'must lie within ±{most}', zh: '须在 ±{most} 之间' },
  MUST_BE_WHOLE: { en: 'must be a whole number', zh: '须为整数' },
  MUST_BE_DAY: { en: 'must be an existing day, YYYY-MM-DD', zh: '须为存在的日期，格式为 YYYY-MM-DD' },
  MUST_BE_TITLES: { en: 'must be a list of at most {most} titles', zh: '须为最多 {most} 项的资质荣誉列表' },
  MUST_HOLD_TITLES: { en: 'must hold titles of 1 to {most} characters', zh: '所列资质荣誉须为 1 至 {most} 个字' },
  MUST_BE_TEXT: { en: 'must be a text of 1 to {most} characters', zh: '须为 1 至 {most} 个字的文本' },
  MUST_BE_ONE_OF: { en: 'must be one of {choices}', zh: '须为以下之一：{choices}' },
  MUST_BE_ITEMS: { en: 'must be a list of at most {most} items', zh: '须为最多 {most} 项的明细列表' },
  MUST_HAVE_ATTRIBUTES: { en: 'must be a list of objects with attributes', zh: '须为含明细项的对象列表' },
  HAS_NO_ATTRIBUTE: { en: 'has no attribute {name}', zh: '没有明细项 {name}' },
  MUST_BE_PAIR: { en: 'must be two values, lowest first', zh: '须为两个值，小者在前' },
  MUST_BE_TRUE: {
    en: 'must be true: that a fact is absent cannot be known',
    zh: '须为 true：无法得知某事项不存在',
  },
  MUST_BE_TITLE: { en: 'must be one title', zh: '须为一项资质荣誉' },
  MUST_HOLD_TITLE: { en: 'must hold at least one title', zh: '至少须有一项资质荣誉' },
  MUST_BE_CODE: {
    en: 'must be a code of 1 to 12 capital letters and digits',
    zh: '须为 1 至 12 位大写字母和数字的代码',
  },
  MUST_BE_PERIOD: { en: 'must be {form} of at most 150 years', zh: '须为 {form}，且不超过 150 年' },
  MUST_BE_PER_CENT: {
    en: 'must be a number of per cent within ±1000000',
    zh: '须为 ±1000000 以内的百分数',
  },
  MUST_BE_CONDITIONS: {
    en: 'must be a list of 1 to {most} conditions of one item',
    zh: '须为针对同一明细的 1 至 {most} 个条件的列表',
  },
  MUST_BE_CONDITION: {
    en: 'must be a condition with attribute, op and value',
    zh: '须为含 attribute、op、value 的条件',
  },
  MUST_BE_LIST: { en: 'must be a list of 1 to {most} values', zh: '须为 1 至 {most} 个值的列表' },
  NO_REGION: {
    en: 'is no region: CN, or two, four or six digits of which the first two are a province (GB/T 2260)',
    zh: '不是区划代码：须为 CN，或前两位为省级代码的二、四、六位数字（GB/T 2260）',
  },
  NO_INDUSTRY_SHAPE: {
    en: 'is no industry: a section A to T and up to four digits (GB/T 4754)',
    zh: '不是行业代码：须为门类字母 A 至 T 加最多四位数字（GB/T 4754）',
  },
  NO_INDUSTRY_DIVISION: {
    en: 'is no industry: section {section} has the divisions {first} to {last} (GB/T 4754)',
    zh: '不是行业代码：门类 {section} 的大类为 {first} 至 {last}（GB/T 4754）',
  },
  NOT_IN_VOCABULARY: { en: 'is not in the vocabulary', zh: '不在企业事项词表中' },
  NO_FACT_SHEET: { en: 'No fact sheet.', zh: '没有企业事项表' },
  IS_NO_DAY: { en: 'is no existing day, YYYY-MM-DD', zh: '不是存在的日期，格式为 YYYY-MM-DD' },
  IS_NO_NUMBER: { en: 'is no number', zh: '不是数值' },
  LIES_OUTSIDE: { en: 'does not lie within ±{most}', zh: '不在 ±{most} 之间' },
  IS_NOT_WHOLE: { en: 'is no whole number', zh: '不是整数' },
  TOO_MANY_DIGITS: {
    en: 'has more than {decimals} decimals or {digits} digits',
    zh: '超过 {decimals} 位小数或 {digits} 位有效数字',
  },
  FORMULA_TOO_LONG: { en: 'A formula has at most {most} characters.', zh: '公式最多 {most} 个字符' },
  FORMULA_TOO_DEEP: { en: 'A formula nests at most {most} deep.', zh: '公式最多嵌套 {most} 层' },
  NO_PART_OF_FORMULA: {
    en: 'Position {at}: {text} is not part of a formula.',
    zh: '第 {at} 位：{text} 不能写在公式中',
  },
  FORMULA_DIGITS: {
    en: 'Position {at}: a number has at most {most} digits.',
    zh: '第 {at} 位：数值最多 {most} 位数字',
  },
  FORMULA_NEEDS: {
    en: 'Position {at}: {sign} is needed before {text}.',
    zh: '第 {at} 位：“{text}”之前缺少“{sign}”',
  },
  FORMULA_UNEXPECTED: { en: 'Position {at}: {text} was not expected.', zh: '第 {at} 位：此处不应出现“{text}”' },
  FORMULA_CONDITION: {
    en: 'What stands before ? must be a comparison.',
    zh: '问号之前须为比较式',
  },
  FORMULA_COMPARISON: {
    en: 'A comparison gives no amount; write condition ? amount : amount.',
    zh: '比较式不是金额，请写成：条件 ? 金额 : 金额',
  },
  FORMULA_DIVIDES_BY_ZERO: { en: 'The formula always divides by zero.', zh: '公式的除数恒为零' },
  FORMULA_ARGUMENTS: {
    en: '{name} takes {number} values, not {given}.',
    zh: '函数 {name} 须有 {numberInChinese} 个值，而不是 {given} 个',
  },
  FORMULA_OF_ITSELF: {
    en: 'A formula cannot ask for its own result ({name}).',
    zh: '公式不能引用自身的结果（{name}）',
  },
  FORMULA_UNKNOWN_FACT: { en: '{fact} is not in the vocabulary of facts.', zh: '{fact} 不在企业事项词表中' },
  FORMULA_NO_NUMBER: { en: '{fact} is no number, and not true or false.', zh: '{fact} 既不是数值，也不是是或否' },
  FORMULA_YEAR: {
    en: '{fact}@{year}: a year is PREVIOUS, CURRENT or from {first} to {last}.',
    zh: '{fact}@{year}：年度须为 PREVIOUS（上年度）、CURRENT（本年度）或 {first} 至 {last} 年',
  },
  FORMULA_NO_FIGURE: { en: '{fact} is not a figure of a year.', zh: '{fact} 不是年度指标' },
} as const;
