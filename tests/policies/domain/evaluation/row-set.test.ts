import fc from 'fast-check';
import {
  allRows,
  both,
  countRows,
  either,
  forEachRow,
  noRows,
  rowsWhere,
  without,
  type RowSet,
} from '../../../../subgraphs/policies/src/domain/evaluation/row-set.js';

function listed(set: RowSet): number[] {
  const rows: number[] = [];
  forEachRow(set, (row) => void rows.push(row));
  return rows;
}
const every = (size: number): number[] => Array.from({ length: size }, (_, row) => row);

describe('sets of rows', () => {
  const sizeAndRows = fc
    .constantFrom(0, 1, 31, 32, 33, 64, 65, 100)
    .chain((size) => fc.tuple(fc.constant(size), fc.subarray(every(size)), fc.subarray(every(size))));

  it('are what sets of numbers are', () => {
    fc.assert(
      fc.property(sizeAndRows, ([size, left, right]) => {
        const [one, other] = [
          rowsWhere(size, (row) => left.includes(row)),
          rowsWhere(size, (row) => right.includes(row)),
        ];
        expect(listed(one)).toEqual(left);
        expect(countRows(one)).toBe(left.length);
        expect(listed(both(one, other))).toEqual(left.filter((row) => right.includes(row)));
        expect(listed(either(one, other))).toEqual(
          every(size).filter((row) => left.includes(row) || right.includes(row)),
        );
        expect(listed(without(one, other))).toEqual(left.filter((row) => !right.includes(row)));
        expect(listed(one)).toEqual(left);
      }),
    );
  });

  it.each([0, 1, 31, 32, 33, 64, 70])('of %d rows hold all of them, or none, in a word for each 32', (size) => {
    expect([listed(allRows(size)), listed(noRows(size))]).toEqual([every(size), []]);
    expect([allRows(size).length, noRows(size).length]).toEqual([Math.ceil(size / 32), Math.ceil(size / 32)]);
  });
});
