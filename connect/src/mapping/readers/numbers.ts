import { Decimal } from 'decimal.js';
import {
  accept,
  isShortened,
  LOST_DIGITS,
  refuse,
  SHORTENED,
  type FilledCell,
  type Reading,
  type Shown,
} from './reading.js';
import { normalText } from '@zhitong/values';

/** As many digits as any number of a source has. */
const Exact = Decimal.clone({ precision: 80, toExpNeg: -100, toExpPos: 100 });
/** Digits that a binary number of 64 bits holds, and that spreadsheets show. */
const SHEET_DIGITS = 15;
/** A number with more digits before the point is none of a record's. */
const MOST_DIGITS = 40;

const WRITTEN = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;

/**
 * The decimal text of a number as people or sources write it: without separators, exponent and zeros at its ends; null
 * for anything else.
 * @example decimalText('9,999.50') //=> '9999.5'
 * @example decimalText('1,23') //=> null
 */
export function decimalText(text: string): string | null {
  const written = WRITTEN.exec(text);
  if (written !== null)
    return canonical(`${written[1] ?? ''}${(written[2] ?? '').replaceAll(',', '')}${written[3] ?? ''}`);
  if (!NUMBER.test(text)) return null;
  const number = new Exact(text);
  return number.abs().greaterThan(`1e${String(MOST_DIGITS)}`) ? null : number.toFixed();
}

function canonical(digits: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^([+-]?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(digits) ?? [];
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return sign === '-' && text !== '0' ? `-${text}` : text;
}

/**
 * The decimal text of a cell's number. A spreadsheet's number is taken with the fifteen digits that it shows; a whole
 * one with more has lost some.
 */
export function numberOf(cell: FilledCell, shown: Shown): Reading<string> {
  if (cell.kind === 'boolean' || cell.kind === 'date')
    return refuse(`${shown(String(cell.kind === 'date' ? cell.text : cell.value))} 不是数字`);
  if (isShortened(cell)) return refuse(SHORTENED);
  const text = decimalText(cell.kind === 'number' ? cell.text : normalText(cell.text).replace(/\s/g, ''));
  if (text === null) return refuse(`${shown(cell.text)} 不是数字`);
  if (cell.kind === 'text' || cell.workbook === undefined) return accept(text);
  const digits = text.replace(/^-|\./g, '').replace(/^0+/, '');
  if (digits.length <= SHEET_DIGITS) return accept(text);
  return text.includes('.') && text.replace(/^-/, '').indexOf('.') < SHEET_DIGITS
    ? accept(new Exact(text).toSignificantDigits(SHEET_DIGITS).toFixed())
    : refuse(LOST_DIGITS);
}

/** A whole number within bounds; what is counted may stand behind it. */
export function integerReader({ least, most }: { readonly least?: number; readonly most?: number }, shown: Shown) {
  return (cell: FilledCell): Reading<number> => {
    const bare: FilledCell =
      cell.kind === 'text' ? { kind: 'text', text: normalText(cell.text).replace(/\s*[人名个家件户项次]$/, '') } : cell;
    const read = numberOf(bare, shown);
    if (!read.ok) return read;
    if (read.value.includes('.')) return refuse(`${shown(read.value)} 不是整数`);
    const number = Number(read.value);
    if (!Number.isSafeInteger(number)) return refuse(`${shown(read.value)} 太大`);
    if (least !== undefined && number < least) return refuse(`${shown(read.value)} 小于 ${String(least)}`);
    if (most !== undefined && number > most) return refuse(`${shown(read.value)} 大于 ${String(most)}`);
    return accept(number);
  };
}

/** What a rate's number is: a per cent, or a fraction of one. */
export type RateUnit = 'percent' | 'fraction';

/**
 * A rate as a fraction of one. A per cent sign in the cell decides; then what the mapping or the header says; a number
 * of a typed source up to one is a fraction, and a bare text is refused, because 0.5 is either.
 */
export function rateReader(stated: RateUnit | null, shown: Shown) {
  return (cell: FilledCell): Reading<string> => {
    const given = cell.kind === 'text' ? normalText(cell.text).replace(/\s/g, '') : null;
    const isPercent = given?.endsWith('%') === true;
    const read = numberOf(isPercent ? { kind: 'text', text: given.slice(0, -1) } : cell, shown);
    if (!read.ok) return read;
    const unit = isPercent
      ? 'percent'
      : (stated ?? (cell.kind === 'number' && new Exact(read.value).abs().lte(1) ? 'fraction' : null));
    if (unit === null)
      return refuse(`${shown(read.value)} 没有百分号，分不清是百分数还是小数；请写成“5%”，或在映射文件中写明 unit`);
    return accept(unit === 'percent' ? new Exact(read.value).div(100).toFixed() : read.value);
  };
}

/** The unit of a rate that a header names. */
export const rateUnitOf = (header: string): RateUnit | null => (/[%％]|百分比|百分数/.test(header) ? 'percent' : null);
