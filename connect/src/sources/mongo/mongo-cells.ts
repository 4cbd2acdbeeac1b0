import { isDate } from 'node:util/types';
import { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID, type Document } from 'mongodb';
import type { Cell } from '../../source-record.js';
import { EMPTY, textCell } from '../columns.js';
import { ExactNumber, jsonText, type JsonValue } from '../json-values.js';

/** Levels of documents that become columns. */
const DEEPEST = 8;
const BINARY: Cell = { kind: 'fault', text: '该字段是二进制内容，不能导入' };
const LOST: Cell = {
  kind: 'fault',
  text: '该字段以浮点数保存，位数超过其精度，末尾几位可能已经丢失；请在来源系统中改为文本或整数（long）',
};
/** Years that a calendar day with four digits of a year has. */
const [FIRST, LAST] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-30T00:00:00Z')];

/**
 * A document's members as cells. Those of a document within are columns with a point: `address.city`. A list of simple
 * values is one text, its parts with `；` between them; any other list is its JSON text.
 * @param timeZone in which the days and times of dates are told: MongoDB keeps moments
 */
export function cellsOfDocument(document: Document, timeZone: string): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const add = (members: Document, prefix: string, depth: number): void => {
    for (const [name, value] of Object.entries(members) as [string, unknown][]) {
      if (isDocument(value) && depth < DEEPEST) add(value, `${prefix}${name}.`, depth + 1);
      else cells.set(prefix + name, cellOf(value, timeZone));
    }
  };
  add(document, '', 1);
  return cells;
}

/** A document, and none of the driver's classes of values. */
const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isDate(value) && !('_bsontype' in value);

function cellOf(value: unknown, timeZone: string): Cell {
  if (value === null || value === undefined) return EMPTY;
  if (typeof value === 'string') return textCell(value);
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (isDate(value)) return dateCell(value, timeZone);
  if (value instanceof Binary && !(value instanceof UUID)) return BINARY;
  const number = numberOf(value);
  if (number !== null) return number;
  if (!Array.isArray(value)) return textCell(textOf(value));
  const parts = value.map((part: unknown) => cellOf(part, timeZone));
  const isSimple = parts.every(({ kind }) => ['text', 'number', 'date', 'empty'].includes(kind));
  return isSimple && !value.some(isDocument) && !value.some(Array.isArray)
    ? textCell(parts.flatMap((part) => ('text' in part ? part.text : [])).join('；'))
    : textCell(jsonText(value.map((part: unknown) => jsonOf(part, timeZone))));
}

/** A number with its digits; of a double only those that it can hold. */
function numberOf(value: unknown): Cell | null {
  if (typeof value === 'number' || value instanceof Double) {
    const number = Number(value);
    return Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER
      ? { kind: 'number', text: String(number) }
      : LOST;
  }
  if (value instanceof Decimal128) {
    const text = value.toString();
    return /\d$/.test(text) ? { kind: 'number', text } : LOST;
  }
  if (value instanceof Long || value instanceof Int32 || typeof value === 'bigint')
    return { kind: 'number', text: String(value) };
  return null;
}

/** A moment as day and time of a zone; of midnight the day alone. */
function dateCell(moment: Date, timeZone: string): Cell {
  if (!(moment.getTime() >= FIRST && moment.getTime() <= LAST)) return textCell(String(moment.getTime()));
  // Swedish writes 2024-03-05 08:00:00.
  const text = moment.toLocaleString('sv-SE', { timeZone });
  return { kind: 'date', text: text.replace(' ', 'T').replace(/T00:00:00$/, '') };
}

function textOf(value: unknown): string {
  if (value instanceof ObjectId || value instanceof UUID) return value.toHexString();
  if (value instanceof Timestamp) return String(value.toBigInt());
  return value === undefined ? '' : JSON.stringify(value);
}

function jsonOf(value: unknown, timeZone: string): JsonValue {
  if (Array.isArray(value)) return value.map((part: unknown) => jsonOf(part, timeZone));
  if (isDocument(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, one]: [string, unknown]) => [name, jsonOf(one, timeZone)]),
    );
  const cell = cellOf(value, timeZone);
  if (cell.kind === 'empty') return null;
  if (cell.kind === 'boolean') return cell.value;
  return cell.kind === 'number' ? new ExactNumber(cell.text) : cell.text;
}
