import type { InputFault } from '@zhitong/kit/commands';
import { asStored, parseDecimal } from '@zhitong/values';
import { saidOfText } from '../../domain/refusal-words.js';

const LONGEST_NOTE = 2_000;

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
  const read = parseDecimal(promisedDays, 1);
  return read.ok && read.units % 5 === 0 && read.units >= 5 && read.units <= 900 ? read.units / 5 : null;
}
