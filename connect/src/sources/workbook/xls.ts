import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { read, set_cptable, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SourceRefused, type Cell, type OpenSource, type RecordSource } from '../../source-record.js';
import { EMPTY, textCell } from '../columns.js';
import { digestOf } from '../file-digest.js';
import { fileIndexOf, requirePosition } from '../file-position.js';
import { requireFormat } from '../magic.js';
import { readSheet, type SheetRow } from './sheet-records.js';
import { dayCell, showsDay, type WorkbookCalendar } from './spreadsheet-dates.js';
import { chosenSheet, type WorkbookSettings } from './xlsx.js';

/** Bytes of an old workbook: it is held in memory as a whole, at some thirty times its size. */
const MOST_BYTES = 32 * 1024 * 1024;
const ROWS_AT_ONCE = 1000;

// Texts of Excel 5.0 and 95 are in the code page of the machine that wrote them: 936 in China.
set_cptable(codepages);

/** Records of a sheet of an old .xls workbook (BIFF), in memory; larger ones are to be saved as .xlsx. */
export function xlsSource(settings: WorkbookSettings, mostBytes = MOST_BYTES): RecordSource {
  return {
    async open({ after, signal }): Promise<OpenSource> {
      await requireFormat(settings.file, 'ole', 'xls');
      const name = path.basename(settings.file);
      const { size } = await stat(settings.file);
      if (size > mostBytes) throw new SourceRefused('TOO_LARGE', { name, bytes: size, most: mostBytes, kind: 'xls' });
      const digest = await digestOf(settings.file, signal);
      if (after !== null) requirePosition(after, digest);
      const workbook = readOld(await readFile(settings.file), name);
      const sheets = workbook.SheetNames.map((title, at) => ({
        name: title,
        isHidden: (workbook.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0,
      }));
      const { name: title } = chosenSheet(sheets, settings.sheet);
      const sheet = workbook.Sheets[title];
      if (sheet === undefined) throw new SourceRefused('SHEET_BROKEN', { sheet: title, name });
      const calendar = workbook.Workbook?.WBProps?.date1904 === true ? 1904 : 1900;
      const hidden = sheets.filter(({ isHidden }) => isHidden).map((one) => JSON.stringify(one.name));
      const reading = await readSheet(
        rowsOf(sheet, calendar),
        {
          name: title,
          merged: (sheet['!merges'] ?? []).map(({ s, e }) => ({
            firstRow: s.r + 1,
            lastRow: e.r + 1,
            firstColumn: s.c,
            lastColumn: e.c,
          })),
          hiddenRows: (sheet['!rows'] ?? []).flatMap((row, at) => (row.hidden === true ? [at + 1] : [])),
          notes: [
            ...(sheets.length > 1 ? [`工作表：${sheets.map((one) => JSON.stringify(one.name)).join(', ')}`] : []),
            ...(hidden.length > 0 ? [`隐藏的工作表：${hidden.join(', ')}`] : []),
          ],
        },
        settings,
        { source: name, digest, afterRow: after === null ? 0 : fileIndexOf(after, 'row') },
      );
      return {
        header: { columns: reading.columns, notes: reading.notes, digest, above: reading.above },
        records: reading.records,
        length: { in: 'row', total: sheet['!data']?.length ?? 0 },
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
  };
}

function readOld(bytes: Buffer, name: string): WorkBook {
  try {
    return read(bytes, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellStyles: true,
      cellText: false,
      cellHTML: false,
    });
  } catch (error) {
    throw new SourceRefused('OLD_WORKBOOK', { name, why: error instanceof Error ? error.message : String(error) });
  }
}

async function* rowsOf(sheet: WorkSheet, calendar: WorkbookCalendar): AsyncGenerator<readonly SheetRow[]> {
  const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    yield Array.from(rows.slice(from, from + ROWS_AT_ONCE), (row, at) => ({
      number: from + at + 1,
      cells: new Map((row ?? []).map((cell, column) => [column, cellOf(cell, calendar)])),
    }));
  }
}

function cellOf(cell: CellObject | undefined, calendar: WorkbookCalendar): Cell {
  if (cell === undefined) return EMPTY;
  switch (cell.t) {
    case 's':
      return textCell(String(cell.v ?? ''));
    case 'b':
      return { kind: 'boolean', value: cell.v === true };
    case 'e':
      return { kind: 'fault', text: `单元格是错误值 ${cell.w ?? ''}`.trim() };
    case 'n': {
      const text = String(cell.v ?? '');
      const format = typeof cell.z === 'string' ? cell.z : undefined;
      if (format === undefined || !showsDay(-1, format)) return { kind: 'number', text, workbook: calendar };
      return dayCell(text, calendar);
    }
    default:
      return EMPTY;
  }
}
