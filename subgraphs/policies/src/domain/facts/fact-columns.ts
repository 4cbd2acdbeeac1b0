import type { FactValue, Facts } from './fact-values.js';
import { factDefinition, isNumeric, type FactType } from './facts.js';

/** The numbers of one fact by row; NaN where nothing is known. */
export interface NumberColumn {
  readonly kind: 'numbers';
  readonly numbers: Float64Array;
}

/** The values of one fact by row, as codes of a dictionary: 0 is not known, code `n` stands for `entries[n - 1]`. */
export interface CodedColumn {
  readonly kind: 'codes';
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
  readonly entries: readonly FactValue[];
}

export type FactColumn = NumberColumn | CodedColumn;

const FIRST_CAPACITY = 512;

/**
 * The facts of many enterprises, column by column: each enterprise is a row, each fact one typed array. It grows with
 * its rows; a fact that nobody has reported has no column. Values must have the type that the vocabulary gives their
 * fact, as `readFacts` makes sure; another one counts as not known.
 */
export class FactColumns {
  readonly #columns = new Map<string, Growing>();
  readonly #wanted: ReadonlySet<string> | null;
  #rows = 0;
  #capacity = FIRST_CAPACITY;

  /** @param facts the only ones to keep; without it all of the vocabulary. */
  constructor(facts?: Iterable<string>) {
    this.#wanted = facts === undefined ? null : new Set(facts);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Undefined: nobody has reported this fact. */
  column(fact: string): FactColumn | undefined {
    return this.#columns.get(fact)?.column;
  }

  /** Adds an enterprise behind the others; returns its row. */
  append(values: Facts['values']): number {
    const row = this.appendUnknown();
    this.#write(row, values);
    return row;
  }

  /** Adds an enterprise of which nothing is known yet. */
  appendUnknown(): number {
    const row = this.#rows;
    if (row === this.#capacity) {
      this.#capacity *= 2;
      for (const column of this.#columns.values()) column.grow(this.#capacity);
    }
    this.#rows += 1;
    return row;
  }

  /** Makes one more fact of a row known. */
  put(row: number, fact: string, value: FactValue): void {
    (this.#columns.get(fact) ?? this.#begin(fact))?.write(row, value);
  }

  /** Makes one fact of every row known, with one value. */
  fill(fact: string, value: FactValue): void {
    (this.#columns.get(fact) ?? this.#begin(fact))?.fill(this.#rows, value);
  }

  /** Forgets facts of every row. */
  drop(facts: readonly string[]): void {
    for (const fact of facts) this.#columns.delete(fact);
  }

  /** Puts other facts in place of those of a row. */
  replace(row: number, values: Facts['values']): void {
    for (const column of this.#columns.values()) column.forget(row);
    this.#write(row, values);
  }

  /** Removes a row; the last one takes its place. */
  remove(row: number): void {
    const last = this.#rows - 1;
    for (const column of this.#columns.values()) {
      column.move(last, row);
      column.forget(last);
    }
    this.#rows = last;
  }

  /** What is known of the named facts in a row. */
  valuesAt(row: number, facts: readonly string[]): Facts['values'] {
    const values: Record<string, FactValue> = {};
    for (const fact of facts) {
      const value = valueAt(this.column(fact), row);
      if (value !== undefined) values[fact] = value;
    }
    return values;
  }

  /** Values that the dictionaries hold, used or no longer used. */
  get entries(): number {
    let entries = 0;
    for (const { column } of this.#columns.values()) if (column.kind === 'codes') entries += column.entries.length;
    return entries;
  }

  #write(row: number, values: Facts['values']): void {
    for (const fact of Object.keys(values)) {
      const value = values[fact];
      if (value !== undefined) this.put(row, fact, value);
    }
  }

  #begin(fact: string): Growing | undefined {
    const definition = factDefinition(fact);
    if (definition === null || (this.#wanted !== null && !this.#wanted.has(fact))) return undefined;
    const column = isNumeric(definition.type)
      ? new GrowingNumbers(this.#capacity)
      : new GrowingCodes(this.#capacity, definition.type);
    this.#columns.set(fact, column);
    return column;
  }
}

/** The value that a column holds for a row. */
export function valueAt(column: FactColumn | undefined, row: number): FactValue | undefined {
  if (column === undefined) return undefined;
  if (column.kind === 'codes') return column.entries[(column.codes[row] ?? 0) - 1];
  const number = column.numbers[row];
  return number === undefined || Number.isNaN(number) ? undefined : number;
}

interface Growing {
  readonly column: FactColumn;
  grow(capacity: number): void;
  write(row: number, value: FactValue): void;
  /** Writes the first rows. */
  fill(rows: number, value: FactValue): void;
  forget(row: number): void;
  move(from: number, to: number): void;
}

class GrowingNumbers implements Growing {
  column: NumberColumn;

  constructor(capacity: number) {
    this.column = { kind: 'numbers', numbers: new Float64Array(capacity).fill(NaN) };
  }

  grow(capacity: number): void {
    const numbers = new Float64Array(capacity).fill(NaN);
    numbers.set(this.column.numbers);
    this.column = { kind: 'numbers', numbers };
  }

  write(row: number, value: FactValue): void {
    if (typeof value === 'number') this.column.numbers[row] = value;
  }

  fill(rows: number, value: FactValue): void {
    if (typeof value === 'number') this.column.numbers.fill(value, 0, rows);
  }

  forget(row: number): void {
    this.column.numbers[row] = NaN;
  }

  move(from: number, to: number): void {
    this.column.numbers[to] = this.column.numbers[from] ?? NaN;
  }
}

const TYPE_OF_VALUE: Readonly<Record<FactType, 'boolean' | 'number' | 'string' | 'object'>> = {
  BOOLEAN: 'boolean',
  INTEGER: 'number',
  NUMBER: 'number',
  MONEY: 'number',
  DATE: 'string',
  ENUM: 'string',
  TEXT: 'string',
  CODE: 'string',
  TITLES: 'object',
  RECORDS: 'object',
};

/** The most codes that the array of that kind can hold, the 0 among them. */
const WIDTHS = [
  { codes: 2 ** 8, make: (capacity: number) => new Uint8Array(capacity) },
  { codes: 2 ** 16, make: (capacity: number) => new Uint16Array(capacity) },
  { codes: 2 ** 32, make: (capacity: number) => new Uint32Array(capacity) },
] as const;

class GrowingCodes implements Growing {
  readonly #dictionary = new Map<FactValue, number>();
  readonly #entries: FactValue[] = [];
  readonly #type: 'boolean' | 'number' | 'string' | 'object';
  column: CodedColumn;

  constructor(capacity: number, type: FactType) {
    this.#type = TYPE_OF_VALUE[type];
    this.column = { kind: 'codes', codes: new Uint8Array(capacity), entries: this.#entries };
  }

  grow(capacity: number): void {
    const width = WIDTHS.find(({ codes }) => this.#entries.length < codes) ?? WIDTHS[2];
    const codes = width.make(capacity);
    codes.set(this.column.codes);
    this.column = { kind: 'codes', codes, entries: this.#entries };
  }

  write(row: number, value: FactValue): void {
    if (typeof value !== this.#type) return;
    // First the code, which may widen the column.
    const code = this.#codeOf(value);
    this.column.codes[row] = code;
  }

  fill(rows: number, value: FactValue): void {
    if (typeof value !== this.#type) return;
    const code = this.#codeOf(value);
    this.column.codes.fill(code, 0, rows);
  }

  #codeOf(value: FactValue): number {
    const key = typeof value === 'object' ? JSON.stringify(value) : value;
    let code = this.#dictionary.get(key);
    if (code === undefined) {
      code = this.#entries.push(value);
      this.#dictionary.set(key, code);
      if (code === 2 ** 8 || code === 2 ** 16) this.grow(this.column.codes.length);
    }
    return code;
  }

  forget(row: number): void {
    this.column.codes[row] = 0;
  }

  move(from: number, to: number): void {
    this.column.codes[to] = this.column.codes[from] ?? 0;
  }
}
