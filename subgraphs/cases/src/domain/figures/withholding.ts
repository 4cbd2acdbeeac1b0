import { SMALLEST_CELL } from '@zhitong/values';
import { decidingInTotal, KNOWN_WITH } from './amounts.js';
import { disclose, type PublishedCell, type PublishedMonth } from './disclosure.js';
import { ALL } from './kept-figures.js';
import { FIGURE_NAMES, type FigureName } from './statistics.js';

/** The figures of each cell of a month that are not told, by grouping and key. */
export class Withheld {
  readonly #places = new Map<string, Set<FigureName>>();

  has(grouping: string, key: string, figure: FigureName): boolean {
    return this.#places.get(`${grouping} ${key}`)?.has(figure) ?? false;
  }

  /** @returns true when it was told before. */
  add(grouping: string, key: string, figure: FigureName): boolean {
    const place = `${grouping} ${key}`;
    const figures = this.#places.get(place) ?? new Set();
    const isNew = !figures.has(figure);
    this.#places.set(place, figures.add(figure));
    return isNew;
  }

  /** In the order of the figures' names. */
  of(grouping: string, key: string): FigureName[] {
    return FIGURE_NAMES.filter((figure) => this.has(grouping, key, figure));
  }
}

/** How many enterprises share an amount of a cell. */
export const sharedBy = (cell: PublishedCell, amount: string): number => cell.figures[amount]?.of ?? 0;

/** True for a number of enterprises that may not be told. */
export const isSmall = (enterprises: number): boolean => enterprises > 0 && enterprises < SMALLEST_CELL;

const amountsToKeep = (grouping: string, figure: FigureName): readonly string[] =>
  grouping === ALL ? [decidingInTotal(figure)] : KNOWN_WITH[figure];

/**
 * Decides which figures of a month's tables are withheld, each table looked at beside the total: all of a cell of one
 * to four enterprises (`disclose`), each figure that by itself, or with another one, tells an amount of one to four of
 * a group, and of every figure so many larger cells that what total and shown cells leave over stands for at least
 * five.
 */
export function withheldWithinTables(month: PublishedMonth): Withheld {
  const withheld = new Withheld();
  const total = month[ALL]?.[0];
  for (const [grouping, cells] of Object.entries(month)) {
    const small =
      grouping === ALL
        ? cells.filter(({ enterprises }) => isSmall(enterprises)).map(({ key }) => key)
        : disclose({ cells, enterprises: total?.enterprises ?? 0 }).withheld;
    for (const key of small) for (const figure of FIGURE_NAMES) withheld.add(grouping, key, figure);
    for (const figure of FIGURE_NAMES) {
      for (const cell of cells)
        if (amountsToKeep(grouping, figure).some((amount) => isSmall(sharedBy(cell, amount))))
          withheld.add(grouping, cell.key, figure);
      hideBehindLarger({ grouping, cells, figure }, withheld);
    }
  }
  return withheld;
}

/** Withholds a figure of larger cells, so that what the shown ones leave over of any amount stands for enough. */
function hideBehindLarger(
  { grouping, cells, figure }: { grouping: string; cells: readonly PublishedCell[]; figure: FigureName },
  withheld: Withheld,
): void {
  const isHidden = (cell: PublishedCell): boolean => withheld.has(grouping, cell.key, figure);
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (const amount of KNOWN_WITH[figure]) {
      const left = cells.filter((cell) => isHidden(cell) && sharedBy(cell, amount) > 0);
      if (left.length === 0 || left.some((cell) => !isSmall(sharedBy(cell, amount)))) continue;
      const [hiding] = cells
        .filter((cell) => !isHidden(cell) && sharedBy(cell, amount) >= SMALLEST_CELL)
        .sort((a, b) => sharedBy(a, amount) - sharedBy(b, amount) || (a.key < b.key ? -1 : 1));
      if (hiding === undefined) continue;
      withheld.add(grouping, hiding.key, figure);
      isStable = false;
    }
  }
}
