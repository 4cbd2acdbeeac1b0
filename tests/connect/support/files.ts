import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cell, Position, RecordSource, SourceHeader, SourceRecord } from '../../../connect/src/source-record.js';

const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-connect-'));
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
let count = 0;

/** A file with these bytes in a folder of its own. */
export function fileOf(bytes: Buffer | string, name = 'delivery.csv'): string {
  count += 1;
  const file = path.join(mkdtempSync(path.join(folder, String(count))), name);
  writeFileSync(file, bytes);
  return file;
}

/** What a source gives, read to its end. */
export interface Read {
  readonly header: SourceHeader;
  readonly records: readonly SourceRecord[];
  /** How much of the source was read when each record was, 0 to 1; null where it does not say how long it is. */
  readonly shares: readonly number[] | null;
}

export async function readAll(source: RecordSource, after: Position | null = null, since?: Position): Promise<Read> {
  const opened = await source.open({ after, since });
  const records: SourceRecord[] = [];
  try {
    for await (const list of opened.records) records.push(...list);
  } finally {
    await opened[Symbol.asyncDispose]();
  }
  const { header, length } = opened;
  const shares =
    length === undefined ? null : records.map(({ position }) => Number(position[length.in]) / length.total);
  return { header, records, shares };
}

/** A cell as a test writes it: null for an empty one, the text of a text, else `kind:text`. */
export function plain(cell: Cell | undefined): string | null | undefined {
  if (cell === undefined) return undefined;
  if (cell.kind === 'empty') return null;
  if (cell.kind === 'boolean') return `boolean:${String(cell.value)}`;
  return cell.kind === 'text' ? cell.text : `${cell.kind}:${cell.text}`;
}

/** The cells of the records, in the order of the columns. */
export const cellsOf = ({ header, records }: Pick<Read, 'header' | 'records'>): (string | null | undefined)[][] =>
  records.map(({ cells }) => header.columns.map((column) => plain(cells.get(column))));

/** Line and reason of the records that are refused. */
export const faultsOf = ({ records }: Read): [line: number | undefined, reason: string][] =>
  records.flatMap(({ place, fault }) =>
    fault === undefined ? [] : [[place.line, fault.reason] as [number | undefined, string]],
  );
