import { CommandFailed } from '@zhitong/kit/cli';
import { open as openFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';

/**
 * Writes a file that appears when it is whole: a killed command leaves no half of a list that could be taken for the
 * whole.
 * @param option the command's option that names the file, for messages
 * @param open opens the file to write
 * @throws CommandFailed when it cannot be written
 */
export async function writeWhole<Result>(
  name: string,
  write: (output: Writable) => Promise<Result>,
  {
    option = '--output',
    open = async (file: string) => openFile(file, 'w'),
  }: { option?: string; open?: (file: string) => Promise<FileHandle> } = {},
): Promise<Result> {
  const partial = `${name}.partial`;
  const file = await open(partial).catch((error: unknown) => {
    throw new CommandFailed(
      `${option} is ${name}, which cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const output = file.createWriteStream();
  try {
    // Whichever fails first ends it: who waits for a full disk to take more would wait for ever.
    const [result] = await Promise.all([write(output), finished(output)]);
    await rename(partial, name);
    return result;
  } catch (error) {
    output.destroy();
    await rm(partial, { force: true });
    throw error;
  }
}
