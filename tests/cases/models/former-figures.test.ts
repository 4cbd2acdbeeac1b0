import { createLogger } from '@zhitong/kit';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { openDepartment } from '../../../subgraphs/cases/src/service.js';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase(import.meta.url, { isNew: true })));
afterAll(async () => database.close());

describe('a department over a database of an earlier release', () => {
  it('opens, though enterprises helped were kept by month there', async () => {
    const helped = database.connection.collection('helped_enterprises');
    await helped.createIndex({ generation: 1, month: 1, grouping: 1 }, { unique: true }, {});
    await helped.insertMany(
      ['ALL', 'department', 'region'].map((grouping) => ({ generation: 0, month: '2026-03', grouping, groups: [] })),
    );
    await openDepartment({
      connection: database.connection,
      logger: createLogger({ name: 'test', level: 'silent' }),
      clock: { now: () => new Date('2026-10-20T02:00:00Z') },
      telephoneKey: 'a key of this test, and of nobody else',
      seedKey: 'a key of these tests, and of no department',
    });
    expect(await helped.countDocuments()).toBe(0);
    expect((await helped.indexes()).map(({ name }) => name)).toEqual(['_id_', 'generation_1_day_1']);
  });
});
