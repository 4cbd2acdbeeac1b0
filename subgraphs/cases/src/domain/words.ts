import type { CaseStatus } from './case-view.js';

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
