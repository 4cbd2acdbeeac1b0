import { refuse, type RefusalCode } from '@zhitong/kit/commands';
import { filled, type Words } from '../domain/words.js';

/** Why a move is refused, in English and Chinese; `{name}` stands for a parameter. */
interface Reason extends Words {
  readonly code: RefusalCode;
}

const REASONS = {
  SAME_DEPARTMENT: {
    code: 'INVALID',
    en: 'The case is led by {lead} already; transfer it to another department.',
    zh: '诉求已由{lead}牵头，请转办其他单位。',
  },
  REASON_MISSING: {
    code: 'INVALID',
    en: 'A transfer needs its reason.',
    zh: '转办须写明理由。',
  },
  TRANSFERRED_OFTEN: {
    code: 'CONFLICT',
    en: 'The case was given to another department {most} times already; the joint meeting, on whose agenda it stands, decides who handles it.',
    zh: '诉求已转办 {most} 次，已列入联席会议议程，由会议决定承办单位。',
  },
  NO_SUCH_MEETING: { code: 'INVALID', en: 'There is no meeting {meeting}.', zh: '没有会议 {meeting}。' },
  NOTHING_TO_LIST: {
    code: 'CONFLICT',
    en: 'No problem was raised at the meeting, and none stands on its agenda.',
    zh: '会上没有提出问题，议程上也没有诉求。',
  },
  LISTS_FULL: {
    code: 'CONFLICT',
    en: 'The meeting has {most} lists, which is the most.',
    zh: '问题清单已达 {most} 份上限。',
  },
  NOT_AWAITED: {
    code: 'CONFLICT',
    en: 'The briefing did not go to {leader}, or was acknowledged already.',
    zh: '该专报未报送{leader}，或已签收。',
  },
  SUBMITTED_YOURSELF: {
    code: 'CONFLICT',
    en: 'A second person records it: you have submitted the briefing yourself.',
    zh: '签收须由另一人登记：该专报由您本人报送。',
  },
  SAME_CATEGORY: {
    code: 'INVALID',
    en: 'The case is in the category {category} already.',
    zh: '诉求已属于该类别（{category}）。',
  },
  LANE: { code: 'CONFLICT', en: 'The lane stays: {why}.', zh: '办理方式不变：{whyInChinese}。' },
  NOTHING_TO_CORRECT: {
    code: 'INVALID',
    en: 'Nothing is put right: name at least one value that differs.',
    zh: '没有更正内容：请至少填写一项与登记不同的内容。',
  },
  NOT_CORRECTED: { code: 'CONFLICT', en: '{field} {why}.', zh: '{field} 不能更正：{whyInChinese}。' },
  INTO_ITSELF: { code: 'INVALID', en: 'A case cannot go on in itself.', zh: '诉求不能并入自身。' },
  NOT_THERE: {
    code: 'INVALID',
    en: 'There is no case {caseNumber} that your desk took.',
    zh: '没有本单位受理的诉求 {caseNumber}。',
  },
  OTHER_ENTERPRISE: {
    code: 'CONFLICT',
    en: 'Only cases of one enterprise, all of them anonymous or none, go on in one another: {caseNumber} is not such a one.',
    zh: '只能合并同一企业的诉求，且匿名情形一致；{caseNumber} 不符合。',
  },
  KNOWN_APART: {
    code: 'CONFLICT',
    en: 'Both cases are anonymous, and whose this one is is not known to the same desk and departments as of {caseNumber}: joined, they would tell it. Assign both to one department instead.',
    zh: '两件均为匿名诉求，而知悉提出人的登记人员或经办单位不同：并案会使知悉其中一件的人得知 {caseNumber} 同属该企业。不能并案，可交由同一单位分别办理。',
  },
  INTO_LATER: {
    code: 'CONFLICT',
    en: 'A case goes on in the one that was received first, so that no clock begins anew: {caseNumber} came later.',
    zh: '应并入先受理的诉求，以免办理期限重新计算；{caseNumber} 受理在后。',
  },
  NO_SUCH_NOTICE: { code: 'INVALID', en: 'You have no notice {notice}.', zh: '没有您的通知 {notice}。' },
  CHECK_ELSEWHERE: { code: 'CONFLICT', en: 'The check is {status}.', zh: '该检查状态为 {status}，不能办理该环节。' },
  REPORTS_FULL: {
    code: 'CONFLICT',
    en: 'The check has {most} reports, which is the most.',
    zh: '整改反馈已达 {most} 次上限。',
  },
  NO_SUCH_SUPERVISOR: {
    code: 'INVALID',
    en: 'There is no special supervisor {id} whose term runs.',
    zh: '没有任期内的特约监督员 {id}。',
  },
  SUPERVISOR_ENDED: { code: 'CONFLICT', en: 'The term ended on {endedOn} already.', zh: '任期已于 {endedOn} 结束。' },
  LEAD_ASSISTS: {
    code: 'INVALID',
    en: '{lead} leads the case and cannot assist in it.',
    zh: '{lead}是牵头单位，不能同时作责任单位。',
  },
  JOINT_ALONE: {
    code: 'INVALID',
    en: 'The case is JOINT and needs at least one assisting department; change its lane first.',
    zh: '联办诉求至少须有一个责任单位，请先调整办理方式。',
  },
  NO_DUTY: {
    code: 'CONFLICT',
    en: '{department} owes nothing in this case that has not been reported.',
    zh: '{department}在本诉求中没有待反馈的责任。',
  },
  NOT_TO_RATE: {
    code: 'INVALID',
    en: '{department} has no duty in this case that is not rated yet.',
    zh: '{department}在本诉求中没有待评价的责任。',
  },
  NOT_CLEARED: {
    code: 'CONFLICT',
    en: 'Nobody was cleared in the referral {referral}, or a notice has been issued.',
    zh: '移送 {referral} 没有需澄清的人员，或已发布澄清。',
  },
  SECOND_PERSON: {
    code: 'CONFLICT',
    en: 'A second person has to issue the notice: you have concluded the referral yourself.',
    zh: '澄清须由另一人发布：移送结果由您本人登记。',
  },
  MEETING_HELD: {
    code: 'CONFLICT',
    en: 'The meeting was held already, chaired by {by}; its agenda is closed.',
    zh: '会议已由{by}主持召开，议程不能再改。',
  },
  AGENDA_FULL: { code: 'CONFLICT', en: 'An agenda has {most} cases at most.', zh: '议程最多 {most} 件诉求。' },
  NO_EVIDENCE: {
    code: 'INVALID',
    en: 'A decision is struck off with evidence: name at least one https link.',
    zh: '销号须附佐证材料：请至少提供一个 https 链接。',
  },
  CASE_OPEN: {
    code: 'CONFLICT',
    en: 'The case {caseNumber} is {status}; its decision is struck off when it is answered or ended.',
    zh: '诉求 {caseNumber} 尚未办结（{status}），答复后方可销号。',
  },
  SEED_NOT_COMMITTED: {
    code: 'INVALID',
    en: 'No seed was committed to for exactly these months ({id}) before they began; committed to within them: {committed}.',
    zh: '未在所抽月份（{id}）开始前登记种子哈希值，不能抽取；其中已登记：{committed}。',
  },
  SEED_DIFFERS: {
    code: 'INVALID',
    en: 'The seed is not the one that was committed to: its SHA-256 is not {seedHash}.',
    zh: '种子与事先登记的不符：其 SHA-256 不是 {seedHash}。',
  },
  SEALED_WITH_ANOTHER_KEY: {
    code: 'INVALID',
    en: 'The department sealed the seed with another key than CASES_SEED_KEY, or its record was changed: what comes out has not the SHA-256 {seedHash}. Draw with the key of that time.',
    zh: '本部门封存种子时所用密钥并非现在的 CASES_SEED_KEY，或其记录已被改动：所得种子的 SHA-256 不是 {seedHash}。请使用当时的密钥抽取。',
  },
  SEED_STANDS: {
    code: 'DUPLICATE',
    en: 'A seed has been committed to for one of these months already ({id}).',
    zh: '所选月份中已有登记的种子（{id}）。',
  },
  POPULATION_KNOWN: {
    code: 'INVALID',
    en: '{from} has begun: part of what would be drawn from is known already.',
    zh: '{from} 已到，部分抽查范围已知，不能再登记种子。',
  },
  TYPICAL_CASE_STANDS: {
    code: 'DUPLICATE',
    en: 'The case has been proposed already ({id}) and is {status}.',
    zh: '该诉求已有典型案例（{id}），状态为 {status}。',
  },
  ANSWER_NAMES_ENTERPRISE: {
    code: 'INVALID',
    en: 'The answer has words that lead to who brought this anonymous case: give a text without them.',
    zh: '该诉求为匿名提出，答复中含有可识别提出人的内容，请另行提供不含该内容的案例正文。',
  },
  NO_DEPARTMENT_TO_NAME: {
    code: 'INVALID',
    en: 'No department handled the case {caseNumber}: it was answered at the desk.',
    zh: '诉求 {caseNumber} 由受理窗口直接答复，没有可公开的承办单位。',
  },
  TYPICAL_CASE_NOT_PUBLISHED: {
    code: 'CONFLICT',
    en: 'It is {status}; only what is published can be taken back.',
    zh: '该典型案例状态为 {status}，只有已公开的才能撤回。',
  },
} as const satisfies Record<string, Reason>;
export type RefusalReason = keyof typeof REASONS;

/**
 * Ends a command with a refusal in both languages: English in the message, Chinese in `details.zh`, and for
 * programs `details.reason` with the parameters.
 * @throws CommandEnded
 */
export function refuseFor(
  reason: RefusalReason,
  path: readonly string[],
  parameters: Readonly<Record<string, string>> = {},
): never {
  const { code, ...words }: Reason = REASONS[reason];
  const { en, zh } = filled(words, parameters);
  const told = Object.entries(parameters).filter(([name]) => !name.endsWith('InChinese'));
  return refuse(code, { message: en, reason, zh, parameters: Object.fromEntries(told) }, path);
}
