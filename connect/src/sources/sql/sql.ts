import createKnex from 'knex';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import initSqlJs from 'sql.js';
import {
  SourceRefused,
  type Cell,
  type OpenOptions,
  type OpenSource,
  type Position,
  type RecordSource,
  type SourceRecord,
} from '../../source-record.js';
import { LOST_CHARACTER } from '../../text/index.js';
import { cellOf } from './sql-cells.js';
import { openServer, type Rows } from './sql-servers.js';
import { emptyStatement, phasesAfter, positionOf, statementOf, type Phase, type SqlSettings } from './sql-statement.js';

export type { SqlSettings } from './sql-statement.js';

/** Which database, and where. */
export type SqlDatabase =
  | {
      readonly kind: 'postgresql' | 'mysql' | 'mssql';
      readonly address: string;
      readonly timeZone: string;
      readonly timeoutSeconds?: number;
    }
  | { readonly kind: 'sqlite'; readonly file: string };

const ROWS_AT_ONCE = 500;
/** A SQLite file is held in memory. */
const MOST_BYTES = 512 * 1024 * 1024;

/** The rows of a database as statements give them, and how to end. */
interface Reader {
  readonly columns: readonly string[];
  rows(phase: Phase, from: { after: Position | null; since: Position | null }): Rows;
  close(): Promise<void>;
}

/**
 * Records of a table or a query, read only, as a stream. With a key a run goes on where it stood; with a watermark only
 * what has changed is read, less the overlap, and rows without a stamp each time.
 */
export function sqlSource(database: SqlDatabase, settings: SqlSettings): RecordSource {
  return {
    async open({ after, since, signal }: OpenOptions): Promise<OpenSource> {
      const reader =
        database.kind === 'sqlite' ? await openFile(database.file, settings) : await openServer(database, settings);
      const source = settings.table ?? 'query';
      const notes = [
        `${database.kind}, ${source}`,
        ...(settings.key === undefined ? ['未指定主键：中断后须从头运行'] : []),
        ...(typeof since?.['mark'] === 'string' ? [`自 ${since['mark']} 起，含重叠时段`] : []),
      ];
      const missing = [settings.key, settings.watermark?.column].filter(
        (column) => column !== undefined && reader.columns.length > 0 && !reader.columns.includes(column),
      );
      if (missing.length > 0) {
        await reader.close();
        throw new SourceRefused('NO_COLUMN', { missing: missing.join(', '), present: reader.columns.join(', ') });
      }
      return {
        header: { columns: reader.columns, notes, digest: null },
        records: sqlRecords(reader, settings, source, { after, since: since ?? null }, signal),
        [Symbol.asyncDispose]: () => reader.close(),
      };
    },
  };
}

async function* sqlRecords(
  reader: Reader,
  settings: SqlSettings,
  source: string,
  from: { after: Position | null; since: Position | null },
  signal?: AbortSignal,
): AsyncGenerator<readonly SourceRecord[]> {
  let position: Position = from.after ?? { mark: from.since?.['mark'] ?? null };
  let list: SourceRecord[] = [];
  for (const phase of phasesAfter(settings, from.after)) {
    for await (const row of reader.rows(phase, from)) {
      signal?.throwIfAborted();
      const cells = new Map<string, Cell>(Object.entries(row).map(([column, value]) => [column, cellOf(value)]));
      position = positionOf(settings, phase, cells, position);
      const key = position['key'];
      const broken = [...cells].find(([, cell]) => cell.kind === 'text' && cell.text.includes(LOST_CHARACTER))?.[0];
      list.push({
        place: { source, ...(typeof key === 'string' ? { key } : {}) },
        position,
        cells,
        ...(broken === undefined
          ? {}
          : { fault: { column: broken, reason: '含有无法识别的字符（U+FFFD），文字在上游已经损坏' } }),
      });
      if (list.length < ROWS_AT_ONCE) continue;
      yield list;
      list = [];
    }
  }
  if (list.length > 0) yield list;
}

/** Opens a SQLite file, of which a copy in memory is read. */
async function openFile(file: string, settings: SqlSettings): Promise<Reader> {
  const name = path.basename(file);
  const size = await stat(file).then(
    (found) => found.size,
    () => {
      throw new SourceRefused('CANNOT_OPEN', { name, why: 'ENOENT' });
    },
  );
  if (size > MOST_BYTES) throw new SourceRefused('TOO_LARGE', { name, bytes: size, most: MOST_BYTES, kind: 'sqlite' });
  const bytes = await readFile(file);
  if (bytes.subarray(0, 15).toString('latin1') !== 'SQLite format 3') throw new SourceRefused('NOT_SQLITE', { name });
  const { Database } = await initSqlJs();
  const database = new Database(bytes);
  const builder = createKnex({ client: 'sqlite3', useNullAsDefault: true });
  const prepared = (raw: ReturnType<typeof statementOf>) => {
    const { sql, bindings } = raw.toSQL().toNative();
    try {
      const statement = database.prepare(sql);
      statement.bind(bindings);
      return statement;
    } catch (error) {
      throw new SourceRefused('DATABASE_ANSWERS', {
        answer: `${error instanceof Error ? error.message : String(error)}.`,
      });
    }
  };
  const empty = prepared(emptyStatement(builder, settings));
  const columns = empty.getColumnNames();
  empty.free();
  return {
    columns,
    async *rows(phase, from) {
      const statement = prepared(statementOf(builder, settings, phase, from));
      try {
        while (statement.step()) {
          const values = statement.get(null, { useBigInt: true });
          yield Object.fromEntries(columns.map((column, at) => [column, values[at]]));
        }
      } finally {
        statement.free();
      }
    },
    async close() {
      database.close();
    },
  };
}
