import type { SourceRecord } from '../../source-record.js';
import type { FieldValue, RowFlag, Target } from '../../target.js';

/** Of a source whose records can be of somebody whom nobody may learn: which are, and what of them may be told. */
export interface Secrecy {
  /** True of such a record, and of one that does not say clearly that it is none. */
  isOf(record: SourceRecord): boolean;
  /** True of a column in which stands nothing, the record's number, or what was read as a code or a moment. */
  isOpen(record: SourceRecord, column: string): boolean;
}

/** What stands in place of a cell. A row with it is fed in by nobody. */
export const WITHHELD = '［匿名，不予显示］';
/** In place of a reason, which may repeat the cell. */
export const withheldReason = (column: string | null): string =>
  `该行属匿名（或无法确认是否匿名），${column === null ? '整行不能接受' : `“${column}”一列不能接受`}；内容和原因在此不予显示，请对照交来的文件更正`;

interface ToldRow {
  readonly cells: readonly (readonly [column: string, text: string])[];
  readonly reason: string;
}

/**
 * The one rule of what is told of a refused row beyond the file that goes back to who delivered it: of one that may be
 * anonymous no text, neither in its cells nor repeated by the reason. What a source says of a record that it cannot
 * give repeats no cell.
 */
export function toldRow(
  record: SourceRecord,
  { cells, reason, column }: ToldRow & { readonly column: string | null },
  secrecy: Secrecy | undefined,
): ToldRow {
  if (secrecy?.isOf(record) !== true) return { cells, reason };
  return {
    cells: cells.map(([header, text]) => [header, text === '' || secrecy.isOpen(record, header) ? text : WITHHELD]),
    reason:
      record.fault !== undefined || (column !== null && secrecy.isOpen(record, column))
        ? reason
        : withheldReason(column),
  };
}

/** What is told of a mended cell, by the same rule. */
export const toldFlag = (record: SourceRecord, flag: RowFlag, secrecy: Secrecy | undefined): RowFlag =>
  secrecy?.isOf(record) === true && (flag.column === null || !secrecy.isOpen(record, flag.column))
    ? { ...flag, text: WITHHELD }
    : flag;

/** Kinds of values that name nobody. */
const CLOSED: ReadonlySet<string> = new Set(['code', 'boolean', 'day', 'instant', 'year']);

/** True of a field that tells nothing of whose a record is: its number, a code, a moment. */
export const isOpenField = ({ fields, key }: Pick<Target, 'fields' | 'key'>, field: string): boolean =>
  key.includes(field) || CLOSED.has(fields[field]?.type.kind ?? '');

/** True of a row that says itself that nobody may learn whose it is. */
export const saysAnonymous = (
  { anonymity }: Pick<Target, 'anonymity'>,
  values: Readonly<Record<string, FieldValue>>,
): boolean => anonymity !== undefined && values[anonymity] === true;
