import type { Clock } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import { dayInShanghai, isLegalDay } from '@zhitong/values';
import { open as openFile, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { ExportNames } from '../domain/audit/export-row.js';
import type { Stores } from '../stores.js';
import { exportCsv, exportXlsx } from './export-worklist.js';

/** Options of the command `export`. */
export interface ExportOptions {
  readonly output: string;
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly department?: string;
  readonly district?: string;
  readonly undocumented?: boolean;
}

const NO_NAMES: ExportNames = { departments: new Map(), regions: new Map() };
const WRITERS = { '.csv': exportCsv, '.xlsx': exportXlsx } as const;

/**
 * Writes the auditor's list to a file and returns the number of promises in it. The file appears when it is whole: a
 * killed export leaves no half of a list that could be taken for the whole.
 * @param names what departments and districts are called; without them their codes stand for them.
 * @param open opens the file to write.
 * @throws CommandFailed when an option cannot be used.
 */
export async function exportToFile({
  stores,
  options,
  clock,
  names = NO_NAMES,
  open = async (file) => openFile(file, 'w'),
}: {
  stores: Stores;
  options: ExportOptions;
  clock: Clock;
  names?: ExportNames;
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
  };
  const partial = `${options.output}.partial`;
  const file = await open(partial).catch((error: unknown) => {
    throw new CommandFailed(
      `--output is ${options.output}, which cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const output = file.createWriteStream();
  try {
    // Whichever fails first ends it: who waits for a full disk to take more would wait for ever.
    const [count] = await Promise.all([WRITERS[ending](stores, question, { output, now }), finished(output)]);
    await rename(partial, options.output);
    return count;
  } catch (error) {
    output.destroy();
    await rm(partial, { force: true });
    throw error;
  }
}

function pastDay(name: string, day: string | undefined, now: Date): string {
  const today = dayInShanghai(now);
  if (day === undefined) return today;
  if (!isLegalDay(day)) throw new CommandFailed(`${name} is ${day}; write a day as YYYY-MM-DD.`);
  if (day > today) throw new CommandFailed(`${name} is ${day}, which has not come yet: today is ${today}.`);
  return day;
}
