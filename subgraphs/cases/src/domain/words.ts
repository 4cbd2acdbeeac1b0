import type { Party } from './case-event.js';
import type { CaseStatus, CaseView } from './case-view.js';

export { filled, type WordParameters, type Words } from '@zhitong/values';

/** What a status is called in Chinese. */
export const STATUS_IN_CHINESE: Readonly<Record<CaseStatus, string>> = {
  RECEIVED: '已受理',
  ASSIGNED: '已转办',
  RETURNED: '已退回',
  AWAITING_RULING: '待裁定',
  ACCEPTED: '已签收',
  IN_PROGRESS: '办理中',
  WAITING: '待补充',
  REOPENED: '重新办理',
  RESOLVED: '已答复',
  RATED: '已评价',
  CLOSED: '已办结归档',
  WITHDRAWN: '已撤回',
  DECLINED: '不予受理',
  MERGED: '已并案',
};

/** What those who act in a case are called in Chinese. */
export const PARTY_IN_CHINESE: Readonly<Record<Party, string>> = {
  ENTERPRISE: '提出诉求的企业',
  DESK: '受理窗口',
  LEAD: '牵头单位',
  ASSISTING: '协办单位',
  COORDINATOR: '营商办',
  AUDITOR: '审计人员',
  CHECKER: '核查专班',
  SYSTEM: '系统',
};

/** Before whom a case is brought, in Chinese. */
export const LEVEL_IN_CHINESE: Readonly<Record<CaseView['escalation'], string>> = {
  NONE: '未提级',
  COORDINATOR: '营商办',
  JOINT_MEETING: '联席会议',
  LEADERSHIP: '书记市长',
};
