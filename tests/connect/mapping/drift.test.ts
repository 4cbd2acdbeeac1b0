import type { TargetField } from '../../../connect/src/target.js';
import { driftOf, guessMapping, loadMapping, shapesOf, type SeenColumns } from '../../../connect/src/mapping/index.js';
import type { SourceRecord } from '../../../connect/src/source-record.js';
import { mappingWith } from '../support/mapping.js';
import { ENTERPRISE, TARGETS } from '../support/targets.js';

const records = (rows: readonly Readonly<Record<string, string>>[]): SourceRecord[] =>
  rows.map((row, at) => ({
    place: { source: 'a.csv', line: at + 2 },
    position: {},
    cells: new Map(
      Object.entries(row).map(([column, text]) => [
        column,
        text === '' ? { kind: 'empty' as const } : { kind: 'text' as const, text },
      ]),
    ),
  }));

const MAPPING = mappingWith(
  '  registeredCapital: { column: 注册资金（万元）, contract: freeze }\n  registeredOn: 注册日期\n  legalRepresentative: [法定代表人, 负责人]\n',
);
const SEEN: SeenColumns = {
  统一社会信用代码: 'text',
  企业名称: 'text',
  '注册资金(万元)': 'digits',
  注册日期: 'day',
  法定代表人: 'text',
  备注: 'text',
};
const without = (column: string, more: SeenColumns = {}): SeenColumns => ({
  ...Object.fromEntries(Object.entries(SEEN).filter(([name]) => name !== column)),
  ...more,
});
const told = (now: SeenColumns, seen: SeenColumns | null = SEEN): [string[], string] => {
  const { differences, effect } = driftOf(MAPPING, ENTERPRISE, now, seen);
  return [differences.map((one) => `${one.kind} ${one.column} ${one.now ?? ''}`.trim()), effect];
};

describe('what has drifted', () => {
  it('is nothing where the columns are as they were', () => {
    expect(told(SEEN)).toEqual([[], 'go on']);
    expect(told(SEEN, null)).toEqual([[], 'go on']);
  });

  it('stops the run where no record can be taken', () => {
    expect(told(without('统一社会信用代码'))).toEqual([['missing 统一社会信用代码'], 'stop']);
    expect(told(without('统一社会信用代码', { 社会信用代码: 'text' }))).toEqual([
      ['renamed 统一社会信用代码 社会信用代码'],
      'stop',
    ]);
  });

  it('stops the run where the other half of a value is missing', () => {
    const columns: SeenColumns = { 统一社会信用代码: 'text', 企业名称: 'text', 名: 'text', 注册资金: 'digits' };
    const mapping = mappingWith(
      '  legalRepresentative: { column: 名, prefixColumn: 姓 }\n  registeredCapital: { column: 注册资金, currencyColumn: 币种 }\n',
    );
    for (const lacking of ['姓', '币种']) {
      const now = { ...columns, 姓: 'text', 币种: 'text' } as const;
      const drift = driftOf(
        mapping,
        ENTERPRISE,
        Object.fromEntries(Object.entries(now).filter(([name]) => name !== lacking)),
        now,
      );
      expect([drift.differences.map(({ kind, column }) => [kind, column]), drift.effect]).toEqual([
        [['missing', lacking]],
        'stop',
      ]);
    }
  });

  it('puts the delivery aside where the column is frozen', () => {
    expect(told(without('注册资金(万元)', { '注册资金(元)': 'digits' }))).toEqual([
      ['renamed 注册资金(万元) 注册资金(元)'],
      'quarantine',
    ]);
    expect(told({ ...SEEN, '注册资金(万元)': 'text' })).toEqual([['retyped 注册资金(万元)'], 'quarantine']);
  });

  it('goes on and is told where the column may change', () => {
    expect(told(without('注册日期'))).toEqual([['missing 注册日期'], 'go on']);
    expect(told(without('备注', { 电话: 'digits' }))).toEqual([['missing 备注', 'added 电话'], 'go on']);
    expect(told(without('法定代表人', { 负责人: 'text' }))[1]).toBe('go on');
  });

  it('is none where another of a field’s columns is there', () => {
    expect(told(without('法定代表人', { 负责人: 'text' }), null)).toEqual([[], 'go on']);
  });

  it('of new columns does what the mapping says', () => {
    const strict = mappingWith('', 'newColumns: freeze\n');
    const now = { 统一社会信用代码: 'text', 企业名称: 'text' } as const;
    expect(driftOf(strict, ENTERPRISE, { ...now, 新列: 'text' }, now).effect).toBe('quarantine');
  });

  it('is seen by what nine tenths of the values look like', () => {
    const rows = Array.from({ length: 10 }, (_, at) => ({
      a: at === 0 ? '长期' : '2024-03-05',
      b: '001',
      c: '',
      d: at % 2 === 0 ? 'x' : '7',
    }));
    expect(shapesOf(['a', 'b', 'c', 'd'], records(rows))).toEqual({ a: 'day', b: 'digits', c: 'empty', d: 'mixed' });
  });
});

describe('a guess at a mapping', () => {
  const guess = (rows: readonly Readonly<Record<string, string>>[], target = ENTERPRISE): string =>
    guessMapping({
      name: 'register',
      department: 'SCJG',
      source: { kind: 'csv', path: 'a.csv' },
      target,
      columns: Object.keys(rows[0] ?? {}),
      records: records(rows),
      schema: '../mapping.schema.json',
    });

  it('loads, and maps columns by name and values', () => {
    const yaml = guess([
      {
        编号: '91540000735548579F',
        企业名称: '甲',
        注册日期: '2002-01-07',
        注册资金: '300',
        '注册资本(美元)': '',
        法人代表: 'N/A',
        备注: 'x',
      },
    ]);
    const loaded = loadMapping(yaml, TARGETS);
    expect(loaded).toMatchObject({
      ok: true,
      mapping: {
        fields: {
          uscc: { columns: ['编号'] },
          name: { columns: ['企业名称'] },
          registeredOn: { columns: ['注册日期'] },
          registeredCapital: { columns: ['注册资金'], unit: '元' },
          legalRepresentative: { columns: ['法人代表'] },
        },
      },
    });
    expect(yaml).toContain('# yaml-language-server: $schema=../mapping.schema.json');
    expect(yaml).toMatch(/# Columns that fill nothing: .*备注/);
  });

  it('takes a column below a group by its own header, and by the group where that says nothing', () => {
    const yaml = guess([
      {
        统一社会信用代码: '91540000735548579F',
        企业名称: '甲',
        '登记信息/注册日期': '2002-01-07',
        '注册资金/金额': '300',
        '注册资金/说明': '货币出资',
        '法定代表人/证件类型': '居民身份证',
        '法定代表人/法人代表': '次仁',
      },
    ]);
    expect(loadMapping(yaml, TARGETS)).toMatchObject({
      ok: true,
      mapping: {
        fields: {
          registeredOn: { columns: ['登记信息/注册日期'] },
          registeredCapital: { columns: ['注册资金/金额'] },
          legalRepresentative: { columns: ['法定代表人/法人代表'] },
        },
      },
    });
  });

  it('leaves out a column of codes none of which is known, and says so', () => {
    const row = { 统一社会信用代码: '91540000735548579F', 企业名称: '甲', 地区: '咸安区' };
    const yaml = guess([row, { ...row, 地区: '赤壁市' }]);
    expect(yaml).toContain('# Left out, since none of its values is one that is known: 地区 (region)');
    expect(yaml).not.toContain('region: 地区');
    // One of the two is known: the other is a fault of its row.
    expect(guess([row, { ...row, 地区: '拉萨' }])).toContain('region: 地区');
  });

  it('names a column without which no record is taken, whatever it holds, and one whose table is still empty', () => {
    const { region } = ENTERPRISE.fields;
    if (region?.type.kind !== 'code') throw new Error('The region is no code.');
    const row = { 统一社会信用代码: '91540000735548579F', 企业名称: '甲', 地区: '咸安区' };
    const guessed = (field: TargetField): string =>
      guess([row], { ...ENTERPRISE, fields: { ...ENTERPRISE.fields, region: field } });
    expect(guessed({ ...region, required: true })).toContain('region: 地区');
    expect(guessed({ ...region, type: { kind: 'code', codes: new Map() } })).toContain('region: 地区');
    expect(guessed(region)).not.toContain('region: 地区');
  });

  const target: typeof ENTERPRISE = {
    ...ENTERPRISE,
    fields: {
      receipt: { type: { kind: 'text', longest: 40 }, required: true, description: 'Receipt.', headers: ['回单号'] },
      number: {
        type: { kind: 'text', longest: 40 },
        required: true,
        description: 'Number.',
        headers: ['支付编号', '单据号', '回单号'],
      },
    },
    key: ['number'],
  };

  it('names the column of the currency, so that dollars are never taken for yuan', () => {
    const row = { 企业名称: '甲', '注册资本(万元)': '100', 余额: '5元' };
    const yaml = guess([{ ...row, 币种: '美元' }]);
    expect(yaml).toMatch(/registeredCapital:\n +column: 注册资本\(万元\)\n +currencyColumn: 币种/);
    expect(yaml).toMatch(/balance:\n +column: 余额\n +currencyColumn: 币种/);
    expect(yaml).not.toMatch(/fill nothing/);
    // That of another group of columns says nothing.
    expect(guess([{ ...row, '出资/币种': '美元' }])).not.toContain('currencyColumn');
    expect(guess([row])).toContain('registeredCapital: 注册资本(万元)');
  });

  it('fills a second field that must be filled from one column, where that is all there is', () => {
    expect(guess([{ 回单号: 'A1' }], target)).toMatch(/receipt: 回单号\n +number: 回单号 # This column fills another/);
    expect(guess([{ 回单号: 'A1', 单据号: 'B1' }], target)).toMatch(/receipt: 回单号\n +number: 单据号\n/);
  });

  it.each([
    // Digits of the longest that is also the most frequent; counted numbers and texts of all lengths are left alone.
    [['12345678', '2345678', '12345679'], 8],
    [['12345678', '2345678', '345678'], null],
    [['12345678', '12345679'], null],
    [['12345', '2345', '12346'], null],
    [['12345678', '2345678', '1234567A'], null],
  ])('of the numbers %j guesses %j digits', (numbers, digits) => {
    const yaml = guess(
      numbers.map((text) => ({ 回单号: text, 单据号: 'B1' })),
      target,
    );
    if (digits === null) expect(yaml).not.toContain('digits');
    else expect(yaml).toContain(`digits: ${String(digits)}\n    pad: flag`);
  });

  it.each([
    ['发票状态', ['有效发票', '作废发票', '已红冲'], ['有效发票']],
    ['单据状态', ['正常', '正常'], ['正常']],
    ['是否作废', ['否', '是'], ['否']],
    ['单据状态', ['已审核', '待审核'], null],
    ['发票备注', ['有效发票', '作废发票'], null],
  ])('of a column %s with %j takes %j alone', (column, states, valid) => {
    const yaml = guess(
      states.map((state) => ({ 回单号: 'A1', [column]: state })),
      target,
    );
    const loaded = loadMapping(yaml, new Map([['enterprise', target]]));
    if (!loaded.ok) throw new Error(yaml);
    expect([...loaded.mapping.only]).toEqual(valid === null ? [] : [[column, new Set(valid)]]);
  });

  it('says which column was not found', () => {
    const yaml = guess([{ 名称: '甲' }]);
    expect(yaml).toMatch(/uscc: 统一社会信用代码 # No column was found/);
    expect(loadMapping(yaml, TARGETS).ok).toBe(true);
  });
});
