import { loadState } from '@zhitong/kit/subgraph';
import { publishedTables } from '@zhitong/kit/mongo';
import { Schema, type Connection } from 'mongoose';
import type { PublishedMonth } from '../../domain/figures/disclosure.js';

/** The month of a published table, YYYY-MM. */
export type MonthKey = Readonly<{ month: string }>;

const required = true;
const schema = new Schema(
  {
    month: { type: String, required },
    figures: { type: Schema.Types.Mixed, required },
    publishedAt: { type: Date, required },
    decidedAt: { type: Date, required },
    basis: { type: String },
  },
  { collection: 'published_months', versionKey: false, strict: 'throw' },
);
schema.index({ month: 1 }, { unique: true });

export type PublishedMonthStore = ReturnType<typeof publishedMonthStore>;

/** What everybody sees of the cases' figures: one table for each month, replaced at most once a day. */
export function publishedMonthStore(db: Connection) {
  return {
    ...publishedTables<MonthKey, PublishedMonth>(db.model('PublishedMonth', schema).collection, ['month']),
    /** Whether the demo city is being loaded: figures would be those of a part of it. */
    isLoading: async (): Promise<boolean> => (await loadState(db, 'demo'))?.isFinished === false,
  };
}
