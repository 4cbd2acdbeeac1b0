import type { Readable } from 'node:stream';
import path from 'node:path';
import { TextDecoder } from 'node:util';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { open as openZip, type Entry, type ZipFile } from 'yauzl';
import { SourceRefused } from '../../source-record.js';

/** What a workbook may grow to. An archive of a megabyte can hold gigabytes: each bound is of what comes out of it. */
export interface WorkbookBounds {
  /** Bytes of all parts that are read. */
  readonly bytes: number;
  /** Bytes that come out for each that goes in; judged beyond the first megabytes, because small tables pack well. */
  readonly ratio: number;
  /** Characters of all shared texts, which stay in memory. */
  readonly sharedTexts: number;
  /** Characters of one cell; Excel itself takes 32 767. */
  readonly cell: number;
}

export const WORKBOOK_BOUNDS: WorkbookBounds = {
  bytes: 4 * 1024 ** 3,
  ratio: 200,
  sharedTexts: 128 * 1024 * 1024,
  cell: 1024 * 1024,
};
const RATIO_COUNTS_FROM = 16 * 1024 * 1024;

/** The archive that an .xlsx file is. */
export class WorkbookArchive implements AsyncDisposable {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #bounds: WorkbookBounds;
  readonly #file: string;
  #read = 0;

  private constructor(file: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>, bounds: WorkbookBounds) {
    this.#file = path.basename(file);
    this.#zip = zip;
    this.#entries = entries;
    this.#bounds = bounds;
  }

  /** @throws SourceRefused for an archive that cannot be read, or that says itself that it is too large */
  static async open(file: string, bounds: WorkbookBounds): Promise<WorkbookArchive> {
    const name = path.basename(file);
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      openZip(file, { lazyEntries: true, autoClose: false }, (error, opened) => {
        if (error === null) resolve(opened);
        else reject(new SourceRefused('BROKEN_WORKBOOK', { name, why: error.message }));
      });
    });
    const entries = new Map<string, Entry>();
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: Entry) => {
        entries.set(entry.fileName.toLowerCase(), entry);
        zip.readEntry();
      });
      zip.on('end', resolve);
      zip.on('error', (error: Error) => {
        reject(new SourceRefused('BROKEN_WORKBOOK', { name, why: error.message }));
      });
      zip.readEntry();
    });
    const stated = [...entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    const archive = new WorkbookArchive(file, zip, entries, bounds);
    if (stated > bounds.bytes) {
      zip.close();
      throw archive.#tooLarge(`${String(stated)} bytes come out of it`);
    }
    return archive;
  }

  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase());
  }

  /**
   * The text of a part, in pieces.
   * @throws SourceRefused for a part that is not there, that is broken, or beyond the bounds
   */
  async *texts(part: string): AsyncGenerator<string> {
    const entry = this.#entries.get(part.toLowerCase());
    if (entry === undefined) throw new SourceRefused('NO_WORKBOOK', { name: this.#file, part });
    const stream = await new Promise<Readable>((resolve, reject) => {
      this.#zip.openReadStream(entry, (error, opened) => {
        if (error === null) resolve(opened);
        else reject(new SourceRefused('UNREADABLE', { name: this.#file, why: error.message }));
      });
    });
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let bytes = 0;
    try {
      for await (const piece of stream) {
        const chunk = piece as Buffer;
        bytes += chunk.length;
        this.#read += chunk.length;
        if (this.#read > 2 * this.#bounds.bytes) throw this.#tooLarge('more comes out of it than it says');
        if (bytes > RATIO_COUNTS_FROM && bytes > this.#bounds.ratio * entry.compressedSize)
          throw this.#tooLarge(`${part} grows to more than ${String(this.#bounds.ratio)} times its size`);
        yield decoder.decode(chunk, { stream: true });
      }
    } catch (error) {
      if (error instanceof SourceRefused) throw error;
      throw new SourceRefused('BROKEN_PART', {
        name: this.#file,
        part,
        why: error instanceof Error ? error.message : String(error),
      });
    } finally {
      stream.destroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#zip.close();
  }

  #tooLarge(why: string): SourceRefused {
    return new SourceRefused('LARGE_INSIDE', { name: this.#file, why });
  }
}

/** What a reader of XML hears: names without their prefix. */
export interface XmlHandlers {
  readonly opened?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly closed?: (name: string) => void;
  readonly text?: (text: string) => void;
  /** A text is longer than it may be: what is heard of it is its beginning. */
  readonly cut?: () => void;
}

/**
 * An XML text, read in pieces. A document type, and with it every entity of its own, is refused: a workbook has none.
 */
export class XmlReader {
  readonly #parser: SaxesParser;
  #run = 0;
  #isPassing = false;
  readonly #longest: number;
  readonly #cut: (() => void) | undefined;

  /** @param longest characters of one text, as they are written; what is beyond is passed over */
  constructor(part: string, handlers: XmlHandlers, longest: number) {
    this.#longest = longest;
    this.#cut = handlers.cut;
    this.#parser = new SaxesParser({ xmlns: false, position: false });
    this.#parser.on('error', (error) => {
      throw new SourceRefused('BROKEN_XML', { part, why: error.message });
    });
    this.#parser.on('doctype', () => {
      throw new SourceRefused('DOCUMENT_TYPE', { part });
    });
    this.#parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => handlers.opened?.(localName(name), attributes));
    this.#parser.on('closetag', ({ name }) => handlers.closed?.(localName(name)));
    this.#parser.on('text', (text) => handlers.text?.(text));
    this.#parser.on('cdata', (text) => handlers.text?.(text));
  }

  write(text: string): void {
    this.#parser.write(this.#bounded(text));
  }

  close(): void {
    this.#parser.close();
  }

  /**
   * The parser keeps a text until its end. A run of characters without a tag that is longer than a cell may be is cut,
   * at a place that is within no entity.
   */
  #bounded(text: string): string {
    let rest = text;
    if (this.#isPassing) {
      const next = rest.indexOf('<');
      if (next === -1) return '';
      this.#isPassing = false;
      this.#run = 0;
      rest = rest.slice(next);
    }
    const first = rest.indexOf('<');
    if (first !== -1) {
      this.#run = rest.length - rest.lastIndexOf('<');
      return rest;
    }
    this.#run += rest.length;
    if (this.#run <= this.#longest) return rest;
    this.#isPassing = true;
    this.#cut?.();
    return rest.slice(0, rest.lastIndexOf(';', LONGEST_ENTITY) + 1);
  }
}

const LONGEST_ENTITY = 12;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads a part of an archive to its end. */
export async function readPart(
  archive: WorkbookArchive,
  part: string,
  handlers: XmlHandlers,
  longest: number,
): Promise<void> {
  const reader = new XmlReader(part, handlers, longest);
  for await (const text of archive.texts(part)) reader.write(text);
  reader.close();
}
