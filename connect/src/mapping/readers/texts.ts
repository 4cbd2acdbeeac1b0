import { normalText } from '@zhitong/values';
import { toHalfWidth } from '../../text/index.js';
import { decimalText } from './numbers.js';
import { holdsIdentityNumber } from './shown.js';
import {
  accept,
  isShortened,
  LOST_DIGITS,
  refuse,
  SHORTENED,
  textOf,
  type FilledCell,
  type Reading,
  type Shown,
} from './reading.js';

/** What a mapping may have done to a text, in its order. White space around a text never counts. */
export const TRANSFORMS = ['trim', 'half-width', 'upper-case', 'lower-case', 'no-spaces', 'one-line'] as const;
export type Transform = (typeof TRANSFORMS)[number];

const APPLY: Readonly<Record<Transform, (text: string) => string>> = {
  trim: (text) => text.trim(),
  'half-width': toHalfWidth,
  'upper-case': (text) => text.toUpperCase(),
  'lower-case': (text) => text.toLowerCase(),
  'no-spaces': (text) => text.replace(/\s/g, ''),
  'one-line': (text) => text.replace(/\s+/g, ' '),
};

export const transformed = (text: string, transforms: readonly Transform[]): string =>
  transforms.reduce((one, transform) => APPLY[transform](one), text).trim();

/** Digits that a spreadsheet's number holds. */
const SHEET_DIGITS = 15;
const MOST_TEXTS = 200;
const IDENTITY_AS_NAME = '这一列应当填名称，填的却是居民身份证号码（此处不予显示）；请改填名称';

/**
 * A text of so many characters at most; a longer one is refused, never cut. `digits` is how many digits it has, neither
 * more nor fewer; with `pads` one that has fewer gets the zeros back that a spreadsheet took from it, and is flagged. A
 * name holds no identity number: such a one is refused and not repeated.
 */
export function textReader(
  {
    longest,
    digits,
    pads,
    isName,
  }: {
    readonly longest: number;
    readonly digits: number | undefined;
    readonly pads: boolean;
    readonly isName: boolean;
  },
  shown: Shown,
) {
  return (cell: FilledCell): Reading<string> => {
    let text = textOf(cell);
    let flag: string | undefined;
    if (isName && holdsIdentityNumber(text)) return refuse(IDENTITY_AS_NAME);
    if (isShortened(cell)) return refuse(SHORTENED);
    if (cell.kind === 'number') {
      const number = decimalText(text);
      if (number === null) return refuse(`${shown(text)} 不是数字`);
      if (cell.workbook !== undefined && number.replace(/\D/g, '').length > SHEET_DIGITS) return refuse(LOST_DIGITS);
      text = number;
    }
    if (digits !== undefined) {
      const bare = normalText(text);
      if (!/^\d+$/.test(bare)) return refuse(`${shown(text)} 应当是 ${String(digits)} 位数字`);
      const isShort = bare.length < digits;
      if (isShort && pads)
        flag = `${shown(bare)} 只有 ${String(bare.length)} 位，前面的 0 已丢失，按 ${String(digits)} 位补足`;
      else if (bare.length !== digits)
        return refuse(
          `${shown(text)} 有 ${String(bare.length)} 位，应当是 ${String(digits)} 位${isShort ? '；前面的 0 可能已经丢失' : ''}`,
        );
      text = bare.padStart(digits, '0');
    }
    const length = [...text].length;
    return length > longest
      ? refuse(`有 ${String(length)} 个字符，最多 ${String(longest)} 个`)
      : { ...accept(text), ...(flag !== undefined && { flag }) };
  };
}

/** A list of texts, parted by semicolons, 、 or line ends unless the mapping says by what. */
export function textsReader({
  longest,
  separator,
}: {
  readonly longest: number;
  readonly separator: string | undefined;
}) {
  return (cell: FilledCell): Reading<readonly string[]> => {
    const parts = textOf(cell)
      .split(separator ?? /[;；、\r\n]+/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
    if (parts.length > MOST_TEXTS) return refuse(`有 ${String(parts.length)} 项，最多 ${String(MOST_TEXTS)} 项`);
    const long = parts.find((part) => [...part].length > longest);
    if (long !== undefined) return refuse(`其中一项有 ${String([...long].length)} 个字符，最多 ${String(longest)} 个`);
    return accept([...new Set(parts)]);
  };
}

const YES = new Set(['是', '有', 'Y', 'YES', 'TRUE', 'T', '1', '√', '✓', '对']);
const NO = new Set(['否', '没有', 'N', 'NO', 'FALSE', 'F', '0', '×', 'X', '错']);

/** Yes or no. */
export function booleanReader(shown: Shown) {
  return (cell: FilledCell): Reading<boolean> => {
    if (cell.kind === 'boolean') return accept(cell.value);
    const text = normalText(textOf(cell)).toUpperCase();
    if (YES.has(text)) return accept(true);
    if (NO.has(text)) return accept(false);
    return refuse(`${shown(textOf(cell))} 分不清是或否，应当是“是”或“否”`);
  };
}
