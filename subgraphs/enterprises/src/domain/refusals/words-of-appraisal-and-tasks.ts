import type { Words } from '@zhitong/values';

/** Why something is refused about appraisals, indicators and key tasks; `{name}` is a parameter. */
export const WORDS_OF_APPRAISAL_AND_TASKS = {
  NO_GRADES: { en: 'grade at least one department', zh: '至少评价一个单位' },
  NOT_APPRAISED: { en: '{department} is not appraised here', zh: '{department} 不在本轮评议之列' },
  DEPARTMENT_TWICE: { en: '{department} stands twice', zh: '{department} 重复出现' },
  BAD_GRADE: { en: 'a grade is a whole number from 1 to 5, not {grade}', zh: '分数须为 1 至 5 的整数，不能是 {grade}' },
  BAD_INDICATOR_CODE: {
    en: '"{code}" is not a code such as 7, or 7.3 of the second level',
    zh: '“{code}”不是指标编号；一级指标如 7，二级指标如 7.3',
  },
  BAD_PERCENT: {
    en: 'progress is a whole number from 0 to 100, not {percent}',
    zh: '进度须为 0 至 100 的整数，不能是 {percent}',
  },
  EVIDENCE_NEEDED: { en: 'a task that is done is reported with its evidence', zh: '报告任务完成须附佐证' },
  TOO_MANY_LINKS: {
    en: 'at most {most} links, not {evidenceCount}',
    zh: '佐证链接最多 {most} 个，现有 {evidenceCount} 个',
  },
  BAD_LINK: { en: '"{link}" is not an https link', zh: '“{link}”不是 https 链接' },
  APPRAISED_COUNT: {
    en: '1 to {most} departments, not {departmentsCount}',
    zh: '被评议单位须为 1 至 {most} 个，现有 {departmentsCount} 个',
  },
  BAD_SEED_HASH: {
    en: 'it is the SHA-256 of the seed in 64 hexadecimal digits',
    zh: '须为种子的 SHA-256，64 位十六进制',
  },
  BAD_STRATUM_SIZE: { en: 'at least 1, not {size}', zh: '至少 1 家，不能是 {size}' },
  STRATUM_TWICE: { en: '{scale} stands twice', zh: '规模“{scale}”重复出现' },
  BAD_SAMPLE_SIZE: {
    en: '1 to {largestSample} enterprises are asked, not {asked}',
    zh: '抽取企业须为 1 至 {largestSample} 家，现为 {asked} 家',
  },
  TOO_MANY_GRADES: {
    en: 'at most {most} departments, not {gradesCount}',
    zh: '最多评价 {most} 个单位，现有 {gradesCount} 个',
  },
  APPRAISAL_CHANGED: {
    en: 'Somebody changed the appraisal at the same moment; read it again.',
    zh: '他人同时改动了本轮评议，请重新读取',
  },
  BAD_ROUND_DAYS: {
    en: 'the first day lies after today, and the last one not before the first',
    zh: '开始日期须晚于今天，结束日期不得早于开始日期',
  },
  SAMPLE_DRAWN: { en: 'The sample was drawn on {on}.', zh: '样本已于 {on} 抽取' },
  SEED_TOO_FRESH: {
    en: 'The seed was committed on {committedOn}; the sample is drawn on a later day.',
    zh: '种子于 {committedOn} 提交，须在之后的日期抽样',
  },
  ROUND_CLOSED: { en: 'The round closed on {closesOn}.', zh: '本轮评议已于 {closesOn} 结束' },
  WRONG_SEED: { en: 'it is not the seed whose hash was published', zh: '不是已公布哈希的种子' },
  ROUND_NOT_OPEN: {
    en: 'The round takes answers from {opensOn} to {closesOn}, once its sample is drawn.',
    zh: '本轮评议在抽样之后、{opensOn} 至 {closesOn} 期间接受评价',
  },
  ANSWERED: { en: 'Your enterprise has answered already.', zh: '贵企业已经评价' },
  RESULTS_PUBLISHED: { en: 'The results were published on {on}.', zh: '结果已于 {on} 公布' },
  ROUND_STILL_OPEN: { en: 'The round takes answers until {closesOn}.', zh: '本轮评议接受评价至 {closesOn}' },
  MEASURES_STATED: { en: 'Your department has stated its measures already.', zh: '贵单位已经说明措施' },
  DAY_PASSED: { en: '{dueOn} lies in the past', zh: '{dueOn} 已过' },
  TASK_CHANGED: {
    en: 'The task is at version {version}, not {expectedVersion}; read it again and decide afresh.',
    zh: '该任务现为第 {version} 版，不是第 {expectedVersion} 版，请重新读取后再定',
  },
  NO_UPPER_INDICATOR: { en: 'there is no indicator {above} above it', zh: '没有上级指标 {above}' },
  NO_CHIEF: { en: 'there is no official with the staff number {chiefId}', zh: '没有工号为 {chiefId} 的人员' },
  NO_INDICATOR: { en: 'there is no indicator {indicator}', zh: '没有指标 {indicator}' },
  FOUND_IN_FUTURE: { en: '{foundOn} is still to come', zh: '{foundOn} 尚未到来' },
  TASK_TAKES_NO_REPORT: { en: 'The task is {task}; it takes no report.', zh: '该任务现为“{task}”，不再接受进展报告' },
  TOO_MANY_REPORTS: { en: 'The task has {most} reports, which is the most.', zh: '该任务已有 {most} 份报告，达到上限' },
  TASK_STRUCK_OFF: { en: 'the task was struck off on {on}.', zh: '该任务已于 {on} 销号' },
  TASK_NOT_REPORTED_DONE: { en: 'its department has not reported it done.', zh: '责任单位尚未报告完成' },
  TASK_REPORTED_BY_SAME: { en: 'whoever reported on a task does not strike it off.', zh: '报告任务进展的人员不能销号' },
  OWN_TASK: { en: 'a department does not strike its own task off.', zh: '单位不能为本单位的任务销号' },
} as const satisfies Readonly<Record<string, Words>>;
