import { mayReplace, SMALLEST_CELL, standsForEnough, type SeenFigures, type SharedAmount } from '@zhitong/values';
import { amountsOf, type AmountRow, type FigureRow } from './amounts.js';
import type { PublishedCell, PublishedMonth } from './disclosure.js';
import { ALL, GROUPINGS } from './kept-figures.js';
import { withholdAcrossTables } from './linked-cells.js';
import { atOnce, type Steps } from './steps.js';
import { assembleFigures, FIGURE_NAMES, type FigureName, type Figures } from './statistics.js';
import { withheldWithinTables } from './withholding.js';

/** Rows that are added up between two steps: some milliseconds' work. */
const ROWS_IN_A_STEP = 500;

/** Makes the tables of a month, and decides what of them is withheld; in steps, between which others can run. */
export function* tablesInSteps(figures: readonly FigureRow[]): Steps<PublishedMonth> {
  const rows: AmountRow[] = [];
  for (const row of figures) {
    rows.push({ ...row, amounts: amountsOf(row.sums) });
    if (rows.length % ROWS_IN_A_STEP === 0) yield;
  }
  const month: Record<string, PublishedCell[]> = {};
  for (const grouping of [ALL, ...GROUPINGS] as const) {
    const groups = new Map<string, AmountRow[]>();
    for (const row of rows) {
      const key = grouping === ALL ? '' : row.keys[grouping];
      const group = groups.get(key) ?? [];
      group.push(row);
      groups.set(key, group);
    }
    const cells: PublishedCell[] = [];
    for (const [key, own] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) cells.push(yield* cellInSteps(key, own));
    month[grouping] = cells;
  }
  const withheld = withheldWithinTables(month);
  yield;
  yield* withholdAcrossTables(month, rows, withheld);
  return Object.fromEntries(
    Object.entries(month).map(([grouping, cells]) => [
      grouping,
      cells.map((cell) => ({ ...cell, withheld: withheld.of(grouping, cell.key) })),
    ]),
  );
}

/** The same at once. */
export const tablesOf = (figures: readonly FigureRow[]): PublishedMonth => atOnce(tablesInSteps(figures));

function* cellInSteps(key: string, rows: readonly AmountRow[]): Steps<PublishedCell> {
  const complainants = new Set(rows.map(({ complainant }) => complainant));
  const shared = new Map<string, { amount: number; readonly who: Set<string> }>();
  for (const [at, { complainant, amounts }] of rows.entries()) {
    if (at % ROWS_IN_A_STEP === ROWS_IN_A_STEP - 1) yield;
    for (const [name, amount] of Object.entries(amounts)) {
      const own = shared.get(name) ?? { amount: 0, who: new Set<string>() };
      own.amount += amount;
      if (amount > 0) own.who.add(complainant);
      shared.set(name, own);
    }
  }
  return {
    key,
    enterprises: complainants.size,
    few: complainants.size < SMALLEST_CELL ? [...complainants].sort() : [],
    enterprisesHelped: shared.get('count_resolved')?.who.size ?? 0,
    figures: Object.fromEntries([...shared].map(([name, { amount, who }]) => [name, { amount, of: who.size }])),
  };
}

/** The figures of each cell of a published month that are not told. */
function withheldOf(month: PublishedMonth): (grouping: string, cell: PublishedCell) => readonly FigureName[] {
  const within = withheldWithinTables(month);
  return (grouping, cell) => cell.withheld ?? within.of(grouping, cell.key);
}

/** Published months of one group together. */
export interface PublishedGroup extends Figures {
  readonly key: string;
  /** Enterprises with a case resolved in a month, counted once for each month. */
  readonly enterprisesHelped: number;
  /** Whether enough different enterprises stand behind it. */
  readonly standsForEnough: boolean;
  /** Figures that are withheld in one of the months: a longer period must not give away what the others leave over. */
  readonly withheld: ReadonlySet<FigureName>;
}

/** Adds the cells of each group of a grouping up over some months. The groups come by key. */
export function addUpMonths(months: readonly PublishedMonth[], grouping: string): PublishedGroup[] {
  const cells = months.flatMap((month) => {
    const of = withheldOf(month);
    return (month[grouping] ?? []).map((cell) => ({ ...cell, withheld: of(grouping, cell) }));
  });
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
      withheld: new Set(own.flatMap(({ withheld }) => withheld)),
    };
  });
}

/** True for a group of which nothing is told. */
export const isWholeWithheld = ({ withheld }: Pick<PublishedGroup, 'withheld'>): boolean =>
  FIGURE_NAMES.every((figure) => withheld.has(figure));

/** What of a month can be seen: every cell of every table, and every figure in it. */
function seenOf(month: PublishedMonth): SeenFigures {
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

const withheldPlaces = (month: PublishedMonth): string => {
  const of = withheldOf(month);
  return Object.entries(month)
    .flatMap(([grouping, cells]) =>
      cells.flatMap((cell) => of(grouping, cell).map((figure) => `${grouping} ${cell.key} ${figure}`)),
    )
    .sort()
    .join('\n');
};

/**
 * Whether newer figures may take the place of a published month's: where every figure that moved did so for enough
 * enterprises (`mayReplace`), and the same figures are withheld. What comes out of withholding would tell, beside what
 * was published before, what had been withheld.
 */
export const mayReplaceMonth = (former: PublishedMonth, newer: PublishedMonth): boolean =>
  mayReplace(seenOf(former), seenOf(newer)) && withheldPlaces(former) === withheldPlaces(newer);
