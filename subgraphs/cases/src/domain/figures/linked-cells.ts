import { amountsOf, KNOWN_WITH, wholeOf, type FigureRow } from './amounts.js';
import type { PublishedMonth } from './disclosure.js';
import { ALL, GROUPINGS, type Grouping } from './kept-figures.js';
import { LinearSpan, randomVectors } from './linear-span.js';
import { FIGURE_NAMES, type FigureName } from './statistics.js';
import { isSmall, sharedBy, type Withheld } from './withholding.js';

/** A cell, and the sets of equal keys (atoms, by number) of which it is made. */
interface LinkedCell {
  readonly grouping: Grouping | typeof ALL;
  readonly key: string;
  readonly atoms: readonly number[];
  readonly of: number;
}

/** The rows in which there may be something of an amount, by sets of equal keys, and of whom there is something. */
interface Atoms {
  readonly keys: readonly FigureRow['keys'][];
  readonly complainants: readonly ReadonlySet<string>[];
}

/** Rows with the amounts that are made of their sums. */
type AmountRow = FigureRow & { readonly amounts: Readonly<Record<string, number>> };

/**
 * Withholds further figures where one table would give away what another one withholds. Whoever knows which department
 * handles which categories, say, knows which cells of different tables are made of the same cases, or which lie within
 * others, and takes one from the other. Assumed is a reader who knows of all keys which of them go together: no cell of
 * one to four enterprises may be a sum or difference of shown ones, nor may so few be left over of a known cell when
 * the known ones of another table that lie within it are taken away.
 */
export function withholdAcrossTables(month: PublishedMonth, rows: readonly FigureRow[], withheld: Withheld): void {
  const all = rows.map((row): AmountRow => ({ ...row, amounts: amountsOf(row.sums) }));
  for (const figure of FIGURE_NAMES) {
    // What is withheld for one amount of a figure is withheld of all: they are looked at until nothing moves.
    for (let isStable = false; !isStable;) {
      isStable = true;
      for (const amount of KNOWN_WITH[figure])
        while (withholdOneMore({ month, rows: all, figure, amount }, withheld)) isStable = false;
    }
  }
}

function withholdOneMore(
  {
    month,
    rows,
    figure,
    amount,
  }: { month: PublishedMonth; rows: readonly AmountRow[]; figure: FigureName; amount: string },
  withheld: Withheld,
): boolean {
  // A reader does not know beforehand where a part of a whole is none.
  const atoms = atomsOf(
    rows.filter(({ amounts }) => (amounts[wholeOf(amount)] ?? 0) > 0),
    amount,
  );
  const cells = cellsOf(month, atoms, amount);
  const isHidden = ({ grouping, key }: LinkedCell): boolean => withheld.has(grouping, key, figure);
  const known = knownCells(cells, { isHidden, atoms });
  const found = derivedOf(known.filter(({ cell }) => isHidden(cell) && isSmall(cell.of))) ?? leftOver(known, atoms);
  return found !== null && withheld.add(found.grouping, found.key, figure);
}

/** A cell whose figure a reader knows, and the shown ones out of which it can be worked out; of a shown one itself. */
interface KnownCell {
  readonly cell: LinkedCell;
  readonly from: readonly LinkedCell[];
}

function knownCells(
  cells: readonly LinkedCell[],
  { isHidden, atoms }: { readonly isHidden: (cell: LinkedCell) => boolean; readonly atoms: Atoms },
): KnownCell[] {
  const shown = cells.filter((cell) => !isHidden(cell));
  const vectors = randomVectors(atoms.keys.length, shown.length + 1);
  const span = new LinearSpan(shown.length);
  for (const [place, cell] of shown.entries()) span.add(vectors.sumOf(cell.atoms), place);
  return cells.flatMap((cell) => {
    if (!isHidden(cell)) return [{ cell, from: [cell] }];
    const parts = span.combinationOf(vectors.sumOf(cell.atoms));
    return parts === null ? [] : [{ cell, from: parts.flatMap((place) => shown[place] ?? []) }];
  });
}

function atomsOf(rows: readonly AmountRow[], amount: string): Atoms {
  const places = new Map<string, number>();
  const keys: FigureRow['keys'][] = [];
  const complainants: Set<string>[] = [];
  for (const row of rows) {
    const id = GROUPINGS.map((grouping) => row.keys[grouping]).join('\n');
    const place = places.get(id) ?? keys.push(row.keys) - 1;
    places.set(id, place);
    const own = (complainants[place] ??= new Set());
    if ((row.amounts[amount] ?? 0) > 0) own.add(row.complainant);
  }
  return { keys, complainants };
}

function cellsOf(month: PublishedMonth, { keys }: Atoms, amount: string): LinkedCell[] {
  return Object.entries(month).flatMap(([name, cells]) => {
    const grouping = name as Grouping | typeof ALL;
    const atoms = new Map<string, number[]>();
    for (const [place, own] of keys.entries()) {
      const key = grouping === ALL ? '' : own[grouping];
      const places = atoms.get(key) ?? [];
      places.push(place);
      atoms.set(key, places);
    }
    return cells
      .filter(({ key }) => atoms.has(key))
      .map((cell): LinkedCell => ({
        grouping,
        key: cell.key,
        atoms: atoms.get(cell.key) ?? [],
        of: sharedBy(cell, amount),
      }));
  });
}

/** The smallest of some shown cells but the total; null without any. */
const smallest = (cells: readonly LinkedCell[]): LinkedCell | null =>
  cells
    .filter(({ grouping }) => grouping !== ALL)
    .sort((a, b) => a.of - b.of || (`${a.grouping} ${a.key}` < `${b.grouping} ${b.key}` ? -1 : 1))[0] ?? null;

/** A shown cell out of which, with others, one of some withheld ones can be worked out. */
const derivedOf = (small: readonly KnownCell[]): LinkedCell | null =>
  small.map(({ from }) => smallest(from)).find((cell) => cell !== null) ?? null;

/**
 * A shown cell by which a reader knows a cell, or those of another table that lie within it, which leave too few of it
 * over.
 */
function leftOver(known: readonly KnownCell[], { keys, complainants }: Atoms): LinkedCell | null {
  for (const { cell: outer, from } of known) {
    const by = outer.grouping;
    if (by === ALL) continue;
    for (const grouping of GROUPINGS.filter((other) => other !== by)) {
      const within = known.filter(
        ({ cell }) => cell.grouping === grouping && cell.atoms.every((place) => keys[place]?.[by] === outer.key),
      );
      const taken = new Set(within.flatMap(({ cell }) => cell.atoms));
      const left = new Set(outer.atoms.flatMap((place) => (taken.has(place) ? [] : [...(complainants[place] ?? [])])));
      if (within.length === 0 || !isSmall(left.size)) continue;
      const found = smallest([...within.flatMap((one) => one.from), ...from]);
      if (found !== null) return found;
    }
  }
  return null;
}
