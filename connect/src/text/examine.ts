import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { SourceRefused } from '../source-record.js';
import { byteOrderMark, strictDecoder, type Encoding } from './encoding.js';
import { readLines } from './lines.js';

/** What one look through a text file tells. */
export interface ExaminedText {
  /** Hexadecimal SHA-256 of all bytes. */
  readonly digest: string;
  readonly bytes: number;
  readonly encoding: Encoding;
  /** Bytes of the byte order mark, which are no text. */
  readonly mark: number;
  /** How the encoding is known, and what is wrong with it. */
  readonly note: string;
}

/** Share of the lines with other characters than ASCII that must be of an encoding before a file is taken for it. */
const SOUND_SHARE = 0.9;
/** Characters in a row that are good UTF-8 beyond chance: GB18030 text fails within the first few. */
const BEYOND_CHANCE = 64;
/** More of a line than that is not looked at when lines are counted. */
const LONGEST_LINE = 4 * 1024 * 1024;

/**
 * Reads a file once, for its digest and its encoding: what is stated, what its byte order mark says, UTF-8 when every
 * byte of it is, then GB18030 when every byte is. A file of which some lines are broken is taken for the encoding that
 * nine tenths of the lines are in; those lines are refused later, one by one. Big5 cannot be told from GB18030 and must
 * be stated.
 *
 * @throws SourceRefused for bytes that are no text, and for text of neither encoding
 */
export async function examineText(
  file: string,
  { stated, signal }: { readonly stated: Encoding | null; readonly signal?: AbortSignal },
): Promise<ExaminedText> {
  const hash = createHash('sha256');
  const tries = new Map<Encoding, Trial>([
    ['utf-8', new Trial('utf-8')],
    ['gb18030', new Trial('gb18030')],
  ]);
  let bytes = 0;
  let mark: ReturnType<typeof byteOrderMark> = null;
  let hasZero = false;
  for await (const part of createReadStream(file, { highWaterMark: 256 * 1024, signal })) {
    const chunk = part as Buffer;
    hash.update(chunk);
    if (bytes === 0) mark = byteOrderMark(chunk);
    bytes += chunk.length;
    if (stated !== null || mark !== null) continue;
    hasZero ||= chunk.includes(0);
    for (const trial of tries.values()) trial.take(chunk);
  }
  const digest = hash.digest('hex');
  const told = (encoding: Encoding, note: string): ExaminedText => ({
    digest,
    bytes,
    encoding,
    mark: mark?.encoding === encoding ? mark.length : 0,
    note: `编码 ${encoding}（${note}）`,
  });
  if (stated !== null)
    return told(stated, mark === null || mark.encoding === stated ? '按映射' : '按映射，与文件标记不符');
  if (mark !== null) return told(mark.encoding, '按字节顺序标记');
  if (hasZero) throw new SourceRefused('ZERO_BYTES');
  const utf8 = tries.get('utf-8')?.finish();
  if (utf8?.isSound === true) return told('utf-8', '每个字节均符合');
  if (tries.get('gb18030')?.finish().isSound === true && (utf8?.soundCharacters ?? 0) < BEYOND_CHANCE)
    return told('gb18030', '不是 UTF-8，每个字节均符合 GB18030');
  return byLines(file, signal, told);
}

/** The encoding of most lines. */
async function byLines(
  file: string,
  signal: AbortSignal | undefined,
  told: (encoding: Encoding, note: string) => ExaminedText,
): Promise<ExaminedText> {
  const counts: Partial<Record<Encoding, string>> = {};
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    let [speaking, broken] = [0, 0];
    for await (const lines of readLines(file, {
      encoding,
      from: { byte: 0, line: 1 },
      longest: LONGEST_LINE,
      signal,
    })) {
      for (const { text, fault } of lines) {
        if (fault === 'BROKEN') broken += 1;
        else if (/[^\u0000-\u007F]/.test(text)) speaking += 1;
      }
    }
    if (speaking > 0 && speaking >= SOUND_SHARE * (speaking + broken))
      return told(encoding, `${String(broken)} 行有乱码，将被退回`);
    counts[encoding] = `${String(broken)} of ${String(speaking + broken)}`;
  }
  throw new SourceRefused('NO_ENCODING', { utf8: counts['utf-8'] ?? '0', gb18030: counts.gb18030 ?? '0' });
}

/** One encoding, tried on a stream of bytes. */
class Trial {
  readonly #encoding: Encoding;
  readonly #decoder: TextDecoder;
  #isSound = true;
  #soundCharacters = 0;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#decoder = strictDecoder(encoding);
  }

  take(chunk: Buffer): void {
    if (!this.#isSound) return;
    try {
      this.#count(this.#decoder.decode(chunk, { stream: true }));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#isSound = false;
      const [sound = ''] = new TextDecoder(this.#encoding)
        .decode(chunk)
        .replace(/^\uFFFD+/, '')
        .split('\uFFFD');
      this.#count(sound);
    }
  }

  finish(): { readonly isSound: boolean; readonly soundCharacters: number } {
    if (this.#isSound) {
      try {
        this.#decoder.decode();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        this.#isSound = false;
      }
    }
    return { isSound: this.#isSound, soundCharacters: this.#soundCharacters };
  }

  #count(text: string): void {
    if (this.#soundCharacters < BEYOND_CHANCE) this.#soundCharacters += text.match(/[^\u0000-\u007F]/g)?.length ?? 0;
  }
}
