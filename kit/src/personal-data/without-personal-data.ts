import { replacePersonalNumbers, type NumberNames } from './personal-numbers.js';

/** A bearer token or another JWT; and a cursor, which is a JSON list in base64 and holds what its list is sorted by. */
const SEALED = /eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|WyI[\w-]{4,}/g;
/** Other text in base64. */
const BASE64 = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
/** Values that MongoDB and Mongoose quote in the messages of their errors. */
const QUOTED_VALUES = /(dup key: )\{[^}]*\}|((?:for|invalid) value )"(?:[^"\\]|\\.)*"/g;

export const WITHHELD = '[withheld]';
const ALL_WITHHELD: NumberNames = { identity: WITHHELD, account: WITHHELD, mobile: WITHHELD, landline: WITHHELD };

const withoutNumbers = (text: string): string => replacePersonalNumbers(text, ALL_WITHHELD);

/**
 * A text fit for a log: without telephone, identity and account numbers, however they were typed, also inside base64;
 * without tokens and cursors, and without the values that a database's error quotes.
 */
export function withoutPersonalData(text: string): string {
  const opened = text
    .replace(SEALED, WITHHELD)
    .replace(
      QUOTED_VALUES,
      (_all, key: string | undefined, value: string | undefined) => `${key ?? value ?? ''}${WITHHELD}`,
    )
    .replace(BASE64, (run) => (hidesNumber(run) ? WITHHELD : run));
  return withoutNumbers(opened);
}

/** Tries each place at which the base64 may begin: a letter before it, as of an alias, moves all that follows. */
function hidesNumber(run: string): boolean {
  return [0, 1, 2, 3].some((start) => {
    const text = Buffer.from(run.slice(start), 'base64').toString('utf8');
    return withoutNumbers(text) !== text;
  });
}
