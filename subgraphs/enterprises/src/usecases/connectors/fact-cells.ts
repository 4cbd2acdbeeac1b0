import type { FieldValue, TargetField } from '@zhitong/connect';
import { divideHalfUp } from '@zhitong/values';
import { limitOf } from '../../domain/fact-limits.js';
import type { SingleKind } from '../../domain/fact-vocabulary.js';

/** How columns hold facts of each kind. */
export const CELL_TYPES: Readonly<Record<SingleKind, TargetField['type']>> = {
  money: { kind: 'money', mayBeNegative: true },
  number: { kind: 'decimal' },
  integer: { kind: 'integer', least: 0 },
  boolean: { kind: 'boolean' },
  text: { kind: 'text', longest: 100 },
  texts: { kind: 'texts', longest: 100 },
  date: { kind: 'day' },
};
/** What a fact of each kind must be, for who corrects the row. */
const EXPECTED: Readonly<Record<SingleKind, string>> = {
  money: '应当是可精确表示的整数元',
  number: '应当是数字',
  integer: '应当是不小于零的整数',
  boolean: '应当是“是”或“否”',
  text: '应当是 1 至 100 个字符的文字',
  texts: '最多 50 项，每项 1 至 100 个字符',
  date: '应当是存在的日期',
};

/** What a fact's value must be, for the person who corrects the row. */
export function expectedCell(fact: string, kind: SingleKind): string {
  const limit = limitOf(fact, kind);
  if (limit === null) return EXPECTED[kind];
  return 'values' in limit
    ? `只能是${limit.values.join('、')}之一`
    : `${EXPECTED[kind]}，且在 ${String(limit.least)} 与 ${String(limit.most)} 之间`;
}

/** A value as the vocabulary has it: money in whole yuan, decimals as numbers. */
export function factValue(fact: string, kind: SingleKind | undefined, value: FieldValue): unknown {
  if (typeof value !== 'string') return value;
  if (kind === 'money') return Number(fact === 'exportsUSD' ? Math.round(Number(value)) : wholeYuan(value));
  return kind === 'number' || kind === 'integer' ? Number(value) : value;
}

const FEN_OF_YUAN = 100n;
const wholeYuan = (fen: string): bigint | number =>
  /^-?\d+$/.test(fen) ? divideHalfUp(BigInt(fen), FEN_OF_YUAN) : NaN;
