import {
  cellOf,
  publicPeriod,
  withheldFunds,
  type PaidTable,
} from '../../../../subgraphs/policies/src/domain/disclosure/funds-disclosure.js';

const NOTHING: PaidTable = { months: [], departments: [], districts: [], policies: [] };
const fewOf = (key: string, month: string, enterprises: number): string[] =>
  enterprises < 5 ? Array.from({ length: enterprises }, (_, number) => `${key} ${month} ${String(number)}`) : [];
const groups = (month: string, counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([key, enterprises]) => ({
    month,
    key,
    enterprises,
    few: fewOf(key, month, enterprises),
  }));
const policiesOf = (department: string, month: string, counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([policy, enterprises]) => ({
    month,
    department,
    policy,
    enterprises,
    few: fewOf(policy, month, enterprises),
  }));
const hidden = (cells: ReadonlySet<string>): string[] => [...cells].sort();

it('the sum of two small ones of the same three enterprises is theirs too, so that a third is withheld', () => {
  const same = { month: '2026-09', department: 'RSJ', enterprises: 3, few: ['x', 'y', 'z'] };
  const policies = [
    { ...same, policy: 'a' },
    { ...same, policy: 'b' },
    ...policiesOf('RSJ', '2026-09', { c: 20, d: 30 }),
  ];
  const table = { ...NOTHING, departments: groups('2026-09', { RSJ: 40 }), policies };
  expect(hidden(withheldFunds(table, '2026-11').policies)).toEqual(['2026-09 a', '2026-09 b', '2026-09 c']);
});

describe.each(['districts', 'departments'] as const)('of the %s of a month', (part) => {
  it.each<[string, Readonly<Record<string, number>>, readonly string[]]>([
    ['all are told from five on', { a: 5, b: 6 }, []],
    ['a group of nobody hides nothing', { a: 0, b: 6 }, []],
    ['one of four is withheld with the smallest other one', { a: 4, b: 9, c: 8 }, ['a', 'c']],
    ['the first by name of equal ones is the other one', { d: 1, c: 8, b: 8, e: 9 }, ['b', 'd']],
    ['two small ones that are five together hide no third', { a: 2, b: 3, c: 8 }, ['a', 'b']],
    ['two small ones that are four together hide a third', { a: 2, b: 2, c: 8, d: 9 }, ['a', 'b', 'c']],
    ['one alone has no other one', { a: 4 }, ['a']],
  ])('%s', (_what, counts, expected) => {
    expect(hidden(withheldFunds({ ...NOTHING, [part]: groups('2026-09', counts) }, '2026-11')[part])).toEqual(
      expected.map((key) => cellOf('2026-09', key)),
    );
  });

  it('each month is looked at by itself', () => {
    const table = {
      ...NOTHING,
      [part]: [...groups('2026-08', { a: 1, b: 10, c: 20 }), ...groups('2026-09', { a: 10, b: 20, c: 5 })],
    };
    expect(hidden(withheldFunds(table, '2026-11')[part])).toEqual(['2026-08 a', '2026-08 b']);
  });
});

describe('of the months', () => {
  it('those of one to four enterprises are withheld', () => {
    const months = Object.entries({ '2026-05': 0, '2026-06': 1, '2026-07': 4, '2026-08': 5 }).flatMap(
      ([month, enterprises]) => groups(month, { '': enterprises }),
    );
    expect(hidden(withheldFunds({ ...NOTHING, months }, '2026-11').months)).toEqual(['2026-06', '2026-07']);
  });
});

describe('of the policies', () => {
  it('one of a department whose own sum is withheld is withheld too, or that sum would be theirs', () => {
    const departments = groups('2026-09', { RSJ: 3, KJJ: 9, SWUJ: 30 });
    const policies = [
      ...policiesOf('RSJ', '2026-09', { a: 3 }),
      ...policiesOf('KJJ', '2026-09', { b: 6, c: 5 }),
      ...policiesOf('SWUJ', '2026-09', { d: 10, e: 20 }),
    ];
    const withheld = withheldFunds({ ...NOTHING, departments, policies }, '2026-11');
    expect(hidden(withheld.departments)).toEqual(['2026-09 KJJ', '2026-09 RSJ']);
    expect(hidden(withheld.policies)).toEqual(['2026-09 a', '2026-09 c']);
  });

  it('the running month is withheld whatever it holds', () => {
    const policies = [...policiesOf('RSJ', '2026-11', { a: 50, b: 60 }), ...policiesOf('RSJ', '2026-10', { c: 70 })];
    expect(hidden(withheldFunds({ ...NOTHING, policies }, '2026-11').policies)).toEqual(['2026-11 a', '2026-11 b']);
  });
});

describe('a period for the public', () => {
  it.each([
    ['2026-01-31', '2026-01-31', '2026-11-20', '2026-01-31'],
    ['2026-02-10', '2026-02-10', '2026-11-20', '2026-02-28'],
    ['2024-02-10', '2024-02-10', '2026-11-20', '2024-02-29'],
    ['2000-02-01', '2000-02-01', '2026-11-20', '2000-02-29'],
    ['2100-02-01', '2100-02-01', '2101-01-20', '2100-02-28'],
    ['2026-03-01', '2026-03-02', '2026-11-20', '2026-03-31'],
    ['2026-04-01', '2026-04-02', '2026-11-20', '2026-04-30'],
    ['2026-05-01', '2026-05-02', '2026-11-20', '2026-05-31'],
    ['2026-06-01', '2026-06-02', '2026-11-20', '2026-06-30'],
    ['2026-07-01', '2026-07-02', '2026-11-20', '2026-07-31'],
    ['2026-08-01', '2026-08-02', '2026-11-20', '2026-08-31'],
    ['2026-09-01', '2026-09-02', '2026-11-20', '2026-09-30'],
    ['2026-10-01', '2026-12-31', '2026-11-20', '2026-10-31'],
    ['2025-11-01', '2025-11-02', '2026-11-20', '2025-11-30'],
    ['2025-12-01', '2025-12-02', '2026-11-20', '2025-12-31'],
    ['2026-08-15', '2026-12-31', '2026-10-01', '2026-09-30'],
    ['2025-11-15', '2026-05-31', '2026-01-01', '2025-12-31'],
    ['2026-01-15', '2026-12-31', '2026-11-30', '2026-10-31'],
  ])('from %s to %s, asked on %s, ends on %s', (from, to, today, last) => {
    expect(publicPeriod({ from, to, today }, [])).toEqual({
      from: `${from.slice(0, 7)}-01`,
      to: last,
      months: [],
      isOver: true,
    });
  });

  it('holds the months in which something was paid, its first and last among them, and no others', () => {
    const paidIn = ['2026-01', '2026-02', '2026-04', '2026-05'];
    expect(publicPeriod({ from: '2026-02-28', to: '2026-04-01', today: '2026-11-20' }, paidIn).months).toEqual([
      '2026-02',
      '2026-04',
    ]);
  });
});
