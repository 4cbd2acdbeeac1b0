import type { Actor } from '@zhitong/kit';
import { countCommands } from '@zhitong/kit/testing';
import { tellSubscribers } from '../../../subgraphs/policies/src/usecases/tell-subscribers.js';
import {
  auditor,
  coordinator,
  enterprise,
  NOW,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
let now = NOW;
let keys = 0;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(() => (now = NOW));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

interface Payload {
  subscriptions: { kind: string; value: string }[] | null;
  refusal: { code: string; path: string[]; details: Record<string, unknown> | null } | null;
}
const key = (): string => `key-of-topics-${String((keys += 1))}`;
const later = (): Date => (now = new Date(now.getTime() + 1_000));

async function topic(
  mutation: 'subscribeToTopic' | 'unsubscribeFromTopic',
  kind: string,
  value: string,
  actor: Actor | null = enterprise(usccOf(1)),
  idempotencyKey = key(),
) {
  const { data, errors } = await policies.ask<Record<string, Payload | null>>(
    `mutation ($input: PolicyTopicInput!) { ${mutation}(input: $input) { subscriptions { kind value } refusal { code path details } } }`,
    { variables: { input: { kind, value, idempotencyKey } }, actor },
  );
  return { ...data?.[mutation], error: errors?.[0]?.extensions };
}
const subscribe = async (kind: string, value: string, number = 1) =>
  topic('subscribeToTopic', kind, value, enterprise(usccOf(number)));

interface Seen {
  policySubscriptions: { kind: string; value: string; since: string }[];
  policyNotifications: {
    totalCount: number;
    unreadCount: number;
    nodes: {
      id: string;
      title: string;
      reason: string;
      readAt: string | null;
      policyVersion: number;
      closesOn: string | null;
      policy: { id: string };
      topics: { kind: string; value: string }[];
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}
const OWN = `query ($of: [_Any!]!, $first: Int, $after: String, $unreadOnly: Boolean! = false) { _entities(representations: $of) { ... on Enterprise {
  policySubscriptions { kind value since }
  policyNotifications(first: $first, after: $after, unreadOnly: $unreadOnly) { totalCount unreadCount nodes { id title reason readAt policyVersion closesOn policy { id } topics { kind value } } pageInfo { hasNextPage endCursor } } } } }`;
async function own(
  number: number,
  variables: Record<string, unknown> = {},
  actor: Actor | null = enterprise(usccOf(number)),
) {
  const { data, errors } = await policies.ask<{ _entities: (Seen | null)[] }>(OWN, {
    variables: { of: [{ __typename: 'Enterprise', uscc: usccOf(number) }], ...variables },
    actor,
  });
  return { ...data?._entities[0], codes: errors?.map(({ extensions }) => extensions?.['code']) };
}
const tell = async () => tellSubscribers(policies.department);

describe('subscribing', () => {
  it('takes a topic once for one key, in one form, and shows it to the enterprise and auditors only', async () => {
    const again = key();
    expect(await topic('subscribeToTopic', 'INDUSTRY', ' c13 ', enterprise(usccOf(1)), again)).toMatchObject({
      subscriptions: [{ kind: 'INDUSTRY', value: 'C13' }],
      refusal: null,
    });
    expect(await topic('subscribeToTopic', 'INDUSTRY', ' c13 ', enterprise(usccOf(1)), again)).toMatchObject({
      subscriptions: [{ value: 'C13' }],
      refusal: null,
    });
    expect((await topic('subscribeToTopic', 'INDUSTRY', 'C14', enterprise(usccOf(1)), again)).refusal).toMatchObject({
      code: 'DUPLICATE',
      path: ['idempotencyKey'],
    });
    expect((await subscribe('INDUSTRY', 'C13')).refusal).toMatchObject({ code: 'DUPLICATE', path: ['value'] });
    const shown = [{ kind: 'INDUSTRY', value: 'C13', since: NOW.toISOString() }];
    expect((await own(1)).policySubscriptions).toEqual(shown);
    expect((await own(1, {}, auditor)).policySubscriptions).toEqual(shown);
    for (const actor of [enterprise(usccOf(2)), officer, coordinator])
      expect((await own(1, {}, actor)).codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect((await own(1, {}, null)).codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
  });

  it('refuses a value that nobody knows, and one that is too long, with its place', async () => {
    await policies.publish({ id: 'p1', issuer_code: 'KJJ' });
    expect((await subscribe('ISSUER', 'KJJ')).refusal).toBeNull();
    expect((await subscribe('ISSUER', 'RSJ')).refusal).toMatchObject({ code: 'INVALID', path: ['value'] });
    expect((await subscribe('HONOUR', '最美企业')).refusal).toMatchObject({
      code: 'INVALID',
      details: { kind: 'HONOUR', value: '最美企业' },
    });
    expect((await subscribe('WORDS', '字'.repeat(201))).error).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['input', 'value'],
    });
    expect((await topic('subscribeToTopic', 'BENEFIT', 'CASH', enterprise(usccOf(1)), 'short')).error).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['input', 'idempotencyKey'],
    });
  });

  it('knows a title that only a published policy asks for', async () => {
    await policies.publish({
      id: 'p1',
      criteria: [{ fact: 'honours', op: 'contains', value: '最美企业', text_zh: '' }],
    });
    expect((await subscribe('HONOUR', '最美企业')).refusal).toBeNull();
  });

  it('holds at most 20 topics, though all are asked for at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 22 }, async (_, number) => subscribe('WORDS', `补贴${String(number)}`)),
    );
    expect(answers.filter(({ subscriptions }) => subscriptions)).toHaveLength(20);
    expect(answers.flatMap(({ refusal }) => refusal ?? [])).toEqual(
      Array.from({ length: 2 }, () => ({
        code: 'CONFLICT',
        path: [],
        details: {
          most: 20,
          topics: 20,
          reason: 'TOO_MANY_TOPICS',
          zh: '每家企业最多订阅 20 个主题，请先退订其中之一',
        },
      })),
    );
    expect((await own(1)).policySubscriptions).toHaveLength(20);
  }, 60_000); // 22 transactions meet in one document

  it('is taken back, also for a value that nobody knows any more', async () => {
    await policies.publish({ id: 'p1', issuer_code: 'KJJ' });
    await subscribe('ISSUER', 'KJJ');
    await policies.database.connection.collection('policyVersions').deleteMany({});
    await policies.department.shelf.refresh();
    expect(await topic('unsubscribeFromTopic', 'ISSUER', 'kjj')).toMatchObject({ subscriptions: [], refusal: null });
    expect((await topic('unsubscribeFromTopic', 'ISSUER', 'KJJ')).refusal).toMatchObject({
      code: 'INVALID',
      path: ['value'],
    });
  });

  it('is for enterprises themselves', async () => {
    for (const actor of [officer, auditor, { sub: 'x', roles: ['ENTERPRISE'] } satisfies Actor])
      expect((await topic('subscribeToTopic', 'BENEFIT', 'CASH', actor)).error).toMatchObject({ code: 'FORBIDDEN' });
    expect((await topic('subscribeToTopic', 'BENEFIT', 'CASH', null)).error).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('notifications', () => {
  it('announce a new policy once, whichever topics it touches, and of a new version again', async () => {
    await subscribe('BENEFIT', 'CASH');
    await subscribe('WORDS', '测试政策');
    await subscribe('ISSUER', 'RSJ', 2);
    later();
    await policies.publish({ id: 'p1', valid_to: '2026-12-20' });
    expect(await tell()).toEqual({ announcements: 1, notifications: 1 });
    expect(await tell()).toEqual({ announcements: 0, notifications: 0 });
    expect((await own(1)).policyNotifications).toMatchObject({
      totalCount: 1,
      unreadCount: 1,
      nodes: [
        {
          title: '测试政策',
          reason: 'PUBLISHED',
          policyVersion: 1,
          closesOn: '2026-12-20',
          readAt: null,
          policy: { id: 'p1' },
          topics: [
            { kind: 'BENEFIT', value: 'CASH' },
            { kind: 'WORDS', value: '测试政策' },
          ],
        },
      ],
    });
    later();
    await policies.publish({ id: 'p1', title_zh: '测试政策二', valid_from: '2026-12-21' });
    await tell();
    expect(
      (await own(1)).policyNotifications?.nodes.map(({ reason, policyVersion }) => [reason, policyVersion]),
    ).toEqual([
      ['NEW_VERSION', 2],
      ['PUBLISHED', 1],
    ]);
  });

  it('announce to nobody what was published before the subscription, nor who has taken it back', async () => {
    await subscribe('BENEFIT', 'CASH', 2);
    later();
    await policies.publish({ id: 'p1' });
    later();
    await subscribe('BENEFIT', 'CASH', 1);
    await topic('unsubscribeFromTopic', 'BENEFIT', 'CASH', enterprise(usccOf(2)));
    expect(await tell()).toEqual({ announcements: 1, notifications: 0 });
  });

  it('announce that a policy closes soon, once, who subscribed since its publication too', async () => {
    await policies.publish({ id: 'p1', valid_to: '2026-12-20' });
    await tell();
    await subscribe('BENEFIT', 'CASH');
    now = new Date('2026-12-04T15:00:00Z');
    expect(await tell()).toEqual({ announcements: 0, notifications: 0 });
    now = new Date('2026-12-04T16:00:00Z'); // midnight in Shanghai
    expect(await tell()).toEqual({ announcements: 1, notifications: 1 });
    now = new Date('2026-12-10T00:00:00Z');
    expect(await tell()).toEqual({ announcements: 0, notifications: 0 });
    expect((await own(1)).policyNotifications?.nodes).toMatchObject([
      { reason: 'CLOSING_SOON', closesOn: '2026-12-20' },
    ]);
  });

  it('come with an event each, for who delivers them', async () => {
    await subscribe('BENEFIT', 'CASH');
    later();
    await policies.publish({ id: 'p1' });
    await tell();
    const events = await policies.database.connection
      .collection('outbox')
      .find({ 'event.type': 'cn.zhitong.policy-notification.created' })
      .toArray();
    expect(events.map(({ event }) => event as unknown)).toMatchObject([
      {
        subject: usccOf(1),
        data: {
          notification: `p1:1:PUBLISHED:${usccOf(1)}`,
          uscc: usccOf(1),
          policy: 'p1',
          version: 1,
          reason: 'PUBLISHED',
          title: '测试政策',
          closesOn: null,
        },
      },
    ]);
  });

  it('are paged, counted and marked as read', async () => {
    await subscribe('BENEFIT', 'CASH');
    for (const id of ['p1', 'p2', 'p3']) {
      later();
      await policies.publish({ id });
      await tell();
    }
    const first = await own(1, { first: 2 });
    expect(first.policyNotifications).toMatchObject({
      totalCount: 3,
      nodes: [{ policy: { id: 'p3' } }, { policy: { id: 'p2' } }],
      pageInfo: { hasNextPage: true },
    });
    expect(
      (await own(1, { first: 2, after: first.policyNotifications?.pageInfo.endCursor })).policyNotifications,
    ).toMatchObject({ nodes: [{ policy: { id: 'p1' } }], pageInfo: { hasNextPage: false } });

    const mark = async (notifications: string[] | null, number = 1, idempotencyKey = key()) => {
      const { data, errors } = await policies.ask<{ markNotificationsRead: unknown }>(
        'mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { marked unreadCount refusal { code path details } } }',
        { variables: { input: { notifications, idempotencyKey } }, actor: enterprise(usccOf(number)) },
      );
      return data?.markNotificationsRead ?? errors?.[0]?.extensions;
    };
    const id = first.policyNotifications?.nodes[0]?.id ?? '';
    const again = key();
    expect(await mark([id], 1, again)).toEqual({ marked: 1, unreadCount: 2, refusal: null });
    expect(await mark([id], 1, again)).toEqual({ marked: 1, unreadCount: 2, refusal: null });
    expect(await mark([id])).toMatchObject({ marked: 0 });
    expect((await own(1, { unreadOnly: true })).policyNotifications).toMatchObject({
      totalCount: 2,
      unreadCount: 2,
      nodes: [{ policy: { id: 'p2' } }, { policy: { id: 'p1' } }],
    });
    expect(await mark([id], 2)).toMatchObject({
      marked: null,
      refusal: { code: 'INVALID', path: ['notifications'], details: { unknown: [id] } },
    });
    expect(await mark([])).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['input', 'notifications'] });
    expect(await mark(null)).toEqual({ marked: 2, unreadCount: 0, refusal: null });
  });

  it('of many enterprises are read with one command', async () => {
    await subscribe('BENEFIT', 'CASH', 1);
    await subscribe('BENEFIT', 'CASH', 2);
    later();
    await policies.publish({ id: 'p1' });
    await tell();
    const of = [1, 2, 3].map((number) => ({ __typename: 'Enterprise', uscc: usccOf(number) }));
    const { result, commands } = await countCommands(policies.database.connection, async () =>
      policies.ask<{ _entities: { policyNotifications: { unreadCount: number } }[] }>(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { policyNotifications { unreadCount nodes { title } } } } }',
        { variables: { of }, actor: auditor },
      ),
    );
    expect(result.data?._entities.map(({ policyNotifications }) => policyNotifications.unreadCount)).toEqual([1, 1, 0]);
    expect(commands).toEqual(['aggregate']);
  });
});
