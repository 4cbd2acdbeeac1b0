import { reasonOf, withoutPersonalData } from '@zhitong/kit';
import { SourceRefused } from '../source-record.js';
import type { ColumnDifference } from './run-settings.js';

/** Why a run was broken off or not begun: a code with its values, and the same in the languages of the readers. */
export interface RunFailure {
  /**
   * A code of `SOURCE_REFUSALS`, or `DRIFT` (the columns are not those of the mapping), `STOPPED` (it was asked to
   * end), `MAPPING` (the mapping cannot be used), `BROKEN_OFF` (anything else).
   */
  readonly code: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly english: string;
  readonly chinese: string;
}

export const STOPPED_FAILURE: RunFailure = {
  code: 'STOPPED',
  parameters: {},
  english: 'The run was asked to end; the next one goes on there.',
  chinese: '运行被中止，下次从中断处继续',
};

/** The columns of a source stop the run before anything is written. */
export function driftFailure(differences: readonly ColumnDifference[]): RunFailure {
  const columns = differences.map(({ column, kind }) => ({ column, kind }));
  return {
    code: 'DRIFT',
    parameters: { columns },
    english: `The columns are not those of the mapping, and nothing was written: ${columns
      .map(({ column, kind }) => `${column} (${kind})`)
      .join(', ')}.`,
    chinese: `来源的表头与映射不符，未写入任何数据：${differences.map(({ text }) => text).join('；')}`,
  };
}

/** The mapping file cannot be used. @param faults by line, as the command line tells them */
export const mappingFailure = (faults: string): RunFailure =>
  shown({
    code: 'MAPPING',
    parameters: { faults },
    english: `The mapping cannot be used: ${faults}`,
    chinese: `映射文件不能使用：${faults}`,
  });

/** What an error says of a run; what looks like a number of a person is withheld wherever it stands. */
export function failureOf(error: unknown): RunFailure {
  if (error instanceof SourceRefused) {
    const { code, parameters, message, chinese } = error as SourceRefused;
    return shown({ code, parameters, english: message, chinese });
  }
  const reason = reasonOf(error);
  return shown({
    code: 'BROKEN_OFF',
    parameters: { reason },
    english: `The run was broken off: ${reason}`,
    chinese: `运行中断：${reason}`,
  });
}

const shown = ({ code, parameters, english, chinese }: RunFailure): RunFailure => ({
  code,
  parameters: Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? withoutPersonalData(value) : value,
    ]),
  ),
  english: withoutPersonalData(english),
  chinese: withoutPersonalData(chinese),
});
