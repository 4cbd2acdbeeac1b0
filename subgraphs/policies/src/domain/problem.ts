import type { Said } from './refusal-words.js';

/**
 * What is wrong with a policy version, its criteria, its benefit or a fact. Codes are stable; reasons are finer,
 * messages are for people.
 */
export type ProblemCode =
  | 'UNKNOWN_FACT'
  | 'UNKNOWN_OPERATOR'
  | 'WRONG_OPERATOR'
  | 'WRONG_TYPE'
  | 'WRONG_SHAPE'
  | 'UNREADABLE'
  | 'UNKNOWN_CODE'
  | 'UNKNOWN_KEY'
  | 'UNKNOWN_PARAMETER'
  | 'PARAMETER_WITHOUT_VALUE'
  | 'OUT_OF_RANGE'
  | 'CONTRADICTION'
  | 'UNREACHABLE_TIER'
  | 'TOO_DEEP'
  | 'TOO_LARGE'
  | 'BAD_FORMULA'
  | 'SELF_REFERENCE'
  | 'UNKNOWN_POLICY'
  | 'DIVISION_BY_ZERO'
  | 'BAD_WINDOW'
  | 'OVERLAPPING_WINDOW'
  | 'DUPLICATE';

/** One problem with its place, written as one would write it in the file: `criteria[1].anyOf[0].value`. */
export interface Problem extends Said {
  readonly place: string;
  readonly code: ProblemCode;
}

/** A value as a message may show it: at most 60 characters, never a whole object. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const text = typeof value === 'string' ? JSON.stringify(value) : `${value as number | bigint | boolean | null}`; // what is left when the others are gone
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
