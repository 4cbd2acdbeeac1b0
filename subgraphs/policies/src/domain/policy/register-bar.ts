import { rowsWhere, type RowSet } from '../evaluation/row-set.js';
import { valueAt, type FactColumns } from '../facts/fact-columns.js';
import type { Facts, FactSlots, FactValue } from '../facts/fact-values.js';
import { slotOf } from '../facts/facts.js';

/** Why an enterprise may have nothing by the register: it is struck off [注销], or its licence was revoked [吊销]. */
export type RegisterBar = 'DEREGISTERED' | 'LICENCE_REVOKED';

/** The facts by which the register says so; the first that holds is told. */
const BARRING: readonly (readonly [fact: string, bar: RegisterBar])[] = [
  ['isDeregistered', 'DEREGISTERED'],
  ['isLicenceRevoked', 'LICENCE_REVOKED'],
];

/** The same facts, for who must know what every policy asks. */
export const BARRING_FACTS: readonly string[] = BARRING.map(([fact]) => fact);

const SLOTS = BARRING.map(([fact, bar]) => [slotOf(fact), bar] as const);

const barOf = (valueOf: (fact: string) => FactValue | undefined): RegisterBar | null =>
  BARRING.find(([fact]) => valueOf(fact) === true)?.[1] ?? null;

/**
 * What bars an enterprise from everything new by the register. Who is struck off [注销] or whose licence was revoked
 * [吊销营业执照] has nothing of any policy or loan, whether that asks for it or not: it is not matched, previewed or
 * identified, cannot apply and is referred to no bank, and a grant that it has already waits for an officer
 * (`doubtsAbout`). Of whom the register does not say so it is not so.
 *
 * That a firm whose licence was revoked exists until it is struck off, but may only be wound up (公司法 2023, 229 and
 * 236; 市场主体登记管理条例, 46), is cited from memory and unconfirmed; that it has nothing new is a rule of the house.
 */
export const registerBar = (values: Facts['values']): RegisterBar | null => barOf((fact) => values[fact]);

/** The same of facts in slots. */
export const registerBarInSlots = (slots: FactSlots): RegisterBar | null =>
  SLOTS.find(([slot]) => slots[slot] === true)?.[1] ?? null;

/** The rows of a table that the register bars. */
export function rowsBarredByRegister(columns: FactColumns): RowSet {
  const barring = BARRING_FACTS.flatMap((fact) => columns.column(fact) ?? []);
  return rowsWhere(columns.rows, (row) => barring.some((column) => valueAt(column, row) === true));
}
