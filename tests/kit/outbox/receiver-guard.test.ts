import type { LookupAddress } from 'node:dns';
import type { OutboxOptions } from '@zhitong/kit/outbox';
import { changed, outboxUnderTest, type OutboxUnderTest } from './support/outbox-under-test.js';
import type { Receiver } from './support/receiver.js';

const loopback: LookupAddress = { address: '127.0.0.1', family: 4 };
const mapped: LookupAddress = { address: '::ffff:127.0.0.1', family: 6 };
const outside: LookupAddress = { address: '192.0.0.8', family: 4 };

describe('a webhook whose name leads inside', () => {
  let under: OutboxUnderTest;
  let inner: Receiver;
  let url: string;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url, { allowHttp: true, allowedHosts: [] });
    inner = await under.receiver();
    url = inner.url.replace('127.0.0.1', 'hooks.partner.example');
    await under.outbox.registerWebhook({ id: 'r', url, eventTypes: [] });
    await under.commit(changed('a'));
  });
  afterEach(async () => under.close());

  const deliver = async (options: Partial<OutboxOptions>): Promise<{ delivered: number; failed: number }> => {
    const { delivered, failed } = await under.dispatcher({ allowHttp: true, allowedHosts: [], ...options }).runOnce();
    return { delivered, failed };
  };

  it.each([
    ['to this machine', [loopback]],
    ['to this machine by an IPv6 address', [mapped]],
    ['outside and to this machine', [{ address: '8.8.8.8', family: 4 }, loopback]],
    ['to a metadata service', [{ address: '169.254.169.254', family: 4 }]],
    ['to an address that nobody has', [outside]],
  ])('%s is not sent anything', async (_where, addresses) => {
    expect(await deliver({ resolve: (_hostname, answer) => answer(null, addresses) })).toEqual({
      delivered: 0,
      failed: 1,
    });
    expect(inner.requests.entries).toEqual([]);
    expect(under.attempts.entries.at(-1)).toMatchObject({
      reason: expect.stringMatching(
        /^not sent: hooks\.partner\.example leads to .*not among the allowed hosts$/,
      ) as string,
    });
  });

  it('is sent to when its name is allowed, with this port and no other', async () => {
    const resolve: OutboxOptions['resolve'] = (_hostname, answer) => answer(null, [loopback]);
    const port = Number(new URL(url).port);
    expect(await deliver({ resolve, allowedHosts: [`hooks.partner.example:${port + 1}`] })).toEqual({
      delivered: 0,
      failed: 1,
    });
    under.time.advance(3_600_000);
    expect(await deliver({ resolve, allowedHosts: [`Hooks.Partner.Example:${port}`] })).toEqual({
      delivered: 1,
      failed: 0,
    });
    expect(inner.seen()).toEqual(['a']);
  });
});

describe('a webhook that was registered when its address was allowed', () => {
  it('is not sent anything once it is not, nor where a receiver redirects to', async () => {
    const under = await outboxUnderTest(import.meta.url);
    try {
      const [first, second] = [await under.registered('r'), await under.receiver()];
      await under.commit(changed('a'));
      expect(await under.dispatcher({ allowedHosts: ['127.0.0.1:1'] }).runOnce()).toMatchObject({
        delivered: 0,
        failed: 1,
      });
      expect(first.requests.entries).toEqual([]);
      first.answer = () => ({ status: 307, headers: { location: second.url } });
      under.time.advance(3_600_000);
      expect(await under.dispatcher().runOnce()).toMatchObject({ delivered: 0, failed: 1 });
      expect([first.requests.entries.length, second.requests.entries.length]).toEqual([1, 0]);
      expect(under.attempts.entries.at(-1)).toMatchObject({ reason: 'answered 307' });
    } finally {
      await under.close();
    }
  });
});
