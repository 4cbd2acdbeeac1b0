import type { Knex } from 'knex';
import type { Cell, Position } from '../../source-record.js';
import { textOfCell } from './sql-cells.js';
import { lessOverlap } from '../watermark.js';

export interface SqlSettings {
  readonly table?: string;
  readonly query?: string;
  readonly key?: string;
  readonly watermark?: { readonly column: string; readonly overlap: number };
}

/**
 * Rows with a watermark come first, in its order; those without one, in the order of their keys, are read by every run.
 */
export type Phase = 'stamped' | 'unstamped' | 'all';

/** The phases of a reading that are left after a position. */
export function phasesAfter({ watermark }: SqlSettings, after: Position | null): readonly Phase[] {
  if (watermark === undefined) return ['all'];
  return after?.['phase'] === 'unstamped' ? ['unstamped'] : ['stamped', 'unstamped'];
}

/** The rows of a table or of a query, without any: for its columns. */
export const emptyStatement = (knex: Knex, settings: SqlSettings): Knex.Raw => {
  const from = baseOf(settings);
  return knex.raw(`select * from ${from.text} where 1 = 0`, from.bindings);
};

/** Reads on after a position, and not before the watermark of the last run less its overlap. */
export function statementOf(
  knex: Knex,
  settings: SqlSettings,
  phase: Phase,
  { after, since }: { readonly after: Position | null; readonly since: Position | null },
): Knex.Raw {
  const { key, watermark } = settings;
  const from = baseOf(settings);
  const conditions: string[] = [];
  const bindings: Knex.RawBinding[] = [...from.bindings];
  const orders: string[] = [];
  const add = (condition: string, ...values: Knex.RawBinding[]): void => {
    conditions.push(condition);
    bindings.push(...values);
  };
  const isWithin = after !== null && after['phase'] === phase;
  const afterKey = isWithin ? boundKey(after) : null;
  if (watermark !== undefined && phase === 'stamped') {
    const { column, overlap } = watermark;
    add('?? is not null', column);
    const last = since?.['mark'];
    if (typeof last === 'string') add('?? >= ?', column, lessOverlap(last, overlap));
    const mark = isWithin ? after['mark'] : null;
    if (key !== undefined && typeof mark === 'string' && afterKey !== null)
      add('(?? > ? or (?? = ? and ?? > ?))', column, mark, column, mark, key, afterKey);
    orders.push(column);
  } else if (watermark !== undefined) {
    add('?? is null', watermark.column);
  }
  if (key !== undefined) {
    if (phase !== 'stamped' && afterKey !== null) add('?? > ?', key, afterKey);
    orders.push(key);
  }
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  const order = orders.length === 0 ? '' : ` order by ${orders.map(() => '??').join(', ')}`;
  return knex.raw(`select * from ${from.text}${where}${order}`, [...bindings, ...orders]);
}

/** A question mark of a query is its own, and no place of a value. */
function baseOf({ table, query }: SqlSettings): { readonly text: string; readonly bindings: string[] } {
  if (table !== undefined) return { text: '??', bindings: [table] };
  return { text: `(${(query ?? '').trim().replace(/;$/, '').replaceAll('?', '\\?')}) delivered`, bindings: [] };
}

/**
 * Whole numbers go back as numbers: MySQL compares a number with a text as floating-point numbers, which loses digits.
 */
function boundKey(position: Position): Knex.RawBinding | null {
  const key = position['key'];
  if (typeof key !== 'string') return null;
  return position['isNumber'] === true && /^-?\d+$/.test(key) ? (BigInt(key) as unknown as Knex.RawBinding) : key;
}

/** Where a row stands: nothing to go on after without a key, so such a run begins anew. */
export function positionOf(
  settings: SqlSettings,
  phase: Phase,
  cells: ReadonlyMap<string, Cell>,
  before: Position,
): Position {
  const { key, watermark } = settings;
  const cell = key === undefined ? undefined : cells.get(key);
  const own = phase === 'stamped' && watermark !== undefined ? textOfCell(cells.get(watermark.column)) : null;
  return { phase, mark: own ?? before['mark'] ?? null, key: textOfCell(cell), isNumber: cell?.kind === 'number' };
}
