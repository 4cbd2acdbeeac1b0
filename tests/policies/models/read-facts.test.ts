import { dayInShanghai } from '@zhitong/values';
import {
  CursorRefused,
  GraphUnreachable,
  type EnterpriseFromGraph,
  type FactsPage,
  type ListedEnterprise,
  type RegisterPage,
} from '../../../subgraphs/policies/src/graph/facts-source.js';
import {
  readAllFacts,
  type ReadingSource,
  type ReadingSummary,
} from '../../../subgraphs/policies/src/usecases/facts/read-facts.js';
import type { FactValue } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { CREDIT_FACTS } from '../../../subgraphs/policies/src/domain/matching/match.js';
import { fromGraph, NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
let now = NOW;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterEach(async () => {
  now = NOW;
  await policies.reset();
});
afterAll(async () => policies.close());

/** A graph of pages of two enterprises; `fail` is asked before each page. */
function graphOf(
  enterprises: readonly EnterpriseFromGraph[],
  fail: (after: string | null) => Error | null = () => null,
): ReadingSource & { readonly asked: (string | null)[]; readonly facts: string[] } {
  const asked: (string | null)[] = [];
  const facts: string[] = [];
  const page = async (after: string | null): Promise<FactsPage> => {
    asked.push(after);
    const error = fail(after);
    if (error !== null) throw error;
    const start = after === null ? 0 : Number(after);
    return {
      enterprises: enterprises.slice(start, start + 2),
      total: enterprises.length,
      next: start + 2 < enterprises.length ? String(start + 2) : null,
    };
  };
  return {
    asked,
    facts,
    page: async (after) => {
      const found = await page(after);
      facts.push(...found.enterprises.map(({ uscc }) => uscc));
      return found;
    },
    versions: async (after): Promise<RegisterPage<ListedEnterprise>> => {
      const found = await page(after);
      return { ...found, enterprises: found.enterprises.map(listed) };
    },
    sheets: async (usccs) => {
      facts.push(...usccs);
      return enterprises
        .filter(({ uscc }) => usccs.includes(uscc))
        .map(({ uscc, facts: { values }, told }) => ({
          uscc,
          factsVersion: told?.version ?? null,
          sheet: {
            asOf: told?.asOf,
            values,
            dates: Object.fromEntries((told?.current ?? []).map((fact) => [fact, dayInShanghai(now)])),
            earlier: Object.fromEntries(
              Object.entries(told?.years ?? {}).map(([name, value]) => [
                name.slice(-4),
                { [name.slice(0, -5)]: value },
              ]),
            ),
          },
        }));
    },
  };
}
/** What the graph tells of an enterprise without its facts. */
function listed({
  uscc,
  name,
  industry,
  region,
  facts: { values },
  told,
  creditKnown,
}: EnterpriseFromGraph): ListedEnterprise {
  const { dishonestyRecord, hasUnfulfilledJudgment } = values;
  const credit = {
    hasOpenDishonestyRecord: dishonestyRecord === undefined ? null : dishonestyRecord === true,
    hasUnfulfilledJudgment: hasUnfulfilledJudgment === undefined ? null : hasUnfulfilledJudgment === true,
  };
  return { uscc, name, industry, region, factsVersion: told?.version ?? null, credit: creditKnown ? credit : null };
}
/**
 * An enterprise with a sheet that has a version: of its values, those of the credit department aside, and the day of
 * its figures.
 */
function versioned(
  enterprise: EnterpriseFromGraph,
  values: Readonly<Record<string, FactValue>>,
  asOf = '2025-12-31',
): EnterpriseFromGraph {
  const own = Object.entries(values).filter(([fact]) => !CREDIT_FACTS.includes(fact));
  const current = 'scale' in values ? ['scale'] : [];
  return { ...enterprise, facts: { values, dates: {} }, told: { version: JSON.stringify([asOf, own]), asOf, current } };
}
const register = (employees: (number: number) => number, size = 5): EnterpriseFromGraph[] =>
  Array.from({ length: size }, (_, number) =>
    versioned(fromGraph(usccOf(number), {}), { employees: employees(number) }),
  );
const read = async (
  source: ReadingSource,
  changed?: (usccs: readonly string[]) => Promise<void>,
): Promise<ReadingSummary> =>
  readAllFacts({ ...policies.department, source, clock: { now: () => now }, ...(changed ? { changed } : {}) });

describe('readAllFacts', () => {
  it('reads the register page by page, then mends what differs and drops who is gone', async () => {
    expect(await read(graphOf(register((number) => number)))).toEqual({
      read: 5,
      mended: 5,
      removed: 0,
      withoutCredit: 0,
      resumed: false,
    });
    const changed: string[] = [];
    const summary = await read(
      graphOf(register((number) => (number === 1 ? 99 : number), 4)),
      async (usccs) => void changed.push(...usccs),
    );
    expect(summary).toEqual({ read: 4, mended: 1, removed: 1, withoutCredit: 0, resumed: false });
    expect(changed).toEqual([usccOf(1)]);
    expect((await policies.department.stores.facts.byUscc([usccOf(1), usccOf(4)])).map(({ values }) => values)).toEqual(
      [{ employees: 99 }],
    );
  });

  it('goes on after the last page that it stored, when the graph failed in between', async () => {
    await expect(
      read(
        graphOf(
          register(() => 1),
          (after) => (after === '2' ? new GraphUnreachable('down') : null),
        ),
      ),
    ).rejects.toThrow('down');
    const source = graphOf(register(() => 1));
    expect(await read(source)).toMatchObject({ read: 5, removed: 0, resumed: true });
    expect(source.asked).toEqual(['2', '4']);
  });

  it('begins anew when the graph no longer knows the cursor', async () => {
    await expect(
      read(
        graphOf(
          register(() => 1),
          (after) => (after === '2' ? new GraphUnreachable('down') : null),
        ),
      ),
    ).rejects.toThrow();
    let refused = false;
    const source = graphOf(
      register(() => 1),
      (after) => {
        if (after !== '2' || refused) return null;
        refused = true;
        return new CursorRefused('no cursor of this list');
      },
    );
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
    expect(
      await read(graphOf([{ ...one, name: '改名企业' }, versioned(other, other.facts.values, '2026-11-01')])),
    ).toMatchObject({ read: 2, mended: 0, removed: 0 });
    expect(await policies.department.stores.facts.byUscc([usccOf(0), usccOf(1)])).toMatchObject([
      { name: '改名企业', dates: { employees: '2025-12-31' } },
      { name: other.name, dates: { employees: '2026-11-01' } },
    ]);
    expect([(await stream.next())?.facts?.uscc, (await stream.next())?.facts?.uscc, await stream.next()]).toEqual([
      usccOf(0),
      usccOf(1),
      null,
    ]);
    await stream.close();
  });

  it('asks for the facts of those only that it holds in another version, unless it holds hardly any of a page', async () => {
    const first = graphOf(register((number) => number));
    await read(first);
    expect(first.facts).toEqual(register(() => 0).map(({ uscc }) => uscc));
    const second = graphOf(register((number) => (number === 3 ? 99 : number)));
    expect(await read(second)).toMatchObject({ read: 5, mended: 1 });
    expect(second.facts).toEqual([usccOf(3)]);
    const third = graphOf(register((number) => number + 100));
    expect(await read(third)).toMatchObject({ read: 5, mended: 5 });
    expect(third.facts).toEqual(register(() => 0).map(({ uscc }) => uscc));
    expect((await policies.department.stores.facts.byUscc([usccOf(4)]))[0]?.values).toEqual({ employees: 104 });
  });

  it('lets the days of what holds now go on without writing the facts again, and keeps that of credit while it is silent', async () => {
    const one = versioned(fromGraph(usccOf(0), {}), { employees: 1, scale: 'small', dishonestyRecord: false });
    const dates = async (): Promise<unknown> => (await policies.department.stores.facts.byUscc([usccOf(0)]))[0]?.dates;
    await read(graphOf([one]));
    expect(await dates()).toEqual({ employees: '2025-12-31', scale: '2026-11-20', dishonestyRecord: '2026-11-20' });
    now = new Date('2026-11-21T04:00:00Z');
    const source = graphOf([one]);
    await read(source);
    expect(await dates()).toEqual({ employees: '2025-12-31', scale: '2026-11-21', dishonestyRecord: '2026-11-21' });
    now = new Date('2026-11-22T04:00:00Z');
    await read(graphOf([{ ...one, creditKnown: false }]));
    expect(await dates()).toEqual({ employees: '2025-12-31', scale: '2026-11-22', dishonestyRecord: '2026-11-21' });
    await read(graphOf([{ ...versioned(one, { employees: 2, scale: 'small' }), creditKnown: false }]));
    expect(await dates()).toEqual({ employees: '2025-12-31', scale: '2026-11-22', dishonestyRecord: '2026-11-21' });
    expect(source.facts).toEqual([]);
  });

  it('writes what the credit department says now although the register returns nothing new', async () => {
    const one = versioned(fromGraph(usccOf(0), {}), { employees: 1, dishonestyRecord: false });
    await read(graphOf([one]));
    expect(await read(graphOf([versioned(one, { employees: 1, dishonestyRecord: true })]))).toMatchObject({
      mended: 1,
    });
    expect((await policies.department.stores.facts.byUscc([usccOf(0)]))[0]?.values).toEqual({
      employees: 1,
      dishonestyRecord: true,
      creditReviewPassed: false,
    });
  });

  it('writes records of earlier releases, which have no version, once more and calls none of them mended', async () => {
    await read(graphOf(register(() => 1)));
    await policies.database.connection
      .collection('enterpriseFacts')
      .updateMany(
        {},
        { $unset: { told: 1 }, $set: { digest: 'of an earlier release', dates: { employees: '2025-12-31' } } },
      );
    expect(await read(graphOf(register(() => 1)))).toMatchObject({ read: 5, mended: 0, removed: 0 });
    const source = graphOf(register(() => 1));
    await read(source);
    expect(source.facts).toEqual([]);
  });

  it('renews the figures of earlier years alone, and says whose they are', async () => {
    const [one] = register(() => 1, 1);
    if (one?.told === undefined) throw new Error('no enterprise');
    const corrected = (version: string, employees: number): EnterpriseFromGraph => ({
      ...one,
      told: { ...one.told, version, asOf: '2025-12-31', current: [], years: { 'employees@2024': employees } },
    });
    await read(graphOf([corrected('v1', 10)]));
    const changed: string[] = [];
    const take = async (usccs: readonly string[]) => void changed.push(...usccs);
    expect(await read(graphOf([corrected('v2', 11)]), take)).toMatchObject({ mended: 1 });
    expect(changed).toEqual([usccOf(0)]);
    const [held] = await policies.department.stores.facts.byUscc([usccOf(0)]);
    expect([held?.values, held?.told?.years]).toEqual([{ employees: 1 }, { 'employees@2024': 11 }]);
    expect(await read(graphOf([one]), take)).toMatchObject({ mended: 1 });
    expect((await policies.department.stores.facts.byUscc([usccOf(0)]))[0]?.told?.years).toBeUndefined();
  });

  it('stops, to be resumed, when an enterprise is listed without its facts', async () => {
    await read(graphOf(register(() => 1)));
    const source = graphOf(register((number) => (number === 3 ? 9 : 1)));
    await expect(read({ ...source, sheets: async () => [] })).rejects.toThrow(GraphUnreachable);
    expect(await read(source)).toMatchObject({ read: 5, mended: 1, removed: 0, resumed: true });
  });

  it('removes nobody when it could not read to the end', async () => {
    await read(graphOf(register(() => 1)));
    await expect(
      read(
        graphOf(
          register(() => 1),
          (after) => (after === null ? new GraphUnreachable('down') : null),
        ),
      ),
    ).rejects.toThrow('down');
    expect(await policies.department.stores.facts.count()).toBe(5);
  });

  it('keeps what the credit department said before, while it says nothing', async () => {
    const [one] = register(() => 1, 1);
    if (one === undefined) throw new Error('no enterprise');
    await read(
      graphOf([
        {
          ...one,
          told: undefined,
          facts: { values: { employees: 1, dishonestyRecord: false }, dates: { dishonestyRecord: '2026-11-01' } },
        },
      ]),
    );
    await read(graphOf([{ ...versioned(one, { employees: 2 }), creditKnown: false }]));
    expect(await policies.department.stores.facts.byUscc([usccOf(0)])).toMatchObject([
      { values: { employees: 2, dishonestyRecord: false }, dates: { dishonestyRecord: '2026-11-01' } },
    ]);
    await read(graphOf([versioned(one, { employees: 2, dishonestyRecord: true })]));
    expect((await policies.department.stores.facts.byUscc([usccOf(0)]))[0]?.values).toEqual({
      employees: 2,
      dishonestyRecord: true,
      creditReviewPassed: false,
    });
  });

  it('says of how many enterprises the credit department returned nothing', async () => {
    const silent = register(() => 1).map((enterprise) => ({ ...enterprise, creditKnown: false }));
    expect(await read(graphOf(silent))).toMatchObject({ withoutCredit: 5 });
  });
});
