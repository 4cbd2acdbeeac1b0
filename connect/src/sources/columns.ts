import { SourceRefused, type Cell } from '../source-record.js';
import { headerText, LOST_CHARACTER, visibleText } from '../text/index.js';

/** A cell without a value. */
export const EMPTY: Cell = { kind: 'empty' };

/** A text as a cell; one of white space alone is empty. */
export function textCell(text: string): Cell {
  const visible = visibleText(text);
  return visible === '' ? EMPTY : { kind: 'text', text: visible };
}

/** What columns are called, by their place; null for a place without a header. */
export type Columns = readonly (string | null)[];

/**
 * The columns of one or more rows of headers. Of two rows the upper one names a group: `注册资金` over `金额` is `注册资金/金额`; a
 * cell that is merged over both rows counts once. Columns without a header behind the last one that has one are none.
 *
 * @param rows texts of the header cells, of each row as many as it has, merged cells filled in
 * @throws SourceRefused for no header at all, for two columns of one name, and for broken text
 */
export function columnsOf(rows: readonly (readonly string[])[]): Columns {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, at) => {
    const parts = rows.map((row) => headerText(row[at] ?? '')).filter((part) => part !== '');
    const name = parts.filter((part, place) => parts[place - 1] !== part).join('/');
    return name === '' ? null : name;
  });
  while (columns.at(-1) === null) columns.pop();
  if (columns.length === 0) throw new SourceRefused('HEADER_EMPTY');
  const broken = columns.findIndex((name) => name?.includes(LOST_CHARACTER) === true);
  if (broken !== -1) throw new SourceRefused('HEADER_BROKEN', { column: broken + 1 });
  const places = new Map<string, number>();
  for (const [at, name] of columns.entries()) {
    if (name === null) continue;
    const first = places.get(name);
    if (first !== undefined) throw new SourceRefused('HEADER_TWICE', { first: first + 1, second: at + 1, name });
    places.set(name, at);
  }
  return columns;
}

/** The names of the columns that have one. */
export const namesOf = (columns: Columns): string[] => columns.filter((name) => name !== null);

/** What a reader says of columns without a name within the header. */
export function unnamedNote(columns: Columns): string[] {
  const places = columns.flatMap((name, at) => (name === null ? [String(at + 1)] : []));
  return places.length === 0 ? [] : [`无表头的列，不读取：${places.join(', ')}`];
}

/**
 * The first of some rows that looks like a header: the first with two filled cells and with more than half as many as
 * the fullest has, since above a header stand a title, who filled the table in, and the unit of its amounts; else the
 * first with one. From zero; -1 for none.
 */
export function guessHeaderRow(rows: readonly (readonly string[])[]): number {
  const filled = rows.map((row) => filledTexts(row).length);
  const most = Math.max(0, ...filled);
  const wide = filled.findIndex((count) => count >= 2 && count * 2 > most);
  return wide === -1 ? filled.findIndex((count) => count === 1) : wide;
}

/**
 * Whether the row below a row of headers names the columns of its groups, as an export without merged cells has them: a
 * group stands over the first of its columns, and where no group stands the row below is blank, in the first column
 * too. A row of values is filled otherwise.
 * @example namesOfGroups(['序号', '登记信息', '', '行业'], ['', '资本', '日期', '']) //=> true
 */
export function namesOfGroups(upper: readonly string[], below: readonly string[]): boolean {
  const width = Math.max(upper.length, below.length);
  const isFilled = (row: readonly string[], at: number): boolean => visibleText(row[at] ?? '') !== '';
  const places = Array.from({ length: width }, (_none, at) => at);
  const isOfGroup = (at: number): boolean => !isFilled(upper, at) || (at + 1 < width && !isFilled(upper, at + 1));
  return (
    isFilled(upper, 0) &&
    places.some(isOfGroup) &&
    !isOfGroup(0) &&
    places.every((at) => isFilled(below, at) === isOfGroup(at)) &&
    !below.some((text) => /^[\d.,/-]+$/.test(visibleText(text)))
  );
}

/** The texts of the cells of a row that have one. */
export const filledTexts = (row: readonly string[]): string[] => row.map(visibleText).filter((text) => text !== '');

/** What a reader says of texts above the header. */
export const aboveNote = (above: readonly string[]): string[] =>
  above.length === 0 ? [] : [`表头以上，不读取：${above.join(' | ').slice(0, LONGEST_NOTE)}`];
const LONGEST_NOTE = 200;
