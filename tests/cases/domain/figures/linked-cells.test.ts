import fc from 'fast-check';
import type { FigureRow } from '../../../../subgraphs/cases/src/domain/figures/amounts.js';
import type { PublishedMonth } from '../../../../subgraphs/cases/src/domain/figures/disclosure.js';
import { COUNTERS } from '../../../../subgraphs/cases/src/domain/figures/kept-figures.js';
import { tablesOf } from '../../../../subgraphs/cases/src/domain/figures/month-tables.js';
import { derivable, type Sum } from '../../support/subtraction-attack.js';

interface Of {
  readonly department: string;
  readonly category: string;
  readonly region?: string;
}
/** One case of an enterprise, received and not answered yet. */
const row = (complainant: string, { department, category, region = '421202' }: Of): FigureRow => ({
  complainant,
  keys: {
    ...{ DEPARTMENT: department, CATEGORY: category, REGION: region, CHANNEL: 'PORTAL', KIND: 'APPEAL' },
    ...{ ORIGIN: 'LOCAL', INDUSTRY: 'C', MONTH: '2026-03', SERVICE_ITEM: '' },
  },
  sums: Object.fromEntries(COUNTERS.map((name) => [name, name === 'count_received' ? 1 : 0])),
});
/** So many enterprises with one case each. */
const many = (count: number, of: Of): FigureRow[] =>
  Array.from({ length: count }, (_none, at) =>
    row(`${of.department}${of.category}${of.region ?? ''}${String(at)}`, of),
  );
const shown = (month: PublishedMonth, grouping: string): string[] =>
  (month[grouping] ?? []).filter(({ withheld }) => withheld?.includes('received') === false).map(({ key }) => key);

describe('what one table would give away of another', () => {
  it('is withheld: everybody knows which department has which category', () => {
    // Each table hides a larger cell by itself: JXJ, and FINANCE, which is RSJ. All less RSJ less LABOUR is GAJ's one.
    const month = tablesOf([
      ...many(1, { department: 'GAJ', category: 'LOGISTICS' }),
      ...many(6, { department: 'JXJ', category: 'LABOUR' }),
      ...many(6, { department: 'RSJ', category: 'FINANCE' }),
    ]);
    // Of the two by which GAJ is told, equal in size, the first by table.
    expect([shown(month, 'DEPARTMENT'), shown(month, 'CATEGORY'), shown(month, 'ALL')]).toEqual([['RSJ'], [], ['']]);
  });

  it('is withheld by the smallest cell of those by which it is told', () => {
    const month = tablesOf([
      ...many(1, { department: 'GAJ', category: 'LOGISTICS' }),
      ...many(7, { department: 'JXJ', category: 'LABOUR' }),
      ...many(6, { department: 'RSJ', category: 'FINANCE' }),
      ...many(6, { department: 'ZRJ', category: 'ARREARS' }),
    ]);
    // The tables hide RSJ, and ARREARS, which is ZRJ: all less JXJ, ZRJ and FINANCE is GAJ's.
    expect([shown(month, 'DEPARTMENT'), shown(month, 'CATEGORY')]).toEqual([['JXJ', 'ZRJ'], ['LABOUR']]);
  });

  it('leaves no few of a cell over beside what lies within it', () => {
    // LABOUR lies within RSJ, which has two more; without LABOUR all less FINANCE would be it.
    const month = tablesOf([
      ...many(9, { department: 'JXJ', category: 'FINANCE' }),
      ...many(2, { department: 'RSJ', category: 'FINANCE' }),
      ...many(9, { department: 'RSJ', category: 'LABOUR' }),
    ]);
    expect([shown(month, 'DEPARTMENT'), shown(month, 'CATEGORY')]).toEqual([['JXJ', 'RSJ'], []]);
  });

  it.each([
    [4, ['JXJ', 'RSJ'], []],
    [5, ['JXJ', 'RSJ'], ['FINANCE', 'LABOUR']],
  ])('is nothing where five are left over: %d', (left, departments, categories) => {
    const month = tablesOf([
      ...many(9, { department: 'JXJ', category: 'FINANCE' }),
      ...many(left, { department: 'RSJ', category: 'FINANCE' }),
      ...many(9, { department: 'RSJ', category: 'LABOUR' }),
    ]);
    expect([shown(month, 'DEPARTMENT'), shown(month, 'CATEGORY')]).toEqual([departments, categories]);
  });

  it('is nothing where the enterprises that are left over have other cases of the cell as well', () => {
    const both = many(9, { department: 'RSJ', category: 'LABOUR' });
    const month = tablesOf([
      ...many(9, { department: 'JXJ', category: 'FINANCE' }),
      ...many(6, { department: 'RSJ', category: 'FINANCE' }),
      ...both,
      ...both.map(({ complainant }) => row(complainant, { department: 'RSJ', category: 'FINANCE' })),
    ]);
    expect([shown(month, 'DEPARTMENT'), shown(month, 'CATEGORY')]).toEqual([
      ['JXJ', 'RSJ'],
      ['FINANCE', 'LABOUR'],
    ]);
  });

  it('cannot be found by a reader who adds, takes away, and knows which keys go together', () => {
    const code = (of: number) => String(of);
    const cases = fc.array(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(1), fc.nat(25)), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(cases, (list) => {
        const rows = list.map(([department, category, region, who]) =>
          row(code(who), { department: code(department), category: code(category), region: code(region) }),
        );
        const month = tablesOf(rows);
        const tables = ['DEPARTMENT', 'CATEGORY', 'REGION'] as const;
        const atoms = [...new Set(rows.map(({ keys }) => tables.map((table) => keys[table]).join()))];
        const atomOf = ({ keys }: FigureRow): number => atoms.indexOf(tables.map((table) => keys[table]).join());
        const whose = (over: ReadonlySet<number>): number =>
          new Set(rows.filter((each) => over.has(atomOf(each))).map(({ complainant }) => complainant)).size;
        const cells = tables.flatMap((table) =>
          [...new Set(rows.map(({ keys }) => keys[table]))].map((key) => ({
            ...{ table, name: `${table} ${key}`, isShown: shown(month, table).includes(key) },
            over: new Set(rows.filter(({ keys }) => keys[table] === key).map(atomOf)),
          })),
        );
        const total: Sum = { name: 'ALL', over: new Set(atoms.keys()) };
        const told = [...(shown(month, 'ALL').length > 0 ? [total] : []), ...cells.filter(({ isShown }) => isShown)];
        const known = new Set(derivable(cells, told, atoms.length));
        const isFew = (over: ReadonlySet<number>): boolean => whose(over) > 0 && whose(over) < 5;
        const isTold = cells.some(({ name, over }) => known.has(name) && isFew(over));
        const isLeft = cells
          .filter(({ name }) => known.has(name))
          .some((outer) =>
            tables
              .filter((table) => table !== outer.table)
              .some((table) => {
                const within = cells.filter(
                  (cell) =>
                    cell.table === table && known.has(cell.name) && [...cell.over].every((at) => outer.over.has(at)),
                );
                const taken = new Set(within.flatMap(({ over }) => [...over]));
                return within.length > 0 && isFew(new Set([...outer.over].filter((at) => !taken.has(at))));
              }),
          );
        return !isTold && !isLeft;
      }),
      { numRuns: 40 },
    );
  });
});
