import type { ClientSession, Connection } from 'mongoose';
import { inTransaction } from './connect.js';
import { isDuplicateKey } from './duplicate-key.js';

interface StoredForm {
  readonly _id: string;
  readonly form: number;
}

export type StoredForms = ReturnType<typeof storedForms>;

/**
 * Which forms the stored records have: what an older release wrote is brought into the present one at a start.
 * @param noted called in the transaction that enters a form
 */
export function storedForms(db: Connection, noted?: (name: string, session: ClientSession) => Promise<void>) {
  const collection = db.collection<StoredForm>('stored_forms');
  return {
    /**
     * Runs `work` unless it was done for this form already. It can be killed and run again, and run by two processes at
     * a time: it must do no harm twice.
     */
    bring: async (name: string, form: number, work: () => Promise<void>): Promise<void> => {
      if ((await collection.findOne({ _id: name }))?.form === form) return;
      await work();
      await inTransaction(db, async (session) => {
        await collection.replaceOne({ _id: name }, { form }, { upsert: true, session });
        await noted?.(name, session);
      });
    },
  };
}

/**
 * Enters in each record of a collection, the oldest first, the normal form by which it is found. Where two records of
 * an older form are one by this one, the later keeps what it had; a unique index over the field says which are.
 * Answers how many did. It can be killed and run again.
 * @param field where the form is kept
 * @param formOf the form of a record; null leaves the record alone
 */
export async function giveForms(
  collection: ReturnType<Connection['collection']>,
  field: string,
  formOf: (record: Readonly<Record<string, unknown>>) => string | null,
): Promise<number> {
  let taken = 0;
  for await (const record of collection.find({}).sort({ _id: 1 })) {
    const form = formOf(record);
    if (form === null || record[field] === form) continue;
    await collection.updateOne({ _id: record._id }, { $set: { [field]: form } }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      taken += 1;
    });
  }
  return taken;
}
