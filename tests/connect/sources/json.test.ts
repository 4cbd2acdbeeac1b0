import iconv from 'iconv-lite';
import { jsonSource } from '../../../connect/src/sources/json.js';
import { cellsOf, faultsOf, fileOf, readAll, type Read } from '../support/files.js';

const json = (text: string | Buffer, settings: object = {}): Promise<Read> =>
  readAll(jsonSource({ file: fileOf(text, 'a.json'), ...settings }));

describe('NDJSON', () => {
  it('gives an object of each line, with every digit of its numbers', async () => {
    const read = await json('{"id":1234567890123456789,"a":1.10,"b":"x","c":null,"d":true}\n\n{"id":2,"a":1e3}\n');
    expect(read.header.columns).toEqual(['id', 'a', 'b', 'c', 'd']);
    expect(cellsOf(read)).toEqual([
      ['number:1234567890123456789', 'number:1.10', 'x', null, 'boolean:true'],
      ['number:2', 'number:1e3', undefined, undefined, undefined],
    ]);
    expect(read.records.map(({ place }) => place.line)).toEqual([1, 3]);
  });

  it('has columns for what is within, and lists as one text', async () => {
    const read = await json('{"a":{"b":{"c":"x"}},"tags":["甲","乙"],"rows":[{"n":1234567890123456789}]}\n');
    expect(read.header.columns).toEqual(['a.b.c', 'tags', 'rows']);
    expect(cellsOf(read)).toEqual([['x', '甲；乙', '[{"n":1234567890123456789}]']]);
  });

  it('refuses lines that are no object, and goes on', async () => {
    const read = await json('{"a":1}\n{"a":2\n[1]\n{"a":"\uFFFD"}\n{"a":4}\n');
    expect(faultsOf(read).map(([line]) => line)).toEqual([2, 3, 4]);
    expect(read.records).toHaveLength(5);
  });

  it('goes on after any position, in GB18030 as well', async () => {
    const file = fileOf(iconv.encode('{"名":"甲"}\n{"名":"𠮷"}\n{"名":"丙"}', 'gb18030'), 'a.json');
    const whole = await readAll(jsonSource({ file }));
    expect(cellsOf(whole)).toEqual([['甲'], ['𠮷'], ['丙']]);
    for (const [at, { position }] of whole.records.entries())
      expect((await readAll(jsonSource({ file }), position)).records).toEqual(whole.records.slice(at + 1));
  });
});

describe('a list in JSON', () => {
  const text = '{"meta":{"total":3},"data":{"items":[{"id":1234567890123456789,"n":0.10},{"id":2},{"id":3}]}}';

  it('is read where it stands, with every digit', async () => {
    const read = await json(text, { records: 'data.items' });
    expect(cellsOf(read)).toEqual([
      ['number:1234567890123456789', 'number:0.10'],
      ['number:2', undefined],
      ['number:3', undefined],
    ]);
    expect(cellsOf(await json('[{"a":1},{"a":2}]'))).toEqual([['number:1'], ['number:2']]);
  });

  it('goes on after any position', async () => {
    const file = fileOf(text, 'a.json');
    const source = jsonSource({ file, records: 'data.items' });
    const whole = await readAll(source);
    for (const [at, { position }] of whole.records.entries())
      expect((await readAll(source, position)).records).toEqual(whole.records.slice(at + 1));
  });

  it('that is not there, or that ends too soon, is refused', async () => {
    await expect(json(text, { records: 'data.rows' })).rejects.toThrow('no records at data.rows');
    await expect(json('[{"a":1},{"a":2}')).rejects.toThrow('no sound JSON after its record 2');
    await expect(json('[{"a":1},}')).rejects.toThrow('no sound JSON');
    await expect(json('<html></html>', { form: 'array' })).rejects.toThrow('no sound JSON');
  });

  it('has records at fault that are no objects', async () => {
    expect(faultsOf(await json('[{"a":1},2]')).map(([, reason]) => reason)).toEqual(['这一条不是 JSON 对象']);
  });
});
