import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Cell, Mapped, MapRecord, RecordSource, SourceRecord } from '@zhitong/connect';

/** Rows as a file would hold them: text by header; the first stands in line 2. */
export type Row = Readonly<Record<string, string>>;

const LIST = 7;
const cellOf = (text: string): Cell => (text === '' ? { kind: 'empty' } : { kind: 'text', text });

/** A source over rows in memory. `failAfter`: the reading breaks after so many records. */
export function memorySource(
  rows: readonly Row[],
  { failAfter, hasDigest = true }: { readonly failAfter?: number; readonly hasDigest?: boolean } = {},
): RecordSource {
  const digest = hasDigest ? createHash('sha256').update(JSON.stringify(rows)).digest('hex') : null;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const recordOf = (row: Row, index: number): SourceRecord => ({
    place: { source: 'memory.csv', line: index + 2 },
    cells: new Map(Object.entries(row).map(([header, text]) => [header, cellOf(text)])),
    position: { row: index + 1 },
  });
  return {
    open: async ({ after, since }) => {
      const { row: from = 0 } = (after ?? since ?? {}) as { readonly row?: number };
      return {
        header: { columns, notes: ['UTF-8'], digest },
        records: (async function* () {
          for (let at = from; at < rows.length; at += LIST) {
            await setImmediate();
            if (failAfter !== undefined && at >= failAfter) throw new Error('the line was cut');
            yield rows.slice(at, at + LIST).map((row, index) => recordOf(row, at + index));
          }
        })(),
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
  };
}

/**
 * A mapping by hand: fields by header, the key by the key fields; a row without key is refused, one that says `skip` is
 * left out.
 */
export const mapBy =
  (fields: Readonly<Record<string, string>>, key: readonly string[]): MapRecord =>
  ({ cells, place }): Mapped => {
    const stated = Object.entries(fields).flatMap(([header, field]) => {
      const cell = cells.get(header);
      return cell?.kind === 'text' ? [[field, cell.text, header] as const] : [];
    });
    const values = Object.fromEntries(stated.map(([field, text]) => [field, text]));
    if (stated.some(([, text]) => text === 'skip')) return { kind: 'skipped' };
    if (key.some((field) => values[field] === undefined)) {
      const column = Object.entries(fields).find(([, field]) => key.includes(field))?.[0] ?? null;
      return { kind: 'refused', key: null, column, reason: '缺少主键' };
    }
    return {
      kind: 'row',
      row: {
        key: key.map((field) => values[field] ?? '').join('|'),
        values,
        columns: Object.fromEntries(stated.map(([field, , header]) => [field, header])),
        place,
      },
    };
  };
