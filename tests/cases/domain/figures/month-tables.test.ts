import type { FigureRow } from '../../../../subgraphs/cases/src/domain/figures/amounts.js';
import type { PublishedMonth } from '../../../../subgraphs/cases/src/domain/figures/disclosure.js';
import { COUNTERS } from '../../../../subgraphs/cases/src/domain/figures/kept-figures.js';
import {
  addUpMonths,
  isWholeWithheld,
  mayReplaceMonth,
  tablesInSteps,
  tablesOf,
} from '../../../../subgraphs/cases/src/domain/figures/month-tables.js';

interface Told {
  readonly department?: string;
  readonly category?: string;
  readonly region?: string;
  readonly industry?: string;
  readonly received?: number;
}
/** One case of an enterprise; what is not said is the same for all. */
const row = (complainant: string, { department = 'JXJ', category = 'FINANCE', ...told }: Told = {}): FigureRow => ({
  complainant,
  keys: {
    DEPARTMENT: department,
    CATEGORY: category,
    REGION: told.region ?? '421202',
    CHANNEL: 'PORTAL',
    KIND: 'APPEAL',
    ORIGIN: 'LOCAL',
    INDUSTRY: told.industry ?? 'C',
    MONTH: '2026-03',
    SERVICE_ITEM: '',
  },
  sums: Object.fromEntries(COUNTERS.map((name) => [name, name === 'count_received' ? (told.received ?? 1) : 0])),
});
const many = (count: number, told: Told, named = `${told.department ?? ''}${told.category ?? ''}`): FigureRow[] =>
  Array.from({ length: count }, (_none, index) => row(`${named}${index}`, told));
const shownOf = (month: PublishedMonth, grouping: string): string[] =>
  (month[grouping] ?? []).filter(({ withheld }) => !withheld?.includes('received')).map(({ key }) => key);

describe('what is told of the tables of a month', () => {
  it('hides no cell of one table that another table shows', () => {
    // Each table by itself would hide another large cell: 13 less FINANCE, which is RSJ, less LABOUR is one.
    const month = tablesOf([
      ...many(1, { department: 'GAJ', category: 'LOGISTICS' }),
      ...many(6, { department: 'JXJ', category: 'LABOUR' }),
      ...many(6, { department: 'RSJ', category: 'FINANCE' }),
    ]);
    const isSame = { JXJ: 'LABOUR', RSJ: 'FINANCE' } as const;
    const shown = new Set([
      ...shownOf(month, 'DEPARTMENT').map((key) => isSame[key as keyof typeof isSame]),
      ...shownOf(month, 'CATEGORY'),
    ]);
    expect(shown.size).toBeLessThan(2);
    expect(shownOf(month, 'ALL')).toEqual(['']);
  });

  it('hides small cells behind a larger one where they are of the same enterprises', () => {
    const month = tablesOf([
      ...many(3, { region: '421221' }, 'few'),
      ...many(3, { region: '421222' }, 'few'),
      ...many(8, { region: '421202' }, 'many'),
      ...many(9, { region: '421223' }, 'more'),
    ]);
    expect(shownOf(month, 'REGION')).toEqual(['421223']);
  });

  it('leaves no few over of a cell when another table tells nearly all of it', () => {
    // All cases of JXJ are of FINANCE, which has two more.
    const month = tablesOf([
      ...many(9, { department: 'JXJ', category: 'FINANCE' }),
      ...many(2, { department: 'RSJ', category: 'FINANCE' }),
      ...many(9, { department: 'RSJ', category: 'LABOUR' }),
    ]);
    // Who knows one cell of a table of two knows the other one, and RSJ less LABOUR is two as well.
    expect(Math.min(shownOf(month, 'CATEGORY').length, shownOf(month, 'DEPARTMENT').length)).toBe(0);
    expect(shownOf(month, 'ALL')).toEqual(['']);
  });

  it('is everything where nothing is small', () => {
    const month = tablesOf([...many(9, { region: '421221' }, 'a'), ...many(9, { region: '421222' }, 'b')]);
    expect(
      Object.values(month)
        .flatMap((cells) => cells.map(({ withheld }) => withheld?.length))
        .every((count) => count === 0),
    ).toBe(true);
  });
});

describe('newer figures of a month', () => {
  const before = tablesOf([...many(9, { region: '421221' }, 'a'), ...many(9, { region: '421222' }, 'b')]);

  it('take the place of the former where enough moved every figure that moved', () => {
    const after = tablesOf([...many(14, { region: '421221' }, 'a'), ...many(9, { region: '421222' }, 'b')]);
    expect(mayReplaceMonth(before, after)).toBe(true);
  });

  it('do not where a cell comes out of withholding, or goes into it: beside the former ones it would be told', () => {
    const small = tablesOf([
      ...many(2, { region: '421221' }, 'a'),
      ...many(9, { region: '421222' }, 'b'),
      ...many(9, { region: '421223' }, 'c'),
    ]);
    const large = tablesOf([
      ...many(7, { region: '421221' }, 'a'),
      ...many(9, { region: '421222' }, 'b'),
      ...many(9, { region: '421223' }, 'c'),
    ]);
    expect(shownOf(small, 'REGION')).toEqual(['421223']);
    expect(mayReplaceMonth(small, large)).toBe(false);
    expect(mayReplaceMonth(large, small)).toBe(false);
  });
});

describe('a month that was published before it was kept what is withheld', () => {
  const asFormer = (month: PublishedMonth): PublishedMonth =>
    Object.fromEntries(
      Object.entries(month).map(([grouping, cells]) => [
        grouping,
        cells.map(({ withheld: _withheld, ...cell }) => cell),
      ]),
    );

  it('is told by its tables', () => {
    const rows = [...many(2, { region: '421221' }, 'a'), ...many(9, { region: '421222' }, 'b'), ...many(8, {}, 'c')];
    const former = asFormer(tablesOf(rows));
    const [all] = addUpMonths([former], 'ALL');
    expect([all?.counts.received, [...(all?.withheld ?? [])]]).toEqual([19, []]);
    expect(
      addUpMonths([former], 'REGION')
        .filter(({ withheld }) => !withheld.has('received'))
        .map(({ key }) => key),
    ).toEqual(['421222']);
  });

  it('hides a figure of few behind a larger one', () => {
    const overdue = (department: string, late: number): FigureRow[] =>
      many(20, { department }).map((each, at) => ({
        ...each,
        sums: { ...each.sums, count_overdue: at < late ? 1 : 0 },
      }));
    const former = asFormer(tablesOf([...overdue('A', 2), ...overdue('B', 6), ...overdue('C', 9)]));
    // 17 less C's 9 and less B's 6 would be A's two.
    expect(addUpMonths([former], 'DEPARTMENT').map(({ key, withheld }) => [key, withheld.has('overdue')])).toEqual([
      ['A', true],
      ['B', true],
      ['C', false],
    ]);
  });
});

describe('published months together', () => {
  /** An enterprise with so many cases received and so many of them answered, of these so many in time. */
  const answered = (complainant: string, received: number, resolved: number, onTime: number): FigureRow => {
    const each = row(complainant, { received });
    const rate = { denominator_onTime: resolved, numerator_onTime: onTime };
    return { ...each, sums: { ...each.sums, count_resolved: resolved, ...rate } };
  };
  const names = (count: number, from = 0): string[] => Array.from({ length: count }, (_none, at) => `e${at + from}`);
  const march = tablesOf(names(8).map((name) => answered(name, 2, 1, 1)));
  const april = tablesOf(names(6).map((name, at) => answered(name, 3, at < 5 ? 2 : 0, 0)));

  it('add up what each tells of a group', () => {
    const [all, ...others] = addUpMonths([march, april], 'ALL');
    expect(others).toEqual([]);
    expect(all).toMatchObject({
      ...{ key: '', counts: { received: 34, resolved: 18, overdue: 0 }, standsForEnough: true },
      rates: { onTime: { numerator: 8, denominator: 18 }, response: { numerator: 0, denominator: 0 } },
      // Once for each month: eight and five.
      enterprisesHelped: 13,
    });
    expect(addUpMonths([march], 'ALL')[0]).toMatchObject({
      counts: { received: 16, resolved: 8 },
      enterprisesHelped: 8,
    });
    expect(addUpMonths([], 'ALL')).toEqual([]);
    expect(addUpMonths([march], 'NOSUCH')).toEqual([]);
  });

  it('come by key, each group once, also one that a month does not have', () => {
    const months = [
      tablesOf([...many(6, { region: '421222' }), ...many(7, { region: '421202' }, 'x')]),
      tablesOf([...many(6, { region: '421221' }), ...many(5, { region: '421202' }, 'x')]),
    ];
    expect(addUpMonths(months, 'REGION').map(({ key, counts }) => [key, counts.received])).toEqual([
      ['421202', 12],
      ['421221', 6],
      ['421222', 6],
    ]);
  });

  it('withhold what one of them withholds', () => {
    const few = tablesOf(names(3).map((name) => answered(name, 1, 0, 0)));
    const [all] = addUpMonths([march, few], 'ALL');
    expect(all && isWholeWithheld(all)).toBe(true);
    expect(isWholeWithheld({ withheld: new Set(['received', 'overdue']) })).toBe(false);
    expect(isWholeWithheld({ withheld: new Set() })).toBe(false);
  });

  it('stand for enough where the few of each are enough different ones together', () => {
    const of = (...months: string[][]) =>
      addUpMonths(
        months.map((who) => tablesOf(who.map((name) => answered(name, 1, 0, 0)))),
        'ALL',
      )[0]?.standsForEnough;
    expect([of(names(4)), of(names(5)), of(names(3), names(3)), of(names(3), names(2, 3))]).toEqual([
      ...[false, true, false, true],
    ]);
  });

  it('tell of a cell who is behind it only while it is few', () => {
    const cell = (count: number) =>
      tablesOf(
        names(count)
          .reverse()
          .map((name) => answered(name, 1, 1, 0)),
      )['ALL']?.[0];
    expect(cell(4)).toMatchObject({ enterprises: 4, few: ['e0', 'e1', 'e2', 'e3'], enterprisesHelped: 4 });
    expect(cell(5)).toMatchObject({ enterprises: 5, few: [], enterprisesHelped: 5 });
    expect(cell(5)?.figures['count_received']).toEqual({ amount: 5, of: 5 });
    expect(tablesOf([answered('e0', 2, 0, 0), answered('e0', 3, 0, 0)])['ALL']?.[0]).toMatchObject({
      ...{ enterprises: 1, enterprisesHelped: 0, figures: { count_received: { amount: 5, of: 1 } } },
    });
  });

  it('are not replaced where a figure of few moved, in a cell or in who was helped', () => {
    const former = tablesOf(names(8).map((name) => answered(name, 2, 1, 1)));
    const newer = (moved: number) =>
      tablesOf(names(8).map((name, at) => answered(name, 2, at < moved ? 0 : 1, at < moved ? 0 : 1)));
    expect(mayReplaceMonth(former, newer(0))).toBe(true);
    expect([1, 4].map((moved) => mayReplaceMonth(former, newer(moved)))).toEqual([false, false]);
  });
});

describe('the steps in which tables are made', () => {
  it('read 500 rows each, so that something else comes in between', () => {
    const read = new Set<number>();
    const rows = many(1_200, {}).map((each, at) => ({
      ...each,
      get sums() {
        read.add(at);
        return each.sums;
      },
    }));
    const making = tablesInSteps(rows);
    const readAfterAStep = (): number => {
      making.next();
      return read.size;
    };
    expect([readAfterAStep(), readAfterAStep()]).toEqual([500, 1_000]);
  });

  it('lead to the same tables', () => {
    const making = tablesInSteps(many(9, {}));
    let step = making.next();
    while (step.done !== true) step = making.next();
    expect(step.value).toEqual(tablesOf(many(9, {})));
  });
});
