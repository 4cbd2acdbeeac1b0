import { connect, type Socket } from 'node:net';
import { bearer, FIRST, startSmallCity, type SmallCity } from './support/small-city.js';

const MOST = 3;
const slow = { query: 'query Slow { echo(number: 1) }' };
const slowMutation = { query: `mutation Slow { look(uscc: "${FIRST}") { uscc } }` };
const ordinary = { query: '{ ledger __typename }' };

describe('a caller that has as many requests in flight as one may have', () => {
  let city: SmallCity;
  /** Answers what the department holds back. */
  let held: (() => void)[];
  let onHeld: () => void;
  beforeEach(async () => {
    held = [];
    onHeld = () => undefined;
    city = await startSmallCity({ GATEWAY_LIMIT_IN_FLIGHT: String(MOST), GATEWAY_TRUST_PROXY_HOPS: '1' });
    city.registry.behave((request, response, received) => {
      if (!received.query.includes('echo') && !received.query.includes('look'))
        return city.registry.properly(request, response, received);
      held.push(() => void city.registry.properly(request, response, received));
      onHeld();
    });
  });
  afterEach(async () => {
    held.forEach((answer) => answer());
    await city.stop();
  });
  const heldBack = (count: number): Promise<void> =>
    new Promise((resolve) => {
      onHeld = () => {
        if (held.length >= count) resolve();
      };
      onHeld();
    });
  const address = (ip: string): Record<string, string> => ({ 'x-forwarded-for': ip });
  const refusal = {
    status: 429,
    body: {
      errors: [{ extensions: { code: 'RATE_LIMITED', measure: 'inFlight', limit: MOST, retryAfterSeconds: 1 } }],
    },
  };

  it.each<[string, () => Promise<Record<string, string>>, () => Promise<Record<string, string>>]>([
    ['subject', async () => bearer(await city.token('AUDITOR')), async () => bearer(await city.token('COORDINATOR'))],
    [
      'address',
      async () => Promise.resolve(address('203.0.113.1')),
      async () => Promise.resolve(address('203.0.113.2')),
    ],
  ])(
    'is told so with HTTP 429 and Retry-After by its %s, while another is answered, until one is done',
    async (_by, one, other) => {
      const mine = await one();
      const waiting = Array.from({ length: MOST }, async () => city.ask(slow, mine));
      await heldBack(MOST);
      const refused = await city.ask(ordinary, mine);
      expect(refused).toMatchObject(refusal);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect((await city.ask(ordinary, await other())).status).toBe(200);
      expect(city.registry.received).toHaveLength(MOST);
      held.shift()?.();
      await Promise.race(waiting);
      expect((await city.ask(ordinary, mine)).status).toBe(200);
    },
  );

  it('cannot ask by GET instead', async () => {
    const waiting = Array.from({ length: MOST }, async () => city.ask(slow, address('203.0.113.1')));
    await heldBack(MOST);
    const response = await fetch(`${city.gateway.url}?query=${encodeURIComponent('{__typename}')}`, {
      headers: { 'apollo-require-preflight': 'yes', ...address('203.0.113.1') },
    });
    expect(response.status).toBe(429);
    held.splice(0).forEach((answer) => answer());
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('does not get its places back by going away while its mutations are done', async () => {
    const gone = Array.from({ length: MOST }, () => {
      const leaving = new AbortController();
      const asked = fetch(city.gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...address('203.0.113.1') },
        body: JSON.stringify(slowMutation),
        signal: leaving.signal,
      });
      return {
        leave: () => leaving.abort(),
        left: asked.then(
          () => 'answered',
          () => 'left',
        ),
      };
    });
    await heldBack(MOST);
    gone.forEach(({ leave }) => leave());
    expect(await Promise.all(gone.map(async ({ left }) => left))).toEqual(['left', 'left', 'left']);
    expect(await city.ask(ordinary, address('203.0.113.1'))).toMatchObject(refusal);
    held.splice(0).forEach((answer) => answer());
    while ((await city.ask(ordinary, address('203.0.113.1'))).status !== 200);
  });

  it('gets them back by going away while it is only asked', async () => {
    const leaving = new AbortController();
    const headers = { 'content-type': 'application/json', ...address('203.0.113.1') };
    const asked = Array.from({ length: MOST }, async () =>
      fetch(city.gateway.url, { method: 'POST', headers, body: JSON.stringify(slow), signal: leaving.signal }).catch(
        () => undefined,
      ),
    );
    await heldBack(MOST);
    leaving.abort();
    await Promise.all(asked);
    while ((await city.ask(ordinary, address('203.0.113.1'))).status !== 200);
  });

  it('occupies them with bodies that do not come, and gets them back when the connection ends', async () => {
    const { hostname, port } = new URL(city.gateway.url);
    const head =
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Forwarded-For: 203.0.113.1\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n';
    const sockets = await Promise.all(
      Array.from(
        { length: MOST },
        async () =>
          new Promise<Socket>((resolve) => {
            const socket = connect(Number(port), hostname, () => socket.write(head));
            // The server goes on with the request when it has said so.
            socket.once('data', () => resolve(socket));
          }),
      ),
    );
    let answer = await city.ask(ordinary, address('203.0.113.1'));
    while (answer.status === 200) answer = await city.ask(ordinary, address('203.0.113.1'));
    expect(answer).toMatchObject(refusal);
    sockets.forEach((socket) => socket.destroy());
    while ((await city.ask(ordinary, address('203.0.113.1'))).status !== 200);
  });
});
