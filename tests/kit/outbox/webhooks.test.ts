import { checkWebhookUrl } from '../../../kit/src/outbox/webhooks/webhook-url.js';
import { wantsEvent } from '../../../kit/src/outbox/webhooks/event-filter.js';
import { retryDelay } from '../../../kit/src/jobs/retry-delay.js';
import { outboxCollections } from '../../../kit/src/outbox/collections.js';
import { AllowedHosts } from '../../../kit/src/outbox/webhooks/receiver-guard.js';
import { changed, databaseOf, outboxUnderTest, type OutboxUnderTest } from './support/outbox-under-test.js';

describe('the webhooks of an outbox', () => {
  let under: OutboxUnderTest;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url);
  });
  afterEach(async () => under.close());

  it('are listed without their secrets, which only the registration shows', async () => {
    const { webhook, secret } = await under.outbox.registerWebhook({
      url: 'https://example.org/events',
      eventTypes: ['cn.example.thing'],
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const listed = await under.outbox.listWebhooks();
    expect(listed).toEqual([
      {
        id: webhook.id,
        url: 'https://example.org/events',
        eventTypes: ['cn.example.thing'],
        active: true,
        createdOn: under.time.now(),
      },
    ]);
    expect(JSON.stringify([webhook, listed, await under.outbox.setWebhookActive(webhook.id, false)])).not.toContain(
      'secret',
    );
  });

  it('are changed by registering the same id again, and keep what is queued', async () => {
    const receiver = await under.receiver();
    await under.outbox.registerWebhook({ id: 'r', url: 'https://example.invalid/events', eventTypes: [] });
    await under.outbox.setWebhookActive('r', false);
    await under.commit(changed('a'));
    await under.dispatcher().runOnce();
    await under.outbox.registerWebhook({ id: 'r', url: receiver.url, eventTypes: [] });
    await under.dispatcher().runOnce();
    expect(receiver.seen()).toEqual(['a']);
    expect(await under.outbox.listWebhooks()).toHaveLength(1);
  });

  it('get no event that was placed before they were registered', async () => {
    await under.commit(changed('before'));
    await under.dispatcher().runOnce();
    const receiver = await under.registered('r');
    await under.commit(changed('after'));
    await under.dispatcher().runOnce();
    expect(receiver.seen()).toEqual(['after']);
  });

  it('take their queue with them when they are removed', async () => {
    const receiver = await under.registered('r');
    await under.outbox.setWebhookActive('r', false);
    await under.commit(changed('a'));
    await under.dispatcher().runOnce();
    expect(await under.outbox.stats()).toMatchObject({ pending: 1 });
    await under.outbox.removeWebhook('r');
    expect(await under.outbox.stats()).toMatchObject({ pending: 0 });
    await expect(under.outbox.removeWebhook('r')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(receiver.seen()).toEqual([]);
  });

  it('leave nothing behind when their removal was killed half-way', async () => {
    await under.registered('r');
    await under.registered('q');
    for (const id of ['r', 'q']) await under.outbox.setWebhookActive(id, false);
    await under.commit(changed('a'));
    await under.dispatcher().runOnce();
    await outboxCollections(databaseOf(under.database)).webhooks.deleteOne({ _id: 'r' });
    await under.outbox.setWebhookActive('q', true);
    const dispatcher = under.dispatcher({ pollMs: 60_000 });
    dispatcher.start();
    await under.attempts.until(1);
    under.time.advance(60_000);
    await dispatcher.stop();
    expect(await under.outbox.stats()).toMatchObject({ pending: 0 });
  });

  it('have one address each', async () => {
    await under.outbox.registerWebhook({ id: 'one', url: 'https://example.org/events', eventTypes: [] });
    await expect(
      under.outbox.registerWebhook({ id: 'two', url: 'https://example.org/events', eventTypes: [] }),
    ).rejects.toMatchObject({ code: 'DUPLICATE' });
    expect(await under.outbox.listWebhooks()).toHaveLength(1);
  });

  it.each([
    [{ secret: 'geheim' }, /secret is whsec_/],
    [{ secret: `whsec_${Buffer.alloc(23).toString('base64')}` }, /24 to 64 bytes/],
    [{ eventTypes: ['cn.example.'] }, /"cn.example." is not/],
    [{ eventTypes: ['*'] }, /"\*" is not/],
    [{ id: 'a b' }, /"a b" is not/],
    [{ eventTypes: Array.from({ length: 101 }, () => 'cn.example') }, /101 event types/],
  ])('are refused with %j', async (wrong, message) => {
    await expect(
      under.outbox.registerWebhook({ url: 'https://example.org/', eventTypes: [], ...wrong }),
    ).rejects.toThrow(message);
    expect(await under.outbox.listWebhooks()).toEqual([]);
  });
});

describe('checkWebhookUrl', () => {
  it.each([
    ['http://example.org/', false, 'plain http is allowed to this machine only'],
    ['http://127.0.0.1.example.org/', false, 'plain http is allowed to this machine only'],
    ['ftp://example.org/', true, 'its scheme is ftp'],
    ['javascript:alert(1)', true, 'its scheme is javascript'],
    ['/events', true, 'not an absolute URL'],
    ['https://user:pw@example.org/', true, 'user name or password'],
    ['https://example.org/#top', true, 'fragment'],
    [`https://example.org/${'x'.repeat(2048)}`, true, '2048 are allowed'],
  ])('refuses %s (plain http allowed: %s)', (url, allowHttp, why) => {
    expect(() => checkWebhookUrl(url, { allowHttp, allowed: new AllowedHosts([]) })).toThrow(why);
  });

  it.each([
    ['https://example.org', false, 'https://example.org/'],
    ['http://127.1:8080/events', false, 'http://127.0.0.1:8080/events'],
    ['http://localhost/events', false, 'http://localhost/events'],
    ['http://[::1]:9/events', false, 'http://[::1]:9/events'],
    ['http://example.org/events', true, 'http://example.org/events'],
  ])('accepts %s (plain http allowed: %s)', (url, allowHttp, normal) => {
    expect(checkWebhookUrl(url, { allowHttp, allowed: new AllowedHosts(['127.0.0.1:8080', 'localhost', '::1']) })).toBe(
      normal,
    );
  });

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://169.254.169.254/latest/meta-data',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://10.0.0.7/',
    'https://172.16.3.4/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://198.18.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://db.localhost/',
    'http://localhost/',
    'https://１２７.０.０.１/',
  ])('refuses %s, which is no address of the public internet, unless it is allowed by name', (url) => {
    expect(() =>
      checkWebhookUrl(url, { allowHttp: true, allowed: new AllowedHosts(['127.0.0.1:8080', 'hooks.city.example']) }),
    ).toThrow('not among the allowed hosts');
    expect(() =>
      checkWebhookUrl(url, { allowHttp: true, allowed: new AllowedHosts([new URL(url).hostname]) }),
    ).not.toThrow();
  });

  it.each(['', 'a b', 'https://example.org', 'user@example.org', 'example.org/x', 'example.org:port', '999.1.1.1'])(
    'knows that %j is no host to allow',
    (entry) => {
      expect(() => new AllowedHosts([entry])).toThrow('is no host');
    },
  );
});

describe('wantsEvent', () => {
  it.each([
    [[], 'cn.example.thing.changed', true],
    [['cn.example.thing'], 'cn.example.thing.changed', true],
    [['cn.example.thing.changed'], 'cn.example.thing.changed', true],
    [['cn.example.thing'], 'cn.example.thingamy.changed', false],
    [['cn.other', 'cn.example'], 'cn.example.thing', true],
    [['cn.example.thing.changed'], 'cn.example.thing', false],
  ])('with %j, for %s, is %s', (filters, type, wanted) => {
    expect(wantsEvent(filters, type)).toBe(wanted);
  });
});

describe('retryDelay', () => {
  const policy = { firstDelayMs: 1000, longestDelayMs: 60_000, maxAttempts: 9 };
  it.each([
    [1, 0, 500],
    [1, 0.999_999, 1000],
    [2, 0, 1000],
    [4, 0.5, 6000],
    [7, 0, 30_000],
    [5000, 0.999_999, 60_000],
  ])('after %d failures with chance %d is %d ms', (failures, random, expected) => {
    expect(retryDelay({ failures, policy, random })).toBe(expected);
  });
});
