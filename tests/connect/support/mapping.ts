import type { Mapped } from '../../../connect/src/mapped.js';
import { compileMapping, loadMapping, type Mapping, type TargetShape } from '../../../connect/src/mapping/index.js';
import type { Cell } from '../../../connect/src/source-record.js';
import { ENTERPRISE, TARGETS } from './targets.js';

const HEAD = 'name: register\ntarget: enterprise\ndepartment: SCJG\nsource: { kind: csv, path: a.csv }\n';
const REQUIRED = '  uscc: 统一社会信用代码\n  name: 企业名称\n';

/** A mapping with these lines of fields beside the required ones, and these settings. */
export function mappingWith(fields = '', settings = ''): Mapping {
  const loaded = loadMapping(`${HEAD}${settings}fields:\n${REQUIRED}${fields}`, TARGETS);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return loaded.mapping;
}

export const KEY = { 统一社会信用代码: '91540000735548579F', 企业名称: '西藏本源水利水电设备有限公司' };

/** What a mapping makes of cells; a bare text is a text cell, null an empty one. */
export function outcomeOf(
  mapping: Mapping,
  cells: Readonly<Record<string, string | null | Cell>>,
  target: TargetShape = ENTERPRISE,
): Mapped {
  return compileMapping(
    mapping,
    target,
  )({
    place: { source: 'a.csv', line: 7 },
    position: {},
    cells: new Map(
      Object.entries<string | null | Cell>({ ...KEY, ...cells }).map(([column, value]): [string, Cell] => [
        column,
        value === null ? { kind: 'empty' } : typeof value === 'string' ? { kind: 'text', text: value } : value,
      ]),
    ),
  });
}

/** The value of one field, `unknown`, or why the record is refused. */
export function valueOf(
  mapping: Mapping,
  field: string,
  cells: Readonly<Record<string, string | null | Cell>>,
): unknown {
  const outcome = outcomeOf(mapping, cells);
  if (outcome.kind === 'refused') return `refused ${outcome.column ?? ''}: ${outcome.reason}`;
  return outcome.kind === 'skipped' ? 'skipped' : (outcome.row.values[field] ?? 'unknown');
}
