import { Agent } from 'undici';
import { changed, outboxUnderTest, type OutboxUnderTest } from './support/outbox-under-test.js';

const LEASE = 60_000;

describe('dispatchers side by side', () => {
  let under: OutboxUnderTest;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url);
  });
  afterEach(async () => under.close());

  it('deliver each event once and in the order of its subject while nobody dies', async () => {
    const [r, q] = [await under.registered('r'), await under.registered('q')];
    const dispatchers = [under.dispatcher(), under.dispatcher(), under.dispatcher()];
    for (const dispatcher of dispatchers) dispatcher.start();
    for (let batch = 0; batch < 10; batch += 1) {
      await under.commit(...Array.from({ length: 20 }, (_, n) => changed(`s${n % 4}`, batch * 20 + n)));
    }
    await Promise.all([r.requests.until(200), q.requests.until(200)]);
    await under.attempts.until(400);
    await Promise.all(dispatchers.map(async (dispatcher) => dispatcher.stop()));
    for (const receiver of [r, q]) {
      expect(receiver.requests.entries).toHaveLength(200);
      for (const subject of ['s0', 's1', 's2', 's3']) {
        const seen = receiver.requests.entries
          .filter(({ event }) => event.subject === subject)
          .map(({ event }) => Number(event.data));
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
        expect(new Set(seen).size).toBe(50);
      }
    }
    expect(await under.outbox.stats()).toMatchObject({ waiting: 0, pending: 0, deadLetters: 0 });
  });

  it('take over what one of them held when it died in the middle, after its lease and not before', async () => {
    const receiver = await under.registered('r');
    receiver.answer = (_request, count) => (count === 1 ? 'hang' : 204);
    // Time stands still for the one that dies: it neither times out nor gives its lease back.
    const dying = under.dispatcher({ timers: { after: () => () => undefined } });
    const survivor = under.dispatcher();
    await under.commit(changed('a', 1), changed('a', 2));
    const neverEnding = dying.runOnce();
    await receiver.requests.until(1);

    under.time.advance(LEASE - 1);
    expect(await survivor.runOnce()).toMatchObject({ delivered: 0, failed: 0 });
    expect(receiver.seen()).toEqual([1]);
    under.time.advance(1);
    expect(await survivor.runOnce()).toMatchObject({ delivered: 2, failed: 0 });
    expect(receiver.seen()).toEqual([1, 1, 2]);

    // The dead one's ghost comes back to a closed connection: what the survivor recorded stands.
    await receiver.close();
    await neverEnding;
    expect(receiver.seen()).toEqual([1, 1, 2]);
    expect(await under.outbox.stats()).toMatchObject({ pending: 0, deadLetters: 0 });
  });

  it('are taken over without any new event, when the lease of the dead one runs out', async () => {
    const receiver = await under.registered('r');
    receiver.answer = (_request, count) => (count === 1 ? 'hang' : 204);
    const agent = new Agent();
    const dying = under.dispatcher({ timers: { after: () => () => undefined }, httpAgent: agent });
    await under.commit(changed('a'));
    const neverEnding = dying.runOnce();
    await receiver.requests.until(1);
    const survivor = under.dispatcher();
    survivor.start();
    await under.commit(changed('b'));
    under.time.advance(LEASE);
    await receiver.requests.until(3);
    expect(receiver.seen().slice(1).sort()).toEqual(['a', 'b']);
    await agent.destroy();
    await neverEnding;
  });

  it('prolong a lease over a slow round, so that nobody takes it away', async () => {
    const receiver = await under.registered('r');
    receiver.answer = () => {
      under.time.advance(14_000);
      return 204;
    };
    const other = under.dispatcher();
    const slow = under.dispatcher({ parallel: 1 });
    await under.commit(...Array.from({ length: 20 }, (_, n) => changed(`s${n}`)));
    const round = slow.runOnce();
    for (let look = 1; look <= 4; look += 1) {
      await receiver.requests.until(look * 5);
      expect(await other.runOnce()).toMatchObject({ delivered: 0, failed: 0 });
    }
    expect(await round).toMatchObject({ delivered: 20 });
    expect(receiver.requests.entries).toHaveLength(20);
  });

  it('finish the delivery in flight when stopped, and begin no other', async () => {
    const receiver = await under.registered('r');
    let answer: (status: number) => void = () => undefined;
    receiver.answer = async () => new Promise<number>((resolve) => (answer = resolve));
    const dispatcher = under.dispatcher({ parallel: 1 });
    dispatcher.start();
    await under.commit(changed('a'), changed('b'));
    await receiver.requests.until(1);
    const stopped = dispatcher.stop();
    answer(204);
    await stopped;
    expect(receiver.seen()).toEqual(['a']);
    expect(under.attempts.entries.map(({ result }) => result)).toEqual(['delivered']);

    receiver.answer = () => 204;
    await under.dispatcher().runOnce();
    expect(receiver.seen()).toEqual(['a', 'b']);
    await dispatcher.stop();
  });

  it('are started once', () => {
    const dispatcher = under.dispatcher();
    dispatcher.start();
    expect(() => dispatcher.start()).toThrow('started once');
  });
});
