import { sayer } from '@zhitong/values';

/** What every department refuses alike, by reason, in English and Chinese; see `saidError`. */
export const SHARED_REFUSALS = {
  INPUT_UNUSABLE: { en: 'the input cannot be accepted', zh: '所填内容无法受理' },
  TOKEN_NEEDED: { en: 'This needs a bearer token.', zh: '须先登录（携带访问令牌）' },
  ROLE_NEEDED_ANONYMOUS: {
    en: '{what} needs a bearer token with one of the roles {roles}.',
    zh: '{what} 须先登录，且具有以下角色之一：{roles}',
  },
  ROLE_NEEDED: {
    en: '{what} needs one of the roles {roles}.',
    zh: '{what} 须具有以下角色之一：{roles}',
  },
  SCALAR: { en: '{scalar} cannot be {value}: {expected}', zh: '{scalar} 不能为 {valueInChinese}：{expectedInChinese}' },
  JSON_NUMBER: {
    en: 'JSON cannot hold the number {value}: it is too large to be carried on unchanged.',
    zh: 'JSON 不能含数值 {value}：数值过大，无法原样传递',
  },
  JSON_TOO_DEEP: {
    en: 'JSON is nested too deeply: at most {most} levels of lists and objects are allowed.',
    zh: 'JSON 嵌套过深：列表和对象最多 {most} 层',
  },
  FIRST_AND_LAST: { en: 'Ask for first or for last, not for both.', zh: 'first 与 last 只能填其一' },
  AFTER_AND_BEFORE: { en: 'Give after or before, not both.', zh: 'after 与 before 只能填其一' },
  AFTER_WITH_LAST: {
    en: 'after goes with first; last goes with before.',
    zh: 'after 与 first 同用，last 与 before 同用',
  },
  BEFORE_WITH_FIRST: {
    en: 'before goes with last; first goes with after.',
    zh: 'before 与 last 同用，first 与 after 同用',
  },
  PAGE_NEGATIVE: { en: '{name} is {size}; a page cannot be negative.', zh: '{name} 为 {size}，每页条数不能为负' },
  PAGE_TOO_LARGE: {
    en: '{name} is {size}; a page has at most {most} entries.',
    zh: '{name} 为 {size}，每页最多 {most} 条',
  },
  BAD_CURSOR: {
    en: '{name} is not a cursor of this list; use an endCursor, startCursor or edge cursor that this very query (same filter and order) returned.',
    zh: '{name} 不是本列表的游标；须使用同一查询（筛选和排序相同）返回的 endCursor、startCursor 或 edge 的 cursor',
  },
  BAD_USCC: { en: '{field}: {fault}', zh: '{field}：{faultInChinese}' },
  BAD_KEY: {
    en: 'idempotencyKey must have 8 to 64 printable characters without spaces; a UUID is a good one.',
    zh: '幂等键（idempotencyKey）须为 8 至 64 个可见字符，不含空格，可用 UUID',
  },
  PURPOSE_REQUIRED: {
    en: '{called} is for {readers}. Another department of the government says in the header x-purpose what it needs it for; that is recorded.',
    zh: '{calledInChinese}仅供{readersInChinese}查阅。其他政府部门须在请求头 x-purpose 中说明用途，用途将被记录',
  },
  PURPOSE_OF_OTHER_LENGTH: {
    en: 'The header {header} has {length} characters; say in {least} to {most} what the data is needed for.',
    zh: '请求头 {header} 有 {length} 个字，须以 {least} 至 {most} 个字说明用途',
  },
  PURPOSE_UNREADABLE: {
    en: 'The header {header} holds characters that cannot be shown.',
    zh: '请求头 {header} 含有无法显示的字符',
  },
  PURPOSE_NOT_ENCODED: {
    en: 'The header {header} must hold percent-encoded UTF-8.',
    zh: '请求头 {header} 须为百分号编码的 UTF-8',
  },
  PURPOSE_BAD_PERCENT: {
    en: 'The header {header} holds a percent sign that begins no UTF-8 character.',
    zh: '请求头 {header} 中有不能解码的百分号',
  },
  READERS_ONLY: { en: '{called} is for {readers}.', zh: '{calledInChinese}仅供{readersInChinese}查阅' },
  DEPARTMENT_NOT_OF_CITY: {
    en: 'Your token names the department {department}, which this city does not have; nothing can be written for it.',
    zh: '登录身份所属单位 {department} 不是本市单位，不能以其名义办理',
  },
  ENTERPRISE_NOT_REGISTERED: {
    en: 'Your token names the enterprise {uscc}, which is not registered; nothing can be written for it.',
    zh: '登录身份对应的企业 {uscc} 没有登记，不能以其名义办理',
  },
  NUMBER_OF_NOTICES: {
    en: '{name} has {length} ids; give 1 to {most}, or leave it out for all.',
    zh: '{name} 有 {length} 个编号，须为 1 至 {most} 个；全部标记时请不填此项',
  },
  NUMBER_OF_LETTERS: {
    en: 'deadLetters names {number} deliveries; name 1 to {most}.',
    zh: 'deadLetters 有 {number} 条，须为 1 至 {most} 条',
  },
  NO_DEAD_LETTER: {
    en: '{number} of the deliveries are not given up, or not any more; nothing was sent again. Read the list again.',
    zh: '其中 {number} 条不是（或已不再是）死信，未重发任何一条，请刷新列表',
  },
  ACCESS_RECORDS_ARE_FOR: {
    en: 'Records of who read personal data are for auditors; an enterprise reads those about itself.',
    zh: '个人信息查阅记录仅供审计人员查阅，企业可查阅与本企业有关的记录',
  },
  FILTER_FROM_AFTER_TO: {
    en: 'filter.from is {from}, after filter.to, {to}.',
    zh: '起始日期（filter.from）{from} 晚于截止日期（filter.to）{to}',
  },
} as const;

const ROLES_IN_CHINESE: Readonly<Record<string, string>> = {
  ENTERPRISE: '企业',
  OFFICER: '经办人员',
  COORDINATOR: '统筹协调',
  AUDITOR: '审计监督',
  ADMIN: '系统管理',
  SERVICE: '系统服务',
};

/** Roles of a list as they are called in Chinese; whatever else stays as it is. */
function inChinese(value: string): string {
  const parts = value.split(', ');
  return parts.every((part) => ROLES_IN_CHINESE[part] !== undefined)
    ? parts.map((part) => ROLES_IN_CHINESE[part] ?? part).join('、')
    : value;
}

/** Words of a shared reason with its parameters. */
export const said = sayer(SHARED_REFUSALS, inChinese);
