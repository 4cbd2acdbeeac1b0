import { checkUscc, normalText, usccFaultInChinese } from '@zhitong/values';
import type { CaseChange } from '../case-event.js';
import type { CaseStatus } from '../case-view.js';
import { TEXT_LIMITS } from '../intake.js';
import { STATUS_IN_CHINESE } from '../words.js';

const within = (longest: number): string => `应当有 5 至 ${String(longest)} 个字符，不含控制字符`;

/** What an intake must be, by the members of its form, for who corrects a delivered row. */
const INTAKE: Readonly<Record<string, string>> = {
  title: `标题${within(TEXT_LIMITS.title)}`,
  text: `内容${within(TEXT_LIMITS.text)}`,
  region: '地区应当是六位行政区划代码（GB/T 2260）',
  industry: '行业应当是 GB/T 4754 的门类字母 A 至 T',
  contactPhone: '电话应当是 5 至 20 位数字、空格或连字符',
  enterpriseName: `外地企业须写明名称（2 至 ${String(TEXT_LIMITS.name)} 个字符），本地企业须写明统一社会信用代码`,
  homeRegion: '外地企业须写明注册地的六位行政区划代码（GB/T 2260）',
};

/** Why a member of an intake's form cannot be accepted. @param uscc the code that the row states */
export function intakeReason(member: string, uscc: string | null): string {
  const check = member === 'uscc' && uscc !== null ? checkUscc(uscc, { irregular: 'accept' }) : null;
  return check?.ok === false
    ? `统一社会信用代码不能接受：${usccFaultInChinese(check.problem, normalText(uscc ?? '').toUpperCase())}`
    : `内容不能接受：${INTAKE[member] ?? '不符合登记要求'}`;
}

/** Why an answer cannot be accepted. */
export const ANSWER_REASON = `答复内容不能接受：${within(TEXT_LIMITS.text)}`;

const GRADES: Readonly<Partial<Record<string, string>>> = { process: '过程评分', result: '结果评分' };

/** Why a rating cannot be accepted, by the member at fault, which may not be stated at all. */
export const ratingReason = (member: string, isStated = true): string =>
  `评价不能接受：${
    member === 'reason'
      ? '低于 3 分的评价须写明原因'
      : isStated
        ? '评分应当是 1 至 5 的整数'
        : `有评价时间而没有${GRADES[member] ?? '评分'}；来源只有一项满意度的，过程评分和结果评分取同一列`
  }`;

const STEPS: Readonly<Partial<Record<CaseChange['type'], string>>> = {
  ASSIGNED: '转办',
  ACCEPTED: '签收',
  CONTACTED: '首次联系',
  RESOLVED: '答复',
  RATED: '评价',
  CLOSED: '归档',
  WITHDRAWN: '撤回',
};

/** Why a step cannot be added to a case where it stands. */
export const stepReason = (caseNumber: string, status: CaseStatus, step: CaseChange['type']): string =>
  `诉求 ${caseNumber} 现处“${STATUS_IN_CHINESE[status]}”，按办理流程不能补记“${STEPS[step] ?? '其他'}”环节`;
