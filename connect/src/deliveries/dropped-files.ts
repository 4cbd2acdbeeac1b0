import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Drop } from '../mapping/mapping.js';

/** A file in a watched folder, with what shows that it is still written to. */
interface SeenFile {
  readonly name: string;
  readonly modifiedAt: number;
  /** File number, size and time: another one is another file, or more of the same. */
  readonly state: string;
}

/** What a look at a watched folder found. */
export interface DroppedFiles {
  /** Names of the files that are complete, the oldest first. */
  readonly complete: readonly string[];
  /** How many may become complete by themselves. */
  readonly waiting: number;
}

/** The file that says that the one of its name is complete. */
export const DONE_ENDING = '.done';
/** Under such names programs write what is not complete yet. */
const UNFINISHED = /^\.|^~\$|\.(?:tmp|part|partial|filepart|crdownload|swp)$/i;
/** A name gets a number before it and an ending behind it, within the 255 bytes that file systems have for it. */
const LONGEST_NAME = 180;

/** Looks at a watched folder again and again, and knows which of its files are complete. */
export class DropWatch {
  readonly #folder: string;
  readonly #drop: Omit<Drop, 'folder'>;
  readonly #pattern: RegExp;
  /** Since when each file has not changed. */
  #steadySince = new Map<string, { readonly state: string; readonly since: number }>();

  constructor(folder: string, drop: Omit<Drop, 'folder'>) {
    this.#folder = folder;
    this.#drop = drop;
    this.#pattern = new RegExp(`^${drop.files.split('*').map(escaped).join('.*')}$`, 'su');
  }

  async look(now: Date): Promise<DroppedFiles> {
    const files = await this.#files();
    const complete = await this.#complete(files, now.getTime());
    return {
      complete: complete
        .toSorted((a, b) => a.modifiedAt - b.modifiedAt || (a.name < b.name ? -1 : 1))
        .map(({ name }) => name),
      waiting: this.#drop.complete === 'steady' ? files.length - complete.length : 0,
    };
  }

  async #complete(files: readonly SeenFile[], now: number): Promise<readonly SeenFile[]> {
    switch (this.#drop.complete) {
      case 'rename':
        return files;
      case 'done-file': {
        const marks = await Promise.all(
          files.map(async ({ name }) => statOf(path.join(this.#folder, name + DONE_ENDING))),
        );
        // A mark that is older than its file is of a file that was there before.
        return files.filter(({ modifiedAt }, index) => (marks[index]?.modifiedAt ?? -Infinity) >= modifiedAt);
      }
      case 'steady': {
        const before = this.#steadySince;
        this.#steadySince = new Map(
          files.map(({ name, state }) => {
            const known = before.get(name);
            return [name, known?.state === state ? known : { state, since: now }];
          }),
        );
        const wait = this.#drop.steadySeconds * 1000;
        return files.filter(({ name }) => now - (this.#steadySince.get(name)?.since ?? now) >= wait);
      }
    }
  }

  /** Plain files alone: a link may lead to what the person who dropped it may not read. */
  async #files(): Promise<SeenFile[]> {
    const names = (await readdir(this.#folder, { withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .filter((name) => this.#pattern.test(name) && !UNFINISHED.test(name) && Buffer.byteLength(name) <= LONGEST_NAME)
      .filter((name) => this.#drop.complete !== 'done-file' || !name.endsWith(DONE_ENDING));
    const seen = await Promise.all(
      names.map(async (name) => {
        const stat = await statOf(path.join(this.#folder, name));
        return stat === null ? [] : [{ name, ...stat }];
      }),
    );
    return seen.flat();
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Null for a file that is gone. */
async function statOf(file: string): Promise<Omit<SeenFile, 'name'> | null> {
  try {
    const { ino, size, mtimeNs, mtimeMs } = await lstat(file, { bigint: true });
    return { modifiedAt: Number(mtimeMs), state: `${String(ino)} ${String(size)} ${String(mtimeNs)}` };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
