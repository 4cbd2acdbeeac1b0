import { sayer } from '@zhitong/values';

/** What may not be read or written, and arguments that cannot be used, by reason, in English and Chinese. */
export const REFUSAL_WORDS = {
  REFERRAL_OF_ANOTHER: {
    en: 'The referral {referral} is answered by {department}.',
    zh: '移送 {referral} 由 {department} 答复',
  },
  DEBT_NOT_OWED_TO: {
    en: 'The debt {arrear} is not owed to {creditor}.',
    zh: '欠款 {arrear} 的债权人不是 {creditor}',
  },
  DEBT_WRITTEN_BY: {
    en: "The debt {arrear} is owed by {debtor}; its officers and those of the ledger's office write it.",
    zh: '欠款 {arrear} 的债务单位是 {debtor}，由该单位或台账管理单位登记',
  },
  PAYMENT_REVERSED_BY: {
    en: "Payment {no} of the debt {arrear} was recorded by {recorder}; its officers and those of the ledger's office reverse it.",
    zh: '欠款 {arrear} 的第 {no} 笔付款由 {recorder} 登记，由该单位或台账管理单位冲正',
  },
  RECORD_KEPT_BY: {
    en: 'The record {record} is kept by {department}.',
    zh: '失信记录 {record} 由 {department} 管理',
  },
  PLEDGE_GIVEN_TO: {
    en: 'The pledge {pledge} was given to {department}.',
    zh: '信用承诺 {pledge} 系向 {department} 作出',
  },
  ITEM_OF_ANOTHER: {
    en: "The item {item} is {department}'s.",
    zh: '事项 {item} 由 {department} 办理',
  },
  ITEM_CONFIRMED_BY: {
    en: 'The item {item} is confirmed by its enterprise.',
    zh: '事项 {item} 由其企业确认',
  },
  COMMITMENT_WRITTEN_BY: {
    en: "Commitment {commitment} is owed by {promisor}; its officers and those of the ledger's office write it.",
    zh: '承诺 {commitment} 由 {promisor} 作出，由该单位或台账管理单位登记',
  },
  CREDIT_IS_FOR: {
    en: 'The credit of {uscc} is for the enterprise itself and for officials of the government.',
    zh: '企业 {uscc} 的信用信息仅供该企业和政府工作人员查阅',
  },
  PLEDGES_ARE_FOR: {
    en: 'The pledges of {uscc} are for the enterprise itself and for officials.',
    zh: '企业 {uscc} 的信用承诺仅供该企业和工作人员查阅',
  },
  DAYS_OVERDUE_OUTSIDE: {
    en: 'filter.daysOverdueAtLeast is {days}; give 0 to {most} days.',
    zh: '逾期天数（filter.daysOverdueAtLeast）为 {days}，须为 0 至 {most} 天',
  },
  MAY_PLEDGE_IS_FOR: {
    en: 'What {uscc} may pledge is for officers of the department that decides.',
    zh: '企业 {uscc} 可作承诺的情况仅供作出决定的单位查阅',
  },
  FROM_AFTER_TO: {
    en: 'from is {from}, after to, {to}.',
    zh: '起始日期（from）{from} 晚于截止日期（to）{to}',
  },
  FILTER_DISTRICT: {
    en: 'filter.districtCode: {value} is not six digits of GB/T 2260 such as 421202.',
    zh: '行政区划（filter.districtCode）{value} 不是 GB/T 2260 的六位代码，例如 421202',
  },
  ITEMS_OPENED_BY: {
    en: 'Items of {department} are opened by its own officers or those of {office}.',
    zh: '{department} 的事项由该单位或 {office} 的工作人员列入',
  },
  DISHONESTY_RECORDED_BY: {
    en: 'Dishonesty is recorded by the departments that punish it: {departments}.',
    zh: '失信记录由作出处罚的单位登记：{departments}',
  },
  JUDGMENTS_RECORDED_BY: {
    en: 'Judgments are recorded by officers of {office}.',
    zh: '判决由 {office} 的工作人员登记',
  },
  JUDGMENTS_WITHDRAWN_BY: {
    en: 'Judgments are withdrawn by officers of {office}.',
    zh: '判决登记由 {office} 的工作人员撤销',
  },
  PLEDGE_RECORDED_BY: {
    en: 'A pledge of {uscc} is recorded by the enterprise itself or by officers of {department}.',
    zh: '企业 {uscc} 的信用承诺由该企业或 {department} 的工作人员登记',
  },
  CHECK_SAYS_KEPT: {
    en: 'A check says whether the pledge was found kept.',
    zh: '核查须写明承诺是否履行（kept）',
  },
  BREACH_HAS_CONSEQUENCE: {
    en: 'A breach has a consequence.',
    zh: '登记违诺须写明处理措施（consequence）',
  },
  WITHDRAWAL_RESTS_ON_DOCUMENT: {
    en: 'The withdrawal of a breach rests on a document.',
    zh: '撤销违诺须附所依据的文件（document）',
  },
  SUCCESSION_RECORDED_BY: {
    en: 'A succession is recorded by officers of {office}, which keeps the ledger.',
    zh: '承接由台账管理单位 {office} 的工作人员登记',
  },
  AMOUNT_OR_MILESTONES: {
    en: 'Give an amount in yuan or a number of milestones, one of the two.',
    zh: '金额（元）与节点数须填且仅填其一',
  },
  BAD_AGREED_RATE: {
    en: 'agreedRatePercent {value} is not a yearly rate in per cent with at most two decimals, such as "4.35".',
    zh: '约定年利率 {value} 有误：须为最多两位小数的百分数，例如 "4.35"',
  },
  DEBT_RECORDED_BY: {
    en: 'A debt of {debtor} is recorded by its own officers or those of {office}.',
    zh: '{debtor} 的欠款由该单位或 {office} 的工作人员登记',
  },
  PROMISE_RECORDED_BY: {
    en: 'A promise of {promisor} is recorded by its own officers or those of {office}.',
    zh: '{promisor} 的承诺由该单位或 {office} 的工作人员登记',
  },
  BAD_DISTRICT: {
    en: 'districtCode {value} is not six digits of GB/T 2260 such as 421202.',
    zh: '行政区划（districtCode）{value} 不是 GB/T 2260 的六位代码，例如 421202',
  },
  TOO_MANY_INSTALMENTS: {
    en: 'A promise has at most {most} instalments.',
    zh: '承诺最多分 {most} 期',
  },
  TOO_MANY_CONDITIONS: {
    en: 'A promise has at most {most} conditions.',
    zh: '承诺最多附 {most} 项条件',
  },
  FOR_READERS: {
    en: '{what} is for the enterprises that it concerns, the department that owes it, and officials of the government.',
    zh: '{whatInChinese}仅供相关企业、责任单位和政府工作人员查阅',
  },
  FOR_OFFICIALS: {
    en: '{what} is for officials of the government.',
    zh: '{whatInChinese}仅供政府工作人员查阅',
  },
  NOT_COME: {
    en: '{field} is {day}, which has not come yet: today is {today}.',
    zh: '{field} 为 {day}，尚未到来：今日为 {today}',
  },
  SEALS_OUTSIDE: {
    en: 'first is {first}; 1 to {most} seals can be asked for.',
    zh: '条数（first）为 {first}，须为 1 至 {most}',
  },
  SEAL_NEGATIVE: {
    en: 'after is {after}; seals are counted from 1, and 0 asks for all.',
    zh: '起点（after）为 {after}：封存从 1 计数，0 为全部',
  },
  NO_DISCLOSURE_OF_YEAR: {
    en: 'year is {year}; there is a disclosure of the years from 2020 on that are over.',
    zh: '年度（year）为 {year}：仅公开 2020 年起已结束的年度',
  },
  FOR_CREDITOR: {
    en: '{what} is for the enterprise that the debt is owed to.',
    zh: '{what} 由债权企业办理',
  },
  OTHER_MEASURE: {
    en: 'A promise of money has instalments with amounts, one of a deliverable has instalments with milestones.',
    zh: '以金额计的承诺各期须填金额，以节点计的承诺各期须填节点数',
  },
  BAD_AMOUNT: { en: '{field}: {fault}.', zh: '{field}：{faultInChinese}' },
  PASSED_ON: {
    en: "What {department} owed was passed on to its successor; only the ledger's office passes anything to it.",
    zh: '{department} 的债务已由承接单位承接，只有台账管理单位可再向其划转',
  },
} as const;

/** Words of a reason with its parameters. */
export const said = sayer(REFUSAL_WORDS);
