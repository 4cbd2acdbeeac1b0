import type { SourceRecord } from './source-record.js';
import type { MappedRow } from './target.js';

/** What a mapping makes of one record of a source. */
export type Mapped =
  | { readonly kind: 'row'; readonly row: MappedRow }
  | {
      readonly kind: 'refused';
      /** The natural key where it could be read all the same; a row without one keeps a run from sweeping. */
      readonly key: string | null;
      /** Header of the column at fault; null where the row is refused as a whole. */
      readonly column: string | null;
      /** The target's field at fault. */
      readonly field?: string | null;
      /** In Chinese, for the person who corrects the row. */
      readonly reason: string;
    }
  /** The mapping leaves such records out (void invoices, lines of totals). */
  | { readonly kind: 'skipped'; readonly reason?: string };

/** Makes rows of records; a pure function of the record, so that a run that is begun again makes the same. */
export type MapRecord = (record: SourceRecord) => Mapped;
