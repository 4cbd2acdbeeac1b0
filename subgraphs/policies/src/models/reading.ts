import { Schema, type Connection } from 'mongoose';

/** One reading of the whole register through the graph, page by page. */
export interface ReadingRecord {
  id: string;
  status: 'RUNNING' | 'FINISHED';
  /** Cursor after the last page that was stored; null at the beginning. */
  after: string | null;
  total: number;
  done: number;
  /** Enterprises whose facts differed from what was held here. */
  mended: number;
  /** Enterprises that were held here and are registered no longer. */
  removed: number;
  /** Enterprises for which the credit department did not respond. */
  withoutCredit: number;
  startedAt: Date;
  finishedAt: Date | null;
}

const required = true;
const schema = new Schema<ReadingRecord>(
  {
    id: { type: String, required },
    status: { type: String, required },
    after: { type: String, default: null },
    total: { type: Number, required },
    done: { type: Number, required },
    mended: { type: Number, required },
    removed: { type: Number, required },
    withoutCredit: { type: Number, required },
    startedAt: { type: Date, required },
    finishedAt: { type: Date, default: null },
  },
  { collection: 'readings', versionKey: false, strict: 'throw' },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ status: 1 }, { unique: true, partialFilterExpression: { status: 'RUNNING' } }); // one at a time
schema.index({ finishedAt: -1 });

export type ReadingStore = ReturnType<typeof readingStore>;

/** Readings, so that one that was interrupted goes on where it stopped. */
export function readingStore(db: Connection) {
  const model = db.model('Reading', schema);
  return {
    running: async (): Promise<ReadingRecord | null> =>
      model.findOne({ status: 'RUNNING' }, { _id: 0 }).lean<ReadingRecord>(),
    latestFinished: async (): Promise<ReadingRecord | null> =>
      model.findOne({ status: 'FINISHED' }, { _id: 0 }).sort({ finishedAt: -1 }).lean<ReadingRecord>(),
    begin: async (reading: ReadingRecord): Promise<void> => {
      await model.create(reading);
    },
    /** Notes a stored page; false when another process has moved the reading on. */
    advance: async (
      id: string,
      from: string | null,
      {
        after,
        total,
        done,
        mended,
        withoutCredit,
      }: { after: string | null; total: number; done: number; mended: number; withoutCredit: number },
    ): Promise<boolean> =>
      (
        await model.updateOne(
          { id, status: 'RUNNING', after: from },
          { $set: { after, total }, $inc: { done, mended, withoutCredit } },
        )
      ).matchedCount === 1,
    finish: async (id: string, { finishedAt, removed }: { finishedAt: Date; removed: number }): Promise<void> => {
      await model.updateOne({ id }, { $set: { status: 'FINISHED', finishedAt, removed } });
    },
    /** Gives up a reading whose cursor the graph no longer accepts. */
    abandon: async (id: string): Promise<void> => {
      await model.deleteOne({ id });
    },
  };
}
