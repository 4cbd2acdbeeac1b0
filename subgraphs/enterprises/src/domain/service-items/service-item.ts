import type { TextFault } from '@zhitong/values';
import { said } from '../refusal-words.js';

/** A desk at which a matter is taken in: of whoever comes (全市通办), or for its own district alone. */
export interface Counter {
  /** District, six digits of GB/T 2260. */
  readonly region: string;
  readonly address: string;
}

/** What a matter of the catalogue says (办事指南). */
export interface ServiceItemContent {
  readonly name: string;
  /** Code of the department that decides. */
  readonly departmentCode: string;
  readonly conditions: readonly string[];
  readonly documents: readonly string[];
  /** Law, article by article. */
  readonly legalBasis: readonly string[];
  /** Twice the promised working days; 0: decided at once (即办). */
  readonly promisedHalfDays: number;
  /** Working days that the law allows; null where it names none. */
  readonly legalWorkingDays: number | null;
  readonly isCityWide: boolean;
  readonly counters: readonly Counter[];
  /** Where it is applied for online (网上办), https; null where it is not. */
  readonly onlineAddress: string | null;
  /** Staff numbers of the agents (代办帮办员) who help with it. */
  readonly agents: readonly string[];
}

const MOST_LINES = 50;
const LONGEST_LINE = 500;
const HALVES = 2;

/** What is wrong with a list of lines. */
export function linesFaults(lines: readonly string[], path: string): TextFault[] {
  if (lines.length > MOST_LINES)
    return [{ path: [path], ...said('TOO_MANY_LINES', { most: MOST_LINES, linesCount: lines.length }) }];
  return lines.flatMap((line, at): TextFault[] =>
    line.trim().length >= 2 && line.length <= LONGEST_LINE
      ? []
      : [{ path: [path, String(at)], ...said('BAD_LINE', { most: LONGEST_LINE }) }],
  );
}

/**
 * What forbids a matter's entry: a promise is no longer than the law allows, and a matter can be applied for somewhere;
 * what is taken in city-wide (全市通办) has a counter.
 */
export function itemFaults({
  promisedHalfDays,
  legalWorkingDays,
  isCityWide,
  counters,
  onlineAddress,
}: Pick<
  ServiceItemContent,
  'promisedHalfDays' | 'legalWorkingDays' | 'isCityWide' | 'counters' | 'onlineAddress'
>): TextFault[] {
  if (legalWorkingDays !== null && promisedHalfDays > legalWorkingDays * HALVES)
    return [{ path: ['promisedDays'], ...said('PROMISE_BEYOND_LAW', { legalWorkingDays }) }];
  if (counters.length === 0 && onlineAddress === null) return [{ path: ['counters'], ...said('NO_WAY_TO_APPLY') }];
  return isCityWide && counters.length === 0 ? [{ path: ['counters'], ...said('NO_COUNTER') }] : [];
}

/** What a bundle of matters (一件事一次办) comes to. */
export interface BundleSums {
  /** Each document once, in the order of the matters. */
  readonly documents: readonly string[];
  /** The longest promise, since departments work at once (并联办理). */
  readonly promisedHalfDays: number;
}

/**
 * What a bundle asks for and promises.
 * @example bundleSums([{ documents: ['营业执照', '身份证'], promisedHalfDays: 1 }, { documents: ['身份证'], promisedHalfDays: 10 }]) //=> { documents: ['营业执照', '身份证'], promisedHalfDays: 10 }
 */
export const bundleSums = (
  items: readonly Pick<ServiceItemContent, 'documents' | 'promisedHalfDays'>[],
): BundleSums => ({
  documents: [...new Set(items.flatMap(({ documents }) => documents))],
  promisedHalfDays: Math.max(0, ...items.map(({ promisedHalfDays }) => promisedHalfDays)),
});
