/**
 * Names from several sources, each of which gives its own in order, merged: each name once, in order and in batches.
 */
export async function* namesInOrder(
  sources: readonly AsyncGenerator<string>[],
  atOnce: number,
): AsyncGenerator<string[]> {
  const next = await Promise.all(sources.map(async (source) => source.next()));
  let batch: string[] = [];
  for (;;) {
    const names = next.flatMap(({ done, value }) => (done === true ? [] : [value]));
    if (names.length === 0) break;
    const smallest = names.reduce((a, b) => (a < b ? a : b));
    batch.push(smallest);
    for (const [index, source] of sources.entries()) {
      const head = next[index];
      if (head?.done !== true && head?.value === smallest) next[index] = await source.next();
    }
    if (batch.length === atOnce) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Those of the names for which `holds`. */
export async function* those(names: AsyncIterable<unknown>, holds: (name: string) => boolean): AsyncGenerator<string> {
  for await (const name of names) if (typeof name === 'string' && holds(name)) yield name;
}
