import { normalText } from './normal-text.js';

/**
 * The normal form in which numbers of bank receipts, delivery notes, contracts and documents are compared, so that one
 * is used once however it was typed: NFKC, capitals, without white space anywhere. What was typed is kept beside it for
 * display.
 * @example normalReference(' ｈｄ2026 0001') //=> 'HD20260001'
 */
export function normalReference(text: string): string {
  return normalText(text).replace(/\s+/gu, '').toUpperCase();
}
