import { Schema, type Connection } from 'mongoose';
import type { FigurePart, Figures } from '../domain/disclosure/published-figures.js';

/** A part of a policy's figures as everybody sees it. */
export interface PublishedRecord<Part extends FigurePart = FigurePart> {
  readonly policyId: string;
  readonly part: Part;
  /** Exact; what is shown of them is decided where they are shown. */
  readonly figures: Figures[Part];
  /** When they were fixed, by the database's clock. */
  readonly publishedAt: Date;
  /** When it was decided last whether newer ones may take their place, by the database's clock. */
  readonly decidedAt: Date;
}

/** A published part, and whether a day has begun in Shanghai since it was decided about. */
export interface PublishedRow<Part extends FigurePart> extends PublishedRecord<Part> {
  readonly isDue: boolean;
}

/** What was decided about a part: figures that take the place of the former ones, or null where those stand. */
export interface FiguresDecision<Part extends FigurePart> {
  readonly policyId: string;
  readonly figures: Figures[Part] | null;
}

const required = true;
const schema = new Schema<PublishedRecord>(
  {
    policyId: { type: String, required },
    part: { type: String, required },
    figures: { type: Schema.Types.Mixed, required } as never,
    publishedAt: { type: Date, required },
    decidedAt: { type: Date, required },
  },
  { collection: 'publishedFigures', versionKey: false, strict: 'throw' },
);
schema.index({ policyId: 1, part: 1 }, { unique: true });

const dayOf = (date: string) => ({ $dateToString: { date, format: '%Y-%m-%d', timezone: '+08:00' } });
/** Judged by the database, so that processes with other clocks agree. */
const IS_DUE = { $lt: [dayOf('$decidedAt'), dayOf('$$NOW')] };

export type PublishedFiguresStore = ReturnType<typeof publishedFiguresStore>;

/** What everybody sees of the policies' figures: for each policy and part one table, replaced at most once a day. */
export function publishedFiguresStore(db: Connection) {
  const model = db.model('PublishedFigures', schema);
  return {
    /** What is published of a part of many policies. */
    read: async <Part extends FigurePart>(part: Part, policyIds: readonly string[]): Promise<PublishedRow<Part>[]> =>
      model.aggregate<PublishedRow<Part>>([
        { $match: { policyId: { $in: [...policyIds] }, part } },
        { $set: { isDue: IS_DUE } },
        { $unset: '_id' },
      ]),

    /** Publishes a part of policies of which nothing is published; what another process has published meanwhile stands. */
    publishFirst: async <Part extends FigurePart>(
      part: Part,
      first: readonly (FiguresDecision<Part> & { readonly figures: Figures[Part] })[],
    ): Promise<void> => {
      if (first.length === 0) return;
      const kept = (field: string, value: unknown) => ({ $ifNull: [`$${field}`, value] });
      await model.collection.bulkWrite(
        first.map(({ policyId, figures }) => ({
          updateOne: {
            filter: { policyId, part },
            update: [
              {
                $set: {
                  figures: kept('figures', { $literal: figures }),
                  publishedAt: kept('publishedAt', '$$NOW'),
                  decidedAt: kept('decidedAt', '$$NOW'),
                },
              },
            ],
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },

    /** Writes the decisions of a day; one about a part of which another process has decided on this day changes nothing. */
    decide: async <Part extends FigurePart>(part: Part, decisions: readonly FiguresDecision<Part>[]): Promise<void> => {
      if (decisions.length === 0) return;
      await model.collection.bulkWrite(
        decisions.map(({ policyId, figures }) => ({
          updateOne: {
            filter: { policyId, part, $expr: IS_DUE },
            update: [
              {
                $set: {
                  decidedAt: '$$NOW',
                  ...(figures === null ? {} : { figures: { $literal: figures }, publishedAt: '$$NOW' }),
                },
              },
            ],
          },
        })),
        { ordered: false },
      );
    },
  };
}
