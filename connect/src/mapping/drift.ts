import { normalText } from '@zhitong/values';
import type { Cell, SourceRecord } from '../source-record.js';
import type { TargetShape } from './compile.js';
import { editDistance } from './faults.js';
import type { Contract, Mapping } from './mapping.js';

/** What the values of a column look like; `mixed` where no kind has nine tenths of them. */
export type Shape = 'empty' | 'number' | 'digits' | 'day' | 'boolean' | 'text' | 'mixed';

/** Columns with what their values looked like: stored with a run, and compared at the next. */
export type SeenColumns = Readonly<Record<string, Shape>>;

/** What the run does about a difference, or about all of them: the first of these that any demands. */
export type Effect = 'stop' | 'quarantine' | 'go on';

/** One difference between what the mapping and the last run know and what the source has now. */
export interface Difference {
  readonly kind: 'missing' | 'renamed' | 'added' | 'retyped';
  readonly column: string;
  /** The new name of a renamed column. */
  readonly now?: string;
  readonly shapes?: { readonly before: Shape; readonly now: Shape };
  /** Fields of the target that the column fills. */
  readonly fields: readonly string[];
  readonly effect: Effect;
}

export interface Drift {
  readonly differences: readonly Difference[];
  readonly effect: Effect;
}

const EFFECTS: Readonly<Record<Contract, Effect>> = { required: 'stop', freeze: 'quarantine', evolve: 'go on' };
const ORDER: readonly Effect[] = ['stop', 'quarantine', 'go on'];
const CLEAR_SHARE = 0.9;
const DAY =
  /^(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[T ].*)?$/;

/** What the values of columns look like in some records. */
export function shapesOf(columns: readonly string[], records: readonly SourceRecord[]): SeenColumns {
  return Object.fromEntries(
    columns.map((column) => {
      const shapes = records.map(({ cells }) => shapeOf(cells.get(column))).filter((shape) => shape !== 'empty');
      if (shapes.length === 0) return [column, 'empty'];
      const [shape] = [...new Set(shapes)]
        .map((one) => [one, shapes.filter((other) => other === one).length] as const)
        .filter(([, count]) => count >= CLEAR_SHARE * shapes.length)
        .map(([one]) => one);
      return [column, shape ?? 'mixed'];
    }),
  );
}

function shapeOf(cell: Cell | undefined): Shape {
  if (cell === undefined || cell.kind === 'empty' || cell.kind === 'fault') return 'empty';
  if (cell.kind === 'date') return 'day';
  if (cell.kind !== 'text') return cell.kind;
  const text = normalText(cell.text);
  return DAY.test(text) ? 'day' : /^\d+$/.test(text) ? 'digits' : 'text';
}

/**
 * Compares what a source has with what its mapping, and the run before, know of it. A column that is gone while one
 * with a near name came is renamed. What each difference leads to, its column's contract says; a field without which no
 * record is taken stops the run.
 *
 * @param seen the columns of the run before; null at the first
 */
export function driftOf(mapping: Mapping, target: TargetShape, now: SeenColumns, seen: SeenColumns | null): Drift {
  const present = new Set(Object.keys(now));
  const contracts = contractsOf(mapping, target);
  const known = new Set([...contracts.keys(), ...Object.keys(seen ?? {})]);
  const isGone = (column: string): boolean =>
    !present.has(column) && (seen === null || column in seen || contracts.get(column)?.isAlone !== false);
  const alternatives = (column: string): boolean =>
    contracts.get(column)?.others.some((other) => present.has(other)) === true && seen?.[column] === undefined;
  const missing = [...known].filter((column) => isGone(column) && !alternatives(column));
  const added = [...present].filter((column) => !known.has(column));
  const differences: Difference[] = [];
  for (const column of missing) {
    const near = nearestName(column, added);
    const { fields, effect } = contracts.get(column) ?? { fields: [], effect: EFFECTS[mapping.newColumns] };
    if (near === null) {
      differences.push({ kind: 'missing', column, fields, effect });
    } else {
      added.splice(added.indexOf(near), 1);
      differences.push({ kind: 'renamed', column, now: near, fields, effect });
    }
  }
  // At the first run nobody has seen the columns that the mapping leaves out: they are no news.
  if (seen !== null)
    for (const column of added)
      differences.push({ kind: 'added', column, fields: [], effect: EFFECTS[mapping.newColumns] });
  for (const [column, shape] of Object.entries(now)) {
    const before = seen?.[column];
    if (before === undefined || before === shape || before === 'empty' || shape === 'empty') continue;
    const { fields, effect } = contracts.get(column) ?? { fields: [], effect: 'go on' as const };
    differences.push({ kind: 'retyped', column, shapes: { before, now: shape }, fields, effect });
  }
  const effect = ORDER.find((one) => differences.some((difference) => difference.effect === one)) ?? 'go on';
  return { differences, effect };
}

interface ColumnContract {
  readonly fields: readonly string[];
  readonly effect: Effect;
  /** Other columns that a field of it may come from. */
  readonly others: readonly string[];
  readonly isAlone: boolean;
}

/** Of each column that the mapping reads, the strictest of its contracts. */
function contractsOf(mapping: Mapping, target: TargetShape): Map<string, ColumnContract> {
  const contracts = new Map<string, ColumnContract>();
  const enter = (column: string, field: string | null, effect: Effect, others: readonly string[]): void => {
    const before = contracts.get(column);
    const strictest = ORDER.find((one) => one === effect || one === before?.effect) ?? effect;
    contracts.set(column, {
      fields: [...(before?.fields ?? []), ...(field === null ? [] : [field])],
      effect: strictest,
      others: [...(before?.others ?? []), ...others],
      isAlone: (before?.isAlone ?? true) && others.length === 0,
    });
  };
  for (const [name, field] of Object.entries(mapping.fields)) {
    const isNeeded = target.fields[name]?.required === true && field.constant === undefined;
    const effect = isNeeded ? 'stop' : EFFECTS[field.contract];
    for (const column of field.columns)
      enter(
        column,
        name,
        effect,
        field.columns.filter((other) => other !== column),
      );
    for (const column of [field.currencyColumn, field.prefixColumn])
      if (column !== undefined) enter(column, name, 'stop', []);
  }
  for (const column of mapping.only.keys()) enter(column, null, 'stop', []);
  return contracts;
}

/** The name that is so near to another that the same column is meant; without what stands in brackets. */
function nearestName(column: string, others: readonly string[]): string | null {
  const bare = (name: string): string => name.replace(/\([^)]*\)/g, '').toLowerCase();
  const scored = others
    .map((other) => {
      const [one, two] = [bare(column), bare(other)];
      const distance = one === two ? 0 : one.includes(two) || two.includes(one) ? 1 : editDistance(one, two);
      return { other, distance, most: Math.max(1, Math.floor(Math.min(one.length, two.length) / 3)) };
    })
    .filter(({ distance, most }) => distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return scored[0]?.other ?? null;
}

const SHAPES: Readonly<Record<Shape, string>> = {
  empty: '空',
  number: '数值',
  digits: '数字文本',
  day: '日期',
  boolean: '是非值',
  text: '文字',
  mixed: '多种内容',
};
const CONSEQUENCES: Readonly<Record<Effect, string>> = {
  stop: '停止运行',
  quarantine: '整批暂存',
  'go on': '继续运行',
};

/** A difference as reports tell it to officials, in Chinese. @param target gives its fields' names */
export function differenceText({ kind, column, now, shapes, fields, effect }: Difference, target: TargetShape): string {
  const names = fields.map((field) => `“${target.fields[field]?.headers[0] ?? field}”`);
  const filled = names.length === 0 ? '' : `（对应${names.join('、')}）`;
  const what = {
    missing: `缺少列“${column}”${filled}`,
    renamed: `列“${column}”${filled}似乎已改名为“${now ?? ''}”`,
    added: `新增列“${column}”`,
    retyped: `列“${column}”${filled}的内容原为${SHAPES[shapes?.before ?? 'empty']}，现为${SHAPES[shapes?.now ?? 'empty']}`,
  }[kind];
  return `${what}：${CONSEQUENCES[effect]}`;
}
