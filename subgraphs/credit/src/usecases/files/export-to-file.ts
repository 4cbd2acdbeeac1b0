import type { Clock } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import { dayInShanghai, isLegalDay } from '@zhitong/values';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { ExportNames } from '../../domain/audit/export-row.js';
import type { Stores } from '../../stores.js';
import { NO_ENTERPRISE_NAMES, type EnterpriseNames } from './enterprise-names.js';
import { exportCsv, exportXlsx } from './export-worklist.js';
import { writeWhole } from './whole-file.js';

/** Options of the command `export`. */
export interface ExportOptions {
  readonly output: string;
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly department?: string;
  readonly district?: string;
  readonly undocumented?: boolean;
}

const NO_NAMES: Omit<ExportNames, 'enterprises'> = { departments: new Map(), regions: new Map() };
const WRITERS = { '.csv': exportCsv, '.xlsx': exportXlsx } as const;

/**
 * Writes the auditor's list to a file and returns the number of promises in it.
 * @param names what departments and districts are called; without them their codes stand for them.
 * @param enterpriseNames what enterprises are called; without it their codes stand alone.
 * @param open opens the file to write.
 * @throws CommandFailed when an option cannot be used.
 */
export async function exportToFile({
  stores,
  options,
  clock,
  names = NO_NAMES,
  enterpriseNames = NO_ENTERPRISE_NAMES,
  open,
}: {
  stores: Stores;
  options: ExportOptions;
  clock: Clock;
  names?: Omit<ExportNames, 'enterprises'>;
  enterpriseNames?: EnterpriseNames;
  open?: (file: string) => Promise<FileHandle>;
}): Promise<number> {
  const now = clock.now();
  const ending = path.extname(options.output).toLowerCase();
  if (ending !== '.csv' && ending !== '.xlsx')
    throw new CommandFailed(`--output is ${options.output}; it ends in .csv or .xlsx.`);
  const question = {
    asOf: pastDay('--as-of', options.asOf, now),
    knownOn: pastDay('--known-on', options.knownOn, now),
    conditions: {
      department: options.department,
      districtCode: options.district,
      documented: options.undocumented === true ? false : undefined,
    },
    names,
    enterpriseNames,
  };
  return writeWhole(
    options.output,
    async (output) => WRITERS[ending](stores, question, { output, now }),
    open ? { open } : {},
  );
}

function pastDay(name: string, day: string | undefined, now: Date): string {
  const today = dayInShanghai(now);
  if (day === undefined) return today;
  if (!isLegalDay(day)) throw new CommandFailed(`${name} is ${day}; write a day as YYYY-MM-DD.`);
  if (day > today) throw new CommandFailed(`${name} is ${day}, which has not come yet: today is ${today}.`);
  return day;
}
