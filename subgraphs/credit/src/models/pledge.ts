import { insertMissing, pagePerParent, type ParentPage } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { pledgeState, type Pledge, type PledgeEvent } from '../domain/standing/pledge.js';
import { BY_SIGNATURE } from '../list-orders.js';
import type { RecordNotes } from './record-history.js';

/** A pledge as stored. */
export interface PledgeRecord extends Pledge {
  readonly id: string;
  readonly uscc: string;
  readonly department: string;
  readonly matter: string;
}

/** Collection, for the other models. */
export const PLEDGES = 'pledges';

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
  { collection: PLEDGES, versionKey: false, strict: 'throw', id: false, minimize: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ uscc: 1, signedOn: -1, id: -1 });

/** What of a breached pledge is judged by. */
export type BreachedPledge = Pick<PledgeRecord, 'id' | 'department' | 'events'>;

export type PledgeStore = ReturnType<typeof pledgeStore>;

/** Enterprises' signed pledges. */
export function pledgeStore(db: Connection, history: RecordNotes) {
  const model = db.model('Pledge', schema);
  const breachesOf = async (uscc: string, session: ClientSession | null): Promise<BreachedPledge[]> =>
    model
      .find(
        { uscc, $and: [{ 'events.kind': 'BREACHED' }, { 'events.kind': { $ne: 'CLOSED' } }] },
        { _id: 0, id: 1, department: 1, events: 1 },
        { session },
      )
      .lean<BreachedPledge[]>();
  return {
    byId: async (id: string, session: ClientSession | null = null): Promise<PledgeRecord | null> =>
      model.findOne({ id }, { _id: 0 }, { session }).lean<PledgeRecord>(),

    /** Number of a pledge that the enterprise breached and that is not closed again; null when there is none. */
    openBreach: async (uscc: string, session: ClientSession): Promise<string | null> =>
      (await breachesOf(uscc, session)).find((pledge) => pledgeState(pledge) === 'BREACHED')?.id ?? null,

    /** Pledges of an enterprise of which a breach was found and that are not closed; some of these were withdrawn. */
    breaches: async (uscc: string): Promise<readonly BreachedPledge[]> => breachesOf(uscc, null),

    /** Pages and counts for many enterprises; with `department` only of pledges that were given to it. */
    perEnterprise: async (
      usccs: readonly string[],
      page: { limit: number; position: Parameters<typeof pagePerParent>[0]['position']; backwards: boolean } | null,
      department?: string,
    ): Promise<Map<string, ParentPage<PledgeRecord>>> =>
      pagePerParent<PledgeRecord>({
        connection: db,
        collection: PLEDGES,
        parentField: 'uscc',
        parents: usccs,
        match: department === undefined ? {} : { department },
        sort: BY_SIGNATURE,
        limit: page?.limit,
        position: page?.position,
        backwards: page?.backwards ?? false,
      }),

    insert: async (record: PledgeRecord, session: ClientSession): Promise<void> => {
      await model.create([record], { session });
      await history.note(PLEDGES, [record], session);
    },

    /** Adds an event to a pledge that still has `count` of them; false when somebody added one in between. */
    addEvent: async (id: string, count: number, event: PledgeEvent, session: ClientSession): Promise<boolean> => {
      const asRead = { id, events: { $size: count } };
      const { matchedCount } = await model.updateOne(asRead, { $push: { events: event } }, { session });
      if (matchedCount === 1) await history.note(PLEDGES, [{ id }], session);
      return matchedCount === 1;
    },

    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly PledgeRecord[]): Promise<void> => {
      await insertMissing(model.collection, records);
      await history.bringIn(PLEDGES, records);
    },
  };
}
