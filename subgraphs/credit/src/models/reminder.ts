import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { RecordNotes } from './record-history.js';

/** A reminder that was handed to the outbox. */
export interface SentReminder {
  readonly commitmentId: string;
  readonly dueOn: string;
  readonly stage: string;
}

const required = true;
const schema = new Schema<SentReminder>(
  { commitmentId: { type: String, required }, dueOn: { type: String, required }, stage: { type: String, required } },
  { collection: 'reminders', versionKey: false, strict: 'throw' },
);
// One reminder for each stage of a due day, whatever the number of processes.
schema.index({ commitmentId: 1, dueOn: 1, stage: 1 }, { unique: true });

export type ReminderStore = ReturnType<typeof reminderStore>;

/** Reminders that were sent. */
export function reminderStore(db: Connection, history: RecordNotes) {
  const model = db.model('Reminder', schema);
  return {
    /** Of these reminders, those that were sent. */
    sent: async (reminders: readonly SentReminder[]): Promise<SentReminder[]> =>
      model
        .find({ commitmentId: { $in: reminders.map(({ commitmentId }) => commitmentId) } }, { _id: 0 })
        .lean<SentReminder[]>(),
    insert: async (reminders: readonly SentReminder[], session: ClientSession): Promise<void> => {
      await model.insertMany(reminders, { session, lean: true });
      await history.note('reminders', reminders, session);
    },
  };
}
