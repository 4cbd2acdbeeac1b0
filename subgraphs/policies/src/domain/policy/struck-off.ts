import { rowsWhere, type RowSet } from '../evaluation/row-set.js';
import { valueAt, type FactColumns } from '../facts/fact-columns.js';
import type { Facts, FactSlots } from '../facts/fact-values.js';
import { slotOf } from '../facts/facts.js';

/** The fact by which the register says that an enterprise is struck off. */
export const STRUCK_OFF = 'isDeregistered';

/**
 * Whether an enterprise is struck off the register [注销]. Who is has nothing of any policy, whether that asks for it or
 * not: it is not matched, previewed or identified and cannot apply, and a grant that it has already waits for an
 * officer (`doubtsAbout`). Of whom the register does not say so it is not so.
 */
export const isStruckOff = (values: Facts['values']): boolean => values[STRUCK_OFF] === true;

/** The same of facts in slots. */
export const isStruckOffInSlots = (slots: FactSlots): boolean => slots[slotOf(STRUCK_OFF)] === true;

/** The rows of a table that are struck off. */
export function struckOffRows(columns: FactColumns): RowSet {
  const column = columns.column(STRUCK_OFF);
  return rowsWhere(columns.rows, (row) => valueAt(column, row) === true);
}
