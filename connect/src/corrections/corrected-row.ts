import { hash } from 'node:crypto';
import type { RefusalRecord } from '../runs/collections.js';
import type { RecordSource, SourceRecord } from '../source-record.js';
import type { CellText } from './corrected-cells.js';

/** What a correction says, as a run is known by it: another one under the same key is another content. */
export const correctionDigest = (
  row: string,
  cells: readonly { readonly column: string; readonly text: string }[],
): string => hash('sha256', JSON.stringify([row, cells.map(({ column, text }) => [column, text]).sort()]));

/** A source of the one row that was corrected, which stands where the refused one stood. */
export function correctedRow(
  { _id, source, place }: Pick<RefusalRecord, '_id' | 'source' | 'place'>,
  cells: readonly CellText[],
  { digest, note }: { readonly digest: string; readonly note: string },
): RecordSource {
  const record: SourceRecord = {
    place,
    cells: new Map(cells.map(([column, text]) => [column, text === '' ? { kind: 'empty' } : { kind: 'text', text }])),
    refusal: _id.slice(source.length + 1),
    position: { record: 1 },
  };
  return {
    open: async ({ after }) =>
      Promise.resolve({
        header: { columns: cells.map(([column]) => column), notes: [note], digest },
        records: records(after === null ? [record] : []),
        [Symbol.asyncDispose]: async () => Promise.resolve(),
      }),
  };
}

async function* records(list: readonly SourceRecord[]): AsyncIterable<readonly SourceRecord[]> {
  if (list.length > 0) yield await Promise.resolve(list);
}
