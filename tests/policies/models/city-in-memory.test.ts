import { createLogger } from '@zhitong/kit';
import { countCommands } from '@zhitong/kit/testing';
import { cityInMemory, type CityInMemory } from '../../../subgraphs/policies/src/memory/city-in-memory.js';
import type { FactValue } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
let city: CityInMemory;
const logger = createLogger({ name: 'test', level: 'silent' });
const open = (most?: number): CityInMemory => cityInMemory({ facts: policies.department.stores.facts, logger, most });

beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
beforeEach(() => void (city = open()));
afterEach(async () => {
  await city.close();
  await policies.reset();
});
afterAll(async () => policies.close());

type Seen = Record<string, FactValue | undefined>;

/** Staff by enterprise, as a question sees it now. */
async function staff(asked: CityInMemory = city): Promise<Seen> {
  const seen: Seen = {};
  for await (const table of asked.tables(['employees'])) {
    for (let row = 0; row < table.facts.rows; row += 1)
      seen[table.usccAt(row)] = table.facts.valuesAt(row, ['employees'])['employees'];
  }
  return seen;
}

describe('the city in memory', () => {
  it('shows what was written before the question: changed, new and removed enterprises', async () => {
    await policies.know({
      [usccOf(1)]: { employees: 1 },
      [usccOf(2)]: { employees: 2 },
      [usccOf(3)]: { scale: 'small' },
    });
    expect(await staff()).toEqual({ [usccOf(1)]: 1, [usccOf(2)]: 2, [usccOf(3)]: undefined });
    for (let round = 10; round < 30; round += 1) {
      await policies.know({ [usccOf(2)]: { employees: round }, [usccOf(100 + round)]: { employees: 7 } });
      expect(await staff()).toMatchObject({ [usccOf(1)]: 1, [usccOf(2)]: round, [usccOf(100 + round)]: 7 });
      await policies.department.stores.facts.remove([usccOf(100 + round)]);
      expect(await staff()).toEqual({ [usccOf(1)]: 1, [usccOf(2)]: round, [usccOf(3)]: undefined });
    }
    await policies.know({ [usccOf(2)]: {} });
    expect((await staff())[usccOf(2)]).toBeUndefined();
  });

  it('does not read facts again that have not changed', async () => {
    await policies.know({ [usccOf(1)]: { employees: 1 } });
    await staff();
    const { commands } = await countCommands(policies.database.connection, async () => staff());
    expect(commands).not.toContain('find');
  });

  it('reads a city that is larger than it may keep in parts, each time', async () => {
    await policies.know(
      Object.fromEntries(Array.from({ length: 2_500 }, (_, number) => [usccOf(number), { employees: number }])),
    );
    const large = open(2_499);
    const sizes: number[] = [];
    for await (const table of large.tables(['employees'])) sizes.push(table.facts.rows);
    expect(sizes).toEqual([2_000, 500]);
    expect(await staff(large)).toEqual(await staff());
    await policies.know({ [usccOf(2_400)]: { employees: 5 } });
    expect((await staff(large))[usccOf(2_400)]).toBe(5);
    await policies.department.stores.facts.remove([usccOf(0)]);
    expect(Object.keys(await staff(large))).toHaveLength(2_499);
  });

  it('answers many questions at once, each with what was written before it', async () => {
    await policies.know({ [usccOf(1)]: { employees: 1 } });
    const first = [staff(), staff(), staff()];
    await policies.know({ [usccOf(1)]: { employees: 2 } });
    const second = [staff(), staff()];
    await Promise.all(first);
    expect(await Promise.all(second)).toEqual([{ [usccOf(1)]: 2 }, { [usccOf(1)]: 2 }]);
  });

  it('reads everything again when the changes cannot be followed', async () => {
    await policies.know({ [usccOf(1)]: { employees: 1 } });
    await staff();
    await policies.database.connection.collection('enterpriseFacts').rename('facts-elsewhere');
    await policies.know({ [usccOf(2)]: { employees: 2 } });
    expect(await staff()).toEqual({ [usccOf(2)]: 2 });
  });
});
