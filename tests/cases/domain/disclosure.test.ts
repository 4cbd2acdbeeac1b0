import fc from 'fast-check';

import { disclose, SMALLEST_CELL } from '../../../subgraphs/cases/src/domain/disclosure.js';

const cells = (...enterprises: number[]) => enterprises.map((count, index) => ({ key: String(index), enterprises: count }));
const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);

describe('what may be published', () => {
  it.each([
    ['large cells are shown', [12, 5, 40], []],
    ['an empty cell is shown', [12, 0, 40], []],
    ['a cell of four takes the next smallest with it, or subtraction would give it away', [12, 4, 40], ['1', '0']],
    ['two small cells hide each other when together they are five', [12, 4, 1, 40], ['1', '2']],
    ['two small cells that are not five together take a third', [12, 1, 2, 40], ['1', '2', '0']],
  ] as const)('%s', (_what, counts, withheld) => {
    const disclosure = disclose(cells(...counts), sum([...counts]));
    expect([...disclosure.withheld].sort()).toEqual([...withheld].sort());
    expect(disclosure.isTotalWithheld).toBe(false);
  });

  it('withholds the total when nothing else could hide the cell', () => {
    expect(disclose(cells(3), 3).isTotalWithheld).toBe(true);
    expect(disclose(cells(0, 3), 3).isTotalWithheld).toBe(true);
  });

  it('never shows a cell of one to four, and never leaves fewer than five to be found by subtraction', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 12 }), (counts) => {
        const { withheld, isTotalWithheld } = disclose(cells(...counts), sum(counts));
        const shown = counts.filter((_count, index) => !withheld.has(String(index)));
        const hidden = sum(counts) - sum(shown);
        return shown.every((count) => count === 0 || count >= SMALLEST_CELL) && (isTotalWithheld || hidden === 0 || (hidden >= SMALLEST_CELL && withheld.size > 1));
      }),
    );
  });
});
