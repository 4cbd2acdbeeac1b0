import { inTransaction } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import type { RecordNotes } from './record-history.js';

interface StoredForm {
  readonly _id: string;
  readonly form: number;
}

export type StoredForms = ReturnType<typeof storedForms>;

/** Which forms the stored records have: what an older release wrote is brought into the present one at a start. */
export function storedForms(db: Connection, history: RecordNotes) {
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
        await history.note('stored_forms', [{ _id: name }], session);
      });
    },
  };
}
