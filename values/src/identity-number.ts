import { isProvince } from './province.js';

const SHAPE = /^(\d{6})(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** By the weighted sum modulo 11. */
const CHECK_CHARACTERS = '10X98765432';

/**
 * Whether a text in capitals is a citizen's identity number (公民身份号码): 18 characters with a province, a day of birth that
 * exists and the check character of GB 11643-1999.
 * @example isIdentityNumber('11010519491231002X') === true
 */
export function isIdentityNumber(text: string): boolean {
  const match = SHAPE.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[2]), Number(match[3]), Number(match[4])];
  const born = new Date(Date.UTC(year, month - 1, day));
  if (year < 1800 || year > 2199 || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day) return false;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text.charAt(place)), 0);
  return isProvince(text.slice(0, 2)) && text.charAt(17) === CHECK_CHARACTERS.charAt(sum % 11);
}
