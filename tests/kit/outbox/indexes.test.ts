import { createInbox } from '@zhitong/kit/outbox';
import { Webhook } from 'standardwebhooks';
import { outboxCollections } from '../../../kit/src/outbox/collections.js';
import { ensureOutboxIndexes } from '../../../kit/src/outbox/ensure-indexes.js';
import { removeOrphans } from '../../../kit/src/outbox/delivery/remove-orphans.js';
import { expiryPasses } from '../support/expiry-passes.js';
import { changed, databaseOf, outboxUnderTest, SILENT, type OutboxUnderTest } from './support/outbox-under-test.js';

const DAY_SECONDS = 24 * 3600;
const SECRET = `whsec_${Buffer.alloc(32, 's').toString('base64')}`;

describe('what the outbox keeps', () => {
  let under: OutboxUnderTest;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url, { retry: { maxAttempts: 1 } });
  });
  afterEach(async () => under.close());

  const expiry = async (collection: string) => {
    const indexes = await databaseOf(under.database).collection(collection).indexes();
    return indexes
      .filter(({ expireAfterSeconds }) => expireAfterSeconds !== undefined)
      .map(({ key, expireAfterSeconds }) => [Object.keys(key as object), expireAfterSeconds]);
  };

  it('expires by the date of delivery, 30 days on unless set otherwise, also when set later', async () => {
    expect(await expiry('outbox')).toEqual([[['sequencedOn'], 30 * DAY_SECONDS]]);
    expect(await expiry('outboxDeliveries')).toEqual([[['deliveredOn'], 30 * DAY_SECONDS]]);
    await ensureOutboxIndexes(databaseOf(under.database), { retentionDays: 7 });
    expect(await expiry('outboxDeliveries')).toEqual([[['deliveredOn'], 7 * DAY_SECONDS]]);
    const inbox = createInbox({
      db: databaseOf(under.database),
      secrets: {},
      handle: async () => undefined,
      logger: SILENT,
    });
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
    expect(
      (await events.find({ sequencedOn: { $exists: false } }).toArray()).map(({ event }) => event.subject),
    ).toEqual(['waiting']);
    expect((await deliveries.find({ deliveredOn: { $exists: true } }).toArray()).map(({ subject }) => subject)).toEqual(
      ['good'],
    );
    expect(
      (
        await deliveries
          .find({ deliveredOn: { $exists: false } })
          .sort({ sequence: 1 })
          .toArray()
      ).map(({ subject, state }) => [subject, state]),
    ).toEqual([
      ['bad', 'dead'],
      ['held', 'pending'],
    ]);
  });

  it('keeps what was handed over for its time by the clock of the database, whatever the clock of the department says', async () => {
    await under.registered('r');
    await under.commit(changed('a'));
    await under.dispatcher().runOnce();
    const inbox = createInbox({
      db: databaseOf(under.database),
      secrets: { 'urn:zhitong:example': SECRET },
      handle: async () => undefined,
      logger: SILENT,
      clock: under.time,
    });
    await inbox.ensureIndexes();
    const [event] = (await under.outbox.readEvents()).events;
    const receive = async () => {
      const at = under.time.now();
      const body = JSON.stringify(event);
      const headers = {
        'webhook-id': 'm',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(SECRET).sign('m', at, body),
      };
      return inbox.receive({ headers, rawBody: body });
    };
    expect(await receive()).toMatchObject({ body: { result: 'handled' } });
    await expiryPasses(under.database);
    expect((await under.outbox.readEvents()).events).toHaveLength(1);
    expect(await outboxCollections(databaseOf(under.database)).deliveries.countDocuments({ state: 'delivered' })).toBe(
      1,
    );
    expect(await receive()).toMatchObject({ body: { result: 'duplicate' } });
  });

  it('counts on when everything old has expired, so that no place is given twice', async () => {
    await under.commit(changed('a'), changed('b'));
    await under.dispatcher().runOnce();
    await outboxCollections(databaseOf(under.database)).events.deleteMany({});
    await under.commit(changed('c'));
    await under.dispatcher().runOnce();
    expect((await under.outbox.readEvents({ afterSequence: 2 })).events.map(({ subject }) => subject)).toEqual(['c']);
  });

  it('is found through indexes in all that an outbox does', async () => {
    const db = databaseOf(under.database);
    const receiver = await under.registered('r');
    receiver.answer = ({ event }) => (event.subject === 's1' ? 400 : 204);
    await db.command({ profile: 2 });
    await under.commit(...Array.from({ length: 200 }, (_, n) => changed(`s${n % 4}`)));
    await under.dispatcher().runOnce();
    await under.outbox.stats();
    await under.outbox.readEvents({ afterSequence: 50 });
    const { endCursor } = await under.outbox.deadLetters.list({ first: 10 });
    await under.outbox.deadLetters.list({ first: 10, ...(endCursor === undefined ? {} : { after: endCursor }) });
    await under.outbox.deadLetters.replay('all');
    await removeOrphans(outboxCollections(db));
    await under.outbox.removeWebhook('r');
    await db.command({ profile: 0 });

    const profiled = await db
      .collection<{ ns: string; planSummary?: string; command: { aggregate?: string; pipeline?: object[] } }>(
        'system.profile',
      )
      .find({ ns: { $in: [`${under.database.name}.outbox`, `${under.database.name}.outboxDeliveries`] } })
      .toArray();
    const plans = profiled.flatMap(({ planSummary }) => (planSummary === undefined ? [] : [planSummary]));
    expect(plans.length).toBeGreaterThan(100);
    expect(plans.filter((plan) => plan.startsWith('COLLSCAN'))).toEqual([]);
    // The first of each subject is sought in the index; what waits behind it is not read.
    expect(
      plans.some((plan) => plan.startsWith('DISTINCT_SCAN { webhookId: 1, state: 1, subject: 1, sequence: 1 }')),
    ).toBe(true);
  });
});
