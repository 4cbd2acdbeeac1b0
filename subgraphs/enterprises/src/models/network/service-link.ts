import { findAtOnce, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { LINK_ORDER } from '../../list-orders.js';
import type { ServiceRole } from '../../domain/service-network/roles.js';

/** How somebody came to a role: named, by a plan, from whoever left, or before there was a record of it. */
export const LINK_BASES = ['NAMED', 'PLANNED', 'HANDED_OVER', 'RECORDED'] as const;
export type LinkBasis = (typeof LINK_BASES)[number];

/** Somebody who looks after an enterprise, from a day to a day. Ended links stay. */
export interface ServiceLinkRecord {
  id: string;
  uscc: string;
  role: ServiceRole;
  /** Staff number; null of a supporting unit. */
  officialId: string | null;
  departmentCode: string;
  /** First day; null: from before there was a record of it. */
  from: LegalDay | null;
  /** First day on which it does not hold any more; null while it holds. */
  until: LegalDay | null;
  basis: LinkBasis;
  reason: string | null;
  endReason: string | null;
  /** Account that made it; null of what was recorded before. */
  by: string | null;
  /** The place that it takes (`placeOf`); null once it has ended. */
  place: string | null;
}

const COLLECTION = 'service_links';
const AT_ONCE = 1_000;
const required = true;
const text = { type: String, default: null };
const schema = new Schema<ServiceLinkRecord>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    role: { type: String, required },
    officialId: text,
    departmentCode: { type: String, required },
    from: text,
    until: text,
    basis: { type: String, required },
    reason: text,
    endReason: text,
    by: text,
    place: text,
  },
  { collection: COLLECTION, versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
// Of two who give one place to two officials at once the second fails, and decides afresh.
schema.index({ place: 1 }, { unique: true, partialFilterExpression: { place: { $type: 'string' } } });
schema.index({ uscc: 1, id: 1 });
schema.index({ officialId: 1, until: 1, id: 1 });

export type ServiceLinkStore = ReturnType<typeof serviceLinkStore>;

/** Who looks after whom, and who did. */
export function serviceLinkStore(db: Connection) {
  const model = db.model('ServiceLink', schema);
  const plain = { _id: 0 } as const;
  return {
    /** All links of each of many enterprises, ended ones too, with one command. */
    ofEnterprises: async (usccs: readonly string[]): Promise<Map<string, ServiceLinkRecord[]>> => {
      const found = await findAtOnce<ServiceLinkRecord>(db, {
        collection: COLLECTION,
        filter: { uscc: { $in: [...usccs] } },
        projection: plain,
        sort: { id: 1 },
      });
      const perEnterprise = new Map<string, ServiceLinkRecord[]>();
      for (const link of found) perEnterprise.set(link.uscc, [...(perEnterprise.get(link.uscc) ?? []), link]);
      return perEnterprise;
    },

    /** Whoever takes these places now. */
    inPlaces: async (places: readonly string[], session: ClientSession): Promise<ServiceLinkRecord[]> =>
      model.find({ place: { $in: [...places] } }, plain, { session }).lean<ServiceLinkRecord[]>(),

    /** Whoever fills a role at these enterprises now. */
    ofRole: async (
      role: ServiceRole,
      usccs: readonly string[],
      session?: ClientSession,
    ): Promise<ServiceLinkRecord[]> =>
      model
        .find({ uscc: { $in: [...usccs] }, role, until: null }, plain, { session: session ?? null })
        .batchSize(AT_ONCE)
        .lean<ServiceLinkRecord[]>(),

    byId: async (id: string, session?: ClientSession): Promise<ServiceLinkRecord | null> =>
      model.findOne({ id }, plain, { session: session ?? null }).lean<ServiceLinkRecord | null>(),

    /** What an official holds now, of one role or of all. */
    heldBy: async (officialId: string, session: ClientSession): Promise<ServiceLinkRecord[]> =>
      model.find({ officialId, until: null }, plain, { session }).sort({ id: 1 }).lean<ServiceLinkRecord[]>(),

    /** A page of what an official holds now. */
    pageHeldBy: async (
      officialId: string,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
    ): Promise<ServiceLinkRecord[]> =>
      model
        .find({ $and: [{ officialId, until: null }, keysetFilter(LINK_ORDER, position, backwards)] }, plain)
        .sort(keysetSort(LINK_ORDER, backwards))
        .limit(limit + 1)
        .batchSize(limit + 2)
        .lean<ServiceLinkRecord[]>(),

    /** How many enterprises each official looks after now, of one role or of all. */
    loads: async (
      role: ServiceRole | undefined,
      officialIds: readonly string[] | undefined,
      session?: ClientSession,
    ): Promise<Map<string, number>> => {
      const found = await model
        .aggregate<{ _id: string; count: number }>([
          {
            $match: {
              until: null,
              officialId: officialIds === undefined ? { $ne: null } : { $in: [...officialIds] },
              ...(role === undefined ? {} : { role }),
            },
          },
          { $group: { _id: '$officialId', count: { $sum: 1 } } },
        ])
        .session(session ?? null);
      return new Map(found.map(({ _id, count }) => [_id, count]));
    },

    /** Ends links on a day. */
    end: async (
      ids: readonly string[],
      { until, endReason }: { until: LegalDay; endReason: string },
      session: ClientSession,
    ): Promise<void> => {
      if (ids.length > 0)
        await model.collection.updateMany(
          { id: { $in: [...ids] }, until: null },
          { $set: { until, endReason, place: null } },
          { session },
        );
    },

    insert: async (links: readonly ServiceLinkRecord[], session: ClientSession): Promise<void> => {
      for (let at = 0; at < links.length; at += AT_ONCE)
        await model.collection.insertMany(
          links.slice(at, at + AT_ONCE).map((link) => ({ ...link })),
          { session, ordered: false },
        );
    },

    /**
     * Gives every enterprise that has a steward and no record of that a link, on the database's side: for records of
     * before there were links, and for the demo's load. What is there stays.
     */
    recordStewards: async (): Promise<void> => {
      await db
        .collection('enterprises')
        .aggregate([
          { $match: { stewardId: { $type: 'string' } } },
          { $project: { _id: 0, uscc: 1, stewardId: 1 } },
          {
            $lookup: {
              from: COLLECTION,
              // By the enterprise, whose links the index finds: the place alone would be looked for in all links.
              localField: 'uscc',
              foreignField: 'uscc',
              let: { place: { $concat: ['$uscc', ' STEWARD'] } },
              pipeline: [{ $match: { $expr: { $eq: ['$place', '$$place'] } } }, { $project: { _id: 1 } }],
              as: 'links',
            },
          },
          { $match: { links: [] } },
          { $lookup: { from: 'officials', localField: 'stewardId', foreignField: 'id', as: 'official' } },
          {
            $project: {
              id: { $concat: ['$uscc', ' STEWARD 0'] },
              uscc: 1,
              role: 'STEWARD',
              officialId: '$stewardId',
              departmentCode: { $ifNull: [{ $first: '$official.departmentCode' }, ''] },
              from: null,
              until: null,
              basis: 'RECORDED',
              reason: null,
              endReason: null,
              by: null,
              place: { $concat: ['$uscc', ' STEWARD'] },
            },
          },
          { $merge: { into: COLLECTION, on: 'id', whenMatched: 'keepExisting' } },
        ])
        .toArray();
    },

    /** Puts records in unless they are there; for the demo's load. */
    addMissing: async (links: readonly ServiceLinkRecord[]): Promise<void> => {
      for (let at = 0; at < links.length; at += AT_ONCE)
        await model.collection.bulkWrite(
          links.slice(at, at + AT_ONCE).map((link) => ({
            updateOne: { filter: { id: link.id }, update: { $setOnInsert: { ...link } }, upsert: true },
          })),
          { ordered: false },
        );
    },

    /** Of these enterprises those that somebody fills a role at, now. */
    filled: async (role: ServiceRole, usccs: readonly string[], session: ClientSession): Promise<Set<string>> =>
      new Set(await model.distinct('uscc', { uscc: { $in: [...usccs] }, role, until: null }).session(session)),

    isEmpty: async (): Promise<boolean> => (await model.estimatedDocumentCount()) === 0,
  };
}
