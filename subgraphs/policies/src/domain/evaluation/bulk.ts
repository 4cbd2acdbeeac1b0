import type { LegalDay } from '@zhitong/values';
import { checkOf, type Check } from '../criteria/check.js';
import type { Criterion, CriterionOver, Test } from '../criteria/criteria.js';
import { fold, mapLeaves, type GroupAlgebra } from '../criteria/fold.js';
import { outcomeOfTest } from './evaluate.js';
import type { CodedColumn, FactColumn, FactColumns, NumberColumn } from '../facts/fact-columns.js';
import type { FactValue } from '../facts/fact-values.js';
import { growthReached } from './growth.js';
import { allRows, both, either, inAll, inAny, inNeither, noRows, rowsWhere, without, type RowSet } from './row-set.js';

/** The outcome of a criterion for every row of a table: for a row in neither set it is not known. */
export interface RowOutcomes {
  readonly met: RowSet;
  readonly unmet: RowSet;
}

/** A check of which `key` is equal for all that decide alike, whatever policy asks. */
export interface KeyedCheck {
  readonly kind: 'check';
  readonly check: Check;
  readonly key: string;
}

/** A criterion made ready for bulk work on one reference date. */
export type BulkCriterion = CriterionOver<KeyedCheck>;

/** Makes one criterion ready. */
export function bulkCriterion(criterion: Criterion, referenceDate: LegalDay): BulkCriterion {
  return mapLeaves(criterion, (test: Test): KeyedCheck => {
    const check = checkOf(test, referenceDate);
    return { kind: 'check', check, key: JSON.stringify(check) };
  });
}

/** Makes criteria ready that must all be met. */
export const bulkCriteria = (criteria: readonly Criterion[], referenceDate: LegalDay): BulkCriterion => ({
  kind: 'all',
  of: criteria.map((one) => bulkCriterion(one, referenceDate)),
  text: '',
});

/** Decides criteria for all rows of one table. */
export interface BulkDecider {
  /** Every row of the table. */
  readonly everyone: RowSet;
  outcomesOf(criterion: BulkCriterion): RowOutcomes;
  /** The rows for which the criterion is neither met nor refused. */
  unknownIn(outcomes: RowOutcomes): RowSet;
}

/**
 * Decides criteria over a table of facts as `evaluate` does enterprise by enterprise: each check runs down one column
 * and gives two sets of rows, groups combine 32 rows at a time, and a check that several policies ask is decided once.
 * Good until the table changes.
 */
export function bulkDecider(columns: FactColumns): BulkDecider {
  const everyone = allRows(columns.rows);
  const decided = new Map<string, RowOutcomes>();
  const outcomesOfCheck = ({ key, check }: KeyedCheck): RowOutcomes => {
    const known = decided.get(key);
    if (known !== undefined) return known;
    const outcomes = checkRows(check, columns);
    decided.set(key, outcomes);
    return outcomes;
  };
  const algebra = rowAlgebra(everyone, noRows(columns.rows));
  return {
    everyone,
    outcomesOf: (criterion) => fold(criterion, outcomesOfCheck, algebra),
    unknownIn: ({ met, unmet }) => inNeither(met, unmet, everyone),
  };
}

const metOf = ({ met }: RowOutcomes): RowSet => met;
const unmetOf = ({ unmet }: RowOutcomes): RowSet => unmet;

/** Sets of rows join 32 rows at a time. */
const rowAlgebra = (everyone: RowSet, nobody: RowSet): GroupAlgebra<RowOutcomes> => ({
  all: (of) => ({
    met: inAll(of.map(metOf), everyone),
    unmet: inAny(of.map(unmetOf), nobody),
  }),
  any: (of) => ({
    met: inAny(of.map(metOf), nobody),
    unmet: inAll(of.map(unmetOf), everyone),
  }),
  not: ({ met, unmet }) => ({ met: unmet, unmet: met }),
  atLeast: (count, of) => {
    const possible = rowsInAtLeast(
      count,
      of.map(({ unmet }) => without(everyone, unmet)),
      everyone,
    );
    return {
      met: rowsInAtLeast(
        count,
        of.map(({ met }) => met),
        everyone,
      ),
      unmet: without(everyone, possible),
    };
  },
});

/** The rows that are in at least `count` of the sets. */
function rowsInAtLeast(count: number, sets: readonly RowSet[], everyone: RowSet): RowSet {
  // reached[n]: in n of the sets that were looked at.
  let reached: readonly RowSet[] = [everyone, ...Array.from({ length: count }, () => new Uint32Array(everyone.length))];
  for (const set of sets)
    reached = reached.map((rows, taken) => (taken === 0 ? rows : either(rows, both(reached[taken - 1] ?? rows, set))));
  return reached[count] ?? everyone;
}

function checkRows(check: Check, columns: FactColumns): RowOutcomes {
  const { rows } = columns;
  const column = columns.column(check.fact);
  if (column === undefined) return { met: noRows(rows), unmet: noRows(rows) };
  if (check.kind === 'growth') return growthRows(check, { column, before: columns.column(check.priorYear), rows });
  if (column.kind === 'codes') return codedRows(check, column, rows);
  switch (check.kind) {
    case 'range':
      return rangeRows(check, column, rows);
    case 'oneOf': {
      const listed: ReadonlySet<FactValue> = new Set(check.values);
      return numberRows(column, rows, (number) => listed.has(number) !== check.negated);
    }
    case 'present':
      return numberRows(column, rows, () => true);
    case 'prefix':
    case 'titles':
    case 'some':
      return { met: noRows(rows), unmet: noRows(rows) }; // a number has none of these
  }
}

/** What a code stands for: bit 0 met, bit 1 not met. */
const VERDICT = { MET: 1, NOT_MET: 2, UNKNOWN: 0 } as const;

/** Asks the interpreter once for each value of the dictionary. */
function codedRows(check: Check, { codes, entries }: CodedColumn, rows: number): RowOutcomes {
  const verdicts = new Uint8Array(entries.length + 1);
  for (const [at, value] of entries.entries())
    verdicts[at + 1] = VERDICT[outcomeOfTest(check, { values: { [check.fact]: value }, dates: {} })];
  const [met, unmet] = [noRows(rows), noRows(rows)];
  for (let word = 0, row = 0; word < met.length; word += 1) {
    let [metBits, unmetBits] = [0, 0];
    for (let bit = 0; bit < 32 && row < rows; bit += 1, row += 1) {
      const verdict = verdicts[codes[row] ?? 0] ?? 0;
      metBits |= (verdict & 1) << bit;
      unmetBits |= (verdict >>> 1) << bit;
    }
    met[word] = metBits;
    unmet[word] = unmetBits;
  }
  return { met, unmet };
}

/** Bounds of another type than the numbers hold for nobody, as in the interpreter. */
function rangeRows(
  { low, high }: Extract<Check, { kind: 'range' }>,
  { numbers }: NumberColumn,
  rows: number,
): RowOutcomes {
  const numeric = (value: number | LegalDay | undefined, open: number): number =>
    value === undefined ? open : typeof value === 'number' ? value : NaN;
  const [least, most] = [numeric(low?.value, -Infinity), numeric(high?.value, Infinity)];
  const [withLeast, withMost] = [low?.inclusive ?? true, high?.inclusive ?? true];
  const [met, unmet] = [noRows(rows), noRows(rows)];
  for (let word = 0, row = 0; word < met.length; word += 1) {
    let [metBits, unmetBits] = [0, 0];
    for (let bit = 0; bit < 32 && row < rows; bit += 1, row += 1) {
      const number = numbers[row] ?? NaN;
      if (Number.isNaN(number)) continue;
      if ((withLeast ? number >= least : number > least) && (withMost ? number <= most : number < most))
        metBits |= 1 << bit;
      else unmetBits |= 1 << bit;
    }
    met[word] = metBits;
    unmet[word] = unmetBits;
  }
  return { met, unmet };
}

function numberRows({ numbers }: NumberColumn, rows: number, holds: (number: number) => boolean): RowOutcomes {
  const known = rowsWhere(rows, (row) => !Number.isNaN(numbers[row] ?? NaN));
  const met = rowsWhere(rows, (row) => !Number.isNaN(numbers[row] ?? NaN) && holds(numbers[row] ?? NaN));
  return { met, unmet: without(known, met) };
}

function growthRows(
  { percent, strict }: Extract<Check, { kind: 'growth' }>,
  { column, before, rows }: { column: FactColumn; before: FactColumn | undefined; rows: number },
): RowOutcomes {
  if (column.kind !== 'numbers' || before?.kind !== 'numbers') return { met: noRows(rows), unmet: noRows(rows) };
  const now = column.numbers;
  const then = before.numbers;
  const known = rowsWhere(rows, (row) => !Number.isNaN(now[row] ?? NaN) && !Number.isNaN(then[row] ?? NaN));
  const met = rowsWhere(
    rows,
    (row) =>
      !Number.isNaN(now[row] ?? NaN) &&
      !Number.isNaN(then[row] ?? NaN) &&
      growthReached(now[row] ?? NaN, then[row] ?? NaN, percent, strict),
  );
  return { met, unmet: without(known, met) };
}
