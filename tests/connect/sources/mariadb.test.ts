import { createConnection, type Connection } from 'mysql2/promise';
import { sqlSource, type SqlSettings } from '../../../connect/src/sources/sql/sql.js';
import { cellsOf, readAll } from '../support/files.js';
import { mariadbServer, startMariadb, type TestMariadb } from '../support/mariadb.js';

/** Counted as skipped where no server is installed; continuous integration installs one. */
(mariadbServer === undefined ? describe.skip : describe)('MariaDB (skipped without the server mariadbd)', () => {
  let mariadb: TestMariadb;
  let client: Connection;
  const source = (settings: SqlSettings, timeoutSeconds?: number) =>
    sqlSource({ kind: 'mysql', address: mariadb.url, timeZone: 'Asia/Shanghai', timeoutSeconds }, settings);

  beforeAll(async () => {
    mariadb = await startMariadb(mariadbServer ?? '');
    client = await createConnection({ uri: mariadb.url, multipleStatements: true, charset: 'utf8mb4' });
    await client.query(`
      set sql_mode = '', time_zone = '+00:00';
      create table kinds (id bigint unsigned primary key, amount decimal(30,4), day date, at datetime, zoned timestamp null, ok tinyint(1), doc json, name varchar(20), bytes blob);
      insert into kinds values (18446744073709551615, 12345678901234567890.1200, '2024-03-05', '2024-03-05 14:20:30', '2024-03-05 06:20:30', 1, '{"a": 1}', '𠮷祥 ', 'x');
      insert into kinds (id, day) values (1, '0000-00-00');
      create table changes (id int primary key, changed date, name varchar(20));
      insert into changes values (1, '2024-03-01', 'a'), (2, '2024-03-02', 'b'), (3, '2024-03-02', 'c'), (4, null, 'd');`);
  });
  afterAll(async () => {
    await client.end();
    await mariadb.stop();
  });

  it('gives every type as its text, days in the time of the mapping', async () => {
    const read = await readAll(
      source({ query: 'select id, amount, day, at, zoned, ok, doc, name from kinds', key: 'id' }),
    );
    expect(cellsOf(read)).toEqual([
      ['number:1', null, '0000-00-00', null, null, null, null, null],
      [
        'number:18446744073709551615',
        'number:12345678901234567890.1200',
        'date:2024-03-05',
        'date:2024-03-05T14:20:30',
        'date:2024-03-05T14:20:30',
        'number:1',
        '{"a": 1}',
        '𠮷祥',
      ],
    ]);
  });

  it('goes on after any record, and reads equal days and rows without one again', async () => {
    const settings: SqlSettings = { table: 'changes', key: 'id', watermark: { column: 'changed', overlap: 0 } };
    const whole = await readAll(source(settings));
    expect(whole.records.map(({ place }) => place.key)).toEqual(['1', '2', '3', '4']);
    for (const at of [0, 1, 2])
      expect((await readAll(source(settings), whole.records[at]?.position ?? null)).records).toEqual(
        whole.records.slice(at + 1),
      );
    const again = await readAll(source(settings), null, whole.records.at(-1)?.position);
    expect(again.records.map(({ place }) => place.key)).toEqual(['2', '3', '4']);
  });

  it('cannot be written to, and has statements that end', async () => {
    await client.query(
      'create function spoil() returns int modifies sql data begin insert into changes values (7777, null, null); return 1; end',
    );
    await expect(readAll(source({ query: 'select spoil() as x' }))).rejects.toThrow(/READ ONLY transaction/i);
    await expect(readAll(source({ query: 'select sleep(20) as x' }, 1))).rejects.toThrow(/max_statement_time/);
    const [rows] = await client.query('select * from changes where id = 7777');
    expect(rows).toEqual([]);
  });

  it('that cannot be read says so, without its password', async () => {
    await expect(readAll(source({ table: 'nothing' }))).rejects.toThrow(/ER_NO_SUCH_TABLE/);
    const wrong = sqlSource(
      { kind: 'mysql', address: mariadb.url.replace('reader', 'nobody'), timeZone: 'UTC' },
      { table: 'kinds' },
    );
    await expect(readAll(wrong)).rejects.toThrow(/ER_ACCESS_DENIED/);
    await expect(readAll(wrong)).rejects.not.toThrow(/s3cret/);
  });
});
