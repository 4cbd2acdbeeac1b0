import type { Collection, Document } from 'mongodb';
import { isDuplicateKey } from './duplicate-key.js';

/** The part of the driver's collection, and of Mongoose's `model.collection`, that is needed here. */
interface Insertable {
  insertMany(records: Document[], options: { ordered: false }): ReturnType<Collection['insertMany']>;
}

/**
 * Puts records in unless they are there; what is there, whoever wrote it, stays as it is. A unique index must say what
 * counts as the same record. For loads that can be run again, also two at once.
 */
export async function insertMissing(collection: Insertable, records: readonly object[]): Promise<void> {
  if (records.length === 0) return;
  try {
    // Copies, because the driver writes its _id into what it is given.
    await collection.insertMany(
      records.map((record) => ({ ...record })),
      { ordered: false },
    );
  } catch (error) {
    if (!onlyDuplicates(error)) throw error;
  }
}

function onlyDuplicates(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== 'MongoBulkWriteError' || !('writeErrors' in error)) return false;
  const faults: unknown[] = [error.writeErrors].flat();
  return faults.length > 0 && faults.every(isDuplicateKey);
}
