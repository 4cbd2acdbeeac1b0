import { open } from 'node:fs/promises';
import path from 'node:path';
import { SourceRefused } from '../source-record.js';
import type { FileFormat, FileKind } from '../source-refusals.js';

const MARKS: readonly (readonly [format: FileFormat, mark: readonly number[]])[] = [
  ['xlsx', [0x50, 0x4b, 0x03, 0x04]],
  ['xlsx', [0x50, 0x4b, 0x05, 0x06]],
  ['ole', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
];
/** BIFF2 to BIFF4 have no container: record BOF, its length below. */
const OLD_SHEETS = [0x0009, 0x0209, 0x0409];

/** The format of a file by its first bytes. */
export async function formatOf(file: string): Promise<FileFormat> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw new SourceRefused('CANNOT_OPEN', { name: path.basename(file), why: codeOf(error) });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    if (bytesRead === 0) return 'empty';
    const found = MARKS.find(([, mark]) => mark.every((byte, at) => buffer[at] === byte))?.[0];
    if (found !== undefined) return found;
    return OLD_SHEETS.includes(buffer.readUInt16LE(0)) && buffer.readUInt16LE(2) <= 16 ? 'ole' : 'text';
  } finally {
    await handle.close();
  }
}

/**
 * Refuses a file that is not what its name or its mapping says, before anything of it is read.
 * @throws SourceRefused with what the file is, and what to do
 */
export async function requireFormat(file: string, expected: FileFormat, kind: FileKind): Promise<void> {
  const found = await formatOf(file);
  if (found === expected) return;
  const name = path.basename(file);
  if (found === 'empty') throw new SourceRefused('EMPTY', { name });
  if (expected === 'xlsx' && found === 'ole') throw new SourceRefused('PASSWORD', { name });
  throw new SourceRefused('OTHER_FORMAT', { name, expected: kind, found });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
