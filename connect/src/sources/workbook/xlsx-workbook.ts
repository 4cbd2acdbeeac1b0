import { SourceRefused } from '../../source-record.js';
import { showsDay, type WorkbookCalendar } from './spreadsheet-dates.js';
import { readPart, type WorkbookArchive, type WorkbookBounds } from './xlsx-archive.js';

/** A sheet as the workbook lists it. */
export interface SheetEntry {
  readonly name: string;
  readonly part: string;
  readonly isHidden: boolean;
}

/** What the cells of every sheet are read with. */
export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  readonly calendar: WorkbookCalendar;
  /** By a cell's style: whether it shows a number as a day. */
  readonly showsDay: readonly boolean[];
  /** Null for a text that is longer than a cell may be. */
  readonly sharedTexts: readonly (string | null)[];
}

const ROOT = '_rels/.rels';
const WORKBOOK = /\/officeDocument$/;
const SHARED = /\/sharedStrings$/;
const STYLES = /\/styles$/;

/** Reads what a workbook says of itself: sheets, calendar, styles, shared texts. */
export async function readWorkbook(archive: WorkbookArchive, bounds: WorkbookBounds): Promise<Workbook> {
  const root = archive.has(ROOT) ? await relations(archive, ROOT, '', bounds) : [];
  const main = root.find(({ type }) => WORKBOOK.test(type))?.target ?? 'xl/workbook.xml';
  const folder = main.includes('/') ? main.slice(0, main.lastIndexOf('/') + 1) : '';
  const related = await relations(archive, `${folder}_rels/${main.slice(folder.length)}.rels`, folder, bounds);
  const targets = new Map(related.map(({ id, target }) => [id, target]));
  const sheets: SheetEntry[] = [];
  let calendar: WorkbookCalendar = 1900;
  await readPart(
    archive,
    main,
    {
      opened: (name, attributes) => {
        if (name === 'workbookPr' && isTrue(attributes['date1904'])) calendar = 1904;
        if (name !== 'sheet') return;
        const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
        const part = targets.get(id);
        const state = attributes['state'] ?? 'visible';
        if (part !== undefined) sheets.push({ name: attributes['name'] ?? '', part, isHidden: state !== 'visible' });
      },
    },
    bounds.cell,
  );
  if (sheets.length === 0) throw new SourceRefused('NO_SHEETS');
  const partOf = (kind: RegExp): string | undefined => related.find(({ type }) => kind.test(type))?.target;
  return {
    sheets,
    calendar,
    showsDay: await dayStyles(archive, partOf(STYLES), bounds),
    sharedTexts: await sharedTexts(archive, partOf(SHARED), bounds),
  };
}

/** A part's text, or one that is read as `1` or `true`. */
export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

async function relations(
  archive: WorkbookArchive,
  part: string,
  folder: string,
  bounds: WorkbookBounds,
): Promise<Relation[]> {
  const found: Relation[] = [];
  await readPart(
    archive,
    part,
    {
      opened: (name, attributes) => {
        if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
        const target = attributes['Target'] ?? '';
        found.push({
          id: attributes['Id'] ?? '',
          type: attributes['Type'] ?? '',
          target: target.startsWith('/') ? target.slice(1) : `${folder}${target}`,
        });
      },
    },
    bounds.cell,
  );
  return found;
}

async function dayStyles(
  archive: WorkbookArchive,
  part: string | undefined,
  bounds: WorkbookBounds,
): Promise<readonly boolean[]> {
  if (part === undefined || !archive.has(part)) return [];
  const codes = new Map<number, string>();
  const styles: number[] = [];
  let isWithin = false;
  await readPart(
    archive,
    part,
    {
      opened: (name, attributes) => {
        if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
        if (name === 'cellXfs') isWithin = true;
        if (name === 'xf' && isWithin) styles.push(Number(attributes['numFmtId'] ?? 0));
      },
      closed: (name) => {
        if (name === 'cellXfs') isWithin = false;
      },
    },
    bounds.cell,
  );
  return styles.map((format) => showsDay(format, codes.get(format)));
}

async function sharedTexts(
  archive: WorkbookArchive,
  part: string | undefined,
  bounds: WorkbookBounds,
): Promise<readonly (string | null)[]> {
  if (part === undefined || !archive.has(part)) return [];
  const texts: (string | null)[] = [];
  let total = 0;
  let isCut = false;
  const rich = new RichText();
  await readPart(
    archive,
    part,
    {
      opened: (name) => {
        if (name === 'si') rich.begin();
        else rich.opened(name);
      },
      text: (text) => rich.text(text),
      cut: () => {
        isCut = true;
      },
      closed: (name) => {
        rich.closed(name);
        if (name !== 'si') return;
        const text = rich.end();
        total += text.length;
        if (total > bounds.sharedTexts) throw new SourceRefused('SHARED_TEXTS', { most: bounds.sharedTexts });
        texts.push(isCut || text.length > bounds.cell ? null : text);
        isCut = false;
      },
    },
    bounds.cell,
  );
  return texts;
}

/** Puts a text together of its runs; phonetic readings above the characters are no part of it. */
export class RichText {
  #parts: string[] = [];
  #isText = false;
  #isPhonetic = false;

  begin(): void {
    this.#parts = [];
    this.#isText = false;
    this.#isPhonetic = false;
  }

  opened(name: string): void {
    if (name === 't') this.#isText = true;
    if (name === 'rPh') this.#isPhonetic = true;
  }

  text(text: string): void {
    if (this.#isText && !this.#isPhonetic) this.#parts.push(text);
  }

  closed(name: string): void {
    if (name === 't') this.#isText = false;
    if (name === 'rPh') this.#isPhonetic = false;
  }

  end(): string {
    return unescaped(this.#parts.join(''));
  }
}

/**
 * A text with characters that XML cannot hold, as Excel writes them: `_x000D_` is a carriage return, `_x005F_` a low
 * line.
 * @example unescaped('a_x000D_b') //=> 'a\rb'
 */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    : text;
