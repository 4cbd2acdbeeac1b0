import { createLogger } from '@zhitong/kit';
import { countCommands, testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import type { ClientSession } from 'mongoose';
import { openKnownHolders, type KnownHolders } from '../../../subgraphs/policies/src/memory/known-holders.js';
import { grantStore, type GrantStore } from '../../../subgraphs/policies/src/models/grants/grant.js';
import type { GrantRecord } from '../../../subgraphs/policies/src/models/grants/grant-record.js';

const logger = createLogger({ name: 'test', level: 'silent' });
const HOLDER = '91421200MA00000017';
const OTHER = '91421200MA00000025';
let database: TestDatabase;
let grants: GrantStore;
const open: KnownHolders[] = [];

/** Holders as a process that starts now knows them. */
async function started(options: { follow?: boolean; most?: number; grants?: GrantStore } = {}): Promise<KnownHolders> {
  const holders = await openKnownHolders({ grants, logger, ...options });
  open.push(holders);
  return holders;
}

const grantOf = (uscc: string, policyId = 'p-1'): GrantRecord =>
  ({ id: `${policyId}-${uscc}`, uscc, policyId, period: 'ALL', status: 'IDENTIFIED', paidFen: 0 }) as GrantRecord;

/** Looks again after each answer of the database, which is how long the news may take. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await database.connection.db?.command({ ping: 1 });
}

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  grants = grantStore(database.connection);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (holders) => holders.close()));
  await database.empty();
});
afterAll(async () => database.close());

describe('who may hold a benefit', () => {
  it('is everybody who was given something before the process started, and nobody else', async () => {
    await database.connection.collection('grants').insertOne(grantOf(HOLDER));
    const holders = await started();
    expect([holders.mayHold(HOLDER), holders.mayHold(OTHER)]).toEqual([true, false]);
  });

  it('is known at once of what this process gives, before the transaction has ended', async () => {
    const holders = await started();
    await database.connection.transaction(async (session: ClientSession) => {
      await grants.insertAll([], 'test', session);
      await grants.putHistory([grantOf(HOLDER)], [], session).catch(() => undefined);
      expect([holders.mayHold(HOLDER), holders.mayHold(OTHER)]).toEqual([true, false]);
    });
  });

  it('is learned of what another process gives', async () => {
    const holders = await started();
    await database.connection.collection('grants').insertOne(grantOf(OTHER));
    await until(() => holders.mayHold(OTHER));
    expect(holders.mayHold(HOLDER)).toBe(false);
  });

  it('is everybody while the stream is broken, and is read again', async () => {
    const broken: ((error: unknown) => void)[] = [];
    const holders = await started({
      grants: { ...grants, watchGiven: async (heard) => (broken.push(heard.broken), grants.watchGiven(heard)) },
    });
    expect(holders.mayHold(OTHER)).toBe(false);
    broken[0]?.(new Error('the stream was lost'));
    expect(holders.mayHold(OTHER)).toBe(true);
    await until(() => !holders.mayHold(OTHER));
    expect(broken).toHaveLength(2);
  });

  it('is everybody for a command that follows nothing, and where more hold something than are kept', async () => {
    await database.connection.collection('grants').insertMany([grantOf(HOLDER), grantOf(OTHER)]);
    const [command, full] = [await started({ follow: false }), await started({ most: 1 })];
    expect([command.mayHold('91421200MA00000033'), full.mayHold('91421200MA00000033')]).toEqual([true, true]);
  });

  it('is nobody on most pages, and then the database is not asked what they hold', async () => {
    const { result, commands } = await countCommands(database.connection, async () => grants.heldBy([]));
    expect([result.size, commands]).toEqual([0, []]);
  });
});
