import type { ClientSession } from 'mongoose';
import type { Place } from './source-record.js';

/**
 * A value of a department's own record, as a mapping makes it: JSON values alone; money is whole fen as a bigint's
 * decimal text.
 */
export type FieldValue = string | number | boolean | null | readonly string[];

/**
 * What a field of a department's record takes. A text that is a name (of a person, of an enterprise) takes no identity
 * number. `code` has codes with their Chinese names, which names in cells are translated to; `list` is the Chinese
 * name of the list that fills them, where a department begins without any; `unfit` are texts that real systems have and
 * that stand for none of them, each with what is to be done, in Chinese. `money` gives whole fen as decimal text;
 * `decimal` and `rate` decimal text, a rate as a fraction of one; `instant` RFC 3339 in UTC; `uscc` a normal form of
 * GB 32100, of which those with an irregular check character are taken that somebody has `confirmed`.
 */
export type FieldType =
  | { readonly kind: 'text'; readonly longest: number; readonly isName?: boolean }
  | { readonly kind: 'integer'; readonly least?: number; readonly most?: number }
  | { readonly kind: 'decimal' }
  | { readonly kind: 'money'; readonly mayBeNegative?: boolean }
  | { readonly kind: 'rate' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'day' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'year' }
  | { readonly kind: 'uscc'; readonly confirmed?: Pick<ReadonlySet<string>, 'has'> }
  | { readonly kind: 'telephone' }
  | {
      readonly kind: 'code';
      readonly codes: ReadonlyMap<string, readonly string[]>;
      readonly list?: string;
      readonly unfit?: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'texts'; readonly longest: number };

/** A field of a department's record that a mapping may fill. */
export interface TargetField {
  readonly type: FieldType;
  /** Without it a row is refused. */
  readonly required: boolean;
  /** One sentence in English, as the graph describes the field. */
  readonly description: string;
  /**
   * What columns of real systems are called that hold it, in Chinese: for the guess at a mapping. The first is its name
   * in reports.
   */
  readonly headers: readonly [string, ...string[]];
  /**
   * A name, a telephone number, an address: shown to nobody in reports, logs and lists of refusals who may not see it.
   */
  readonly isPersonal?: boolean;
}

/**
 * A row that the mapping made, not yet judged by the department. Fields that the source does not know are absent:
 * unknown, never zero.
 */
export interface MappedRow {
  /** The natural key: one text, made of the target's key fields in their order. */
  readonly key: string;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Header of the column that each field came from. */
  readonly columns: Readonly<Record<string, string>>;
  readonly place: Place;
  /** What of its cells was mended, or taken as an exception, because the mapping asks for it. */
  readonly flags?: readonly RowFlag[];
}

/** A cell that was mended, or taken as an exception, for whoever checks it. */
export interface RowFlag {
  /** The target's field. */
  readonly field: string;
  readonly column: string | null;
  /** In Chinese. */
  readonly text: string;
}

/** What became of a row. */
export type Landed =
  /** `before` is what undoing the run needs: JSON, or null for what was not there. */
  | { readonly kind: 'new' | 'changed'; readonly before: unknown }
  | { readonly kind: 'unchanged' }
  /** `field` is the target's field at fault; the reason is Chinese, for the person who corrects the row. */
  | { readonly kind: 'refused'; readonly field: string | null; readonly reason: string };

/** What one batch is landed within. */
export interface Landing {
  /** Everything is written in this transaction: rows, events, the run's position. */
  readonly session: ClientSession;
  readonly runId: string;
  /** The source's name, of its mapping. */
  readonly source: string;
  /** Code of the department that delivers. */
  readonly department: string;
  readonly now: Date;
}

/**
 * One kind of record that a department takes from connectors: what it consists of, and how it lands through the
 * department's own rules. `land` gets rows with different keys, judges each by itself, writes what it takes with the
 * events that such a change has, and gives as many results in the same order; a row that is refused changes nothing. In
 * a dry run the transaction is given up.
 */
export interface Target {
  /** As mappings name it: small letters and hyphens. */
  readonly name: string;
  readonly fields: Readonly<Record<string, TargetField>>;
  readonly key: readonly string[];
  /**
   * The field, yes or no, by which nobody may learn whose a record is. What is kept and told of such rows beside the
   * department's own record then names nobody.
   */
  readonly anonymity?: string;
  /**
   * Keys are numbers of the deliverer's own system: one number of two departments is two records, and not one on which
   * two sources differ.
   */
  readonly areKeysOfDepartment?: boolean;
  /**
   * Under what a record is known beside the text of its key, in the form in which the department compares it: a number
   * that is typed in several ways, an id that a row names. Two rows of a run that share one are one record, and the
   * second is refused. Absent where the text of a key is its only form. Of a row that could not be read `values` is
   * empty.
   */
  names?(row: Pick<MappedRow, 'key' | 'values'>): readonly string[];
  land(rows: readonly MappedRow[], landing: Landing): Promise<readonly Landed[]>;
  /**
   * Does of the work of landing what needs no database, while the batch before is being written: a few rows at a time,
   * of which not all need land. Absent where that is nothing.
   */
  prepare?(rows: readonly MappedRow[]): void;
  /** Marks records that a complete delivery no longer has. Absent where the department's records never end that way. */
  sweep?(keys: readonly string[], landing: Landing): Promise<readonly Landed[]>;
  /** Takes back what a run did to a record, unless something has changed it since; then it says so as `refused`. */
  undo(
    rows: readonly { readonly key: string; readonly before: unknown }[],
    landing: Landing,
  ): Promise<readonly Landed[]>;
}
