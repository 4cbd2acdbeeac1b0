import { refuseFaults } from '@zhitong/kit/commands';
import type { Context } from '../../context.js';
import type { CaseFile } from '../../domain/files/case-file.js';
import { givenFiles } from '../../domain/files/file-rules.js';

/** The files that an input names, and what is wrong with them. */
export type GivenFiles = ReturnType<typeof givenFiles>;

export const NO_FILES: GivenFiles = { files: [], faults: [] };

/** Reads the files that an input names, as the sender's. */
export async function filesGiven(
  ids: readonly string[],
  { actor, stores }: Pick<Context, 'actor' | 'stores'>,
): Promise<GivenFiles> {
  if (ids.length === 0 || actor === null) return NO_FILES;
  return givenFiles(ids, { known: await stores.files.byIds(ids), caller: actor });
}

/**
 * The part of a change that the files are. Asked within the command, so that a repeat, of which the files are given
 * already, returns its first result; ends the command where anything is wrong with them.
 */
export function soundFiles({ files, faults }: GivenFiles): { readonly files?: readonly CaseFile[] } {
  if (faults.length > 0) refuseFaults(faults);
  return files.length === 0 ? {} : { files };
}
