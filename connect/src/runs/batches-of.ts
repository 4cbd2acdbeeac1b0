import type { OpenSource, SourceRecord } from '../source-record.js';

/**
 * A source's records in batches of one size. The next batch is read while the caller works on this one, so that reading
 * and decoding take the time in which the database is waited for; one batch ahead and no more.
 */
export async function* batchesOf(
  { records }: Pick<OpenSource, 'records'>,
  size: number,
): AsyncGenerator<readonly SourceRecord[], void, undefined> {
  const iterator = cut(records, size)[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      next = iterator.next();
      // Whoever stops in between does not see how the batch ahead failed.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await next.catch(() => undefined);
    await iterator.return(undefined);
  }
}

async function* cut(
  lists: AsyncIterable<readonly SourceRecord[]>,
  size: number,
): AsyncGenerator<readonly SourceRecord[], void, undefined> {
  let batch: SourceRecord[] = [];
  for await (const list of lists)
    for (const record of list) {
      batch.push(record);
      if (batch.length === size) {
        yield batch;
        batch = [];
      }
    }
  if (batch.length > 0) yield batch;
}
