import { createReadStream } from 'node:fs';
import type { TextDecoder } from 'node:util';
import { strictDecoder, unitBytes, type Encoding } from './encoding.js';

/**
 * What is wrong with a line as a whole: bytes that are none of the encoding's, or more of them than a line may have.
 */
export type LineFault = 'BROKEN' | 'TOO_LONG';

/** One line of a file. */
export interface TextLine {
  /** Counted from one. */
  readonly number: number;
  /** Without its end; empty where there is a fault. */
  readonly text: string;
  /** `\n`, `\r\n`, `\r`, or nothing at the end of the file. */
  readonly end: string;
  /** The byte after the line's end, counted in the file. */
  readonly endsAt: number;
  readonly fault: LineFault | null;
}

export interface LineOptions {
  readonly encoding: Encoding;
  /** Where reading begins: the first byte of a line, and the number of that line. */
  readonly from: { readonly byte: number; readonly line: number };
  /** Bytes that a line may have. What is longer is passed over and given as a fault, so that memory stays flat. */
  readonly longest: number;
  /** Bytes that are read at once; for tests. */
  readonly chunk?: number;
  readonly signal?: AbortSignal;
}

const CHUNK = 256 * 1024;
const LF = 10;
const CR = 13;

/**
 * The lines of a file, in lists, however their ends are mixed. Lines are parted as bytes, so that each knows its place
 * in the file: in UTF-8, GB18030 and Big5 the bytes of line ends are never part of another character, in UTF-16 units
 * of two bytes are compared. Decoding is strict: a line with bytes of another encoding is given as a fault, and the
 * lines around it as they are.
 */
export async function* readLines(file: string, options: LineOptions): AsyncGenerator<readonly TextLine[]> {
  const splitter = new LineSplitter(options);
  const stream = createReadStream(file, {
    start: options.from.byte,
    highWaterMark: options.chunk ?? CHUNK,
    signal: options.signal,
  });
  for await (const chunk of stream) {
    const lines = splitter.take(chunk as Buffer);
    if (lines.length > 0) yield lines;
  }
  const rest = splitter.finish();
  if (rest.length > 0) yield rest;
}

/** Parts bytes that come in pieces into lines. */
class LineSplitter {
  readonly #encoding: Encoding;
  readonly #unit: 1 | 2;
  readonly #longest: number;
  readonly #decoder: TextDecoder;
  #held: Buffer = Buffer.alloc(0);
  /** Where `#held` begins in the file. */
  #at: number;
  #line: number;
  /** Bytes of the line that were passed over because it is too long. */
  #passed = 0;

  constructor({ encoding, from, longest }: LineOptions) {
    this.#encoding = encoding;
    this.#unit = unitBytes(encoding);
    this.#longest = longest;
    this.#decoder = strictDecoder(encoding);
    this.#at = from.byte;
    this.#line = from.line;
  }

  take(chunk: Buffer): TextLine[] {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    return this.#part(bytes, false);
  }

  finish(): TextLine[] {
    return this.#part(this.#held, true);
  }

  #part(bytes: Buffer, isLast: boolean): TextLine[] {
    const ends = this.#unit === 1 ? endsInBytes(bytes, isLast) : endsInUnits(bytes, isLast, this.#encoding);
    const lines: TextLine[] = [];
    const texts = this.#textsOf(bytes, ends);
    let start = 0;
    for (const [index, end] of ends.entries()) {
      const length = end.at - start + this.#passed;
      const text = length > this.#longest ? null : (texts?.[index] ?? this.#decoded(bytes.subarray(start, end.at)));
      const fault = length > this.#longest ? 'TOO_LONG' : text === null ? 'BROKEN' : null;
      this.#passed = 0;
      start = end.at + end.text.length * this.#unit;
      lines.push({ number: this.#line, text: text ?? '', end: end.text, endsAt: this.#at + start, fault });
      this.#line += 1;
    }
    this.#hold(bytes.subarray(start), start);
    if (isLast && this.#held.length + this.#passed > 0) lines.push(this.#unfinished());
    return lines;
  }

  /**
   * Keeps the beginning of a line for the next piece; of one that is too long already, only how much of it there was.
   */
  #hold(rest: Buffer, start: number): void {
    this.#at += start;
    if (rest.length + this.#passed > this.#longest && rest.length > 2 * this.#unit) {
      const dropped = rest.length - (rest.length % this.#unit) - this.#unit;
      this.#passed += dropped;
      this.#at += dropped;
      this.#held = Buffer.from(rest.subarray(dropped));
    } else {
      this.#held = Buffer.from(rest);
    }
  }

  /** The last line, which has no end. */
  #unfinished(): TextLine {
    const isTooLong = this.#held.length + this.#passed > this.#longest;
    const text = isTooLong ? null : this.#decoded(this.#held);
    const fault = isTooLong ? 'TOO_LONG' : text === null ? 'BROKEN' : null;
    const line = {
      number: this.#line,
      text: text ?? '',
      end: '',
      endsAt: this.#at + this.#held.length,
      fault,
    } as const;
    this.#held = Buffer.alloc(0);
    this.#passed = 0;
    this.#line += 1;
    return line;
  }

  /**
   * All lines of a piece at once; null where one of them is broken or too long, and each must be looked at by itself.
   */
  #textsOf(bytes: Buffer, ends: readonly LineEnd[]): string[] | null {
    const last = ends.at(-1);
    if (last === undefined || this.#passed > 0) return null;
    const whole = this.#decoded(bytes.subarray(0, last.at));
    const texts = whole?.split(/\r\n|\n|\r/) ?? null;
    return texts?.length === ends.length ? texts : null;
  }

  #decoded(bytes: Buffer): string | null {
    try {
      return this.#decoder.decode(bytes);
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }
}

/** An end of a line: where it begins, in bytes of the piece, and its characters. */
interface LineEnd {
  readonly at: number;
  readonly text: '\n' | '\r\n' | '\r';
}

/** A carriage return at the very end of a piece waits for the next, which may begin with its line feed. */
function endsInBytes(bytes: Buffer, isLast: boolean): LineEnd[] {
  const ends: LineEnd[] = [];
  let feed = bytes.indexOf(LF);
  let carriage = bytes.indexOf(CR);
  while (feed !== -1 || carriage !== -1) {
    if (carriage === -1 || (feed !== -1 && feed < carriage)) {
      ends.push({ at: feed, text: '\n' });
      feed = bytes.indexOf(LF, feed + 1);
    } else if (carriage === bytes.length - 1 && !isLast) {
      break;
    } else if (feed === carriage + 1) {
      ends.push({ at: carriage, text: '\r\n' });
      carriage = bytes.indexOf(CR, feed + 1);
      feed = bytes.indexOf(LF, feed + 1);
    } else {
      ends.push({ at: carriage, text: '\r' });
      carriage = bytes.indexOf(CR, carriage + 1);
    }
  }
  return ends;
}

function endsInUnits(bytes: Buffer, isLast: boolean, encoding: Encoding): LineEnd[] {
  const low = encoding === 'utf-16le' ? 0 : 1;
  const unitAt = (at: number): number => (bytes[at + 1 - low] === 0 ? (bytes[at + low] ?? -1) : -1);
  const ends: LineEnd[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const unit = unitAt(at);
    if (unit === LF) ends.push({ at, text: '\n' });
    if (unit !== CR) continue;
    if (at + 3 >= bytes.length && !isLast) break;
    const isPair = at + 3 < bytes.length && unitAt(at + 2) === LF;
    ends.push({ at, text: isPair ? '\r\n' : '\r' });
    if (isPair) at += 2;
  }
  return ends;
}
