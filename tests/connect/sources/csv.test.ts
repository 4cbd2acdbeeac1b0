import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { csvSource } from '../../../connect/src/sources/csv.js';
import type { Encoding } from '../../../connect/src/text/index.js';
import { cellsOf, faultsOf, fileOf, readAll, type Read } from '../support/files.js';

const csv = (text: string | Buffer, settings: Partial<Parameters<typeof csvSource>[0]> = {}): Promise<Read> =>
  readAll(csvSource({ file: fileOf(text), ...settings }));
const lines = ({ records }: Read): (number | undefined)[] => records.map(({ place }) => place.line);

describe('a CSV file', () => {
  it('gives its records with their lines, whatever ends the lines have', async () => {
    const read = await csv('a,b\r\n1,2\n3,4\r5,"6\r\n7"\n\n8,9');
    expect(read.header.columns).toEqual(['a', 'b']);
    expect(cellsOf(read)).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6\r\n7'],
      ['8', '9'],
    ]);
    expect(lines(read)).toEqual([2, 3, 4, 7]);
  });

  it('is read in GB18030 with a delimiter that is a byte of a character, and the report names the encoding', async () => {
    // 夛 is 8A 7C: its second byte is the delimiter.
    const read = await csv(iconv.encode('名称|代码\n夛𠮷|1\n朱镕|2\n', 'gb18030'));
    expect(cellsOf(read)).toEqual([
      ['夛𠮷', '1'],
      ['朱镕', '2'],
    ]);
    expect(read.header.notes[0]).toMatch(/gb18030/);
    expect(read.header.notes[1]).toBe('分隔符 "|"（推断）');
  });

  it.each([
    ['\t', 'a\tb\n1,5\t2\n3\t4'],
    [';', 'a;b\n1,5;2\n3,5;4'],
    [',', 'a,b\n"1;5",2\n3,4'],
    ['，', 'a，b\n1，2\n3，4'],
  ])('has its delimiter guessed: %j', async (delimiter, text) => {
    const read = await csv(text);
    expect(read.header.notes).toContain(`分隔符 ${JSON.stringify(delimiter)}（推断）`);
    expect(read.header.columns).toEqual(['a', 'b']);
  });

  it('has its delimiter stated, of several characters too', async () => {
    expect(cellsOf(await csv('a|@|b\n1|2|@|3', { delimiter: '|@|' }))).toEqual([['1|2', '3']]);
  });

  it('has its header in any row, below a title, and in two rows', async () => {
    const titled = await csv('二〇二四年名录,,\n\n名称,代码,\n甲,1,\n');
    expect(titled.header.columns).toEqual(['名称', '代码']);
    expect(titled.header.notes).toContain('表头在第 3 行（推断）');
    const stated = await csv('x,y\n名称,代码\n甲,1\n', { headerRow: 2 });
    expect(cellsOf(stated)).toEqual([['甲', '1']]);
    const two = await csv('名称,注册资金,,代码\n,金额,币种,\n甲,1,元,2\n', { headerRow: 1, headerRows: 2 });
    expect(two.header.columns).toEqual(['名称', '注册资金/金额', '注册资金/币种', '代码']);
  });

  it('has the two rows of its header found where the lower one names the columns of groups', async () => {
    const found = await csv(
      '名录,,,,,\n序号,名称,登记信息,,住所地,\n,,资本,日期,区划,地址\n1,甲,5,2024-03-05,咸安区,路\n',
    );
    expect(found.header.columns).toEqual([
      '序号',
      '名称',
      '登记信息/资本',
      '登记信息/日期',
      '住所地/区划',
      '住所地/地址',
    ]);
    expect(found.header.notes).toContain('表头在第 2 行起的 2 行（推断）');
    expect(found.records).toHaveLength(1);
  });

  it.each([
    ['a value in a column of one header', '名称,登记信息,\n甲,5,6\n'],
    ['a number where a name should be', '名称,登记信息,\n,5,6\n'],
    ['nothing below a column of a group', '名称,登记信息,\n,资本,\n'],
    ['a text below a header that is no group', '名称,代码,备注\n,,好\n'],
    ['a first header that is a group', '登记信息,,名称\n资本,日期,\n'],
  ])('keeps one row where the one below has %s', async (_what, text) => {
    expect((await csv(text)).header.notes).toContain('表头在第 1 行（推断）');
  });

  it('with two columns of one name, or none, is refused whole', async () => {
    await expect(csv('名称,代码, 名称 \n甲,1,2')).rejects.toThrow('Columns 1 and 3 are both called "名称"');
    await expect(csv('\n\n')).rejects.toThrow('no row with headers');
    await expect(csv('')).rejects.toThrow('is empty');
    await expect(csv('名\uFFFD,代码\n甲,1')).rejects.toThrow('U+FFFD');
  });

  it('drops blank headers at the end, and takes rows that end with blanks as well', async () => {
    const read = await csv('名称,代码 , ,\n甲,1,,\n乙,2\n丙,3,x,\n');
    expect(read.header.columns).toEqual(['名称', '代码']);
    expect(faultsOf(read)).toEqual([[4, expect.stringContaining('可能错位')]]);
  });

  it('refuses records with too many or too few fields, each with its line, and goes on', async () => {
    const read = await csv('a,b,c\n1,2,3\n1,2\n1,2,3,4\n5,6,7\n');
    expect(faultsOf(read)).toEqual([
      [3, '这一行有 2 列，表头有 3 列：内容可能错位'],
      [4, '这一行有 4 列，表头有 3 列：内容可能错位'],
    ]);
    expect(read.records).toHaveLength(4);
  });

  it('refuses records with text that was broken upstream, and lines with broken bytes, and no others', async () => {
    const upstream = await csv('名称,代码\n甲,1\n西\uFFFD公司,2\n乙,3\n');
    expect(faultsOf(upstream)).toEqual([[3, expect.stringContaining('U+FFFD')]]);
    expect(upstream.records[1]?.fault?.column).toBe('名称');
    const rows = '甲公司,1\n'.repeat(20);
    const broken = await csv(
      Buffer.concat([
        Buffer.from(`名称,代码\n${rows}`),
        Buffer.from([0xe4, 0xb8, 0x2c, 0x31, 0x0a]),
        Buffer.from(rows),
      ]),
    );
    expect(faultsOf(broken)).toEqual([[22, expect.stringContaining('不属于该文件编码')]]);
    expect(broken.records).toHaveLength(41);
  });

  it('that is another file is refused whole', async () => {
    await expect(csv(Buffer.from('504b030414000600', 'hex'))).rejects.toThrow(
      'should be CSV or TSV, but it is a ZIP archive',
    );
    await expect(csv(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).rejects.toThrow('OLE container');
    await expect(csv(Buffer.from('%PDF-1.7\n'))).rejects.toThrow('a PDF');
  });
});

describe('a stray quote', () => {
  it('takes its own line with it, and no other', async () => {
    const read = await csv('a,b\n1,"x\n2,y\n3,"z"\n4,w\n');
    expect(faultsOf(read)).toEqual([[2, expect.stringContaining('引号不成对')]]);
    expect(cellsOf(read).slice(1)).toEqual([
      ['2', 'y'],
      ['3', 'z'],
      ['4', 'w'],
    ]);
    expect(lines(read)).toEqual([2, 3, 4, 5]);
  });

  it('is known at the end of the file, where no other quote comes', async () => {
    const read = await csv('a,b\n1,"x\n2,y\n3,z');
    expect(faultsOf(read)).toEqual([[2, expect.stringContaining('引号不成对')]]);
    expect(lines(read)).toEqual([2, 3, 4]);
  });

  it('is known by length, so that memory stays flat', async () => {
    const read = await csv(`a,b\n1,"x\n${'2,yyyyyyyy\n'.repeat(300)}`, { longestRecord: 1000 });
    expect(faultsOf(read)).toHaveLength(1);
    expect(read.records).toHaveLength(301);
    // Also where a partner comes at last, and no line in between is a record.
    const closed = await csv(`a,b\n1,"x\n${'yyyyyyyyy\n'.repeat(300)}end"\n3,z\n`, { longestRecord: 1000 });
    expect(faultsOf(closed)[0]).toEqual([2, expect.stringContaining('引号不成对')]);
    expect(cellsOf(closed).at(-1)).toEqual(['3', 'z']);
  });

  it('is known by the records that it would swallow up to the next stray one', async () => {
    const read = await csv('a,b,c\n1,"foo,x\n2,bar,y\n3,baz",z\n4,u,v\n');
    expect(faultsOf(read).map(([line]) => line)).toEqual([2]);
    expect(cellsOf(read).slice(1)).toEqual([
      ['2', 'bar', 'y'],
      ['3', 'baz"', 'z'],
      ['4', 'u', 'v'],
    ]);
  });

  it('behind a closed field is one too', async () => {
    const read = await csv('a,b\n"x"y,1\n"p""q",2\n');
    expect(faultsOf(read).map(([line]) => line)).toEqual([2]);
    expect(cellsOf(read)[1]).toEqual(['p"q', '2']);
  });

  it('within a field without quotes is a character, as is every quote where the mapping says so', async () => {
    expect(cellsOf(await csv('a,b\n5" pipe,1\n'))).toEqual([['5" pipe', '1']]);
    expect(cellsOf(await csv('a,b\n"x,1\n"y,2\n', { quotes: false }))).toEqual([
      ['"x', '1'],
      ['"y', '2'],
    ]);
  });
});

describe('a long record', () => {
  it('of ten megabytes in one cell is refused, and the next is read', async () => {
    const read = await csv(`a,b\n1,${'x'.repeat(10_000_000)}\n2,"${'y'.repeat(10_000_000)}"\n3,z\n`);
    expect(faultsOf(read)).toEqual([
      [2, expect.stringContaining('超过长度上限')],
      [3, expect.stringContaining('超过长度上限')],
    ]);
    expect(cellsOf(read)[2]).toEqual(['3', 'z']);
  });
});

describe('reading a CSV file again', () => {
  it('goes on after any position', async () => {
    const file = fileOf(iconv.encode('名称,代码\r\n甲,1\r\n"乙\r\n丙",2\r\n\r\n丁,"x\n戊,4\n', 'gb18030'));
    const source = csvSource({ file });
    const whole = await readAll(source);
    expect(whole.records).toHaveLength(4);
    for (const [at, { position }] of whole.records.entries()) {
      const rest = await readAll(source, JSON.parse(JSON.stringify(position)) as typeof position);
      expect(rest.records).toEqual(whole.records.slice(at + 1));
    }
  });

  it('is refused after the file has changed, and for a position of another source', async () => {
    const { records } = await csv('a,b\n1,2\n3,4\n');
    const position = records[0]?.position ?? null;
    await expect(readAll(csvSource({ file: fileOf('a,b\n1,2\n3,5\n') }), position)).rejects.toThrow('has changed');
    const digest = String(position?.['digest']);
    await expect(readAll(csvSource({ file: fileOf('a,b\n1,2\n3,4\n') }), { digest, row: 3 })).rejects.toThrow(
      'no byte',
    );
  });
});

describe('any table', () => {
  const field = fc
    .string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '中', '𠮷', '夛', '；', '1'), maxLength: 6 })
    .map((text) => text.trim());
  const table = fc.integer({ min: 2, max: 4 }).chain((width) =>
    fc.array(
      fc.array(field, { minLength: width - 1, maxLength: width - 1 }).map((row) => ['k', ...row]),
      { minLength: 1, maxLength: 12 },
    ),
  );
  /** How many fields a line may be taken to have: as it stands, or with its quotes. */
  const fieldsOf = (line: string): number[] => {
    const plain = line.split(',').length;
    try {
      const [fields]: string[][] = parse(line, { relax_quotes: true, relax_column_count: true });
      return [plain, fields?.length ?? 0];
    } catch {
      return [plain];
    }
  };
  /** The first field of each is not blank, so that no record is; and what a stray quote is known by does not occur. */
  const isPlain = (rows: string[][], width: number): boolean => {
    const text = stringify(rows);
    return !text
      .split(/\r\n|\n|\r/)
      .some(
        (line, _at, all) => all.length > rows.length + 1 && !line.startsWith('k') && fieldsOf(line).includes(width),
      );
  };

  it('that was written as CSV comes back, in every encoding, out of pieces of any size, and after any position', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom<Encoding>('utf-8', 'gb18030', 'utf-16le'),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        async (rows, encoding, chunk, pick) => {
          const width = rows[0]?.length ?? 0;
          fc.pre(isPlain(rows, width));
          const head = Array.from({ length: width }, (_, at) => `列${String(at)}`);
          const text = stringify([head, ...rows], { quoted_match: /[\r\n]/ });
          const source = csvSource({
            file: fileOf(iconv.encode(text, encoding)),
            encoding,
            delimiter: ',',
            headerRow: 1,
            chunk,
          });
          const whole = await readAll(source);
          expect(cellsOf(whole)).toEqual(rows.map((row) => row.map((one) => (one === '' ? null : one))));
          const at = pick % whole.records.length;
          const rest = await readAll(source, whole.records[at]?.position ?? null);
          expect(rest.records).toEqual(whole.records.slice(at + 1));
        },
      ),
      { numRuns: 150 },
    );
  });
});
