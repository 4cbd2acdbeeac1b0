import { parse } from 'csv-parse/sync';
import path from 'node:path';
import {
  SourceRefused,
  type Cell,
  type OpenSource,
  type Position,
  type RecordFault,
  type RecordSource,
  type SourceRecord,
} from '../source-record.js';
import { examineText, LOST_CHARACTER, readLines, type Encoding, type ExaminedText } from '../text/index.js';
import {
  aboveNote,
  columnsOf,
  filledTexts,
  guessHeaderRow,
  namesOfGroups,
  namesOf,
  textCell,
  unnamedNote,
  type Columns,
} from './columns.js';
import { Framing, type Frame } from './csv-framing.js';
import { fileIndexOf, requirePosition } from './file-position.js';
import { requireFormat } from './magic.js';

export interface CsvSettings {
  readonly file: string;
  readonly encoding?: Encoding;
  /** One character or more; guessed without it. */
  readonly delimiter?: string;
  /** Line of the header, from one; guessed without it. */
  readonly headerRow?: number;
  /** Lines that the header has. */
  readonly headerRows?: number;
  /** False where quotes are characters like others, as databases' own dumps write them. */
  readonly quotes?: boolean;
  /** Characters that a record may have. */
  readonly longestRecord?: number;
  /** Bytes that are read at once. */
  readonly chunk?: number;
}

const LONGEST_RECORD = 1024 * 1024;
const MOST_BYTES_OF_CHARACTER = 4;
const DELIMITERS = [',', '\t', ';', '|', '，', '\u0001'];
/** Lines in which header and delimiter are looked for. */
const LOOKED_AT = 30;

/** What was found in the first lines. */
interface Layout {
  readonly delimiter: string;
  readonly columns: Columns;
  readonly width: number;
  readonly body: { readonly byte: number; readonly line: number };
  readonly notes: readonly string[];
  readonly above: readonly string[];
}

/** Records of a text whose lines have fields between delimiters. */
export function csvSource(settings: CsvSettings): RecordSource {
  return {
    async open({ after, signal }): Promise<OpenSource> {
      await requireFormat(settings.file, 'text', 'csv');
      const examined = await examineText(settings.file, { stated: settings.encoding ?? null, signal });
      const layout = await layoutOf(settings, examined, signal);
      const from = after === null ? layout.body : startAfter(after, examined.digest);
      return {
        header: {
          columns: namesOf(layout.columns),
          notes: [examined.note, ...layout.notes],
          digest: examined.digest,
          above: layout.above,
        },
        records: records(settings, examined, layout, from, signal),
        length: { in: 'byte', total: examined.bytes },
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
  };
}

function startAfter(after: Position, digest: string): Layout['body'] {
  requirePosition(after, digest);
  return { byte: fileIndexOf(after, 'byte'), line: fileIndexOf(after, 'line') };
}

const longestLine = (settings: CsvSettings): number =>
  (settings.longestRecord ?? LONGEST_RECORD) * MOST_BYTES_OF_CHARACTER;

async function layoutOf(
  settings: CsvSettings,
  { encoding, mark }: ExaminedText,
  signal?: AbortSignal,
): Promise<Layout> {
  const wanted = (settings.headerRow ?? 1) + (settings.headerRows ?? 1) + LOOKED_AT;
  const lines = [];
  const from = { byte: mark, line: 1 };
  const options = { encoding, from, longest: longestLine(settings), chunk: settings.chunk, signal };
  for await (const part of readLines(settings.file, options)) {
    lines.push(...part);
    if (lines.length >= wanted) break;
  }
  const head = lines.slice(0, wanted);
  const texts = head.filter(({ fault, text }) => fault === null && text.trim() !== '').map(({ text }) => text);
  const beginning =
    settings.headerRow === undefined ? texts : head.slice(settings.headerRow - 1).map(({ text }) => text);
  const delimiter = settings.delimiter ?? guessDelimiter(beginning, settings);
  const frames = new Framing({ ...framingOptions(settings, delimiter), columns: null });
  const rows = [...frames.take(head), ...frames.finish()].filter(({ fault }) => fault === null);
  const fields = rows.map(({ text }) => split([text], delimiter, settings)[0] ?? []);
  const at =
    settings.headerRow === undefined
      ? guessHeaderRow(fields)
      : rows.findIndex(
          ({ line, nextLine }) => line <= (settings.headerRow ?? 1) && nextLine > (settings.headerRow ?? 1),
        );
  if (at === -1)
    throw settings.headerRow === undefined
      ? new SourceRefused('NO_HEADER', { name: path.basename(settings.file) })
      : new SourceRefused('HEADER_LINE', { line: settings.headerRow });
  const isOfGroups = settings.headerRow === undefined && namesOfGroups(fields[at] ?? [], fields[at + 1] ?? []);
  const count = settings.headerRows ?? (isOfGroups ? 2 : 1);
  const columns = columnsOf(spread(fields.slice(at, at + count)));
  const last = rows[at + count - 1];
  if (last === undefined) throw new SourceRefused('HEADER_CUT', { rows: count });
  const line = rows[at]?.line ?? 1;
  const above = fields.slice(0, at).flatMap(filledTexts);
  return {
    delimiter,
    columns,
    width: columns.length,
    body: { byte: last.endsAt, line: last.nextLine },
    notes: [
      `分隔符 ${JSON.stringify(delimiter)}（${settings.delimiter === undefined ? '推断' : '按映射'}）`,
      `表头在第 ${String(line)} 行${count > 1 ? `起的 ${String(count)} 行` : ''}${settings.headerRow === undefined ? '（推断）' : ''}`,
      ...aboveNote(above),
      ...unnamedNote(columns),
    ],
    above,
  };
}

/** A group's name stands over its first column; the others of the group have nothing above them. */
function spread(rows: readonly (readonly string[])[]): (readonly string[])[] {
  return rows.map((row, level) => {
    const below = rows[level + 1];
    if (below === undefined) return row;
    let group = '';
    return row.map((text, at) => {
      if (text.trim() !== '') group = text;
      return (below[at] ?? '').trim() === '' ? text : group;
    });
  });
}

const framingOptions = (settings: CsvSettings, delimiter: string) => ({
  delimiter,
  hasQuotes: settings.quotes ?? true,
  longest: settings.longestRecord ?? LONGEST_RECORD,
  countFields: (text: string): number => split([text], delimiter, settings)[0]?.length ?? 0,
});

/**
 * The fields of records that are each whole: of many at once, since a call has its price. A record without a quote has
 * its fields between its delimiters.
 */
function split(texts: readonly string[], delimiter: string, settings: CsvSettings): string[][] {
  const isQuoted = (text: string): boolean => (settings.quotes ?? true) && text.includes('"');
  const quoted = texts.filter(isQuoted);
  const parsed = quoted.length === 0 ? [] : parseQuoted(quoted, delimiter);
  let at = 0;
  return texts.map((text) => {
    if (!isQuoted(text)) return text.split(delimiter);
    at += 1;
    return parsed[at - 1] ?? [];
  });
}

function parseQuoted(texts: readonly string[], delimiter: string): string[][] {
  return parse(texts.join('\n'), {
    delimiter,
    quote: '"',
    record_delimiter: ['\n'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: 0,
    bom: false,
  });
}

/** The delimiter that parts the lines into the most fields, as many in one line as in the next. */
function guessDelimiter(texts: readonly string[], settings: CsvSettings): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = texts
      .slice(0, LOOKED_AT)
      .filter((text) => text.trim() !== '')
      .map((text) => fieldsOfLine(text, delimiter, settings));
    const common = mostFrequent(counts.filter((count) => count > 1));
    const score = (common * counts.filter((count) => count === common).length) / Math.max(1, counts.length);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Fields of one line, which may be a part of a record: then its quotes do not close, and it is not counted. */
function fieldsOfLine(text: string, delimiter: string, settings: CsvSettings): number {
  try {
    return split([text], delimiter, settings)[0]?.length ?? 0;
  } catch {
    return 0;
  }
}

function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].sort(([a, timesOfA], [b, timesOfB]) => timesOfB - timesOfA || b - a)[0]?.[0] ?? 0;
}

async function* records(
  settings: CsvSettings,
  { encoding, digest }: ExaminedText,
  layout: Layout,
  from: Layout['body'],
  signal?: AbortSignal,
): AsyncGenerator<readonly SourceRecord[]> {
  const source = path.basename(settings.file);
  const framing = new Framing({ ...framingOptions(settings, layout.delimiter), columns: layout.width });
  const made = (frames: readonly Frame[]): SourceRecord[] => {
    const whole = frames.filter(({ fault }) => fault === null).map(({ text }) => text);
    const rows = whole.length === 0 ? [] : split(whole, layout.delimiter, settings);
    let at = 0;
    return frames.flatMap((frame): SourceRecord[] => {
      const place = { source, line: frame.line };
      const position = { digest, byte: frame.endsAt, line: frame.nextLine };
      if (frame.fault !== null) return [{ place, position, cells: new Map(), fault: { reason: frame.fault } }];
      const fields = rows[at] ?? [];
      at += 1;
      const record = recordOf(fields, layout);
      return record === null ? [] : [{ place, position, ...record }];
    });
  };
  const options = { encoding, from, longest: longestLine(settings), chunk: settings.chunk, signal };
  for await (const lines of readLines(settings.file, options)) {
    const list = made(framing.take(lines));
    if (list.length > 0) yield list;
  }
  const rest = made(framing.finish());
  if (rest.length > 0) yield rest;
}

/** The cells of a record; null for one in which every field is blank. */
function recordOf(
  fields: readonly string[],
  { columns, width }: Layout,
): { readonly cells: ReadonlyMap<string, Cell>; readonly fault?: RecordFault } | null {
  const cells = new Map<string, Cell>();
  let isBlank = true;
  let broken: string | undefined;
  for (const [at, field] of fields.entries()) {
    const cell = textCell(field);
    isBlank &&= cell.kind === 'empty';
    const name = columns[at] ?? null;
    if (name === null) continue;
    cells.set(name, cell);
    if (field.includes(LOST_CHARACTER)) broken ??= name;
  }
  if (isBlank) return null;
  const surplus = fields.slice(width).some((field) => textCell(field).kind !== 'empty');
  if (fields.length < width || surplus)
    return {
      cells,
      fault: { reason: `这一行有 ${String(fields.length)} 列，表头有 ${String(width)} 列：内容可能错位` },
    };
  if (broken !== undefined) return { cells, fault: { column: broken, reason: LOST_TEXT } };
  return { cells };
}

/** Why a record with U+FFFD is refused. */
const LOST_TEXT = '含有无法识别的字符（U+FFFD），文字在上游已经损坏，请从原系统重新导出';
