import { sayer } from '@zhitong/values';

/** What a correction of a refused row is refused for. */
export const said = sayer({
  ROW_UNKNOWN: { en: 'There is no refused row {row}.', zh: '没有退回数据 {row}' },
  ROW_SETTLED: {
    en: 'The row waits for no correction any more: the run {run} took it or refused it anew.',
    zh: '该行已不待更正：运行 {run} 已接收该行，或已重新退回',
  },
  MAPPING_ELSEWHERE: {
    en: 'The mapping of {source} is not, or not without faults, in the folder of the department’s process; the row is corrected by the command line.',
    zh: '部门进程的映射文件夹中没有 {source} 的映射文件，或其有误；请用命令行送入更正后的行',
  },
  UNKNOWN_COLUMN: {
    en: 'Neither the row nor the mapping has the column "{column}".',
    zh: '该行和映射文件都没有“{column}”一列',
  },
  COLUMN_TWICE: { en: 'The column "{column}" is given twice.', zh: '“{column}”一列填了两次' },
  CELL_WITHHELD: {
    en: 'What was given in the column "{column}" is not kept whole; give it anew.',
    zh: '“{column}”一列的原值未完整保存（涉及个人或过长），请重新填写',
  },
  NOTHING_CORRECTED: { en: 'No cell was corrected.', zh: '没有更正任何一列' },
  ROW_STILL_REFUSED: {
    en: 'The row is refused still, at the column "{column}": {reason}',
    zh: '该行仍不能接收。{column}：{reason}',
  },
  ROW_LEFT_OUT: {
    en: 'The mapping leaves the row out as it is corrected; nothing was taken.',
    zh: '按映射文件，更正后的该行不在接入范围内，未送入',
  },
  SOURCE_AT_WORK: {
    en: 'The source {source} is being run; correct the row when that is over.',
    zh: '来源 {source} 正在运行，请稍后再送入',
  },
  KEY_USED: {
    en: 'idempotencyKey {key} was used for another correction; take a new key.',
    zh: '幂等键 {key} 已用于另一更正，请换新的键',
  },
});
