import { asItWas, REJECT_COLUMNS } from '../runs/rows/reject-file.js';
import type { Cell, RecordSource, SourceRecord } from '../source-record.js';

const OWN: readonly string[] = REJECT_COLUMNS;
const [, , NUMBER] = REJECT_COLUMNS;
const numberIn = (cell: Cell | undefined): string | undefined =>
  cell?.kind === 'text' ? asItWas(cell.text) : undefined;

/**
 * Records of a reject file that somebody has corrected, as the source has them: without place and reason of the
 * refusal.
 */
export function correctedSource(file: RecordSource): RecordSource {
  return {
    open: async (options) => {
      const open = await file.open(options);
      return {
        header: { ...open.header, columns: open.header.columns.filter((column) => !OWN.includes(column)) },
        records: corrected(open.records),
        [Symbol.asyncDispose]: async () => open[Symbol.asyncDispose](),
      };
    },
  };
}

async function* corrected(lists: AsyncIterable<readonly SourceRecord[]>): AsyncIterable<readonly SourceRecord[]> {
  for await (const records of lists)
    yield records.map((record) => ({
      ...record,
      refusal: numberIn(record.cells.get(NUMBER)),
      cells: new Map(
        [...record.cells].flatMap(([column, cell]): [string, Cell][] =>
          OWN.includes(column)
            ? []
            : [[column, cell.kind === 'text' ? { kind: 'text', text: asItWas(cell.text) } : cell]],
        ),
      ),
    }));
}
