import pg from 'pg';
import initSqlJs from 'sql.js';
import { sqlSource, type SqlSettings } from '../../../connect/src/sources/sql/sql.js';
import { lessOverlap } from '../../../connect/src/sources/watermark.js';
import { cellsOf, fileOf, readAll } from '../support/files.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';

describe('PostgreSQL', () => {
  let postgres: TestPostgres;
  let client: pg.Client;
  const source = (settings: SqlSettings, timeoutSeconds?: number) =>
    sqlSource({ kind: 'postgresql', address: postgres.url, timeZone: 'Asia/Shanghai', timeoutSeconds }, settings);

  beforeAll(async () => {
    postgres = await startPostgres();
    client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(`
      create schema tax;
      create table tax.kinds (id bigint, amount numeric(30,4), day date, at timestamp, zoned timestamptz, ok boolean, doc jsonb, name text, bytes bytea);
      insert into tax.kinds values (9223372036854775807, 12345678901234567890.1200, '2024-03-05', '2024-03-05 14:20:30.123456', '2024-03-05 06:20:30Z', true, '{"a": 1}', '𠮷祥 ', '\\x01');
      insert into tax.kinds (id) values (1);
      create table tax.changes (id bigint primary key, changed timestamp, name text);
      insert into tax.changes select n, timestamp '2024-03-01 00:30' + n * interval '1 hour', 'n' || n from generate_series(1, 1200) n;
      insert into tax.changes values (5001, null, 'unstamped'), (5002, null, 'unstamped');`);
  });
  afterAll(async () => {
    await client.end();
    await postgres.stop();
  });

  it('gives every type as its text, days in the time of the mapping', async () => {
    const read = await readAll(source({ table: 'tax.kinds', key: 'id' }));
    expect(read.header.columns).toEqual(['id', 'amount', 'day', 'at', 'zoned', 'ok', 'doc', 'name', 'bytes']);
    expect(cellsOf(read)).toEqual([
      ['number:1', null, null, null, null, null, null, null, null],
      [
        'number:9223372036854775807',
        'number:12345678901234567890.1200',
        'date:2024-03-05',
        'date:2024-03-05T14:20:30',
        'date:2024-03-05T14:20:30',
        'boolean:true',
        '{"a": 1}',
        '𠮷祥',
        'fault:该列是二进制内容，不能导入',
      ],
    ]);
    expect(read.records[1]?.place).toEqual({ source: 'tax.kinds', key: '9223372036854775807' });
  });

  it('goes on after any record of a query', async () => {
    const query = source({ query: "select * from tax.changes where name ~ 'n1?[0-9]$' and id < 20;", key: 'id' });
    const whole = await readAll(query);
    expect(whole.records).toHaveLength(19);
    for (const at of [0, 9, 18])
      expect((await readAll(query, whole.records[at]?.position ?? null)).records).toEqual(whole.records.slice(at + 1));
  });

  it('is read from its watermark: late rows with an older stamp, equal stamps and rows without one are not lost', async () => {
    const settings: SqlSettings = { table: 'tax.changes', key: 'id', watermark: { column: 'changed', overlap: 7200 } };
    const first = await readAll(source(settings));
    expect(first.records).toHaveLength(1202);
    const last = first.records.at(-1)?.position;
    // The 1200th hour after 1 March; then committed late: one two hours older, one with the same stamp, one three hours
    // older.
    await client.query(`insert into tax.changes values
      (9001, timestamp '2024-03-01 00:30' + 1198 * interval '1 hour', 'late'),
      (9002, timestamp '2024-03-01 00:30' + 1200 * interval '1 hour', 'equal'),
      (9003, timestamp '2024-03-01 00:30' + 1197 * interval '1 hour', 'too late')`);
    const second = await readAll(source(settings), null, last);
    expect(second.records.map(({ place }) => Number(place.key))).toEqual([1198, 9001, 1199, 1200, 9002, 5001, 5002]);
    for (const at of [0, 3, 4, 5])
      expect((await readAll(source(settings), second.records[at]?.position, last)).records).toEqual(
        second.records.slice(at + 1),
      );
    await client.query('delete from tax.changes where id > 9000');
  });

  it('cannot be written to, and has statements that end', async () => {
    await client.query(
      "create function tax.spoil() returns int language sql as 'insert into tax.changes values (7777, null, null) returning 1'",
    );
    await expect(readAll(source({ query: 'select tax.spoil() as x' }))).rejects.toThrow(
      /25006 .*read-only transaction/,
    );
    await expect(readAll(source({ query: 'select pg_sleep(20) as x' }, 1))).rejects.toThrow(/57014/);
    expect((await client.query('select * from tax.changes where id = 7777')).rowCount).toBe(0);
  });

  it('refuses a row whose text was broken before it came here', async () => {
    const query = "select 1 as id, '咸安' || chr(65533) as name union all select 2, '嘉鱼' order by id";
    expect((await readAll(source({ query }))).records.map(({ fault }) => fault?.column)).toEqual(['name', undefined]);
  });

  it('frees its connection when a run ends early', async () => {
    const opened = await source({ table: 'tax.changes', key: 'id' }).open({ after: null });
    for await (const list of opened.records) if (list.length > 0) break;
    await opened[Symbol.asyncDispose]();
    const { rows } = await client.query<{ count: string }>(
      "select count(*) from pg_stat_activity where application_name = 'zhitong'",
    );
    expect(Number(rows[0]?.count)).toBe(0);
  });

  it('that cannot be read says so, without its password', async () => {
    await expect(readAll(source({ table: 'tax.nothing' }))).rejects.toThrow(/42P01/);
    await expect(readAll(source({ table: 'tax.kinds', key: 'no' }))).rejects.toThrow(
      'There is no column no; there is id, amount',
    );
    const wrong = sqlSource(
      { kind: 'postgresql', address: 'postgres://u:s3cret@127.0.0.1:1/d', timeZone: 'UTC' },
      { table: 't' },
    );
    await expect(readAll(wrong)).rejects.toThrow(/ECONNREFUSED/);
    await expect(readAll(wrong)).rejects.not.toThrow(/s3cret/);
  });
});

describe('SQLite', () => {
  it('is read from a copy, with every digit, and goes on after any record', async () => {
    const { Database } = await initSqlJs();
    const database = new Database(new Uint8Array()) as unknown as {
      run(sql: string): void;
      export(): Uint8Array;
      close(): void;
    };
    database.run(
      "create table t (id integer primary key, n integer, x real, s text, b blob); insert into t values (1, 9223372036854775807, 1.5, '甲', x'00'), (2, null, null, '乙', null)",
    );
    const file = fileOf(Buffer.from(database.export()), 'a.sqlite');
    database.close();
    const source = sqlSource({ kind: 'sqlite', file }, { table: 't', key: 'id' });
    const read = await readAll(source);
    expect(cellsOf(read)).toEqual([
      ['number:1', 'number:9223372036854775807', 'number:1.5', '甲', 'fault:该列是二进制内容，不能导入'],
      ['number:2', null, null, '乙', null],
    ]);
    expect((await readAll(source, read.records[0]?.position)).records).toEqual(read.records.slice(1));
    await expect(readAll(sqlSource({ kind: 'sqlite', file: fileOf('x', 'b.sqlite') }, { table: 't' }))).rejects.toThrow(
      'it is none',
    );
  });
});

describe('a watermark less its overlap', () => {
  it.each([
    ['2024-03-05 00:00:10.5', 20, '2024-03-04 23:59:50.5'],
    ['2024-03-05T00:00:10', 20, '2024-03-04T23:59:50'],
    ['2024-03-05 00:00:10+08', 20, '2024-03-04 23:59:50+08'],
    ['2024-03-01', 3600, '2024-02-29'],
    ['9007199254740993', 5, '9007199254740988'],
  ])('%s less %i is %s', (mark, overlap, expected) => {
    expect(lessOverlap(mark, overlap)).toBe(expected);
  });
});
