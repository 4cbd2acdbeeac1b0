import path from 'node:path';
import { SourceRefused, type OpenSource, type RecordSource } from '../../source-record.js';
import { digestOf } from '../file-digest.js';
import { fileIndexOf, requirePosition } from '../file-position.js';
import { requireFormat } from '../magic.js';
import { readSheet, type SheetSettings } from './sheet-records.js';
import { WORKBOOK_BOUNDS, WorkbookArchive, type WorkbookBounds } from './xlsx-archive.js';
import { sheetRows, surroundingsOf } from './xlsx-rows.js';
import { readWorkbook } from './xlsx-workbook.js';

export interface WorkbookSettings extends SheetSettings {
  readonly file: string;
  /** Name, or number from one; the first that is not hidden without it. */
  readonly sheet?: string | number;
}

/** Records of a sheet of an .xlsx workbook (ECMA-376), read as a stream: only its shared texts stay in memory. */
export function xlsxSource(settings: WorkbookSettings, bounds: Partial<WorkbookBounds> = {}): RecordSource {
  const all = { ...WORKBOOK_BOUNDS, ...bounds };
  return {
    async open({ after, signal }): Promise<OpenSource> {
      await requireFormat(settings.file, 'xlsx', 'xlsx');
      const digest = await digestOf(settings.file, signal);
      if (after !== null) requirePosition(after, digest);
      const archive = await WorkbookArchive.open(settings.file, all);
      try {
        const workbook = await readWorkbook(archive, all);
        const sheet = chosenSheet(workbook.sheets, settings.sheet);
        const { merged, hiddenRows, hiddenColumns, lastRow } = await surroundingsOf(archive, sheet.part);
        const hidden = workbook.sheets.filter(({ isHidden }) => isHidden).map(({ name }) => JSON.stringify(name));
        const notes = [
          ...(workbook.sheets.length > 1
            ? [`工作表：${workbook.sheets.map(({ name }) => JSON.stringify(name)).join(', ')}`]
            : []),
          ...(hidden.length > 0 ? [`隐藏的工作表：${hidden.join(', ')}`] : []),
          ...(hiddenColumns.length > 0 ? [`隐藏列，照常读取：${hiddenColumns.join(', ')}`] : []),
          ...(workbook.calendar === 1904 ? ['日期自 1904 年起计'] : []),
          ...(merged.length > 0 ? [`合并单元格 ${String(merged.length)} 处`] : []),
        ];
        const reading = await readSheet(
          sheetRows(archive, sheet.part, workbook, all),
          { name: sheet.name, merged, hiddenRows, notes },
          settings,
          {
            source: path.basename(settings.file),
            digest,
            afterRow: after === null ? 0 : fileIndexOf(after, 'row'),
          },
        );
        return {
          header: { columns: reading.columns, notes: reading.notes, digest, above: reading.above },
          records: reading.records,
          length: { in: 'row', total: lastRow },
          [Symbol.asyncDispose]: () => archive[Symbol.asyncDispose](),
        };
      } catch (error) {
        await archive[Symbol.asyncDispose]();
        throw error;
      }
    },
  };
}

/**
 * The sheet that a mapping means.
 * @throws SourceRefused with the sheets that there are
 */
export function chosenSheet<Sheet extends { readonly name: string; readonly isHidden: boolean }>(
  sheets: readonly Sheet[],
  wanted: string | number | undefined,
): Sheet {
  const sheet =
    wanted === undefined
      ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])
      : typeof wanted === 'number'
        ? sheets[wanted - 1]
        : sheets.find(({ name }) => name.trim() === wanted.trim());
  if (sheet !== undefined) return sheet;
  throw new SourceRefused('NO_SHEET', { sheet: wanted ?? 1, present: sheets.map(({ name }) => name) });
}
