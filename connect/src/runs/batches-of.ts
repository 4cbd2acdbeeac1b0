import type { OpenSource, SourceRecord } from '../source-record.js';

/**
 * A source's records in batches, each prepared. The next batch is read and prepared while the caller works
 * on this one, so that reading, decoding and mapping take the time in which the database is waited for; one batch ahead
 * and no more.
 * @param size records of the batch that is begun
 * @param prepare called for one batch after the other; it gives way now and then, or the caller's work stands still
 */
export async function* batchesOf<Batch>(
  { records }: Pick<OpenSource, 'records'>,
  size: () => number,
  prepare: (records: readonly SourceRecord[]) => Promise<Batch>,
): AsyncGenerator<Batch, void, undefined> {
  const batches = cut(records, size);
  const ahead = async (): Promise<{ readonly batch: Batch } | null> => {
    const { done, value } = await batches.next();
    return done === true ? null : { batch: await prepare(value) };
  };
  let next = ahead();
  try {
    for (;;) {
      const ready = await next;
      if (ready === null) return;
      next = ahead();
      // Whoever stops in between does not see how the batch ahead failed.
      next.catch(() => undefined);
      yield ready.batch;
    }
  } finally {
    await next.catch(() => undefined);
    await batches.return(undefined);
  }
}

async function* cut(
  lists: AsyncIterable<readonly SourceRecord[]>,
  size: () => number,
): AsyncGenerator<readonly SourceRecord[], void, undefined> {
  let batch: SourceRecord[] = [];
  let most = size();
  for await (const list of lists)
    for (const record of list) {
      batch.push(record);
      if (batch.length < most) continue;
      yield batch;
      batch = [];
      most = size();
    }
  if (batch.length > 0) yield batch;
}
