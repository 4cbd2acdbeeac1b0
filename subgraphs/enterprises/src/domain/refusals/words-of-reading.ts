/** Words for what may not be read or given, and for arguments that cannot be used. */
export const WORDS_OF_READING = {
  MATTER_KEPT_BY: {
    en: 'A matter is kept by its own department, or by the coordinator.',
    zh: '事项由其实施单位或营商办维护',
  },
  NO_PROJECT_HERE: {
    en: 'There is no project {project}.',
    zh: '没有项目 {project}',
  },
  APPROVAL_DECIDED_BY_ITS_OWNER: {
    en: 'An approval is decided by the department that it was asked of.',
    zh: '审批由被申请的单位决定',
  },
  APPROVAL_OF_ANOTHER: {
    en: 'Approval {approval} is decided by {owner}.',
    zh: '审批 {approval} 由 {owner} 决定',
  },
  NO_PROJECT_LEAD: {
    en: 'There is no project lead {lead}.',
    zh: '没有招商线索 {lead}',
  },
  PROJECT_REGISTERED_BY: {
    en: 'A project is registered by the department that leads it, or by the coordinator.',
    zh: '项目由牵头单位或营商办登记',
  },
  PROJECT_SIGNED_BY: {
    en: 'A project is signed by the department that leads it, or by the coordinator.',
    zh: '项目由牵头单位或营商办签约',
  },
  NO_APPRAISAL: {
    en: 'There is no appraisal {appraisal}.',
    zh: '没有评议 {appraisal}',
  },
  ROUND_ASKS_OTHERS: {
    en: 'This round does not ask your enterprise.',
    zh: '本轮评议未邀请您的企业',
  },
  MEASURES_STATED_BY: {
    en: 'Causes and measures are stated by a department whose satisfaction dropped twice.',
    zh: '仅满意度连续两次下降的单位填报原因和整改措施',
  },
  ROLE_FILLED_BY: {
    en: 'The role {role} is filled by the coordinator; a department names its own contacts and agents.',
    zh: '“{role}”由营商办指定；各单位只指定本单位的联系人和代办员',
  },
  OFFICIAL_OF_ANOTHER: {
    en: '{official} is an official of {department}; you name those of {own}.',
    zh: '工作人员 {official} 属于 {department}；您只能指定 {own} 的人员',
  },
  LINK_OF_ANOTHER: {
    en: "The link {link} is not your department's to end.",
    zh: '服务关系 {link} 不由本单位终止',
  },
  NO_KEY_TASK: {
    en: 'There is no key task {task}.',
    zh: '没有重点任务 {task}',
  },
  REPORTS_OWN_TASKS: {
    en: 'A department reports on its own tasks.',
    zh: '各单位只报告本单位的任务',
  },
  VISIT_OF_ANOTHER: {
    en: "The visit {visit} is not your department's to change.",
    zh: '走访 {visit} 不由本单位变更',
  },
  NO_VISIT_HERE: {
    en: 'There is no visit {visit}.',
    zh: '没有走访 {visit}',
  },
  VISIT_WITHDRAWN_BY: {
    en: 'A visit that was recorded is withdrawn by the coordinator.',
    zh: '已登记的走访由营商办撤回',
  },
  VISIT_NOT_TO_YOU: {
    en: 'The visit {visit} was not one to you.',
    zh: '走访 {visit} 的对象不是您的企业',
  },
  FINDING_OF_ANOTHER: {
    en: "The finding {finding} is not your department's.",
    zh: '走访发现的问题 {finding} 不由本单位办理',
  },
  NO_FINDING: {
    en: 'There is no finding {finding}.',
    zh: '没有走访发现的问题 {finding}',
  },
  RECORD_IS_FOR: {
    en: 'This part of the record of {uscc} is for the enterprise itself and for officials of the government.',
    zh: '企业 {uscc} 的此部分档案仅供该企业和政府工作人员查阅',
  },
  IDENTIFYING_WORDS_ARE_FOR: {
    en: 'What leads to {uscc} in a text is for the machine identity {services} of {departments}, which takes it out of anonymous cases.',
    zh: '文本中可指向企业 {uscc} 的字词，仅供 {departments} 的系统身份 {services} 读取，用于隐去匿名诉求中的身份信息',
  },
  RECORD_IS_FOR_OFFICIALS: {
    en: 'This part of the record of {uscc} is for the enterprise itself and for officials.',
    zh: '企业 {uscc} 的此部分档案仅供该企业和工作人员查阅',
  },
  ASOF_NOT_COME: {
    en: 'asOf is {day}, which has not come yet: today is {today}.',
    zh: '查询日期（asOf）{day} 尚未到来：今日为 {today}',
  },
  FILTER_TEXT_OF_OTHER_LENGTH: {
    en: 'filter.text has {length} characters; search for 1 to {most}.',
    zh: '检索词（filter.text）有 {length} 个字，须为 1 至 {most} 个字',
  },
  AGENTS_ARE_FOR: {
    en: 'The agents of a matter are for officials of the government.',
    zh: '事项代办人员名单仅供政府工作人员查阅',
  },
  FOR_OFFICIALS: {
    en: '{what} is for officials of the government.',
    zh: '{what} 仅供政府工作人员查阅',
  },
  ON_NOT_COME: {
    en: 'on is {day}, which has not come yet: today is {today}.',
    zh: '日期（on）{day} 尚未到来：今日为 {today}',
  },
  REGION_NEEDED: {
    en: 'A county schedules its own projects: name the region.',
    zh: '县（市、区）调度须写明行政区划（region）',
  },
  NO_REGION_OF_CITY: {
    en: '{region} is no region of this city.',
    zh: '{region} 不是本市的行政区划',
  },
  TOO_MANY_PROJECTS: {
    en: 'The city has more than {most} projects; take one district after the other.',
    zh: '全市项目超过 {most} 个，请按县（市、区）逐一查询',
  },
  ASKED_IS_FOR: {
    en: 'What an enterprise is asked is for the enterprise itself.',
    zh: '企业的受邀评议仅供该企业查阅',
  },
  ANSWERS_FOR_ITSELF: {
    en: 'An enterprise answers for itself; this token names none.',
    zh: '须由企业自行作答，当前登录身份没有对应的企业',
  },
  TEXT_OF_OTHER_LENGTH: {
    en: 'text has {length} characters; search for 2 to 100.',
    zh: '检索词有 {length} 个字，须为 2 至 100 个字',
  },
  TEXT_WITH_CONTROL: {
    en: 'text holds control characters; search for letters, digits and Chinese characters.',
    zh: '检索词含有控制字符，请输入文字、字母或数字',
  },
  PROJECTS_ARE_FOR: {
    en: 'Projects are for the enterprise that invests and for officials of the government.',
    zh: '项目仅供投资企业和政府工作人员查阅',
  },
  PROJECTS_OF_ARE_FOR: {
    en: 'The projects of {uscc} are for the enterprise itself and for officials of the government.',
    zh: '企业 {uscc} 的项目仅供该企业和政府工作人员查阅',
  },
  FILTER_TOO_MANY: {
    en: 'filter.{name} has {length} values; {most} at most.',
    zh: '筛选项 filter.{name} 有 {length} 个值，最多 {most} 个',
  },
  FILTER_WRONG_SHAPE: {
    en: 'filter.{name}: {value} is not {example}.',
    zh: '筛选项 filter.{name} 的值 {value} 形式有误，应为 {exampleInChinese}',
  },
  FILTER_TOO_MANY_USCC: {
    en: 'filter.uscc has {length} values; {most} at most.',
    zh: '筛选项 filter.uscc 有 {length} 个值，最多 {most} 个',
  },
  VISITS_MADE_BY: {
    en: 'Visits are made by departments of the government.',
    zh: '走访由政府部门开展',
  },
  VISITS_RECORDED_THERE: {
    en: 'You act for {own}; visits of {visitor} are recorded there.',
    zh: '您代表 {own}；{visitor} 的走访由其自行登记',
  },
  CONFIRMS_FOR_ITSELF: {
    en: 'A visit is confirmed for an enterprise; this token names none.',
    zh: '走访须由企业确认，当前登录身份没有对应的企业',
  },
  FACTS_RECORDED_FOR: {
    en: 'Facts are recorded for a department; this token names none.',
    zh: '企业事项须以单位名义登记，当前登录身份没有对应的单位',
  },
  FOR_DEPARTMENTS: {
    en: '{mutation} is for departments of the government.',
    zh: '{mutation} 由政府部门办理',
  },
  LABOUR_MONITORED_BY: {
    en: 'Labour is monitored by {departments}.',
    zh: '用工监测由以下单位登记：{departments}',
  },
  BRANCHES_REGISTERED_BY: {
    en: 'Branches and groups are registered by {departments}.',
    zh: '分支机构和集团关系由以下单位登记：{departments}',
  },
  NETWORK_IS_FOR: {
    en: 'The service network is for departments of the government.',
    zh: '服务网络由政府部门维护',
  },
  SUCCESSION_REGISTERED_BY: {
    en: 'Mergers and divisions are registered by {departments}.',
    zh: '企业合并、分立由以下单位登记：{departments}',
  },
  NO_ENTERPRISE_UNDER: {
    en: 'uscc: no enterprise is registered under {uscc}.',
    zh: '没有统一社会信用代码为 {uscc} 的企业',
  },
  NO_INVESTMENT_PROJECT: {
    en: 'project: there is no investment project {project}.',
    zh: '没有投资项目 {project}',
  },
  MATTER_OF_OTHER_LENGTH: {
    en: 'matter has {length} characters; say it in 1 to {most}.',
    zh: '事项描述有 {length} 个字，须为 1 至 {most} 个字',
  },
  REGION_NO_SIX_DIGITS: {
    en: 'region: {value} is not six digits of GB/T 2260.',
    zh: '行政区划（region）{value} 不是 GB/T 2260 的六位代码',
  },
  RULE_MEANS_TOO_MANY: {
    en: 'The rule means more than {most} enterprises; take one district after the other.',
    zh: '该规则涉及企业超过 {most} 家，请按县（市、区）逐一处理',
  },
  NO_SUCH_PARENT: {
    en: 'parent: {edition} has no code {value}.',
    zh: '{edition} 中没有代码 {value}',
  },
  NO_SUCH_EDITION: {
    en: 'edition: {value} is not known; there are {editions}.',
    zh: '没有版本 {value}；现有版本：{editions}',
  },
  INSPECTION_REGISTER_IS_FOR: {
    en: 'The register of inspections and labour as a whole are for officials of the government.',
    zh: '检查台账和用工总体情况仅供政府工作人员查阅',
  },
  INSPECTIONS_ARE_FOR: {
    en: 'Inspections are for the enterprise that was inspected and for officials of the government.',
    zh: '检查记录仅供被检查企业和政府工作人员查阅',
  },
  FIRST_OUTSIDE: {
    en: 'first is {first}; 1 to {most}.',
    zh: '条数（first）为 {first}，须为 1 至 {most}',
  },
  TO_BEFORE_FROM: {
    en: 'to is {to}, before from, {from}.',
    zh: '截止（to）{to} 早于起始（from）{from}',
  },
  MONTHS_OUTSIDE: {
    en: 'months is {months}; 1 to {most}.',
    zh: '月数（months）为 {months}，须为 1 至 {most}',
  },
  NO_MONTH: {
    en: '{name}: {value} is no month, YYYY-MM.',
    zh: '{name} 的值 {value} 不是月份，格式为 YYYY-MM',
  },
  TOO_MANY_MONTHS: {
    en: 'from {from} to {to} are {count} months; 1 to {most}.',
    zh: '{from} 至 {to} 共 {count} 个月，须为 1 至 {most} 个月',
  },
  VISITS_ARE_FOR: {
    en: 'Visits are for the enterprise that was visited and for officials of the government.',
    zh: '走访记录仅供被走访企业和政府工作人员查阅',
  },
  VISITS_TO_ARE_FOR: {
    en: 'The visits to {uscc} are for the enterprise itself and for officials of the government.',
    zh: '对企业 {uscc} 的走访仅供该企业和政府工作人员查阅',
  },
  CAMPAIGNS_ARE_FOR: {
    en: 'Visiting campaigns are for officials of the government.',
    zh: '走访专项行动仅供政府工作人员查阅',
  },
  PERIOD_BACKWARDS: {
    en: 'The period begins on {from} and ends on {until}, before that.',
    zh: '期间自 {from} 起，至 {until} 止，先后颠倒',
  },
  PERIOD_TOO_LONG: {
    en: 'From {from} until {until} is more than two years.',
    zh: '{from} 至 {until} 超过两年',
  },
  LOOKED_AFTER_IS_FOR: {
    en: 'Who looks after {uscc} is for the enterprise itself and for officials of the government.',
    zh: '企业 {uscc} 的服务人员名单仅供该企业和政府工作人员查阅',
  },
  FILTER_NOT_PUBLIC: {
    en: 'filter.{field} is about what is not public; it needs a role that reads it of all enterprises (OFFICER, COORDINATOR, AUDITOR, ADMIN, SERVICE).',
    zh: '筛选项 filter.{field} 涉及非公开信息，须具有可查阅全部企业的角色（经办人员、统筹协调、审计监督、系统管理、系统服务）',
  },
  TASK_FINISHED_BY: { en: "A task is finished by the agent's department.", zh: '任务由代办员所在单位办结' },
  FACTS_OF_OTHERS: { en: '{facts}.', zh: '不属于本单位登记的事项：{factsInChinese}' },
  LED_BY: {
    en: 'This is for the department that leads the project, or the coordinator.',
    zh: '此项由项目牵头单位或营商办办理',
  },
  BLOCK_REPORTED_BY: {
    en: 'A blocking point is reported by the department that leads the project, or the coordinator, its steward or a department that it was asked of.',
    zh: '堵点由项目牵头单位、营商办、项目管家所在单位或被申请审批的单位报告',
  },
} as const;
