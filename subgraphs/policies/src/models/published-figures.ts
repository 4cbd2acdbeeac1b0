import { publishedTables, type PublishedTable, type PublishedTables } from '@zhitong/kit/mongo';
import { Schema, type Connection } from 'mongoose';
import type { FigurePart, Figures } from '../domain/disclosure/published-figures.js';

/** Of which policy a table is, and which part of its figures. */
export type PublishedKey = Readonly<{ policyId: string; part: FigurePart }>;
/** A part of a policy's figures as everybody sees it. */
export type PublishedRow<Part extends FigurePart> = PublishedTable<PublishedKey, Figures[Part]>;

const required = true;
const schema = new Schema(
  {
    policyId: { type: String, required },
    part: { type: String, required },
    figures: { type: Schema.Types.Mixed, required },
    publishedAt: { type: Date, required },
    decidedAt: { type: Date, required },
  },
  { collection: 'publishedFigures', versionKey: false, strict: 'throw' },
);
schema.index({ policyId: 1, part: 1 }, { unique: true });

export type PublishedFiguresStore = ReturnType<typeof publishedFiguresStore>;

/** What everybody sees of the policies' figures: for each policy and part one table, replaced at most once a day. */
export function publishedFiguresStore(db: Connection) {
  const model = db.model('PublishedFigures', schema);
  return {
    /** The tables of one part. */
    tablesOf: <Part extends FigurePart>(_part: Part): PublishedTables<PublishedKey, Figures[Part]> =>
      publishedTables(model.collection, ['policyId', 'part']),
  };
}
