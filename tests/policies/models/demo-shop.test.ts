import { jest } from '@jest/globals';
import { demoLoad } from '../../../subgraphs/policies/src/demo/demo-load.js';
import { loadDemoShop } from '../../../subgraphs/policies/src/demo/demo-shop.js';
import { tellSubscribers } from '../../../subgraphs/policies/src/usecases/tell-subscribers.js';
import { enterprise, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

const TODAY = '2026-11-20';
let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await policies.close();
});

it('loads subscriptions, notifications and questions of the demo city once, beside a running department', async () => {
  await demoLoad({ department: policies.department, options: { date: TODAY } });
  await policies.department.shelf.refresh();
  await tellSubscribers(policies.department); // as the department may have done before there were subscribers
  await policies.know(
    Object.fromEntries(
      Array.from({ length: 9 }, (_, number) => [usccOf(number), { scale: number < 6 ? 'medium' : 'micro' }]),
    ),
  );
  const made = await loadDemoShop(policies.department, TODAY);
  expect(made).toMatchObject({ subscribers: 6, questions: 5 });
  expect(made.notifications).toBeGreaterThan(10);
  expect(await loadDemoShop(policies.department, TODAY)).toEqual({ subscribers: 0, notifications: 0, questions: 0 });
  expect(await policies.department.stores.notifications.count()).toBe(made.notifications);

  const { data } = await policies.ask<{
    _entities: {
      policySubscriptions: unknown[];
      policyNotifications: { unreadCount: number };
      policyQuestions: { nodes: { status: string }[] };
    }[];
  }>(
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { policySubscriptions { kind value } policyNotifications { unreadCount } policyQuestions { nodes { status policy { title } history { text } } } } } }',
    { variables: { of: [{ __typename: 'Enterprise', uscc: usccOf(1) }] }, actor: enterprise(usccOf(1)) },
  );
  const [own] = data?._entities ?? [];
  expect(own?.policySubscriptions).toEqual([
    { kind: 'ISSUER', value: 'RSJ' },
    { kind: 'WORDS', value: '扩岗补助' },
  ]);
  expect(own?.policyNotifications.unreadCount).toBeGreaterThan(0);
  expect(own?.policyQuestions.nodes).toMatchObject([
    { status: 'ANSWERED', policy: { title: expect.stringContaining('扩岗补助') as string }, history: [{}, {}, {}, {}] },
  ]);

  const shown = await policies.ask<{ policies: { nodes: { questions: { nodes: { question: string }[] } }[] } }>(
    '{ policies(first: 200) { nodes { questions { nodes { question answer } } } } }',
    { actor: null },
  );
  expect(shown.data?.policies.nodes.flatMap(({ questions }) => questions.nodes)).toHaveLength(2);
  expect(await tellSubscribers(policies.department)).toEqual({ announcements: 0, notifications: 0 });
}, 60_000); // 77 policies are read, checked and published
