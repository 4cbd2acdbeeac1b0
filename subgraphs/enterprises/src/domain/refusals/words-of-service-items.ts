import type { Words } from '@zhitong/values';

/** Why something is refused about the catalogue of matters; `{name}` is a parameter. */
export const WORDS_OF_SERVICE_ITEMS = {
  TOO_MANY_LINES: { en: 'at most {most} entries, not {linesCount}', zh: '最多 {most} 条，现有 {linesCount} 条' },
  BAD_LINE: { en: '2 to {most} characters', zh: '每条须为 2 至 {most} 个字' },
  PROMISE_BEYOND_LAW: {
    en: 'the law allows {legalWorkingDays} working days; promise no more',
    zh: '法定时限为 {legalWorkingDays} 个工作日，承诺时限不得更长',
  },
  NO_WAY_TO_APPLY: {
    en: 'name a counter or the address at which it is applied for online',
    zh: '须填写办理窗口或网上办理地址',
  },
  NO_COUNTER: { en: 'what is taken in city-wide has a counter', zh: '全市通办的事项须有办理窗口' },
  BAD_ITEM_ID: {
    en: 'a number has 2 to 40 capital letters, digits and hyphens',
    zh: '编号须为 2 至 40 个大写字母、数字和连字符',
  },
  BAD_ITEM_DAYS: {
    en: '{promisedDays} is not 0 to 90 in steps of 0.5',
    zh: '{promisedDays} 不是 0 至 90 之间以 0.5 为单位的天数',
  },
  BAD_LEGAL_DAYS: {
    en: 'it is 1 to {most}, not {legalWorkingDays}',
    zh: '法定时限须为 1 至 {most} 个工作日，不能是 {legalWorkingDays}',
  },
  BAD_ONLINE_ADDRESS: {
    en: 'it is an https address of at most {most} characters',
    zh: '须为 https 网址，最多 {most} 个字符',
  },
  TOO_MANY_AGENTS: {
    en: 'at most {most} agents, not {agentsCount}',
    zh: '代办人员最多 {most} 名，现有 {agentsCount} 名',
  },
  BUNDLE_SIZE: {
    en: '2 to {most} matters make a bundle, not {itemsCount}',
    zh: '一件事须由 2 至 {most} 个事项组成，现有 {itemsCount} 个',
  },
  ITEM_CHANGED: {
    en: 'It is at version {version}, not {expectedVersion}; read it again and decide afresh.',
    zh: '现为第 {version} 版，不是第 {expectedVersion} 版，请重新读取后再定',
  },
  NO_AGENT_ON_STAFF: { en: 'there is no official with the staff number {agents}', zh: '没有工号为 {agents} 的人员' },
  NO_MATTER: { en: 'there is no matter {items}', zh: '没有事项 {items}' },
} as const satisfies Readonly<Record<string, Words>>;
