/** The smallest number of enterprises that a published cell may stand for. */
export const SMALLEST_CELL = 5;

export interface Cell {
  readonly key: string;
  /** Different enterprises behind the cell's figures. */
  readonly enterprises: number;
}

export interface Disclosure {
  /** Keys whose figures must not be shown. */
  readonly withheld: ReadonlySet<string>;
  /** The total must be withheld too: the only cells left would give the withheld ones away by subtraction. */
  readonly isTotalWithheld: boolean;
}

/**
 * Decides what may be published of a table whose total is published as well. Cells with 1 to 4 enterprises are withheld, and then as
 * many of the next smallest as it takes that the withheld ones together stand for at least 5 enterprises in at least two cells.
 * Empty cells say nothing about anybody and are shown.
 */
export function disclose(cells: readonly Cell[], enterprisesInTotal: number): Disclosure {
  const withheld = new Set(cells.filter((cell) => cell.enterprises > 0 && cell.enterprises < SMALLEST_CELL).map((cell) => cell.key));
  const candidates = cells
    .filter((cell) => cell.enterprises >= SMALLEST_CELL)
    .sort((a, b) => a.enterprises - b.enterprises || (a.key < b.key ? -1 : 1));
  const isSafe = (): boolean => withheld.size === 0 || (withheld.size > 1 && sum(cells, withheld) >= SMALLEST_CELL);
  for (const cell of candidates) {
    if (isSafe()) break;
    withheld.add(cell.key);
  }
  return { withheld, isTotalWithheld: !isSafe() || (enterprisesInTotal > 0 && enterprisesInTotal < SMALLEST_CELL) };
}

const sum = (cells: readonly Cell[], keys: ReadonlySet<string>): number =>
  cells.reduce((total, cell) => (keys.has(cell.key) ? total + cell.enterprises : total), 0);
