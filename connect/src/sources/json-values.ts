import { Tokenizer, TokenParser, type TokenizerError } from '@streamparser/json';
import type { Cell } from '../source-record.js';
import { EMPTY, textCell } from './columns.js';

/** A number of a JSON text with all its digits: 19-digit ids are rounded as numbers of the language. */
export class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A value of a JSON text, numbers as they stand. */
export type JsonValue = null | boolean | string | ExactNumber | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Numbers that a tokenizer hands on are these; the token parser does not look into them. */
class ExactTokenizer extends Tokenizer {
  override parseNumber(text: string): number {
    return new ExactNumber(text) as unknown as number;
  }
}

/** Reads JSON that comes in pieces, and hands on each value at some paths, such as `$.data.*`. */
export class JsonReader {
  readonly #tokenizer = new ExactTokenizer();
  readonly #parser: TokenParser;
  #values: JsonValue[] = [];
  #error: Error | undefined;

  constructor(paths: readonly string[]) {
    this.#parser = new TokenParser({ paths: [...paths], keepStack: false });
    this.#parser.onValue = ({ value }) => {
      this.#values.push(value as unknown as JsonValue);
    };
    this.#tokenizer.onToken = (token) => this.#parser.write(token);
    const failed = (error: Error | TokenizerError): void => {
      this.#error ??= error;
    };
    this.#tokenizer.onError = failed;
    this.#parser.onError = failed;
  }

  /**
   * Values that are whole with this piece.
   * @throws SyntaxError for what is no JSON
   */
  write(text: string): readonly JsonValue[] {
    if (!this.#tokenizer.isEnded || text.trim() !== '') this.#tokenizer.write(text);
    if (this.#error !== undefined) throw new SyntaxError(this.#error.message);
    const values = this.#values;
    this.#values = [];
    return values;
  }

  /** @throws SyntaxError for a text that ends before its value does */
  finish(): void {
    if (!this.#tokenizer.isEnded) this.#tokenizer.end();
    if (this.#error !== undefined) throw new SyntaxError(this.#error.message);
    if (!this.#parser.isEnded) throw new SyntaxError('it ends before its last value does');
  }
}

/** A number that JSON.parse may change: long, or with an exponent. */
const LONG_NUMBER = /\d{15}|\d[eE]|\d\.\d*0\b/;

/**
 * Reads a JSON text whole, with exact numbers.
 * @throws SyntaxError for what is no JSON
 */
export function parseExact(text: string): JsonValue {
  if (!LONG_NUMBER.test(text)) return exactly(JSON.parse(text));
  const reader = new JsonReader(['$']);
  const [value = null] = reader.write(text);
  reader.finish();
  return value;
}

/** What JSON.parse gives, its numbers as their text. */
function exactly(value: unknown): JsonValue {
  if (typeof value === 'number') return new ExactNumber(String(value));
  if (Array.isArray(value)) return value.map(exactly);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, exactly(one)]));
  return value as null | boolean | string;
}

/** Whether a value is an object with members. */
export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);

/** The value at a path such as `data.items`; the text itself for an empty path. */
export function valueAt(value: JsonValue | undefined, path: string): JsonValue | undefined {
  return path
    .split('.')
    .filter((name) => name !== '' && name !== '$')
    .reduce<JsonValue | undefined>(
      (one, name) => (isJsonObject(one) && Object.hasOwn(one, name) ? one[name] : undefined),
      value,
    );
}

/** Levels of objects that become columns. */
const DEEPEST = 8;

/**
 * An object's members as cells. Those of an object within are columns with a point: `address.city`. A list of simple
 * values is one text, its parts with `；` between them; any other list is its JSON text.
 */
export function cellsOfObject(object: JsonObject): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const add = (members: JsonObject, prefix: string, depth: number): void => {
    for (const [name, value] of Object.entries(members)) {
      const column = prefix + name;
      if (isJsonObject(value) && depth < DEEPEST) add(value, `${column}.`, depth + 1);
      else cells.set(column, cellOfJson(value));
    }
  };
  add(object, '', 1);
  return cells;
}

function cellOfJson(value: JsonValue): Cell {
  if (value === null) return EMPTY;
  if (typeof value === 'string') return textCell(value);
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (value instanceof ExactNumber) return { kind: 'number', text: value.text };
  if (isJsonList(value) && value.every((one) => typeof one === 'string' || one instanceof ExactNumber))
    return textCell(value.map((one) => (one instanceof ExactNumber ? one.text : one)).join('；'));
  return textCell(jsonText(value));
}

const isJsonList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** A value as JSON text, with every digit of its numbers. */
export function jsonText(value: JsonValue): string {
  if (value instanceof ExactNumber) return value.text;
  if (isJsonList(value)) return `[${value.map(jsonText).join(',')}]`;
  if (isJsonObject(value))
    return `{${Object.entries(value)
      .map(([name, one]) => `${JSON.stringify(name)}:${jsonText(one)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}
