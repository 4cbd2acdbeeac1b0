import { departmentNames } from '../support/departments.js';
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
const fen = ({ amount }: Money): bigint => BigInt(amount.replace('.', ''));
const sum = (amounts: readonly Money[]): bigint => amounts.reduce((total, amount) => total + fen(amount), 0n);

describe('EnterpriseOverview', () => {
  interface Overview {
    enterprise: {
      uscc: string;
      name: string;
      region: { code: string };
      creditStanding: { grade: string; hasOpenDishonestyRecord: boolean };
      cases: {
        totalCount: number;
        nodes: {
          caseNumber: string;
          status: string;
          dueOn: string | null;
          isOverdue: boolean;
          handler: { code: string; name: string } | null;
        }[];
      };
      matchedPolicies: {
        totalCount: number;
        nodes: {
          outcome: string;
          policy: { id: string; title: string };
          criteria: { text: string; outcome: string }[];
        }[];
      };
      outstandingCommitments: {
        totalCount: number;
        outstandingAmount: Money;
        nodes: {
          id: string;
          daysOverdue: number;
          promisor: { name: string };
          promisedAmount: Money;
          fulfilledAmount: Money;
        }[];
      };
    };
  }

  it('shows the enterprise that the launcher names, out of four departments and without an error', async () => {
    const { data, errors } = await hub.ask<Overview>(await operation('enterprise-overview'), {
      variables: { uscc: demoUscc },
      token: auditor,
    });
    expect(errors).toBeUndefined();
    const { cases, matchedPolicies, outstandingCommitments, creditStanding, region } = data?.enterprise ?? failed();
    expect(region.code).toMatch(/^4212/);
    expect(creditStanding).toEqual({
      grade: expect.stringMatching(/^[ABCD]$/) as unknown,
      hasOpenDishonestyRecord: false,
    });
    expect(cases.totalCount).toBeGreaterThanOrEqual(cases.nodes.length);
    expect(cases.nodes.length).toBeGreaterThan(0);
    expect(cases.nodes.some(({ handler }) => handler !== null && handler.name.startsWith('咸宁'))).toBe(true);
    expect(matchedPolicies.nodes.length).toBeGreaterThan(0);
    for (const match of matchedPolicies.nodes) {
      expect(match.outcome).toBe('ELIGIBLE');
      expect(match.criteria.map(({ outcome }) => outcome)).toEqual(match.criteria.map(() => 'MET'));
    }
    expect(outstandingCommitments.nodes.length).toBeGreaterThan(0);
    for (const { promisedAmount, fulfilledAmount } of outstandingCommitments.nodes)
      expect(fen(promisedAmount)).toBeGreaterThan(fen(fulfilledAmount));
    if (outstandingCommitments.totalCount === outstandingCommitments.nodes.length) {
      const owed =
        sum(outstandingCommitments.nodes.map(({ promisedAmount }) => promisedAmount)) -
        sum(outstandingCommitments.nodes.map(({ fulfilledAmount }) => fulfilledAmount));
      expect(fen(outstandingCommitments.outstandingAmount)).toBeLessThanOrEqual(owed);
    }
  });

  it('takes one request to each department, names of departments included', async () => {
    const answered = async (): Promise<Record<string, number>> => {
      const metrics = await (await fetch(`${hub.operations}/metrics`)).text();
      return Object.fromEntries(
        [
          ...metrics.matchAll(
            /^zhitong_gateway_department_seconds_count\{department="(\w+)",outcome="answered"\} (\d+)/gm,
          ),
        ].map(([, name = '', count]): [string, number] => [name, Number(count)]),
      );
    };
    const before = await answered();
    for (let turn = 0; turn < 10; turn++)
      await hub.ask(await operation('enterprise-overview'), { variables: { uscc: demoUscc }, token: auditor });
    const after = await answered();
    const { enterprises = 0, ...others } = Object.fromEntries(
      Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]),
    );
    expect(others).toEqual({ cases: 10, policies: 10, credit: 10 });
    // Two departments read the list of departments now and then.
    expect(enterprises).toBeGreaterThanOrEqual(10);
    expect(enterprises).toBeLessThan(15);
  });

  it('answers the enterprise itself about itself, and another enterprise only the public card', async () => {
    const own = await hub.token('--role', 'ENTERPRISE', '--uscc', demoUscc);
    expect(
      (await hub.ask<Overview>(await operation('enterprise-overview'), { variables: { uscc: demoUscc }, token: own }))
        .errors,
    ).toBeUndefined();

    const { data: others } = await hub.ask<{ enterprises: { nodes: { uscc: string }[] } }>(
      '{ enterprises(first: 2) { nodes { uscc } } }',
    );
    const other = others?.enterprises.nodes.map(({ uscc }) => uscc).find((uscc) => uscc !== demoUscc) ?? '';
    const stranger = await hub.token('--role', 'ENTERPRISE', '--uscc', other);
    const { data, errors } = await hub.ask<{ enterprise: Record<string, unknown> }>(
      await operation('enterprise-overview'),
      { variables: { uscc: demoUscc }, token: stranger },
    );
    expect(data?.enterprise).toMatchObject({
      uscc: demoUscc,
      cases: null,
      matchedPolicies: null,
      outstandingCommitments: null,
      creditStanding: null,
    });
    expect(data?.enterprise['name']).toEqual(expect.any(String));
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(errors?.map(() => 'FORBIDDEN'));
    expect(new Set(errors?.map(({ path }) => path?.[1]))).toEqual(
      new Set(['cases', 'creditStanding', 'matchedPolicies', 'outstandingCommitments']),
    );
  });

  it('shows an anonymous caller the public card, with the reason at each other field', async () => {
    const { data, errors } = await hub.ask<{ enterprise: Record<string, unknown> }>(
      await operation('enterprise-overview'),
      { variables: { uscc: demoUscc } },
    );
    expect(data?.enterprise).toMatchObject({ uscc: demoUscc, cases: null, matchedPolicies: null });
    expect(new Set(errors?.map(({ extensions }) => extensions?.['code']))).toEqual(new Set(['UNAUTHENTICATED']));
  });
});

describe('EnterpriseList', () => {
  it('lists large and medium enterprises with the first of everything', async () => {
    const officer = await hub.token('--role', 'OFFICER', '--department', 'RSJ');
    interface Listed {
      enterprises: {
        totalCount: number;
        nodes: {
          uscc: string;
          cases: { totalCount: number };
          matchedPolicies: { totalCount: number; nodes: { policy: { title: string } }[] };
          outstandingCommitments: { totalCount: number };
        }[];
      };
    }
    const { data, errors } = await hub.ask<Listed>(await operation('enterprise-list'), { token: officer });
    expect(errors).toBeUndefined();
    const nodes = data?.enterprises.nodes ?? [];
    expect(nodes).toHaveLength(Math.min(50, data?.enterprises.totalCount ?? 0));
    expect(nodes.length).toBeGreaterThan(10);
    expect(nodes.find(({ uscc }) => uscc === demoUscc)).toMatchObject({
      outstandingCommitments: { totalCount: expect.any(Number) as unknown },
    });
    expect(
      nodes.every(({ matchedPolicies }) => matchedPolicies.nodes.length === Math.min(3, matchedPolicies.totalCount)),
    ).toBe(true);
  });
});

describe('UnfulfilledPromises', () => {
  interface Audit {
    commitmentAudit: {
      asOf: string;
      promisedAmount: Money;
      fulfilledAmount: Money;
      outstandingAmount: Money;
      overdueAmount: Money;
      groups: {
        department: { code: string; name: string };
        count: number;
        overdueCount: number;
        outstandingAmount: Money;
        overdueAmount: Money;
        commitments: { nodes: { daysOverdue: number; enterprise: { uscc: string; name: string } }[] };
      }[];
    };
  }
  const audit = async (asOf: string) =>
    hub.ask<Audit>(await operation('unfulfilled-promises'), { variables: { asOf }, token: auditor });

  it('sums to its groups, names every department and enterprise, and answers a past day the same way twice', async () => {
    const { data, errors } = await audit('2026-06-30');
    expect(errors).toBeUndefined();
    const { groups, outstandingAmount, overdueAmount, promisedAmount, fulfilledAmount } =
      data?.commitmentAudit ?? failed();
    expect(sum(groups.map((group) => group.outstandingAmount))).toBe(fen(outstandingAmount));
    expect(sum(groups.map((group) => group.overdueAmount))).toBe(fen(overdueAmount));
    expect(fen(promisedAmount)).toBeGreaterThanOrEqual(fen(fulfilledAmount) + fen(outstandingAmount));
    expect(groups.length).toBeGreaterThan(1);
    expect(groups.every(({ department }) => department.name.length > 2)).toBe(true);
    expect(
      groups.flatMap(({ commitments }) => commitments.nodes).every(({ enterprise }) => enterprise.name.length > 2),
    ).toBe(true);
    expect((await audit('2026-06-30')).data).toEqual(data);
    expect((await audit('2025-06-30')).data).not.toEqual(data);
  });

  it('is for officials: an enterprise and an anonymous caller get nothing of it', async () => {
    const own = await hub.token('--role', 'ENTERPRISE', '--uscc', demoUscc);
    for (const token of [own, undefined]) {
      const { data, errors } = await hub.ask<{ commitmentAudit: unknown }>(await operation('unfulfilled-promises'), {
        variables: { asOf: '2026-06-30' },
        token,
      });
      expect(data?.commitmentAudit ?? null).toBeNull();
      expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(errors?.[0]?.extensions?.['code']);
    }
  });
});

describe('WhoGetsThis', () => {
  it('pages through everybody who matches, once each, and agrees with the live evaluation of one of them', async () => {
    interface Who {
      policy: {
        id: string;
        issuer: { name: string };
        criteria: { text: string; fact: string | null; operator: string; value: unknown }[];
        eligibleEnterprises: {
          totalCount: number;
          pageInfo: { hasNextPage: boolean; endCursor: string };
          nodes: { uscc: string; name: string }[];
        };
      };
    }
    const { data: shelf } = await hub.ask<{ enterprise: { matchedPolicies: { nodes: { policy: { id: string } }[] } } }>(
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { matchedPolicies(first: 1) { nodes { policy { id } } } } }',
      { variables: { uscc: demoUscc }, token: auditor },
    );
    const policy = shelf?.enterprise.matchedPolicies.nodes[0]?.policy.id;
    const found: { uscc: string; name: string }[] = [];
    let after: string | undefined;
    let total: number;
    do {
      const { data, errors } = await hub.ask<Who>(await operation('who-gets-this'), {
        variables: { policy, after },
        token: auditor,
      });
      expect(errors).toBeUndefined();
      const page = data?.policy.eligibleEnterprises ?? failed();
      expect(data?.policy.issuer.name).toMatch(/^咸宁|^咸安|人民/);
      expect(data?.policy.criteria.length).toBeGreaterThan(0);
      found.push(...page.nodes);
      total = page.totalCount;
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(found).toHaveLength(total);
    expect(new Set(found.map(({ uscc }) => uscc)).size).toBe(total);
    expect(found.map(({ uscc }) => uscc)).toContain(demoUscc);
    expect(found.every(({ name }) => name.length > 2)).toBe(true);
  });

  it('shows the published policies to anybody, but not who gets them', async () => {
    const { data, errors } = await hub.ask<{
      policies: { totalCount: number; nodes: { id: string; title: string; eligibleEnterprises: unknown }[] };
    }>('{ policies(first: 100) { totalCount nodes { id title eligibleEnterprises { totalCount } } } }');
    expect(data?.policies.totalCount).toBe(77);
    expect(data?.policies.nodes.every(({ eligibleEnterprises }) => eligibleEnterprises === null)).toBe(true);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

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
