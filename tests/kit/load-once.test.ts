import { finishedLoad, loadOnce } from '@zhitong/kit/subgraph';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';

interface Settings {
  readonly day: string;
  readonly rows: number;
}

const clock = { now: () => new Date('2026-11-20T04:00:00Z') };
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(import.meta.url);
});
afterEach(async () => database.connection.dropDatabase());
afterAll(async () => database.close());

/** Loads rows that have their number for a key; `killedAfter` some of them it stops as a killed process would. */
async function load(wanted: Settings, killedAfter = Infinity) {
  const { connection } = database;
  return loadOnce<Settings>({
    connection,
    name: 'sample',
    clock,
    wanted: () => {
      if (wanted.rows < 1) throw new Error(`rows is ${wanted.rows}`);
      return wanted;
    },
    load: async (settings) => {
      for (let row = 0; row < settings.rows; row += 1) {
        if (row === killedAfter) throw new Error('killed');
        await connection
          .collection<{ _id: number; day: string }>('rows')
          .replaceOne({ _id: row }, { day: settings.day }, { upsert: true });
      }
      return settings;
    },
  });
}
const rows = async (): Promise<string[]> =>
  (await database.connection.collection<{ _id: number; day: string }>('rows').find().sort({ _id: 1 }).toArray()).map(
    ({ day }) => day,
  );
const finished = async (): Promise<Settings | null> => finishedLoad<Settings>(database.connection, 'sample');

describe('a load', () => {
  it('is done once, and returns later what it was begun with', async () => {
    expect(await load({ day: 'monday', rows: 2 })).toEqual({ settings: { day: 'monday', rows: 2 }, wasLoaded: false });
    expect(await load({ day: 'tuesday', rows: 3 })).toEqual({ settings: { day: 'monday', rows: 2 }, wasLoaded: true });
    expect(await rows()).toEqual(['monday', 'monday']);
    expect(await finished()).toEqual({ day: 'monday', rows: 2 });
  });

  it('that was killed is not taken for a whole one, and is completed as it was begun', async () => {
    await expect(load({ day: 'monday', rows: 3 }, 1)).rejects.toThrow('killed');
    expect(await finished()).toBeNull();
    expect(await load({ day: 'tuesday', rows: 9 })).toEqual({ settings: { day: 'monday', rows: 3 }, wasLoaded: false });
    expect(await rows()).toEqual(['monday', 'monday', 'monday']);
    expect(await finished()).toEqual({ day: 'monday', rows: 3 });
  });

  it('that two processes begin at once has the settings of one of them', async () => {
    const [one, other] = await Promise.all([load({ day: 'monday', rows: 3 }), load({ day: 'tuesday', rows: 3 })]);
    expect(one.settings).toEqual(other.settings);
    expect(await rows()).toEqual(Array.from({ length: 3 }, () => one.settings.day));
  });

  it('with settings that are wrong is refused and leaves no mark, begun or not', async () => {
    await expect(load({ day: 'monday', rows: 0 })).rejects.toThrow('rows is 0');
    expect(await database.connection.collection('sample').countDocuments()).toBe(0);
    await expect(load({ day: 'monday', rows: 2 }, 1)).rejects.toThrow('killed');
    await expect(load({ day: 'monday', rows: 0 })).rejects.toThrow('rows is 0');
    expect(await rows()).toEqual(['monday']);
  });

  it('keeps what its work returns at the end', async () => {
    await loadOnce({
      connection: database.connection,
      name: 'sample',
      clock,
      wanted: () => ({ count: 0 }),
      load: () => Promise.resolve({ count: 7 }),
    });
    expect(await finishedLoad(database.connection, 'sample')).toEqual({ count: 7 });
  });
});
