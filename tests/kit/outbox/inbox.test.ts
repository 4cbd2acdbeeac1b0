import { Webhook } from 'standardwebhooks';
import {
  createInbox,
  createOutbox,
  type CloudEvent,
  type Inbox,
  type InboxOptions,
  type InboxRequest,
} from '@zhitong/kit/outbox';
import { textLike } from './support/expectations.js';
import { changed, databaseOf, outboxUnderTest, SILENT, type OutboxUnderTest } from './support/outbox-under-test.js';

const secretOf = (letter: string) => `whsec_${Buffer.alloc(32, letter).toString('base64')}`;
const SECRET = secretOf('s');
const SOURCE = 'urn:zhitong:example';

describe('the inbox', () => {
  let under: OutboxUnderTest;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url);
  });
  afterEach(async () => under.close());

  const facts = () => databaseOf(under.database).collection<{ eventId: string }>('facts');
  const storeFact: InboxOptions['handle'] = async (event, { session }) => {
    await facts().insertOne({ eventId: event.id }, { session });
  };

  const open = async (options: Partial<InboxOptions> = {}): Promise<Inbox> => {
    const inbox = createInbox({
      db: databaseOf(under.database),
      secrets: { [SOURCE]: SECRET },
      handle: storeFact,
      logger: SILENT,
      clock: under.time,
      ...options,
    });
    await inbox.ensureIndexes();
    return inbox;
  };
  const anEvent = (id = 'e-1', more: Partial<CloudEvent> = {}): CloudEvent => ({
    specversion: '1.0',
    id,
    source: SOURCE,
    type: 'cn.example.thing.changed',
    subject: 'a',
    time: '2026-03-02T01:00:00Z',
    datacontenttype: 'application/json',
    data: { n: 1 },
    ...more,
  });
  const signed = (body: string, { secret = SECRET, at = under.time.now(), id = 'e-1' } = {}): InboxRequest => ({
    headers: {
      'Webhook-Id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    },
    rawBody: Buffer.from(body),
  });
  const message = (event: unknown = anEvent(), options: Parameters<typeof signed>[1] = {}) =>
    signed(JSON.stringify(event), options);

  it('handles an event once and answers a repeat as done', async () => {
    const inbox = await open();
    expect(await inbox.receive(message())).toEqual({ status: 200, body: { result: 'handled' } });
    expect(await inbox.receive(message())).toEqual({ status: 200, body: { result: 'duplicate' } });
    expect(await facts().countDocuments()).toBe(1);
  });

  it('handles an event once when twelve deliveries of it race, and calls none of them done before the commit', async () => {
    const inbox = await open();
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const answer = await inbox.receive(message());
        return { ...answer, committed: await facts().countDocuments() };
      }),
    );
    expect(answers.every(({ status, committed }) => status === 200 && committed === 1)).toBe(true);
    expect(answers.filter(({ body }) => 'result' in body && body.result === 'handled')).toHaveLength(1);
    expect(await facts().countDocuments()).toBe(1);
  });

  it('keeps nothing of an event whose handler failed, and handles it when it comes again', async () => {
    let failures = 1;
    const inbox = await open({
      handle: async (event, context) => {
        await storeFact(event, context);
        if (failures-- > 0) throw new Error('secret detail');
      },
    });
    expect(await inbox.receive(message())).toEqual({
      status: 500,
      body: { error: 'The event could not be handled now.' },
    });
    expect(await facts().countDocuments()).toBe(0);
    expect(await inbox.receive(message())).toEqual({ status: 200, body: { result: 'handled' } });
    expect(await facts().countDocuments()).toBe(1);
  });

  it('does not take a duplicate key inside the handler for a repeat', async () => {
    await facts().createIndexes([{ key: { eventId: 1 }, unique: true }]);
    await facts().insertOne({ eventId: 'e-1' });
    const inbox = await open();
    expect(await inbox.receive(message())).toMatchObject({ status: 500 });
  });

  it('refuses a body that was tampered with', async () => {
    const inbox = await open();
    const { headers, rawBody } = message();
    expect(await inbox.receive({ headers, rawBody: rawBody.toString().replace('"n":1', '"n":9') })).toEqual({
      status: 401,
      body: { error: 'The signature does not match.' },
    });
    expect(await facts().countDocuments()).toBe(0);
  });

  it.each([
    ['too old', -301_000, 401],
    ['from the future', 301_000, 401],
    ['just within tolerance', -300_000, 200],
  ])('judges a message %s by its own clock', async (_what, shift, status) => {
    const inbox = await open();
    expect(await inbox.receive(message(anEvent(), { at: new Date(under.time.now().getTime() + shift) }))).toMatchObject(
      { status },
    );
  });

  it('knows each source by its own secrets, several while they are being changed', async () => {
    const inbox = await open({
      secrets: { [SOURCE]: [secretOf('o'), secretOf('n')], 'urn:zhitong:other': secretOf('x') },
    });
    expect(await inbox.receive(message(anEvent('e-1'), { secret: secretOf('o') }))).toMatchObject({ status: 200 });
    expect(await inbox.receive(message(anEvent('e-2'), { secret: secretOf('n') }))).toMatchObject({ status: 200 });
    expect(await inbox.receive(message(anEvent('e-3'), { secret: secretOf('x') }))).toEqual({
      status: 401,
      body: { error: 'The signature is not that of the source that the event names.' },
    });
    expect(
      await inbox.receive(message(anEvent('e-3', { source: 'urn:zhitong:other' }), { secret: secretOf('x') })),
    ).toMatchObject({ status: 200 });
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '{', /not JSON/],
    ['no CloudEvent', '{"hello":1}', /specversion: .*; id: /],
    ['another version', JSON.stringify({ ...anEvent(), specversion: '0.3' }), /specversion/],
    ['no data', JSON.stringify({ ...anEvent(), data: undefined }), /data: is missing/],
    ['a time that is none', JSON.stringify({ ...anEvent(), time: 'yesterday' }), /time/],
  ])('refuses, though well signed, %s', async (_what, body, error) => {
    const inbox = await open();
    expect(await inbox.receive(signed(body))).toEqual({ status: 400, body: { error: textLike(error) } });
  });

  it('refuses a request without a signature, one with a malformed timestamp and one that is too long', async () => {
    const inbox = await open({ maxBodyBytes: 1000 });
    expect(await inbox.receive({ headers: {}, rawBody: '{}' })).toMatchObject({ status: 401 });
    const { headers, rawBody } = message();
    expect(await inbox.receive({ headers: { ...headers, 'webhook-timestamp': 'soon' }, rawBody })).toMatchObject({
      status: 401,
    });
    expect(await inbox.receive(signed('x'.repeat(1001)))).toMatchObject({ status: 413 });
  });

  it('refuses to open with a secret that is none, without repeating it', async () => {
    await expect(open({ secrets: { [SOURCE]: 'hunter2' } })).rejects.toThrow(
      /^A webhook's secret is whsec_ and 24 to 64 bytes in base64\.$/,
    );
  });

  it('takes what an outbox sends over HTTP, once, though the answers got lost and it was sent again', async () => {
    const inbox = await open();
    const receiver = await under.receiver();
    receiver.answer = async ({ headers, body }, count) => {
      const { status } = await inbox.receive({ headers, rawBody: body });
      // The receiver has committed, but its first answers do not get through.
      return count <= 2 ? 502 : status;
    };
    await under.outbox.registerWebhook({ id: 'r', url: receiver.url, eventTypes: [], secret: SECRET });
    const dispatcher = under.dispatcher();
    await under.commit(changed('a'), changed('b'));
    for (let round = 0; round < 3; round += 1) {
      await dispatcher.runOnce();
      under.time.advance(3600_000);
    }
    expect(receiver.requests.entries.length).toBeGreaterThan(2);
    expect(await facts().countDocuments()).toBe(2);
    expect(await under.outbox.stats()).toMatchObject({ pending: 0 });
  });

  it('lets an event that was handled lead to an event of its own, in one transaction', async () => {
    const outbox = createOutbox({
      db: databaseOf(under.database),
      source: 'urn:zhitong:follower',
      logger: SILENT,
      clock: under.time,
    });
    const inbox = await open({
      handle: async (event, { session }) => {
        await outbox.append([changed(event.subject)], { session });
      },
    });
    await Promise.all([inbox.receive(message()), inbox.receive(message()), inbox.receive(message())]);
    await under.dispatcher().runOnce();
    expect((await outbox.readEvents()).events).toHaveLength(1);
  });
});
