import { utils, write, type BookType } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { xlsSource } from '../../../connect/src/sources/workbook/xls.js';
import { cellsOf, fileOf, readAll, type Read } from '../support/files.js';

const HEADERS = ['企业名称', '信用代码', '成立日期', '注册资本'];
/** 2024-03-05 by the calendars of 1900 and 1904. */
const [IN_1900, IN_1904] = [45356, 43894];

/** The bytes of an old workbook with these rows, its third column shown as days. */
function oldWorkbook(rows: readonly unknown[][], bookType: BookType, is1904 = false) {
  const sheet = utils.aoa_to_sheet([HEADERS, ...rows]);
  for (const [address, cell] of Object.entries(sheet))
    if (/^C\d+$/.test(address) && typeof cell === 'object' && (cell as { t?: string }).t === 'n')
      Object.assign(cell as object, { z: 'yyyy-mm-dd' });
  const workbook = utils.book_new();
  utils.book_append_sheet(workbook, sheet, '登记表');
  workbook.Workbook = { ...workbook.Workbook, WBProps: { date1904: is1904 } };
  return Buffer.from(write(workbook, { type: 'buffer', bookType }) as Uint8Array);
}

const read = async (bytes: Buffer, mostBytes?: number): Promise<Read> =>
  readAll(xlsSource({ file: fileOf(bytes, 'old.xls') }, mostBytes));

const ROWS = [
  ['咸宁市鑫鑫（集团）有限公司', '91421202MA0030013A', IN_1900, '300(万)'],
  ['赤壁市某某茶业公司', 914212021234567890, '2024年3月5日', 500],
];

describe('an old workbook', () => {
  it('of Excel 97 and later gives texts, numbers and days as what they are', async () => {
    const { header, records, shares } = await read(oldWorkbook(ROWS, 'biff8'));
    expect(shares).toEqual([2 / 3, 1]);
    expect(header.columns).toEqual(HEADERS);
    expect(cellsOf({ header, records })).toEqual([
      ['咸宁市鑫鑫（集团）有限公司', '91421202MA0030013A', 'date:2024-03-05', '300(万)'],
      ['赤壁市某某茶业公司', expect.stringMatching(/^number:91421202123456\d{4}$/), '2024年3月5日', 'number:500'],
    ]);
    expect(records.map(({ place }) => [place.sheet, place.line])).toEqual([
      ['登记表', 2],
      ['登记表', 3],
    ]);
  });

  it('shows a day of 1905 where somebody has typed a year alone: that is a fault', async () => {
    // Numbers of days: 2015 is 7 July 1905, 2400 is 27 July 1906.
    const rows = [2015, 1998, 2400].map((serial, at) => [`甲${String(at)}`, '', serial, 1]);
    expect(cellsOf(await read(oldWorkbook(rows, 'biff8'))).map(([, , day]) => day)).toEqual([
      expect.stringMatching(/^fault:单元格显示为 1905-07-07，存的却是 2015：像是只填了年份/),
      expect.stringMatching(/^fault:.*1998/),
      'date:1906-07-27',
    ]);
  });

  it('of Excel 5.0 and 95 has its texts in the code page that it names', async () => {
    const sheet = utils.aoa_to_sheet([['aaaaaaaa'], ['bbbbbbbbbb']]);
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, sheet, 's');
    const bytes = Buffer.from(write(workbook, { type: 'buffer', bookType: 'biff5' }) as Uint8Array);
    // The library writes no Chinese there: its letters are replaced by as many bytes, and the record CODEPAGE is set.
    const put = (at: number, part: Buffer): void => {
      expect(at).toBeGreaterThan(0);
      part.copy(bytes, at);
    };
    put(bytes.indexOf('aaaaaaaa'), iconv.encode('企业名称', 'gbk'));
    put(bytes.indexOf('bbbbbbbbbb'), iconv.encode('鑫鑫茶叶店', 'gbk'));
    put(bytes.indexOf(Buffer.from('42000200', 'hex')) + 4, Buffer.from([0xa8, 0x03]));
    const { header, records } = await read(bytes);
    expect(header.columns).toEqual(['企业名称']);
    expect(cellsOf({ header, records })).toEqual([['鑫鑫茶叶店']]);
  });

  it('counts its days from 1904 where it says so', async () => {
    const { header, records } = await read(oldWorkbook([['甲', 'x', IN_1904, 1]], 'biff8', true));
    expect(cellsOf({ header, records })[0]?.[2]).toBe('date:2024-03-05');
    expect(records[0]?.cells.get('注册资本')).toEqual({ kind: 'number', text: '1', workbook: 1904 });
  });

  it('goes on after any record, and not after the file has changed', async () => {
    const file = fileOf(oldWorkbook(ROWS, 'biff8'), 'old.xls');
    const all = await readAll(xlsSource({ file }));
    const rest = await readAll(xlsSource({ file }), all.records[0]?.position);
    expect(cellsOf(rest)).toEqual(cellsOf(all).slice(1));
    const other = fileOf(oldWorkbook(ROWS.slice(1), 'biff8'), 'old.xls');
    await expect(readAll(xlsSource({ file: other }), all.records[0]?.position)).rejects.toThrow(/changed|another/);
  });

  it('larger than may be held in memory is refused before it is read', async () => {
    const bytes = oldWorkbook(ROWS, 'biff8');
    await expect(read(bytes, bytes.length - 1)).rejects.toThrow(
      `old workbooks are read up to ${String(bytes.length - 1)}`,
    );
    expect((await read(bytes, bytes.length)).records).toHaveLength(2);
  });

  it('that is broken, or another file, is refused with words', async () => {
    await expect(read(Buffer.from('d0cf11e0a1b11ae10000', 'hex'))).rejects.toThrow('cannot be read as an old workbook');
    await expect(read(Buffer.from('PK\u0003\u0004'))).rejects.toThrow('it is a ZIP archive');
    await expect(read(Buffer.from('名称,代码\n'))).rejects.toThrow('it is a text');
  });
});
