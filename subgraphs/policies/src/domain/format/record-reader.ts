import { fenOfYuan, isLegalDay, type LegalDay, type Words, yuanOfFen } from '@zhitong/values';
import { MAX_FEN } from '../benefit/benefit.js';
import { unreadable } from './readable-text.js';
import { shown, type Problem, type ProblemCode } from '../problem.js';
import { said, saidOf, VALUE_SENTENCE, type Said } from '../refusal-words.js';

type Row = Readonly<Record<string, unknown>>;

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the fields of one object of a policy file. A field that is wrong yields a harmless value and a problem with its
 * place, so that one reading finds every problem; whoever reads looks at `problems` before using anything.
 */
export class RecordReader {
  readonly #read = new Set<string>();

  constructor(
    private readonly row: Row,
    private readonly place: string,
    private readonly problems: Problem[],
  ) {}

  at(key: string): string {
    return this.place === '' ? key : `${this.place}.${key}`;
  }

  refuse(key: string, code: ProblemCode, words: Said): void {
    this.problems.push({ place: this.at(key), code, ...words });
  }

  raw(key: string): unknown {
    this.#read.add(key);
    return this.row[key];
  }

  has(key: string): boolean {
    return Object.hasOwn(this.row, key);
  }

  text(key: string, { most, needed }: { readonly most: number; readonly needed: boolean }): string {
    const value = this.raw(key);
    if (value === undefined || value === null) {
      if (needed) this.refuse(key, 'WRONG_SHAPE', said('NEEDED'));
      return '';
    }
    if (typeof value === 'string' && value.length <= most && !(needed && value.trim() === '')) {
      const why = unreadable(value);
      if (why === null) return value;
      this.refuse(key, 'UNREADABLE', saidOf(VALUE_SENTENCE, why, { value: shown(value) }));
      return '';
    }
    this.refuse(key, 'WRONG_TYPE', said('NO_TEXT', { value: shown(value), least: needed ? 1 : 0, most }));
    return '';
  }

  matching(key: string, pattern: RegExp, expected: Words): string | null {
    const value = this.raw(key);
    if (value === undefined || value === null) return null;
    if (typeof value === 'string' && value.length <= 500 && pattern.test(value)) return value;
    this.refuse(
      key,
      'WRONG_TYPE',
      said('NOT_EXPECTED_FORM', { value: shown(value), expected: expected.en, expectedInChinese: expected.zh }),
    );
    return null;
  }

  day(key: string): LegalDay | null {
    const value = this.raw(key);
    if (value === undefined || value === null) return null;
    if (isLegalDay(value)) return value;
    this.refuse(key, 'WRONG_TYPE', said('NO_DAY', { value: shown(value) }));
    return null;
  }

  flag(key: string): boolean {
    const value = this.raw(key);
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    this.refuse(key, 'WRONG_TYPE', said('NEITHER_TRUE_NOR_FALSE', { value: shown(value) }));
    return false;
  }

  choice<T extends string>(key: string, choices: readonly T[], whenAbsent: T): T {
    const value = this.raw(key);
    if (value === undefined) return whenAbsent;
    const found = choices.find((choice) => choice === value);
    if (found === undefined)
      this.refuse(key, 'WRONG_TYPE', said('NOT_ONE_OF', { value: shown(value), choices: choices.join(', ') }));
    return found ?? whenAbsent;
  }

  whole(
    key: string,
    { least, most, whenAbsent }: { readonly least: number; readonly most: number; readonly whenAbsent: number },
  ): number {
    const value = this.raw(key);
    if (value === undefined) return whenAbsent;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.refuse(key, 'OUT_OF_RANGE', said('NO_WHOLE_NUMBER', { value: shown(value), least, most }));
    return whenAbsent;
  }

  fen(key: string): number | null {
    const value = this.raw(key);
    if (value === undefined || value === null) return null;
    const fen = fenOfYuan(value);
    if (fen === null)
      this.refuse(key, 'OUT_OF_RANGE', said('NO_AMOUNT', { value: shown(value), most: yuanOfFen(MAX_FEN) }));
    return fen;
  }

  list(key: string, most: number): readonly unknown[] | null {
    const value = this.raw(key);
    if (value === undefined || value === null) return null;
    if (Array.isArray(value) && value.length <= most) return value as readonly unknown[];
    this.refuse(key, 'WRONG_SHAPE', said('NO_LIST', { most, value: shown(value) }));
    return null;
  }

  record(key: string): RecordReader | null {
    const value = this.raw(key);
    if (isRow(value)) return new RecordReader(value, this.at(key), this.problems);
    if (value !== undefined && value !== null)
      this.refuse(key, 'WRONG_SHAPE', said('NO_OBJECT', { value: shown(value) }));
    return null;
  }

  /** Refuses keys that nobody has read: a misspelt key must not be lost silently. */
  finish(): void {
    for (const key of Object.keys(this.row))
      if (!this.#read.has(key)) this.refuse(key.slice(0, 40), 'UNKNOWN_KEY', said('UNKNOWN_KEY'));
  }
}
