import type { Words } from '@zhitong/values';

/** Why something is refused about visits and campaigns; `{name}` is a parameter. */
export const WORDS_OF_VISITS = {
  TEXT_LENGTH: {
    en: 'has {length} characters; it needs {least} to {most}',
    zh: '内容有 {length} 个字，须为 {least} 至 {most} 个字',
  },
  OFFICIALS_COUNT: {
    en: 'has {officialsCount} entries; a visit is made by 1 to {most}',
    zh: '走访人员有 {officialsCount} 名，须为 1 至 {most} 名',
  },
  OFFICIAL_NAMED_TWICE: { en: 'names somebody twice', zh: '同一人员重复出现' },
  TOO_MANY_FINDINGS: {
    en: 'has {findingsCount} entries; {most} at most',
    zh: '问题有 {findingsCount} 条，最多 {most} 条',
  },
  NO_SERVICE_STATED: { en: 'say what was done, or what service is given', zh: '须写明已办的事项或将提供的服务' },
  NO_SERVICE_DAY: { en: 'a service on the list has a day by which it is given', zh: '列入服务清单的须写明完成日期' },
  DAY_NOT_EXPECTED: {
    en: 'a finding that is {handling} has no day of its own',
    zh: '处理方式为“{handling}”的问题不填完成日期',
  },
  VISIT_IN_FUTURE: { en: '{visitedOn} has not come yet: today is {today}', zh: '{visitedOn} 尚未到来，今天是 {today}' },
  VISIT_OUTSIDE_CAMPAIGN: {
    en: '{visitedOn} is outside the campaign, which runs from {from} to {until}',
    zh: '{visitedOn} 不在走访活动期间（{from} 至 {until}）',
  },
  SERVICE_DAY_PASSED: { en: '{dueOn} has passed: today is {today}', zh: '{dueOn} 已过，今天是 {today}' },
  NAME_LENGTH: {
    en: 'has {length} characters; it needs 2 to {most}',
    zh: '内容有 {length} 个字，须为 2 至 {most} 个字',
  },
  ENDS_BEFORE_FIRST_DAY: { en: '{until} is before the first day, {from}', zh: '{until} 早于第一天 {from}' },
  STAGES_COUNT: {
    en: 'has {stagesCount} entries; a campaign has 1 to {most} stages',
    zh: '有 {stagesCount} 个阶段，须为 1 至 {most} 个',
  },
  STAGE_OUTSIDE_CAMPAIGN: { en: '{until} is outside the campaign', zh: '{until} 不在活动期间之内' },
  TOO_MANY_QUOTAS: { en: 'has {quotasCount} entries; 200 at most', zh: '任务数有 {quotasCount} 条，最多 200 条' },
  BAD_QUOTA: { en: 'is {quota}; it is 1 or more', zh: '任务数为 {quota}，须为 1 以上' },
  NO_VISIT_KIND: { en: 'say how the enterprise is visited', zh: '须写明走访方式' },
  NO_VISITING_DEPARTMENT: { en: 'say which department visits', zh: '须写明走访单位' },
  STANDS_IN_PLAN: {
    en: '{more} stands in the plan of the visit; leave it out.',
    zh: '{more} 已在走访计划中，不再填写',
  },
  CAMPAIGN_OVER: {
    en: 'The campaign ends on {until}, which has passed: today is {today}.',
    zh: '活动于 {until} 结束，该日已过，今天是 {today}',
  },
  CAMPAIGN_TOO_LARGE: {
    en: 'It means more than {most} enterprises; open one for each district.',
    zh: '涉及的企业超过 {most} 家，请分区县组织',
  },
  NOBODY_MEANT: {
    en: 'No registered enterprise is meant by these districts, classes and teams.',
    zh: '这些区县、类别和专班没有涉及任何登记的企业',
  },
  LEFT_AND_VISITS_NOBODY: {
    en: '{id} left on {leftOn} and visits nobody any more.',
    zh: '{id} 已于 {leftOn} 离任，不再走访',
  },
  NOBODY_OF_DEPARTMENT: {
    en: 'None of the officials belongs to {department}, whose visit it is.',
    zh: '走访人员中没有走访单位 {department} 的人员',
  },
  NO_CAMPAIGN: { en: 'There is no campaign {campaign}.', zh: '没有走访活动 {campaign}' },
  NOT_ON_LIST: { en: '{uscc} is not on the list of the campaign {name}.', zh: '{uscc} 不在走访活动“{name}”的名单上' },
  VISIT_CHANGED: {
    en: 'The visit is at version {version}, not {expectedVersion}; read it again and decide afresh.',
    zh: '该走访现为第 {version} 版，不是第 {expectedVersion} 版，请重新读取后再定',
  },
  VISIT_DAY_PASSED: { en: '{plannedOn} lies in the past.', zh: '{plannedOn} 已过' },
  PLANNED_OUTSIDE_CAMPAIGN: {
    en: '{plannedOn} is outside the campaign, which runs from {from} to {until}.',
    zh: '{plannedOn} 不在走访活动期间（{from} 至 {until}）',
  },
  VISIT_STATE: { en: 'The visit is {state} already.', zh: '该走访已是“{state}”' },
  VISIT_RECORDED: {
    en: 'The visit of {departmentCode} on {visitedOn} is recorded already.',
    zh: '{departmentCode} 于 {visitedOn} 的走访已经登记',
  },
  NOTHING_TO_CONFIRM: {
    en: 'The visit is {state}; there is nothing to confirm.',
    zh: '该走访现为“{state}”，没有可确认的内容',
  },
  CONFIRMED_BEFORE: { en: 'You said so on {on} already.', zh: '您已于 {on} 表示过意见' },
  FINDING_STATE: {
    en: 'The finding is {state}; only what is on the service list is settled or raised.',
    zh: '该问题现为“{state}”；只有列入服务清单的可以办结或上报',
  },
} as const satisfies Readonly<Record<string, Words>>;
