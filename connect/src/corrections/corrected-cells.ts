import { isWithheld } from './withheld.js';

/** A cell by its column's header. */
export type CellText = readonly [column: string, text: string];

/** The cells of a refused row as they are fed in again, or what is wrong with a correction. */
export type CorrectedCells =
  | { readonly ok: true; readonly cells: readonly CellText[] }
  | {
      readonly ok: false;
      readonly fault: 'UNKNOWN_COLUMN' | 'COLUMN_TWICE' | 'CELL_WITHHELD' | 'NOTHING_CORRECTED';
      readonly column: string;
    };

/**
 * Puts what was corrected in place of what was refused. What is not named stays as it was given, and has to be known
 * whole: in place of a cell that was masked, withheld or cut nothing but its right text is fed in.
 */
export function correctedCells(
  kept: readonly CellText[],
  given: readonly { readonly column: string; readonly text: string }[],
  {
    personal,
    columns,
  }: {
    /** Columns that hold personal data. */
    readonly personal: Pick<ReadonlySet<string>, 'has'>;
    /** Columns that the mapping reads, whether the row had them or not. */
    readonly columns: readonly string[];
  },
): CorrectedCells {
  const corrected = new Map<string, string>();
  const known = new Map(kept);
  for (const { column, text } of given) {
    if (!known.has(column) && !columns.includes(column)) return { ok: false, fault: 'UNKNOWN_COLUMN', column };
    if (corrected.has(column)) return { ok: false, fault: 'COLUMN_TWICE', column };
    corrected.set(column, text);
  }
  if (corrected.size === 0) return { ok: false, fault: 'NOTHING_CORRECTED', column: '' };
  const withheld = kept.find(([column, text]) => !corrected.has(column) && isWithheld(text, personal.has(column)));
  if (withheld !== undefined) return { ok: false, fault: 'CELL_WITHHELD', column: withheld[0] };
  return { ok: true, cells: [...new Map([...known, ...corrected])] };
}
