import { inTransaction } from '@zhitong/kit/mongo';
import { addDays, type LegalDay } from '@zhitong/values';
import type { OpenDepartment } from '../service.js';
import { announcementIdOf } from '../domain/subscriptions/announcement.js';
import { policyDocument } from '../domain/search/policy-document.js';
import { topicTest } from '../domain/subscriptions/policy-topics.js';
import { wordsTest } from '../domain/search/search-index.js';
import type { Topic } from '../domain/subscriptions/topic.js';
import type { PolicyNotificationRecord } from '../models/policy-notification.js';
import type { PolicyQuestionRecord, QuestionEventRecord } from '../models/policy-question.js';
import type { PolicySubscriberRecord, SubscribedTopic } from '../models/policy-subscriber.js';
import { cutChinese, policySynonyms } from '../memory/policy-search.js';
import type { ShelfPolicy } from '../memory/policy-shelf.js';
import { notificationOf } from '../usecases/tell-subscribers.js';

const BY = 'demo';
/** A second person, as everywhere: who answered does not publish. */
const REVIEWER = 'demo reviewer';
const SUBSCRIBED_DAYS_AGO = 30;
const TOLD_DAYS_AGO = 12;
const READ_DAYS_AGO = 11;
const SPREAD_DAYS = 28;
/** So many large and medium enterprises subscribe: those that a new user looks at first. */
const SUBSCRIBERS = 200;

/** What the enterprises of the demo city subscribe to, by turns. */
const TOPICS: readonly (readonly Topic[])[] = [
  [
    { kind: 'HONOUR', value: '高新技术企业' },
    { kind: 'WORDS', value: '技改 贴息' },
  ],
  [
    { kind: 'ISSUER', value: 'RSJ' },
    { kind: 'WORDS', value: '扩岗补助' },
  ],
  [{ kind: 'BENEFIT', value: 'LOAN' }],
  [
    { kind: 'INDUSTRY', value: 'C' },
    { kind: 'BENEFIT', value: 'FEE_WAIVER' },
  ],
];

interface DemoQuestion {
  /** Words by which the policy is found that the question is about. */
  readonly about: string;
  readonly text: string;
  readonly answer?: string;
  readonly corrected?: string;
  readonly declined?: string;
  readonly published?: readonly [question: string, answer: string];
}

const QUESTIONS: readonly DemoQuestion[] = [
  {
    about: '稳岗返还',
    text: '我公司去年有两名员工离职后又返聘,裁员率怎样计算?会不会影响稳岗返还?',
    answer: '返聘后继续在本单位参加失业保险的,不计入裁员人数,不影响返还。',
    published: ['员工离职后又返聘,裁员率怎样计算?', '返聘后继续在本单位参加失业保险的,不计入裁员人数。'],
  },
  {
    about: '扩岗补助',
    text: '招用的应届毕业生还在试用期,已签劳动合同并参保一个月,可以享受扩岗补助吗?',
    answer: '可以。以签订劳动合同并缴纳社会保险费为准,试用期不影响。',
    corrected: '可以。以签订劳动合同并缴纳失业、工伤、职工养老保险费满1个月为准,试用期不影响。',
    published: [
      '应届毕业生在试用期内可以享受扩岗补助吗?',
      '可以。签订劳动合同并缴纳失业、工伤、职工养老保险费满1个月即可,试用期不影响。',
    ],
  },
  {
    about: '高新技术企业 奖励',
    text: '高新技术企业证书今年到期,重新认定期间是否还能申请奖励?',
    answer: '奖励按认定年度发放,重新认定通过后按新认定的年度执行。',
  },
  { about: '创业担保贷款', text: '个体工商户转为小微企业未满一年,能否申请创业担保贷款贴息?' },
  {
    about: '残疾人就业保障金',
    text: '请帮我公司代填残疾人就业保障金申报表。',
    declined: '代填申报表不属于政策咨询,请在电子税务局办理,或拨打12366咨询。',
  },
];

/**
 * Gives the demo city subscriptions, the notifications of those enterprises, and questions with their answers, all of
 * large and medium enterprises whose facts were read. Does nothing when there are subscriptions or questions already.
 * Answers what it made.
 */
export async function loadDemoShop(
  { connection, stores, shelf, search }: Pick<OpenDepartment, 'connection' | 'stores' | 'shelf' | 'search'>,
  referenceDate: LegalDay,
): Promise<{ readonly subscribers: number; readonly notifications: number; readonly questions: number }> {
  if ((await stores.subscribers.count()) > 0 || (await stores.questions.count({})) > 0)
    return { subscribers: 0, notifications: 0, questions: 0 };
  const usccs = await stores.facts.find({ 'values.scale': { $in: ['large', 'medium'] } }, SUBSCRIBERS);
  const subscribers = usccs.map((uscc, index): Pick<PolicySubscriberRecord, 'uscc' | 'topics'> => {
    const since = morning(addDays(referenceDate, -(SUBSCRIBED_DAYS_AGO + (index % SPREAD_DAYS))));
    return {
      uscc,
      topics: (TOPICS[index % TOPICS.length] ?? []).map((topic): SubscribedTopic => ({ ...topic, since })),
    };
  });
  const readAt = morning(addDays(referenceDate, -READ_DAYS_AGO));
  const notifications = shelf
    .all()
    .flatMap((policy, index) =>
      toldOf(policy, subscribers, referenceDate).map((told) => (index % 2 === 0 ? { ...told, readAt } : told)),
    );
  const questions = QUESTIONS.flatMap((question, index) => {
    const policy = search.find(question.about).map(({ id }) => shelf.byId(id))[0];
    const uscc = usccs[index];
    const department = policy?.content.issuerCode ?? null;
    return policy === undefined || policy === null || uscc === undefined || department === null
      ? []
      : [
          asked(question, {
            index,
            uscc,
            policyId: policy.content.id,
            policyVersion: policy.record.version,
            department,
            referenceDate,
          }),
        ];
  });
  for (const { uscc } of subscribers) await stores.subscribers.ensure(uscc);
  for (const { record } of questions) await stores.questions.ensureCount(record.uscc);
  // In one transaction: a load that is killed leaves nothing behind that counts, and is done again.
  await inTransaction(connection, async (session) => {
    for (const { uscc, topics } of subscribers) await stores.subscribers.replace({ uscc, version: 0 }, topics, session);
    const known = await stores.notifications.known(
      notifications.map(({ id }) => id),
      session,
    );
    await stores.notifications.insertAll(
      notifications.filter(({ id }) => !known.has(id)),
      session,
    );
    for (const { record, events } of questions) {
      if (record.status === 'OPEN') await stores.questions.countOpen(record.uscc, session);
      await stores.questions.putHistory(record, events, session);
    }
  });
  return { subscribers: subscribers.length, notifications: notifications.length, questions: questions.length };
}

const morning = (day: LegalDay): Date => new Date(`${day}T02:00:00Z`);

/** What the subscribers were notified of about one policy: that it was published. */
function toldOf(
  { record, content }: ShelfPolicy,
  subscribers: readonly Pick<PolicySubscriberRecord, 'uscc' | 'topics'>[],
  referenceDate: LegalDay,
): PolicyNotificationRecord[] {
  const touches = topicTest(content, wordsTest(policyDocument(content), cutChinese, policySynonyms));
  const id = announcementIdOf(record, 'PUBLISHED');
  return subscribers.flatMap(({ uscc, topics }) => {
    const touched = topics.filter(touches).map(({ kind, value }) => ({ kind, value }));
    const createdAt = morning(addDays(referenceDate, -TOLD_DAYS_AGO));
    return touched.length === 0
      ? []
      : [notificationOf({ id, reason: 'PUBLISHED' }, record, { uscc, topics: touched, createdAt })];
  });
}

function asked(
  { text, answer, corrected, declined, published }: DemoQuestion,
  place: {
    index: number;
    uscc: string;
    policyId: string;
    policyVersion: number;
    department: string;
    referenceDate: LegalDay;
  },
) {
  const { index, referenceDate, ...of } = place;
  const at = (days: number): Date => morning(addDays(referenceDate, -(10 + 2 * index - days)));
  const id = `Q-DEMO-${String(index + 1)}`;
  const said: Omit<QuestionEventRecord, 'questionId' | 'version'>[] = [
    { move: 'ASK', text, publicQuestion: null, at: at(0), by: BY },
  ];
  if (answer !== undefined) said.push({ move: 'ANSWER', text: answer, publicQuestion: null, at: at(2), by: BY });
  if (corrected !== undefined) said.push({ move: 'CORRECT', text: corrected, publicQuestion: null, at: at(3), by: BY });
  if (declined !== undefined) said.push({ move: 'DECLINE', text: declined, publicQuestion: null, at: at(1), by: BY });
  if (published !== undefined)
    said.push({ move: 'PUBLISH', text: published[1], publicQuestion: published[0], at: at(4), by: REVIEWER });
  const events = said.map((event, before): QuestionEventRecord => ({ questionId: id, version: before + 1, ...event }));
  const answeredAt = said.findLast(({ move }) => move === 'ANSWER' || move === 'CORRECT')?.at ?? null;
  const record: PolicyQuestionRecord = {
    ...of,
    id,
    text,
    answer: corrected ?? answer ?? null,
    declinedBecause: declined ?? null,
    status: answer !== undefined ? 'ANSWERED' : declined !== undefined ? 'DECLINED' : 'OPEN',
    published:
      published === undefined ? null : { question: published[0], answer: published[1], at: at(4), by: REVIEWER },
    askedAt: at(0),
    askedBy: BY,
    answeredAt,
    answeredBy: answeredAt === null ? null : BY,
    version: events.length,
    updatedAt: said.at(-1)?.at ?? at(0),
  };
  return { record, events };
}
