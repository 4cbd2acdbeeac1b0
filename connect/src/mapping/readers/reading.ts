import { normalText } from '@zhitong/values';
import type { Cell } from '../../source-record.js';
import type { FieldValue } from '../../target.js';

/** A cell that holds a value. */
export type FilledCell = Exclude<Cell, { readonly kind: 'empty' | 'fault' }>;

/** What a cell means for a field, or in Chinese why it means nothing: what was found, and what is expected. */
export type Reading<Value extends FieldValue = FieldValue> =
  | {
      readonly ok: true;
      readonly value: Value;
      /** In Chinese: what was mended, or taken as an exception, where the mapping asks for it. */
      readonly flag?: string;
    }
  | { readonly ok: false; readonly reason: string };

/** Reads the cells of one field. */
export type Reader = (cell: FilledCell) => Reading;

/** A text as a reason may repeat it. */
export type Shown = (text: string) => string;

export const accept = <Value extends FieldValue>(value: Value): Reading<Value> => ({ ok: true, value });
export const refuse = (reason: string): { readonly ok: false; readonly reason: string } => ({ ok: false, reason });

/** The text of a cell, whatever kind it is. */
export const textOf = (cell: FilledCell): string => (cell.kind === 'boolean' ? (cell.value ? '是' : '否') : cell.text);

/** Why a number of a spreadsheet is not taken: it holds fifteen digits and fills up with zeros. */
export const LOST_DIGITS =
  '在电子表格里以数字保存，超过 15 位，末尾几位可能已经丢失；请把该列设为“文本”格式后，从原系统重新导出';

/** How a spreadsheet writes a long number into a text: five of its digits, and how many there were. */
const SCIENTIFIC = /^\d(?:\.\d+)?E\+\d{2,3}$/i;

/** Whether a text is a number of which a spreadsheet has written the first digits alone (`2.02403E+13`). */
export const isShortened = (cell: FilledCell): boolean =>
  cell.kind === 'text' && SCIENTIFIC.test(normalText(cell.text));

/** Why such a text is not taken: which number it was, nobody can say. */
export const SHORTENED =
  '是电子表格的科学计数法（例如 2.02E+13），后面的数字已经丢失；请把该列设为“文本”格式后，从原系统重新导出';
