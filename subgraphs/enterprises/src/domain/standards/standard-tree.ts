/** An entry of a classification that is a tree, in one edition of it. */
export interface StandardEntry<Level extends string = string> {
  readonly code: string;
  /** Name in Chinese, as the edition prints it. */
  readonly name: string;
  readonly level: Level;
  readonly edition: string;
  /** Code of the entry above; null at the top. */
  readonly parent: string | null;
  /** Codes in the edition in force that it became; empty for an entry of that edition itself. */
  readonly successors: readonly string[];
}

/** One classification in all its editions. */
export interface StandardTree<Level extends string = string> {
  /** The edition in force. */
  readonly inForce: string;
  /** All editions, the one in force first. */
  readonly editions: readonly string[];
  /** The entry with a code; undefined when the edition has none. */
  readonly entry: (code: string, edition: string) => StandardEntry<Level> | undefined;
  /** The entries below one, or the top ones for null, in the order of their codes. */
  readonly below: (code: string | null, edition: string) => readonly StandardEntry<Level>[];
  /** The entries of earlier editions that became the entry with a code of the edition in force. */
  readonly became: (code: string) => readonly StandardEntry<Level>[];
}

/**
 * Makes a tree of the entries of all its editions, each in the order of its codes.
 * @param editions the one in force first
 */
export function standardTree<Level extends string>(
  editions: readonly [inForce: string, ...earlier: string[]],
  entries: readonly StandardEntry<Level>[],
): StandardTree<Level> {
  const keyOf = (code: string | null, edition: string): string => `${edition} ${code ?? ''}`;
  const byCode = new Map(entries.map((entry) => [keyOf(entry.code, entry.edition), entry]));
  const children = grouped(entries, ({ parent, edition }) => keyOf(parent, edition));
  const former = grouped(
    entries.flatMap((entry) => entry.successors.map((successor) => ({ successor, entry }))),
    ({ successor }) => successor,
  );
  return {
    inForce: editions[0],
    editions,
    entry: (code, edition) => byCode.get(keyOf(code, edition)),
    below: (code, edition) => children.get(keyOf(code, edition)) ?? [],
    became: (code) => (former.get(code) ?? []).map(({ entry }) => entry),
  };
}

/** Items by key, each key's in their order. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
