import { isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { CaseEvent } from '../domain/case-event.js';

const required = true;
const schema = new Schema<CaseEvent>(
  {
    caseNumber: { type: String, required },
    seq: { type: Number, required, min: 1 },
    at: { type: String, required },
    by: { type: Schema.Types.Mixed, required },
    change: { type: Schema.Types.Mixed, required },
  },
  { collection: 'case_events', versionKey: false, strict: 'throw', id: false },
);
// Two officers cannot write the same number: the second one's transaction fails here.
schema.index({ caseNumber: 1, seq: 1 }, { unique: true });

export type CaseEventStore = ReturnType<typeof caseEventStore>;

/** The histories: events are added, never changed; only an import that is undone takes its own back. */
export function caseEventStore(db: Connection) {
  const model = db.model('CaseEvent', schema);
  const plain = { _id: 0 } as const;
  return {
    /** Adds an event; false when its number is taken, which means that somebody else wrote in between. */
    append: async (event: CaseEvent, session: ClientSession): Promise<boolean> => {
      try {
        await model.collection.insertOne({ ...event }, { session });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    /** Adds events whose numbers are free in the transaction. */
    appendMany: async (events: readonly CaseEvent[], session: ClientSession): Promise<void> => {
      if (events.length > 0)
        await model.collection.insertMany(
          events.map((event) => ({ ...event })),
          { session },
        );
    },

    /** The history of a case in order; empty when there is no such case. */
    of: async (caseNumber: string, session?: ClientSession): Promise<CaseEvent[]> =>
      model
        .find({ caseNumber }, plain, { session: session ?? null })
        .sort({ seq: 1 })
        .lean<CaseEvent[]>(),

    /** Takes back the events of an import that was undone, from one number on; nobody has added any since. */
    takeBack: async (caseNumber: string, fromSeq: number, session: ClientSession): Promise<void> => {
      await model.collection.deleteMany({ caseNumber, seq: { $gte: fromSeq } }, { session });
    },

    /** The histories of many cases. */
    ofMany: async (caseNumbers: readonly string[], session?: ClientSession): Promise<Map<string, CaseEvent[]>> => {
      const events = await model
        .find({ caseNumber: { $in: [...caseNumbers] } }, plain, { session: session ?? null })
        .sort({ caseNumber: 1, seq: 1 })
        .lean<CaseEvent[]>();
      const byCase = new Map<string, CaseEvent[]>(caseNumbers.map((caseNumber) => [caseNumber, []]));
      for (const event of events) byCase.get(event.caseNumber)?.push(event);
      return byCase;
    },

    /** All histories, one case after the other, without holding them all. */
    async *all(): AsyncGenerator<CaseEvent[]> {
      let history: CaseEvent[] = [];
      for await (const event of model
        .find({}, plain)
        .sort({ caseNumber: 1, seq: 1 })
        .lean<CaseEvent[]>()
        .cursor({ batchSize: 1000 })) {
        const [first] = history;
        if (first !== undefined && first.caseNumber !== event.caseNumber) {
          yield history;
          history = [];
        }
        history.push(event);
      }
      if (history.length > 0) yield history;
    },

    /** Puts many events in unless they are there; for the demo's load, which can be run again. */
    addMissing: async (events: readonly CaseEvent[]): Promise<void> => {
      if (events.length === 0) return;
      await model.collection.bulkWrite(
        events.map((event) => ({
          updateOne: {
            filter: { caseNumber: event.caseNumber, seq: event.seq },
            update: { $setOnInsert: { ...event } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
  };
}
