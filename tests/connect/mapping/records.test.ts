import { KEY, mappingWith, outcomeOf } from '../support/mapping.js';
import { ENTERPRISE } from '../support/targets.js';

describe('records', () => {
  it('are passed over where the mapping takes only others', () => {
    const mapping = mappingWith('', 'only: { 发票状态: [有效发票] }\n');
    expect(outcomeOf(mapping, { 发票状态: '有效发票 ' }).kind).toBe('row');
    expect(outcomeOf(mapping, { 发票状态: '作废发票' }).kind).toBe('skipped');
    expect(outcomeOf(mapping, { 发票状态: null }).kind).toBe('skipped');
  });

  it('without a key are refused, or passed over where the mapping says so', () => {
    expect(outcomeOf(mappingWith(), { 统一社会信用代码: '-' })).toMatchObject({ kind: 'refused', field: 'uscc' });
    expect(outcomeOf(mappingWith('', 'missingKey: skip\n'), { 统一社会信用代码: '-' }).kind).toBe('skipped');
    expect(outcomeOf(mappingWith('', 'missingKey: skip\n'), { 企业名称: '-' })).toMatchObject({
      kind: 'refused',
      field: 'name',
    });
  });

  it('of a system of the department’s own have its code before their number', () => {
    const mapping = mappingWith();
    const target = { ...ENTERPRISE, areKeysOfDepartment: true };
    const key = 'SCJG/91540000735548579F';
    expect(outcomeOf(mapping, {}, target)).toMatchObject({ kind: 'row', row: { key } });
    expect(outcomeOf(mapping, { 企业名称: '-' }, target)).toMatchObject({ kind: 'refused', key });
  });

  it('become a row with key, values and where each came from', () => {
    expect(outcomeOf(mappingWith(), {})).toEqual({
      kind: 'row',
      row: {
        key: '91540000735548579F',
        values: { uscc: '91540000735548579F', name: KEY.企业名称 },
        columns: { uscc: '统一社会信用代码', name: '企业名称' },
        place: { source: 'a.csv', line: 7 },
      },
    });
  });
});
