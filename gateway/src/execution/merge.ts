import { isDeepStrictEqual } from 'node:util';
import { askedBelow, markWithin, type AskedSelection } from './asked-selection.js';
import type { GraphTypes } from './graph-types.js';
import { foundFault, isHeld, Lost, REST, type Held } from './lost.js';

/** Who says what is merged, and what of it was asked for. */
export interface Telling {
  readonly department: string;
  readonly types: GraphTypes;
}

/**
 * Adds to `target`, in place, what another department said of the same thing. Objects are merged, lists item by item.
 * Where two departments give different values for one field there is no telling which is right: the value is missing,
 * with an error.
 */
export function mergeInto(target: Held, source: Held, asked: AskedSelection, telling: Telling): void {
  for (const key of Object.keys(source)) {
    const added = source[key];
    // Nobody asks for `__proto__`; to write it would change what the object inherits.
    if (added === undefined || key === '__proto__') continue;
    const held = Object.hasOwn(target, key) ? target[key] : undefined;
    if (held === undefined) target[key] = added;
    else if (key === '__typename') target[key] = combinedTypename(held, added, telling);
    else if (held !== added) target[key] = combined(held, added, askedBelow(asked, key), telling);
  }
}

function combined(held: unknown, added: unknown, asked: AskedSelection | undefined, telling: Telling): unknown {
  if (added instanceof Lost) {
    if (asked !== undefined) markWithin(held, asked, added, telling.types);
    return held;
  }
  if (held instanceof Lost) return withRest(added, held);
  if (asked !== undefined && isHeld(held) && isHeld(added)) {
    mergeInto(held, added, asked, telling);
    return held;
  }
  if (Array.isArray(held) && Array.isArray(added)) {
    if (held.length !== added.length) return contradiction(telling);
    return held.map((item: unknown, index) =>
      item === added[index] ? item : combined(item, added[index], asked, telling),
    );
  }
  return isSame(held, added) ? held : contradiction(telling);
}

/** Departments may write an ID as text or as a number. */
function isSame(held: unknown, added: unknown): boolean {
  const isText =
    typeof held === 'string' && typeof added === 'number'
      ? held === String(added)
      : typeof held === 'number' && typeof added === 'string' && String(held) === added;
  return isText || isDeepStrictEqual(held, added);
}

function contradiction({ department }: Telling): Lost {
  return new Lost([foundFault('Two departments contradict each other here.', department)]);
}

/** What one department could not say of an object, another has said in part: the rest stays missing. */
function withRest(value: unknown, lost: Lost): unknown {
  if (Array.isArray(value)) for (const item of value) withRest(item, lost);
  else if (isHeld(value)) value[REST] ??= lost.elsewhere();
  return value;
}

/**
 * A department that knows only an interface (`@interfaceObject`) calls its objects by the interface's name: the type
 * counts.
 */
function combinedTypename(held: unknown, added: unknown, telling: Telling): unknown {
  if (held === added || added === null || held instanceof Lost) return held;
  if (typeof held !== 'string' || typeof added !== 'string') return contradiction(telling);
  if (telling.types.isAbstract(added)) return held;
  return telling.types.isAbstract(held) ? added : contradiction(telling);
}
