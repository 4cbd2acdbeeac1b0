import { stringify } from 'csv-stringify';
import exceljs from 'exceljs';
import type { Writable } from 'node:stream';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { endOfDayInShanghai } from '@zhitong/values';
import { viewsOn } from './commitment-views.js';
import { EXPORT_COLUMNS, exportRow, plainCell, type ExportCell } from '../domain/audit/export-row.js';
import type { WorklistConditions } from '../models/audit/audit-worklist.js';
import type { Stores } from '../stores.js';

/** What is exported: the auditor's list of a day, with its conditions. */
export interface ExportQuestion {
  readonly asOf: string;
  readonly knownOn: string;
  readonly conditions: WorklistConditions;
}

const BATCH = 200;
/** Marks the text as UTF-8 for spreadsheet programs. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rows of the list, worst risk first, read and made a few at a time. */
async function* rowsOf(stores: Stores, { asOf, knownOn, conditions }: ExportQuestion): AsyncGenerator<ExportCell[]> {
  let batch: { id: string; score: number }[] = [];
  const rows = async (): Promise<ExportCell[][]> => {
    const views = await viewsOn(
      stores,
      batch.map(({ id }) => id),
      { asOf, knownOn },
    );
    return batch.flatMap(({ id, score }) => {
      const view = views.get(id);
      return view ? [exportRow(view, asOf, score).map(plainCell)] : [];
    });
  };
  for await (const { id, score } of stores.worklist.all({ asOf, knownOn }, conditions)) {
    batch.push({ id, score });
    if (batch.length < BATCH) continue;
    yield* await rows();
    batch = [];
  }
  yield* await rows();
}

/** Lines above the list: what was asked, for which days, and the root that proves it. */
async function headOf(
  stores: Stores,
  { asOf, knownOn, conditions }: ExportQuestion,
  now: Date,
): Promise<ExportCell[][]> {
  const seal = await stores.seals.finished(endOfDayInShanghai(knownOn).toISOString());
  const asked = Object.entries(conditions).filter(([, value]) => value !== undefined);
  return [
    ['未兑现政府承诺清单'],
    ['数据日期', asOf],
    ['知悉日', knownOn],
    ['查询条件', asked.length === 0 ? '全部' : JSON.stringify(Object.fromEntries(asked))],
    ['账本封存号', seal?.no ?? '未封存'],
    ['账本根哈希', seal?.root ?? ''],
    ['封存截止', seal?.cutoff ?? ''],
    ['导出时间', now.toISOString()],
    [],
  ];
}

/**
 * Writes the list as CSV (RFC 4180, UTF-8 with byte order mark); never holds more than a few rows. Answers their
 * number.
 */
export async function exportCsv(
  stores: Stores,
  question: ExportQuestion,
  { output, now }: { output: Writable; now: Date },
): Promise<number> {
  const csv = stringify({ record_delimiter: '\r\n' });
  csv.pipe(output, { end: true });
  output.write(BYTE_ORDER_MARK);
  const write = async (row: readonly ExportCell[]): Promise<void> => {
    if (!csv.write(row)) await once(csv, 'drain');
  };
  for (const row of await headOf(stores, question, now)) await write(row);
  await write(EXPORT_COLUMNS);
  let count = 0;
  for await (const row of rowsOf(stores, question)) {
    await write(row);
    count += 1;
  }
  csv.end();
  await finished(output);
  return count;
}

/** Writes the list as XLSX; rows are committed one by one, so memory does not grow with them. Answers their number. */
export async function exportXlsx(
  stores: Stores,
  question: ExportQuestion,
  { output, now }: { output: Writable; now: Date },
): Promise<number> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    stream: output,
    useStyles: false,
    useSharedStrings: false,
  });
  const sheet = workbook.addWorksheet('未兑现承诺');
  for (const row of await headOf(stores, question, now)) sheet.addRow(row).commit();
  sheet.addRow([...EXPORT_COLUMNS]).commit();
  let count = 0;
  for await (const row of rowsOf(stores, question)) {
    sheet.addRow(row).commit();
    count += 1;
  }
  sheet.commit();
  await workbook.commit();
  return count;
}
