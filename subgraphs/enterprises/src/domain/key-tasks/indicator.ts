import type { TextFault } from '@zhitong/values';
import { said } from '../refusal-words.js';

/** Codes of indicators: `7` of the first level, `7.3` of the second. */
const CODE = /^[1-9]\d?(\.[1-9]\d?)?$/;

/** The code of the indicator above; null of one of the first level. */
export const parentCode = (code: string): string | null => (code.includes('.') ? (code.split('.')[0] ?? null) : null);

/** What is wrong with a code. */
export const codeFaults = (code: string): TextFault[] =>
  CODE.test(code) ? [] : [{ path: ['code'], ...said('BAD_INDICATOR_CODE', { code: code.slice(0, 20) }) }];

/** Order of codes: by number, each level by itself. */
export function byCode(one: string, other: string): number {
  const [a = 0, b = 0] = one.split('.').map(Number);
  const [c = 0, d = 0] = other.split('.').map(Number);
  return a - c || b - d;
}
