import { stringify } from 'csv-stringify';
import exceljs from 'exceljs';
import type { Writable } from 'node:stream';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { endOfDayInShanghai } from '@zhitong/values';
import { viewsOn } from '../commitment-views.js';
import type { EnterpriseNames } from './enterprise-names.js';
import { addCells, BYTE_ORDER_MARK } from './sheet-cells.js';
import {
  EXPORT_COLUMNS,
  exportRow,
  NO_EXPORT_TOTALS,
  plainCell,
  totalsRow,
  withRow,
  type ExportCell,
  type ExportNames,
} from '../../domain/audit/export-row.js';
import type { CommitmentRecord } from '../../domain/ledger/commitment-record.js';
import type { WorklistConditions } from '../../models/audit/audit-worklist.js';
import type { Stores } from '../../stores.js';

/** What is exported: the auditor's list of a day, with its conditions. */
export interface ExportQuestion {
  readonly asOf: string;
  readonly knownOn: string;
  readonly conditions: WorklistConditions;
  readonly names: Omit<ExportNames, 'enterprises'>;
  readonly enterpriseNames: EnterpriseNames;
}

const BATCH = 200;

/** A row with the promise that it is about, for the totals. */
interface ExportRow {
  readonly cells: ExportCell[];
  readonly record: CommitmentRecord;
}

/** Rows of the list, worst risk first, read and made a few at a time. */
async function* rowsOf(
  stores: Stores,
  { asOf, knownOn, conditions, names, enterpriseNames }: ExportQuestion,
): AsyncGenerator<ExportRow> {
  let batch: { id: string; score: number }[] = [];
  const rows = async (): Promise<ExportRow[]> => {
    const views = await viewsOn(
      stores,
      batch.map(({ id }) => id),
      { asOf, knownOn },
    );
    const enterprises = await enterpriseNames([...views.values()].map(({ uscc }) => uscc));
    return batch.flatMap(({ id, score }) => {
      const view = views.get(id);
      const called = { ...names, enterprises };
      return view ? [{ cells: exportRow(view, { asOf, score, names: called }), record: view }] : [];
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

/** The whole list: what is above it, its heads, its rows and the totals, handed to `write` one after another. */
async function writeList(
  stores: Stores,
  question: ExportQuestion,
  now: Date,
  write: (row: readonly ExportCell[]) => Promise<void>,
): Promise<number> {
  for (const row of await headOf(stores, question, now)) await write(row);
  await write(EXPORT_COLUMNS);
  let totals = NO_EXPORT_TOTALS;
  for await (const { cells, record } of rowsOf(stores, question)) {
    await write(cells);
    totals = withRow(totals, record, question.asOf);
  }
  await write(totalsRow(totals));
  return totals.count;
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
    ['数据日期', { day: asOf }],
    ['知悉日', { day: knownOn }],
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
    if (!csv.write(row.map(plainCell))) await once(csv, 'drain');
  };
  const count = await writeList(stores, question, now, write);
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
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true, useSharedStrings: false });
  const sheet = workbook.addWorksheet('未兑现承诺');
  const count = await writeList(stores, question, now, async (cells) => {
    addCells(sheet, cells).commit();
    return Promise.resolve();
  });
  sheet.commit();
  await workbook.commit();
  return count;
}
