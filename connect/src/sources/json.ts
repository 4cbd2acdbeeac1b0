import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import {
  SourceRefused,
  type Cell,
  type OpenSource,
  type RecordFault,
  type RecordSource,
  type SourceRecord,
} from '../source-record.js';
import {
  examineText,
  LOST_CHARACTER,
  readLines,
  strictDecoder,
  type Encoding,
  type ExaminedText,
} from '../text/index.js';
import { fileIndexOf, requirePosition } from './file-position.js';
import { cellsOfObject, isJsonObject, JsonReader, parseExact, type JsonValue } from './json-values.js';
import { requireFormat } from './magic.js';

export interface JsonSettings {
  readonly file: string;
  readonly encoding?: Encoding;
  /**
   * `lines`: one object in each line (NDJSON). `array`: a list of objects, at a path of the text. Guessed without it.
   */
  readonly form?: 'lines' | 'array';
  /** Where the list stands: `data.items`; the text itself without it. */
  readonly records?: string;
  readonly longestRecord?: number;
}

const LONGEST_RECORD = 4 * 1024 * 1024;
/** Records whose members are the columns that are told; every record is read with all it has. */
const LOOKED_AT = 100;

/** Records of a JSON text, in pieces, with every digit of its numbers. */
export function jsonSource(settings: JsonSettings): RecordSource {
  return {
    async open({ after, signal }): Promise<OpenSource> {
      await requireFormat(settings.file, 'text', 'json');
      const examined = await examineText(settings.file, { stated: settings.encoding ?? null, signal });
      if (after !== null) requirePosition(after, examined.digest);
      const form = settings.form ?? (settings.records === undefined ? await guessForm(settings, examined) : 'array');
      const reader = (from: { byte: number; line: number } | null, skip: number): AsyncGenerator<SourceRecord[]> =>
        form === 'lines'
          ? lineRecords(settings, examined, from ?? { byte: examined.mark, line: 1 }, signal)
          : arrayRecords(settings, examined, skip, signal);
      const columns = new Set<string>();
      let seen = 0;
      for await (const list of reader(null, 0)) {
        for (const { cells } of list.slice(0, LOOKED_AT - seen)) for (const name of cells.keys()) columns.add(name);
        seen += list.length;
        if (seen >= LOOKED_AT) break;
      }
      if (seen === 0)
        throw new SourceRefused('NO_RECORDS', { name: path.basename(settings.file), at: settings.records ?? '' });
      const from =
        after === null || form === 'array'
          ? null
          : { byte: fileIndexOf(after, 'byte'), line: fileIndexOf(after, 'line') };
      const skip = after === null || form === 'lines' ? 0 : fileIndexOf(after, 'index');
      return {
        header: {
          columns: [...columns],
          notes: [examined.note, form === 'lines' ? '每行一个对象' : `位于 ${settings.records ?? '$'} 的列表`],
          digest: examined.digest,
        },
        records: reader(from, skip),
        ...(form === 'lines' && { length: { in: 'byte', total: examined.bytes } }),
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
  };
}

/** A list begins with `[`. An object on a line of its own, with another behind it or nothing, is NDJSON. */
async function guessForm({ file }: JsonSettings, { encoding, mark }: ExaminedText): Promise<'lines' | 'array'> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, mark);
    const beginning = new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead)).trimStart();
    return beginning.startsWith('[') ? 'array' : 'lines';
  } finally {
    await handle.close();
  }
}

async function* lineRecords(
  settings: JsonSettings,
  { encoding, digest }: ExaminedText,
  from: { byte: number; line: number },
  signal?: AbortSignal,
): AsyncGenerator<SourceRecord[]> {
  const source = path.basename(settings.file);
  const longest = settings.longestRecord ?? LONGEST_RECORD;
  for await (const lines of readLines(settings.file, { encoding, from, longest, signal })) {
    const list = lines
      .filter(({ text, fault }) => fault !== null || text.trim() !== '')
      .map((line): SourceRecord => {
        const read =
          line.fault === 'TOO_LONG'
            ? { cells: new Map<string, Cell>(), fault: { reason: '这一行超过长度上限，没有读取' } }
            : line.fault === 'BROKEN'
              ? { cells: new Map<string, Cell>(), fault: { reason: '这一行含有不属于该文件编码的字节，文字已损坏' } }
              : recordOfLine(line.text);
        return {
          place: { source, line: line.number },
          position: { digest, byte: line.endsAt, line: line.number + 1 },
          ...read,
        };
      });
    if (list.length > 0) yield list;
  }
}

function recordOfLine(text: string): { readonly cells: Map<string, Cell>; readonly fault?: RecordFault } {
  try {
    return recordOfValue(parseExact(text));
  } catch (error) {
    if (error instanceof SyntaxError) return { cells: new Map(), fault: { reason: '这一行不是完整的 JSON 对象' } };
    throw error;
  }
}

/** The cells of an object; anything else is at fault. */
export function recordOfValue(value: JsonValue): { readonly cells: Map<string, Cell>; readonly fault?: RecordFault } {
  if (!isJsonObject(value)) return { cells: new Map(), fault: { reason: '这一条不是 JSON 对象' } };
  const cells = cellsOfObject(value);
  const broken = [...cells].find(([, cell]) => cell.kind === 'text' && cell.text.includes(LOST_CHARACTER))?.[0];
  return broken === undefined
    ? { cells }
    : { cells, fault: { column: broken, reason: '含有无法识别的字符（U+FFFD），文字在上游已经损坏' } };
}

async function* arrayRecords(
  settings: JsonSettings,
  { encoding, mark, digest }: ExaminedText,
  skip: number,
  signal?: AbortSignal,
): AsyncGenerator<SourceRecord[]> {
  const source = path.basename(settings.file);
  const at = (settings.records ?? '').split('.').filter((name) => name !== '' && name !== '$');
  const reader = new JsonReader([['$', ...at, '*'].join('.')]);
  const decoder = strictDecoder(encoding);
  let index = 0;
  const made = (values: readonly JsonValue[]): SourceRecord[] =>
    values.flatMap((value): SourceRecord[] => {
      index += 1;
      if (index <= skip) return [];
      return [{ place: { source, key: String(index) }, position: { digest, index }, ...recordOfValue(value) }];
    });
  try {
    for await (const chunk of createReadStream(settings.file, { start: mark, signal })) {
      const list = made(reader.write(decoder.decode(chunk as Buffer, { stream: true })));
      if (list.length > 0) yield list;
    }
    const rest = made(reader.write(decoder.decode()));
    if (rest.length > 0) yield rest;
    reader.finish();
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
    throw new SourceRefused('BROKEN_JSON', { name: source, index, why: error.message });
  }
}
