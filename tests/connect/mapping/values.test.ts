import { usccReader } from '../../../connect/src/mapping/readers/uscc.js';
import type { Cell } from '../../../connect/src/source-record.js';
import { mappingWith, outcomeOf, valueOf } from '../support/mapping.js';

const number = (text: string, workbook?: 1900 | 1904): Cell => ({ kind: 'number', text, workbook });

describe('days', () => {
  const mapping = mappingWith('  registeredOn: 注册日期\n');
  const day = (cell: string | Cell): unknown => valueOf(mapping, 'registeredOn', { 注册日期: cell });

  it.each([
    '2024-03-05',
    '2024-3-5',
    '2024/3/5',
    '2024.3.5',
    '2024．3．5',
    '20240305',
    '２０２４年３月５日',
    '2024年03月05日',
    '二〇二四年三月五日',
    '二○二四年三月五日',
    '2024-03-05 10:20:30',
    '2024/3/5 0:00',
    '20240305102030',
    '2024年3月5日 星期二',
    '2024年3月5日10时20分',
    '2024—03—05',
    '2024-03-04T20:00:00Z',
    '2024 年 3 月 5 日',
    '2024年 3月 5日 10:20',
    '二〇二四 年 三 月 五 日',
    '2024 - 03 - 05',
    '2024. 3. 5',
  ])('%s is 5 March 2024', (text) => {
    expect(day(text)).toBe('2024-03-05');
  });

  it('are read from serial numbers as well as from texts, by the workbook’s calendar', () => {
    // Excel: DATE(2024,3,5) is 45356 in the 1900 calendar and 43894 in that of 1904.
    expect(day(number('45356', 1900))).toBe('2024-03-05');
    expect(day(number('43894', 1904))).toBe('2024-03-05');
    expect(day('45356')).toBe('2024-03-05');
    expect(day(number('20240305', 1900))).toBe('2024-03-05');
    expect(day({ kind: 'date', text: '2024-03-05T23:59:59' })).toBe('2024-03-05');
  });

  it('read the numerals of the end of months and years', () => {
    expect(day('一九九九年十二月三十一日')).toBe('1999-12-31');
    expect(day('二〇二〇年十月二十日')).toBe('2020-10-20');
  });

  it.each([
    ['民国113年3月5日', '民国纪年'],
    ['2024', '只有年份'],
    ['2024-03', '只有年月'],
    ['2024年3月', '只有年月'],
    ['3/5/2024', '顺序不明'],
    ['24-03-05', '顺序不明'],
    ['2023-02-29', '不是存在的日期'],
    ['2024-13-01', '不是存在的日期'],
    ['长期', '不是日期'],
    ['2024-03-05 25:00', '时间部分'],
    ['2024年3月5', ''],
  ])('%s is refused: %s', (text, reason) => {
    if (reason === '') expect(day(text)).toBe('2024-03-05');
    else expect(day(text)).toMatch(new RegExp(`^refused 注册日期: .*${reason}.*(2024-03-05|2199)`));
  });

  it('of moments keep their zone', () => {
    const moments = mappingWith('  checkedAt: 核验时间\n');
    const at = (cell: string): unknown => valueOf(moments, 'checkedAt', { 核验时间: cell });
    expect(at('2024-03-05 14:20:30')).toBe('2024-03-05T06:20:30.000Z');
    expect(at('2024年3月5日下午2时20分30秒')).toBe('2024-03-05T06:20:30.000Z');
    expect(at('2024年3月5日14时20分')).toBe('2024-03-05T06:20:00.000Z');
    expect(at('2024年12月15日08:05')).toBe('2024-12-15T00:05:00.000Z');
    expect(at('2024-03-05T14:20:30Z')).toBe('2024-03-05T14:20:30.000Z');
    expect(at('2024-03-05')).toBe('2024-03-04T16:00:00.000Z');
    const utc = mappingWith('  checkedAt: 核验时间\n', 'timeZone: UTC\n');
    expect(valueOf(utc, 'checkedAt', { 核验时间: '2024-03-05 14:20:30' })).toBe('2024-03-05T14:20:30.000Z');
  });
});

describe('money', () => {
  const capital = (cell: string | Cell, column = '注册资金', more = ''): unknown =>
    valueOf(mappingWith(`  registeredCapital: { column: "${column}"${more} }\n`), 'registeredCapital', {
      [column]: cell,
    });

  it.each([
    ['300(万)', '300000000'],
    ['300（万）', '300000000'],
    ['9,999(万)', '9999000000'],
    ['200(万元)', '200000000'],
    ['１００万元人民币', '100000000'],
    ['人民币100万元整', '100000000'],
    ['1.5亿元', '15000000000'],
    ['¥1,200.50元', '120050'],
    ['0.01元', '1'],
    ['300.00万人民币', '300000000'],
    ['３００万', '300000000'],
    ['叁佰万元', '300000000'],
    ['人民币叁佰万元整', '300000000'],
    ['三百万', '300000000'],
    ['壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角壹分', '1234567891'],
    ['壹亿零伍拾万元', '10050000000'],
    ['拾万元整', '10000000'],
    ['零元', '0'],
    ['300W', '300000000'],
    ['300万圆', '300000000'],
    ['3,000圆整', '300000'],
    ['500萬元', '500000000'],
    ['1.2億', '12000000000'],
    ['500（万元人民币）', '500000000'],
  ])('%s is %s fen', (text, fen) => {
    expect(capital(text)).toBe(fen);
  });

  it('takes its unit from the cell, else from the mapping, else from the header', () => {
    expect(capital('300', '注册资本(万元)')).toBe('300000000');
    expect(capital('300元', '注册资本(万元)')).toBe('30000');
    expect(capital('300', '注册资金', ', unit: 万元')).toBe('300000000');
    expect(capital(number('3e2', 1900), '注册资金', ', unit: 亿元')).toBe('3000000000000');
    expect(capital('300')).toMatch(/没有单位/);
    // As it stands, for who looks for it in the file.
    expect(capital('5,000,000.00')).toMatch(/“5,000,000\.00” 没有单位/);
    // The sign of the yuan says one where nothing else does.
    expect(capital('￥４０，０００．００')).toBe('4000000');
    expect(capital('￥300', '注册资本(万元)')).toBe('300000000');
    expect(capital('¥300', '注册资金', ', unit: 万元')).toBe('300000000');
  });

  it.each(['叁佰', '元', '万元', '佰万元', '叁叁佰万元', '三百万五'])('written out, %s is no amount', (text) => {
    expect(capital(text)).toMatch(/不是金额/);
  });

  it.each(['叁佰万美元', '300万美元', '300(万)港元', 'USD 300', '$300', '300万欧元'])(
    '%s is never taken for yuan',
    (text) => {
      expect(capital(text)).toMatch(/外币/);
    },
  );

  it('is refused where the header or another column names another currency', () => {
    expect(capital('300', '注册资本(万美元)')).toMatch(/外币（美元）/);
    expect(capital('叁佰万元', '注册资本(美元)')).toMatch(/外币（美元）/);
    // Neither the cell's own unit nor the mapping's makes yuan of it.
    expect(capital('300万元', '注册资本(美元)')).toMatch(/外币（美元）/);
    const mapping = mappingWith('  registeredCapital: { column: 注册资金, unit: 万元, currencyColumn: 币种 }\n');
    expect(valueOf(mapping, 'registeredCapital', { 注册资金: '300', 币种: '人民币' })).toBe('300000000');
    expect(valueOf(mapping, 'registeredCapital', { 注册资金: '300', 币种: '美元' })).toMatch(
      /^refused 币种: 币种是“美元”/,
    );
    expect(valueOf(mapping, 'registeredCapital', { 注册资金: '300', 币种: null })).toMatch(/没有写明币种/);
  });

  it('is exact beyond what numbers hold, and refuses parts of a fen', () => {
    expect(capital('123456789012345678.99元')).toBe('12345678901234567899');
    expect(capital('12.345元')).toMatch(/不足一分/);
    expect(capital('12.3400元')).toBe('1234');
    expect(capital('1,23元')).toMatch(/不是金额/);
    expect(capital('100-200万')).toMatch(/不是金额/);
    expect(capital(number('311.32000000000005', 1900), '金额', ', unit: 元')).toBe('31132');
    expect(capital(number('123456789012345678', 1900), '金额', ', unit: 元')).toMatch(/末尾几位可能已经丢失/);
    expect(capital(number('123456789012345678'), '金额', ', unit: 元')).toBe('12345678901234567800');
  });

  it('is below zero only where it may be', () => {
    expect(capital('-5元')).toMatch(/负数/);
    expect(valueOf(mappingWith('  balance: { column: 余额, unit: 元 }\n'), 'balance', { 余额: '-1,234.50' })).toBe(
      '-123450',
    );
  });
});

describe('credit codes', () => {
  const mapping = mappingWith();
  const code = (cell: string | Cell | null): unknown => valueOf(mapping, 'uscc', { 统一社会信用代码: cell });

  it('are put in their normal form', () => {
    expect(code(' ９１540000735548579f ')).toBe('91540000735548579F');
    expect(code("'91540000735548579F")).toBe('91540000735548579F');
    expect(code('="91540000735548579F"')).toBe('91540000735548579F');
  });

  it('tell which place is wrong', () => {
    // GB 32100-2015: the first 17 characters of 91540000735548579F give the check character F.
    expect(code('91540000735548579G')).toMatch(/第 18 位校验码是“G”，按前 17 位应当是“F”/);
    expect(code('9154O000735548579F')).toMatch(/第 5 位是“O”/);
    expect(code('9154000073554857F')).toMatch(/有 17 位，应当是 18 位/);
    expect(code('西藏本源水利水电设备有限公司')).toMatch(/含有汉字，列可能错位/);
    expect(code('2002-01-07')).toMatch(/应当是 18 位/);
    expect(code(null)).toMatch(/^refused 统一社会信用代码: 没有“统一社会信用代码”/);
  });

  it('are no identity numbers, which are not repeated, also with a wrong digit', () => {
    for (const identity of ['11010519491231002X', '110105194912310021', '11010519491231002x']) {
      const outcome = JSON.stringify(outcomeOf(mapping, { 统一社会信用代码: identity }));
      expect(outcome).toContain('身份证');
      expect(outcome).not.toContain('110105');
      expect(outcome).not.toContain('19491231');
    }
  });

  it('are looked for in columns of names too, where identity numbers are refused and not repeated', () => {
    for (const name of [
      '11010519491231002X',
      '１１０１０５１９４９１２３１００２Ｘ',
      '110105 19491231 0021',
      '张三110105194912310021',
    ]) {
      const outcome = outcomeOf(mapping, { 统一社会信用代码: '91540000735548579F', 企业名称: name });
      expect(outcome).toMatchObject({
        kind: 'refused',
        column: '企业名称',
        reason: expect.stringContaining('身份证') as unknown,
      });
      expect(JSON.stringify(outcome)).not.toMatch(/[1１][1１][0０][1１][0０]/);
    }
    expect(valueOf(mapping, 'name', { 企业名称: '拉萨5100农业有限公司' })).toBe('拉萨5100农业有限公司');
  });

  it('that a spreadsheet held as numbers are refused', () => {
    expect(code(number('9.15400007355486E+17', 1900))).toMatch(/末尾几位可能已经丢失/);
    expect(code(number('915400007355485790', 1900))).toMatch(/末尾几位可能已经丢失/);
    expect(code(number('330', 1900))).toMatch(/列可能错位/);
  });

  it('with another check character are taken where the mapping says so, each with a flag', () => {
    // A real one of before the standard, by which it would end in F.
    const read = (irregular: 'accept' | 'refuse', text: string): unknown =>
      usccReader(irregular)({ kind: 'text', text });
    expect(mapping.fields['uscc']?.irregular).toBe('refuse');
    expect(read('refuse', '91350203M0001QKT19')).toEqual({
      ok: false,
      reason: expect.stringContaining('应当是“F”') as unknown,
    });
    expect(read('accept', '91350203m0001qkt19')).toEqual({
      ...{ ok: true, value: '91350203M0001QKT19' },
      flag: expect.stringContaining('按来源原样登记') as unknown,
    });
    expect(read('accept', '91540000735548579F')).toEqual({ ok: true, value: '91540000735548579F' });
  });
});

describe('other values', () => {
  it('are unknown, never zero, where the cell says so', () => {
    const mapping = mappingWith('  employees: 从业人数\n  registeredCapital: 注册资金（万元）\n');
    for (const text of ['N/A', 'n/a', '-', '/', '无', '－', '／', ' ', '——', '未公示', '企业选择不公示']) {
      expect(valueOf(mapping, 'employees', { 从业人数: text })).toBe('unknown');
      expect(valueOf(mapping, 'registeredCapital', { '注册资金(万元)': text })).toBe('unknown');
    }
    expect(valueOf(mapping, 'employees', { 从业人数: null })).toBe('unknown');
    expect(valueOf(mapping, 'employees', { 从业人数: '0' })).toBe(0);
    expect(valueOf(mapping, 'employees', {})).toBe('unknown');
    expect(valueOf(mapping, 'uscc', { 统一社会信用代码: 'N/A' })).toMatch(/必须有值/);
  });

  it('come from the first column that holds one', () => {
    const mapping = mappingWith('  legalRepresentative: [法定代表人, 负责人]\n');
    const outcome = outcomeOf(mapping, { 法定代表人: 'N/A', 负责人: '次仁' });
    expect(outcome).toMatchObject({
      row: { values: { legalRepresentative: '次仁' }, columns: { legalRepresentative: '负责人' } },
    });
  });

  it('of faulty cells refuse the record', () => {
    const mapping = mappingWith('  employees: 从业人数\n');
    expect(valueOf(mapping, 'employees', { 从业人数: { kind: 'fault', text: '单元格是错误值 #REF!' } })).toMatch(
      /#REF!/,
    );
    expect(valueOf(mapping, 'employees', { 从业人数: '#DIV/0!' })).toMatch(/错误值 #DIV\/0!/);
  });

  it.each([
    ['name', '企业名称', '2.02403E+13'],
    ['receipt', '票据号码', '2.02403E+13'],
    ['uscc', '统一社会信用代码', '9.14212E+17'],
    ['telephone', '电话', '1.38123E+10'],
    ['registeredCapital', '注册资金', '1.23457E+06'],
    ['employees', '从业人数', '1E+04'],
    ['area', '面积', '1.5e+012'],
  ])('of %s are not what a spreadsheet has written of a long number: %s %s', (field, column, text) => {
    const more = field === 'registeredCapital' ? `{ column: ${column}, unit: 元 }` : column;
    const mapping = mappingWith(['name', 'uscc'].includes(field) ? '' : `  ${field}: ${more}\n`);
    expect(valueOf(mapping, field, { [column]: text })).toMatch(/科学计数法.*已经丢失/);
  });

  it('are telephone numbers, which reasons do not repeat', () => {
    const mapping = mappingWith('  telephone: 电话\n');
    const telephone = (cell: string | Cell): unknown => valueOf(mapping, 'telephone', { 电话: cell });
    expect(telephone('+86 138-1234-5678')).toBe('13812345678');
    expect(telephone(number('13812345678', 1900))).toBe('13812345678');
    expect(telephone('（0891）6812345')).toBe('0891-6812345');
    expect(telephone('0891-6812345转801')).toBe('0891-6812345-801');
    expect(telephone('1381234567')).toMatch(/有 10 位数字/);
    expect(telephone('1381234567')).not.toContain('1381234567');
    expect(telephone(number('8916812345', 1900))).toMatch(/前的 0 可能已经丢失/);
    expect(telephone('13812345678、0891-6812345')).toMatch(/不止一个电话号码/);
    expect(telephone('6812345/6812346')).toMatch(/不止一个电话号码/);
  });

  it('are rates by the sign, the header or the mapping', () => {
    const rate = (cell: string | Cell, column = '增长率', more = ''): unknown =>
      valueOf(mappingWith(`  growth: { column: "${column}"${more} }\n`), 'growth', { [column]: cell });
    expect(rate('4.35%')).toBe('0.0435');
    expect(rate('４.３５％')).toBe('0.0435');
    expect(rate('4.35', '增长率(%)')).toBe('0.0435');
    expect(rate('4.35', '增长率', ', unit: percent')).toBe('0.0435');
    expect(rate(number('0.0435', 1900))).toBe('0.0435');
    expect(rate('0.5')).toMatch(/分不清是百分数还是小数/);
  });

  it('are whole numbers, years, yes or no, lists, decimals', () => {
    const mapping = mappingWith('  employees: 人数\n  factYear: 年度\n  isActive: 在营\n  scope: 范围\n  area: 面积\n');
    expect(
      outcomeOf(mapping, {
        人数: '1,200人',
        年度: '2024年度',
        在营: '是',
        范围: '批发；零售、批发',
        面积: number('12.50'),
      }),
    ).toMatchObject({
      row: { values: { employees: 1200, factYear: 2024, isActive: true, scope: ['批发', '零售'], area: '12.5' } },
    });
    expect(valueOf(mapping, 'employees', { 人数: '12.5' })).toMatch(/不是整数/);
    expect(valueOf(mapping, 'employees', { 人数: '-1' })).toMatch(/小于 0/);
    expect(valueOf(mapping, 'isActive', { 在营: '开业' })).toMatch(/分不清是或否/);
  });

  it('that lost their zeros, or digits, are refused', () => {
    const mapping = mappingWith('  receipt: { column: 发票号码, digits: 8 }\n');
    expect(valueOf(mapping, 'receipt', { 发票号码: '50186599' })).toBe('50186599');
    expect(valueOf(mapping, 'receipt', { 发票号码: '9429772' })).toMatch(/有 7 位，应当是 8 位；前面的 0 可能已经丢失/);
    const plain = mappingWith('  receipt: 票据号码\n');
    expect(valueOf(plain, 'receipt', { 票据号码: number('123456789012345678', 1900) })).toMatch(/末尾几位可能已经丢失/);
    expect(valueOf(plain, 'receipt', { 票据号码: number('1234567890123456789') })).toBe('1234567890123456789');
  });

  it('stand behind the code within which they are counted', () => {
    const mapping = mappingWith('  receipt: { column: 发票号码, prefixColumn: 发票代码, digits: 8, pad: flag }\n');
    const receipt = (code: Cell | string, cell: Cell | string = '50186599') =>
      valueOf(mapping, 'receipt', { 发票代码: code, 发票号码: cell });
    expect(receipt('044001900111')).toBe('044001900111-50186599');
    expect(receipt('3200183130')).toBe('3200183130-50186599');
    // Digital invoices have a number alone.
    expect(receipt('')).toBe('50186599');
    expect(receipt('-')).toBe('50186599');
    expect(outcomeOf(mapping, { 发票代码: '3200183130', 发票号码: '186599' })).toMatchObject({
      row: { values: { receipt: '3200183130-00186599' }, flags: [{ column: '发票号码' }] },
    });
    // Its digits are gone: the same number of another book of invoices could be meant.
    expect(outcomeOf(mapping, { 发票代码: '4.4002E+10', 发票号码: '50186599' })).toMatchObject({
      kind: 'refused',
      column: '发票代码',
    });
    expect(outcomeOf(mapping, { 发票代码: '1'.repeat(32), 发票号码: '50186599' })).toMatchObject({ kind: 'refused' });
  });

  it('that lost their zeros get them back and are flagged where the mapping says so', () => {
    const mapping = mappingWith('  receipt: { column: 发票号码, digits: 8, pad: flag }\n');
    const row = (cell: Cell | string) => {
      const outcome = outcomeOf(mapping, { 发票号码: cell });
      return outcome.kind === 'row' ? [outcome.row.values['receipt'], outcome.row.flags] : outcome;
    };
    expect(row(number('9429772', 1900))).toEqual([
      '09429772',
      [{ field: 'receipt', column: '发票号码', text: '“9429772” 只有 7 位，前面的 0 已丢失，按 8 位补足' }],
    ]);
    expect(row('50186599')).toEqual(['50186599', undefined]);
    expect(row('501865991')).toMatchObject({ kind: 'refused' });
    expect(row('50186x')).toMatchObject({ kind: 'refused' });
  });

  it('of persons are not repeated in reasons, nor are numbers of persons anywhere', () => {
    const long = '张'.repeat(21);
    const mapping = mappingWith('  legalRepresentative: 法人\n  employees: 人数\n');
    expect(valueOf(mapping, 'legalRepresentative', { 法人: long })).not.toContain('张张');
    expect(valueOf(mapping, 'employees', { 人数: '13812345678号' })).not.toContain('13812345678');
  });
});
