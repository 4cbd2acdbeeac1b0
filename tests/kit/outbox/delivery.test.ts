import { Webhook } from 'standardwebhooks';
import { outboxCollections } from '../../../kit/src/outbox/collections.js';
import { changed, databaseOf, outboxUnderTest, type OutboxUnderTest } from './support/outbox-under-test.js';

const HOUR = 3600_000;

describe('delivery', () => {
  let under: OutboxUnderTest;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url);
  });
  afterEach(async () => under.close());

  it('is woken by the commit, without waiting for the poll', async () => {
    const receiver = await under.registered('r');
    under.dispatcher().start();
    await under.commit(changed('a'));
    await receiver.requests.until(1);
    await under.commit(changed('b'));
    await receiver.requests.until(2);
    expect(receiver.seen()).toEqual(['a', 'b']);
  });

  it('finds work by its poll when changes cannot be followed', async () => {
    const deaf = new Proxy(databaseOf(under.database), {
      get: (db, key) => {
        if (key === 'watch') throw new Error('no change streams here');
        return Reflect.get(db, key, db) as unknown;
      },
    });
    const receiver = await under.registered('r');
    await under.commit(changed('a'));
    under.dispatcher({ db: deaf, pollMs: 60_000 }).start();
    await receiver.requests.until(1);
    await under.commit(changed('b'));
    under.time.advance(60_000);
    await receiver.requests.until(2);
    expect(receiver.seen()).toEqual(['a', 'b']);
  });

  it('is signed so that any Standard Webhooks library can verify it', async () => {
    const receiver = await under.receiver();
    const { secret } = await under.outbox.registerWebhook({ url: receiver.url, eventTypes: [] });
    // The library reads the machine's clock.
    under.time.advance(Date.now() - under.time.now().getTime());
    await under.commit(changed('a'));
    await under.dispatcher().runOnce();
    const [received] = receiver.requests.entries;
    if (received === undefined) throw new Error('Nothing arrived.');
    const { headers, body, event } = received;
    const signed = {
      'webhook-id': String(headers['webhook-id']),
      'webhook-timestamp': String(headers['webhook-timestamp']),
      'webhook-signature': String(headers['webhook-signature']),
    };
    expect(new Webhook(secret).verify(body, signed)).toEqual(event);
    expect(signed['webhook-id']).toBe(event.id);
    expect(() => new Webhook(secret).verify(body.replace('"a"', '"b"'), signed)).toThrow('No matching signature found');
  });

  it('sends each webhook the types that it asked for', async () => {
    const things = await under.registered('things', ['cn.example.thing']);
    const closed = await under.registered('closed', ['cn.example.thing.closed', 'cn.example.other']);
    const all = await under.registered('all');
    await under.commit(
      changed('a', 1, 'cn.example.thing.changed'),
      changed('a', 2, 'cn.example.thing.closed'),
      changed('a', 3, 'cn.example.thingamy.closed'),
      changed('a', 4, 'cn.example.other.begun'),
    );
    await under.dispatcher().runOnce();
    expect(things.seen()).toEqual([1, 2]);
    expect(closed.seen()).toEqual([2, 4]);
    expect(all.seen()).toEqual([1, 2, 3, 4]);
  });

  it('tries again, later each time, until a receiver that failed three times succeeds', async () => {
    const receiver = await under.registered('r');
    receiver.answer = (_request, count) => (count <= 3 ? 500 : 200);
    under.dispatcher().start();
    await under.commit(changed('a'));
    for (const [failures, halfDelay] of [
      [1, 2_500],
      [2, 5_000],
      [3, 10_000],
    ] as const) {
      await under.attempts.until(failures);
      under.time.advance(halfDelay - 1);
      expect(receiver.requests.entries).toHaveLength(failures);
      under.time.advance(1);
    }
    await under.attempts.until(4);
    expect(under.attempts.entries.map(({ attempt, result, status }) => [attempt, result, status])).toEqual([
      [1, 'retry', 500],
      [2, 'retry', 500],
      [3, 'retry', 500],
      [4, 'delivered', 200],
    ]);
    expect(new Set(receiver.requests.entries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.requests.entries.map(({ body }) => body)).size).toBe(1);
    expect(await under.outbox.stats()).toMatchObject({ pending: 0, deadLetters: 0 });
  });

  it('waits as long as a busy receiver asks', async () => {
    const receiver = await under.registered('r');
    receiver.answer = (_request, count) => (count === 1 ? { status: 503, headers: { 'retry-after': '600' } } : 204);
    const dispatcher = under.dispatcher();
    await under.commit(changed('a'));
    await dispatcher.runOnce();
    under.time.advance(599_000);
    await dispatcher.runOnce();
    expect(receiver.requests.entries).toHaveLength(1);
    under.time.advance(1_000);
    await dispatcher.runOnce();
    expect(receiver.requests.entries).toHaveLength(2);
  });

  it('gives up waiting for a receiver that hangs, and meanwhile serves the others', async () => {
    const hanging = await under.registered('hanging');
    const healthy = await under.registered('healthy');
    hanging.answer = (_request, count) => (count === 1 ? 'hang' : 204);
    under.dispatcher().start();
    await under.commit(changed('a'), changed('b'));
    await hanging.requests.until(1);
    await healthy.requests.until(2);
    await under.commit(changed('c'));
    await healthy.requests.until(3);
    const isHanging = ({ webhookId }: { webhookId: string }) => webhookId === 'hanging';
    await under.attempts.until(1, isHanging);
    under.time.advance(15_000);
    await under.attempts.until(2, isHanging);
    expect(under.attempts.entries.filter(isHanging)).toContainEqual(
      expect.objectContaining({ result: 'retry', reason: 'no answer within 15000 ms' }),
    );
    under.time.advance(HOUR);
    await under.attempts.until(4, isHanging);
    expect(new Set(hanging.seen())).toEqual(new Set(['a', 'b', 'c']));
  });

  it('survives a receiver that is not there at all', async () => {
    const gone = await under.registered('r');
    await gone.close();
    const dispatcher = under.dispatcher();
    await under.commit(changed('a'));
    expect(await dispatcher.runOnce()).toEqual({ placed: 1, delivered: 0, failed: 1 });
    expect(under.attempts.entries).toEqual([
      expect.objectContaining({ result: 'retry', reason: 'no connection: ECONNREFUSED' }),
    ]);
  });

  it('does not follow a redirect, which could lead inside', async () => {
    const inside = await under.receiver();
    const receiver = await under.registered('r');
    receiver.answer = () => ({ status: 307, headers: { location: inside.url } });
    await under.commit(changed('a'));
    await under.dispatcher().runOnce();
    expect(inside.seen()).toEqual([]);
    expect(under.attempts.entries).toEqual([expect.objectContaining({ result: 'retry', status: 307 })]);
  });

  it('sends nothing of a delivery whose event was damaged, which becomes a dead letter, and everything else', async () => {
    const receiver = await under.registered('r');
    const dispatcher = under.dispatcher({ retry: { maxAttempts: 2 } });
    receiver.answer = () => 503;
    await under.commit(changed('a'), changed('b'), changed('c'));
    await dispatcher.runOnce();
    const deliveries = outboxCollections(databaseOf(under.database)).deliveries;
    await deliveries.updateOne({ subject: 'a' }, { $set: { event: null as never } });
    receiver.answer = () => 204;
    under.time.advance(HOUR);
    await dispatcher.runOnce();
    const states = await deliveries.find().sort({ subject: 1 }).toArray();
    expect(states.map(({ subject, state }) => [subject, state])).toEqual([
      ['a', 'dead'],
      ['b', 'delivered'],
      ['c', 'delivered'],
    ]);
    expect((await under.outbox.deadLetters.list()).items).toMatchObject([
      {
        webhookId: 'r',
        lastError: 'not sent: the event is damaged',
        event: { type: 'damaged', subject: 'a', data: null },
      },
    ]);
  });

  it('keeps the events of a subject in order while one of them fails, and lets other subjects pass', async () => {
    const receiver = await under.registered('r');
    receiver.answer = ({ event }, count) => (event.data === 'a1' && count <= 3 ? 400 : 204);
    const dispatcher = under.dispatcher();
    await under.commit(
      changed('a', 'a1'),
      changed('a', 'a2'),
      changed('b', 'b1'),
      changed('a', 'a3'),
      changed('b', 'b2'),
    );
    await dispatcher.runOnce();
    expect(new Set(receiver.seen())).toEqual(new Set(['a1', 'b1', 'b2']));
    expect(receiver.seen().filter((data) => String(data).startsWith('b'))).toEqual(['b1', 'b2']);
    for (let round = 0; round < 3; round += 1) {
      under.time.advance(HOUR);
      await dispatcher.runOnce();
    }
    expect(
      receiver
        .seen()
        .filter((data) => String(data).startsWith('a'))
        .slice(-3),
    ).toEqual(['a1', 'a2', 'a3']);
    expect(receiver.seen().filter((data) => data === 'a2')).toHaveLength(1);
  });

  it('delivers a thousand events of fifty subjects, each once and in the order of its subject', async () => {
    const receiver = await under.registered('r');
    const events = Array.from({ length: 1000 }, (_, n) => changed(`s${n % 50}`, n));
    await under.commit(...events);
    await under.dispatcher().runOnce();
    expect(receiver.requests.entries).toHaveLength(1000);
    for (let subject = 0; subject < 50; subject += 1) {
      const seen = receiver.requests.entries
        .filter(({ event }) => event.subject === `s${subject}`)
        .map(({ event }) => event.data);
      expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => n * 50 + subject));
    }
  });

  it('pauses a receiver that seems to be down instead of spending the attempts of everything that waits', async () => {
    const receiver = await under.registered('r');
    receiver.answer = () => 503;
    const dispatcher = under.dispatcher({ parallel: 1 });
    await under.commit(...Array.from({ length: 40 }, (_, n) => changed(`s${n}`)));
    await dispatcher.runOnce();
    expect(receiver.requests.entries).toHaveLength(5);
    await dispatcher.runOnce();
    expect(receiver.requests.entries).toHaveLength(5);
    receiver.answer = () => 204;
    under.time.advance(HOUR);
    await dispatcher.runOnce();
    expect(new Set(receiver.seen().slice(5)).size).toBe(40);
    expect(await under.outbox.stats()).toMatchObject({ pending: 0 });
  });

  it('switches off a webhook that answers 410, keeps its events, and goes on when it is switched on again', async () => {
    const receiver = await under.registered('r');
    receiver.answer = (_request, count) => (count === 1 ? 410 : 204);
    const dispatcher = under.dispatcher();
    await under.commit(changed('a'));
    await dispatcher.runOnce();
    expect(await under.outbox.listWebhooks()).toEqual([
      expect.objectContaining({ id: 'r', active: false, inactiveReason: 'answered 410' }),
    ]);
    await under.commit(changed('b'));
    await dispatcher.runOnce();
    expect(receiver.requests.entries).toHaveLength(1);
    await under.outbox.setWebhookActive('r', true);
    await dispatcher.runOnce();
    expect(receiver.seen()).toEqual(['a', 'a', 'b']);
  });

  it('reports what is waiting, for how long, and what this process did', async () => {
    const receiver = await under.registered('r');
    receiver.answer = ({ event }) => (event.subject === 'bad' ? 400 : 204);
    await under.commit(changed('good'));
    expect(await under.outbox.stats()).toMatchObject({ waiting: 1, pending: 0, oldestPendingSeconds: 0 });
    await under.dispatcher().runOnce();
    await under.commit(changed('bad'), changed('bad'));
    await under.dispatcher().runOnce();
    under.time.advance(90_000);
    expect(await under.outbox.stats()).toMatchObject({
      waiting: 0,
      pending: 2,
      deadLetters: 0,
      oldestPendingSeconds: 90,
      webhooks: [{ webhookId: 'r', pending: 2, deadLetters: 0, oldestPendingSeconds: 90 }],
    });
    expect(under.attempts.entries.map(({ result }) => result)).toEqual(['delivered', 'retry']);
  });
});
