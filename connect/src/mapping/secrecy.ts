import { isOpenField, type Secrecy } from '../runs/rows/secret-rows.js';
import type { Target } from '../target.js';
import { compileField } from './compile.js';
import type { Mapping } from './mapping.js';

/**
 * What a mapping makes of a source's anonymous records; undefined where none can be. A record without any of the
 * columns that say so, because they are called otherwise since, may be one, and so may one whose cell cannot be read.
 */
export function secrecyOf(mapping: Mapping, target: Pick<Target, 'fields' | 'key' | 'anonymity'>): Secrecy | undefined {
  const { anonymity } = target;
  const [stated, described] =
    anonymity === undefined ? [undefined, undefined] : [mapping.fields[anonymity], target.fields[anonymity]];
  if (anonymity === undefined || stated === undefined || described === undefined) return undefined;
  const says = compileField(anonymity, stated, described, mapping);
  const compiled = Object.entries(mapping.fields).flatMap(([name, field]) => {
    const of = target.fields[name];
    return of === undefined ? [] : [compileField(name, field, of, mapping)];
  });
  return {
    isOf: ({ cells, fault }) => {
      if (fault !== undefined) return true;
      const found = says.read(cells);
      if (found !== null) return !found.reading.ok || found.reading.value === true;
      return !says.columns.some((column) => cells.has(column));
    },
    isOpen: ({ cells, fault }, column) => {
      // Its cells may stand in wrong columns.
      if (fault !== undefined && fault.column === undefined) return false;
      const cell = cells.get(column);
      if (cell === undefined || cell.kind === 'empty') return true;
      const takers = compiled.filter(({ columns }) => columns.includes(column));
      return (
        takers.length > 0 &&
        takers.every(
          ({ name, read }) => isOpenField(target, name) && read(new Map([[column, cell]]))?.reading.ok !== false,
        )
      );
    },
  };
}
