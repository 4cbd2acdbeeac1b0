/** Words for what is refused about versions of policies, dated parameters, and the import of policy files. */
export const WORDS_OF_POLICIES = {
  EXCLUDES_UNKNOWN: {
    en: 'excludes names {policy}, which is no policy of the city.',
    zh: '互斥政策（excludes）中的 {policy} 不是本市政策',
  },
  ASKS_UNKNOWN_POLICY: {
    en: 'A criterion asks whether {policy} was had, which is no policy of the city.',
    zh: '条件中询问是否享受过的 {policy} 不是本市政策',
  },
  POLICY_OF_ANOTHER: { en: '{policy} is a policy of another department.', zh: '政策 {policy} 属于其他单位' },
  DRAFT_PUBLISHED: {
    en: 'The draft of {policy} was published in the meantime.',
    zh: '政策 {policy} 的草稿在此期间已经发布',
  },
  NO_VERSION: {
    en: 'There is no version {version} of {policy} in your department.',
    zh: '本单位没有政策 {policy} 的第 {version} 版',
  },
  NOT_A_DRAFT: {
    en: 'Version {version} of {policy} is {state}; only a draft is published.',
    zh: '政策 {policy} 的第 {version} 版为“{state}”，只有草稿可以发布',
  },
  NOT_PUBLISHED: {
    en: 'Version {version} of {policy} is {state}; only a published one is taken back.',
    zh: '政策 {policy} 的第 {version} 版为“{state}”，只有已发布的版本可以撤回',
  },
  WINDOWS_OVERLAP: {
    en: '{overlaps} End it with endPrevious, or change valid_from.',
    zh: '{overlapsInChinese}请同时终止原版本（endPrevious），或修改生效日期（valid_from）',
  },
  COMMENT_ENDS_NOTHING: {
    en: 'Version {version} of {policy} is a draft for comment, which does not end version {final}. Publish it under an id of its own.',
    zh: '政策 {policy} 的第 {version} 版为征求意见稿，不能终止第 {final} 版；请另用编号发布',
  },
  PUBLISHED_BY_OTHER: {
    en: 'Version {version} of {policy} was published by somebody else.',
    zh: '政策 {policy} 的第 {version} 版已由他人发布',
  },
  DRAFT_UNUSABLE: {
    en: 'The draft has {count} problems; the first: {place}: {problem}',
    zh: '草稿有 {count} 处问题，第一处在 {place}：{problemInChinese}',
  },
  DRAFT_CANNOT_BE_USED: { en: 'The draft cannot be used: {problems}', zh: '草稿无法使用：{problemsInChinese}' },
  NO_ISSUER: {
    en: 'issuer_code must name the department that issues the policy.',
    zh: '发布单位代码（issuer_code）须写明发布该政策的单位',
  },
  DRAFT_OR_POLICY: {
    en: 'Give draft or policy, one of the two.',
    zh: '草稿（draft）与政策编号（policy）须填且仅填其一',
  },
  POLICIES_OF_ANOTHER: {
    en: 'Policies of {department} are written by its officers.',
    zh: '单位 {department} 的政策由该单位工作人员编写',
  },
  DRAFT_OF_ANOTHER: {
    en: 'A draft of {department} is previewed by its officers, the coordinator and auditors.',
    zh: '单位 {department} 的草稿仅由该单位、营商办和审计人员测算',
  },
  PREVIEW_FOR_OFFICIALS: {
    en: 'Previews tell who would match; they are for officials of the government.',
    zh: '测算结果涉及企业匹配情况，仅供政府工作人员使用',
  },
  UNKNOWN_POLICY: { en: '{policy} is no policy of the city.', zh: '{policy} 不是本市政策' },
  UNKNOWN_POLICY_ASKED: {
    en: '{policy}, of which is asked, is no policy of the city.',
    zh: '条件中询问的 {policy} 不是本市政策',
  },
  OVERLAPPING_WINDOW: {
    en: 'The window {window} overlaps that of version {version} ({other}).',
    zh: '有效期 {window} 与第 {version} 版的有效期（{other}）重叠。',
  },
  BAD_WINDOW: {
    en: 'The window ends on {until}, before it begins on {from}.',
    zh: '有效期截止日 {until} 早于起始日 {from}',
  },
  ALL_IMPOSSIBLE: {
    en: 'No enterprise can meet all of these criteria together.',
    zh: '没有企业能同时满足这些条件，条件相互矛盾',
  },
  IMPOSSIBLE: { en: 'No enterprise can meet this criterion.', zh: '没有企业能满足此条件' },
  NOT_ENOUGH_POSSIBLE: {
    en: 'No enterprise can meet enough of these criteria.',
    zh: '没有企业能满足其中足够数量的条件',
  },
  HAD_IN_FORMULA: {
    en: '{fact} is asked in the criteria of a row, not in a formula.',
    zh: '{fact} 只能写在档次的条件中，不能写在公式中',
  },
  UNREACHABLE_TIER: {
    en: 'Nobody can reach this row: the criteria exclude it, or earlier rows take everybody that it is for.',
    zh: '没有企业能适用此档：已被申报条件排除，或全部被前面的档次覆盖',
  },
  NUMBER_OF_TERMS: {
    en: 'There are {terms} terms for {parts} instalments.',
    zh: '分期为 {parts} 期，而分期条款有 {terms} 条',
  },
  TERM_BACKWARDS: {
    en: 'It ends on {until}, before it begins on {from}.',
    zh: '截止日 {until} 早于起始日 {from}',
  },
  SHARES_NOT_WHOLE: { en: 'The shares sum to {sum}, not 1.', zh: '各期比例之和为 {sum}，应为 1' },
  INSTALMENTS_NOT_BENEFIT: {
    en: 'The instalments sum to {sum} yuan, the benefit is {benefit}.',
    zh: '各期金额之和为 {sum} 元，而扶持金额为 {benefit} 元',
  },
  UNKNOWN_PARAMETER: {
    en: 'There is no dated parameter ${name}; define it first, or write its value.',
    zh: '没有名为 ${name} 的政策参数，请先定义，或直接写数值',
  },
  DAY_IN_FORMULA: {
    en: 'The parameter ${name} is a day; a formula takes numbers.',
    zh: '参数 ${name} 为日期，公式只能使用数值',
  },
  PARAMETER_NEVER_HAS_VALUE: {
    en: "${name} has no value for any day of the policy's window ({window}); it has {values}.",
    zh: '参数 ${name} 在政策有效期（{window}）内没有数值；{valuesInChinese}',
  },
  PARAMETER_NAME: {
    en: '{value} is no name of 2 to 60 letters and digits that begins with a letter.',
    zh: '{value} 不是参数名：须以字母开头，由 2 至 60 个字母和数字组成',
  },
  PARAMETER_LABEL: {
    en: 'A name in Chinese of 1 to {most} characters is needed.',
    zh: '须填写 1 至 {most} 个字的中文名称',
  },
  PARAMETER_MEANING: {
    en: 'The meaning has {length} characters; at most {most}.',
    zh: '含义有 {length} 个字，最多 {most} 个字',
  },
  PARAMETER_UNIT: {
    en: 'The unit has {length} characters; at most {most}.',
    zh: '单位有 {length} 个字，最多 {most} 个字',
  },
  VALUE_BACKWARDS: {
    en: 'The value ends on {until}, before it begins on {from}.',
    zh: '数值的截止日 {until} 早于起始日 {from}',
  },
  PARAMETER_THERE: {
    en: 'There is a parameter ${name} already; it never changes.',
    zh: '已有名为 ${name} 的政策参数，参数定义不可更改',
  },
  NO_PARAMETER: { en: 'There is no parameter ${name}; define it first.', zh: '没有名为 ${name} 的政策参数，请先定义' },
  RECORD_NOT_STANDING: {
    en: 'The record {revision} of ${name} does not stand; look at what does and decide afresh.',
    zh: '参数 ${name} 的第 {revision} 条记录已不有效，请查看现行记录后重新决定',
  },
  VALUES_OVERLAP: {
    en: '{window} overlaps the window of record {revision} ({other}), which can be corrected.',
    zh: '{window} 与第 {revision} 条记录的期间（{other}）重叠，可改为更正该记录',
  },
  BAD_SOURCE_URL: {
    en: 'sourceUrl is no http or https address of at most 500 characters.',
    zh: '来源网址须为 http 或 https 地址，最多 500 个字符',
  },
  PARAMETERS_KEPT_BY: {
    en: 'Dated parameters are kept by administrators and officers of the policies department.',
    zh: '政策参数由系统管理员和政策主管部门工作人员维护',
  },
  NUMBER_OF_NAMES: { en: 'names has {length} entries; {most} at most.', zh: '名称有 {length} 个，最多 {most} 个' },
} as const;
