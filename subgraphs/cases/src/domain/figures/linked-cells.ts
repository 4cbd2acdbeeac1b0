import { KNOWN_WITH, wholeOf, type AmountRow, type FigureRow } from './amounts.js';
import type { PublishedMonth } from './disclosure.js';
import { ALL, GROUPINGS, type Grouping } from './kept-figures.js';
import { LinearSpan, randomVectors, type Vector } from './linear-span.js';
import { FIGURE_NAMES, type FigureName } from './statistics.js';
import type { Steps } from './steps.js';
import { isSmall, sharedBy, type Withheld } from './withholding.js';

/** Cells that are worked out between two steps: some milliseconds' work. */
const CELLS_IN_A_STEP = 20;

/** A cell, and the sets of equal keys (atoms, by number) of which it is made. */
interface LinkedCell {
  readonly grouping: Grouping | typeof ALL;
  readonly key: string;
  readonly atoms: readonly number[];
  readonly of: number;
  /** Cells of each other table that lie wholly within it, by their places among all cells. */
  readonly inner: ReadonlyMap<Grouping, readonly number[]>;
  /** Stands for the cell's figure as the sum of what its atoms have of it. */
  readonly vector: Vector;
}

/** The rows in which there may be something of an amount, by sets of equal keys, and of whom there is something. */
interface Atoms {
  readonly keys: readonly FigureRow['keys'][];
  readonly complainants: readonly ReadonlySet<string>[];
}

/**
 * Withholds further figures where one table would give away what another one withholds. Whoever knows which department
 * handles which categories, say, knows which cells of different tables are made of the same cases, or which lie within
 * others, and takes one from the other. Assumed is a reader who knows of all keys which of them go together: no cell of
 * one to four enterprises may be a sum or difference of shown ones, nor may so few be left over of a known cell when
 * the known ones of another table that lie within it are taken away.
 */
export function* withholdAcrossTables(
  month: PublishedMonth,
  rows: readonly AmountRow[],
  withheld: Withheld,
): Steps<void> {
  for (const figure of FIGURE_NAMES) {
    const linked: LinkedCells[] = [];
    for (const amount of KNOWN_WITH[figure]) {
      linked.push(linkedCells(month, rows, amount));
      yield;
    }
    // What is withheld for one amount of a figure is withheld of all: they are looked at until nothing moves.
    for (let isStable = false; !isStable;) {
      isStable = true;
      for (const each of linked) {
        while (yield* withholdOneMore(each, figure, withheld)) isStable = false;
      }
    }
  }
}

/** The cells of a month in which there may be something of an amount, and what they are made of. */
interface LinkedCells {
  readonly cells: readonly LinkedCell[];
  readonly atoms: Atoms;
}

function linkedCells(month: PublishedMonth, rows: readonly AmountRow[], amount: string): LinkedCells {
  // A reader does not know beforehand where a part of a whole is none.
  const atoms = atomsOf(
    rows.filter(({ amounts }) => (amounts[wholeOf(amount)] ?? 0) > 0),
    amount,
  );
  return { cells: cellsOf(month, atoms, amount), atoms };
}

function* withholdOneMore({ cells, atoms }: LinkedCells, figure: FigureName, withheld: Withheld): Steps<boolean> {
  const isHidden = ({ grouping, key }: LinkedCell): boolean => withheld.has(grouping, key, figure);
  const known = yield* knownCells(cells, isHidden);
  yield;
  const found = derivedOf(known.filter(({ cell }) => isHidden(cell) && isSmall(cell.of))) ?? leftOver(known, atoms);
  return found !== null && withheld.add(found.grouping, found.key, figure);
}

/** A cell whose figure a reader knows, and the shown ones out of which it can be worked out; of a shown one itself. */
interface KnownCell {
  readonly cell: LinkedCell;
  /** Among all cells. */
  readonly place: number;
  readonly from: readonly LinkedCell[];
}

function* knownCells(cells: readonly LinkedCell[], isHidden: (cell: LinkedCell) => boolean): Steps<KnownCell[]> {
  const shown = cells.filter((cell) => !isHidden(cell));
  const span = new LinearSpan(shown.length);
  // Nothing is worked out where everything is shown.
  if (shown.length < cells.length) {
    for (const [place, { vector }] of shown.entries()) {
      span.add(vector, place);
      if (place % CELLS_IN_A_STEP === CELLS_IN_A_STEP - 1) yield;
    }
  }
  return cells.flatMap((cell, place) => {
    if (!isHidden(cell)) return [{ cell, place, from: [cell] }];
    const parts = span.combinationOf(cell.vector);
    return parts === null ? [] : [{ cell, place, from: parts.flatMap((part) => shown[part] ?? []) }];
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
  const cells = Object.entries(month).flatMap(([name, own]) => {
    const grouping = name as Grouping | typeof ALL;
    const atoms = new Map<string, number[]>();
    for (const [place, of] of keys.entries()) {
      const key = grouping === ALL ? '' : of[grouping];
      const places = atoms.get(key) ?? [];
      places.push(place);
      atoms.set(key, places);
    }
    return own.flatMap((cell) => {
      const places = atoms.get(cell.key);
      return places === undefined ? [] : [{ grouping, key: cell.key, atoms: places, of: sharedBy(cell, amount) }];
    });
  });
  const vectors = randomVectors(keys.length, cells.length + 1);
  const inner = innerCells(
    cells.map(({ grouping, atoms }) => ({ grouping, keys: atoms.flatMap((at) => keys[at] ?? []) })),
  );
  return cells.map((cell) => ({
    ...cell,
    inner: inner.get(`${cell.grouping} ${cell.key}`) ?? new Map<Grouping, number[]>(),
    vector: vectors.sumOf(cell.atoms),
  }));
}

/** Which cells lie wholly within one of another table, by the latter's grouping and key. */
function innerCells(
  cells: readonly { readonly grouping: Grouping | typeof ALL; readonly keys: readonly FigureRow['keys'][] }[],
): Map<string, Map<Grouping, number[]>> {
  const inner = new Map<string, Map<Grouping, number[]>>();
  for (const [place, { grouping, keys }] of cells.entries()) {
    const [first, ...others] = keys;
    if (grouping === ALL || first === undefined) continue;
    for (const by of GROUPINGS) {
      if (by === grouping || others.some((other) => other[by] !== first[by])) continue;
      const outer = `${by} ${first[by]}`;
      const tables = inner.get(outer) ?? new Map<Grouping, number[]>();
      tables.set(grouping, [...(tables.get(grouping) ?? []), place]);
      inner.set(outer, tables);
    }
  }
  return inner;
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
function leftOver(known: readonly KnownCell[], { complainants }: Atoms): LinkedCell | null {
  const byPlace = new Map(known.map((one) => [one.place, one]));
  for (const { cell: outer, from } of known) {
    for (const grouping of GROUPINGS) {
      const within = (outer.inner.get(grouping) ?? []).flatMap((place) => byPlace.get(place) ?? []);
      if (within.length === 0) continue;
      const taken = new Set(within.flatMap(({ cell }) => cell.atoms));
      const left = new Set(outer.atoms.flatMap((place) => (taken.has(place) ? [] : [...(complainants[place] ?? [])])));
      if (!isSmall(left.size)) continue;
      const found = smallest([...within.flatMap((one) => one.from), ...from]);
      if (found !== null) return found;
    }
  }
  return null;
}
