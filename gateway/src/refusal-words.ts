import { sayer } from '@zhitong/values';

/** What the gateway itself refuses, by reason, in English and Chinese; see `saidError` of the kit. */
export const GATEWAY_REFUSALS = {
  ROLE_NEEDED_ANONYMOUS: {
    en: '{what} needs a bearer token with the role {roles}.',
    zh: '{what} 须先登录，且具有角色：{rolesInChinese}',
  },
  ROLE_NEEDED: { en: '{what} needs the role {roles}.', zh: '{what} 须具有角色：{rolesInChinese}' },
  NO_SUCH_ROOT: { en: 'The graph has no {operation}.', zh: '本图没有 {operation} 操作' },
  NO_SUCH_ROOTS: { en: 'The graph has no {operation}s.', zh: '本图没有 {operation} 操作' },
  UNDECIDED: {
    en: '${variable} decides @skip or @include and must be true or false, not {value}.',
    zh: '变量 ${variable} 用于 @skip 或 @include，须为 true 或 false，而不是 {value}',
  },
  NOT_IN_PARTS: { en: 'The graph does not answer in parts (@defer).', zh: '本图不支持分批应答（@defer）' },
  NO_SUBSCRIPTIONS: { en: 'Subscriptions are not part of the graph.', zh: '本图不支持订阅操作（subscription）' },
  BAD_VARIABLE: { en: '{fault}', zh: '变量 ${variable} 的值 {value} 有误：该变量的类型为 {type}' },
  VARIABLE_MISSING: { en: '{fault}', zh: '须填写变量 ${variable}，类型为 {type}' },
  ASKS_TOO_MUCH: {
    en: 'The operation asks for too much: {figure} {counted}, and at most {limit} are allowed. Ask for smaller pages or fewer fields at once.',
    zh: '查询超出限度：{countedInChinese}为 {figureInChinese}，最多 {limit}。请减少每页条数或一次查询的字段',
  },
  TOO_MANY_TOKENS: {
    en: 'The operation is too long: at most {limit} lexical tokens are allowed.',
    zh: '查询文本过长：最多 {limit} 个词法单元',
  },
  TOO_NESTED: {
    en: 'The document is nested too deeply: at most {limit} brackets may stand in each other.',
    zh: '查询文本嵌套过深：括号最多嵌套 {limit} 层',
  },
  NAME_TOO_LONG: {
    en: 'The name that begins with {begins} has {actual} characters, and a name has at most {limit}.',
    zh: '以 {begins} 开头的名称有 {actual} 个字符，名称最多 {limit} 个字符',
  },
  VARIABLE_TOO_DEEP: {
    en: 'A variable is nested too deeply: at most {limit} levels of lists and objects are allowed.',
    zh: '变量嵌套过深：列表和对象最多 {limit} 层',
  },
  TOO_MANY_VALUES: {
    en: 'The variables hold too much: at least {actual} values, and at most {limit} are allowed.',
    zh: '变量内容过多：至少有 {actual} 个值，最多 {limit} 个',
  },
  NUMBER_TOO_LARGE: {
    en: 'The variable ${variable} cannot be {value}: the number is too large for JSON.',
    zh: '变量 ${variable} 不能为 {value}：数值超出 JSON 的范围',
  },
  NUMBER_LOSES_DIGITS: {
    en: 'The variable ${variable} cannot be {value}: a number beyond 2^53 loses digits in JSON; write it as a string where one is accepted.',
    zh: '变量 ${variable} 不能为 {value}：超过 2^53 的数值在 JSON 中会丢失位数，可用字符串的请写成字符串',
  },
  NULL_VARIABLE: {
    en: 'The variable ${variable} is null, and where the operation uses it a {type} is needed. Leave it out to get the default.',
    zh: '变量 ${variable} 为 null，而使用处须为 {type}；不填则用默认值',
  },
  TOO_MANY_REQUESTS: {
    en: 'Too many requests. Ask again in {seconds} seconds.',
    zh: '请求过于频繁，请于 {seconds} 秒后再试',
  },
  IN_FLIGHT: {
    en: 'You have {limit} requests in flight, as many as one caller may have. Wait until one of them is answered.',
    zh: '您已有 {limit} 个请求正在处理，达到上限，请待其中之一完成后再试',
  },
  BAD_AUTHORIZATION: {
    en: 'The Authorization header must be "Bearer" and a token.',
    zh: 'Authorization 请求头须为“Bearer”加令牌',
  },
  BAD_TOKEN: { en: 'The bearer token is not valid: {fault}.', zh: '登录凭证无效或已过期，请重新登录（{fault}）' },
  NO_DRAFTS_OF_CONTRACT: {
    en: '{header} is for /graphql: a contract has no drafts.',
    zh: '请求头 {header} 只用于 /graphql：契约没有草案',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    en: 'No client has registered the document {id}.',
    zh: '没有客户端登记过文档 {id}',
  },
  DOCUMENT_NOT_REGISTERED: {
    en: 'Only documents that a client has registered are answered here.',
    zh: '此处只应答客户端已登记的文档',
  },
  NO_SUCH_CALLER: { en: '{fault}', zh: '所选身份无效：请检查角色、企业代码和部门' },
  NOTHING_HERE: { en: 'Nothing is here. The graph is at /graphql.', zh: '此地址没有内容，图接口位于 /graphql' },
  BODY_TOO_LARGE: { en: 'The request body is too large.', zh: '请求内容过大' },
  BODY_UNSUPPORTED: {
    en: 'The content-encoding or charset of the request body is not supported: JSON in UTF-8, plain or compressed by gzip, deflate or br, can be read.',
    zh: '不支持请求内容的压缩方式或字符集：须为 UTF-8 的 JSON，可用 gzip、deflate 或 br 压缩',
  },
  BODY_NO_JSON: { en: 'The request body is not valid JSON.', zh: '请求内容不是合法的 JSON' },
  REQUEST_UNREADABLE: { en: 'The request cannot be read.', zh: '无法读取请求' },
} as const;

const ROLES_IN_CHINESE: Readonly<Record<string, string>> = {
  ENTERPRISE: '企业',
  OFFICER: '经办人员',
  COORDINATOR: '统筹协调',
  AUDITOR: '审计监督',
  ADMIN: '系统管理',
  SERVICE: '系统服务',
};

/** What a role is called in Chinese. */
export const roleInChinese = (role: string): string => ROLES_IN_CHINESE[role] ?? role;

/** Words of a reason of the gateway's own with its parameters. */
export const said = sayer(GATEWAY_REFUSALS);
