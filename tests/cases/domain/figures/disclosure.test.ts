import { SMALLEST_CELL } from '@zhitong/values';
import fc from 'fast-check';

import { disclose, type MonthOfCells } from '../../../../subgraphs/cases/src/domain/figures/disclosure.js';

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
/** A month whose cells have no enterprise in common. */
const month = (...counts: number[]): MonthOfCells => ({
  cells: counts.map((enterprises, index) => ({ key: String(index), enterprises })),
  enterprises: sum(counts),
});

describe('what may be published of a month', () => {
  it.each([
    ['large cells are shown', [12, 5, 40], []],
    ['an empty cell is shown', [12, 0, 40], []],
    ['a cell of four takes the next smallest with it, or subtraction would give it away', [12, 4, 40], ['1', '0']],
    [
      'small cells take a large one with them, because the same enterprise may stand in all of them',
      [12, 4, 4, 40],
      ['1', '2', '0'],
    ],
  ] as const)('%s', (_what, counts, withheld) => {
    const disclosure = disclose(month(...counts));
    expect([...disclosure.withheld].sort()).toEqual([...withheld].sort());
    expect(disclosure.isTotalWithheld).toBe(false);
  });

  it('hides a small cell behind the smallest large one; of equal ones behind the first by key, in whatever order they come', () => {
    const cells = [
      { key: 'c', enterprises: 5 },
      { key: 'b', enterprises: 9 },
      { key: 'a', enterprises: 4 },
      { key: 'd', enterprises: 5 },
    ];
    for (const shown of [cells, cells.toReversed()])
      expect([...disclose({ cells: shown, enterprises: 20 }).withheld].sort()).toEqual(['a', 'c']);
  });

  it('shows a cell of five, and a total of none or five', () => {
    expect(disclose(month(5))).toEqual({ withheld: new Set(), isTotalWithheld: false });
    expect(disclose(month(0))).toEqual({ withheld: new Set(), isTotalWithheld: false });
    expect(disclose(month(4)).isTotalWithheld).toBe(true);
  });

  it('withholds the total when nothing else could hide the cell', () => {
    expect(disclose(month(3)).isTotalWithheld).toBe(true);
    expect(disclose(month(0, 3)).isTotalWithheld).toBe(true);
    expect(disclose({ cells: month(3, 3).cells, enterprises: 3 }).isTotalWithheld).toBe(true);
    expect(disclose(month(3, 3)).isTotalWithheld).toBe(false);
  });

  it('never shows a cell of one to four, and never leaves fewer than five to be found by subtraction, however the cells overlap', () => {
    const set = fc.uniqueArray(fc.nat(12), { maxLength: 9 });
    fc.assert(
      fc.property(fc.array(set, { minLength: 1, maxLength: 8 }), (sets) => {
        const { withheld, isTotalWithheld } = disclose({
          cells: sets.map((members, index) => ({ key: String(index), enterprises: members.length })),
          enterprises: new Set(sets.flat()).size,
        });
        const shown = sets.filter((_members, index) => !withheld.has(String(index)));
        const leftOver = new Set(sets.filter((_members, index) => withheld.has(String(index))).flat()).size;
        return (
          shown.every(({ length }) => length === 0 || length >= SMALLEST_CELL) &&
          (isTotalWithheld || leftOver === 0 || leftOver >= SMALLEST_CELL)
        );
      }),
    );
  });
});
