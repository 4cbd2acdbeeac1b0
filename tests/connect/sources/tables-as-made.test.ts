import { utils, write, type BookType } from '@e965/xlsx';
import { Writable } from 'node:stream';
import path from 'node:path';
import { guessFile } from '../../../connect/src/check/index.js';
import { csvSource } from '../../../connect/src/sources/csv.js';
import { xlsSource } from '../../../connect/src/sources/workbook/xls.js';
import { xlsxSource } from '../../../connect/src/sources/workbook/xlsx.js';
import { cellsOf, fileOf, readAll } from '../support/files.js';
import { ENTERPRISE } from '../support/targets.js';

/** Tables as offices make them: title, who filled it in, the unit of amounts, groups of columns, a total, remarks. */
const ROWS = [
  ['咸宁市规模以上企业登记表'],
  ['填报单位：市市场监管局', '', '', '', '', '', '单位：万元'],
  ['序号', '企业基本信息', '', '', '注册资本', '', '成立日期'],
  ['', '企业名称', '统一社会信用代码', '地区', '金额', '币种', ''],
  ['1', '甲公司', '91540000735548579F', '拉萨市', '300', '人民币', '2019-03-05'],
  ['2', '乙公司', '91540000735547701K', '拉萨市', '1,200.50', '人民币', '2019年3月6日'],
  ['合计', '', '', '', '1500.50', '', ''],
  ['注：本表数据截至2026年10月31日。'],
];
const COLUMNS = [
  '序号',
  '企业基本信息/企业名称',
  '企业基本信息/统一社会信用代码',
  '企业基本信息/地区',
  '注册资本/金额',
  '注册资本/币种',
  '成立日期',
];
const merge = (row: number, column: number, lastRow: number, lastColumn: number) => ({
  s: { r: row, c: column },
  e: { r: lastRow, c: lastColumn },
});
function workbook(rows: readonly unknown[][], merges: ReturnType<typeof merge>[], bookType: BookType): Buffer {
  const sheet = utils.aoa_to_sheet(rows as unknown[][]);
  sheet['!merges'] = merges;
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '登记表');
  return Buffer.from(write(book, { type: 'buffer', bookType }) as Uint8Array);
}
const MERGES = [
  ...[merge(0, 0, 0, 6), merge(2, 0, 3, 0), merge(2, 1, 2, 3)],
  ...[merge(2, 4, 2, 5), merge(2, 6, 3, 6), merge(7, 0, 7, 6)],
];

async function guessed(file: string): Promise<string> {
  let text = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const surroundings = { folder: path.dirname(file), environment: {} };
  await guessFile({ file, target: ENTERPRISE, department: 'SCJG', surroundings, schema: 's.json' }, out);
  return text;
}

describe('a table below a title and the line of its unit', () => {
  it.each([
    ['xlsx', xlsxSource],
    ['xls', xlsSource],
  ] as const)('has its header found in an %s, with the groups of its columns', async (kind, source) => {
    const file = fileOf(workbook(ROWS, MERGES, kind === 'xls' ? 'biff8' : 'xlsx'), `t.${kind}`);
    const read = await readAll(source({ file }));
    expect(read.header.columns).toEqual(COLUMNS);
    expect(read.header.notes).toEqual(
      expect.arrayContaining([
        '表头在第 3 行（推断）',
        '表头共 2 行（推断）',
        '表头以上，不读取：咸宁市规模以上企业登记表 | 填报单位：市市场监管局 | 单位：万元',
      ]),
    );
    expect(cellsOf(read)[0]).toEqual(ROWS[4]);
    expect(read.records.map(({ place }) => place.line)).toEqual([5, 6, 7, 8]);
    const mapping = await guessed(file);
    expect(mapping).toContain('name: 企业基本信息/企业名称');
    expect(mapping).toMatch(
      /registeredCapital:\n +column: 注册资本\/金额\n +unit: 万元\n +currencyColumn: 注册资本\/币种/,
    );
  });

  it('has its header found in a text', async () => {
    const lines = [
      '附件1',
      '制表单位：市市场监管局,,,,单位：万元',
      '企业名称,社会信用代码,地区,注册资金,成立日期',
      '甲公司,91540000735548579F,拉萨市,"1，000",2022-1-6',
      '乙公司,91540000735547701K,拉萨市,50万美元,2022-1-7',
      '小计,,,1000,',
    ];
    const file = fileOf(`${lines.join('\n')}\n`);
    const { header } = await readAll(csvSource({ file }));
    expect(header.columns).toEqual(['企业名称', '社会信用代码', '地区', '注册资金', '成立日期']);
    expect(header.notes).toContain('表头在第 3 行（推断）');
    expect(await guessed(file)).toMatch(/registeredCapital:\n +column: 注册资金\n +unit: 万元/);
  });

  it('whose unit is named nowhere counts in yuan, and one of its own counts first', async () => {
    const file = (unit: string, header: string): string =>
      fileOf(`登记表,,,${unit}\n企业名称,社会信用代码,地区,${header}\n甲公司,91540000735548579F,拉萨市,1000\n`);
    expect(await guessed(file('', '注册资金'))).toMatch(/unit: 元/);
    expect(await guessed(file('填报单位：万元科技公司', '注册资金'))).toMatch(/unit: 元/);
    expect(await guessed(file('单位：亿元', '注册资金(万元)'))).toContain('registeredCapital: 注册资金(万元)');
  });
});

describe('a header of one row', () => {
  it('stays one where a cell of it is merged over two columns that both have data below', async () => {
    const rows = [
      ['企业名称', '社会信用代码', '备注', ''],
      ['甲公司', '91540000735548579F', '无', ''],
      ['乙公司', '91540000735547701K', '有', ''],
    ];
    const file = fileOf(workbook(rows, [merge(0, 2, 0, 2), merge(1, 2, 1, 3)], 'xlsx'), 't.xlsx');
    const { header, records } = await readAll(xlsxSource({ file }));
    expect(header.columns).toEqual(['企业名称', '社会信用代码', '备注']);
    expect(records).toHaveLength(2);
  });

  it('may have fewer cells than the rows below', async () => {
    const { header } = await readAll(
      csvSource({ file: fileOf('企业名称,社会信用代码,地区,\n甲,91540000735548579F,拉萨市,x\n') }),
    );
    expect(header.columns).toEqual(['企业名称', '社会信用代码', '地区']);
  });
});
