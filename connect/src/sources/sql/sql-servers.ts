import createKnex, { type Knex } from 'knex';
import { SourceRefused, type Position } from '../../source-record.js';
import { mysqlCell, postgresTypes, type MysqlField } from './sql-cells.js';
import { emptyStatement, statementOf, type Phase, type SqlSettings } from './sql-statement.js';

/** What knex would print, our callers are told by what is thrown. */
const silent = (): undefined => undefined;
const SILENT = { warn: silent, error: silent, deprecate: silent, debug: silent };

/** Rows as a driver gives them. */
export type Rows = AsyncIterable<Readonly<Record<string, unknown>>>;

export interface ServerAddress {
  readonly kind: 'postgresql' | 'mysql' | 'mssql';
  /** URL with user and password. */
  readonly address: string;
  readonly timeZone: string;
  readonly timeoutSeconds?: number;
}

const TIMEOUT_SECONDS = 3600;
const CONNECT_MS = 15_000;
const BATCH = 500;
/** Every value that is asked for here is a cell then, the version too: so it is stated. */
const VERSION = '12';

/** Opens a database server: one connection, one transaction that cannot write, statements that end. */
export async function openServer(database: ServerAddress, settings: SqlSettings) {
  const knex = createKnex(configOf(database));
  let begun: Knex.Transaction | undefined;
  let columns: readonly string[];
  try {
    begun = await knex.transaction(undefined, database.kind === 'mssql' ? {} : { readOnly: true });
    columns = columnsOf(await emptyStatement(begun, settings), database.kind);
  } catch (error) {
    await ended(knex, begun);
    throw refused(error);
  }
  const transaction = begun;
  return {
    columns,
    async *rows(phase: Phase, from: { after: Position | null; since: Position | null }): Rows {
      const options = { batchSize: BATCH, highWaterMark: BATCH, types: postgresTypes };
      const stream = statementOf(transaction, settings, phase, from).stream(options);
      try {
        for await (const row of stream as unknown as Rows) yield row;
      } catch (error) {
        throw refused(error);
      }
    },
    async close(): Promise<void> {
      await ended(knex, transaction);
    },
  };
}

/** The pool waits for its connections, which a transaction keeps: it ends first. */
async function ended(knex: Knex, transaction: Knex.Transaction | undefined): Promise<void> {
  if (transaction?.isCompleted() === false) await transaction.rollback().catch(() => undefined);
  await knex.destroy();
}

function configOf({ kind, address, timeZone, timeoutSeconds = TIMEOUT_SECONDS }: ServerAddress): Knex.Config {
  const pool = { min: 0, max: 1 };
  const common = { pool, acquireConnectionTimeout: CONNECT_MS, log: SILENT };
  switch (kind) {
    case 'postgresql':
      return {
        ...common,
        client: 'pg',
        version: VERSION,
        connection: {
          connectionString: address,
          types: postgresTypes,
          statement_timeout: timeoutSeconds * 1000,
          application_name: 'zhitong',
          options: `-c TimeZone=${timeZone}`,
        },
      };
    case 'mysql':
      return {
        ...common,
        client: 'mysql2',
        connection: {
          ...mysqlParts(address),
          typeCast: mysqlCell as (field: MysqlField) => unknown,
        },
        pool: {
          ...pool,
          afterCreate: (connection: MysqlConnection, done: (error: Error | null, one: MysqlConnection) => void) => {
            const zone = timeZone === 'UTC' ? '+00:00' : '+08:00';
            // MariaDB bounds a statement by one variable, MySQL by another; each knows only its own.
            connection.query(`set time_zone = '${zone}'`, (error) => {
              connection.query(`set max_statement_time = ${String(timeoutSeconds)}`, (unknown) => {
                if (unknown === null) done(error, connection);
                else
                  connection.query(`set max_execution_time = ${String(timeoutSeconds * 1000)}`, () => {
                    done(error, connection);
                  });
              });
            });
          },
        },
      };
    case 'mssql':
      return { ...common, client: 'mssql', connection: address };
  }
}

interface MysqlConnection {
  query(sql: string, done: (error: Error | null) => void): void;
}

function mysqlParts(address: string): object {
  const url = new URL(address);
  return {
    host: url.hostname,
    port: url.port === '' ? 3306 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    ...(url.searchParams.has('socketPath') ? { socketPath: url.searchParams.get('socketPath') } : {}),
    charset: 'utf8mb4_unicode_ci',
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    multipleStatements: false,
  };
}

/** The columns that a statement has, without a row. */
function columnsOf(answer: unknown, kind: ServerAddress['kind']): string[] {
  const fields =
    kind === 'postgresql'
      ? (answer as { fields: { name: string }[] }).fields
      : kind === 'mysql'
        ? (answer as [unknown, { name: string }[]])[1]
        : [];
  return fields.map(({ name }) => name);
}

/** What a database says against us, without the address, which holds the password. */
function refused(error: unknown): SourceRefused {
  if (error instanceof SourceRefused) return error as SourceRefused;
  const [code, message] =
    error instanceof Error
      ? ['code' in error ? String(error.code) : 'errno' in error ? String(error.errno) : '', error.message]
      : ['', String(error)];
  return new SourceRefused('DATABASE_ANSWERS', { answer: `${code} ${message.replace(/\w+:\/\/\S+/g, '…')}`.trim() });
}
