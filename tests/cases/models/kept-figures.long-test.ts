import { createHash } from 'node:crypto';
import type { CaseChange, CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import { factsOf, figuresOf, isCounted } from '../../../subgraphs/cases/src/domain/figures/case-facts.js';
import { GROUPINGS, groupOf } from '../../../subgraphs/cases/src/domain/figures/kept-figures.js';
import { NO_FIGURES } from '../../../subgraphs/cases/src/domain/figures/statistics.js';
import { FIRST_GENERATION } from '../../../subgraphs/cases/src/models/figures/figure-counting.js';
import { storedCase } from '../../../subgraphs/cases/src/models/stored-case.js';
import { rebuildViews } from '../../../subgraphs/cases/src/usecases/rebuild.js';
import { addDays, type LegalDay } from '@zhitong/values';
import { accepted, aHistory, anIntake, assigned, contacted, rated, resolvedWith, returned } from '../support/a-case.js';
import { casesUnderTest, type CasesUnderTest } from '../support/cases-under-test.js';

const TODAY = '2026-10-20';
let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, TODAY)));
beforeEach(async () => cases.empty());
afterAll(async () => cases.close());

/** Whole numbers below a bound, the same for the same seed. */
function numbers(seed: string): (below: number) => number {
  let turn = 0;
  return (below) => {
    turn += 1;
    return createHash('sha256').update(`${seed}#${turn}`).digest().readUInt32BE() % below;
  };
}

/** One of 12 enterprises brings a case between March and October, a third of them anonymously. */
function aLife(index: number): CaseEvent[] {
  const pick = numbers(`kept ${index}`);
  let day: LegalDay = addDays('2026-03-02', pick(200));
  const received = day;
  const happened: [LegalDay, CaseChange][] = [];
  const on = (latest: number, change: CaseChange): void =>
    void happened.push([(day = addDays(day, pick(latest + 1))), change]);
  on(4, assigned({ lead: ['JXJ', 'RSJ'][pick(2)] ?? 'JXJ' }));
  if (pick(4) === 0) {
    on(9, returned);
    on(3, assigned({ lead: 'JRB' }));
  }
  on(2, accepted);
  on(5, contacted);
  if (pick(5) > 0) {
    on(25, resolvedWith());
    if (pick(2) === 0) on(6, rated(1 + pick(5), 1 + pick(5)));
    if (pick(4) === 0) on(20, { type: 'REOPENED', reason: '问题再次出现', answerDays: 15 });
    else if (pick(2) === 0) on(10, { type: 'CLOSED', reason: '办结归档' });
  }
  const intake = {
    complainant: {
      ...anIntake().complainant,
      uscc: `9142120000000000${String(pick(12)).padStart(2, '0')}`,
      anonymous: pick(3) === 0,
    },
    region: ['421202', '421221'][pick(2)] ?? '421202',
    industry: [null, 'C', 'F'][pick(3)] ?? null,
    category: (['FINANCE', 'LABOUR'] as const)[pick(2)] ?? 'FINANCE',
  };
  return aHistory(received, happened, intake, `SQ2026-${String(index + 1).padStart(6, '0')}`);
}

const PERIODS = [
  ['2026-03-01', '2026-09-30', TODAY],
  ['2026-03-01', '2026-09-30', '2026-09-30'],
  ['2026-04-10', '2026-08-05', '2026-07-07'],
  ['2026-05-01', '2026-05-31', '2026-06-15'],
  ['2026-06-03', '2026-06-03', '2026-06-03'],
  ['2026-09-28', TODAY, TODAY],
] as const;

/** Whether everything that is told is what the facts of all histories give, counted one by one. */
async function compare(histories: readonly CaseEvent[][]): Promise<void> {
  const counted = histories.map((history) => {
    const stored = storedCase(history, cases.calendar);
    return { ...stored, isAnonymous: stored.complainant.anonymous, facts: factsOf(history, cases.calendar) };
  });
  for (const [at, [from, to, knownOn]] of PERIODS.entries()) {
    const period = { from, to, knownOn, today: TODAY };
    // Each grouping with some of the periods.
    for (const grouping of [null, ...GROUPINGS.filter((_grouping, place) => place % PERIODS.length === at)]) {
      const told = await cases.stores.figures.figures(period, grouping);
      const expected = new Map<
        string,
        {
          facts: (typeof counted)[number]['facts'][number][];
          named: Set<string>;
          each: Set<string>;
          own: Set<string>;
          others: number;
        }
      >();
      for (const of of counted) {
        for (const fact of of.facts.filter((one) => isCounted(one, period))) {
          const key = groupOf(grouping ?? 'ALL', fact, of);
          const group = expected.get(key) ?? {
            facts: [],
            named: new Set<string>(),
            each: new Set<string>(),
            own: new Set<string>(),
            others: 0,
          };
          group.facts.push(fact);
          if (fact.figure === 'resolved') {
            group.named.add(of.complainantKey);
            group.each.add(of.isAnonymous ? of.caseNumber : of.complainantKey);
            if (of.departments.includes('JXJ')) group.own.add(of.isAnonymous ? of.caseNumber : of.complainantKey);
            else group.others += 1;
          }
          expected.set(key, group);
        }
      }
      const where = { from, to, knownOn, grouping };
      expect({ ...where, told: told.map(({ key, counts, rates }) => ({ key, counts, rates })) }).toEqual({
        ...where,
        told: [...expected]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, { facts }]) => ({ key, ...figuresOf(facts, period) })),
      });
      const forOfficer = await cases.stores.figures.enterprisesHelped(period, grouping, {
        anonymous: false,
        named: { department: 'JXJ' },
      });
      expect({ ...where, forOfficer: Object.fromEntries(forOfficer) }).toEqual({
        ...where,
        forOfficer: Object.fromEntries(
          [...expected]
            .map(([key, { own, others }]) => [key, own.size + others] as const)
            .filter(([, size]) => size > 0),
        ),
      });
      for (const knowsComplainants of [true, false]) {
        const helped = await cases.stores.figures.enterprisesHelped(period, grouping, {
          anonymous: knowsComplainants,
          named: 'ALL',
        });
        const sizes = [...expected].map(
          ([key, { named, each }]) => [key, (knowsComplainants ? named : each).size] as const,
        );
        expect({ ...where, helped: Object.fromEntries(helped) }).toEqual({
          ...where,
          helped: Object.fromEntries(sizes.filter(([, size]) => size > 0)),
        });
      }
    }
  }
}

const keptRows = async (): Promise<number> => cases.connection.collection('kept_figures').countDocuments();

describe('figures from what is kept', () => {
  it('are at every moment those of all histories: nothing counted, some, all, cases changed since, gone, rebuilt', async () => {
    const histories = Array.from({ length: 60 }, (_none, index) => aLife(index));
    const cut = histories.map((history, index) => history.slice(0, index % 3 === 0 ? 3 : history.length));
    await cases.given(...cut);
    await compare(cut);
    expect(await cases.stores.figures.count()).toBe(60);
    expect(await keptRows()).toBeGreaterThan(100);
    await compare(cut);
    // A third goes on, and is not counted yet.
    await cases.given(...histories);
    await compare(histories);
    await cases.stores.figures.count();
    await compare(histories);
    // An import that is undone.
    const [first, ...rest] = histories;
    const caseNumber = first?.[0]?.caseNumber ?? '';
    await cases.stores.transaction(async (session) => {
      await cases.stores.events.takeBack(caseNumber, 1, session);
      await cases.stores.cases.remove(caseNumber, session);
    });
    await compare(rest);
    // A view that was lost is found again, and counted once.
    await cases.connection.collection('cases').deleteOne({ caseNumber: rest[0]?.[0]?.caseNumber });
    await rebuildViews({ stores: cases.stores, calendar: cases.calendar, checkOnly: false });
    await compare(rest);
    await cases.stores.figures.count();
    await compare(rest);
    expect(await cases.connection.collection('kept_figures').distinct('generation')).toEqual([FIRST_GENERATION + 1]);
  }, 60_000);

  it('are read from the rows alone where everything is counted', async () => {
    await cases.given(...Array.from({ length: 20 }, (_none, index) => aLife(index)));
    await cases.stores.figures.count();
    await cases.connection.collection('cases').updateMany({}, { $set: { facts: [] } });
    const period = { from: '2026-03-01', to: '2026-09-30', knownOn: '2026-09-30', today: TODAY };
    const [told] = await cases.stores.figures.figures(period, null);
    expect(told?.counts.received).toBeGreaterThan(10);
    const helped = await cases.stores.figures.enterprisesHelped(period, null, { anonymous: true, named: 'ALL' });
    expect(helped.get('')).toBeGreaterThan(5);
  });

  it('are kept of all cases but one that is damaged, which is named', async () => {
    const histories = Array.from({ length: 20 }, (_none, index) => aLife(index));
    await cases.given(...histories);
    const caseNumber = histories[7]?.[0]?.caseNumber ?? '';
    await cases.connection
      .collection<{ caseNumber: string }>('cases')
      .updateOne({ caseNumber }, { $set: { facts: [{}] } });
    const damaged: string[] = [];
    expect(await cases.stores.figures.count(undefined, (one) => damaged.push(one))).toBe(19);
    expect(damaged).toEqual([caseNumber]);
    expect(await keptRows()).toBeGreaterThan(50);
  });

  it('that another process keeps of the next beginning already are left alone', async () => {
    await cases.given(aLife(1));
    await cases.stores.figures.count();
    const rows = cases.connection.collection('kept_figures');
    const [row] = await rows
      .find({}, { projection: { _id: 0 } })
      .limit(1)
      .toArray();
    const generation = Number(row?.['generation']);
    for (const other of [generation - 1, generation + 1]) await rows.insertOne({ ...row, generation: other });
    await cases.stores.figures.count();
    expect((await rows.distinct('generation')).map((one) => Number(one) - generation)).toEqual([0, 1]);
  });

  it('are none where there is no case', async () => {
    const period = { from: '2026-03-01', to: '2026-09-30', knownOn: TODAY, today: TODAY };
    expect(await cases.stores.figures.count()).toBe(0);
    expect(await cases.stores.figures.figures(period, null)).toEqual([]);
    expect(NO_FIGURES.counts.received).toBe(0);
  });
});
