import { SourceRefused, type Cell, type RecordFault, type SourceRecord } from '../../source-record.js';
import { LOST_CHARACTER } from '../../text/index.js';
import {
  aboveNote,
  columnsOf,
  EMPTY,
  filledTexts,
  guessHeaderRow,
  namesOf,
  unnamedNote,
  type Columns,
} from '../columns.js';

/** A row of a sheet, with the cells that it has by their column from zero. */
export interface SheetRow {
  /** Counted from one, as spreadsheets show it. */
  readonly number: number;
  readonly cells: ReadonlyMap<number, Cell>;
  readonly fault?: string;
}

/** Cells that are merged to one; rows from one, columns from zero, both ends included. */
export interface MergedRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** What is known of a sheet before its rows are read. */
export interface SheetFacts {
  readonly name: string;
  readonly merged: readonly MergedRange[];
  readonly hiddenRows: readonly number[];
  readonly notes: readonly string[];
}

export interface SheetSettings {
  /** Row of the header, from one; guessed without it. */
  readonly headerRow?: number;
  readonly headerRows?: number;
}

/** The header of a sheet and its records, in the order of its rows. */
export interface SheetReading {
  readonly columns: readonly string[];
  readonly notes: readonly string[];
  /** Texts above the header. */
  readonly above: readonly string[];
  readonly records: AsyncIterable<readonly SourceRecord[]>;
}

/** Rows in which the header is looked for. */
const LOOKED_AT = 30;

/**
 * Makes records of a sheet's rows. A merged range of headers has its text over all its columns and rows; one of data
 * has its value in each of its rows, in its first column. Blank rows are none.
 *
 * @throws SourceRefused for a sheet without a header, or with two columns of one name
 */
export async function readSheet(
  rows: AsyncIterable<readonly SheetRow[]>,
  facts: SheetFacts,
  settings: SheetSettings,
  place: { readonly source: string; readonly digest: string; readonly afterRow: number },
): Promise<SheetReading> {
  const head: SheetRow[] = [];
  const iterator = rows[Symbol.asyncIterator]();
  const wanted = (settings.headerRow ?? LOOKED_AT) + (settings.headerRows ?? MOST_HEADER_ROWS) - 1;
  for (let last = 0; last < wanted;) {
    const next = await iterator.next();
    if (next.done === true) break;
    head.push(...next.value);
    last = head.at(-1)?.number ?? 0;
  }
  const headerRow = settings.headerRow ?? guessed(head, facts);
  const count = settings.headerRows ?? guessedRows(head, headerRow, facts);
  const above = head
    .filter(({ number }) => number < headerRow)
    .flatMap(({ cells }) => filledTexts([...cells.values()].map(shownText)));
  const columns = columnsOf(
    Array.from({ length: count }, (_, at) => headerTexts(head, headerRow + at, headerRow, facts.merged)),
  );
  const filler = new MergeFiller(facts.merged.filter(({ lastRow }) => lastRow >= headerRow + count));
  const maker = { columns, filler, facts, ...place, bodyFrom: headerRow + count };
  return {
    columns: namesOf(columns),
    notes: [
      `工作表 ${JSON.stringify(facts.name)}`,
      `表头在第 ${String(headerRow)} 行${settings.headerRow === undefined ? '（推断）' : ''}`,
      ...(settings.headerRows === undefined && count > 1 ? [`表头共 ${String(count)} 行（推断）`] : []),
      ...aboveNote(above),
      ...facts.notes,
      ...(facts.hiddenRows.length === 0
        ? []
        : [
            `隐藏行 ${String(facts.hiddenRows.length)} 行，照常读取：${facts.hiddenRows.slice(0, 10).join(', ')}${facts.hiddenRows.length > 10 ? ', …' : ''}`,
          ]),
      ...unnamedNote(columns),
    ],
    above,
    records: sheetRecords(head, iterator, maker),
  };
}

function guessed(head: readonly SheetRow[], { name }: SheetFacts): number {
  const at = guessHeaderRow(head.slice(0, LOOKED_AT).map(({ cells }) => [...cells.values()].map(shownText)));
  const row = head[at];
  if (row === undefined) throw new SourceRefused('SHEET_EMPTY', { sheet: name });
  return row.number;
}

/** Rows that a header has at most by itself. */
const MOST_HEADER_ROWS = 3;

/**
 * Rows of a header whose cells are merged: as many as its highest cell; one more where it has groups of columns and the
 * next row is filled below these alone, which no row of data is.
 */
function guessedRows(head: readonly SheetRow[], headerRow: number, { merged }: SheetFacts): number {
  const ranges = merged.filter(({ firstRow }) => firstRow === headerRow);
  const groups = ranges.filter(({ firstColumn, lastColumn }) => lastColumn > firstColumn);
  const next = [...(head.find(({ number }) => number === headerRow + 1)?.cells ?? [])].filter(
    ([, { kind }]) => kind !== 'empty',
  );
  const isBelowGroups =
    next.length > 0 &&
    next.every(([at]) => groups.some(({ firstColumn, lastColumn }) => firstColumn <= at && at <= lastColumn));
  const rows = ranges.map(({ lastRow }) => lastRow - headerRow + 1);
  return Math.min(MOST_HEADER_ROWS, Math.max(isBelowGroups ? 2 : 1, ...rows));
}

/** The header texts of a row, each merged cell filled with its text. */
function headerTexts(
  head: readonly SheetRow[],
  number: number,
  firstRow: number,
  merged: readonly MergedRange[],
): string[] {
  const textAt = (row: number, column: number): string =>
    shownText(head.find((one) => one.number === row)?.cells.get(column) ?? EMPTY);
  const own = head.find((one) => one.number === number)?.cells.keys() ?? [];
  const ranges = merged.filter(
    (range) => range.firstRow <= number && range.lastRow >= number && range.firstRow >= firstRow,
  );
  const width = Math.max(-1, ...own, ...ranges.map(({ lastColumn }) => Math.min(lastColumn, MOST_COLUMNS))) + 1;
  return Array.from({ length: width }, (_, column) => {
    const range = ranges.find(({ firstColumn, lastColumn }) => firstColumn <= column && column <= lastColumn);
    return range === undefined ? textAt(number, column) : textAt(range.firstRow, range.firstColumn);
  });
}

/** Columns of a sheet: XFD is the last. */
const MOST_COLUMNS = 16_384;

const shownText = (cell: Cell): string =>
  cell.kind === 'empty' ? '' : cell.kind === 'boolean' ? String(cell.value) : cell.text;

interface Maker {
  readonly columns: Columns;
  readonly filler: MergeFiller;
  readonly source: string;
  readonly facts: SheetFacts;
  readonly digest: string;
  readonly bodyFrom: number;
  readonly afterRow: number;
}

async function* sheetRecords(
  head: readonly SheetRow[],
  rest: AsyncIterator<readonly SheetRow[]>,
  maker: Maker,
): AsyncGenerator<readonly SourceRecord[]> {
  let part: readonly SheetRow[] = head;
  try {
    for (;;) {
      const list = part.filter(({ number }) => number >= maker.bodyFrom).flatMap((row) => recordOf(row, maker));
      if (list.length > 0) yield list;
      const next = await rest.next();
      if (next.done === true) return;
      part = next.value;
    }
  } finally {
    await rest.return?.();
  }
}

function recordOf(row: SheetRow, { columns, filler, source, facts, digest, afterRow }: Maker): SourceRecord[] {
  const given = filler.fill(row);
  if (row.number <= afterRow) return [];
  const cells = new Map<string, Cell>();
  let fault: RecordFault | undefined = row.fault === undefined ? undefined : { reason: row.fault };
  for (const [at, name] of columns.entries()) {
    if (name === null) continue;
    const cell = given.get(at) ?? EMPTY;
    cells.set(name, cell);
    if (cell.kind === 'text' && cell.text.includes(LOST_CHARACTER))
      fault ??= { column: name, reason: '含有无法识别的字符（U+FFFD），文字在上游已经损坏，请从原系统重新导出' };
  }
  const isBlank = [...given.values()].every(({ kind }) => kind === 'empty');
  if (isBlank && fault === undefined) return [];
  const surplus = [...given].find(([at, { kind }]) => at >= columns.length && kind !== 'empty');
  if (surplus !== undefined)
    fault ??= { reason: `第 ${String(surplus[0] + 1)} 列有内容，表头只有 ${String(columns.length)} 列：内容可能错位` };
  return [
    {
      place: { source, sheet: facts.name, line: row.number },
      position: { digest, sheet: facts.name, row: row.number },
      cells,
      fault,
    },
  ];
}

/** Gives the value of a merged range of data to each row of it. */
class MergeFiller {
  /** By first row, the next one last. */
  readonly #coming: MergedRange[];
  #open: { readonly range: MergedRange; readonly cell: Cell }[] = [];

  constructor(merged: readonly MergedRange[]) {
    this.#coming = merged.filter(({ firstRow, lastRow }) => lastRow > firstRow).sort((a, b) => b.firstRow - a.firstRow);
  }

  fill({ number, cells }: SheetRow): ReadonlyMap<number, Cell> {
    this.#open = this.#open.filter(({ range }) => range.lastRow >= number);
    for (let next = this.#coming.at(-1); next !== undefined && next.firstRow <= number; next = this.#coming.at(-1)) {
      this.#coming.pop();
      const cell = cells.get(next.firstColumn);
      if (next.firstRow === number && cell !== undefined) this.#open.push({ range: next, cell });
    }
    if (this.#open.length === 0) return cells;
    const filled = new Map(cells);
    for (const { range, cell } of this.#open) filled.set(range.firstColumn, cell);
    return filled;
  }
}
