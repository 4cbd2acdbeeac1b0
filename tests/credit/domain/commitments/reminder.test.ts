import { exportRow, EXPORT_COLUMNS, plainCell } from '../../../../subgraphs/credit/src/domain/audit/export-row.js';
import { commitmentRecord } from '../../../../subgraphs/credit/src/domain/ledger/commitment-record.js';
import { reminderStage } from '../../../../subgraphs/credit/src/domain/commitments/reminder.js';
import { aLedger } from '../../support/builders.js';

describe('a reminder', () => {
  it.each([
    ['2024-05-30', null],
    ['2024-05-31', 'BEFORE_30'],
    ['2024-06-22', 'BEFORE_30'],
    ['2024-06-23', 'BEFORE_7'],
    ['2024-06-29', 'BEFORE_7'],
    ['2024-06-30', 'DUE'],
    ['2024-07-06', 'DUE'],
    ['2024-07-07', 'OVERDUE_WEEK_1'],
    ['2024-07-14', 'OVERDUE_WEEK_2'],
  ])('of something due on 2024-06-30 is, on %s, at stage %p', (today, stage) => {
    expect(reminderStage('2024-06-30', today)).toBe(stage);
  });
});

describe('an exported row', () => {
  it('has a cell for each column, with amounts as text', () => {
    const record = commitmentRecord(aLedger());
    const row = record ? exportRow({ ...record, headHash: 'f'.repeat(64) }, '2024-07-31', 42) : [];
    expect(row).toHaveLength(EXPORT_COLUMNS.length);
    expect(row.slice(9, 17)).toEqual(['2024-06-30', 31, 'UP_TO_90', '1000.00', '0.00', '0.00', '1000.00', '500.00']);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+86', "'+86"],
    ['@cmd', "'@cmd"],
    ['承诺', '承诺'],
    [-5, -5],
  ])('cannot start a formula: %p becomes %p', (cell, shown) => {
    expect(plainCell(cell)).toBe(shown);
  });
});
