import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/**
 * Reads a secret file, or makes it, readable by its owner only. Of two processes that make it at once one wins, and
 * both read the winner's.
 */
export function readOrCreate(file: string, make: () => string): string {
  const existing = readIfPresent(file);
  if (existing !== undefined) return existing;
  const draft = writeDraft(file, make(), OWNER_ONLY);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
}

/**
 * Replaces a file at once: whoever reads it sees the old text or the new one. @param mode who may read it; its owner
 * only, when left out.
 */
export function replaceFile(file: string, text: string, mode: number = OWNER_ONLY): void {
  renameSync(writeDraft(file, text, mode), file);
}

function writeDraft(file: string, text: string, mode: number): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, text, { mode, flag: 'wx' });
  return draft;
}

/** The text of a file; undefined when there is none. */
export function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
