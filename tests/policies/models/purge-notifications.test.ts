import { tellSubscribers } from '../../../subgraphs/policies/src/usecases/tell-subscribers.js';
import { keysOfTopic, type Topic } from '../../../subgraphs/policies/src/domain/subscriptions/topic.js';
import { createLogger } from '@zhitong/kit';
import { openJobs } from '@zhitong/kit/jobs';
import { purgeJob, purgeNotices } from '@zhitong/kit/notices';
import { enterprise, NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

const DAYS = 730;
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
const justBefore = (moment: Date): Date => new Date(moment.getTime() - 1);

let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

async function told(...notifications: readonly { id: string; createdAt: Date; readAt: Date | null }[]): Promise<void> {
  await policies.database.connection.collection('policyNotifications').insertMany(
    notifications.map((notification, number) => ({
      ...notification,
      uscc: usccOf(1),
      policyId: `policy-${String(number)}`,
      policyVersion: 1,
      reason: 'PUBLISHED',
      topics: [],
      title: '政策',
      closesOn: null,
    })),
  );
}
const kept = async (): Promise<string[]> => {
  const { data } = await policies.ask<{ _entities: { policyNotifications: { nodes: { id: string }[] } }[] }>(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise { policyNotifications(first: 50) { nodes { id } } } } }',
    { variables: { r: [{ __typename: 'Enterprise', uscc: usccOf(1) }] }, actor: enterprise(usccOf(1)) },
  );
  return (data?._entities[0]?.policyNotifications.nodes ?? []).map(({ id }) => id).sort();
};
const old = () => ({ box: policies.department.stores.notifications, clock: policies.department.clock, days: DAYS });
const purge = async (stopped?: () => boolean): Promise<number> => purgeNotices({ ...old(), stopped });

describe('notifications', () => {
  it('are kept their days after they were read, and unread ones after they were made', async () => {
    await told(
      { id: 'read long ago', createdAt: daysAgo(900), readAt: justBefore(daysAgo(DAYS)) },
      { id: 'read on the last day', createdAt: daysAgo(900), readAt: daysAgo(DAYS) },
      { id: 'old, read yesterday', createdAt: daysAgo(2_000), readAt: daysAgo(1) },
      { id: 'old, never read', createdAt: justBefore(daysAgo(DAYS)), readAt: null },
      { id: 'unread on the last day', createdAt: daysAgo(DAYS), readAt: null },
      { id: 'new', createdAt: daysAgo(0), readAt: null },
    );
    expect(await purge()).toBe(2);
    expect(await kept()).toEqual(['new', 'old, read yesterday', 'read on the last day', 'unread on the last day']);
    expect(await purge()).toBe(0);
  });

  it('are all found however many are old, also when two processes look at once', async () => {
    await told(
      ...Array.from({ length: 2_500 }, (_, number) => ({
        id: `old ${String(number)}`,
        createdAt: daysAgo(800),
        readAt: number % 2 === 0 ? daysAgo(790) : null,
      })),
      { id: 'new', createdAt: daysAgo(1), readAt: null },
    );
    const removed = await Promise.all([purge(), purge()]);
    expect(removed[0] + removed[1]).toBe(2_500);
    expect(await kept()).toEqual(['new']);
  });

  it('stay where the department is stopped, until the next time', async () => {
    await told(
      ...Array.from({ length: 1_200 }, (_, number) => ({
        id: `old ${String(number)}`,
        createdAt: daysAgo(800),
        readAt: null,
      })),
    );
    let looked = 0;
    expect(await purge(() => (looked += 1) > 1)).toBe(1_000);
    expect(await purge()).toBe(200);
  });

  it('are found through an index', async () => {
    const { db } = policies.database.connection;
    if (db === undefined) throw new Error('The connection has no database.');
    await told(
      ...Array.from({ length: 50 }, (_, number) => ({
        id: `new ${String(number)}`,
        createdAt: daysAgo(1),
        readAt: number % 2 === 0 ? daysAgo(1) : null,
      })),
    );
    await db.command({ profile: 2 });
    await purge();
    await db.command({ profile: 0 });
    const plans = await db
      .collection<{ planSummary?: string; docsExamined?: number }>('system.profile')
      .find({ 'command.find': 'policyNotifications' })
      .toArray();
    await db.collection('system.profile').drop();
    expect(plans.map(({ planSummary, docsExamined }) => [planSummary, docsExamined])).toEqual([
      ['IXSCAN { readAt: 1, createdAt: 1 }', 0],
      ['IXSCAN { readAt: 1, createdAt: 1 }', 0],
    ]);
  });

  it('that were removed are not sent again', async () => {
    const topic: Topic = { kind: 'BENEFIT', value: 'CASH' };
    await policies.database.connection
      .collection('policySubscribers')
      .insertMany([
        { uscc: usccOf(1), topics: [{ ...topic, since: daysAgo(1) }], keys: keysOfTopic(topic), version: 1 },
      ]);
    await policies.publish({ id: 'staff' });
    expect(await tellSubscribers(policies.department)).toMatchObject({ notifications: 1 });
    const later = { now: () => new Date(NOW.getTime() + (DAYS + 1) * 86_400_000) };
    expect(await purgeNotices({ ...old(), clock: later })).toBe(1);
    expect(await tellSubscribers({ ...policies.department, clock: later })).toMatchObject({ notifications: 0 });
  });

  it('are looked through when the department starts', async () => {
    let stopping = async (): Promise<void> => Promise.resolve();
    await told({ id: 'old', createdAt: daysAgo(800), readAt: null });
    const logger = createLogger({ name: 'test', level: 'silent' });
    const job = purgeJob({ ...old(), name: 'purge-notifications', logger });
    const purged = new Promise<void>((resolve) => {
      stopping = openJobs({ connection: policies.database.connection, logger }).start({
        ...job,
        work: async (round) => job.work(round).then(resolve),
      }).stop;
    });
    await purged;
    await stopping();
    expect(await kept()).toEqual([]);
  });
});
