import { createInbox } from '@zhitong/kit/outbox';
import { outboxCollections } from '../../../kit/src/outbox/collections.js';
import { ensureOutboxIndexes } from '../../../kit/src/outbox/ensure-indexes.js';
import { changed, databaseOf, outboxUnderTest, SILENT, type OutboxUnderTest } from './support/outbox-under-test.js';

const DAY_SECONDS = 24 * 3600;

describe('what the outbox keeps', () => {
  let under: OutboxUnderTest;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url, { retry: { maxAttempts: 1 } });
  });
  afterEach(async () => under.close());

  const expiry = async (collection: string) => {
    const indexes = await databaseOf(under.database).collection(collection).indexes();
    return indexes.filter(({ expireAfterSeconds }) => expireAfterSeconds !== undefined).map(({ key, expireAfterSeconds }) => [Object.keys(key as object), expireAfterSeconds]);
  };

  it('expires by the date of delivery, 30 days on unless told otherwise, also when told so later', async () => {
    expect(await expiry('outbox')).toEqual([[['sequencedOn'], 30 * DAY_SECONDS]]);
    expect(await expiry('outboxDeliveries')).toEqual([[['deliveredOn'], 30 * DAY_SECONDS]]);
    await ensureOutboxIndexes(databaseOf(under.database), { retentionDays: 7 });
    expect(await expiry('outboxDeliveries')).toEqual([[['deliveredOn'], 7 * DAY_SECONDS]]);
    const inbox = createInbox({ db: databaseOf(under.database), secrets: {}, handle: async () => undefined, logger: SILENT });
    await inbox.ensureIndexes();
    await inbox.ensureIndexes();
    expect(await expiry('inbox')).toEqual([[['receivedOn'], 90 * DAY_SECONDS]]);
  });

  it('never expires while an event waits, is pending or is a dead letter', async () => {
    const receiver = await under.registered('r');
    receiver.answer = ({ event }) => (event.subject === 'bad' ? 400 : 204);
    await under.commit(changed('bad'), changed('good'));
    await under.dispatcher().runOnce();
    await under.outbox.setWebhookActive('r', false);
    await under.commit(changed('held'));
    await under.dispatcher().runOnce();
    await under.commit(changed('waiting'));
    const { events, deliveries } = outboxCollections(databaseOf(under.database));
    expect((await events.find({ sequencedOn: { $exists: false } }).toArray()).map(({ event }) => event.subject)).toEqual(['waiting']);
    expect((await deliveries.find({ deliveredOn: { $exists: true } }).toArray()).map(({ subject }) => subject)).toEqual(['good']);
    expect((await deliveries.find({ deliveredOn: { $exists: false } }).sort({ sequence: 1 }).toArray()).map(({ subject, state }) => [subject, state])).toEqual([['bad', 'dead'], ['held', 'pending']]);
  });

  it('counts on when everything old has expired, so that no place is given twice', async () => {
    await under.commit(changed('a'), changed('b'));
    await under.dispatcher().runOnce();
    await outboxCollections(databaseOf(under.database)).events.deleteMany({});
    await under.commit(changed('c'));
    await under.dispatcher().runOnce();
    expect((await under.outbox.readEvents({ afterSequence: 2 })).events.map(({ subject }) => subject)).toEqual(['c']);
  });

  it('finds the head of each subject by seeking in the index, not by reading all that waits', async () => {
    await under.registered('r');
    await under.outbox.setWebhookActive('r', false);
    await under.commit(...Array.from({ length: 200 }, (_, n) => changed(`s${n % 4}`)));
    await under.dispatcher().runOnce();
    const { deliveries } = outboxCollections(databaseOf(under.database));
    const explained = await deliveries
      .aggregate([
        { $match: { webhookId: 'r', state: 'pending' } },
        { $sort: { webhookId: 1, state: 1, subject: 1, sequence: 1 } },
        { $group: { _id: '$subject', delivery: { $first: '$$ROOT' } } },
      ])
      .explain('executionStats');
    const plan = JSON.stringify(explained);
    expect(plan).toContain('"stage":"DISTINCT_SCAN"');
    expect(plan).not.toContain('COLLSCAN');
  });
});
