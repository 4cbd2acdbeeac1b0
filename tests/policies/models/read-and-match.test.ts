import type { FactValue } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { GraphUnreachable, type EnterpriseFromGraph } from '../../../subgraphs/policies/src/graph/facts-source.js';
import {
  readAndMatch,
  type ReadAndMatchOptions,
} from '../../../subgraphs/policies/src/usecases/facts/read-and-match.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { fromGraph, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
beforeEach(async () => policies.publish({ id: 'staff' }));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const SIZE = 300;
const enterprise = (number: number, values: Record<string, FactValue>): EnterpriseFromGraph => ({
  ...fromGraph(usccOf(number), values),
  told: { version: JSON.stringify(values), asOf: null, current: [] },
});
const city = (employees: (number: number) => number, size = SIZE): EnterpriseFromGraph[] =>
  Array.from({ length: size }, (_, number) => enterprise(number, { employees: employees(number) }));

/** A graph of pages of a hundred; `before` is awaited before each page. */
function graphOf(
  enterprises: readonly EnterpriseFromGraph[],
  before: (page: number) => Promise<void> | void = () => undefined,
): ReadAndMatchOptions['source'] {
  const pageAt = async (after: string | null) => {
    const start = after === null ? 0 : Number(after);
    await before(start / 100);
    return {
      enterprises: enterprises.slice(start, start + 100),
      total: enterprises.length,
      next: start + 100 < enterprises.length ? String(start + 100) : null,
    };
  };
  return {
    page: pageAt,
    versions: async (after) => {
      const { enterprises: found, ...page } = await pageAt(after);
      return {
        ...page,
        enterprises: found.map(({ uscc, name, industry, region, told }) => ({
          uscc,
          name,
          industry,
          region,
          factsVersion: told?.version ?? null,
          credit: {},
        })),
      };
    },
    sheets: async (usccs) =>
      enterprises
        .filter(({ uscc }) => usccs.includes(uscc))
        .map(({ uscc, facts: { values }, told }) => ({
          uscc,
          factsVersion: told?.version ?? null,
          sheet: { values, dates: {} },
        })),
  };
}
const run = async (source: ReadAndMatchOptions['source'], progress: (done: number) => void = () => undefined) =>
  readAndMatch({ ...policies.department, source, progress });
const eligible = async (): Promise<number> => policies.department.stores.matches.countEligible('staff');
const down = (): never => {
  throw new GraphUnreachable('down');
};

describe('reading and matching at once', () => {
  it('stores what a reading and a run after it would store', async () => {
    const { read, matched } = await run(graphOf(city((number) => number % 20)));
    expect(read).toEqual({ read: SIZE, mended: SIZE, removed: 0, withoutCredit: 0, resumed: false });
    expect(matched).toMatchObject({
      resumed: false,
      run: { status: 'FINISHED', done: SIZE, total: SIZE, counts: { NEWLY_ELIGIBLE: SIZE / 2 } },
    });
    const stored = await policies.department.stores.matches.byUscc(city(() => 1).map(({ uscc }) => uscc));
    const again = await matchAll(policies.department);
    expect(again.run.counts).toEqual({
      NEWLY_ELIGIBLE: 0,
      NO_LONGER_ELIGIBLE: 0,
      NEWLY_UNDETERMINED: 0,
      AMOUNT_CHANGED: 0,
    });
    expect(await policies.department.stores.matches.byUscc(stored.map(({ uscc }) => uscc))).toEqual(stored);
    expect(await policies.department.stores.matchState.matched()).toMatchObject({ policies: [{ id: 'staff' }] });
  });

  it('matches the first enterprises while later pages are still to come', async () => {
    let matchedFirst = (): void => undefined;
    const first = new Promise<void>((resolve) => (matchedFirst = resolve));
    const source = graphOf(
      city(() => 10, 900),
      async (page) => (page === 8 ? first : undefined),
    );
    const { matched } = await run(source, () => {
      matchedFirst();
    });
    expect(matched.run.done).toBe(900);
  });

  it('matches what was read last, and nobody who is registered no longer', async () => {
    await run(graphOf(city(() => 10)));
    const { read, matched } = await run(
      graphOf(city((number) => (number === 150 ? 9 : 10)).filter(({ uscc }) => uscc !== usccOf(120))),
    );
    expect(read).toMatchObject({ read: SIZE - 1, mended: 1, removed: 1 });
    expect(matched.run).toMatchObject({ done: SIZE - 1, counts: { NO_LONGER_ELIGIBLE: 1 } });
    expect(await eligible()).toBe(SIZE - 2);
    expect(await policies.department.stores.matches.byUscc([usccOf(120)])).toEqual([]);
  });

  it('goes on with both when the graph was down in between, and counts every difference once', async () => {
    await expect(
      run(
        graphOf(
          city(() => 10),
          (page) => (page === 2 ? down() : undefined),
        ),
      ),
    ).rejects.toThrow('down');
    const { read, matched } = await run(graphOf(city(() => 10)));
    expect(read).toMatchObject({ read: SIZE, resumed: true });
    expect(matched).toMatchObject({ resumed: true, run: { done: SIZE, counts: { NEWLY_ELIGIBLE: SIZE } } });
    expect([await eligible(), await policies.database.connection.collection('matchChanges').countDocuments()]).toEqual([
      SIZE,
      SIZE,
    ]);
  });

  it('begins no run when not even the first page can be read', async () => {
    await expect(run(graphOf([], down))).rejects.toThrow('down');
    expect(await policies.department.stores.runs.latest()).toBeNull();
  });

  it('matches what a new reading mends before the place where an interrupted run stood', async () => {
    const failing = run(graphOf(city(() => 10)), (done) => {
      if (done >= 100) throw new Error('killed');
    });
    await expect(failing).rejects.toThrow('killed');
    expect(await policies.department.stores.readings.running()).toBeNull();
    await run(graphOf(city((number) => (number === 0 ? 9 : 10))));
    expect([await eligible(), (await policies.department.stores.matches.byUscc([usccOf(0)]))[0]?.eligible]).toEqual([
      SIZE - 1,
      [],
    ]);
  });

  it('ends with the error of the run when that is what failed, with everything read', async () => {
    const failing = run(graphOf(city(() => 10)), () => {
      throw new Error('no room left');
    });
    await expect(failing).rejects.toThrow('no room left');
    expect(await policies.department.stores.facts.count()).toBe(SIZE);
  });
});
