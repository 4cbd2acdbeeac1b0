import type { TextLine } from '../text/index.js';

/** One record's text, or the line that cannot be one. */
export interface Frame {
  /** Lines of the record, joined as they stood; empty where there is a fault. */
  readonly text: string;
  /** Its first line, counted from one. */
  readonly line: number;
  /** The line after it, and the byte at which that begins. */
  readonly nextLine: number;
  readonly endsAt: number;
  readonly fault: string | null;
}

export interface FramingOptions {
  readonly delimiter: string;
  /** False for files in which a quote is a character like others. */
  readonly hasQuotes: boolean;
  /** Characters that a record may have. */
  readonly longest: number;
  /** Columns of the header; null while that is not known. */
  readonly columns: number | null;
  /** How many fields a text that is one record has. */
  readonly countFields: (text: string) => number;
}

type State = 'closed' | 'open' | 'stray';

/**
 * Puts lines together to records: a line break within quotes belongs to its field. A quote that has no partner would
 * swallow all lines behind it; it is known by what follows the next quote, by the record's length, by the end of the
 * file, or by lines within that are records by themselves. Then its line alone is refused, and reading goes on with the
 * next.
 */
export class Framing {
  readonly #options: FramingOptions;
  #held: TextLine[] = [];
  #length = 0;
  /** Lines to be looked at next, the next one last. */
  readonly #pending: TextLine[] = [];

  constructor(options: FramingOptions) {
    this.#options = options;
  }

  /** Records that are whole with these lines. */
  take(lines: readonly TextLine[]): Frame[] {
    const frames: Frame[] = [];
    for (const line of lines) {
      this.#pending.push(line);
      this.#work(frames);
    }
    return frames;
  }

  /** What is left at the end of the file. */
  finish(): Frame[] {
    const frames: Frame[] = [];
    while (this.#held.length > 0) {
      this.#resume(frames);
      this.#work(frames);
    }
    return frames;
  }

  #work(frames: Frame[]): void {
    for (let line = this.#pending.pop(); line !== undefined; line = this.#pending.pop()) this.#next(line, frames);
  }

  #next(line: TextLine, frames: Frame[]): void {
    const isOpen = this.#held.length > 0;
    if (line.fault !== null) {
      if (isOpen) {
        this.#again(line, frames);
      } else {
        const fault =
          line.fault === 'TOO_LONG'
            ? '这一行超过长度上限，没有读取'
            : '这一行含有不属于该文件编码的字节，文字已损坏，请从原系统重新导出';
        frames.push(refusedFrame(line, fault));
      }
      return;
    }
    if (!isOpen && line.text.trim() === '') return;
    const state = this.#stateAfter(line.text, isOpen);
    if (state === 'stray') {
      this.#again(line, frames);
      return;
    }
    this.#held.push(line);
    this.#length += line.text.length + line.end.length;
    if (this.#length > this.#options.longest) {
      if (this.#held.length === 1) {
        this.#clear();
        frames.push(refusedFrame(line, '这一行超过长度上限，没有读取'));
      } else {
        this.#resume(frames);
      }
    } else if (state === 'closed') {
      this.#close(frames);
    }
  }

  #close(frames: Frame[]): void {
    const [first, ...others] = this.#held;
    const last = this.#held.at(-1);
    if (first === undefined || last === undefined) return;
    const text =
      others.length === 0
        ? first.text
        : this.#held.map((line, at) => line.text + (at === this.#held.length - 1 ? '' : line.end)).join('');
    if (others.length > 0 && this.#hasSwallowed(text)) {
      this.#resume(frames);
      return;
    }
    this.#clear();
    frames.push({ text, line: first.number, nextLine: last.number + 1, endsAt: last.endsAt, fault: null });
  }

  /**
   * Whether a record of several lines is rather a stray quote with records behind it: it has another number of columns
   * than the header while a line of it has just that number, or a line in its middle has.
   */
  #hasSwallowed(text: string): boolean {
    const { columns, countFields } = this.#options;
    if (columns === null || columns < 2) return false;
    const isRecord = ({ text: line }: TextLine): boolean =>
      this.#stateAfter(line, false) === 'closed' && countFields(line) === columns;
    if (countFields(text) !== columns) return this.#held.slice(1).some(isRecord);
    return columns > 2 && this.#held.slice(1, -1).some(isRecord);
  }

  /** The open record cannot go on with this line. */
  #again(line: TextLine, frames: Frame[]): void {
    this.#held.push(line);
    this.#resume(frames);
  }

  /** Refuses the first held line, and takes the others as if they came now. */
  #resume(frames: Frame[]): void {
    const [first, ...others] = this.#held;
    this.#clear();
    if (first === undefined) return;
    frames.push(
      refusedFrame(first, '引号不成对：从这一行的一个引号起，后面的内容分不清是文字还是下一行，请补上或删去多余的引号'),
    );
    this.#pending.push(...others.reverse());
  }

  #clear(): void {
    this.#held = [];
    this.#length = 0;
  }

  /**
   * Whether a field in quotes is still open at the end of a line. A quote within a field without quotes is a character.
   */
  #stateAfter(text: string, isOpen: boolean): State {
    const { delimiter, hasQuotes } = this.#options;
    if (!hasQuotes || !text.includes('"')) return isOpen ? 'open' : 'closed';
    let within = isOpen;
    let at = 0;
    for (;;) {
      if (!within) {
        if (text.charCodeAt(at) !== QUOTE) {
          const next = text.indexOf(delimiter, at);
          if (next === -1) return 'closed';
          at = next + delimiter.length;
          continue;
        }
        within = true;
        at += 1;
      }
      const quote = text.indexOf('"', at);
      if (quote === -1) return 'open';
      if (text.charCodeAt(quote + 1) === QUOTE) {
        at = quote + 2;
      } else if (quote + 1 === text.length) {
        return 'closed';
      } else if (text.startsWith(delimiter, quote + 1)) {
        within = false;
        at = quote + 1 + delimiter.length;
      } else {
        return 'stray';
      }
    }
  }
}

const QUOTE = 34;

const refusedFrame = ({ number, endsAt }: TextLine, fault: string): Frame => ({
  text: '',
  line: number,
  nextLine: number + 1,
  endsAt,
  fault,
});
