import type { FigureRow } from '../../../../subgraphs/cases/src/domain/figures/amounts.js';
import type { PublishedMonth } from '../../../../subgraphs/cases/src/domain/figures/disclosure.js';
import { COUNTERS } from '../../../../subgraphs/cases/src/domain/figures/kept-figures.js';
import { addUpMonths, mayReplaceMonth, tablesOf } from '../../../../subgraphs/cases/src/domain/figures/month-tables.js';

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
