import { z } from 'zod';

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
export function purposeFault(purpose: string): string | null {
  const length = [...purpose].length;
  if (length < LEAST || length > MOST)
    return `has ${length} characters; say in ${LEAST} to ${MOST} what the data is needed for`;
  return UNSHOWN.test(purpose) ? 'holds characters that cannot be shown' : null;
}

/** A stated purpose within an actor. */
export const purposeSchema = z
  .string()
  .refine((purpose) => purposeFault(purpose) === null, { message: 'is no purpose of 4 to 200 readable characters' });

/** A purpose as the header states it, or why the header cannot be used. */
export type StatedPurpose =
  { readonly ok: true; readonly purpose: string } | { readonly ok: false; readonly message: string };

/**
 * Reads the header `x-purpose`: percent-encoded UTF-8, as of RFC 8187 (`UTF-8''%E6%A0%B8…`), the part before the text
 * may be left out. Outer spaces do not count.
 */
export function readPurpose(header: string): StatedPurpose {
  const encoded = ENCODED.exec(header.trim())?.[1];
  if (encoded === undefined)
    return { ok: false, message: `The header ${PURPOSE_HEADER} must hold percent-encoded UTF-8.` };
  let purpose: string;
  try {
    purpose = decodeURIComponent(encoded).trim();
  } catch {
    return { ok: false, message: `The header ${PURPOSE_HEADER} holds a percent sign that begins no UTF-8 character.` };
  }
  const fault = purposeFault(purpose);
  return fault === null ? { ok: true, purpose } : { ok: false, message: `The header ${PURPOSE_HEADER} ${fault}.` };
}
