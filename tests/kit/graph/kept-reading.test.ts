import { createLogger, type Logger } from '@zhitong/kit';
import { keptReading } from '@zhitong/kit/graph';
import { openJobs } from '@zhitong/kit/jobs';
import { readingStore } from '@zhitong/kit/mongo';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase(import.meta.url);
});
beforeEach(async () => {
  await db.connection.collection('readings').deleteMany({});
});
afterAll(async () => db.close());

/** A kept reading of what the test says, over a clock that the test moves. */
function kept(source: () => Promise<string | null>, id = 'one') {
  let now = new Date('2026-11-20T02:00:00.000Z');
  let asked = 0;
  const logged: string[] = [];
  const log = (level: string) => () => void logged.push(level);
  const reading = keptReading<string>({
    source: async () => {
      asked += 1;
      return source();
    },
    store: readingStore(db.connection, { collection: 'readings', id }),
    clock: { now: () => now },
    logger: { info: log('info'), warn: log('warn'), error: log('error') } as unknown as Logger,
    what: 'the word',
  });
  return { reading, logged, asked: () => asked, later: (ms: number) => void (now = new Date(now.getTime() + ms)) };
}
const down = async (): Promise<never> => Promise.reject(new Error('down'));

describe('a kept reading', () => {
  it('is nothing at first, and then what was read last, for a process that starts while the source is down too', async () => {
    const { reading } = kept(async () => 'one');
    expect([reading.current(), await reading.latest()]).toEqual([null, null]);
    expect(await reading.refresh()).toBe('one');
    expect(reading.current()).toBe('one');
    const other = kept(down).reading;
    expect(await other.refresh()).toBe('one');
    expect(other.current()).toBe('one');
    expect(await kept(down, 'another').reading.refresh()).toBeNull();
  });

  it('is read again at a question ten seconds later, and at each one while nothing was ever read', async () => {
    let word: string | null = null;
    const { reading, asked, later } = kept(async () => word);
    expect([await reading.renewed(), await reading.renewed(), asked()]).toEqual([null, null, 2]);
    word = 'first';
    expect(await reading.renewed()).toBe('first');
    word = 'second';
    expect([await reading.renewed(), asked()]).toEqual(['first', 3]);
    later(10_000);
    expect([await reading.renewed(), asked()]).toEqual(['second', 4]);
  });

  it('keeps what it has when the source has nothing to replace it with', async () => {
    let word: string | null = 'kept';
    const { reading } = kept(async () => word);
    await reading.refresh();
    word = null;
    expect([await reading.refresh(), reading.current()]).toEqual(['kept', 'kept']);
  });

  it('warns when it could not be read a minute after the start, or for a day', async () => {
    const never = kept(down);
    await never.reading.refresh();
    never.later(60_000);
    await never.reading.refresh();
    expect(never.logged).toEqual(['info', 'warn']);

    let isDown = false;
    const once = kept(async () => (isDown ? down() : 'one'));
    await once.reading.refresh();
    isDown = true;
    once.later(24 * 3_600_000);
    await once.reading.refresh();
    once.later(1);
    await once.reading.refresh();
    expect(once.logged).toEqual(['info', 'warn']);
  });

  it('is read once for all who ask at the same moment', async () => {
    const { reading, asked } = kept(async () => 'one');
    expect(await Promise.all([reading.refresh(), reading.renewed(), reading.refresh()])).toEqual(['one', 'one', 'one']);
    expect(asked()).toBe(1);
  });

  it('takes a document of another form for none', async () => {
    await db.connection
      .collection<{ _id: string }>('readings')
      .insertOne({ _id: 'one', codes: ['JRB'] } as { _id: string });
    expect(await kept(down).reading.latest()).toBeNull();
    expect(await kept(async () => 'one').reading.refresh()).toBe('one');
  });

  it('follows its source by itself, through a failure, until it is stopped', async () => {
    const words = ['first', 'second'];
    let reached = (): void => undefined;
    const end = new Promise<void>((resolve) => (reached = resolve));
    const { reading, asked } = kept(async () => {
      const word = words.shift();
      if (word === 'second') return down();
      if (word === undefined) reached();
      return word ?? 'third';
    });
    const following = openJobs({
      connection: db.connection,
      logger: createLogger({ name: 'test', level: 'silent' }),
    }).start(reading.job('follow', 1));
    await end;
    await following.stop();
    expect(reading.current()).toBe('third');
    const before = asked();
    await reading.latest();
    expect(asked()).toBe(before);
  });
});
