import { badUserInput, forbidden, requireRole, type Actor } from '@zhitong/kit';
import { isBlank } from '@zhitong/values';

const MOST_TEXT = 500;

/** A text of an input, trimmed; refused when it is too long, or empty where it is needed. */
export function textArgument(text: string | null | undefined, name: string, needed: boolean): string {
  const trimmed = (text ?? '').trim();
  if (trimmed.length > MOST_TEXT)
    throw badUserInput(`${name} has ${trimmed.length} characters; at most ${MOST_TEXT}.`, ['input', name]);
  if (needed && isBlank(trimmed)) throw badUserInput(`${name} is needed here.`, ['input', name]);
  return trimmed;
}

/** The enterprise for which the caller acts. */
export function contactOf(actor: Actor | null, operation: string): { readonly actor: Actor; readonly uscc: string } {
  requireRole(actor, ['ENTERPRISE'], operation);
  if (actor.uscc === undefined) throw forbidden(`${operation} is for an enterprise itself; this token names none.`);
  return { actor, uscc: actor.uscc };
}
