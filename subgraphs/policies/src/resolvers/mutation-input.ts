import { badUserInput, forbidden, requireRole, type Actor } from '@zhitong/kit';
import type { Refusal } from '../generated/resolvers-types.js';
import type { CommandRefusal } from '../usecases/command.js';

const KEY = /^[\x21-\x7e]{8,64}$/;
const MOST_TEXT = 500;

/** An idempotency key: 8 to 64 printable ASCII characters without spaces, so that a repeat can be recognised. */
export function idempotencyKeyArgument(key: string): string {
  if (!KEY.test(key)) throw badUserInput('idempotencyKey must have 8 to 64 printable characters without spaces; a UUID is a good one.', ['input', 'idempotencyKey']);
  return key;
}

/** A text of an input, trimmed; refused when it is too long, or empty where it is needed. */
export function textArgument(text: string | null | undefined, name: string, needed: boolean): string {
  const trimmed = (text ?? '').trim();
  if (trimmed.length > MOST_TEXT) throw badUserInput(`${name} has ${trimmed.length} characters; at most ${MOST_TEXT}.`, ['input', name]);
  if (needed && trimmed === '') throw badUserInput(`${name} is needed here.`, ['input', name]);
  return trimmed;
}

/** A refusal of a command as the graph shows it. */
export const refusalOf = ({ code, message, path, details }: CommandRefusal): Refusal => ({ code, message, path: [...path], details });

/** The enterprise for which the caller acts. */
export function contactOf(actor: Actor | null, operation: string): { readonly actor: Actor; readonly uscc: string } {
  requireRole(actor, ['ENTERPRISE'], operation);
  if (actor.uscc === undefined) throw forbidden(`${operation} is for an enterprise itself; this token names none.`);
  return { actor, uscc: actor.uscc };
}
