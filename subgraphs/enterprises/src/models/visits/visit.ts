import { insertMissing, keysetFilter, keysetSort, pagePerParent, type ParentPage } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { VISIT_ORDER } from '../../list-orders.js';
import type { CountedVisit } from '../../domain/visits/campaign.js';
import type { PeriodVisit } from '../../domain/visits/visit-figures.js';
import type { VisitKind, VisitState } from '../../domain/visits/visit.js';

/** A visit to an enterprise (走访). Days are YYYY-MM-DD. */
export interface VisitRecord {
  id: string;
  uscc: string;
  campaignId: string | null;
  kind: VisitKind;
  state: VisitState;
  /** Department that visits and answers for what it finds. */
  departmentCode: string;
  officialIds: string[];
  plannedOn: LegalDay | null;
  visitedOn: LegalDay | null;
  /** The day of the visit, before it the planned one: what lists go by. */
  day: LegalDay;
  /** Who was met. */
  met: string | null;
  summary: string | null;
  /** Day on which it became known that it took place. */
  recordedOn: LegalDay | null;
  /** Day on which it was called off or withdrawn. */
  endedOn: LegalDay | null;
  endReason: string | null;
  /** What the enterprise says of it. */
  confirmation: { tookPlace: boolean; remark: string | null; on: LegalDay } | null;
  by: string;
  version: number;
}

/** Conditions of a list; all must hold. */
export interface VisitConditions {
  readonly uscc?: string | undefined;
  readonly campaignId?: string | undefined;
  readonly departmentCode?: string | undefined;
  readonly officialId?: string | undefined;
  readonly states?: readonly VisitState[] | undefined;
  readonly from?: LegalDay | undefined;
  readonly to?: LegalDay | undefined;
  /** The enterprise says that it did not take place. */
  readonly isDisputed?: boolean | undefined;
}

interface PageRequest {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

const COLLECTION = 'visits';
const required = true;
const text = { type: String, default: null };
const schema = new Schema<VisitRecord>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    campaignId: text,
    kind: { type: String, required },
    state: { type: String, required },
    departmentCode: { type: String, required },
    officialIds: { type: [String], required },
    plannedOn: text,
    visitedOn: text,
    day: { type: String, required },
    met: text,
    summary: text,
    recordedOn: text,
    endedOn: text,
    endReason: text,
    confirmation: { type: Schema.Types.Mixed, default: null } as never,
    by: { type: String, required },
    version: { type: Number, required, min: 1 },
  },
  { collection: COLLECTION, versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ day: -1, id: -1 });
schema.index({ uscc: 1, day: -1, id: -1 });
schema.index({ campaignId: 1, day: -1, id: -1 });
// One department visits an enterprise once a day, however often it is recorded.
schema.index(
  { uscc: 1, departmentCode: 1, visitedOn: 1 },
  { unique: true, partialFilterExpression: { state: 'HELD' } },
);

// Who leaves hands over what he or she was to visit.
schema.index({ officialIds: 1 }, { partialFilterExpression: { state: 'PLANNED' } });

export type VisitStore = ReturnType<typeof visitStore>;

/** The visits to enterprises. */
export function visitStore(db: Connection) {
  const model = db.model('Visit', schema);
  const plain = { _id: 0 } as const;
  return {
    byId: async (ids: readonly string[], session?: ClientSession): Promise<VisitRecord[]> =>
      model
        .find({ id: { $in: [...ids] } }, plain, { session: session ?? null })
        .batchSize(ids.length + 1)
        .lean<VisitRecord[]>(),
    list: async (conditions: VisitConditions, { limit, position, backwards }: PageRequest): Promise<VisitRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(VISIT_ORDER, position, backwards)] }, plain)
        .sort(keysetSort(VISIT_ORDER, backwards))
        .limit(limit + 1)
        .batchSize(limit + 2)
        .lean<VisitRecord[]>(),
    count: async (conditions: VisitConditions): Promise<number> => model.countDocuments(filterOf(conditions)),
    perEnterprise: async (
      usccs: readonly string[],
      { limit, position, backwards }: Partial<PageRequest>,
    ): Promise<Map<string, ParentPage<VisitRecord>>> =>
      pagePerParent<VisitRecord>({
        connection: db,
        collection: COLLECTION,
        parentField: 'uscc',
        parents: usccs,
        sort: VISIT_ORDER,
        limit,
        position,
        backwards,
      }),
    /** Whether a department's visit on a day is recorded already. */
    isRecorded: async (
      { uscc, departmentCode, visitedOn }: Pick<VisitRecord, 'uscc' | 'departmentCode' | 'visitedOn'>,
      session: ClientSession,
    ): Promise<boolean> =>
      (await model.exists({ uscc, departmentCode, visitedOn, state: 'HELD' }).session(session)) !== null,
    /** Visits that took place within a campaign, also those that were withdrawn since. */
    counted: async (campaignId: string) =>
      model
        .find(
          {
            campaignId,
            recordedOn: { $ne: null },
          },
          { _id: 0, uscc: 1, visitedOn: 1, recordedOn: 1, departmentCode: 1, endedOn: 1 },
        )
        .batchSize(10_000)
        .lean<(Omit<CountedVisit, 'withdrawnOn'> & { departmentCode: string; endedOn: LegalDay | null })[]>()
        .then((found) => found.map(({ endedOn, ...visit }) => ({ ...visit, withdrawnOn: endedOn }))),
    /** Visits of a period that took place, also those that were withdrawn since. */
    countedBetween: async (from: LegalDay, until: LegalDay): Promise<PeriodVisit[]> =>
      model
        .find(
          { day: { $gte: from, $lte: until }, recordedOn: { $ne: null } },
          { _id: 0, id: 1, kind: 1, uscc: 1, visitedOn: 1, recordedOn: 1, departmentCode: 1, endedOn: 1 },
        )
        .batchSize(10_000)
        .lean<(Omit<PeriodVisit, 'withdrawnOn' | 'unit'> & Pick<VisitRecord, 'departmentCode' | 'endedOn'>)[]>()
        .then((found) =>
          found.map(({ endedOn, departmentCode, ...visit }) => ({
            ...visit,
            unit: departmentCode,
            withdrawnOn: endedOn,
          })),
        ),
    /** Day of an enterprise's latest visit that counts; null for none. */
    latestDay: async (uscc: string, session: ClientSession): Promise<LegalDay | null> =>
      (await model.findOne({ uscc, state: 'HELD' }, { _id: 0, day: 1 }, { session }).sort({ day: -1, id: -1 }).lean())
        ?.day ?? null,
    /** Day of an enterprise's first visit within a campaign that counts; null for none. */
    firstDay: async (uscc: string, campaignId: string, session: ClientSession): Promise<LegalDay | null> =>
      (
        await model
          .findOne({ uscc, campaignId, state: 'HELD' }, { _id: 0, day: 1 }, { session })
          .sort({ day: 1, id: 1 })
          .lean()
      )?.day ?? null,
    /** The visits that an official is still to make. */
    plannedOf: async (officialId: string, session: ClientSession): Promise<VisitRecord[]> =>
      model.find({ officialIds: officialId, state: 'PLANNED' }, plain, { session }).lean<VisitRecord[]>(),
    /** Writes who makes planned visits now, in the transaction that read them, and raises their versions. */
    setParties: async (
      parties: readonly (Pick<VisitRecord, 'id' | 'departmentCode'> & { readonly officialIds: readonly string[] })[],
      session: ClientSession,
    ): Promise<void> => {
      if (parties.length === 0) return;
      await model.collection.bulkWrite(
        parties.map(({ id, departmentCode, officialIds }) => ({
          updateOne: {
            filter: { id },
            update: { $set: { departmentCode, officialIds: [...officialIds] }, $inc: { version: 1 } },
          },
        })),
        { session },
      );
    },
    insert: async (visit: VisitRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...visit }, { session });
    },
    /** Replaces a visit that still is at the version before; false when somebody wrote in between. */
    replace: async (visit: VisitRecord, session: ClientSession): Promise<boolean> =>
      (await model.collection.replaceOne({ id: visit.id, version: visit.version - 1 }, { ...visit }, { session }))
        .matchedCount === 1,
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (visits: readonly VisitRecord[]): Promise<void> => insertMissing(model.collection, visits),
  };
}

function filterOf(conditions: VisitConditions): Record<string, unknown> {
  const { uscc, campaignId, departmentCode, officialId, states, from, to, isDisputed } = conditions;
  return {
    ...(uscc === undefined ? {} : { uscc }),
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(departmentCode === undefined ? {} : { departmentCode }),
    ...(officialId === undefined ? {} : { officialIds: officialId }),
    ...(states === undefined ? {} : { state: { $in: [...states] } }),
    ...(from === undefined && to === undefined
      ? {}
      : { day: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lte: to }) } }),
    ...(isDisputed === undefined ? {} : { 'confirmation.tookPlace': isDisputed ? false : { $ne: false } }),
  };
}
