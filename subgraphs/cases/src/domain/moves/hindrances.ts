import { filled, type WordParameters, type Words } from '../words.js';

const HINDRANCES = {
  NOT_WHILE: {
    en: '{move} is not possible while the case is {status}',
    zh: '诉求现处“{statusInChinese}”，不能办理该环节',
  },
  HISTORY_FULL: {
    en: 'the history has {most} changes and takes no more notes',
    zh: '办理记录已达 {most} 条，不能再记',
  },
  NOT_SUPERVISED: { en: 'no supervision is to be carried out', zh: '没有待落实的督办' },
  DECLINED_BEFORE: {
    en: 'the case was declined once already, and the enterprise objected: answer or assign it',
    zh: '该诉求已作过一次不予受理，企业已提出异议，请答复或交办',
  },
  EXTENSION_PENDING: {
    en: 'an extension has been requested and waits for the ruling',
    zh: '已申请延期，尚待审批',
  },
  TERM_NOT_OF_LANE: {
    en: 'the term of the answer is no longer that of a lane: the case was extended or reopened',
    zh: '诉求已延期或重新办理，答复期限不再按办理方式确定',
  },
  ABSORBED_FULL: {
    en: '{most} cases go on in this one, which is the most',
    zh: '已并入 {most} 件诉求，达到上限',
  },
  ANONYMOUS_APART: {
    en: 'the case was brought anonymously: whether another one is of the same enterprise is for the coordinator to know',
    zh: '该诉求为匿名提出，是否与其他诉求同属一家企业仅协调机构可知，由协调机构并案',
  },
  ANONYMOUS_WORDS: {
    en: 'the case was brought anonymously: the coordinator takes down what is said by whoever brought it',
    zh: '该诉求为匿名提出，提出人的陈述由协调机构记录',
  },
  SUPERVISED_APART: {
    en: 'the case is supervised: whether its order ends with a merging is for the coordinator to say',
    zh: '该诉求正在督办，并案将终止督办，由协调机构决定',
  },
  NOTHING_ABSORBED: { en: 'no other case goes on in this one', zh: '没有并入的诉求' },
  NOTES_FULL: { en: 'the case has {most} notes, which is the most', zh: '内部备注已达 {most} 条上限' },
  NOT_ANONYMOUS: {
    en: 'the case is not anonymous: everybody who handles it reads its own words',
    zh: '该诉求不是匿名诉求，经办人员阅读原文，无需整理',
  },
  RULED: {
    en: 'the coordinator has ruled that this department handles the case',
    zh: '协调机构已裁定由本单位办理，不能退回',
  },
  PAUSED_BEFORE: {
    en: 'the clock has stood once already: what is missing is asked for at once; ask further without pausing (CONTACTED)',
    zh: '计时已暂停过一次：所缺材料应一次性告知；如需继续了解，请联系企业，不再暂停计时',
  },
  SUPPLEMENTS_FULL: { en: 'the case has {most} supplements, which is the most', zh: '补充材料已达 {most} 份上限' },
  EXTENSION_ASKED: {
    en: 'an extension has been requested already and waits for the ruling',
    zh: '已申请延期，尚待审批，不能再次申请',
  },
  EXTENDED_BEFORE: { en: 'the case has been extended once already', zh: '该诉求已延期一次，不能再延' },
  EXTENSION_REFUSED: {
    en: 'an extension has been asked for once already, and was refused',
    zh: '延期申请已被驳回，不能再次申请',
  },
  NO_EXTENSION: { en: 'no extension has been requested', zh: '没有待审批的延期申请' },
  RATED_BEFORE: { en: 'the enterprise has rated this answer already', zh: '企业已对本次答复作出评价' },
  CALLED_BACK: { en: 'the answer has been rated after a call-back', zh: '本次答复已作回访评价' },
  CHECKS_FULL: { en: '{most} checks are open already', zh: '未结核查已达 {most} 件上限' },
  NO_CHECK: { en: 'no check is open', zh: '没有未结的核查' },
  SATISFIED: {
    en: 'the enterprise has rated the handling as satisfactory',
    zh: '企业已评价满意，不能要求重新办理',
  },
  CHECK_OPEN: { en: 'a check is open and has no finding yet', zh: '核查尚未得出结论，不能办结' },
  SUPERVISIONS_FULL: {
    en: 'the case was supervised {most} times, which is the most: bring it to a higher level',
    zh: '督办已达 {most} 次上限，请提级办理',
  },
  DUTIES_DONE: { en: 'every duty has its result', zh: '各项责任均已反馈' },
  NOBODY_TO_RATE: { en: 'no assisting department is to be rated', zh: '没有待评价的责任单位' },
  AT_TOP: { en: 'the case is before the leadership already', zh: '该诉求已提至市领导，不能再提级' },
  NO_REFERRAL: { en: 'no referral is pending', zh: '没有待反馈结果的移送' },
  NOBODY_CLEARED: {
    en: 'nobody was cleared for whom no notice has been issued',
    zh: '没有需要澄清而尚未发布澄清的人员',
  },
} as const satisfies Record<string, Words>;

export type HindranceCode = keyof typeof HINDRANCES;

/** Why the case does not allow a move although the party may make it. */
export interface Hindrance {
  readonly code: HindranceCode;
  readonly parameters: WordParameters;
}

export const hindered = (code: HindranceCode, parameters: WordParameters = {}): Hindrance => ({ code, parameters });

/** A hindrance in English and Chinese. */
export const hindranceWords = ({ code, parameters }: Hindrance): Words => filled(HINDRANCES[code], parameters);
