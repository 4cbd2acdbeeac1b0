import { ensureIndexes, inTransaction } from '@zhitong/kit/mongo';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { externalNumberStore, type ExternalNumberStore } from '../../../subgraphs/cases/src/models/external-number.js';

let database: TestDatabase;
let numbers: ExternalNumberStore;

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  numbers = externalNumberStore(database.connection);
  await ensureIndexes(database.connection);
});
afterAll(async () => database.close());
beforeEach(async () => {
  await database.connection.collection('external_numbers').deleteMany({});
});

const add = async (externalNumber: string, caseNumber: string): Promise<void> =>
  inTransaction(database.connection, async (session) =>
    numbers.add([{ externalNumber, caseNumber, source: 'hotline' }], session),
  );
const caseOf = async (number: string): Promise<string | undefined> =>
  inTransaction(database.connection, async (session) => (await numbers.casesOf([number], session)).get(number));

describe('numbers of other systems', () => {
  it('are entered once, also by two sources that spell one differently at the same moment', async () => {
    const tried = await Promise.allSettled([add('RX/2026-001', 'SQ1'), add('rx/2026－001', 'SQ2')]);
    expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await database.connection.collection('external_numbers').countDocuments()).toBe(1);
  });

  it('that were stored twice before that was refused are marked, and the department starts', async () => {
    const stored = database.connection.collection('external_numbers');
    await stored.insertMany([
      { externalNumber: 'RX/2026-001', caseNumber: 'SQ1', source: 'a', typed: 'of an earlier form' },
      { externalNumber: 'rx/2026－001', caseNumber: 'SQ2', source: 'b' },
      { externalNumber: 'RX/2026-002', caseNumber: 'SQ3', source: 'a' },
      // As the last release stored them: an en dash and a Cyrillic letter were not the same.
      ...['RX/2026-003', 'RX/2026\u2013003', 'R\u0425/2026-004'].map((externalNumber, index) => ({
        externalNumber,
        caseNumber: `SQ${String(5 + index)}`,
        source: 'a',
        typed: externalNumber,
        only: externalNumber,
      })),
    ]);
    await numbers.giveForms();
    await numbers.giveForms();
    expect(
      await stored
        .find({ isRepeated: true })
        .map(({ caseNumber }) => String(caseNumber))
        .toArray(),
    ).toEqual(['SQ2', 'SQ6']);
    expect([await caseOf('RX/2026-003'), await caseOf('RX/2026\u2013003'), await caseOf('RX/2026-004')]).toEqual([
      'SQ5',
      'SQ6',
      'SQ7',
    ]);
    expect([await caseOf('RX/2026-001'), await caseOf('rx/2026－001'), await caseOf('Rx/2026-001')]).toEqual([
      'SQ1',
      'SQ2',
      'SQ1',
    ]);
    await expect(add('ＲＸ/2026-002', 'SQ4')).rejects.toThrow('E11000');
  });
});
