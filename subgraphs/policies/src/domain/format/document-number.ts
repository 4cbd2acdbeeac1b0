import { createHash } from 'node:crypto';
import { normalText } from '@zhitong/values';

/**
 * Number of a government document: the issuer's short name (发文机关代字), the year in brackets, and the number within
 * that year (党政机关公文处理工作条例, 2012, article 9; GB/T 9704-2012, 7.2.5).
 */
const NUMBER = /^(\S+?)[〔[【(](\d{4})[〕\]】)](?:第)?0*([1-9]\d{0,4})号$/u;

/** Hexadecimal characters of the digest of the whole number: two documents of one year and number differ in it. */
const DIGEST_CHARACTERS = 8;

/**
 * A document number in its standard form: hexagonal brackets, no 第, no leading zeros, no spaces. Null for a text that
 * is none.
 * @example documentNumber('咸人社发[2026] 第012号') //=> '咸人社发〔2026〕12号'
 */
export function documentNumber(text: string): string | null {
  const [, issuer, year, number] = NUMBER.exec(normalText(text).replace(/\s/g, '')) ?? [];
  if (issuer === undefined || year === undefined || number === undefined) return null;
  return `${issuer}〔${year}〕${number}号`;
}

/**
 * The id of the policy that a document sets, from its number in standard form: year and number, which a reader finds
 * again, and a digest of the whole number, since other series have the same year and number.
 * @example policyIdOf('咸人社发〔2026〕12号') //=> 'doc-2026-12-…'
 */
export function policyIdOf(standard: string): string {
  const [, , year = '', number = ''] = NUMBER.exec(standard) ?? [];
  const digest = createHash('sha256').update(standard).digest('hex').slice(0, DIGEST_CHARACTERS);
  return `doc-${year}-${number}-${digest}`;
}
