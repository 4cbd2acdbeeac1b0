import { setImmediate } from 'node:timers/promises';
import type { SourceRecord } from '../source-record.js';
import { judgeRecords, latestRows, type JudgedBatch, type Judging } from './judge-records.js';
import type { ConnectorCollections } from './collections.js';
import { recognised, saidAnything, traceOf, type Recognition, type Trace } from './rows/recognise.js';
import type { FirstRow } from './rows/seen-keys.js';

/** Finds those records of a batch that landed as they are now, and what the others will be known by. */
export type Recognise = (records: readonly SourceRecord[]) => Promise<Required<Pick<Judging, 'known' | 'digests'>>>;

/** Records are known again by one question for each batch. */
export function recognising(collections: ConnectorCollections, source: string, recognition: Recognition): Recognise {
  let hasRows: boolean | null = null;
  return async (records) => {
    hasRows ??= await saidAnything(collections, source);
    const traces: Trace[] = [];
    for (let at = 0; at < records.length; at += TRACED_AT_ONCE) {
      traces.push(...records.slice(at, at + TRACED_AT_ONCE).flatMap((record) => traceOf(record, recognition) ?? []));
      await setImmediate();
    }
    return {
      known: hasRows ? await recognised(collections, source, traces) : new Map(),
      digests: new Map(traces.map(({ record, digest }) => [record, digest])),
    };
  };
}

/** A batch of records with what judging them came to. */
export interface ReadyBatch {
  readonly records: readonly SourceRecord[];
  readonly judged: JudgedBatch;
}

/**
 * Records that are judged in one go: two or three milliseconds, within which the database's answers wait. With more the
 * batch is judged between the short questions of the one before, and nothing is left to do while that one is written.
 */
const AT_ONCE = 20;
/** Of records that are only known again as many take that time. */
const TRACED_AT_ONCE = 200;

/**
 * Judges batches while the one before is being stored: the keys of that one count as met although they are not stored
 * yet. When storing fails the run ends, and with it what was judged ahead.
 * @param readBefore records that the run read before the first batch
 */
export function judgingAhead({
  readBefore,
  recognise,
  ...judging
}: Judging & { readonly recognise: Recognise | null }): (records: readonly SourceRecord[]) => Promise<ReadyBatch> {
  let read = readBefore;
  /** Keys of the batch that is being stored. */
  let before = new Map<string, FirstRow>();
  return async (records) => {
    const here = new Map<string, FirstRow>();
    const seen = { find: (key: string) => here.get(key) ?? before.get(key) ?? judging.seen.find(key) };
    const parts: JudgedBatch[] = [];
    const again = recognise === null ? null : await recognise(records);
    for (let at = 0; at < records.length; at += AT_ONCE) {
      const part = judgeRecords(records.slice(at, at + AT_ONCE), { ...judging, ...again, seen, readBefore: read + at });
      for (const { key, line, content } of part.keys) here.set(key, { line, content });
      parts.push(part);
      judging.target.prepare?.(part.rows.filter(({ isKnown }) => isKnown !== true).map(({ row }) => row));
      await setImmediate();
    }
    read += records.length;
    before = here;
    const rows = parts.flatMap((part) => part.rows);
    const latest = latestRows(rows);
    return {
      records,
      judged: {
        rows: latest,
        refused: parts.flatMap(({ refused }) => refused),
        keys: parts.flatMap(({ keys }) => keys),
        skipped: parts.reduce((sum, { skipped }) => sum + skipped, rows.length - latest.length),
        withoutKey: parts.reduce((sum, { withoutKey }) => sum + withoutKey, 0),
      },
    };
  };
}
