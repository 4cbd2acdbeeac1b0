import { hash } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import type { Cell, SourceRecord } from '../../source-record.js';
import { rowId, type ConnectorCollections } from '../collections.js';

/** How records of a source are known again by what they consist of, so that they need not be mapped once more. */
export interface Recognition {
  /** Digest of everything that decides what a record is mapped to: mapping, tables of codes, program. */
  readonly form: string;
  /** The natural key alone, as mapping the whole record would give it; null where it cannot be read. */
  readonly keyOf: (record: SourceRecord) => string | null;
}

/** A record that landed as it is now. */
export interface KnownRecord {
  readonly key: string;
  /** Digest of the row that was made of it. */
  readonly hash: string;
}

/** 128 bits in base64. */
const CHARACTERS = 22;
const PART = '\u001F';
const END = '\u001E';

/** A record's key and digest; null for one that has to be mapped in any case. */
export interface Trace {
  readonly record: SourceRecord;
  readonly key: string;
  readonly digest: string;
}

/** What a record can be known again by; null for one that has a fault or that tells of a change. */
export function traceOf(record: SourceRecord, { form, keyOf }: Recognition): Trace | null {
  if (record.fault !== undefined || record.isChange === true || record.isGone === true) return null;
  const key = keyOf(record);
  if (key === null) return null;
  let text = form;
  for (const [column, cell] of record.cells) text += `${END}${column}${PART}${signOf(cell)}`;
  return { record, key, digest: hash('sha256', text, 'base64url').slice(0, CHARACTERS) };
}

function signOf(cell: Cell): string {
  switch (cell.kind) {
    case 'empty':
      return '';
    case 'boolean':
      return `b${String(cell.value)}`;
    case 'number':
      return `n${String(cell.workbook ?? '')}${PART}${cell.text}`;
    case 'text':
    case 'date':
    case 'fault':
      return `${cell.kind.charAt(0)}${cell.text}`;
  }
}

/**
 * Those records of a batch that landed as they are now, by one question. A row that must land again whatever it says
 * (its digest was taken away) and one that was gone are not among them.
 */
export async function recognised(
  { rows }: ConnectorCollections,
  source: string,
  traces: readonly Trace[],
): Promise<ReadonlyMap<SourceRecord, KnownRecord>> {
  if (traces.length === 0) return new Map();
  const ids = [...new Set(traces.map(({ key }) => rowId(source, key)))];
  const stored = new Map(
    (
      await rows
        .find({ _id: { $in: ids } }, { projection: { hash: 1, read: 1, goneIn: 1 }, batchSize: ids.length + 1 })
        .toArray()
    ).map((row) => [row._id, row]),
  );
  return new Map(
    traces.flatMap(({ record, key, digest }) => {
      const row = stored.get(rowId(source, key));
      return row === undefined || row.hash === null || row.goneIn !== undefined || row.read !== digest
        ? []
        : [[record, { key, hash: row.hash }] as const];
    }),
  );
}

/** Whether a source has landed a row yet. */
export const saidAnything = async ({ rows }: ConnectorCollections, source: string): Promise<boolean> =>
  (await rows.findOne({ _id: { $gte: rowId(source, ''), $lt: `${source}0` } }, { projection: { _id: 1 } })) !== null;

/** How often another source's undoing has made this source say again what it said. */
export async function sayAgainCount(
  { sources }: ConnectorCollections,
  source: string,
  session?: ClientSession,
): Promise<number> {
  const state = await sources.findOne({ _id: source }, { projection: { sayAgain: 1 }, ...(session && { session }) });
  return state?.sayAgain ?? 0;
}

/** What was known again may have to land after all: the batch is judged anew. */
export class NotKnownAnyMore extends Error {
  override readonly name = 'NotKnownAnyMore';
}
