import { ensureOnceIndexes, onceScope, runOnce } from '@zhitong/kit/commands';
import { inTransaction } from '@zhitong/kit/mongo';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { expiryPasses } from '../support/expiry-passes.js';

describe('runOnce', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase(import.meta.url);
    await ensureOnceIndexes(db.connection);
  });
  afterAll(async () => db.close());

  const write = (key: string, request: unknown, fail = false) =>
    runOnce({
      connection: db.connection,
      scope: 'clerk:pay',
      key,
      request,
      work: async (session) => {
        const { insertedId } = await db.connection.collection('paid').insertOne({ key }, { session });
        if (fail) throw new Error('power cut');
        return { receipt: insertedId.toHexString() };
      },
    });
  const paid = (key: string) => db.connection.collection('paid').countDocuments({ key });

  it('acts once and answers the same when the same request comes again', async () => {
    const first = await write('k-1', { amount: 5 });
    const second = await write('k-1', { amount: 5 });
    expect(first).toMatchObject({ kind: 'done', repeated: false });
    expect(second).toEqual({ ...first, repeated: true });
    expect(await paid('k-1')).toBe(1);
  });

  it('acts once when ten requests with one key race', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => write('k-2', { amount: 5 })));
    expect(await paid('k-2')).toBe(1);
    expect(new Set(answers.map((answer) => (answer.kind === 'done' ? answer.outcome.receipt : answer.kind))).size).toBe(
      1,
    );
    expect(answers.filter((answer) => answer.kind === 'done' && !answer.repeated)).toHaveLength(1);
  });

  it('refuses a key that was used for another request, and writes nothing', async () => {
    await write('k-3', { amount: 5 });
    expect(await write('k-3', { amount: 6 })).toEqual({ kind: 'key-reused' });
    expect(await paid('k-3')).toBe(1);
  });

  it('keeps a key for 30 days by the clock of the database, which also lets it expire', async () => {
    const hello = await db.connection.getClient().db('admin').command({ hello: 1 });
    await write('k-5', { amount: 5 });
    await expiryPasses(db);
    expect(await write('k-5', { amount: 5 })).toMatchObject({ kind: 'done', repeated: true });
    const stored = await db.connection
      .collection<{ _id: string; at: Date }>('idempotency')
      .findOne({ _id: 'clerk:pay:k-5' });
    expect(stored?.at.getTime()).toBeGreaterThanOrEqual((hello['localTime'] as Date).getTime());
    const [expiry] = (await db.connection.collection('idempotency').indexes()).filter(({ name }) => name === 'expiry');
    expect(expiry).toMatchObject({ key: { at: 1 }, expireAfterSeconds: 30 * 24 * 3600 });
  });

  it('leaves the key free when the work fails, so that a retry acts', async () => {
    await expect(write('k-4', { amount: 5 }, true)).rejects.toThrow('power cut');
    expect(await paid('k-4')).toBe(0);
    expect(await write('k-4', { amount: 5 })).toMatchObject({ kind: 'done', repeated: false });
    expect(await paid('k-4')).toBe(1);
  });
});

describe('the scope of a key', () => {
  const clerk = { sub: 'clerk', roles: ['OFFICER'], department: 'RSJ' };

  it('is another one for another account, role, department, enterprise or mutation', () => {
    const scopes = [
      onceScope(clerk, 'pay'),
      onceScope({ ...clerk, sub: 'other' }, 'pay'),
      onceScope({ ...clerk, roles: ['COORDINATOR'] }, 'pay'),
      onceScope({ ...clerk, department: 'TJJ' }, 'pay'),
      onceScope({ sub: 'clerk', roles: ['ENTERPRISE'], uscc: '91421202MX06RBPU8C' }, 'pay'),
      onceScope({ sub: 'clerk', roles: ['ENTERPRISE'], uscc: '91421202MX1EKKM81G' }, 'pay'),
      onceScope(clerk, 'refund'),
    ];
    expect(new Set(scopes).size).toBe(scopes.length);
  });

  it('is the same however a token lists its roles', () => {
    expect(onceScope({ ...clerk, roles: ['OFFICER', 'COORDINATOR'] }, 'pay')).toBe(
      onceScope({ ...clerk, roles: ['COORDINATOR', 'OFFICER', 'OFFICER'] }, 'pay'),
    );
  });

  it('cannot be made to look like another one by what an account is called', () => {
    expect(onceScope({ sub: 'a:b', roles: [] }, 'c')).not.toBe(onceScope({ sub: 'a', roles: [] }, 'b:c'));
    expect(onceScope({ sub: 'a', roles: [], department: 'X"]' }, 'c')).not.toBe(
      onceScope({ sub: 'a","X', roles: [] }, 'c'),
    );
  });
});

describe('inTransaction', () => {
  it('is rolled back whole when the work throws', async () => {
    const db = await testDatabase(import.meta.url);
    await expect(
      inTransaction(db.connection, async (session) => {
        await db.connection.collection('rows').insertOne({ a: 1 }, { session });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await db.connection.collection('rows').countDocuments()).toBe(0);
    await db.close();
  });
});
