import { USES, type StoredUse } from '@zhitong/gateway/feed';
import { Schema, type Connection } from 'mongoose';
import type { CountedUse } from '../domain/judgement.js';

/** Uses are kept for more than a year: some pages run once in it. */
const KEPT_SECONDS = 400 * 86_400;
const required = true;
const schema = new Schema<StoredUse>(
  {
    _id: { type: String, required },
    day: { type: String, required },
    client: { type: String, required },
    version: { type: String, default: '' },
    coordinate: { type: String, required },
    count: { type: Number, required },
    at: { type: Date, required },
  },
  { collection: USES, versionKey: false, strict: 'throw' },
);
schema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });
schema.index({ coordinate: 1, day: 1 });
schema.index({ day: 1 });

/** Uses of one coordinate by one version of a client. */
export interface UseSpan extends CountedUse {
  readonly first: string;
  readonly last: string;
}

export type UseStore = ReturnType<typeof useStore>;

/** What gateways have counted. */
export function useStore(db: Connection) {
  const model = db.model('Use', schema);
  return {
    /** Sums from a day on, the most frequent first; of some coordinates, or of all. */
    since: async (day: string, coordinates?: readonly string[]): Promise<UseSpan[]> =>
      model.aggregate<UseSpan>([
        { $match: { day: { $gte: day }, ...(coordinates === undefined ? {} : { coordinate: { $in: coordinates } }) } },
        {
          $group: {
            _id: { coordinate: '$coordinate', client: '$client', version: '$version' },
            count: { $sum: '$count' },
            first: { $min: '$day' },
            last: { $max: '$day' },
          },
        },
        {
          $project: {
            _id: 0,
            coordinate: '$_id.coordinate',
            client: '$_id.client',
            version: '$_id.version',
            count: 1,
            first: 1,
            last: 1,
          },
        },
        { $sort: { count: -1, coordinate: 1, client: 1, version: 1 } },
      ]),
    /** The first day of which there are counts; null where there are none. */
    firstDay: async (): Promise<string | null> => {
      const found = await model.findOne({}, { day: 1 }).sort({ day: 1 }).lean<Pick<StoredUse, 'day'> | null>();
      return found?.day ?? null;
    },
  };
}
