import { sayer } from '@zhitong/values';
import type { CaseStatus } from './case-view.js';
import { WORDS_OF_INPUTS } from './refusals/words-of-inputs.js';
import { STATUS_IN_CHINESE } from './words.js';

/** What the department refuses outside the moves of a case, by reason, in English and Chinese. */
export const REFUSAL_WORDS = {
  ...WORDS_OF_INPUTS,
  CASE_OF_OTHERS: {
    en: 'The case {caseNumber} is not yours to change.',
    zh: '诉求 {caseNumber} 不由您办理',
  },
  CASE_IN_VERSION: {
    en: 'The case is at version {current}, not {expected}; read it again and decide afresh.',
    zh: '诉求现为第 {current} 版，而不是第 {expected} 版，请重新读取后再决定',
  },
  HELPED_LIST_IS_FOR: {
    en: 'The list would tell which cases of other departments are of the same enterprise; it is for coordinator and auditor.',
    zh: '该清单会显示同一企业在其他部门的诉求，仅供综合协调部门和审计人员查看',
  },
  GROUP_AND_KEY: {
    en: 'filter: groupBy and key are given together, or neither.',
    zh: '分组方式（groupBy）与分组值（key）须同时填写，或都不填写',
  },
  REGION_WITH_OF_CITY: {
    en: "filter.region is {region}, a county's; ofCity lists those of none.",
    zh: '区划 {region} 属于区县，与市级会议（ofCity）不能同时选择',
  },
  SANCTION_WITH_FIGURE: {
    en: 'filter.counted: a sanction goes with SANCTIONS, not with {figure}.',
    zh: '处理方式只能与指标 SANCTIONS 同时选择，不能与 {figure} 同时选择',
  },
  NO_CASE: {
    en: 'There is no case {caseNumber}.',
    zh: '没有诉求 {caseNumber}',
  },
  CHECK_OF_ANOTHER: {
    en: 'The check is of another unit.',
    zh: '该暗访由其他单位开展',
  },
  NO_CHECK: {
    en: 'There is no check {id}.',
    zh: '没有暗访 {id}',
  },
  CHECK_IN_VERSION: {
    en: 'The check is at version {current}, not {expected}; read it again and decide afresh.',
    zh: '暗访现为第 {current} 版，而不是第 {expected} 版，请重新读取后再决定',
  },
  WHOLE_MONTHS: {
    en: 'Draw from whole months, {most} at most: from the first day of one to the last day of one.',
    zh: '抽查须按整月，最多 {most} 个月：自某月首日起，至某月末日止',
  },
  MONTH_NOT_OVER: {
    en: '{to} is not over; a draw before the end would leave out what is resolved later.',
    zh: '{to} 尚未结束，提前抽取会遗漏其后办结的诉求',
  },
  DRAWN_ALREADY: {
    en: '{id} has been drawn from these months already; a month is drawn once.',
    zh: '这些月份已由 {id} 抽取，每月只抽一次',
  },
  NO_BRIEFING: {
    en: 'There is no briefing {id}.',
    zh: '没有专报 {id}',
  },
  BRIEFING_IN_VERSION: {
    en: 'The briefing is at version {current}, not {expected}; read it again and decide afresh.',
    zh: '专报现为第 {current} 版，而不是第 {expected} 版，请重新读取后再决定',
  },
  NO_SUPERVISOR: {
    en: 'There is no special supervisor {id}.',
    zh: '没有特邀监督员 {id}',
  },
  NO_MEETING: {
    en: 'There is no meeting {id}.',
    zh: '没有会议 {id}',
  },
  MEETING_IN_VERSION: {
    en: 'The meeting is at version {current}, not {expected}; read it again and decide afresh.',
    zh: '会议现为第 {current} 版，而不是第 {expected} 版，请重新读取后再决定',
  },
  MEETING_HELD: {
    en: 'The meeting was held already, chaired by {chairedBy}.',
    zh: '会议已召开，主持人为 {chairedBy}',
  },
  MEETING_TO_COME: {
    en: 'The meeting is on {date}, which is still to come.',
    zh: '会议定于 {date}，尚未召开',
  },
  MEETING_NOT_HELD: {
    en: 'The meeting has not been held yet.',
    zh: '会议尚未召开',
  },
  NOT_ON_AGENDA: {
    en: 'The case {caseNumber} is not on the agenda.',
    zh: '诉求 {caseNumber} 不在会议议程上',
  },
  NO_SUCH_DECISION: {
    en: 'The meeting has {length} decisions; there is no number {decision}.',
    zh: '会议有 {length} 项决定，没有第 {decision} 项',
  },
  DECISION_CARRIED_OUT: {
    en: 'The decision was found to be carried out already.',
    zh: '该决定已认定落实',
  },
  NOTHING_TO_DECIDE: {
    en: 'The case is {status}; there is nothing left to decide.',
    zh: '诉求的状态为“{status}”，已无须决定',
  },
  LED_BY_ANOTHER: {
    en: 'The case is led by {lead}; a decision in its hands is carried out by that department, or reassigns it.',
    zh: '诉求由 {lead} 牵头；决定须由该单位落实，或改派其他单位',
  },
  ONLY_ANSWERED: {
    en: 'The case is {status}; only an answered case can be published.',
    zh: '诉求的状态为“{status}”，只有已答复的诉求可以公开',
  },
  NO_TYPICAL_CASE: {
    en: 'There is no typical case {id}.',
    zh: '没有典型案例 {id}',
  },
  NO_PROPOSAL: {
    en: 'There is no proposal {id}.',
    zh: '没有提名 {id}',
  },
  PROPOSED_YOURSELF: {
    en: 'A second person has to review it: you have proposed it yourself.',
    zh: '须由另一人审核：该案例由您本人提名',
  },
  REVIEWED_ALREADY: {
    en: 'It has been reviewed already and is {status}.',
    zh: '该案例已经审核，状态为“{status}”',
  },
  FIGURES_ARE_FOR: {
    en: 'The figures of {department} are for its own officers and for officials of the government.',
    zh: '单位 {department} 的统计仅供该单位和政府工作人员查阅',
  },
  CASES_OF_ARE_FOR: {
    en: 'The cases of {uscc} are for the enterprise itself, the departments that handle them, coordinator and auditor.',
    zh: '企业 {uscc} 的诉求仅供该企业、承办单位、营商办和审计人员查阅',
  },
  CASES_ARE_FOR: {
    en: 'Cases are for the enterprise itself, the departments that handle them, coordinator and auditor.',
    zh: '诉求仅供提出的企业、承办单位、营商办和审计人员查阅',
  },
  TO_BEFORE_FROM: {
    en: 'to is {to}, which lies before from, {from}.',
    zh: '截止日期（to）{to} 早于起始日期（from）{from}',
  },
  PERIOD_TOO_LONG: {
    en: '{from} to {to} is longer than 10 years.',
    zh: '{from} 至 {to} 超过 10 年',
  },
  KNOWN_ON_NOT_COME: {
    en: 'knownOn is {day}, which is still to come; today is {today}.',
    zh: '获知日期（knownOn）{day} 尚未到来：今日为 {today}',
  },
  KNOWN_ON_TOO_EARLY: {
    en: 'knownOn is {day}, when nothing of a period from {from} on was known.',
    zh: '获知日期（knownOn）{day} 早于期间起始日 {from}，当时尚无所知',
  },
  PUBLISHED_FIGURES: {
    en: 'Published figures are those of each month as it was known on its last day; leave knownOn out.',
    zh: '公布的统计以各月末日所知为准，请不填 knownOn',
  },
  ISSUES_OUTSIDE: {
    en: 'first is {first}; ask for 1 to {most} issues.',
    zh: '条数（first）为 {first}，须为 1 至 {most}',
  },
  RAISED_AT_IS_FOR: {
    en: 'At which meeting a case was raised is for the departments that handle it.',
    zh: '诉求在哪次会议提出，仅供承办单位查阅',
  },
  COUNTED_GROUP_AND_KEY: {
    en: 'filter.counted: groupBy and key are given together, or neither.',
    zh: '筛选项 filter.counted 的 groupBy 与 key 须同时填写或同时不填',
  },
  COUNTED_TWO_DEPARTMENTS: {
    en: 'filter.counted: department and the key of a department are two; leave one out.',
    zh: '筛选项 filter.counted 同时指定了 department 和单位的 key，请去掉其一',
  },
  FILTER_TOO_MANY: {
    en: 'filter.{name} has {length} values; {most} at most.',
    zh: '筛选项 filter.{name} 有 {length} 个值，最多 {most} 个',
  },
  FILTER_REGION: {
    en: 'filter.region: {value} is not six digits of GB/T 2260 such as 421202.',
    zh: '行政区划（filter.region）{value} 不是 GB/T 2260 的六位代码，例如 421202',
  },
  THROUGH_COORDINATOR: {
    en: 'The leadership is reached through the coordinator.',
    zh: '须经营商办提请领导',
  },
  NO_PENDING_REFERRAL: {
    en: 'The case has no pending referral {referral}.',
    zh: '诉求没有待处理的移送 {referral}',
  },
  FIRST_OUTSIDE: {
    en: 'first is {first}; ask for 1 to {most}.',
    zh: '条数（first）为 {first}，须为 1 至 {most}',
  },
  OVERDUE_NOT_EXTENDED: {
    en: 'An answer that is overdue cannot be extended any more; answer, or bring the case to the coordinator.',
    zh: '已逾期的答复不能再延期，请答复，或报营商办',
  },
  RANKING_IS_FOR: {
    en: 'The ranking of matters is for officials of the government.',
    zh: '事项排名仅供政府工作人员查阅',
  },
  MATTERS_OUTSIDE: {
    en: 'first is {first}; ask for 1 to {most} matters.',
    zh: '条数（first）为 {first}，须为 1 至 {most}',
  },
  SEARCH_TOO_LONG: {
    en: 'filter.words has {length} characters; {most} at most.',
    zh: '检索词（filter.words）有 {length} 个字，最多 {most} 个字',
  },
  SEARCH_WORDS: {
    en: 'filter.words holds {length} words that cases are found by; give 1 to {most} of two characters or more.',
    zh: '检索词（filter.words）中可检索的词有 {length} 个，须为 1 至 {most} 个，每个至少两个字',
  },
  FILTER_NUMBER: {
    en: 'filter.number: {value} is not the beginning of a case number such as SQ2026-0001.',
    zh: '编号（filter.number）{value} 不是诉求编号的开头，例如 SQ2026-0001',
  },
  SEARCH_BY_TELEPHONE: {
    en: 'Search by telephone is for whoever calls the contact: coordinator, desk, lead department, team of a check.',
    zh: '按电话检索仅供联系诉求人的人员使用：营商办、受理窗口、牵头单位、核查组',
  },
  FILTER_TELEPHONE: {
    en: 'filter.telephone is no telephone number of 5 digits or more.',
    zh: '电话（filter.telephone）须为 5 位以上的电话号码',
  },
  NOTICES_ARE_FOR: {
    en: 'The notices of {uscc} are for the enterprise itself.',
    zh: '企业 {uscc} 的通知仅供该企业查阅',
  },
  ACCOUNT_OF_NO_ENTERPRISE: {
    en: 'The account is of no enterprise.',
    zh: '当前登录身份没有对应的企业',
  },
  NOTES_ARE_FOR: {
    en: 'Internal notes are for the departments that handle the case, coordinator and auditor.',
    zh: '内部批注仅供承办单位、营商办和审计人员查阅',
  },
  MOVE_OF_OTHERS: {
    en: '{why}; for this case you are {parties}.',
    zh: '此项不由您办理：您在该诉求中为{partiesInChinese}',
  },
  BROUGHT_ALREADY: {
    en: 'The case is before {escalation} already; it can be brought to {possible}.',
    zh: '诉求已提请{escalationInChinese}；可再提请：{possibleInChinese}',
  },
} as const;

/** Words of a reason with its parameters; a status stands in the Chinese ones by what it is called. */
export const said = sayer(REFUSAL_WORDS, (value) =>
  value in STATUS_IN_CHINESE ? STATUS_IN_CHINESE[value as CaseStatus] : value,
);
