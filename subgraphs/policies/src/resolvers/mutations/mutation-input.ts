import { badUserInput, forbidden, requireRole, type Actor } from '@zhitong/kit';
import { asStored, isBlank, type ParsedYuan } from '@zhitong/values';
import { unshownIn } from '../../domain/format/readable-text.js';
import { said, type Said } from '../../domain/refusal-words.js';

const MOST_TEXT = 500;

/** A text of an input as it is stored; refused when it is too long, empty where it is needed, or not to be read. */
export function textArgument(text: string | null | undefined, name: string, needed: boolean): string {
  const trimmed = asStored(text ?? '');
  if (trimmed.length > MOST_TEXT)
    throw badUserInput(said('TEXT_TOO_LONG', { field: name, length: trimmed.length, most: MOST_TEXT }), [
      'input',
      name,
    ]);
  if (needed && isBlank(trimmed)) throw badUserInput(said('TEXT_NEEDED', { field: name }), ['input', name]);
  const unshown = unshownIn(name, trimmed);
  if (unshown !== null) throw badUserInput(unshown, ['input', name]);
  return trimmed;
}

/** What is wrong with an amount in yuan. */
export const badAmount = ({ message, zh }: Extract<ParsedYuan, { ok: false }>): Said =>
  said('BAD_AMOUNT', { fault: message, faultInChinese: zh });

/** The enterprise for which the caller acts. */
export function contactOf(actor: Actor | null, operation: string): { readonly actor: Actor; readonly uscc: string } {
  requireRole(actor, ['ENTERPRISE'], operation);
  if (actor.uscc === undefined) throw forbidden(said('FOR_ENTERPRISE_ITSELF', { operation }));
  return { actor, uscc: actor.uscc };
}
