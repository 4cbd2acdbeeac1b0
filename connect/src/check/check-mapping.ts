import { momentInShanghai } from '@zhitong/values';
import type { Writable } from 'node:stream';
import {
  compileMapping,
  differenceText,
  driftOf,
  loadMapping,
  shapesOf,
  type SeenColumns,
  type TargetShape,
} from '../mapping/index.js';
import type { Mapped, MapRecord } from '../mapped.js';
import { sourceOf, type SourceSurroundings } from '../sources/index.js';
import { SourceRefused, type RecordSource, type SourceHeader, type SourceRecord } from '../source-record.js';
import type { FieldValue } from '../target.js';
import { tableOf } from './table.js';

export interface CheckInput {
  /** The mapping file's name, as faults are told with it. */
  readonly file: string;
  readonly text: string;
  readonly targets: ReadonlyMap<string, TargetShape>;
  readonly surroundings: SourceSurroundings;
  /** Columns of the run before; null when there was none. */
  readonly seen: SeenColumns | null;
  /** Another file than the mapping names. */
  readonly delivery?: string;
  /** Records that are looked at. */
  readonly most?: number;
  /** Reads all records and counts what the mapping makes of them. */
  readonly isWhole?: boolean;
  readonly signal?: AbortSignal;
}

const MOST = 1000;
const ROWS_SHOWN = 10;
const REFUSALS_SHOWN = 20;

/**
 * Tells of a mapping what `npm run connect -- check` prints: its faults by line; of its source what the reader decided,
 * the differences to what is known, the first rows as they would land, and how many of the first records are refused,
 * and why; when asked, how many of all. Writes nothing else, and needs the same memory whatever the size of the source.
 *
 * @returns whether a run could begin: the mapping is sound, the source can be read, and no difference stops it
 */
export async function checkMapping(input: CheckInput, out: Writable): Promise<boolean> {
  const say = (line = ''): void => void out.write(`${line}\n`);
  const loaded = loadMapping(input.text, input.targets);
  if (!loaded.ok) {
    for (const { line, column, message } of loaded.faults)
      say(`${input.file}:${String(line)}:${String(column)} ${message}`);
    say(`${String(loaded.faults.length)} faults: the mapping cannot be used.`);
    return false;
  }
  const { mapping } = loaded;
  const target = input.targets.get(mapping.target);
  if (target === undefined) return false;
  try {
    const source = await sourceOf(mapping, input.surroundings, input.delivery);
    const { header, records } = await firstRecords(source, input.most ?? MOST, input.signal);
    for (const note of header.notes) say(`  ${note}`);
    say();
    const drift = driftOf(mapping, target, shapesOf(header.columns, records), input.seen);
    for (const difference of drift.differences) say(`difference: ${differenceText(difference, target)}`);
    const map = compileMapping(mapping, target);
    tell(
      records.map((record) => ({ record, outcome: map(record) })),
      target,
      say,
    );
    if (input.isWhole === true) say(await countedText(source, map, input.signal));
    if (drift.effect !== 'go on')
      say(`A run would ${drift.effect === 'stop' ? 'stop' : 'put the delivery aside'}: see the differences above.`);
    return drift.effect !== 'stop';
  } catch (error) {
    if (!(error instanceof SourceRefused)) throw error;
    say(error.message);
    return false;
  }
}

/**
 * What a source says of itself and its first records; no more of it is read than the list in which the last of them is.
 */
export async function firstRecords(
  source: RecordSource,
  most: number,
  signal?: AbortSignal,
): Promise<{ readonly header: SourceHeader; readonly records: readonly SourceRecord[] }> {
  const opened = await source.open({ after: null, signal });
  const records: SourceRecord[] = [];
  try {
    for await (const list of opened.records) {
      records.push(...list);
      if (records.length >= most) break;
    }
  } finally {
    await opened[Symbol.asyncDispose]();
  }
  return { header: opened.header, records: records.slice(0, most) };
}

/** How many of all records the mapping takes; repeats and the department's own rules are judged by a run alone. */
async function countedText(source: RecordSource, map: MapRecord, signal: AbortSignal | undefined): Promise<string> {
  const opened = await source.open({ after: null, signal });
  const counts: Record<Mapped['kind'], number> = { row: 0, refused: 0, skipped: 0 };
  try {
    for await (const list of opened.records) for (const record of list) counts[map(record).kind] += 1;
  } finally {
    await opened[Symbol.asyncDispose]();
  }
  const { row, refused, skipped } = counts;
  return `Of all ${String(row + refused + skipped)} records the mapping takes ${String(row)}, refuses ${String(refused)}, passes over ${String(skipped)}.`;
}

function tell(
  judged: readonly { readonly record: SourceRecord; readonly outcome: Mapped }[],
  target: TargetShape,
  say: (line?: string) => void,
): void {
  const rows = judged.flatMap(({ outcome }) => (outcome.kind === 'row' ? [outcome.row] : []));
  const fields = Object.keys(target.fields).filter((name) => rows.some(({ values }) => values[name] !== undefined));
  if (rows.length > 0) {
    say(`The first ${String(Math.min(ROWS_SHOWN, rows.length))} rows as they would land:`);
    const shown = rows
      .slice(0, ROWS_SHOWN)
      .map(({ place, values }) => [
        String(place.line ?? place.key ?? ''),
        ...fields.map((name) => shownValue(name, values[name], target)),
      ]);
    for (const line of tableOf([['line', ...fields], ...shown])) say(line);
    say();
  }
  const refused = judged.flatMap(({ record, outcome }) => (outcome.kind === 'refused' ? [{ record, outcome }] : []));
  for (const { record, outcome } of refused.slice(0, REFUSALS_SHOWN)) {
    const { line, key } = record.place;
    say(
      `${line === undefined ? (key ?? '') : `line ${String(line)}`}${outcome.column === null ? '' : `, ${outcome.column}`}: ${outcome.reason}`,
    );
  }
  if (refused.length > REFUSALS_SHOWN) say(`… and ${String(refused.length - REFUSALS_SHOWN)} more`);
  const skipped = judged.length - rows.length - refused.length;
  say(
    `Of the first ${String(judged.length)} records ${String(rows.length)} are taken, ${String(refused.length)} refused, ${String(skipped)} passed over.`,
  );
}

/** Of a person's data the table shows that there is something. */
function shownValue(name: string, value: FieldValue | undefined, target: TargetShape): string {
  if (value === undefined) return '';
  if (target.fields[name]?.isPersonal === true) return '***';
  // As the officer knows it, in whose table it stands.
  if (target.fields[name]?.type.kind === 'instant' && typeof value === 'string') return momentInShanghai(value);
  return typeof value === 'object' ? (value ?? []).join('；') : String(value);
}
