import type { InputFault } from '@zhitong/kit/commands';
import { asStored, parseHalfDays } from '@zhitong/values';
import { saidOfText } from '../../domain/refusal-words.js';

const LONGEST_NOTE = 2_000;
const LONGEST_PROMISE_DAYS = 90;

/** What is wrong with a name of 2 to 100 characters. */
export const nameFaults = (text: string, ...path: string[]): InputFault[] =>
  saidOfText(text, path, { longest: 100, shortest: 2 });

/** What is wrong with a note of 2 to 2,000 characters. */
export const noteFaults = (text: string, ...path: string[]): InputFault[] =>
  saidOfText(text, path, { longest: LONGEST_NOTE, shortest: 2 });

/** The same of one that may be left out. */
export const optionalNoteFaults = (text: string | null | undefined, ...path: string[]): InputFault[] =>
  text === null || text === undefined ? [] : noteFaults(text, ...path);

/** A text that may be left out, as it is stored. */
export const storedOrNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : asStored(text);

/** Half days of a promised time in working days, 0.5 to 90 in steps of 0.5; null for anything else. */
export function halfDaysOf(promisedDays: string): number | null {
  const halfDays = parseHalfDays(promisedDays, LONGEST_PROMISE_DAYS);
  return halfDays === 0 ? null : halfDays;
}
