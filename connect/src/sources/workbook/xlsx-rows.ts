import type { Cell } from '../../source-record.js';
import { textCell, EMPTY } from '../columns.js';
import type { MergedRange, SheetRow } from './sheet-records.js';
import { dayCell } from './spreadsheet-dates.js';
import { XmlReader, type WorkbookArchive, type WorkbookBounds } from './xlsx-archive.js';
import { isTrue, RichText, unescaped, type Workbook } from './xlsx-workbook.js';

/** What stands behind a sheet's rows, and which of them are hidden: read before them, because records need it. */
export interface SheetSurroundings {
  readonly merged: readonly MergedRange[];
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: readonly string[];
  /** Number of the last row; 0 of a sheet without any. */
  readonly lastRow: number;
}

/** Ranges of one sheet; a sheet with more was not made by people. */
const MOST_RANGES = 200_000;

/** Looks through a sheet's text, without taking its cells apart. */
export async function surroundingsOf(archive: WorkbookArchive, part: string): Promise<SheetSurroundings> {
  const merged: MergedRange[] = [];
  const hiddenRows: number[] = [];
  const hiddenColumns: string[] = [];
  let lastRow = 0;
  let carried = '';
  for await (const piece of archive.texts(part)) {
    const text = carried + piece;
    const end = text.lastIndexOf('<');
    for (const [tag] of text.slice(0, end).matchAll(/<(?:\w+:)?(?:row|col|mergeCell)(?:\s[^>]*)?>/g)) {
      const attribute = (name: string): string | undefined =>
        new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];
      const isRow = /^<(?:\w+:)?row/.test(tag);
      if (isRow) lastRow = rowNumber(attribute('r')) ?? lastRow + 1;
      if (tag.includes('mergeCell')) {
        const range = rangeOf(attribute('ref') ?? '');
        if (range !== null && merged.length < MOST_RANGES) merged.push(range);
      } else if (tag.includes('hidden') && isTrue(attribute('hidden'))) {
        if (isRow) hiddenRows.push(lastRow);
        else hiddenColumns.push(`${attribute('min') ?? '?'}–${attribute('max') ?? '?'}`);
      }
    }
    carried = text.slice(Math.max(end, text.length - LONGEST_TAG));
  }
  return { merged, hiddenRows, hiddenColumns, lastRow };
}

const rowNumber = (text = ''): number | null => (/^[1-9]\d{0,7}$/.test(text) ? Number(text) : null);

/** Characters of a tag that is looked for; so a sheet without tags stays out of memory. */
const LONGEST_TAG = 64 * 1024;

/** The rows of a sheet, in lists, while its text comes. */
export async function* sheetRows(
  archive: WorkbookArchive,
  part: string,
  workbook: Workbook,
  bounds: WorkbookBounds,
): AsyncGenerator<readonly SheetRow[]> {
  const builder = new RowBuilder(workbook, bounds);
  const reader = new XmlReader(part, builder, bounds.cell);
  for await (const text of archive.texts(part)) {
    reader.write(text);
    const rows = builder.take();
    if (rows.length > 0) yield rows;
  }
  reader.close();
  const rows = builder.take();
  if (rows.length > 0) yield rows;
}

/** Makes rows of what an XML reader hears. */
class RowBuilder {
  readonly #workbook: Workbook;
  readonly #bounds: WorkbookBounds;
  #rows: SheetRow[] = [];
  #number = 0;
  #cells = new Map<number, Cell>();
  #fault: string | undefined;
  #column = -1;
  #type = 'n';
  #style = 0;
  #value: string | null = null;
  #hasFormula = false;
  #isValue = false;
  readonly #inline = new RichText();

  constructor(workbook: Workbook, bounds: WorkbookBounds) {
    this.#workbook = workbook;
    this.#bounds = bounds;
  }

  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  opened = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'row') {
      this.#number = attributes['r'] === undefined ? this.#number + 1 : Number(attributes['r']);
      this.#cells = new Map();
      this.#fault = undefined;
      this.#column = -1;
    } else if (name === 'c') {
      const reference = attributes['r'];
      this.#column = reference === undefined ? this.#column + 1 : columnOf(reference);
      this.#type = attributes['t'] ?? 'n';
      this.#style = Number(attributes['s'] ?? 0);
      this.#value = null;
      this.#hasFormula = false;
      this.#inline.begin();
    } else if (name === 'v') {
      this.#isValue = true;
      this.#value = '';
    } else if (name === 'f') {
      this.#hasFormula = true;
    } else {
      this.#inline.opened(name);
    }
  };

  cut = (): void => {
    this.#fault ??= `有一个单元格超过 ${String(this.#bounds.cell)} 个字符，没有读取`;
  };

  text = (text: string): void => {
    if (text.length > this.#bounds.cell) this.cut();
    else if (this.#isValue) this.#value = (this.#value ?? '') + text;
    else this.#inline.text(text);
  };

  closed = (name: string): void => {
    if (name === 'v') this.#isValue = false;
    else if (name === 'c') this.#cells.set(this.#column, this.#cell());
    else if (name === 'row') this.#rows.push({ number: this.#number, cells: this.#cells, fault: this.#fault });
    else this.#inline.closed(name);
  };

  #cell(): Cell {
    const value = this.#value;
    if (this.#type === 'inlineStr') return textCell(this.#inline.end());
    if (this.#hasFormula && (value === null || (value === '' && this.#type !== 'str')))
      return { kind: 'fault', text: '公式没有保存计算结果，请在电子表格软件中打开并保存一次' };
    if (value === null || (value === '' && this.#type !== 'str')) return EMPTY;
    switch (this.#type) {
      case 's':
        return this.#sharedCell(Number(value));
      case 'str':
        return textCell(unescaped(value));
      case 'b':
        return { kind: 'boolean', value: isTrue(value) };
      case 'e':
        return { kind: 'fault', text: `单元格是错误值 ${value.slice(0, 20)}` };
      case 'd':
        return { kind: 'date', text: value.replace(/T00:00:00(\.0+)?$|\.\d+$/, '').replace(/Z$/, '') };
      default:
        return this.#numberCell(value.trim());
    }
  }

  #sharedCell(index: number): Cell {
    const text = this.#workbook.sharedTexts[index];
    if (text === null) this.cut();
    return textCell(text ?? '');
  }

  #numberCell(value: string): Cell {
    const { calendar, showsDay } = this.#workbook;
    if (showsDay[this.#style] === true) return dayCell(value, calendar);
    return { kind: 'number', text: value, workbook: calendar };
  }
}

/** The column of a reference such as `AB12`, from zero. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    column = column * 26 + value;
  }
  return column - 1;
}

function rangeOf(reference: string): MergedRange | null {
  const match = /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/.exec(reference);
  if (match === null) return null;
  const [, from = '', firstRow = '', to = '', lastRow = ''] = match;
  return {
    firstRow: Number(firstRow),
    lastRow: Number(lastRow),
    firstColumn: columnOf(from),
    lastColumn: columnOf(to),
  };
}
