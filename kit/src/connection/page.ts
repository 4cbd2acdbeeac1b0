import { createHash } from 'node:crypto';
import { badUserInput } from '../errors.js';
import { said } from '../refusal-words.js';
import type { Position } from '../mongo/keyset.js';

export const LARGEST_PAGE = 200;
export const DEFAULT_PAGE = 20;
const SEAL_CHARACTERS = 10;

/** Relay's four page arguments. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A checked page: read `limit` rows from `position` on, in turned order when `backwards`. */
export interface Page {
  readonly limit: number;
  readonly backwards: boolean;
  readonly position: Position | undefined;
  /** Ties cursors to the list they came from. */
  readonly binding: string;
}

/**
 * Checks Relay page arguments. A cursor is bound to the list, its filter and its order: one from another query is
 * refused.
 * @param list name of the list with everything that decides its rows and their order, for example `{ list: 'cases',
 *   filter, orderBy }`.
 * @param keys number of sort keys that a cursor of this list carries.
 * @throws GraphQLError BAD_USER_INPUT naming the argument.
 */
export function parsePage(
  args: PageArguments,
  {
    list,
    keys,
    largest = LARGEST_PAGE,
    usual = DEFAULT_PAGE,
  }: { list: unknown; keys: number; largest?: number; usual?: number },
): Page {
  const first = args.first ?? undefined;
  const last = args.last ?? undefined;
  const after = args.after ?? undefined;
  const before = args.before ?? undefined;
  if (last !== undefined && first !== undefined) throw badUserInput(said('FIRST_AND_LAST'), ['last']);
  if (after !== undefined && before !== undefined) throw badUserInput(said('AFTER_AND_BEFORE'), ['before']);
  if (last !== undefined && after !== undefined) throw badUserInput(said('AFTER_WITH_LAST'), ['after']);
  if (first !== undefined && before !== undefined) throw badUserInput(said('BEFORE_WITH_FIRST'), ['before']);
  const backwards = last !== undefined || before !== undefined;
  const [name, size] = last === undefined ? (['first', first] as const) : (['last', last] as const);
  if (size !== undefined && size < 0) throw badUserInput(said('PAGE_NEGATIVE', { name, size }), [name]);
  if (size !== undefined && size > largest)
    throw badUserInput(said('PAGE_TOO_LARGE', { name, size, most: largest }), [name]);
  let made: string | undefined;
  // Made where a cursor is read or shown; most lists inside lists show none.
  const bind = (): string => (made ??= createHash('sha256').update(JSON.stringify(list)).digest('base64url'));
  const cursor = backwards ? before : after;
  return {
    limit: size ?? usual,
    backwards,
    get binding() {
      return bind();
    },
    position:
      cursor === undefined
        ? undefined
        : decodeCursor(cursor, { binding: bind(), keys, argument: backwards ? 'before' : 'after' }),
  };
}

/**
 * Writes the cursor of a row: a seal, and the row's sort keys. The seal ties the cursor to its list and to the kinds of
 * its keys, so that a text never stands where the list has a day. Dates are marked so that they come back as dates.
 */
export function encodeCursor(binding: string, position: Position): string {
  return Buffer.from(
    JSON.stringify([
      seal(binding, position),
      ...position.map((value) => (value instanceof Date ? { d: value.getTime() } : value)),
    ]),
  ).toString('base64url');
}

/** A short digest of the list and of what kind each key is. */
function seal(binding: string, position: Position): string {
  const kinds = position.map((value) => (value === null ? 'null' : value instanceof Date ? 'date' : typeof value));
  return createHash('sha256')
    .update(JSON.stringify([binding, ...kinds]))
    .digest('base64url')
    .slice(0, SEAL_CHARACTERS);
}

function decodeCursor(
  cursor: string,
  { binding, keys, argument }: { binding: string; keys: number; argument: string },
): Position {
  const unusable = (): Error => badUserInput(said('BAD_CURSOR', { name: argument }), [argument]);
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw unusable();
  }
  if (!Array.isArray(parts) || parts.length !== keys + 1) throw unusable();
  const position = parts.slice(1).map((value: unknown) => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (
      typeof value === 'object' &&
      'd' in value &&
      typeof value.d === 'number' &&
      !Number.isNaN(new Date(value.d).getTime())
    )
      return new Date(value.d);
    throw unusable();
  });
  if (parts[0] !== seal(binding, position)) throw unusable();
  return position;
}
