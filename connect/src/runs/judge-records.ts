import type { Mapped, MapRecord } from '../mapped.js';
import type { SourceRecord } from '../source-record.js';
import type { MappedRow, Target } from '../target.js';
import type { KnownRecord } from './rows/recognise.js';
import type { RefusedRow } from './rows/refusals.js';
import { contentOf, rowHash } from './rows/row-hash.js';
import type { DriftDecision } from './run-settings.js';
import type { FirstRow, SeenKey, SeenKeys } from './rows/seen-keys.js';

/** A row that may land, with the record that it was made of and the digest of what it says. */
export interface JudgedRow {
  readonly record: SourceRecord;
  /** Its line; where the source has no lines, which record of the run it is. */
  readonly line: number;
  readonly row: MappedRow;
  readonly hash: string;
  /** Digest by which the record is known again; absent where it is not. */
  readonly read?: string;
  /** It landed as it is now: nothing is left to do, and its row has no values here. */
  readonly isKnown?: boolean;
}

/** A batch as it can be judged without the database. */
export interface JudgedBatch {
  readonly rows: readonly JudgedRow[];
  readonly refused: readonly RefusedRow[];
  readonly skipped: number;
  /** Refused rows of which not even the key is known. */
  readonly withoutKey: number;
  /** The keys that were met for the first time, refused ones included. */
  readonly keys: readonly SeenKey[];
}

/** What records are judged by. */
export interface Judging {
  readonly map: MapRecord;
  readonly target: Target;
  readonly seen: Pick<SeenKeys, 'find'>;
  readonly drift: DriftDecision | null;
  /** Records that landed as they are now, and need not be mapped. */
  readonly known?: ReadonlyMap<SourceRecord, KnownRecord>;
  /** Digests by which records are known again. */
  readonly digests?: ReadonlyMap<SourceRecord, string>;
  /** Records that the run read before these: where a source has no lines, its records are counted. */
  readonly readBefore: number;
}

/**
 * Maps records, and refuses those that repeat a key of the run with another content; a repeat that says the same is
 * skipped.
 */
export function judgeRecords(records: readonly SourceRecord[], judging: Judging): JudgedBatch {
  const { map, target, seen, drift, known, digests, readBefore } = judging;
  const rows: JudgedRow[] = [];
  const refused: RefusedRow[] = [];
  const keys: SeenKey[] = [];
  const here = new Map<string, FirstRow>();
  let skipped = 0;
  let withoutKey = 0;
  const putAside = drift?.decision === 'QUARANTINE' ? driftReason(drift) : null;

  for (const [index, record] of records.entries()) {
    const line = record.place.line ?? readBefore + index + 1;
    const old = putAside === null ? known?.get(record) : undefined;
    const mapped =
      old !== undefined ? asKnown(record, old) : record.fault === undefined ? map(record) : faulty(record.fault);
    if (mapped.kind === 'skipped') {
      skipped += 1;
      continue;
    }
    const key = mapped.kind === 'row' ? mapped.row.key : mapped.key;
    const refuse = (column: string | null, reason: string): void => {
      refused.push({ record, line, key, column, reason });
      if (key === null) withoutKey += 1;
    };
    const hash = mapped.kind === 'row' ? (old?.hash ?? rowHash(mapped.row.values)) : null;
    // What a source tells of again is a change of the record, and no second one.
    const met = (name: string): FirstRow | undefined =>
      record.isChange === true ? undefined : (here.get(name) ?? seen.find(name));
    const names = key === null ? [] : namesOf(target, { key, values: mapped.kind === 'row' ? mapped.row.values : {} });
    const first = key === null ? undefined : met(key);
    // Of a first row its own key is met by none; each name is looked up once.
    const others = first === undefined ? names.map((name) => (name === key ? undefined : met(name))) : [];
    const alias = others.find((other) => other !== undefined);
    const own = { line, content: hash === null ? 0 : contentOf(hash) };
    // What the first row claims stays its own, also against one that is refused and has other names beside.
    const isFirst = first === undefined && record.isChange !== true;
    for (const name of isFirst ? names.filter((_name, at) => others[at] === undefined) : []) {
      here.set(name, own);
      keys.push({ key: name, ...own });
    }
    if (mapped.kind === 'refused') refuse(mapped.column, mapped.reason);
    else if (putAside !== null) refuse(putAside.column, putAside.reason);
    else if (alias !== undefined)
      refuse(
        keyColumn(mapped.row, target),
        `与第 ${String(alias.line)} 行是同一条记录，只是编号写法不同，或指向同一个编号；请只保留正确的一行`,
      );
    else if (first === undefined)
      rows.push({
        record,
        line,
        row: mapped.row,
        hash: hash ?? '',
        ...(old !== undefined && { isKnown: true }),
        ...readOf(mapped.row, digests?.get(record)),
      });
    else if (hash !== null && first.content === contentOf(hash)) skipped += 1;
    else
      refuse(
        keyColumn(old === undefined ? mapped.row : map(record), target),
        `与第 ${String(first.line)} 行的主键重复，但内容不同；请只保留正确的一行`,
      );
  }
  const latest = latestRows(rows);
  return { rows: latest, refused, skipped: skipped + rows.length - latest.length, withoutKey, keys };
}

/** Of rows that a source gives again because they have changed, of each key the last; all others as they are. */
export function latestRows(rows: readonly JudgedRow[]): readonly JudgedRow[] {
  if (!rows.some(({ record }) => record.isChange === true)) return rows;
  const last = new Map(rows.map((one) => [one.row.key, one]));
  return rows.filter((one) => one.record.isChange !== true || last.get(one.row.key) === one);
}

/** Everything under which a record is known: the text of its key, and what the target knows it by. */
export const namesOf = (target: Pick<Target, 'names'>, row: Pick<MappedRow, 'key' | 'values'>): readonly string[] =>
  target.names === undefined ? [row.key] : [...new Set([row.key, ...target.names(row)])];

const asKnown = ({ place }: SourceRecord, { key }: KnownRecord): Extract<Mapped, { readonly kind: 'row' }> => ({
  kind: 'row',
  row: { key, values: {}, columns: {}, place },
});

/** A row with a mended cell is told of in each run, and so is mapped in each. */
const readOf = ({ flags }: MappedRow, digest: string | undefined): Pick<JudgedRow, 'read'> =>
  digest === undefined || flags !== undefined ? {} : { read: digest };

const faulty = ({ column, reason }: NonNullable<SourceRecord['fault']>) =>
  ({ kind: 'refused', key: null, column: column ?? null, reason }) as const;

const keyColumn = (row: MappedRow | Mapped, { key: [first = ''] }: Target): string | null => {
  if (!('kind' in row)) return row.columns[first] ?? null;
  return row.kind === 'row' ? (row.row.columns[first] ?? null) : null;
};

function driftReason({ differences }: DriftDecision): { column: string | null; reason: string } {
  return {
    column: differences[0]?.column ?? null,
    reason: `来源的表头与映射不符，整批暂存：${differences.map(({ text }) => text).join('；')}`,
  };
}
