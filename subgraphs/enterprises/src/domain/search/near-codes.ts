import { checkUscc, normalText, USCC_ALPHABET } from '@zhitong/values';

const LENGTH = 18;

/** A code that may be meant, with the places, counted from 1, at which it differs from what was typed. */
export interface NearCode {
  readonly uscc: string;
  readonly places: number[];
}

/**
 * The codes that a mistyped one may stand for: one character is another, or two neighbours are exchanged. The check
 * character of GB 32100-2015 leaves about one code for each place. Empty for a text that has not the length of a code.
 * @example nearCodes('91421222MA3L4W7M50').some(({ uscc }) => uscc === '91421222MA3L4W7M5Q') //=> true
 */
export function nearCodes(text: string): NearCode[] {
  const characters = [...normalText(text).toUpperCase().replaceAll(/[\s-]/g, '')];
  if (characters.length !== LENGTH) return [];
  const near: NearCode[] = [];
  const add = (changed: readonly string[], places: number[]): void => {
    const check = checkUscc(changed.join(''));
    if (check.ok) near.push({ uscc: check.uscc, places });
  };
  for (const [place, character] of characters.entries()) {
    for (const other of USCC_ALPHABET) if (other !== character) add(characters.with(place, other), [place + 1]);
    const next = characters[place + 1];
    if (next !== undefined && next !== character)
      add(characters.with(place, next).with(place + 1, character), [place + 1, place + 2]);
  }
  return near;
}
