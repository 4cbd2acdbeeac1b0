import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Connection } from 'mongoose';
import { connectorCollections } from '../collections.js';
import type { Target } from '../../target.js';
import { mayBeAnonymous } from './former-rows.js';

const ENDING = '.refused.csv';
/** Says of a folder that it was looked through; raised when more of it has to go. */
const MARK = '.anonymous-rows-1';

/**
 * Removes the reject files that runs of an earlier version left in a department's folder, with anonymous rows as their
 * sources have them: once for each folder, since each process of a department has its own. Those of sources that have
 * named records alone stay. Of a run that is gone on with the file begins anew: the rows that were refused before lie
 * in the department's list. It can be killed and run again.
 * @param folder `<source>.refused.csv` of scheduled runs, and below it a folder for each source that is pushed
 */
export async function dropFormerRejects(
  folder: string,
  connection: Connection,
  target: Pick<Target, 'anonymity'>,
): Promise<void> {
  const mark = path.join(folder, MARK);
  if (target.anonymity === undefined || !existsSync(folder) || existsSync(mark)) return;
  const { runs } = connectorCollections(connection);
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(ENDING)) continue;
    const within = path.dirname(name);
    const source = within === '.' ? name.slice(0, -ENDING.length) : path.basename(within);
    if (!(await mayBeAnonymous(connection, source, target))) continue;
    await runs.updateMany({ source, rejectBytes: { $gt: 0 } }, { $set: { rejectBytes: 0 } });
    await rm(path.join(folder, name), { force: true });
  }
  await writeFile(mark, '');
}
