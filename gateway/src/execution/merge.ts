type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Adds to `target`, in place, what another department said of the same thing: objects are merged, lists of equal length item
 * by item, and of everything else the later answer counts.
 */
export function mergeInto(target: Json, source: Json | null | undefined): void {
  if (source === null || source === undefined) return;
  for (const key of Object.keys(source)) {
    const added = source[key];
    if (added === undefined) continue;
    // A key such as `constructor` must not be taken for what every object inherits, nor `__proto__` be written through.
    if (key in target && !Object.hasOwn(target, key)) Object.defineProperty(target, key, { value: undefined, configurable: true, enumerable: true, writable: true });
    const held = target[key];
    if (isRecord(held) && isRecord(added)) mergeInto(held, added);
    else if (Array.isArray(held) && Array.isArray(added) && held.length === added.length) mergeLists(held, added);
    else target[key] = added;
  }
}

function mergeLists(held: unknown[], added: readonly unknown[]): void {
  added.forEach((item, index) => {
    const before = held[index];
    if (isRecord(before) && isRecord(item)) mergeInto(before, item);
    else held[index] = item;
  });
}
