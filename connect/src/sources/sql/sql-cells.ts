import type { Cell } from '../../source-record.js';
import { EMPTY, textCell } from '../columns.js';

const number = (text: string): Cell => ({ kind: 'number', text });
const date = (text: string): Cell => ({ kind: 'date', text });
/** A day of PostgreSQL beyond the calendar, or before our era, is a text that no field takes for a day. */
const DAY_TEXT = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}:\d{2})?/;

/** A time as a database writes it, without its zone: the session's is that of the mapping. */
function dateCell(text: string): Cell {
  const match = DAY_TEXT.exec(text);
  if (match === null || text.endsWith('BC') || text.startsWith('0000')) return textCell(text);
  return date(match[0].replace(' ', 'T').replace(/T00:00:00$/, ''));
}

/** PostgreSQL's types by their number, as its catalogue pg_type has them. */
const POSTGRES: ReadonlyMap<number, (text: string) => Cell> = new Map<number, (text: string) => Cell>([
  ...[20, 21, 23, 26, 700, 701, 1700].map((oid): [number, (text: string) => Cell] => [oid, number]),
  ...[1082, 1114, 1184].map((oid): [number, (text: string) => Cell] => [oid, dateCell]),
  [16, (text) => ({ kind: 'boolean', value: text === 't' })],
  [17, () => ({ kind: 'fault', text: '该列是二进制内容，不能导入' })],
]);

/**
 * How the driver of PostgreSQL makes cells: of every type from its text, so that no number and no day goes through
 * another.
 */
export const postgresTypes = {
  getTypeParser: (oid: number): ((text: string) => Cell) => POSTGRES.get(oid) ?? textCell,
};

const MYSQL_NUMBERS = new Set([
  'TINY',
  'SHORT',
  'LONG',
  'LONGLONG',
  'INT24',
  'YEAR',
  'FLOAT',
  'DOUBLE',
  'DECIMAL',
  'NEWDECIMAL',
]);
const MYSQL_DATES = new Set(['DATE', 'NEWDATE', 'DATETIME', 'DATETIME2', 'TIMESTAMP', 'TIMESTAMP2']);

/** A field as the driver of MySQL hands it to a `typeCast`. */
export interface MysqlField {
  readonly type: string;
  string(): string | null;
}

/**
 * How the driver of MySQL makes cells. The day 0000-00-00 stays that text, which no field takes for a day unless a
 * mapping lists it as unknown.
 */
export function mysqlCell(field: MysqlField): Cell {
  if (field.type === 'BIT' || field.type === 'GEOMETRY') {
    field.string();
    return { kind: 'fault', text: '该列是二进制内容，不能导入' };
  }
  const text = field.string();
  if (text === null) return EMPTY;
  if (MYSQL_NUMBERS.has(field.type)) return number(text);
  return MYSQL_DATES.has(field.type) ? dateCell(text) : textCell(text);
}

/** A value as a driver with values of the language gives it: SQLite, SQL Server. */
export function cellOfValue(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
      return textCell(value);
    case 'number':
    case 'bigint':
      return number(String(value));
    case 'boolean':
      return { kind: 'boolean', value };
    default:
      if (value === null || value === undefined) return EMPTY;
      if (value instanceof Date) return dateCell(value.toISOString());
      return { kind: 'fault', text: '该列是二进制内容，不能导入' };
  }
}

/** A driver's value as a cell: what a parser of ours has made is one. */
export function cellOf(value: unknown): Cell {
  return typeof value === 'object' && value !== null && 'kind' in value ? (value as Cell) : cellOfValue(value);
}

/** A cell's text as it goes back into a statement. */
export function textOfCell(cell: Cell | undefined): string | null {
  if (cell === undefined || cell.kind === 'empty' || cell.kind === 'fault') return null;
  return cell.kind === 'boolean' ? String(cell.value) : cell.text;
}
