import ExcelJS from 'exceljs';
import { xlsxSource } from '../../../connect/src/sources/workbook/xlsx.js';
import { cellsOf, faultsOf, fileOf, readAll, type Read } from '../support/files.js';
import { sheetOf, workbookOf } from '../support/workbook.js';

const xlsx = (bytes: Buffer, settings: object = {}, bounds: object = {}): Promise<Read> =>
  readAll(xlsxSource({ file: fileOf(bytes, 'a.xlsx'), ...settings }, bounds));

async function written(fill: (workbook: ExcelJS.Workbook) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const TWO =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="B1" t="inlineStr"><is><t>代码</t></is></c></row>';

describe('a workbook that another program wrote', () => {
  it('gives texts, numbers, days, yes and no, and faults as what they are', async () => {
    const read = await xlsx(
      await written((workbook) => {
        const sheet = workbook.addWorksheet('企业');
        sheet.addRow(['名称', '代码', '日期', '时间', '是否', '公式', '错误']);
        sheet.addRow([
          '西藏 <&> 公司',
          12.5,
          new Date('2024-03-05T00:00:00Z'),
          new Date('2024-03-05T14:20:30Z'),
          true,
          { formula: '1+1', result: 2 },
          { error: '#REF!' },
        ]);
        sheet.addRow(['乙', 1, null, null, null, { formula: '1+1' }]);
        sheet.addRow(['丙', 1, 2015]);
        sheet.getColumn(3).numFmt = 'yyyy"年"m"月"d"日"';
        sheet.getColumn(4).numFmt = 'yyyy-mm-dd hh:mm:ss';
      }),
    );
    expect(cellsOf(read)).toEqual([
      [
        '西藏 <&> 公司',
        'number:12.5',
        'date:2024-03-05',
        'date:2024-03-05T14:20:30',
        'boolean:true',
        'number:2',
        'fault:单元格是错误值 #REF!',
      ],
      ['乙', 'number:1', null, null, null, expect.stringMatching(/^fault:公式没有保存计算结果/), null],
      ['丙', 'number:1', expect.stringMatching(/^fault:.*像是只填了年份/), null, null, null, null],
    ]);
    expect(read.records.map(({ place }) => [place.sheet, place.line])).toEqual([
      ['企业', 2],
      ['企业', 3],
      ['企业', 4],
    ]);
    expect(read.shares).toEqual([0.5, 0.75, 1]);
  });

  it('has any of its sheets, and tells of hidden sheets, rows and columns', async () => {
    const bytes = await written((workbook) => {
      workbook.addWorksheet('封面', { state: 'hidden' }).addRow(['a', 'b']);
      const sheet = workbook.addWorksheet('数据');
      sheet.addRows([
        ['名称', '代码'],
        ['甲', 1],
        ['乙', 2],
      ]);
      sheet.getRow(3).hidden = true;
      sheet.getColumn(2).hidden = true;
      workbook.addWorksheet('附表').addRows([
        ['x', 'y'],
        ['丙', 3],
      ]);
    });
    const first = await xlsx(bytes);
    expect(cellsOf(first).map(([name]) => name)).toEqual(['甲', '乙']);
    const notes = first.header.notes.join('\n');
    expect(notes).toContain('隐藏的工作表："封面"');
    expect(notes).toContain('隐藏行 1 行，照常读取：3');
    expect(notes).toContain('隐藏列，照常读取：2–2');
    expect(cellsOf(await xlsx(bytes, { sheet: '附表' }))).toEqual([['丙', 'number:3']]);
    expect(cellsOf(await xlsx(bytes, { sheet: 3 }))).toEqual([['丙', 'number:3']]);
    await expect(xlsx(bytes, { sheet: '无此表' })).rejects.toThrow('the workbook has "封面", "数据", "附表"');
  });

  it('has its header below a title, in two rows, with merged cells', async () => {
    const bytes = await written((workbook) => {
      const sheet = workbook.addWorksheet('表');
      sheet.addRows([
        ['二〇二四年企业名录'],
        ['名称', '注册资金', null, '地区'],
        [null, '金额（万元）', '币种', null],
        ['甲', 1, '元', '拉萨'],
        ['乙', 2, '元', null],
        ['丙', 3, '元', '林芝'],
      ]);
      sheet.mergeCells('A1:D1');
      sheet.mergeCells('A2:A3');
      sheet.mergeCells('B2:C2');
      sheet.mergeCells('D2:D3');
      sheet.mergeCells('D4:D5');
    });
    const read = await xlsx(bytes, { headerRow: 2, headerRows: 2 });
    expect(read.header.columns).toEqual(['名称', '注册资金/金额(万元)', '注册资金/币种', '地区']);
    expect(cellsOf(read).map((row) => row[3])).toEqual(['拉萨', '拉萨', '林芝']);
    const guessed = await xlsx(bytes, { headerRows: 2 });
    expect(guessed.header.notes).toContain('表头在第 2 行（推断）');
  });

  it('counts its days from 1904 where it says so, and numbers know it', async () => {
    const read = await xlsx(
      await written((workbook) => {
        workbook.properties.date1904 = true;
        const sheet = workbook.addWorksheet('表');
        sheet.addRows([
          ['a', 'b'],
          [43894, 43894],
        ]);
        sheet.getCell('A2').numFmt = 'yyyy/m/d';
      }),
    );
    expect(cellsOf(read)).toEqual([['date:2024-03-05', 'number:43894']]);
    expect(read.records[0]?.cells.get('b')).toMatchObject({ workbook: 1904 });
    expect(read.header.notes).toContain('日期自 1904 年起计');
  });

  it('goes on after any position, merged cells included', async () => {
    const file = fileOf(
      await written((workbook) => {
        const sheet = workbook.addWorksheet('表');
        sheet.addRows([['a', 'b'], ['1', 'x'], ['2', null], [], ['3', null]]);
        sheet.mergeCells('B2:B3');
      }),
      'a.xlsx',
    );
    const whole = await readAll(xlsxSource({ file }));
    expect(cellsOf(whole)).toEqual([
      ['1', 'x'],
      ['2', 'x'],
      ['3', null],
    ]);
    for (const [at, { position }] of whole.records.entries())
      expect((await readAll(xlsxSource({ file }), position)).records).toEqual(whole.records.slice(at + 1));
  });
});

describe('a workbook made by hand', () => {
  it('keeps every digit of its numbers as they stand', async () => {
    const rows = `${TWO}<row r="2"><c r="A2"><v>915400007355485790</v></c><c r="B2"><v>9.15400007355486E+17</v></c></row>`;
    expect(cellsOf(await xlsx(await workbookOf({ rows })))).toEqual([
      ['number:915400007355485790', 'number:9.15400007355486E+17'],
    ]);
  });

  it('has shared texts of several runs, readings above them, and characters that XML cannot hold', async () => {
    const shared = [
      '<si><r><t>西</t></r><r><t xml:space="preserve">藏 </t></r><rPh sb="0" eb="1"><t>xi</t></rPh></si>',
      '<si><t>a_x000D_b_x005F_c</t></si>',
    ];
    const rows = `${TWO}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>`;
    expect(cellsOf(await xlsx(await workbookOf({ rows, shared })))).toEqual([['西藏', 'a\rb_c']]);
  });

  it('may state no places, and prefixes', async () => {
    const rows = TWO.replace(/ r="[^"]*"/g, '') + '<row><c t="str"><f>A1</f><v></v></c><c><v>5</v></c></row>';
    const bare = await xlsx(await workbookOf({ rows }));
    expect(cellsOf(bare)).toEqual([[null, 'number:5']]);
    expect(bare.shares).toEqual([1]);
    const prefixed = sheetOf(TWO + '<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>')
      .replace(/<(\/?)(?=[a-z])/g, '<$1x:')
      .replace('xmlns=', 'xmlns:x=');
    const read = await xlsx(await workbookOf({ sheet: prefixed }));
    expect(cellsOf(read)).toEqual([['number:1', 'number:2']]);
    expect(read.header.notes.join()).toContain('隐藏行 1 行');
  });

  it('refuses a row with content beyond its header, or with broken text', async () => {
    const rows = `${TWO}<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>2</v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>\uFFFD</t></is></c></row>`;
    expect(faultsOf(await xlsx(await workbookOf({ rows })))).toEqual([
      [2, expect.stringContaining('第 3 列有内容')],
      [3, expect.stringContaining('U+FFFD')],
    ]);
  });

  it('refuses the row of a cell of ten megabytes, and reads the next', async () => {
    // Random, so that it does not look like a bomb; entities, so that it is cut between them.
    const long = Array.from({ length: 1_000_000 }, () => `${Math.random().toString(36).slice(2, 8)}&amp;`).join('');
    const rows = `${TWO}<row r="2"><c r="A2" t="inlineStr"><is><t>${long}</t></is></c></row><row r="3"><c r="A3"><v>1</v></c></row>`;
    const read = await xlsx(await workbookOf({ rows }));
    expect(faultsOf(read)).toEqual([[2, expect.stringContaining('超过 1048576 个字符')]]);
    expect(cellsOf(read)[1]).toEqual(['number:1', null]);
  });

  it('that is a bomb is refused before it is in memory', async () => {
    const rows = `${TWO}<row r="2"><c r="A2" t="inlineStr"><is><t>${'x'.repeat(100_000_000)}</t></is></c></row>`;
    const bytes = await workbookOf({ rows });
    expect(bytes.length).toBeLessThan(500_000);
    await expect(xlsx(bytes)).rejects.toThrow('grows to more than 200 times its size');
    await expect(xlsx(bytes, {}, { bytes: 1_000_000 })).rejects.toThrow('larger inside than a workbook may be');
    const shared = ['<si><t>', 'y'.repeat(600_000), '</t></si><si><t>', 'y'.repeat(600_000), '</t></si>'];
    await expect(xlsx(await workbookOf({ rows: TWO, shared }), {}, { sharedTexts: 1_000_000 })).rejects.toThrow(
      'shared texts',
    );
  });

  it('with a document type is refused: it would read other files', async () => {
    const sheet = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sheetOf(TWO.replace('名称', '&e;')).replace(/^<\?xml[^>]*\?>/, '')}`;
    await expect(xlsx(await workbookOf({ sheet }))).rejects.toThrow('document type');
    await expect(xlsx(await workbookOf({ rows: TWO.replace('名称', '&e;') }))).rejects.toThrow('no sound XML');
  });

  it('that is broken, or another file, is refused with words', async () => {
    await expect(xlsx((await workbookOf({ rows: TWO })).subarray(0, 400))).rejects.toThrow('broken .xlsx file');
    await expect(xlsx(await workbookOf({ rows: `${TWO}<row>` }))).rejects.toThrow('no sound XML');
    await expect(xlsx(Buffer.from('d0cf11e0a1b11ae100', 'hex'))).rejects.toThrow('Take its password away');
    await expect(xlsx(Buffer.from('名称,代码\n'))).rejects.toThrow('it is a text');
  });
});
