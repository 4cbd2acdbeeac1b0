import { createLogger } from '@zhitong/kit';
import { openJobs } from '@zhitong/kit/jobs';
import { countCommands } from '@zhitong/kit/testing';
import { keysOfTopic, type Topic } from '../../../subgraphs/policies/src/domain/subscriptions/topic.js';
import { startTeller, tellSubscribers } from '../../../subgraphs/policies/src/usecases/tell-subscribers.js';
import { runAndKill } from '../support/killed-worker.js';
import { NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

const EARLIER = new Date(NOW.getTime() - 86_400_000);
const CASH: Topic = { kind: 'BENEFIT', value: 'CASH' };
let policies: PoliciesUnderTest;
let stopping = async (): Promise<void> => Promise.resolve();
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

/** So many enterprises that subscribed to a topic yesterday. */
async function subscribers(count: number, topic: Topic = CASH, first = 0): Promise<void> {
  const records = Array.from({ length: count }, (_, number) => ({
    uscc: usccOf(first + number),
    topics: [{ ...topic, since: EARLIER }],
    keys: keysOfTopic(topic),
    version: 1,
  }));
  await policies.database.connection.collection('policySubscribers').insertMany(records);
}
const told = async () => policies.database.connection.collection('policyNotifications').find({}).toArray();
const events = async () =>
  policies.database.connection
    .collection('outbox')
    .countDocuments({ 'event.type': 'cn.zhitong.policy-notification.created' });
const announcement = async (id = 'plain:1:PUBLISHED') => policies.department.stores.announcements.byId(id);

describe('telling subscribers', () => {
  it('notifies each once, though processes are killed meanwhile and two work at once', async () => {
    await subscribers(3_000);
    await policies.publish({});
    const run = async (after: number): Promise<void> =>
      runAndKill({ worker: 'tell-worker.mjs', database: policies.database, after });
    await Promise.all([run(1), run(2)]);
    await run(1);
    await Promise.all([run(Number.POSITIVE_INFINITY), run(Number.POSITIVE_INFINITY)]);
    const found = await told();
    expect(found).toHaveLength(3_000);
    expect(new Set(found.map(({ uscc }) => uscc as string)).size).toBe(3_000);
    expect(await events()).toBe(3_000);
    expect(await announcement()).toMatchObject({ status: 'FINISHED', told: 3_000 });
  });

  it('shares the work when two work at once', async () => {
    await subscribers(1_200);
    await policies.publish({});
    const done = await Promise.all([tellSubscribers(policies.department), tellSubscribers(policies.department)]);
    expect(done.reduce((sum, { notifications }) => sum + notifications, 0)).toBe(1_200);
    expect(await events()).toBe(1_200);
  });

  it('ends between batches when it is stopped, and goes on there', async () => {
    await subscribers(700);
    await policies.publish({});
    let batches = 0;
    await tellSubscribers({
      ...policies.department,
      progress: () => void (batches += 1),
      stopped: () => batches === 1,
    });
    expect(await announcement()).toMatchObject({ status: 'RUNNING', lastUscc: usccOf(499), told: 500 });
    expect(await tellSubscribers(policies.department)).toEqual({ announcements: 1, notifications: 200 });
  });

  it('reads only subscribers with a topic that the policy touches, however many others there are', async () => {
    await subscribers(1_500, { kind: 'ISSUER', value: 'KJJ' });
    await subscribers(3, CASH, 5_000);
    await subscribers(2, { kind: 'WORDS', value: '测试' }, 6_000);
    await policies.publish({});
    const { result, commands } = await countCommands(policies.database.connection, async () =>
      tellSubscribers(policies.department),
    );
    expect(result).toEqual({ announcements: 1, notifications: 5 });
    expect(commands.filter((command) => command === 'getMore')).toEqual([]);
    const plan = await policies.database.connection
      .collection('policySubscribers')
      .find({ keys: { $in: ['BENEFIT=CASH', 'ISSUER=RSJ', 'WORDS'] }, uscc: { $gt: '' } })
      .sort({ uscc: 1 })
      .limit(500)
      .explain('executionStats');
    const { queryPlanner, executionStats } = plan as {
      queryPlanner: { winningPlan: unknown };
      executionStats: { totalDocsExamined: number };
    };
    expect(JSON.stringify(queryPlanner.winningPlan)).not.toMatch(/"stage":"(COLLSCAN|SORT)"/);
    expect(executionStats.totalDocsExamined).toBe(5);
  });

  it('does not notify again whom another way has notified before', async () => {
    await subscribers(2);
    await policies.publish({});
    await policies.database.connection.collection('policyNotifications').insertOne({
      id: `plain:1:PUBLISHED:${usccOf(0)}`,
      uscc: usccOf(0),
      policyId: 'plain',
      policyVersion: 1,
      reason: 'PUBLISHED',
      topics: [],
      title: '',
      closesOn: null,
      createdAt: NOW,
      readAt: null,
    });
    expect(await tellSubscribers(policies.department)).toEqual({ announcements: 1, notifications: 1 });
  });

  it('tells nobody more of a version that is taken back meanwhile', async () => {
    await subscribers(700);
    await policies.publish({});
    const { stores } = policies.department;
    const versions = policies.database.connection.collection('policyVersions');
    const announcements = {
      ...stores.announcements,
      // Asked after each batch.
      byId: async (id: string) => {
        await versions.updateOne({ policyId: 'plain' }, { $set: { state: 'WITHDRAWN' } });
        return stores.announcements.byId(id);
      },
    };
    const done = await tellSubscribers({ ...policies.department, stores: { ...stores, announcements } });
    expect(done).toEqual({ announcements: 1, notifications: 500 });
    expect(await announcement()).toMatchObject({ status: 'FINISHED', told: 500 });
  });

  it('passes over a subscriber whose topics are broken, and tells the others', async () => {
    await subscribers(3);
    await policies.database.connection
      .collection('policySubscribers')
      .updateOne({ uscc: usccOf(1) }, { $set: { topics: null } });
    await policies.publish({});
    expect(await tellSubscribers(policies.department)).toEqual({ announcements: 1, notifications: 2 });
    expect((await told()).map(({ uscc }) => uscc as string).sort()).toEqual([usccOf(0), usccOf(2)].sort());
    expect(await announcement()).toMatchObject({ status: 'FINISHED', told: 2 });
  });

  it('announces other policies when one cannot be announced, and says so', async () => {
    await subscribers(2);
    await policies.publish({});
    await policies.department.stores.announcements.begin([
      { id: 'gone:1:PUBLISHED', policyId: 'gone', version: 1, reason: 'PUBLISHED', at: EARLIER },
    ]);
    await expect(tellSubscribers(policies.department)).rejects.toThrow(
      '1 announcements could not be brought to their end.',
    );
    expect(await announcement()).toMatchObject({ status: 'FINISHED', told: 2 });
    expect(await announcement('gone:1:PUBLISHED')).toMatchObject({ status: 'RUNNING', told: 0 });
  });

  it('is held to once for a version and a reason by the index', async () => {
    const notification = { uscc: usccOf(0), policyId: 'plain', policyVersion: 1, reason: 'PUBLISHED' };
    const collection = policies.database.connection.collection('policyNotifications');
    await collection.insertOne({ ...notification, id: 'one' });
    await expect(collection.insertOne({ ...notification, id: 'other' })).rejects.toThrow('duplicate key');
  });
});

it('the teller works in the background when the published policies change', async () => {
  await subscribers(1);
  const { stores } = policies.department;
  const finished = new Promise<void>((resolve) => {
    const announcements = {
      ...stores.announcements,
      finish: async (...args: Parameters<typeof stores.announcements.finish>) =>
        stores.announcements.finish(...args).then(resolve),
    };
    const jobs = openJobs({
      connection: policies.database.connection,
      logger: createLogger({ name: 'test', level: 'silent' }),
    });
    startTeller(jobs, { ...policies.department, stores: { ...stores, announcements } });
    stopping = jobs.stop;
  });
  await policies.publish({}); // reads the shelf again, which nudges the teller
  await finished;
  await stopping();
  expect(await told()).toHaveLength(1);
});
