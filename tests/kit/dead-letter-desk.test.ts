import { commandRunner, ensureOnceIndexes } from '@zhitong/kit/commands';
import { deadLetterDesk, type DeadLetterDesk } from '@zhitong/kit/dead-letters';
import { createOutbox } from '@zhitong/kit/outbox';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { createLogger } from '@zhitong/kit';
import { aDeadLetter } from '../rights/scenarios/operator.js';

const NOW = new Date('2026-11-20T02:00:00Z');
const ADMIN = { sub: 'admin-1', roles: ['ADMIN'] };
let keys = 0;
const base = () => ({ idempotencyKey: `letters-${String((keys += 1)).padStart(4, '0')}`, actor: ADMIN });

describe('the desk of deliveries that were given up', () => {
  let database: TestDatabase;
  let desk: DeadLetterDesk;
  const states = async (): Promise<unknown[]> =>
    database.connection
      .collection('outboxDeliveries')
      .find({}, { projection: { _id: 0, state: 1, attempts: 1, replays: 1, replayedBy: 1, dueOn: 1 } })
      .sort({ sequence: 1 })
      .toArray();
  beforeAll(async () => {
    database = await testDatabase(import.meta.url);
    const { connection } = database;
    if (connection.db === undefined) throw new Error('no database');
    const outbox = createOutbox({
      db: connection.db,
      source: 'urn:zhitong:test',
      logger: createLogger({ name: 'test', level: 'silent' }),
      clock: { now: () => NOW },
    });
    await Promise.all([outbox.ensureIndexes(), ensureOnceIndexes(connection)]);
    desk = deadLetterDesk({ outbox, runner: commandRunner(connection) });
  });
  beforeEach(async () => database.empty());
  afterAll(async () => database.close());

  it('lists them in the order of their events, page by page, with what went wrong', async () => {
    const ids = [];
    for (let count = 0; count < 5; count += 1) ids.push(await aDeadLetter(database.connection));
    const first = await desk.list({ first: 2 });
    expect(first.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.nodes[0]).toMatchObject({
      receiver: 'receiver',
      eventType: 'cn.zhitong.thing.changed',
      subject: 'thing',
      attempts: 12,
      replays: 0,
      lastReplayedBy: null,
      lastStatus: 500,
      lastError: 'answered 500',
    });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await desk.list({ first: 10, after: first.pageInfo.endCursor });
    expect(rest.nodes.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(rest.pageInfo.hasNextPage).toBe(false);
    expect(await (rest.totalCount as () => Promise<number>)()).toBe(5);
  });

  it('withholds numbers of persons in what went wrong', async () => {
    const _id = await aDeadLetter(database.connection);
    await database.connection
      .collection<{ _id: string }>('outboxDeliveries')
      .updateOne({ _id }, { $set: { lastError: 'answered 422: 13807240001 is unknown' } });
    expect((await desk.list({})).nodes[0]?.lastError).not.toContain('13807240001');
  });

  it('sends what is named again, all with all their attempts, and says by whom', async () => {
    const [one, two] = [await aDeadLetter(database.connection), await aDeadLetter(database.connection)];
    expect(await desk.replay(base(), [one])).toMatchObject({ kind: 'done', result: 1 });
    expect(await states()).toEqual([
      { state: 'pending', attempts: 0, replays: 1, replayedBy: 'admin-1', dueOn: NOW },
      expect.objectContaining({ state: 'dead', attempts: 12 }),
    ]);
    expect((await desk.list({})).nodes.map(({ id }) => id)).toEqual([two]);
  });

  it('sends nothing where one of them is not given up any more, and nothing twice for one key', async () => {
    const [one, two] = [await aDeadLetter(database.connection), await aDeadLetter(database.connection)];
    const press = base();
    expect(await desk.replay(press, [one])).toMatchObject({ kind: 'done', result: 1 });
    expect(await desk.replay(press, [one])).toMatchObject({ kind: 'done', result: 1 });
    expect(await desk.replay(press, [two])).toMatchObject({ kind: 'refused', refusal: { code: 'DUPLICATE' } });
    expect(await desk.replay(base(), [one, two])).toMatchObject({
      kind: 'refused',
      refusal: { code: 'ILLEGAL_STATE', path: ['deadLetters'], details: { reason: 'NO_DEAD_LETTER', number: 1 } },
    });
    expect(await states()).toEqual([
      expect.objectContaining({ state: 'pending', replays: 1 }),
      expect.objectContaining({ state: 'dead' }),
    ]);
    for (const ids of [[], Array.from({ length: 201 }, (_, at) => `receiver:${String(at)}`)])
      expect(await desk.replay(base(), ids)).toMatchObject({ kind: 'refused', refusal: { code: 'INVALID' } });
  });
});
