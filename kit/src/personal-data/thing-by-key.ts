import type { Words } from '@zhitong/values';
import { forbidden, unauthenticated } from '../errors.js';
import { said } from '../refusal-words.js';
import type { Actor } from '../identity/actor.js';
import type { AccessNote } from './access-notes.js';
import { admitPurpose, type PurposeContext } from './purpose.js';

/** One thing that was asked for by its key, and what decides whether the caller may read it. */
export interface AskedThing<Thing> {
  /** What is stored under the key. */
  readonly found: Thing | null | undefined;
  /** True for a caller who reads all things of the kind, and so may learn that there is none under the key. */
  readonly readsAll: boolean;
  /** Whether the caller reads this one without a purpose. */
  readonly mayRead: (thing: Thing) => boolean;
  /** How a refusal calls it, made of the key alone: `The case SQ2026-000001`. */
  readonly called: Words;
  /** Who reads it without a purpose, for the refusal: "the enterprise itself, …". */
  readonly readers: Words;
}

/** What a stated purpose opens of a thing. */
export interface OpenedThing<Thing> {
  /** What is recorded of the reading. */
  readonly noted: (thing: Thing) => AccessNote;
  /** The thing as a caller with a purpose reads it. */
  readonly opened: (thing: Thing) => Thing;
}

const refusal = (actor: Actor | null, { called, readers }: Pick<AskedThing<unknown>, 'called' | 'readers'>) =>
  (actor === null ? unauthenticated : forbidden)(
    said('READERS_ONLY', {
      called: called.en,
      calledInChinese: called.zh,
      readers: readers.en,
      readersInChinese: readers.zh,
    }),
  );

/**
 * The one answer to a key, for every entity and every way to it: the thing; null when there is none, for a caller who
 * reads all of the kind; otherwise an error at its place, in the same words for one that the caller may not read and
 * for one that does not exist.
 * @throws GraphQLError FORBIDDEN, UNAUTHENTICATED without a token
 */
export function readThing<Thing>({ actor }: { readonly actor: Actor | null }, asked: AskedThing<Thing>): Thing | null {
  const found = asked.found ?? null;
  if (found === null ? asked.readsAll : asked.mayRead(found)) return found;
  throw refusal(actor, asked);
}

/**
 * The same for a thing that a stated purpose opens to officials of the government; that is noted, and written before
 * the response goes out.
 * @throws GraphQLError FORBIDDEN (with `reason` PURPOSE_REQUIRED where a purpose would do), UNAUTHENTICATED,
 *   DEPARTMENT_UNAVAILABLE
 *   when nobody can say whether the caller's department exists
 */
export async function readThingForPurpose<Thing>(
  context: PurposeContext,
  asked: AskedThing<Thing>,
  { noted, opened }: OpenedThing<Thing>,
): Promise<Thing | null> {
  const found = asked.found ?? null;
  if (context.actor === null || (found === null ? asked.readsAll : asked.mayRead(found)))
    return readThing(context, asked);
  await admitPurpose(context, {
    about: null,
    datum: asked.called.en,
    called: asked.called,
    readers: asked.readers,
  });
  // Only now, so that no outage of the register reveals which keys exist.
  if (found === null) throw refusal(context.actor, asked);
  context.accesses.note(noted(found));
  return opened(found);
}
