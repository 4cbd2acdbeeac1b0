import { inTransaction } from '@zhitong/kit/mongo';
import { createOutbox } from '@zhitong/kit/outbox';
import { outboxCollections } from '../../../kit/src/outbox/collections.js';
import { sequenceEvents } from '../../../kit/src/outbox/delivery/sequence-events.js';
import { FakeTime } from './support/fake-time.js';
import { changed, databaseOf, outboxUnderTest, SILENT, type OutboxUnderTest } from './support/outbox-under-test.js';

describe('the order of events', () => {
  let under: OutboxUnderTest;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url);
  });
  afterEach(async () => under.close());

  const subjects = async (afterSequence = 0) =>
    (await under.outbox.readEvents({ afterSequence, first: 1000 })).events.map(({ subject }) => subject);

  it('puts an event that was appended early and committed late behind what was read meanwhile', async () => {
    const dispatcher = under.dispatcher();
    const client = under.database.connection.getClient();
    await client.withSession(async (slow) => {
      slow.startTransaction();
      await under.outbox.append([changed('slow')], { session: slow });
      await under.commit(changed('quick'));
      await dispatcher.runOnce();
      const before = await under.outbox.readEvents();
      expect(before.events.map(({ subject }) => subject)).toEqual(['quick']);
      await slow.commitTransaction();
      await dispatcher.runOnce();
      expect(await subjects(before.lastSequence)).toEqual(['slow']);
    });
  });

  it('keeps the order of changes that built on each other in processes whose clocks disagree by hours', async () => {
    for (const [data, clock] of [
      ['first', '12:00'],
      ['second', '09:00'],
      ['third', '10:00'],
    ] as const) {
      const process = createOutbox({
        db: databaseOf(under.database),
        source: 'urn:zhitong:example',
        logger: SILENT,
        clock: new FakeTime(Date.parse(`2026-03-02T${clock}:00Z`)),
      });
      await inTransaction(under.database.connection, async (session) =>
        process.append([changed('a', data)], { session }),
      );
    }
    await under.dispatcher().runOnce();
    expect((await under.outbox.readEvents()).events.map(({ data }) => data)).toEqual(['first', 'second', 'third']);
    const recorded = await outboxCollections(databaseOf(under.database)).events.find().sort({ sequence: 1 }).toArray();
    const times = recorded.map((event) => event.recorded.toBigInt());
    expect(times.every((time, index) => time > (times[index - 1] ?? 0n))).toBe(true);
  });

  it('gives each event one place, without gaps, when several processes give them out at once', async () => {
    const many = Array.from({ length: 450 }, (_, n) => changed(`s${n}`));
    await under.commit(...many);
    const collections = outboxCollections(databaseOf(under.database));
    const placed = await Promise.all(
      Array.from({ length: 4 }, async () =>
        sequenceEvents({
          ...{ client: under.database.connection.getClient(), collections },
          ...{ clock: under.time, logger: SILENT },
        }),
      ),
    );
    expect(placed.reduce((sum, count) => sum + count)).toBe(450);
    const { events, lastSequence } = await under.outbox.readEvents({ first: 1000 });
    expect(lastSequence).toBe(450);
    expect(events.map(({ sequence }) => Number(sequence))).toEqual(Array.from({ length: 450 }, (_, n) => n + 1));
    expect(events.map(({ subject }) => subject)).toEqual(many.map(({ subject }) => subject));
  });

  it('sets a damaged event aside, reports it, and places and sends every other', async () => {
    const receiver = await under.registered('department');
    await under.commit(...['a', 'b', 'c', 'd', 'e'].map((subject) => changed(subject)));
    const { events } = outboxCollections(databaseOf(under.database));
    const ids = (await events.find().sort({ 'event.subject': 1 }).toArray()).map(({ _id }) => _id);
    const [a = '', , c = '', , e = ''] = ids;
    await events.updateOne({ _id: a }, { $set: { event: null as never } });
    await events.updateOne({ _id: c }, { $unset: { 'event.type': '' } });
    await events.updateOne({ _id: e }, { $set: { 'event.id': 'another' } });
    const reported: object[] = [];
    const logger = { ...SILENT, error: (fields: object) => void reported.push(fields) };
    expect(await under.dispatcher({ logger }).runOnce()).toMatchObject({ placed: 2, delivered: 2 });
    expect(receiver.seen().sort()).toEqual(['b', 'd']);
    expect((await under.outbox.readEvents()).events.map(({ sequence }) => Number(sequence))).toEqual([1, 2]);
    expect(new Set(reported)).toEqual(new Set([a, c, e].map((event) => ({ event }))));
    // What somebody damaged stays to be looked at.
    expect(await events.countDocuments({ _id: { $in: [a, c, e] } })).toBe(3);
    expect(await under.dispatcher({ logger }).runOnce()).toMatchObject({ placed: 0 });
  });

  it.each([null, 'cn.example', [7]])(
    'sends others what a webhook with the filters %j waits for',
    async (eventTypes) => {
      const [damaged, sound] = [await under.registered('damaged'), await under.registered('sound')];
      const { webhooks } = outboxCollections(databaseOf(under.database));
      await webhooks.updateOne({ _id: 'damaged' }, { $set: { eventTypes: eventTypes as never } });
      await under.commit(changed('a'));
      const reported: object[] = [];
      const logger = { ...SILENT, error: (fields: object) => void reported.push(fields) };
      expect(await under.dispatcher({ logger }).runOnce()).toMatchObject({ placed: 1, delivered: 1 });
      expect([damaged.seen(), sound.seen()]).toEqual([[], ['a']]);
      expect(reported).toEqual([{ webhook: 'damaged' }]);
    },
  );

  it('numbers what a receiver is sent by itself, so that no gap tells it of events that are not for it', async () => {
    const receiver = await under.registered('department', ['cn.example.thing']);
    const dispatcher = under.dispatcher();
    for (const type of ['thing.made', 'secret.made', 'thing.changed', 'secret.changed', 'thing.gone']) {
      await under.commit(changed('a', type, `cn.example.${type}`));
      await dispatcher.runOnce();
    }
    expect(receiver.requests.entries.map(({ event }) => [event.type, Number(event.sequence)])).toEqual([
      ['cn.example.thing.made', 1],
      ['cn.example.thing.changed', 2],
      ['cn.example.thing.gone', 3],
    ]);
    await under.outbox.removeWebhook('department');
    const { counters } = outboxCollections(databaseOf(under.database));
    expect((await counters.find({}).toArray()).map(({ _id, value }) => [_id, value])).toEqual([['sequence', 5]]);
  });

  it('lets a reader continue page by page, and stand still at the end', async () => {
    await under.commit(changed('a'), changed('b'), changed('c'));
    await under.dispatcher().runOnce();
    const first = await under.outbox.readEvents({ first: 2 });
    const second = await under.outbox.readEvents({ first: 2, afterSequence: first.lastSequence });
    const third = await under.outbox.readEvents({ first: 2, afterSequence: second.lastSequence });
    expect([first, second, third].map(({ events }) => events.map(({ subject }) => subject))).toEqual([
      ['a', 'b'],
      ['c'],
      [],
    ]);
    expect(third.lastSequence).toBe(3);
  });

  it.each([
    [{ first: 0 }, 'first is 0'],
    [{ first: 1001 }, 'first is 1001'],
    [{ afterSequence: -1 }, 'afterSequence is -1'],
    [{ afterSequence: 0.5 }, 'afterSequence is 0.5'],
  ])('refuses the range %j', async (range, message) => {
    await expect(under.outbox.readEvents(range)).rejects.toThrow(message);
  });
});
