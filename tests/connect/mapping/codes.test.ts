import { codeReader } from '../../../connect/src/mapping/readers/codes.js';
import type { Cell } from '../../../connect/src/source-record.js';
import { mappingWith, valueOf } from '../support/mapping.js';

describe('values', () => {
  it('are codes by name, by code, by the mapping’s table, and never by chance', () => {
    const mapping = mappingWith('  region: { column: 地区, codes: { 圣城: "540100" } }\n');
    const region = (cell: string | Cell): unknown => valueOf(mapping, 'region', { 地区: cell });
    expect(region('拉萨')).toBe('540100');
    expect(region('拉萨市')).toBe('540100');
    expect(region('林芝')).toBe('540400');
    expect(region('阿里')).toBe('542500');
    expect(region('圣城')).toBe('540100');
    expect(region({ kind: 'number', text: '540100', workbook: 1900 })).toBe('540100');
    expect(region('540100 拉萨市')).toBe('540100');
    expect(region('那曲')).toMatch(/“那曲” 不在代码表中，应当是拉萨市（540100）、/);
  });

  it('of numbers and of yes and no may have words of the mapping’s own', () => {
    const mapping = mappingWith(
      '  employees: { column: 规模, codes: { 小微: 20, "中 型": "300" } }\n  isActive: { column: 状态, codes: { 在营: 是, 停业: 否 } }\n',
    );
    expect(valueOf(mapping, 'employees', { 规模: '小微' })).toBe(20);
    expect(valueOf(mapping, 'employees', { 规模: ' 中型 ' })).toBe(300);
    expect(valueOf(mapping, 'employees', { 规模: '45' })).toBe(45);
    expect(valueOf(mapping, 'employees', { 规模: '大型' })).toMatch(/“大型” 不是数字/);
    expect(valueOf(mapping, 'isActive', { 状态: '在营' })).toBe(true);
    expect(valueOf(mapping, 'isActive', { 状态: '停业' })).toBe(false);
    expect(valueOf(mapping, 'isActive', { 状态: '歇业' })).toMatch(/分不清是或否/);
  });

  it('tell what to do of a text that stands for no code, unless the mapping’s own table has it', () => {
    const state = (own: Readonly<Record<string, string>>) =>
      codeReader(
        { codes: new Map([['OPEN', ['存续']]]), unfit: new Map([['迁出', '请去掉这一行']]) },
        own,
        (text) => `“${text}”`,
      )({ kind: 'text', text: '迁出 ' });
    expect(state({})).toEqual({ ok: false, reason: '“迁出 ”：请去掉这一行' });
    expect(state({ 迁出: 'OPEN' })).toEqual({ ok: true, value: 'OPEN' });
  });

  it('say that a table of codes is empty yet', () => {
    expect(codeReader({ codes: new Map() }, {}, (text) => `“${text}”`)({ kind: 'text', text: '拉萨' })).toEqual({
      ok: false,
      reason: '“拉萨” 不在代码表中：代码表还是空的，须先导入它所指的名录',
    });
  });
});
