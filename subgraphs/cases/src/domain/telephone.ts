import { createHmac } from 'node:crypto';

/** Digits of a telephone number, whatever stands between them and in whatever width: 13812345678, 07158123456. */
function digitsOf(telephone: string): string {
  const plain = telephone.normalize('NFKC').replace(/[^\d+]/g, '');
  return plain
    .replace(/^(?:\+|00)86/, '')
    .replace(/\D/g, '')
    .replace(/^86(?=1\d{10}$)/, '');
}

/** Area codes: three digits for the ten that begin so (010, 020 to 029), four for the others. */
const LANDLINE = /^(?:010|02\d|0[3-9]\d\d)(\d{7,8})$/;
const SHORTEST = 5;

/**
 * The forms by which a number is found: whole, and for a landline without the area code, since who calls from within
 * the city may leave it out. None for what is no number.
 */
export function telephoneForms(telephone: string): string[] {
  const digits = digitsOf(telephone);
  if (digits.length < SHORTEST) return [];
  const local = LANDLINE.exec(digits)?.[1];
  return local === undefined ? [digits] : [digits, local];
}

/** Makes of a telephone number what it is found by: keyed hashes, from which nobody without the key gets it back. */
export type TelephoneHash = (telephone: string | null) => string[];

/** @param key the department's secret; who has it can find out numbers by trying all of them. */
export const telephoneHash =
  (key: string): TelephoneHash =>
  (telephone) =>
    telephone === null
      ? []
      : telephoneForms(telephone).map((form) => createHmac('sha256', key).update(form).digest('base64url'));
