import type { Words } from '@zhitong/values';

/** Why something is refused about the service network; `{name}` is a parameter. */
export const WORDS_OF_NETWORK = {
  SHORT_TEXT_LENGTH: {
    en: 'has {length} characters; it needs 1 to {most}',
    zh: '内容有 {length} 个字，须为 1 至 {most} 个字',
  },
  ROSTER_SIZE: {
    en: 'officers has {officersCount} entries; 1 to {most} at a time.',
    zh: '名单有 {officersCount} 人，一次须为 1 至 {most} 人',
  },
  NO_ROLE: {
    en: 'names no role; who fills none is not on the roster',
    zh: '须写明至少一个角色；不担任角色的人员不列入名单',
  },
  BAD_CAPACITY: { en: 'is {capacity}; it is 1 to {most}', zh: '容量为 {capacity}，须在 1 至 {most} 之间' },
  OFFICIAL_TWICE: { en: '{official} stands twice in the list', zh: '{official} 在名单中重复出现' },
  BAD_LINE_ID: {
    en: 'an id has 2 to 40 lower-case letters, digits and hyphens',
    zh: '编号须为 2 至 40 个小写字母、数字和连字符',
  },
  BAD_REACH: {
    en: 'it is a telephone of 3 to 20 digits and hyphens, or an https address',
    zh: '须为 3 至 20 位数字和连字符的电话号码，或 https 网址',
  },
  TOO_MANY_MATTERS: {
    en: 'has {mattersCount} words; {most} at most',
    zh: '关键词有 {mattersCount} 个，最多 {most} 个',
  },
  OWN_SUCCESSOR: { en: 'Nobody is a successor of his or her own.', zh: '接任者不能是本人' },
  NO_SUCH_OFFICIAL: { en: 'There is no official with the staff number {id}.', zh: '没有工号为 {id} 的人员' },
  LEFT_ALREADY: { en: '{id} left on {leftOn} already.', zh: '{id} 已于 {leftOn} 离任' },
  ROLE_OF_DEPARTMENT: {
    en: '{role} is a department: name it in department, and no official.',
    zh: '“{role}”由单位担任：请填写单位，不填写人员',
  },
  ROLE_OF_OFFICIAL: { en: '{role} is an official: name the staff number.', zh: '“{role}”由人员担任：请填写工号' },
  NO_OFFICIAL: { en: 'There is no official with the staff number {official}.', zh: '没有工号为 {official} 的人员' },
  OF_OTHER_DEPARTMENT: {
    en: '{official} is an official of {departmentCode}, not of {department}.',
    zh: '{official} 是 {departmentCode} 的人员，不属于 {department}',
  },
  LEFT_AND_LOOKS_AFTER_NOBODY: {
    en: '{official} left on {leftOn} and looks after nobody any more.',
    zh: '{official} 已于 {leftOn} 离任，不再包联企业',
  },
  RECORD_CHANGED: {
    en: 'The record is at version {version}, not {expectedVersion}; read it again and decide afresh.',
    zh: '该企业记录现为第 {version} 版，不是第 {expectedVersion} 版，请重新读取后再定',
  },
  NOT_LOOKED_AFTER: {
    en: '{uscc} is deregistered or its licence was revoked: nobody is named to look after it.',
    zh: '企业 {uscc} 已注销或吊销，不再指定服务人员',
  },
  NO_LINK: { en: 'There is no link {id} in the service network.', zh: '服务网络中没有 {id} 这一关系' },
  LINK_ENDED: { en: 'It ended on {until} already.', zh: '已于 {until} 结束' },
  NO_ROSTER_OFFICIAL: {
    en: 'There is no official with the staff number {officialId}.',
    zh: '没有工号为 {officialId} 的人员',
  },
  TOO_MANY_MEANT: {
    en: 'The rule means more than {most} enterprises; take one district after the other.',
    zh: '该规则涉及的企业超过 {most} 家，请分区县办理',
  },
  PLAN_OUTDATED: {
    en: 'What the plan was made of has changed since; look at the new plan and decide afresh.',
    zh: '方案所依据的情况已有变化，请查看新方案后再定',
  },
  PLAN_GIVES_NOTHING: { en: 'The plan gives nothing to anybody.', zh: '该方案没有分配任何企业' },
  ROLE_NOT_PLANNED: {
    en: 'rule.role: {role} is filled one by one; a plan fills {planned}.',
    zh: '“{role}”须逐个确定；分配方案只用于{plannedInChinese}',
  },
  BAD_REGION_CODE: {
    en: 'rule.regions: "{region}" is not six digits of GB/T 2260.',
    zh: '“{region}”不是六位行政区划代码（GB/T 2260）',
  },
} as const satisfies Readonly<Record<string, Words>>;
