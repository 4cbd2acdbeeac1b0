import { CursorRefused, GraphUnreachable, type EnterpriseFromGraph, type FactsPage, type FactsSource } from '../../../subgraphs/policies/src/graph/facts-source.js';
import { readAllFacts, type ReadingSummary } from '../../../subgraphs/policies/src/usecases/read-facts.js';
import { fromGraph, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

/** A graph of pages of two enterprises; `fail` is asked before each page. */
function graphOf(enterprises: readonly EnterpriseFromGraph[], fail: (after: string | null) => Error | null = () => null): FactsSource & { readonly asked: (string | null)[] } {
  const asked: (string | null)[] = [];
  return {
    asked,
    page: async (after): Promise<FactsPage> => {
      asked.push(after);
      const error = fail(after);
      if (error !== null) throw error;
      const start = after === null ? 0 : Number(after);
      return { enterprises: enterprises.slice(start, start + 2), total: enterprises.length, next: start + 2 < enterprises.length ? String(start + 2) : null };
    },
    enterprise: async (uscc) => enterprises.find((one) => one.uscc === uscc) ?? null,
  };
}
const register = (employees: (number: number) => number, size = 5): EnterpriseFromGraph[] => Array.from({ length: size }, (_, number) => fromGraph(usccOf(number), { employees: employees(number) }));
const read = async (source: FactsSource, changed?: (usccs: readonly string[]) => Promise<void>): Promise<ReadingSummary> => readAllFacts({ ...policies.department, source, ...(changed ? { changed } : {}) });

describe('readAllFacts', () => {
  it('reads the register page by page, then mends what differs and drops who is gone', async () => {
    expect(await read(graphOf(register((number) => number)))).toEqual({ read: 5, mended: 5, removed: 0, withoutCredit: 0, resumed: false });
    const changed: string[] = [];
    const summary = await read(graphOf(register((number) => (number === 1 ? 99 : number), 4)), async (usccs) => void changed.push(...usccs));
    expect(summary).toEqual({ read: 4, mended: 1, removed: 1, withoutCredit: 0, resumed: false });
    expect(changed).toEqual([usccOf(1)]);
    expect((await policies.department.stores.facts.byUscc([usccOf(1), usccOf(4)])).map(({ values }) => values)).toEqual([{ employees: 99 }]);
  });

  it('goes on after the last page that it stored, when the graph failed in between', async () => {
    await expect(read(graphOf(register(() => 1), (after) => (after === '2' ? new GraphUnreachable('down') : null)))).rejects.toThrow('down');
    const source = graphOf(register(() => 1));
    expect(await read(source)).toMatchObject({ read: 5, removed: 0, resumed: true });
    expect(source.asked).toEqual(['2', '4']);
  });

  it('begins anew when the graph no longer knows the cursor', async () => {
    await expect(read(graphOf(register(() => 1), (after) => (after === '2' ? new GraphUnreachable('down') : null)))).rejects.toThrow();
    let refused = false;
    const source = graphOf(register(() => 1), (after) => {
      if (after !== '2' || refused) return null;
      refused = true;
      return new CursorRefused('no cursor of this list');
    });
    expect(await read(source)).toMatchObject({ read: 5, removed: 0, resumed: false });
    expect(source.asked).toEqual(['2', null, '2', '4']);
  });

  it('writes a record again only when something of it has changed, be it no more than a name or a day', async () => {
    const [one, other] = register(() => 1, 2);
    if (one === undefined || other === undefined) throw new Error('no enterprise');
    await read(graphOf([one, other]));
    const stream = await policies.department.stores.facts.changes();
    expect(await read(graphOf([one, other]))).toMatchObject({ read: 2, mended: 0, removed: 0 });
    expect(await stream.next()).toBeNull();
    expect(await read(graphOf([{ ...one, name: '改名企业' }, { ...other, facts: { values: other.facts.values, dates: { employees: '2026-11-01' } } }]))).toMatchObject({ read: 2, mended: 0, removed: 0 });
    expect(await policies.department.stores.facts.byUscc([usccOf(0), usccOf(1)])).toMatchObject([{ name: '改名企业', dates: {} }, { name: other.name, dates: { employees: '2026-11-01' } }]);
    expect([(await stream.next())?.facts?.uscc, (await stream.next())?.facts?.uscc, await stream.next()]).toEqual([usccOf(0), usccOf(1), null]);
    await stream.close();
  });

  it('removes nobody when it could not read to the end', async () => {
    await read(graphOf(register(() => 1)));
    await expect(read(graphOf(register(() => 1), (after) => (after === null ? new GraphUnreachable('down') : null)))).rejects.toThrow('down');
    expect(await policies.department.stores.facts.count()).toBe(5);
  });

  it('keeps what the credit department said before, while it says nothing', async () => {
    const [one] = register(() => 1, 1);
    if (one === undefined) throw new Error('no enterprise');
    await read(graphOf([{ ...one, facts: { values: { employees: 1, dishonestyRecord: false }, dates: { dishonestyRecord: '2026-11-01' } } }]));
    await read(graphOf([{ ...one, facts: { values: { employees: 2 }, dates: {} }, creditKnown: false }]));
    expect(await policies.department.stores.facts.byUscc([usccOf(0)])).toMatchObject([{ values: { employees: 2, dishonestyRecord: false }, dates: { dishonestyRecord: '2026-11-01' } }]);
    await read(graphOf([{ ...one, facts: { values: { employees: 2, dishonestyRecord: true }, dates: {} } }]));
    expect((await policies.department.stores.facts.byUscc([usccOf(0)]))[0]?.values).toEqual({ employees: 2, dishonestyRecord: true });
  });

  it('says of how many enterprises the credit department told nothing', async () => {
    const silent = register(() => 1).map((enterprise) => ({ ...enterprise, creditKnown: false }));
    expect(await read(graphOf(silent))).toMatchObject({ withoutCredit: 5 });
  });
});
