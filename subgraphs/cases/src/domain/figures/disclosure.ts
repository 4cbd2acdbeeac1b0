import { SMALLEST_CELL, standsForEnough, type BehindPart, type SeenFigures, type SharedAmount } from '@zhitong/values';
import { assembleFigures, type Figures } from './statistics.js';

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

/**
 * Decides what may be published of several months together. Whoever takes one period from another must not find a month
 * that is withheld by itself: what is withheld in any of the months is withheld in all periods that hold it.
 */
export function discloseMonths(months: readonly MonthOfCells[]): Disclosure {
  const disclosures = months.map(disclose);
  return {
    withheld: new Set(disclosures.flatMap(({ withheld }) => [...withheld])),
    isTotalWithheld: disclosures.some(({ isTotalWithheld }) => isTotalWithheld),
  };
}

/** One group's cell in the published table of a month. */
export interface PublishedCell extends Cell, BehindPart {
  readonly enterprisesHelped: number;
  /** Cases and the enterprises whose they are, under the names of the figures. */
  readonly figures: Readonly<Record<string, SharedAmount>>;
}

/**
 * What everybody sees of a month, fixed at one moment: a table for each grouping and, under `ALL`, one for all cases
 * together. One moment, because two tables of different ones would tell by their sums what happened between them.
 */
export type PublishedMonth = Readonly<Record<string, readonly PublishedCell[]>>;

/**
 * What of a month decides whether newer figures may take its place: every cell of every table, and every figure in it.
 */
export function seenOfMonth(month: PublishedMonth): SeenFigures {
  const counts: Record<string, number> = {};
  const amounts: Record<string, SharedAmount> = {};
  for (const [grouping, cells] of Object.entries(month)) {
    for (const { key, enterprises, enterprisesHelped, figures } of cells) {
      const place = `${grouping} ${key}`;
      counts[place] = enterprises;
      counts[`${place} helped`] = enterprisesHelped;
      for (const [name, shared] of Object.entries(figures)) amounts[`${place} ${name}`] = shared;
    }
  }
  return { counts, amounts };
}

/** Published months of one group together. */
export interface PublishedGroup extends Figures {
  readonly key: string;
  /** Enterprises with a case resolved in a month, counted once for each month. */
  readonly enterprisesHelped: number;
  /** Whether enough different enterprises stand behind it. */
  readonly standsForEnough: boolean;
}

/** Adds the cells of each group up over some months. The groups come by key. */
export function addUpMonths(months: readonly (readonly PublishedCell[])[]): PublishedGroup[] {
  const cells = months.flat();
  return [...new Set(cells.map(({ key }) => key))].sort().map((key) => {
    const own = cells.filter((cell) => cell.key === key);
    const sum = (valueOf: (cell: PublishedCell) => number): number =>
      own.reduce((total, cell) => total + valueOf(cell), 0);
    const cases = (name: string): number => sum(({ figures }) => figures[name]?.amount ?? 0);
    return {
      key,
      ...assembleFigures(
        (name) => cases(`count_${name}`),
        (name) => ({ numerator: cases(`numerator_${name}`), denominator: cases(`denominator_${name}`) }),
      ),
      enterprisesHelped: sum(({ enterprisesHelped }) => enterprisesHelped),
      standsForEnough: standsForEnough(own),
    };
  });
}
