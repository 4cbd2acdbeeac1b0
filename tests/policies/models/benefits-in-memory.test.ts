import { createLogger } from '@zhitong/kit';
import { countCommands, testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { inTransaction } from '@zhitong/kit/mongo';
import {
  openBenefitsInMemory,
  type BenefitsInMemory,
} from '../../../subgraphs/policies/src/memory/benefits-in-memory.js';
import type { GrantChangesHeard } from '../../../subgraphs/policies/src/models/grants/grant-changes.js';
import { grantStore, type GrantStore } from '../../../subgraphs/policies/src/models/grants/grant.js';
import type { GrantRecord } from '../../../subgraphs/policies/src/models/grants/grant-record.js';
import { until } from '../../support/until.js';

const logger = createLogger({ name: 'test', level: 'silent' });
const HOLDER = '91421200MA00000017';
const OTHER = '91421200MA00000025';
const THIRD = '91421200MA00000033';
const AT = new Date('2026-10-20T04:00:00Z');
let database: TestDatabase;
let grants: GrantStore;
const open: BenefitsInMemory[] = [];

/** Benefits as a process that starts now knows them. */
async function started(
  options: { follow?: boolean; most?: number; grants?: GrantStore; elapsed?: () => number } = {},
): Promise<BenefitsInMemory> {
  // Unless a test says otherwise no time passes, however slow the machine is.
  const benefits = await openBenefitsInMemory({ grants, logger, elapsed: () => 0, ...options });
  open.push(benefits);
  return benefits;
}

const grantOf = (uscc: string, policyId = 'p-1'): GrantRecord => ({
  id: `${policyId}-${uscc}`,
  uscc,
  policyId,
  period: 'ALL',
  status: 'IDENTIFIED',
  paidFen: 0,
  version: 1,
  identifiedAt: AT,
  updatedAt: AT,
  reserved: false,
  settled: 0,
  account: null,
  instalmentsFen: [],
  publicUntil: null,
  publicityDays: 0,
  amountFen: 0,
  regionCode: '421202',
  department: 'KJJ',
  policyVersion: 1,
});

const collection = () => database.connection.collection('grants');
const put = async (...all: GrantRecord[]): Promise<unknown> => collection().insertMany(all.map((one) => ({ ...one })));

/** Policies whose benefits an enterprise holds, with an asterisk behind those that were paid. */
const heldOf = async (benefits: BenefitsInMemory, uscc: string): Promise<string[]> =>
  ((await benefits.heldBy([uscc])).get(uscc) ?? []).map(({ policyId, isPaid }) => `${policyId}${isPaid ? '*' : ''}`);

/** How many commands it takes to say what some enterprises hold. */
const commandsFor = async (benefits: BenefitsInMemory, ...usccs: string[]): Promise<number> =>
  (await countCommands(database.connection, async () => benefits.heldBy(usccs))).commands.filter(
    (name) => name === 'find',
  ).length;

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  grants = grantStore(database.connection);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (benefits) => benefits.close()));
  await database.empty();
});
afterAll(async () => database.close());

describe('what is held, in memory', () => {
  it('is read once of a holder, and never of those who hold nothing', async () => {
    await put(grantOf(HOLDER), grantOf(HOLDER, 'p-2'));
    const benefits = await started();
    expect([await commandsFor(benefits, OTHER), await commandsFor(benefits, HOLDER, OTHER)]).toEqual([0, 1]);
    // The stream may still tell of what was put before, which is then read once more.
    await until(async () => (await commandsFor(benefits, HOLDER, OTHER)) === 0);
    expect([(await heldOf(benefits, HOLDER)).sort(), await heldOf(benefits, OTHER)]).toEqual([['p-1', 'p-2'], []]);
  });

  it('is learned of what another process gives, pays and takes back', async () => {
    const benefits = await started();
    await put(grantOf(HOLDER));
    await until(async () => (await heldOf(benefits, HOLDER)).join() === 'p-1');
    await collection().updateOne({ uscc: HOLDER }, { $set: { paidFen: 100 } });
    await until(async () => (await heldOf(benefits, HOLDER)).join() === 'p-1*');
    await collection().deleteOne({ uscc: HOLDER });
    await until(async () => (await heldOf(benefits, HOLDER)).join() === '');
    expect(await heldOf(benefits, OTHER)).toEqual([]);
  });

  it('is right at once after this process has changed it, whether or not the stream has told so', async () => {
    const deaf = { ...grants, watchChanges: async () => async () => undefined };
    const benefits = await started({ grants: deaf });
    await inTransaction(database.connection, async (session) => {
      await grants.putHistory([grantOf(HOLDER)], [], session);
      // Not given yet; what is read in the middle must not be kept after it.
      expect(await heldOf(benefits, HOLDER)).toEqual([]);
    });
    expect(await heldOf(benefits, HOLDER)).toEqual(['p-1']);
    expect(await commandsFor(benefits, HOLDER)).toBe(0);
    const move = { move: 'PAY', by: 'somebody', note: '', at: AT } as const;
    await inTransaction(database.connection, async (session) => {
      await grants.change(grantOf(HOLDER), { paidFen: 100, amountFen: 100 }, move, session);
      expect(await heldOf(benefits, HOLDER)).toEqual(['p-1']);
    });
    expect(await heldOf(benefits, HOLDER)).toEqual(['p-1*']);
    const hadFen = async () => (await benefits.heldBy([HOLDER])).get(HOLDER)?.map((benefit) => benefit.hadFen);
    expect(await hadFen()).toEqual([100]);
    await inTransaction(database.connection, async (session) => grants.noteRecovered(grantOf(HOLDER), 40, session));
    expect(await hadFen()).toEqual([60]);
  });

  it('is kept as it was when a transaction of this process fails', async () => {
    await put(grantOf(HOLDER));
    const benefits = await started();
    const failing = inTransaction(database.connection, async (session) => {
      await grants.putHistory([grantOf(HOLDER, 'p-2'), grantOf(OTHER)], [], session);
      throw new Error('in the middle');
    });
    await expect(failing).rejects.toThrow('in the middle');
    expect([await heldOf(benefits, HOLDER), await heldOf(benefits, OTHER)]).toEqual([['p-1'], []]);
    expect(await commandsFor(benefits, HOLDER, OTHER)).toBe(0);
  });

  it('is not kept when it was changed while it was read', async () => {
    await put(grantOf(HOLDER));
    const heard: GrantChangesHeard[] = [];
    const benefits = await started({
      grants: {
        ...grants,
        watchChanges: async (listener) => (heard.push(listener), async () => undefined),
        heldBy: async (usccs) => {
          const before = await grants.heldBy(usccs);
          if (heard.length === 1) {
            await collection().updateOne({ uscc: HOLDER }, { $set: { paidFen: 100 } });
            heard.splice(0).forEach(({ changed }) => changed(HOLDER));
          }
          return before;
        },
      },
    });
    expect([await heldOf(benefits, HOLDER), await heldOf(benefits, HOLDER)]).toEqual([['p-1'], ['p-1*']]);
  });

  it('is asked of the database while the stream is broken, and is read again', async () => {
    const broken: ((error: unknown) => void)[] = [];
    const benefits = await started({
      grants: { ...grants, watchChanges: async (heard) => (broken.push(heard.broken), grants.watchChanges(heard)) },
    });
    expect(await commandsFor(benefits, OTHER)).toBe(0);
    broken[0]?.(new Error('the stream was lost'));
    await put(grantOf(OTHER));
    expect(await heldOf(benefits, OTHER)).toEqual(['p-1']);
    await until(async () => (await commandsFor(benefits, THIRD)) === 0);
    expect(broken).toHaveLength(2);
  });

  it('is asked of the database while the stream is silent for longer than it ever is', async () => {
    let milliseconds = 0;
    let beats = 0;
    const benefits = await started({
      elapsed: () => milliseconds,
      grants: {
        ...grants,
        watchChanges: async (heard) =>
          grants.watchChanges({
            ...heard,
            heard: () => {
              beats += 1;
              heard.heard();
            },
          }),
      },
    });
    milliseconds = 60_000;
    expect(await commandsFor(benefits, OTHER)).toBe(1);
    const before = beats;
    await until(async () => beats > before);
    expect(await commandsFor(benefits, OTHER)).toBe(0);
  });

  it('is asked of the database by a command that follows nothing, and where more hold something than are kept', async () => {
    await put(grantOf(HOLDER), grantOf(OTHER));
    const [command, full] = [await started({ follow: false }), await started({ most: 1 })];
    expect([await commandsFor(command, THIRD), await commandsFor(full, THIRD)]).toEqual([1, 1]);
  });

  it('is nothing for nobody, and then the database is not asked', async () => {
    const { result, commands } = await countCommands(database.connection, async () => grants.heldBy([]));
    expect([result.size, commands]).toEqual([0, []]);
  });
});
