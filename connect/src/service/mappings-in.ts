import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf } from '@zhitong/kit';
import { settingsOf } from '../commands/mapping-files.js';
import { loadMapping, type Mapping } from '../mapping/index.js';
import type { RunSettings } from '../runs/run-settings.js';
import type { Target } from '../target.js';

/** A sound mapping file of a department's folder. */
export interface FolderMapping {
  /** Path of the file. */
  readonly file: string;
  readonly mapping: Mapping;
  readonly target: Target;
  readonly settings: RunSettings;
}

/** What is wrong with a mapping file; line and column count from one. */
export interface FolderFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The mapping files of a folder: those that can be run, and every fault of the others. */
export interface MappingsInFolder {
  readonly sound: readonly FolderMapping[];
  readonly faults: readonly FolderFault[];
}

const MAPPING_FILE = /\.ya?ml$/;

/**
 * Reads the mapping files of a folder, without opening a source. Two files that name one source are both refused,
 * because nobody can tell which of them is meant. A folder that is not there holds none.
 */
export async function mappingsIn(folder: string, targets: readonly Target[]): Promise<MappingsInFolder> {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const faults: FolderFault[] = [];
  const found: (FolderMapping & { readonly line: number })[] = [];
  const names = await readdir(folder).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  for (const name of names.filter((one) => MAPPING_FILE.test(one)).sort()) {
    const file = path.join(folder, name);
    try {
      const text = await readFile(file, 'utf8');
      const loaded = loadMapping(text, byName);
      const target = loaded.ok ? byName.get(loaded.mapping.target) : undefined;
      if (!loaded.ok) faults.push(...loaded.faults.map((fault) => ({ file, ...fault })));
      else if (target !== undefined)
        found.push({
          file,
          mapping: loaded.mapping,
          target,
          settings: settingsOf(loaded.mapping, target, { text, isWhole: true }),
          line: text.split('\n').findIndex((line) => /^name\s*:/.test(line)) + 1,
        });
    } catch (error) {
      faults.push({ file, line: 1, column: 1, message: `The file cannot be read: ${reasonOf(error)}.` });
    }
  }
  const sound: FolderMapping[] = [];
  for (const { line, ...one } of found) {
    const others = found.filter(({ file, mapping }) => file !== one.file && mapping.name === one.mapping.name);
    if (others.length === 0) sound.push(one);
    else
      faults.push({
        file: one.file,
        line: Math.max(1, line),
        column: 1,
        message: `The source "${one.mapping.name}" is named by ${others.map(({ file }) => path.basename(file)).join(', ')} too; none of them is run.`,
      });
  }
  return { sound, faults };
}

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
