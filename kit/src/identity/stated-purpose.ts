import type { Said } from '@zhitong/values';
import { z } from 'zod';
import { said } from '../refusal-words.js';

/** The header in which a caller says what personal data is asked for. */
export const PURPOSE_HEADER = 'x-purpose';

const LEAST = 4;
const MOST = 200;
/**
 * Control characters, halves of characters, and marks that turn the direction of writing: nobody could read them in the
 * record.
 */
const UNSHOWN = /[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** As of RFC 8187, but the charset may be left out: percent-encoded UTF-8 in printable ASCII. */
const ENCODED = /^(?:utf-8'[\w-]*')?([\x20-\x7e]*)$/i;

/** What is wrong with a purpose as text; null when it can be used: 4 to 200 readable characters. */
export function purposeFault(purpose: string): Said | null {
  const length = [...purpose].length;
  if (length < LEAST || length > MOST)
    return said('PURPOSE_OF_OTHER_LENGTH', { header: PURPOSE_HEADER, length, least: LEAST, most: MOST });
  return UNSHOWN.test(purpose) ? said('PURPOSE_UNREADABLE', { header: PURPOSE_HEADER }) : null;
}

/** A stated purpose within an actor. */
export const purposeSchema = z
  .string()
  .refine((purpose) => purposeFault(purpose) === null, { message: 'is no purpose of 4 to 200 readable characters' });

/** A purpose as the header states it, or why the header cannot be used. */
export type StatedPurpose =
  { readonly ok: true; readonly purpose: string } | { readonly ok: false; readonly words: Said };

/**
 * Reads the header `x-purpose`: percent-encoded UTF-8, as of RFC 8187 (`UTF-8''%E6%A0%B8…`), the part before the text
 * may be left out. Outer spaces do not count.
 */
export function readPurpose(header: string): StatedPurpose {
  const encoded = ENCODED.exec(header.trim())?.[1];
  if (encoded === undefined) return { ok: false, words: said('PURPOSE_NOT_ENCODED', { header: PURPOSE_HEADER }) };
  let purpose: string;
  try {
    purpose = decodeURIComponent(encoded).trim();
  } catch {
    return { ok: false, words: said('PURPOSE_BAD_PERCENT', { header: PURPOSE_HEADER }) };
  }
  const fault = purposeFault(purpose);
  return fault === null ? { ok: true, purpose } : { ok: false, words: fault };
}
