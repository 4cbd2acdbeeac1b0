import type { Connection } from 'mongoose';

/** Something that was read elsewhere, and when. */
export interface Reading<Value> {
  readonly value: Value;
  readonly readAt: Date;
}

export interface ReadingStore<Value> {
  /** The last reading; null before the first one. */
  latest(): Promise<Reading<Value> | null>;
  put(reading: Reading<Value>): Promise<void>;
}

interface StoredReading {
  readonly _id: string;
  readonly value?: unknown;
  readonly readAt: Date;
}

/** Stores the last reading as one document, so that whoever looks sees one reading whole. */
export function readingStore<Value>(
  connection: Connection,
  { collection, id }: { collection: string; id: string },
): ReadingStore<Value> {
  const readings = connection.collection<StoredReading>(collection);
  return {
    latest: async () => {
      const stored = await readings.findOne({ _id: id });
      // A document of an earlier form counts as none: the next reading replaces it.
      return stored?.value === undefined ? null : { value: stored.value as Value, readAt: stored.readAt };
    },
    put: async ({ value, readAt }) => {
      await readings.replaceOne({ _id: id }, { value, readAt }, { upsert: true });
    },
  };
}
