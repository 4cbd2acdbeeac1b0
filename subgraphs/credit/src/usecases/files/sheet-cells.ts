import type { Row, Worksheet } from 'exceljs';
import { formatYuan } from '@zhitong/values';
import { plainCell, type ExportCell } from '../../domain/audit/export-row.js';

/** Marks the text of a CSV file as UTF-8 for spreadsheet programs. */
export const BYTE_ORDER_MARK = '\uFEFF';
const DAY_FORMAT = 'yyyy-mm-dd';
const MONEY_FORMAT = '#,##0.00';
/** Digits that a spreadsheet's numbers hold; a longer amount stays text, which loses nothing. */
const MOST_FEN_OF_A_CELL = 1_000_000_000_000_000n;

/** A cell as a spreadsheet has it: amounts and days as numbers, with which it can reckon. */
function sheetValue(cell: ExportCell): string | number | Date {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'string') return plainCell(cell);
  if ('day' in cell) return new Date(`${cell.day}T00:00:00.000Z`);
  return cell.fen < MOST_FEN_OF_A_CELL ? Number(formatYuan(cell.fen)) : plainCell(cell);
}

/** Adds a row of cells to a sheet, days and amounts shown as such. */
export function addCells(sheet: Worksheet, cells: readonly ExportCell[]): Row {
  const row = sheet.addRow(cells.map(sheetValue));
  cells.forEach((cell, index) => {
    if (typeof cell === 'object') row.getCell(index + 1).numFmt = 'day' in cell ? DAY_FORMAT : MONEY_FORMAT;
  });
  return row;
}
