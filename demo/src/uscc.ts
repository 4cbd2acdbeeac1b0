/** Characters of a USCC in the order of their values (GB 32100-2015, table 2): I, O, Z, S and V are left out. */
const USCC_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Second character of a USCC whose registration department is market regulation (9). */
export type UsccCategory = '1' | '2' | '3';

/**
 * Builds the unified social credit code (统一社会信用代码) of a market entity.
 * @param category `1` enterprise, `2` individual business, `3` farmers' cooperative
 * @param regionCode GB/T 2260, six digits
 * @param organisationBody first eight characters of the organisation code (GB 11714): digits, or capitals without I, O, Z, S, V
 * @throws RangeError when a part has another length or character
 */
export function makeUscc(category: UsccCategory, regionCode: string, organisationBody: string): string {
  if (!/^\d{6}$/.test(regionCode)) throw new RangeError(`Expected a region code of six digits, but got "${regionCode}".`);
  const body = `9${category}${regionCode}${organisationBody}${organisationCheckCharacter(organisationBody)}`;
  const sum = USCC_WEIGHTS.reduce((total, weight, i) => total + weight * USCC_CHARACTERS.indexOf(body.charAt(i)), 0);
  return body + USCC_CHARACTERS.charAt((31 - (sum % 31)) % 31);
}

/**
 * Check character of an organisation code: mod 11 over the eight characters, `X` for ten (GB 11714-1997, 4.2).
 * @throws RangeError when the body is not eight characters that a USCC may hold
 */
export function organisationCheckCharacter(body: string): string {
  if (!/^[0-9A-HJ-NP-RTUWXY]{8}$/.test(body)) throw new RangeError(`Expected eight characters of an organisation code, but got "${body}".`);
  // In an organisation code a letter is worth its place in the full alphabet from A = 10.
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * Number.parseInt(body.charAt(i), 36), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}
