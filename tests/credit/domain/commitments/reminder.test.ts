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
  it('has a cell for each column, with names, days and amounts with which a spreadsheet reckons', () => {
    const record = commitmentRecord(aLedger());
    const names = {
      departments: new Map([['ZSJ', '招商局']]),
      regions: new Map<string, string>(),
      enterprises: new Map<string, string>(),
    };
    const row = record
      ? exportRow({ ...record, headHash: 'f'.repeat(64) }, { asOf: '2024-07-31', score: 42, names })
      : [];
    expect(row).toHaveLength(EXPORT_COLUMNS.length);
    const [thousand, nothing] = [{ fen: 100_000n }, { fen: 0n }];
    expect(row.slice(2, 4)).toEqual(['招商局', 'ZSJ']);
    expect(row.slice(12, 20)).toEqual([
      { day: '2024-06-30' },
      31,
      '31至90天',
      thousand,
      nothing,
      nothing,
      thousand,
      { fen: 50_000n },
    ]);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+86', "'+86"],
    ['@cmd', "'@cmd"],
    ['承诺', '承诺'],
    ['道路\r=HYPERLINK("http://x")', '道路 =HYPERLINK("http://x")'],
    ['\u0085\n=1+1', "'=1+1"],
    [-5, '-5'],
    [{ fen: -500n }, '-5.00'],
    [{ day: '2026-11-20' }, '2026-11-20'],
  ])('cannot start a formula: %p becomes %p', (cell, shown) => {
    expect(plainCell(cell)).toBe(shown);
  });
});
