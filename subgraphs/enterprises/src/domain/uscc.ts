/** Digits and letters without I, O, S, V, Z (GB 32100-2015, table 1); the place of a character is its value. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

export type UsccProblem = 'LENGTH' | 'CHARACTERS' | 'REGION' | 'CHECK_CHARACTER';

/** A valid unified social credit code, or the first rule of GB 32100-2015 that the text breaks, in words. */
export type UsccCheck = { readonly ok: true; readonly uscc: string } | { readonly ok: false; readonly problem: UsccProblem; readonly message: string };

/**
 * Checks a unified social credit code (统一社会信用代码) by GB 32100-2015: 18 characters of the standard's alphabet, digits
 * in places 3 to 8 (registration region), check character by ISO 7064 style mod 31. White space around and lower case are
 * accepted and put right; nothing else is.
 *
 * Our own check, because the library that we tried (stdnum 1.12) refuses valid codes whose check character is 0 and codes of
 * registration authorities with a letter.
 */
export function checkUscc(text: string): UsccCheck {
  const uscc = text.trim().toUpperCase();
  const refuse = (problem: UsccProblem, why: string): UsccCheck => ({ ok: false, problem, message: `${JSON.stringify(text.slice(0, 40))} is not a unified social credit code: ${why} (GB 32100-2015).` });
  if (uscc.length !== 18) return refuse('LENGTH', `it has ${uscc.length} characters, a code has 18`);
  const stranger = [...uscc].find((character) => !ALPHABET.includes(character));
  if (stranger !== undefined) return refuse('CHARACTERS', `the character ${JSON.stringify(stranger)} does not occur in codes (digits and capital letters without I, O, S, V, Z)`);
  if (!SHAPE.test(uscc)) return refuse('REGION', 'places 3 to 8 are a region code and hold digits only');
  const expected = checkCharacter(uscc.slice(0, 17));
  if (uscc[17] !== expected) return refuse('CHECK_CHARACTER', `the check character is ${uscc[17] ?? ''}, by the first 17 characters it must be ${expected}`);
  return { ok: true, uscc };
}

/** The check character that belongs to the first 17 characters of a code (GB 32100-2015, annex). */
function checkCharacter(first17: string): string {
  const sum = [...first17].reduce((total, character, place) => total + ALPHABET.indexOf(character) * (WEIGHTS[place] ?? 0), 0);
  return ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}
