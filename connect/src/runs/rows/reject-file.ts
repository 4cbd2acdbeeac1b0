import { open } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { harmlessText } from '@zhitong/values';
import type { RunSettings } from '../run-settings.js';
import { refusalNumber, toldRefusal, type RefusedRow } from './refusals.js';

/**
 * The columns that a reject file has beside those of its source. A file that has them is fed in again as though it had
 * not.
 */
export const REJECT_COLUMNS = ['列', '原因', '退回编号'] as const;

const BYTE_ORDER_MARK = '\uFEFF';
/** A text of a reject file as it was before `harmlessText`. */
export const asItWas = (text: string): string =>
  text.startsWith("'") && harmlessText(text.slice(1)) === text ? text.slice(1) : text;

const lines = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(harmlessText)),
    // Only the pair counts as the end of a record for the library, which would leave lone ones unquoted.
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );

/** Rows stand there as their source has them, persons' numbers in wrong columns included. */
const FOR_ITS_OWNER = 0o600;

/**
 * Rows that were refused, as their source has them, for who corrects them: CSV in UTF-8 that spreadsheet programs open
 * rightly.
 */
export interface RejectFile {
  /** Appends rows and gives the length in bytes, all of it on the disk. */
  append(rows: readonly RefusedRow[]): Promise<number>;
  /** Takes back what was written after that length: of a batch that was not stored after all. */
  cutTo(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the reject file of a run.
 * @param goesBack it goes to who delivered, and holds rows as they were given; else an anonymous row stands there as it
 *   may be told of
 * @param bytes length up to which an earlier process of the run wrote it and stored its batches; what follows is of a
 *   batch that was lost. 0: a new file.
 */
export async function openRejectFile(
  path: string,
  {
    columns,
    bytes,
    settings,
    goesBack,
  }: {
    readonly columns: readonly string[];
    readonly bytes: number;
    readonly settings: Pick<RunSettings, 'secrecy'>;
    readonly goesBack: boolean;
  },
): Promise<RejectFile> {
  const own: readonly string[] = REJECT_COLUMNS;
  const headers = columns.filter((column) => !own.includes(column));
  const file = await open(path, 'a', FOR_ITS_OWNER);
  await file.truncate(bytes);
  let length = bytes;
  const rowOf = (row: RefusedRow): string[] => {
    const told = toldRefusal(row, goesBack ? {} : settings);
    const texts = new Map(told.cells);
    return [
      ...headers.map((header) => texts.get(header) ?? ''),
      row.column ?? '',
      told.reason,
      refusalNumber(row, settings),
    ];
  };
  const write = async (text: string): Promise<void> => {
    await file.appendFile(text);
    length += Buffer.byteLength(text);
  };
  return {
    append: async (rows) => {
      if (rows.length === 0) return length;
      if (length === 0) await write(BYTE_ORDER_MARK + lines([[...headers, ...REJECT_COLUMNS]]));
      await write(lines(rows.map(rowOf)));
      await file.sync();
      return length;
    },
    cutTo: async (to) => {
      if (to === length) return;
      await file.truncate(to);
      length = to;
    },
    close: async () => file.close(),
  };
}
