import { departmentNames } from '../support/departments.js';
import { readXml, textOf } from '../support/read-xml.js';
import { hub } from './support/one-hub.js';
import { operation } from './support/start-hub.js';

let auditor: string;
let demoUscc: string;
beforeAll(async () => {
  auditor = await hub.token('--role', 'AUDITOR');
  demoUscc = /A demo enterprise: (\w{18})/.exec(hub.output())?.[1] ?? '';
});

interface Money {
  amount: string;
  currency?: string;
}

describe('DepartmentScorecard', () => {
  it('gives figures that agree with one another', async () => {
    const { data: all } = await hub.ask<{ departments: { code: string; name: string }[] }>(
      '{ departments { code name } }',
    );
    const coordinator = await hub.token('--role', 'COORDINATOR');
    interface Card {
      department: {
        name: string;
        scorecard: {
          assigned: number;
          resolved: number;
          onTimeRate: string | null;
          overdue: number;
          rank: number | null;
        };
        outstandingCommitments: { totalCount: number; outstandingAmount: Money };
        policies: { totalCount: number };
      };
    }
    let busy = 0;
    for (const { code, name } of all?.departments ?? []) {
      const { data, errors } = await hub.ask<Card>(await operation('department-scorecard'), {
        variables: { code, from: '2024-11-21', to: '2026-11-20' },
        token: coordinator,
      });
      expect(errors).toBeUndefined();
      expect(data?.department.name).toBe(name);
      const { assigned, resolved, onTimeRate, rank } = data?.department.scorecard ?? failed();
      if (assigned > 0 || resolved > 0) busy += 1;
      if (onTimeRate !== null) {
        expect(Number(onTimeRate)).toBeGreaterThanOrEqual(0);
        expect(Number(onTimeRate)).toBeLessThanOrEqual(1);
      }
      if (rank !== null) expect(rank).toBeGreaterThan(0);
    }
    expect(busy).toBeGreaterThan(3);
  });
});

describe("a policy's desk", () => {
  interface Refusable {
    refusal: { code: string; message: string } | null;
  }
  interface Question extends Refusable {
    question: { id: string; version: number; status: string; policy?: { id: string } };
  }
  let keys = 0;
  const ask = async <Payload extends Refusable>(
    name: string,
    field: string,
    input: Record<string, unknown>,
    token: string,
  ): Promise<Payload> => {
    const { data, errors } = await hub.ask<Record<string, Payload>>(await operation(name), {
      variables: { input: { idempotencyKey: `desk-${String((keys += 1)).padStart(6, '0')}`, ...input } },
      token,
    });
    expect(errors).toBeUndefined();
    return data?.[field] ?? failed();
  };
  const change = async <Payload extends Refusable>(
    name: string,
    field: string,
    input: Record<string, unknown>,
    token: string,
  ): Promise<Payload> => {
    const payload = await ask<Payload>(name, field, input, token);
    expect(payload.refusal).toBeNull();
    return payload;
  };
  const read = async <Data>(name: string, variables: Record<string, unknown>, token?: string): Promise<Data> => {
    const { data, errors } = await hub.ask<Data>(await operation(name), { variables, token });
    expect(errors).toBeUndefined();
    return data ?? failed();
  };

  it('answers what an enterprise asks, and lets nobody publish an answer of their own', async () => {
    const own = await hub.token('--role', 'ENTERPRISE', '--uscc', demoUscc);
    const { enterprise } = await read<{ enterprise: { matchedPolicies: { nodes: { policy: { id: string } }[] } } }>(
      'enterprise-overview',
      { uscc: demoUscc },
      own,
    );
    const policy = enterprise.matchedPolicies.nodes[0]?.policy.id ?? failed();
    type Desk = {
      policy: {
        issuer: { code: string };
        questions: { nodes: { id: string; question: string; answer: string | null }[] };
      };
    };
    const { issuer } = (await read<Desk>('policy-questions', { policy })).policy;
    const officer = await hub.token('--role', 'OFFICER', '--department', issuer.code);

    const asked = await change<Question>(
      'ask-policy-question',
      'askPolicyQuestion',
      { policy, text: '分公司的员工是否计入人数？' },
      own,
    );
    const { id } = asked.question;
    const waiting = await read<{
      policyQuestions: { nodes: { id: string; version: number; enterprise: { uscc: string; name: string } }[] };
    }>('questions-to-answer', {}, officer);
    const shown = waiting.policyQuestions.nodes.find((node) => node.id === id) ?? failed();
    expect(shown.enterprise).toEqual({ uscc: demoUscc, name: expect.any(String) as unknown });
    const answered = await change<Question>(
      'answer-policy-question',
      'answerPolicyQuestion',
      { question: id, expectedVersion: shown.version, text: '计入，以社保缴纳地为准。' },
      officer,
    );
    const words = { publicQuestion: '分公司的员工计入人数吗？', publicAnswer: '计入，以社保缴纳地为准。' };
    expect(
      (
        await ask<Question>(
          'publish-policy-question',
          'publishPolicyQuestion',
          { question: id, expectedVersion: answered.question.version, ...words },
          officer,
        )
      ).refusal,
    ).toMatchObject({ code: 'CONFLICT' });
    expect((await read<Desk>('policy-questions', { policy })).policy.questions.nodes).not.toContainEqual(
      expect.objectContaining({ id }),
    );
    expect((await read<Desk>('policy-questions', { policy }, own)).policy.questions.nodes).toContainEqual(
      expect.objectContaining({ id, answer: '计入，以社保缴纳地为准。' }),
    );
    const { enterprise: asker } = await read<{
      enterprise: { policyQuestions: { nodes: { id: string; answer: string }[] } };
    }>('own-policy-questions', { uscc: demoUscc }, own);
    expect(asker.policyQuestions.nodes).toContainEqual(
      expect.objectContaining({ id, answer: '计入，以社保缴纳地为准。' }),
    );

    const idle = await change<Question>(
      'ask-policy-question',
      'askPolicyQuestion',
      { policy, text: '明天会下雨吗，请问？' },
      own,
    );
    const declined = await change<Question>(
      'decline-policy-question',
      'declinePolicyQuestion',
      { question: idle.question.id, expectedVersion: 1, reason: '与本政策无关。' },
      officer,
    );
    expect(declined.question.status).toBe('DECLINED');
  }, 600_000);

  it("keeps an enterprise's topics and shows it what it has read", async () => {
    const own = await hub.token('--role', 'ENTERPRISE', '--uscc', demoUscc);
    type Topics = Refusable & { subscriptions: { kind: string; value: string }[] };
    const topic = { kind: 'WORDS', value: '高校毕业生' };
    expect((await change<Topics>('subscribe-to-topic', 'subscribeToTopic', topic, own)).subscriptions).toContainEqual(
      expect.objectContaining(topic),
    );
    const notices = async () =>
      (
        await read<{ enterprise: { policySubscriptions: object[]; policyNotifications: { unreadCount: number } } }>(
          'policy-notices',
          { uscc: demoUscc },
          own,
        )
      ).enterprise;
    expect((await notices()).policySubscriptions).toContainEqual(expect.objectContaining(topic));
    expect(
      (await change<Topics>('unsubscribe-from-topic', 'unsubscribeFromTopic', topic, own)).subscriptions,
    ).not.toContainEqual(expect.objectContaining(topic));
    expect(await change('mark-notifications-read', 'markNotificationsRead', {}, own)).toMatchObject({ unreadCount: 0 });
    expect((await notices()).policyNotifications.unreadCount).toBe(0);
  }, 600_000);
});

describe('the feed of what is published', () => {
  it('tells of the policies that the graph shows to everybody', async () => {
    const { data } = await hub.ask<{ policies: { nodes: { id: string; version: number; title: string }[] } }>(
      '{ policies(first: 200) { nodes { id version title } } }',
    );
    const titles = new Map(
      data?.policies.nodes.map(({ id, version, title }) => [
        `tag:zhitong.example,2026:disclosure/publishedPolicies/${encodeURIComponent(id)}/${version}`,
        title,
      ]),
    );
    const response = await fetch(hub.graph.replace('/graphql', '/disclosure.atom'));
    expect(response.status).toBe(200);
    const feed = readXml(await response.text());
    expect(textOf(feed, 'subtitle')).not.toContain('currently without');
    const entries = feed.children.filter(({ name }) => name === 'entry');
    const told = entries.filter((entry) => textOf(entry, 'id')?.includes('/publishedPolicies/'));
    expect(told.length).toBeGreaterThan(0);
    for (const entry of told) expect(textOf(entry, 'title')).toBe(titles.get(textOf(entry, 'id') ?? ''));
  });
});

describe('what nobody may do', () => {
  it('is to reach a department past the gateway', async () => {
    for (const name of departmentNames) {
      const response = await fetch(hub.departmentUrl(name), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${auditor}` },
        body: '{"query":"{ __typename }"}',
      });
      expect([name, response.status]).toEqual([name, 401]);
    }
  });

  it.each([
    ['an invalid USCC', '{ enterprise(uscc: "91110000600037341M") { name } }', 'must be L'],
    ['an unknown enumeration value', '{ enterprises(filter: { scale: [HUGE] }) { totalCount } }', 'HUGE'],
    [
      'a date that does not exist',
      '{ commitmentAudit(asOf: "2026-02-30", groupBy: DEPARTMENT) { asOf } }',
      '2026-02-30',
    ],
    ['a page that is too large', '{ cases(first: 201) { totalCount } }', '201'],
    ['a cursor of another list', '{ policies(first: 1, after: "WyJ4Il0") { totalCount } }', 'cursor'],
    ['a field that does not exist', '{ enterprise(uscc: "x") { nickname } }', 'nickname'],
    ['a syntax error', '{ enterprise(', 'Syntax Error'],
  ])('is to get anything but a clear refusal for %s', async (_what, query, words) => {
    const { status, errors } = await hub.ask(query, { token: auditor });
    expect(status).toBeLessThan(500);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(words) as unknown,
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(JSON.stringify(errors)).not.toMatch(/stacktrace|node_modules|\.js:/);
  });
});

function failed(): never {
  throw new Error('The answer holds no data.');
}
