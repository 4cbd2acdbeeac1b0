import { isBlank, isLegalDay, type LegalDay } from '@zhitong/values';
import type { Problem } from '../problem.js';
import { isSha256, type LegalDocument } from './commitment.js';

export type DocumentReason = 'NO_DOCUMENT_NUMBER' | 'BAD_DOCUMENT_DATE' | 'BAD_DIGEST';

/**
 * Why a document that had to be there by `latest` cannot be recorded as given; null when it can. The path begins with
 * `document`.
 */
export function documentFault(
  { number, date, digest }: LegalDocument,
  latest: LegalDay,
): Problem<DocumentReason> | null {
  const at = (code: DocumentReason, field: keyof LegalDocument, message: string): Problem<DocumentReason> => ({
    code,
    path: ['document', field],
    message,
    details: { date, latest },
  });
  if (isBlank(number)) return at('NO_DOCUMENT_NUMBER', 'number', 'a legal document needs its number');
  if (!isLegalDay(date) || date > latest)
    return at('BAD_DOCUMENT_DATE', 'date', `"${date}" is not a date up to ${latest}`);
  if (digest !== null && !isSha256(digest))
    return at('BAD_DIGEST', 'digest', 'a digest is SHA-256 as 64 lower-case hexadecimal digits');
  return null;
}
