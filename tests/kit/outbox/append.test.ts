import mongoose from 'mongoose';
import { inTransaction } from '@zhitong/kit/mongo';
import { createOutbox, type NewEvent } from '@zhitong/kit/outbox';
import { textLike } from './support/expectations.js';
import { changed, outboxUnderTest, SILENT, type OutboxUnderTest } from './support/outbox-under-test.js';

describe('append', () => {
  let under: OutboxUnderTest;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url);
  });
  afterEach(async () => under.close());

  it('lets an event out after its commit and not before', async () => {
    const receiver = await under.registered('r');
    const dispatcher = under.dispatcher();
    await inTransaction(under.database.connection, async (session) => {
      await under.outbox.append([changed('a')], { session });
      await dispatcher.runOnce();
      expect(receiver.seen()).toEqual([]);
    });
    await dispatcher.runOnce();
    expect(receiver.seen()).toEqual(['a']);
  });

  it('never lets out an event whose transaction was aborted', async () => {
    const receiver = await under.registered('r');
    const aborted = inTransaction(under.database.connection, async (session) => {
      await under.outbox.append([changed('a', 'never')], { session });
      throw new Error('changed my mind');
    });
    await expect(aborted).rejects.toThrow('changed my mind');
    await under.commit(changed('a', 'later'));
    await under.dispatcher().runOnce();
    expect(receiver.seen()).toEqual(['later']);
    expect(await under.outbox.stats()).toMatchObject({ waiting: 0, pending: 0 });
  });

  it('sends a CloudEvent 1.0 that carries its source, subject, time and place in the order', async () => {
    const receiver = await under.registered('r');
    const time = new Date('2026-02-28T16:00:00Z');
    await under.commit({ ...changed('a', { on: time, n: 1.5, none: undefined, deep: [{ 中文: '直通' }] }), time });
    await under.dispatcher().runOnce();
    const [received] = receiver.requests.entries;
    expect(received?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(received?.event).toEqual({
      specversion: '1.0',
      id: textLike(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      source: 'urn:zhitong:example',
      type: 'cn.example.thing.changed',
      subject: 'a',
      time: '2026-02-28T16:00:00.000Z',
      datacontenttype: 'application/json',
      data: { on: '2026-02-28T16:00:00.000Z', n: 1.5, deep: [{ 中文: '直通' }] },
      sequence: '00000000000000000001',
    });
  });

  const nested = (levels: number): unknown => {
    let data: unknown = 1;
    for (let level = 0; level < levels; level += 1) data = [data];
    return data;
  };
  it('takes data nested 90 levels deep, all the way to the receiver', async () => {
    const receiver = await under.registered('r');
    await under.commit(changed('a', nested(90)));
    await under.dispatcher().runOnce();
    expect(receiver.seen()).toEqual([nested(90)]);
  });

  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  it.each<[string, NewEvent, RegExp]>([
    ['a type that is no reverse-DNS name', changed('a', 1, 'changed'), /type: must be a reverse-DNS name/],
    ['an empty subject', changed(''), /subject: must not be empty/],
    ['a control character in the subject', changed('a\u0000b'), /subject: must hold no control character/],
    ['a subject of 257 characters', changed('x'.repeat(257)), /subject/],
    ['no data', { ...changed('a'), data: undefined }, /has no data/],
    ['a big integer', changed('a', { n: 1n }), /not JSON: .*BigInt/],
    ['circular data', changed('a', circular), /not JSON/],
    ['data nested 91 levels deep', changed('a', nested(91)), /nested deeper than 90 levels/],
    ['data nested 100,000 levels deep', changed('a', nested(100_000)), /not JSON|nested deeper/],
    ['a million characters', changed('a', 'x'.repeat(1_000_000)), /of a has \d+ bytes; 262144 are allowed/],
  ])('refuses %s, and appends nothing of the call', async (_what, event, message) => {
    const attempt = inTransaction(under.database.connection, async (session) =>
      under.outbox.append([changed('good'), event], { session }),
    );
    await expect(attempt).rejects.toThrow(message);
    expect(await under.outbox.stats()).toMatchObject({ waiting: 0 });
  });

  it('refuses to append outside a transaction, where a change could be lost without its event', async () => {
    const attempt = under.database.connection
      .getClient()
      .withSession(async (session) => under.outbox.append([changed('a')], { session }));
    await expect(attempt).rejects.toThrow('within a transaction only');
  });

  it('works with a bare driver client as with a mongoose connection', async () => {
    const client = await mongoose.mongo.MongoClient.connect(under.database.uri);
    try {
      const outbox = createOutbox({
        db: client.db(under.database.name),
        source: 'urn:zhitong:example',
        logger: SILENT,
        clock: under.time,
      });
      await client.withSession(async (session) =>
        session.withTransaction(async () => outbox.append([changed('a')], { session })),
      );
    } finally {
      await client.close();
    }
    const receiver = await under.registered('r');
    await under.dispatcher().runOnce();
    expect(receiver.seen()).toEqual(['a']);
  });

  it('refuses a source that is no URN and settings that cannot work', () => {
    const { db } = under.database.connection;
    expect(() => createOutbox({ db: undefined, source: 'urn:zhitong:example', logger: SILENT })).toThrow(
      'await the connection first',
    );
    expect(() => createOutbox({ db, source: 'example', logger: SILENT })).toThrow('"example" is not a URN');
    expect(() =>
      createOutbox({ db, source: 'urn:zhitong:example', logger: SILENT, leaseMs: 100, timeoutMs: 60 }),
    ).toThrow('leaseMs is 100; it must be at least twice timeoutMs, 60');
    expect(() => createOutbox({ db, source: 'urn:zhitong:example', logger: SILENT, parallel: 0 })).toThrow(
      'parallel is 0',
    );
  });
});
