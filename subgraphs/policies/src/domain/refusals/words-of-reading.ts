/** Words for what may not be read, or is asked for with values that cannot be used. */
export const WORDS_OF_READING = {
  MATCHES_ARE_FOR: {
    en: 'The matches of {uscc} are for the enterprise itself and for officials of the government.',
    zh: '企业 {uscc} 的政策匹配结果仅供该企业和政府工作人员查阅',
  },
  DAY_NOT_COME: {
    en: '{field} is {day}, which has not come yet: today is {today}.',
    zh: '{field} 为 {day}，尚未到来：今日为 {today}',
  },
  LOAN_MATCHES_ARE_FOR: {
    en: 'Matches of {uscc} with loan products are for the enterprise itself and for auditors.',
    zh: '企业 {uscc} 的贷款产品匹配结果仅供该企业和审计人员查阅',
  },
  NEEDS_ARE_FOR: {
    en: 'Financing needs are for the enterprise that stated them and for auditors.',
    zh: '融资需求仅供提出的企业和审计人员查阅',
  },
  SEARCH_TOO_LONG: {
    en: 'text has {length} characters; search for at most {most}.',
    zh: '检索词有 {length} 个字，最多 {most} 个字',
  },
  SUBSCRIPTIONS_ARE_FOR: {
    en: 'The subscriptions of {uscc} are for the enterprise itself and for auditors.',
    zh: '企业 {uscc} 的订阅仅供该企业和审计人员查阅',
  },
  NOTIFICATIONS_ARE_FOR: {
    en: 'The notifications of {uscc} are for the enterprise itself and for auditors.',
    zh: '企业 {uscc} 的通知仅供该企业和审计人员查阅',
  },
  FROM_AFTER_TO: { en: '{field} is {from}, after {other} ({to}).', zh: '{field} 为 {from}，晚于 {other}（{to}）' },
  NO_SUCH_VERSION: { en: '{policy} has no version {version}.', zh: '政策 {policy} 没有第 {version} 版' },
  MATCHING_ENTERPRISES_ARE_FOR: {
    en: 'Which enterprises match is for officials of the government.',
    zh: '匹配的企业名单仅供政府工作人员查阅',
  },
  GRANTS_OF_ENTERPRISE_ARE_FOR: {
    en: 'The grants of {uscc} are for the enterprise itself, the department that pays, coordinator and auditor.',
    zh: '企业 {uscc} 的兑现单仅供该企业、兑付单位、营商办和审计人员查阅',
  },
  GRANTS_OF_DEPARTMENT_ARE_FOR: {
    en: 'Grants that {department} pays are for the enterprise itself, the department that pays, coordinator and auditor.',
    zh: '由 {department} 兑付的兑现单仅供相关企业、兑付单位、营商办和审计人员查阅',
  },
  GRANTS_ARE_FOR: {
    en: 'Grants are for the enterprise itself, the department that pays, coordinator and auditor.',
    zh: '兑现单仅供相关企业、兑付单位、营商办和审计人员查阅',
  },
  CLOSING_WITHIN: {
    en: 'filter.closingWithinDays is {days}; give 0 to {most}.',
    zh: '截止天数（filter.closingWithinDays）为 {days}，须为 0 至 {most}',
  },
  FILTER_REGION: {
    en: 'filter.region: {value} is not six digits of GB/T 2260.',
    zh: '地区（filter.region）{value} 不是 GB/T 2260 的六位区划代码',
  },
  FILTER_INDUSTRY: {
    en: 'filter.industry: {value} is not a code of GB/T 4754.',
    zh: '行业（filter.industry）{value} 不是 GB/T 4754 的行业代码',
  },
  QUESTIONS_ARE_FOR: {
    en: 'Questions of all enterprises are for officers of the department that was asked and for auditors.',
    zh: '全部企业的提问仅供被询问单位的工作人员和审计人员查阅',
  },
  STATUS_EMPTY: {
    en: 'filter.status is an empty list; leave it out for all.',
    zh: '状态（filter.status）为空列表；查询全部时请不填此项',
  },
  QUESTIONS_OF_ENTERPRISE_ARE_FOR: {
    en: 'The questions of {uscc} are for the enterprise itself and for auditors.',
    zh: '企业 {uscc} 的提问仅供该企业和审计人员查阅',
  },
  MATCHING_NEEDS_ARE_FOR: {
    en: 'Needs that match {product} are for officers of {department} and auditors.',
    zh: '与贷款产品 {product} 匹配的融资需求仅供 {department} 的工作人员和审计人员查阅',
  },
  NO_OPEN_NEED: {
    en: 'need: {uscc} has no open financing need {need}.',
    zh: '企业 {uscc} 没有编号为 {need} 的有效融资需求',
  },
  RECOVERIES_ARE_FOR: {
    en: 'Demands to pay grants back are for the enterprise itself, the department that paid and auditors.',
    zh: '追回单仅供相关企业、兑付单位和审计人员查阅',
  },
} as const;
