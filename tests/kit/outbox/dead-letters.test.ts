import { aDate, including, textLike } from './support/expectations.js';
import { changed, outboxUnderTest, type OutboxUnderTest } from './support/outbox-under-test.js';

const DAY = 24 * 3600_000;

describe('dead letters', () => {
  let under: OutboxUnderTest;
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url, { retry: { maxAttempts: 3 }, pauseAfter: 1000 });
  });
  afterEach(async () => under.close());

  /** Lets every retry happen. */
  const exhaust = async () => {
    const dispatcher = under.dispatcher();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await dispatcher.runOnce();
      under.time.advance(DAY);
    }
    await dispatcher.runOnce();
  };

  it('hold an event after its last attempt, with what went wrong, and let its successors pass', async () => {
    const receiver = await under.registered('r');
    receiver.answer = ({ event }) => (event.data === 'poison' ? 422 : 204);
    await under.commit(changed('a', 'poison'), changed('a', 'next'));
    await exhaust();
    expect(receiver.seen()).toEqual(['poison', 'poison', 'poison', 'next']);
    expect(await under.outbox.deadLetters.list()).toEqual({
      items: [
        {
          id: textLike(/^r:/),
          webhookId: 'r',
          event: including({ subject: 'a', data: 'poison' }),
          attempts: 3,
          replays: 0,
          lastStatus: 422,
          lastError: 'answered 422',
          deadOn: aDate,
        },
      ],
      endCursor: undefined,
    });
    expect(under.attempts.entries.map(({ result }) => result)).toEqual(['retry', 'retry', 'dead', 'delivered']);
  });

  it('are sent again on replay, with the same id and all their attempts, woken without a poll', async () => {
    const receiver = await under.registered('r');
    receiver.answer = () => 422;
    await under.commit(changed('a'), changed('b'));
    await exhaust();
    const { items } = await under.outbox.deadLetters.list();
    expect(items.map(({ event }) => event.subject)).toEqual(['a', 'b']);
    const ids = new Set(receiver.requests.entries.map(({ event }) => event.id));

    receiver.answer = (_request, count) => (count <= 8 ? 422 : 204);
    under.dispatcher().start();
    expect(await under.outbox.deadLetters.replay([items[0]?.id ?? '', 'r:unknown'])).toEqual({ replayed: 1 });
    await receiver.requests.until(7);
    await under.attempts.until(7);
    expect((await under.outbox.deadLetters.list()).items.map(({ event }) => event.subject)).toEqual(['b']);
    under.time.advance(DAY);
    await under.attempts.until(8);
    under.time.advance(DAY);
    await under.attempts.until(9);
    expect(under.attempts.entries.slice(-3).map(({ attempt, result }) => [attempt, result])).toEqual([
      [1, 'retry'],
      [2, 'retry'],
      [3, 'delivered'],
    ]);
    expect(await under.outbox.deadLetters.replay('all')).toEqual({ replayed: 1 });
    await under.attempts.until(10);
    expect(await under.outbox.deadLetters.list()).toEqual({ items: [], endCursor: undefined });
    expect(new Set(receiver.requests.entries.map(({ event }) => event.id))).toEqual(ids);
  });

  it('are replayed once when the button is pressed twice', async () => {
    const receiver = await under.registered('r');
    receiver.answer = () => 422;
    await under.commit(changed('a'));
    await exhaust();
    expect(await Promise.all([under.outbox.deadLetters.replay('all'), under.outbox.deadLetters.replay('all')])).toEqual(
      expect.arrayContaining([{ replayed: 1 }, { replayed: 0 }]),
    );
  });

  it('are paged in the order of the events, also where two webhooks failed on the same ones', async () => {
    for (const id of ['r', 'q']) (await under.registered(id)).answer = () => 422;
    await under.commit(...Array.from({ length: 5 }, (_, n) => changed(`s${n}`)));
    await exhaust();
    const seen: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await under.outbox.deadLetters.list({ first: 3, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map(({ event, webhookId }) => `${event.subject} ${webhookId}`));
      after = page.endCursor;
      pages += 1;
    } while (after !== undefined);
    expect(pages).toBe(4);
    expect(seen).toEqual(['s0', 's1', 's2', 's3', 's4'].flatMap((subject) => [`${subject} q`, `${subject} r`]));
  });

  it.each([
    [{ first: 0 }, 'first is 0'],
    [{ first: 201 }, 'first is 201'],
    [{ after: 'x' }, 'after is "x", which is no cursor'],
  ])('refuse the page %j', async (page, message) => {
    await expect(under.outbox.deadLetters.list(page)).rejects.toThrow(message);
  });
});
