import DataLoader from 'dataloader';

/** A per-request loader of records by key: one call of `fetch` for all keys of a tick; a key without a record gives null. */
export function loaderById<Row extends object, Key extends string = string>(fetch: (keys: readonly Key[]) => Promise<readonly Row[]>, keyOf: (row: Row) => Key): DataLoader<Key, Row | null> {
  return new DataLoader(async (keys) => {
    const found = new Map((await fetch(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => found.get(key) ?? null);
  });
}

/**
 * A per-request loader of something per parent that also depends on arguments (a page, a filter, the requested fields):
 * parents that ask with equal arguments in one tick are fetched together.
 */
export function loaderPerParent<Arguments, Value>(fetch: (parents: readonly string[], args: Arguments) => Promise<ReadonlyMap<string, Value>>): (parent: string, args: Arguments) => Promise<Value | undefined> {
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
