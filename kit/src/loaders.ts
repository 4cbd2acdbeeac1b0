import DataLoader from 'dataloader';

/** The loaders of a request, and how they are made to forget what they read. */
export interface RenewableLoaders<Loaders> {
  readonly loaders: Loaders;
  /** Forgets what was read, because something has been or may be written: `guarded` does so around each mutation. */
  readonly renewLoaders: () => void;
}

/**
 * Loaders whose object stays the same when they are made anew, so that whoever holds it (a copy of the context, a
 * resolver that took it out of the context before a write) reads afresh.
 */
export function renewableLoaders<Loaders extends object>(create: () => Loaders): RenewableLoaders<Loaders> {
  const loaders = create();
  return { loaders, renewLoaders: () => void Object.assign(loaders, create()) };
}

/**
 * A per-request loader of records by key: one call of `fetch` for all keys of a tick; a key without a record gives
 * null.
 */
export function loaderById<Row extends object, Key extends string = string>(
  fetch: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): DataLoader<Key, Row | null> {
  return new DataLoader(async (keys) => {
    const found = new Map((await fetch(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => found.get(key) ?? null);
  });
}

/**
 * A per-request loader of something per parent that also depends on arguments (a page, a filter, the requested fields):
 * parents that ask with equal arguments in one tick are fetched together.
 */
export function loaderPerParent<Arguments, Value>(
  fetch: (parents: readonly string[], args: Arguments) => Promise<ReadonlyMap<string, Value>>,
): (parent: string, args: Arguments) => Promise<Value | undefined> {
  const loaders = new Map<string, DataLoader<string, Value | undefined>>();
  return (parent, args) => {
    const id = JSON.stringify(args);
    let loader = loaders.get(id);
    if (loader === undefined) {
      loader = new DataLoader<string, Value | undefined>(async (parents) => {
        const values = await fetch(parents, args);
        return parents.map((key) => values.get(key));
      });
      loaders.set(id, loader);
    }
    return loader.load(parent);
  };
}
