import type { Words } from '@zhitong/values';

/** Why something is refused about investment projects; `{name}` is a parameter. */
export const WORDS_OF_PROJECTS = {
  OPINION_TWICE: {
    en: 'the department has two opinions on one aspect; it needs one',
    zh: '同一单位对同一方面有两条意见，只能有一条',
  },
  ASPECTS_MISSING: {
    en: 'no department has spoken on {missing}; adjourn the meeting',
    zh: '尚无单位就 {missing} 发表意见，应延期再议',
  },
  DEPARTMENT_AGAINST: {
    en: '{department} is against; adjourn, or refuse the project',
    zh: '{department} 反对，应延期再议或不予准入',
  },
  NOBODY_AGAINST: {
    en: 'no department is against; say who is before the project is refused',
    zh: '没有单位反对；不予准入须写明反对的单位',
  },
  STEP_TWICE: { en: '{step} stands twice in the plan', zh: '环节“{step}”在计划中重复出现' },
  BAD_PLANNED_DAY: { en: '{plannedOn} is no day, YYYY-MM-DD', zh: '{plannedOn} 不是日期（YYYY-MM-DD）' },
  PLANNED_BEFORE_SIGNING: {
    en: '{plannedOn} lies before the signing on {signedOn}',
    zh: '{plannedOn} 早于签约日期 {signedOn}',
  },
  PLANNED_STEP_DONE: {
    en: '{step} was completed on {done}; its planned day stays',
    zh: '环节“{step}”已于 {done} 完成，其计划日期不再改动',
  },
  EMPTY_PLAN: { en: 'a plan names at least one step', zh: '计划至少列出一个环节' },
  PLAN_REASON_NEEDED: { en: 'a planned day is moved: say why', zh: '计划日期有调整，须写明原因' },
  PLANNED_AFTER_ACCEPTANCE: {
    en: '{later} is planned after ACCEPTANCE, which comes last',
    zh: '环节“{later}”的计划日期晚于竣工验收，竣工验收应在最后',
  },
  COMPLETED_IN_FUTURE: { en: '{completedOn} is still to come', zh: '{completedOn} 尚未到来' },
  COMPLETED_BEFORE_SIGNING: {
    en: '{completedOn} lies before the signing on {signedOn}',
    zh: '{completedOn} 早于签约日期 {signedOn}',
  },
  STEP_DONE: { en: '{step} was completed on {done} already', zh: '环节“{step}”已于 {done} 完成' },
  APPROVAL_OPEN: {
    en: 'approval {approval} of {step} ({matter}) is not decided',
    zh: '环节“{step}”的审批 {approval}（{matter}）尚未办结',
  },
  ACCEPTANCE_LAST: {
    en: 'ACCEPTANCE comes last; {step} is not completed',
    zh: '竣工验收应在最后，环节“{step}”尚未完成',
  },
  STEP_LATER: {
    en: '{step} was completed later, on {completedOn}',
    zh: '环节“{step}”的完成日期 {completedOn} 晚于竣工验收',
  },
  BAD_INVESTMENT: {
    en: 'it is an amount in yuan over 0, at most two digits behind the point',
    zh: '投资额须为大于 0 的金额（元），最多两位小数',
  },
  TOO_MANY_OPINIONS: {
    en: 'at most {most} opinions, not {opinionsCount}',
    zh: '意见最多 {most} 条，现有 {opinionsCount} 条',
  },
  BAD_PROMISED_DAYS: {
    en: '{promisedDays} is not 0.5 to 90 in steps of 0.5',
    zh: '{promisedDays} 不是 0.5 至 90 之间以 0.5 为单位的天数',
  },
  PLEDGE_MISMATCH: {
    en: 'what was pledged goes with GRANTED_ON_PLEDGE and with nothing else',
    zh: '承诺内容只用于“告知承诺许可”，且为必填',
  },
  CREDIT_PLEDGE_MISMATCH: {
    en: 'a signed pledge goes with GRANTED_ON_PLEDGE and with nothing else',
    zh: '已签署的信用承诺只用于“告知承诺许可”',
  },
  BARRED_FROM_PLEDGING: {
    en: 'The applicant is barred from approval on a pledge: {bars}.',
    zh: '申请人不适用告知承诺制：{barsInChinese}',
  },
  NO_SIGNED_PLEDGE: {
    en: 'the applicant has signed no pledge {pledge} to your department',
    zh: '申请人没有向您单位签署承诺 {pledge}',
  },
  PLEDGE_NOT_IN_FORCE: {
    en: 'the pledge {pledge} is {state}; one that is in force stands behind a grant',
    zh: '承诺 {pledge} 的状态为“{state}”，须为有效的承诺',
  },
  FAULT_DEPARTMENT_MISMATCH: {
    en: 'a department goes with the fault DEPARTMENT and with no other',
    zh: '责任单位只用于原因为“部门”的情形，且为必填',
  },
  LEAD_CHANGED: {
    en: 'The project lead is at version {version}, not {expectedVersion}; read it again and decide afresh.',
    zh: '该项目线索现为第 {version} 版，不是第 {expectedVersion} 版，请重新读取后再定',
  },
  NO_MEETING_ON_STATE: {
    en: 'The project is {state}; a meeting decides on it no more.',
    zh: '该项目现为“{state}”，不再召开准入会商',
  },
  TOO_MANY_MEETINGS: {
    en: '{most} meetings were held on it, which is the most.',
    zh: '该项目已会商 {most} 次，达到上限',
  },
  MEETING_DAY_OUTSIDE: {
    en: '{heldOn} does not lie between the registration on {registeredOn} and today',
    zh: '{heldOn} 不在登记日期 {registeredOn} 与今天之间',
  },
  NOT_ADMITTED: {
    en: 'The project is {state}; an admitted one is signed.',
    zh: '该项目现为“{state}”，准入的项目才能签约',
  },
  SIGNING_DAY_OUTSIDE: {
    en: '{signedOn} does not lie between the admission on {admittedOn} and today',
    zh: '{signedOn} 不在准入日期 {admittedOn} 与今天之间',
  },
  NO_STEWARD: { en: 'there is no official with the staff number {stewardId}', zh: '没有工号为 {stewardId} 的人员' },
  PROJECT_TERMINATED: {
    en: 'The project was terminated; nothing happens to it any more.',
    zh: '该项目已经终止，不再办理',
  },
  PROJECT_CHANGED: {
    en: "The project's life is at version {version}, not {expectedVersion}; read it again and decide afresh.",
    zh: '该项目现为第 {version} 版，不是第 {expectedVersion} 版，请重新读取后再定',
  },
  PROJECT_HISTORY_FULL: {
    en: "The project's history has {most} changes, which is the most.",
    zh: '该项目的记录已达 {most} 条上限',
  },
  NO_AGENT: { en: 'there is no official with the staff number {id}', zh: '没有工号为 {id} 的人员' },
  RECEIVED_OUTSIDE: {
    en: '{receivedAt} does not lie between the signing on {signedOn} and now',
    zh: '{receivedAt} 不在签约日期 {signedOn} 与现在之间',
  },
  NO_APPROVAL: { en: 'the project has no approval {approval}', zh: '该项目没有审批 {approval}' },
  APPROVAL_DECIDED: { en: 'Approval {approval} was decided already.', zh: '审批 {approval} 已经办结' },
  NO_TASK: { en: 'the project has no task {task}', zh: '该项目没有任务 {task}' },
  TASK_FINISHED: { en: 'Task {task} was finished on {doneOn}.', zh: '任务 {task} 已于 {doneOn} 完成' },
  INSPECTION_DAY_OUTSIDE: {
    en: '{inspectedOn} does not lie between the signing on {signedOn} and today',
    zh: '{inspectedOn} 不在签约日期 {signedOn} 与今天之间',
  },
  MEASURE_DAY_MISMATCH: {
    en: 'a measure has a last day from the inspection on, and nothing else has',
    zh: '整改措施须有不早于督查日期的完成期限；没有措施的不填期限',
  },
} as const satisfies Readonly<Record<string, Words>>;
