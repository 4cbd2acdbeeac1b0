/** Digits and letters without I, O, S, V, Z (GB 32100-2015, table 1); the place of a character is its value. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** Why a text is no unified social credit code (GB 32100-2015); null when it is one. A promise must never hang on a mistyped code. */
export function usccFault(text: string): string | null {
  const named = JSON.stringify(text.slice(0, 40));
  if (text.length !== 18) return `${named} is not a unified social credit code: it has ${text.length} characters, a code has 18`;
  if (!SHAPE.test(text)) return `${named} is not a unified social credit code: it holds digits and capital letters without I, O, S, V, Z, with a region code of digits in places 3 to 8`;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * ALPHABET.indexOf(text.charAt(place)), 0);
  const expected = ALPHABET.charAt((31 - (sum % 31)) % 31);
  return text.charAt(17) === expected ? null : `${named} is not a unified social credit code: its check character must be ${expected}`;
}
