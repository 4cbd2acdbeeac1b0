import { asItWas, REJECT_COLUMNS } from '../runs/rows/reject-file.js';
import { WITHHELD } from '../runs/rows/secret-rows.js';
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

/** A row of a file that the hub kept, of which it was not told whose it is. */
function faultOf({ cells, fault }: SourceRecord): Pick<SourceRecord, 'fault'> {
  const withheld = [...cells].find(([, cell]) => cell.kind === 'text' && cell.text === WITHHELD);
  if (withheld === undefined) return fault === undefined ? {} : { fault };
  return { fault: { column: withheld[0], reason: WITHHELD_HERE } };
}

const WITHHELD_HERE = '这一行属匿名，内容已隐去，不能由此文件送入；请在来源系统中更正后重新交来';

async function* corrected(lists: AsyncIterable<readonly SourceRecord[]>): AsyncIterable<readonly SourceRecord[]> {
  for await (const records of lists)
    yield records.map((record) => ({
      ...record,
      ...faultOf(record),
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
