import { TextDecoder } from 'node:util';

/** The encodings that departments' files have. GBK and GB2312 are parts of GB18030. */
export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/**
 * What people call them. The decoder that Node has for `gbk` gets € and 䶮 wrong and refuses characters of four bytes.
 */
const LABELS: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['gb18030', 'gb18030'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['cp936', 'gb18030'],
  ['ansi', 'gb18030'],
  ['utf-16le', 'utf-16le'],
  ['utf-16', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
  ['big5', 'big5'],
]);

/** Every label that a mapping may state. */
export const ENCODING_LABELS: readonly string[] = [...LABELS.keys()];

/**
 * The encoding that a label means; null for a label that nobody knows.
 * @example encodingOf('GBK') //=> 'gb18030'
 */
export const encodingOf = (label: string): Encoding | null => LABELS.get(label.trim().toLowerCase()) ?? null;

/** The byte order mark that a file begins with, or null. */
export function byteOrderMark(bytes: Uint8Array): { readonly encoding: Encoding; readonly length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

/**
 * A decoder that throws a TypeError at the first byte that is none of the encoding's, and takes a byte order mark for a
 * character.
 */
export const strictDecoder = (encoding: Encoding): TextDecoder =>
  new TextDecoder(encoding, { fatal: true, ignoreBOM: true });

/** Bytes of one unit of an encoding: what line ends are looked for in. */
export const unitBytes = (encoding: Encoding): 1 | 2 => (encoding.startsWith('utf-16') ? 2 : 1);
