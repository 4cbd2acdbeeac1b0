import { mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { propertyOf, systemCodeOf } from './error-code.js';
import { StartProblem } from './start-problem.js';

/** MongoDB refuses to write with less than 500 MB free; the demo city and its journal take about as much. */
const LEAST_FREE_BYTES = 1_000_000_000;

/** What the system says, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'it is a file',
  ENOENT: 'it cannot be made there',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'its links go in circles',
};

/**
 * Makes a folder with those above it, one by one: Node's own recursive way never comes back where the system says that
 * a folder cannot be made because it is not there, as it does below `/proc`.
 */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (found === undefined && path.dirname(folder) !== folder) makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it in between.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}

/**
 * Makes the data folder unless it is there, and makes sure that files can be written in it.
 * @param needsSpace a database is to live there.
 * @throws StartProblem in one line that names the folder, what is wrong and the way out.
 */
export function prepareDataFolder(dataDir: string, { needsSpace = false }: { needsSpace?: boolean } = {}): void {
  const trial = path.join(dataDir, `.trial-${process.pid}`);
  try {
    makeFolder(dataDir);
    writeFileSync(trial, 'x');
    rmSync(trial, { force: true });
  } catch (cause) {
    const code = systemCodeOf(cause);
    throw new StartProblem(
      `The data folder ${dataDir} cannot be used: ${REASONS[code] ?? String(propertyOf(cause, 'message'))}. Choose another with ZHITONG_DATA_DIR.`,
      { cause },
    );
  }
  if (!needsSpace) return;
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < LEAST_FREE_BYTES) {
    throw new StartProblem(
      `The disk of the data folder ${dataDir} has ${Math.floor((bavail * bsize) / 1_000_000)} MB left, and the embedded MongoDB needs ${LEAST_FREE_BYTES / 1_000_000} MB. Make room, or choose another folder with ZHITONG_DATA_DIR.`,
    );
  }
}
