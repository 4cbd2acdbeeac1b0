import { isLegalDay, type LegalDay } from '@zhitong/values';
import { isSha256, type LegalDocument } from './commitment.js';

/**
 * Why a document that had to be there by `latest` cannot be recorded as given; null when it can. The path begins with
 * `document`.
 */
export function documentFault(
  { number, date, digest }: LegalDocument,
  latest: LegalDay,
): { readonly path: readonly string[]; readonly message: string } | null {
  if (number.trim() === '') return { path: ['document', 'number'], message: 'a legal document needs its number' };
  if (!isLegalDay(date) || date > latest)
    return { path: ['document', 'date'], message: `"${date}" is not a date up to ${latest}` };
  if (digest !== null && !isSha256(digest))
    return { path: ['document', 'digest'], message: 'a digest is SHA-256 as 64 lower-case hexadecimal digits' };
  return null;
}
