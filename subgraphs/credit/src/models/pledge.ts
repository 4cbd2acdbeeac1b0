import { pagePerParent, type ParentPage } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { Pledge, PledgeEvent } from '../domain/pledge.js';
import { BY_SIGNATURE } from '../list-orders.js';

/** A pledge as stored. */
export interface PledgeRecord extends Pledge {
  readonly id: string;
  readonly uscc: string;
  readonly department: string;
  readonly matter: string;
}

const required = true;
const schema = new Schema<PledgeRecord>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    department: { type: String, required },
    matter: { type: String, required },
    textVersion: { type: String, required },
    digest: { type: String, required },
    signature: { type: String, required },
    signedOn: { type: String, required },
    events: { type: [Schema.Types.Mixed], required } as never,
  },
  { collection: 'pledges', versionKey: false, strict: 'throw', id: false, minimize: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ uscc: 1, signedOn: -1, id: -1 });

export type PledgeStore = ReturnType<typeof pledgeStore>;

/** Enterprises' signed pledges. */
export function pledgeStore(db: Connection) {
  const model = db.model('Pledge', schema);
  return {
    byId: async (id: string, session: ClientSession | null = null): Promise<PledgeRecord | null> => model.findOne({ id }, { _id: 0 }, { session }).lean<PledgeRecord>(),

    perEnterprise: async (
      usccs: readonly string[],
      page: { limit: number; position: Parameters<typeof pagePerParent>[0]['position']; backwards: boolean } | null,
    ): Promise<Map<string, ParentPage<PledgeRecord>>> =>
      pagePerParent<PledgeRecord>({ connection: db, collection: 'pledges', parentField: 'uscc', parents: usccs, sort: BY_SIGNATURE, limit: page?.limit, position: page?.position, backwards: page?.backwards ?? false }),

    /** Days on which a breach was found, per enterprise. */
    breaches: async (usccs: readonly string[]): Promise<Map<string, string[]>> => {
      const rows = await model.aggregate<{ _id: string; days: string[] }>([
        { $match: { uscc: { $in: [...usccs] } } },
        { $unwind: '$events' },
        { $match: { 'events.kind': 'BREACHED' } },
        { $group: { _id: '$uscc', days: { $push: '$events.on' } } },
      ]);
      return new Map(rows.map(({ _id, days }) => [_id, days]));
    },

    insert: async (record: PledgeRecord, session: ClientSession): Promise<void> => {
      await model.create([record], { session });
    },

    /** Adds an event to a pledge that still has `count` of them; false when somebody added one in between. */
    addEvent: async (id: string, count: number, event: PledgeEvent, session: ClientSession): Promise<boolean> =>
      (await model.updateOne({ id, events: { $size: count } }, { $push: { events: event } }, { session })).matchedCount === 1,

    putAll: async (records: readonly PledgeRecord[]): Promise<void> => {
      if (records.length > 0) await model.bulkWrite(records.map((record) => ({ replaceOne: { filter: { id: record.id }, replacement: record, upsert: true } })), { ordered: false });
    },
  };
}
