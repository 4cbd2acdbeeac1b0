import { isIdentityNumber } from './identity-number.js';
import { normalText } from '../normal-text.js';
import { isProvince } from './standard-codes.js';

/** Digits and letters without I, O, S, V, Z (GB 32100-2015, table 1); the place of a character is its value. */
export const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const LENGTH = 18;
/** The central registration authority's place of registration. */
const CENTRAL = '100000';

/**
 * The registration authority (first character) with the kinds that it registers (second character): GB 32100-2015,
 * annex A.
 */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['1', '1239'], // 机构编制
  ['2', '19'], // 外交
  ['3', '123459'], // 司法行政
  ['4', '19'], // 文化
  ['5', '1239'], // 民政
  ['6', '129'], // 旅游
  ['7', '129'], // 宗教
  ['8', '19'], // 工会
  ['9', '123'], // 市场监督管理 (工商)
  ['A', '19'], // 军委机关
  ['N', '1239'], // 农业
  ['Y', '1'], // 其他
]);

/** The first rule of the standard that a text breaks. */
export type UsccProblem =
  'LENGTH' | 'CHARACTERS' | 'AUTHORITY' | 'REGION' | 'ORGANISATION' | 'IDENTITY_NUMBER' | 'CHECK_CHARACTER';

/**
 * What is unusual in a code that is accepted. CHECK_CHARACTER: it does not follow from the other characters, as in some
 * codes of before the standard was followed everywhere. ORGANISATION_PART: places 9 to 17 are no code of GB 11714.
 */
export type UsccRemark = 'CHECK_CHARACTER' | 'ORGANISATION_PART';

/** A code in its normal form, or the first rule that the text breaks, in words that may be shown and logged. */
export type UsccCheck =
  | { readonly ok: true; readonly uscc: string; readonly remarks: readonly UsccRemark[] }
  | { readonly ok: false; readonly problem: UsccProblem; readonly message: string };

/**
 * Reads a unified social credit code (统一社会信用代码) by GB 32100-2015: 18 characters of the standard's alphabet,
 * registration authority and kind, province of registration, check character (ISO 7064 style, mod 31). Case, width,
 * characters that nobody sees and white space around are put right first. A citizen's identity number is never taken
 * for a code, also where its last character happens to fit, and does not appear in the message.
 *
 * @param irregular `accept` takes a code with another check character than its first 17 characters give, with a remark:
 *   there are such codes in the register, so one that the register delivered or that an officer confirmed is a code.
 *   Else it is refused.
 * @example checkUscc(' 91110000600037341l ') //=> { ok: true, uscc: '91110000600037341L', remarks: [] }
 * @example checkUscc('91350203M0001QKT19', { irregular: 'accept' }).remarks //=> ['CHECK_CHARACTER']
 */
export function checkUscc(text: string, { irregular = 'refuse' }: { irregular?: 'accept' | 'refuse' } = {}): UsccCheck {
  const uscc = normalText(text).toUpperCase();
  const refuse = (problem: UsccProblem, why: string): UsccCheck => ({
    ok: false,
    problem,
    message: `${shown(uscc, text)} is not a unified social credit code: ${why} (GB 32100-2015).`,
  });
  if (isIdentityNumber(uscc)) return refuse('IDENTITY_NUMBER', "it is a person's identity number");
  const length = [...uscc].length;
  if (length !== LENGTH) return refuse('LENGTH', `it has ${length} characters, a code has ${LENGTH}`);
  const stranger = [...uscc].find((character) => !USCC_ALPHABET.includes(character));
  if (stranger !== undefined)
    return refuse(
      'CHARACTERS',
      `the character ${JSON.stringify(stranger)} does not occur in codes (digits and capital letters without I, O, S, V, Z)`,
    );
  if (KINDS.get(uscc.charAt(0))?.includes(uscc.charAt(1)) !== true)
    return refuse(
      'AUTHORITY',
      `no registration authority and kind have the characters ${JSON.stringify(uscc.slice(0, 2))}`,
    );
  const region = uscc.slice(2, 8);
  if (!/^\d{6}$/.test(region) || (region !== CENTRAL && !isProvince(region.slice(0, 2)))) {
    return refuse(
      'REGION',
      `places 3 to 8 are the region of registration and hold six digits that begin with a province's, not ${JSON.stringify(region)}`,
    );
  }
  const organisation = uscc.slice(8, 17);
  if (/^0+$/.test(organisation))
    return refuse('ORGANISATION', 'places 9 to 17 name the organisation and are not all zero');
  const remarks: UsccRemark[] = [];
  const expected = usccCheckCharacter(uscc.slice(0, 17));
  if (uscc.charAt(17) !== expected) {
    if (irregular === 'refuse')
      return refuse(
        'CHECK_CHARACTER',
        `the check character is ${uscc.charAt(17)}, by the first 17 characters it must be ${expected}`,
      );
    remarks.push('CHECK_CHARACTER');
  }
  if (organisation.charAt(8) !== organisationCheckCharacter(organisation.slice(0, 8)))
    remarks.push('ORGANISATION_PART');
  return { ok: true, uscc, remarks };
}

/**
 * The check character that belongs to the first 17 characters of a code (GB 32100-2015, annex B).
 * @example usccCheckCharacter('91110108551385082') //=> 'Q'
 */
export function usccCheckCharacter(first17: string): string {
  const sum = [...first17].reduce(
    (total, character, place) => total + USCC_ALPHABET.indexOf(character) * (WEIGHTS[place] ?? 0),
    0,
  );
  return USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/**
 * Check character of an organisation code: mod 11 over its first eight characters, `X` for ten (GB 11714-1997, 4.2). A
 * letter is worth its place in the whole alphabet, from A = 10.
 * @example organisationCheckCharacter('55138508') //=> '2'
 */
export function organisationCheckCharacter(first8: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, place) => total + weight * Number.parseInt(first8.charAt(place), 36),
    0,
  );
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/**
 * A pattern that finds each text with the shape of a code, between other characters than letters and digits: what leads
 * to an enterprise is taken out of texts for the public also where it was mistyped. Made anew by each call, because it
 * keeps a place.
 * @example '代码91110000600037341L。'.replace(usccInText(), '…') //=> '代码…。'
 */
export function usccInText(): RegExp {
  return new RegExp(`(?<![0-9A-Za-z])[${USCC_ALPHABET}]{2}\\d{6}[${USCC_ALPHABET}]{10}(?![0-9A-Za-z])`, 'g');
}

/** The text as a message may repeat it: short, and without what may be a person's number (identity card, telephone). */
function shown(normal: string, given: string): string {
  if (isIdentityNumber(normal)) return JSON.stringify(`${normal.slice(0, 6)}********${normal.slice(14)}`);
  if (/^\+?[\d\s()-]{11,21}[xX]?$/.test(normal)) return JSON.stringify(`${normal.slice(0, 6)}…`);
  return JSON.stringify([...given].slice(0, 40).join(''));
}
