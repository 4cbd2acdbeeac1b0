import {
  cellOf,
  publicPeriod,
  withheldFunds,
  type PaidCell,
  type PaidMonth,
  type PaidTable,
} from '../../../../subgraphs/policies/src/domain/disclosure/funds-disclosure.js';

/** Payments of one policy in one month, each to another enterprise. */
type Paid = readonly [month: string, department: string, policy: string, enterprises: number];

const names = (month: string, policy: string, enterprises: number): string[] =>
  Array.from({ length: enterprises }, (_, number) => `${policy} ${month} ${String(number)}`);

/** The table of these payments; every enterprise is paid once a month, in one district. */
function tableOf(paid: readonly Paid[]): PaidTable {
  const summed = (keyOf: (row: Paid) => string): PaidMonth[] => {
    const sums = new Map<string, PaidMonth>();
    for (const row of paid) {
      const [month, , policy, enterprises] = row;
      const name = cellOf(month, keyOf(row));
      const before = sums.get(name);
      const all = (before?.enterprises ?? 0) + enterprises;
      const few = all < 5 ? [...(before?.few ?? []), ...names(month, policy, enterprises)] : [];
      sums.set(name, { month, key: keyOf(row), enterprises: all, few });
    }
    return [...sums.values()];
  };
  const policies = paid.map(([month, department, policy, enterprises]): PaidCell => ({
    month,
    department,
    policy,
    enterprises,
    few: enterprises < 5 ? names(month, policy, enterprises) : [],
  }));
  return {
    months: summed(() => ''),
    departments: summed(([, department]) => department),
    districts: summed(() => '421202'),
    policies,
  };
}

const RUNNING = '2026-11';

describe('what the public is told of funds', () => {
  it('is everything where no cell stands for one to four', () => {
    const { months, departments, policies } = withheldFunds(
      tableOf([
        ['2026-09', 'RSJ', 'a', 5],
        ['2026-09', 'RSJ', 'b', 20],
        ['2026-09', 'KJJ', 'c', 7],
      ]),
      RUNNING,
    );
    expect([...months, ...departments, ...policies]).toEqual([]);
  });

  it('leaves out a small cell, and beside it the smallest other one of its department, from which it could be worked out', () => {
    const { departments, policies } = withheldFunds(
      tableOf([
        ['2026-09', 'RSJ', 'a', 2],
        ['2026-09', 'RSJ', 'b', 20],
        ['2026-09', 'RSJ', 'c', 9],
        ['2026-09', 'KJJ', 'd', 6],
      ]),
      RUNNING,
    );
    expect([...departments]).toEqual([]);
    expect([...policies].sort()).toEqual([cellOf('2026-09', 'a'), cellOf('2026-09', 'c')]);
  });

  it('leaves out another month of a policy, whose sum its statistics tell', () => {
    const { policies } = withheldFunds(
      tableOf([
        ['2026-08', 'RSJ', 'a', 30],
        ['2026-09', 'RSJ', 'a', 3],
        ['2026-09', 'RSJ', 'b', 40],
        ['2026-10', 'RSJ', 'a', 10],
        ['2026-10', 'RSJ', 'b', 40],
        ['2026-10', 'RSJ', 'c', 50],
      ]),
      RUNNING,
    );
    for (const month of ['2026-09', '2026-10'])
      expect([month, policies.has(cellOf(month, 'a'))]).toEqual([month, true]);
    expect(policies.has(cellOf('2026-08', 'a'))).toBe(false);
  });

  it('tells nothing of the running month, and all of the one before, since no sum holds both', () => {
    const { policies } = withheldFunds(
      tableOf([
        ['2026-10', 'RSJ', 'a', 10],
        ['2026-10', 'RSJ', 'b', 9],
        [RUNNING, 'RSJ', 'a', 2],
      ]),
      RUNNING,
    );
    expect([...policies]).toEqual([cellOf(RUNNING, 'a')]);
  });

  it('leaves out a month that stands for one to four in all', () => {
    expect([
      ...withheldFunds(
        tableOf([
          ['2026-09', 'RSJ', 'a', 2],
          ['2026-09', 'KJJ', 'b', 2],
        ]),
        RUNNING,
      ).months,
    ]).toEqual(['2026-09']);
  });

  it('lets nobody work out a small cell by subtraction, in invented tables', () => {
    let seed = 20261120;
    const chance = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    for (let turn = 0; turn < 300; turn += 1) {
      const paid: Paid[] = [];
      for (const month of ['2026-07', '2026-08', '2026-09'])
        for (const [policy, department] of [
          ['a', 'RSJ'],
          ['b', 'RSJ'],
          ['c', 'RSJ'],
          ['d', 'KJJ'],
          ['e', 'KJJ'],
          ['f', 'SWUJ'],
        ] as const)
          if (chance(3) > 0) paid.push([month, department, policy, 1 + chance(12)]);
      const table = tableOf(paid);
      const withheld = withheldFunds(table, RUNNING);
      // Whoever knows every sum that is told: of a department's month over its policies, and what a policy's statistics
      // told month by month.
      const lines: PaidCell[][] = [];
      for (const policy of new Set(paid.map(([, , id]) => id))) {
        let growth: PaidCell[] = [];
        for (const cell of table.policies.filter((each) => each.policy === policy)) {
          growth.push(cell);
          if (growth.reduce((sum, { enterprises }) => sum + enterprises, 0) < 5) continue;
          lines.push(growth);
          growth = [];
        }
      }
      for (const { month, key } of table.departments.filter(
        (cell) => !withheld.departments.has(cellOf(cell.month, cell.key)),
      ))
        lines.push(table.policies.filter((cell) => cell.month === month && cell.department === key));
      for (const line of lines) {
        const hidden = line.filter(({ month, policy }) => withheld.policies.has(cellOf(month, policy)));
        const left = hidden.reduce((sum, { enterprises }) => sum + enterprises, 0);
        const isWholeLine = hidden.length === line.length;
        if (hidden.length > 0 && !isWholeLine)
          expect({ turn, hidden: hidden.length > 1, left: left >= 5 }).toEqual({ turn, hidden: true, left: true });
      }
      for (const { month, policy, enterprises } of table.policies)
        if (enterprises < 5) expect(withheld.policies.has(cellOf(month, policy))).toBe(true);
    }
  });
});

describe('a period for the public', () => {
  it('is of whole months that are over', () => {
    const paidIn = ['2026-01', '2026-02', '2026-10', '2026-11'];
    expect(publicPeriod({ from: '2026-02-15', to: '2026-11-20', today: '2026-11-20' }, paidIn)).toEqual({
      from: '2026-02-01',
      to: '2026-10-31',
      months: ['2026-02', '2026-10'],
      isOver: true,
    });
    expect(publicPeriod({ from: '2024-02-01', to: '2024-02-01', today: '2026-11-20' }, paidIn)).toEqual({
      from: '2024-02-01',
      to: '2024-02-29',
      months: [],
      isOver: true,
    });
    expect(publicPeriod({ from: '2026-11-01', to: '2026-11-20', today: '2026-11-20' }, paidIn)).toEqual({
      from: '2026-11-01',
      to: '2026-11-30',
      months: [],
      isOver: false,
    });
    expect(publicPeriod({ from: '2025-12-01', to: '2026-01-20', today: '2026-01-20' }, paidIn)).toMatchObject({
      to: '2025-12-31',
      isOver: true,
    });
  });
});
