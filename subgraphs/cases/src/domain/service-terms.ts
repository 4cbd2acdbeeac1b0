import { datedFigure, figureOn, type DatedFigure, type LegalDay } from '@zhitong/values';
import type { Lane } from './taxonomy.js';

/** The working days and limits of a city's appeals office on a day. Days are working days. */
export interface ServiceTerms {
  /** From receipt, or from a department's return, to assignment or a direct answer. */
  readonly triageDays: number;
  readonly firstContactDays: number;
  readonly answerDays: Readonly<Record<Lane, number>>;
  /** To put right what an enterprise was dissatisfied with. */
  readonly rectificationDays: number;
  /** Most working days that one case can be extended by, all together. */
  readonly longestExtensionDays: number;
  /** Calendar days that the clocks of a case stand at most, because the enterprise was asked for something. */
  readonly longestPauseDays: number;
  /** Share of the resolved cases drawn for a second look, in per cent. */
  readonly spotCheckPercent: number;
}

/** Where no published programme names a number. */
const OWN_RULE = '本市诉求办理规则（公开方案未载明天数）';

const term = (name: string, label: string, value: number, source: string, unit = '工作日'): DatedFigure<number> =>
  datedFigure({ name, label, unit, values: [{ from: null, until: null, value, source }] });

/**
 * The figures behind the terms. Who changes one adds a value with its first day; a clock keeps what counted when it
 * began.
 */
export const SERVICE_FIGURES = {
  triage: term('caseTriageWorkingDays', '转办时限', 1, OWN_RULE),
  firstContact: term('caseFirstContactWorkingDays', '首次联系企业时限', 2, OWN_RULE),
  answerUrgent: term('caseUrgentAnswerWorkingDays', '急事急办答复时限', 2, OWN_RULE),
  answerOrdinary: term('caseAnswerWorkingDays', '答复时限', 5, '江苏省如东县“26℃温馨服务直通车”：5个工作日内反馈'),
  answerJoint: term(
    'caseJointAnswerWorkingDays',
    '多部门联办答复时限',
    15,
    '许昌市营商环境线索分级办理措施（2025年7月8日）：B类15个工作日',
  ),
  rectification: term(
    'caseRectificationWorkingDays',
    '整改时限',
    15,
    '政务服务“好差评”各地通行做法（国办发〔2019〕51号未定天数）',
  ),
  longestExtension: term('caseLongestExtensionWorkingDays', '延期办理时限上限', 10, OWN_RULE),
  longestPause: term('caseLongestPauseDays', '等待企业补正最长天数', 30, OWN_RULE, '日'),
  spotCheck: term(
    'caseSpotCheckPercent',
    '办结诉求回头看比例',
    10,
    '咸宁市发展改革委对市政协第080号提案的答复（2022年7月12日）：按10%比例“回头看”',
    '%',
  ),
} as const;

/** The terms that count on a day. */
export function serviceTermsOn(day: LegalDay): ServiceTerms {
  const on = (name: keyof typeof SERVICE_FIGURES): number => figureOn(SERVICE_FIGURES[name], day);
  return {
    triageDays: on('triage'),
    firstContactDays: on('firstContact'),
    answerDays: { URGENT: on('answerUrgent'), ORDINARY: on('answerOrdinary'), JOINT: on('answerJoint') },
    rectificationDays: on('rectification'),
    longestExtensionDays: on('longestExtension'),
    longestPauseDays: on('longestPause'),
    spotCheckPercent: on('spotCheck'),
  };
}
