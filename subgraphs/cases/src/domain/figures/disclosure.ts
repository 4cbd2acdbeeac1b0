import { SMALLEST_CELL, type BehindPart, type SharedAmount } from '@zhitong/values';
import type { FigureName } from './statistics.js';

export interface Cell {
  readonly key: string;
  /** Different enterprises behind the cell's figures. */
  readonly enterprises: number;
}

export interface Disclosure {
  /** Keys whose figures must not be shown. */
  readonly withheld: ReadonlySet<string>;
  /** The total must be withheld too, because it stands for 1 to 4 enterprises. */
  readonly isTotalWithheld: boolean;
}

/** The cells of one month, and how many different enterprises stand behind all of them. */
export interface MonthOfCells {
  readonly cells: readonly Cell[];
  readonly enterprises: number;
}

/**
 * Decides what may be published of a table of one month whose total is published as well. Cells with 1 to 4 enterprises
 * are withheld, and with them the smallest one of 5 or more: what total and shown cells leave over then stands for at
 * least 5, even if the small cells are all of the same enterprises. Empty cells say nothing about anybody and are
 * shown.
 */
export function disclose({ cells, enterprises }: MonthOfCells): Disclosure {
  const small = cells.filter((cell) => cell.enterprises > 0 && cell.enterprises < SMALLEST_CELL);
  const [hiding] = cells
    .filter((cell) => cell.enterprises >= SMALLEST_CELL)
    .sort((a, b) => a.enterprises - b.enterprises || (a.key < b.key ? -1 : 1));
  const withheld = small.length === 0 || hiding === undefined ? small : [...small, hiding];
  // Without a larger cell all of them are withheld, and what is left over is the total itself.
  return {
    withheld: new Set(withheld.map(({ key }) => key)),
    isTotalWithheld: enterprises > 0 && enterprises < SMALLEST_CELL,
  };
}

/** One group's cell in the published table of a month. */
export interface PublishedCell extends Cell, BehindPart {
  readonly enterprisesHelped: number;
  /** Cases and the enterprises whose they are, under the names of `countersOf` and `DIFFERENCES`. */
  readonly figures: Readonly<Record<string, SharedAmount>>;
  /** Figures that are not told of the cell; missing in what was published before that was kept with it. */
  readonly withheld?: readonly FigureName[];
}

/**
 * What everybody sees of a month, fixed at one moment: a table for each grouping and, under `ALL`, one for all cases
 * together. One moment, because two tables of different ones would tell by their sums what happened between them.
 */
export type PublishedMonth = Readonly<Record<string, readonly PublishedCell[]>>;
