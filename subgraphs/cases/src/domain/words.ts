import type { CaseStatus } from './case-view.js';

/** What is told in both languages; `{name}` stands for a parameter. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

export type WordParameters = Readonly<Record<string, string | number>>;

/** Words with their parameters in them. */
export function filled({ en, zh }: Words, parameters: WordParameters): Words {
  const fill = (words: string): string =>
    words.replace(/\{(\w+)\}/g, (_all, name: string) => String(parameters[name] ?? ''));
  return { en: fill(en), zh: fill(zh) };
}

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
