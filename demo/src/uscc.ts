import { organisationCheckCharacter, USCC_ALPHABET, usccCheckCharacter } from '@zhitong/values';

const BODY_LENGTH = 8;

/** Second character of a USCC whose registration department is market regulation (9). */
export type UsccCategory = '1' | '2' | '3';

/**
 * Builds the unified social credit code (统一社会信用代码) of a market entity.
 * @param category `1` enterprise, `2` individual business, `3` farmers' cooperative
 * @param regionCode GB/T 2260, six digits
 * @param organisationBody first eight characters of the organisation code (GB 11714): digits, or capitals without I, O,
 *   Z, S, V
 * @throws RangeError when a part has another length or character
 */
export function makeUscc(category: UsccCategory, regionCode: string, organisationBody: string): string {
  if (!/^\d{6}$/.test(regionCode))
    throw new RangeError(`Expected a region code of six digits, but got "${regionCode}".`);
  if (
    organisationBody.length !== BODY_LENGTH ||
    [...organisationBody].some((character) => !USCC_ALPHABET.includes(character))
  )
    throw new RangeError(`Expected eight characters of an organisation code, but got "${organisationBody}".`);
  const body = `9${category}${regionCode}${organisationBody}${organisationCheckCharacter(organisationBody)}`;
  return body + usccCheckCharacter(body);
}
