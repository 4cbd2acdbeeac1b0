import { isDayWithin } from '../legal-day.js';
import { isProvince } from './standard-codes.js';

const SHAPE = /^(\d{6})(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** By the weighted sum modulo 11. */
const CHECK_CHARACTERS = '10X98765432';

/**
 * Whether a text in capitals is a citizen's identity number (公民身份号码): 18 characters with a province, a day of birth
 * that exists and the check character of GB 11643-1999.
 * @example isIdentityNumber('11010519491231002X') //=> true
 */
export function isIdentityNumber(text: string): boolean {
  const match = SHAPE.exec(text);
  if (match === null) return false;
  if (!isDayWithin(match.slice(2, 5).join('-'), 1800, 2199)) return false;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text.charAt(place)), 0);
  return isProvince(text.slice(0, 2)) && text.charAt(17) === CHECK_CHARACTERS.charAt(sum % 11);
}
