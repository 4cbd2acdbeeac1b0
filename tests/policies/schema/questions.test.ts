import type { Actor } from '@zhitong/kit';
import { countCommands } from '@zhitong/kit/testing';
import {
  auditor,
  banker,
  coordinator,
  enterprise,
  NOW,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

const second: Actor = { sub: 'second officer', roles: ['OFFICER'], department: 'RSJ' };
let policies: PoliciesUnderTest;
let now = NOW;
let keys = 0;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(async () => {
  now = NOW;
  await policies.publish({ id: 'staff' });
  await policies.know({ [usccOf(1)]: { employees: 18 } });
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

interface Question {
  id: string;
  question: string;
  answer: string | null;
  status: string;
  version: number | null;
  enterprise: { uscc: string } | null;
  publicQuestion: string | null;
  publishedAt: string | null;
  declinedBecause: string | null;
  legalMoves: string[];
  history: { move: string | null; version: number; text: string; publicQuestion: string | null }[] | null;
}
interface Payload {
  question: Question | null;
  refusal: { code: string; path: string[]; details: Record<string, unknown> | null } | null;
}
const FIELDS =
  'id question answer status version enterprise { uscc } publicQuestion publishedAt declinedBecause legalMoves history { move version text publicQuestion }';
const key = (): string => `key-of-questions-${String((keys += 1))}`;

async function write(mutation: string, input: Record<string, unknown>, actor: Actor | null) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await policies.ask<Record<string, Payload | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { question { ${FIELDS} } refusal { code path details } } }`,
    { variables: { input: { idempotencyKey: key(), ...input } }, actor },
  );
  const payload = data?.[mutation];
  return { question: payload?.question ?? null, refusal: payload?.refusal ?? null, error: errors?.[0]?.extensions };
}
const TEXT = '我公司企业0001今年新招了5人,能申请吗?';
const ask = async (input: Record<string, unknown> = {}, number = 1) =>
  write('askPolicyQuestion', { policy: 'staff', text: TEXT, ...input }, enterprise(usccOf(number)));
const answer = async (question: string, expectedVersion: number, text = '可以申请。', actor = officer) =>
  write('answerPolicyQuestion', { question, expectedVersion, text }, actor);
const publish = async (
  question: string,
  expectedVersion: number,
  change: Record<string, unknown> = {},
  actor = second,
) =>
  write(
    'publishPolicyQuestion',
    { question, expectedVersion, publicQuestion: '新招用人员的企业能申请吗?', publicAnswer: '可以申请。', ...change },
    actor,
  );
const asked = async (input: Record<string, unknown> = {}, number = 1): Promise<string> =>
  (await ask(input, number)).question?.id ?? '';

async function seenBy(actor: Actor | null, args = '') {
  const { data, errors } = await policies.ask<{
    policy: {
      questions: { totalCount: number; nodes: Question[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
  }>(
    `{ policy(id: "staff") { questions${args} { totalCount nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } } }`,
    { actor },
  );
  expect(errors).toBeUndefined();
  return data?.policy.questions;
}

describe('asking', () => {
  it('asks once for one key, and notifies the department by an event', async () => {
    const idempotencyKey = key();
    const first = await ask({ idempotencyKey });
    expect(first.question).toMatchObject({
      question: TEXT,
      answer: null,
      status: 'OPEN',
      version: 1,
      enterprise: { uscc: usccOf(1) },
      history: [{ move: null, version: 1, text: TEXT }],
    });
    expect(await ask({ idempotencyKey })).toEqual(first);
    expect((await seenBy(auditor))?.totalCount).toBe(1);
    const events = await policies.database.connection
      .collection('outbox')
      .find({ 'event.type': 'cn.zhitong.policy-question.asked' })
      .toArray();
    expect(events.map(({ event }) => event as unknown)).toMatchObject([
      { subject: first.question?.id, data: { policy: 'staff', department: 'RSJ', uscc: usccOf(1) } },
    ]);
  });

  it.each([
    ['no', { code: 'BAD_USER_INPUT', argumentPath: ['input', 'text'] }],
    ['字'.repeat(1_001), { code: 'BAD_USER_INPUT', argumentPath: ['input', 'text'] }],
    ['能申请吗\u0000谢谢', { code: 'BAD_USER_INPUT', argumentPath: ['input', 'text'] }],
  ])('refuses the text %.10j', async (text, error) => {
    expect((await ask({ text })).error).toMatchObject(error);
  });

  it('refuses an unknown policy, one that nobody here answers for, and the same question again while it waits', async () => {
    await policies.publish({ id: 'foreign', issuer_code: null });
    expect((await ask({ policy: 'nothing' })).refusal).toMatchObject({ code: 'INVALID', path: ['policy'] });
    expect((await ask({ policy: 'foreign' })).refusal).toMatchObject({ code: 'ILLEGAL_STATE', path: ['policy'] });
    const id = await asked();
    expect((await ask()).refusal).toMatchObject({ code: 'DUPLICATE', details: { question: id } });
    await answer(id, 1);
    expect((await ask()).refusal).toBeNull();
  });

  it('lets five questions of an enterprise wait, though eight are asked at once, and takes another when one is settled', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, number) => ask({ text: `第${String(number)}个问题是什么?` })),
    );
    expect(answers.filter(({ question }) => question)).toHaveLength(5);
    expect(answers.flatMap(({ refusal }) => refusal ?? [])).toEqual(
      Array.from({ length: 3 }, () => ({
        code: 'CONFLICT',
        path: [],
        details: {
          most: 5,
          reason: 'TOO_MANY_QUESTIONS',
          zh: '您已有 5 个提问等待答复，请待其中之一答复后再提',
        },
      })),
    );
    expect((await ask({}, 2)).refusal).toBeNull();
    const [one, two] = answers.flatMap(({ question }) => question ?? []);
    await answer(one?.id ?? '', 1);
    await answer(one?.id ?? '', 2, '改正后的答复');
    await write('declinePolicyQuestion', { question: two?.id, expectedVersion: 1, reason: '与本政策无关' }, officer);
    expect([
      (await ask({ text: '再问一个问题' })).refusal,
      (await ask({ text: '又问一个问题' })).refusal?.code,
      (await ask({ text: '还问一个问题' })).refusal?.code,
    ]).toEqual([null, undefined, 'CONFLICT']);
  }, 60_000); // eight transactions meet in one document

  it('is for enterprises themselves', async () => {
    for (const actor of [officer, auditor, { sub: 'x', roles: ['ENTERPRISE'] } satisfies Actor])
      expect((await write('askPolicyQuestion', { policy: 'staff', text: TEXT }, actor)).error).toMatchObject({
        code: 'FORBIDDEN',
      });
    expect((await write('askPolicyQuestion', { policy: 'staff', text: TEXT }, null)).error).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('answering', () => {
  it('answers, corrects and keeps what was said; a stale version is refused with the current one', async () => {
    const id = await asked();
    expect((await answer(id, 1)).question).toMatchObject({
      answer: '可以申请。',
      status: 'ANSWERED',
      version: 2,
      legalMoves: ['CORRECT', 'PUBLISH'],
    });
    expect((await answer(id, 1, '不可以。')).refusal).toMatchObject({
      code: 'STALE_VERSION',
      path: ['expectedVersion'],
      details: { version: 2 },
    });
    expect((await answer(id, 2)).refusal).toMatchObject({ code: 'DUPLICATE', path: ['text'] });
    expect((await answer(id, 2, '可以,需参保满一个月。')).question).toMatchObject({
      answer: '可以,需参保满一个月。',
      version: 3,
      history: [
        { move: null, text: TEXT },
        { move: 'ANSWER', text: '可以申请。' },
        { move: 'CORRECT', text: '可以,需参保满一个月。' },
      ],
    });
  });

  it('declines with a reason, and only what waits', async () => {
    const id = await asked();
    const decline = async (expectedVersion: number, reason = '与本政策无关') =>
      write('declinePolicyQuestion', { question: id, expectedVersion, reason }, officer);
    expect((await decline(1, ' ')).error).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['input', 'reason'] });
    expect((await decline(1)).question).toMatchObject({
      status: 'DECLINED',
      declinedBecause: '与本政策无关',
      legalMoves: [],
    });
    expect((await answer(id, 2)).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { status: 'DECLINED', legalMoves: [] },
    });
  });

  it('is for officers of the department that was asked; others do not learn that there is a question', async () => {
    const id = await asked();
    expect((await answer(id, 1, '可以申请。', banker)).refusal).toMatchObject({ code: 'INVALID', path: ['question'] });
    expect((await answer('Q-none', 1, '可以申请。', banker)).refusal).toMatchObject({
      code: 'INVALID',
      path: ['question'],
    });
    for (const actor of [enterprise(usccOf(1)), auditor, coordinator, { sub: 'x', roles: ['OFFICER'] } satisfies Actor])
      expect((await answer(id, 1, '可以申请。', actor)).error).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is one answer when two officers answer at once', async () => {
    const id = await asked();
    const answers = await Promise.all([answer(id, 1, '可以。'), answer(id, 1, '不可以。', second)]);
    expect(answers.flatMap(({ refusal }) => refusal?.code ?? [])).toEqual(['STALE_VERSION']);
  });
});

describe('publishing', () => {
  it('shows reviewed words to everybody and nothing of the enterprise, by a second person only', async () => {
    const id = await asked();
    expect((await publish(id, 1)).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { legalMoves: ['ANSWER', 'DECLINE'] },
    });
    await answer(id, 1);
    expect((await publish(id, 2, {}, officer)).refusal).toMatchObject({ code: 'CONFLICT', path: ['question'] });
    expect((await publish(id, 2)).question).toMatchObject({ version: 3, publicQuestion: '新招用人员的企业能申请吗?' });
    for (const actor of [null, enterprise(usccOf(2)), banker, coordinator]) {
      const seen = await seenBy(actor);
      expect(seen).toMatchObject({
        totalCount: 1,
        nodes: [
          {
            question: '新招用人员的企业能申请吗?',
            answer: '可以申请。',
            enterprise: null,
            version: null,
            history: null,
            legalMoves: [],
          },
        ],
      });
      expect(JSON.stringify(seen)).not.toMatch(/0001/);
    }
  });

  it.each([
    ['publicQuestion', '企业0001能申请吗?', ['the name of the enterprise']],
    ['publicQuestion', `${usccOf(2)}能申请吗?`, ['a social credit code']],
    ['publicAnswer', '请打13812345678', ['a mobile number']],
  ])('refuses a %s that says %s', async (name, text, found) => {
    const id = await asked();
    await answer(id, 1);
    expect((await publish(id, 2, { [name]: text })).refusal).toMatchObject({
      code: 'INVALID',
      path: [name],
      details: { found },
    });
  });

  it('is taken back when the answer is corrected', async () => {
    const id = await asked();
    await answer(id, 1);
    await publish(id, 2);
    await answer(id, 3, '不可以。');
    expect((await seenBy(null))?.totalCount).toBe(0);
    expect((await seenBy(officer))?.nodes[0]?.history?.map(({ move }) => move)).toEqual([
      null,
      'ANSWER',
      'PUBLISH',
      'CORRECT',
    ]);
  });
});

describe('reading', () => {
  it('shows an enterprise its own beside the published ones, officers of the department and auditors all', async () => {
    const own = await asked();
    now = new Date(now.getTime() + 1_000);
    const other = await asked({}, 2);
    const ids = async (actor: Actor | null) => (await seenBy(actor))?.nodes.map(({ id }) => id);
    expect([
      await ids(enterprise(usccOf(1))),
      await ids(enterprise(usccOf(2))),
      await ids(officer),
      await ids(auditor),
    ]).toEqual([[own], [other], [other, own], [other, own]]);
    for (const actor of [null, banker, coordinator]) expect(await ids(actor)).toEqual([]);
    await answer(other, 1);
    await publish(other, 2);
    expect(await ids(enterprise(usccOf(1)))).toEqual([other, own]);
    const page = await seenBy(enterprise(usccOf(1)), '(first: 1)');
    expect(page).toMatchObject({
      totalCount: 2,
      nodes: [{ id: other, enterprise: null }],
      pageInfo: { hasNextPage: true },
    });
    expect(await seenBy(enterprise(usccOf(1)), `(first: 1, after: "${page?.pageInfo.endCursor ?? ''}")`)).toMatchObject(
      { nodes: [{ id: own, enterprise: { uscc: usccOf(1) } }] },
    );
  });

  it('lists an enterprise its questions, and nobody else but auditors', async () => {
    const id = await asked();
    const list = async (actor: Actor | null) =>
      policies.ask<{ _entities: { policyQuestions: { nodes: { id: string }[] } | null }[] }>(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { policyQuestions { totalCount nodes { id policy { id } enterprise { uscc } } } } } }',
        { variables: { of: [{ __typename: 'Enterprise', uscc: usccOf(1) }] }, actor },
      );
    for (const actor of [enterprise(usccOf(1)), auditor])
      expect((await list(actor)).data?._entities[0]?.policyQuestions?.nodes).toEqual([
        { id, policy: { id: 'staff' }, enterprise: { uscc: usccOf(1) } },
      ]);
    for (const actor of [enterprise(usccOf(2)), officer, coordinator])
      expect((await list(actor)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('gives officers the work of their department, by where it stands', async () => {
    await policies.publish({ id: 'loan', issuer_code: 'RMYH' });
    const open = await asked();
    now = new Date(now.getTime() + 1_000);
    const done = await asked({ text: '另外一个问题' });
    await answer(done, 1);
    await asked({ policy: 'loan' });
    const work = async (actor: Actor, filter = '') => {
      const { data, errors } = await policies.ask<{
        policyQuestions: { totalCount: number; nodes: { id: string }[] } | null;
      }>(`{ policyQuestions${filter} { totalCount nodes { id } } }`, { actor });
      return data?.policyQuestions?.nodes.map(({ id }) => id) ?? errors?.[0]?.extensions?.['code'];
    };
    expect(await work(officer)).toEqual([done, open]);
    expect(await work(officer, '(filter: { status: [OPEN] })')).toEqual([open]);
    expect(await work(officer, '(filter: { policy: "loan" })')).toEqual([]);
    expect(await work(auditor)).toHaveLength(3);
    expect(await work(enterprise(usccOf(1)))).toBe('FORBIDDEN');
    expect(await work(officer, '(filter: { status: [] })')).toBe('BAD_USER_INPUT');
  });

  it('reads the questions of many policies with one command', async () => {
    await policies.publish({ id: 'p2' }, { id: 'p3' });
    await asked();
    const { result, commands } = await countCommands(policies.database.connection, async () =>
      policies.ask<{ policies: { nodes: { questions: { totalCount: number } }[] } }>(
        '{ policies { nodes { id questions { totalCount nodes { question } } } } }',
        { actor: auditor },
      ),
    );
    expect(result.data?.policies.nodes.map(({ questions }) => questions.totalCount)).toEqual([0, 0, 1]);
    expect(commands).toEqual(['aggregate']);
  });
});

describe('the indexes', () => {
  it('allow one history of a question', async () => {
    const collection = policies.database.connection.collection('policyQuestionEvents');
    await collection.insertOne({ questionId: 'Q-1', version: 1 });
    await expect(collection.insertOne({ questionId: 'Q-1', version: 1 })).rejects.toThrow('duplicate key');
  });

  it.each([
    [{ department: 'RSJ' }],
    [{ department: 'RSJ', status: { $in: ['OPEN'] } }],
    [{ policyId: 'staff' }],
    [{ uscc: usccOf(1) }],
    [{}],
  ])('carry the list of %j in its order', async (conditions) => {
    const plan = await policies.database.connection
      .collection('policyQuestions')
      .find(conditions)
      .sort({ askedAt: -1, id: -1 })
      .explain('queryPlanner');
    expect(JSON.stringify((plan as { queryPlanner: { winningPlan: unknown } }).queryPlanner.winningPlan)).not.toMatch(
      /"stage":"(COLLSCAN|SORT)"/,
    );
  });
});
