/**
 * A value as its source holds it. Numbers stay text: digits that JavaScript would lose are seen before they are lost.
 */
export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  /**
   * Decimal text, exponent included as the source writes it. `workbook` where a spreadsheet holds it: as a binary
   * number, of which digits after the fifteenth are lost, and which may be a day, counted from the beginning of its
   * calendar (1900 or 1904).
   */
  | { readonly kind: 'number'; readonly text: string; readonly workbook?: 1900 | 1904 }
  /**
   * A calendar day with an optional time of day, as the source's own date type holds it, without a zone:
   * YYYY-MM-DD[THH:mm:ss].
   */
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** The source holds no value but a fault: an error cell, a formula without a stored result. */
  | { readonly kind: 'fault'; readonly text: string };

/** Where a record stands in its source. Lines and rows count from one, as editors and spreadsheets show them. */
export interface Place {
  /** The file's name without its folders, the table, or the address without its secrets. */
  readonly source: string;
  readonly sheet?: string;
  readonly line?: number;
  /** The primary key where records have no lines. */
  readonly key?: string;
}

/**
 * A record that its source cannot give as it should: too many columns, broken characters, too long. It is refused, with
 * its place.
 */
export interface RecordFault {
  /** The column's header, where one column is at fault. */
  readonly column?: string;
  /** In Chinese, for the person who corrects the row. */
  readonly reason: string;
}

/** One record of a source. */
export interface SourceRecord {
  readonly place: Place;
  /** By column header; a column that the record does not have is absent, and an empty one is `empty`. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly fault?: RecordFault;
  /** The source may give a record again in the same run, as it is by then: of one key the last counts. */
  readonly isChange?: boolean;
  /** The source has it no more; the cells are what it was. Only of sources whose deletions the mapping asks for. */
  readonly isGone?: boolean;
  /** Of a row that was refused before and comes back: the number of its refusal. */
  readonly refusal?: string;
  /** What a run can start again after: opaque, only for the source that gave it, compared with nothing. */
  readonly position: Position;
}

/** A place after which reading goes on, as a source stores it: a JSON value. */
export type Position = Readonly<Record<string, string | number | boolean | null>>;

/** What a source says of itself before its first record. */
export interface SourceHeader {
  readonly columns: readonly string[];
  /** For the run's report: encoding, delimiter, sheet, hidden rows, and what else the reader decided. */
  readonly notes: readonly string[];
  /** Texts above the header of a table: its title, who filled it in, the unit of its amounts. */
  readonly above?: readonly string[];
  /**
   * A fingerprint of the contents where the source is a file: hexadecimal SHA-256. A position of another content is
   * refused.
   */
  readonly digest: string | null;
}

/** An opened source: read once, in order, with flat memory. */
export interface OpenSource extends AsyncDisposable {
  readonly header: SourceHeader;
  /** Records in lists of convenient length, after the position given when it was opened. */
  readonly records: AsyncIterable<readonly SourceRecord[]>;
  /** How long the whole source is, where its positions tell at which `byte` or in which `row` a record ends. */
  readonly length?: { readonly in: 'byte' | 'row'; readonly total: number };
  /**
   * Asked once all records were given: where the next run goes on, of a source that moves on also without a record.
   */
  readonly reached?: () => Position | null;
}

/** From where a source is read. */
export interface OpenOptions {
  /** The position of the last record that this run has landed; null at the run's beginning. */
  readonly after: Position | null;
  /**
   * The position of the last record of the run before, where a source has a watermark: what is older, less the overlap,
   * is not read again. Sources without a watermark are read from their beginning.
   */
  readonly since?: Position | null;
  readonly signal?: AbortSignal;
}

/** A source as a mapping describes it. */
export interface RecordSource {
  /** @throws SourceRefused when it is not what it is said to be, as a whole and before anything is given */
  open(options: OpenOptions): Promise<OpenSource>;
}

export { SourceRefused } from './source-refusals.js';
