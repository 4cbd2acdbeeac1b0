import { insertMissing, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { TARGET_ORDER } from '../../list-orders.js';
import type { ServiceClass, ServiceTeam } from '../../domain/service-network/service-class.js';
import type { Stage, Target } from '../../domain/visits/campaign.js';

/** A visiting campaign (遍访活动). Its list of enterprises is fixed when it is opened. */
export interface CampaignRecord {
  id: string;
  name: string;
  from: LegalDay;
  until: LegalDay;
  regions: string[];
  classes: ServiceClass[];
  teams: ServiceTeam[];
  stages: Stage[];
  quotas: { departmentCode: string; quota: number }[];
  targetCount: number;
  by: string;
}

/** An enterprise of a campaign's list. */
export interface TargetRecord extends Target {
  readonly campaignId: string;
  /** Who is to visit it; null when nobody looked after it. */
  readonly officialId: string | null;
  /** Day of its first visit within the campaign that counts; null before it. */
  readonly visitedOn: LegalDay | null;
}

/** Conditions of a list of targets; all must hold. */
export interface TargetConditions {
  readonly isVisited?: boolean | undefined;
  readonly unit?: string | undefined;
  readonly stage?: number | undefined;
}

const AT_ONCE = 5_000;
const required = true;
const schema = new Schema<CampaignRecord>(
  {
    id: { type: String, required },
    name: { type: String, required },
    from: { type: String, required },
    until: { type: String, required },
    regions: { type: [String], required },
    classes: { type: [String], required } as never,
    teams: { type: [String], required } as never,
    stages: { type: [Schema.Types.Mixed], required } as never,
    quotas: { type: [Schema.Types.Mixed], required } as never,
    targetCount: { type: Number, required, min: 0 },
    by: { type: String, required },
  },
  { collection: 'visit_campaigns', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ from: -1, id: -1 });
const targets = new Schema<TargetRecord>(
  {
    campaignId: { type: String, required },
    uscc: { type: String, required },
    unit: { type: String, default: null },
    officialId: { type: String, default: null },
    stage: { type: Number, required },
    visitedOn: { type: String, default: null },
  },
  { collection: 'campaign_targets', versionKey: false, strict: 'throw', id: false },
);
targets.index({ campaignId: 1, uscc: 1 }, { unique: true });
targets.index({ uscc: 1 });

// Who leaves hands over what he or she was to visit.
targets.index({ officialId: 1 }, { partialFilterExpression: { visitedOn: null } });

export type CampaignStore = ReturnType<typeof campaignStore>;

/** The campaigns, a few a year, and the enterprises that each is to visit. */
export function campaignStore(db: Connection) {
  const model = db.model('VisitCampaign', schema);
  const target = db.model('CampaignTarget', targets);
  const plain = { _id: 0 } as const;
  return {
    byId: async (ids: readonly string[], session?: ClientSession): Promise<CampaignRecord[]> =>
      model.find({ id: { $in: [...ids] } }, plain, { session: session ?? null }).lean<CampaignRecord[]>(),
    latest: async (limit: number): Promise<CampaignRecord[]> =>
      model.find({}, plain).sort({ from: -1, id: -1 }).limit(limit).lean<CampaignRecord[]>(),
    insert: async (campaign: CampaignRecord, list: readonly TargetRecord[], session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...campaign }, { session });
      for (let at = 0; at < list.length; at += AT_ONCE)
        await target.collection.insertMany(
          list.slice(at, at + AT_ONCE).map((one) => ({ ...one })),
          { session, ordered: false },
        );
    },
    /** An enterprise of a campaign's list; null when it does not stand there. */
    target: async (campaignId: string, uscc: string, session: ClientSession): Promise<TargetRecord | null> =>
      target.findOne({ campaignId, uscc }, plain, { session }).lean<TargetRecord | null>(),
    allTargets: async (campaignId: string): Promise<TargetRecord[]> =>
      target.find({ campaignId }, plain).batchSize(AT_ONCE).lean<TargetRecord[]>(),
    listTargets: async (
      campaignId: string,
      conditions: TargetConditions,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
    ): Promise<TargetRecord[]> =>
      target
        .find({ $and: [targetFilter(campaignId, conditions), keysetFilter(TARGET_ORDER, position, backwards)] }, plain)
        .sort(keysetSort(TARGET_ORDER, backwards))
        .limit(limit + 1)
        .batchSize(limit + 2)
        .lean<TargetRecord[]>(),
    countTargets: async (campaignId: string, conditions: TargetConditions): Promise<number> =>
      target.countDocuments(targetFilter(campaignId, conditions)),
    setVisited: async (
      { campaignId, uscc }: Pick<TargetRecord, 'campaignId' | 'uscc'>,
      visitedOn: LegalDay | null,
      session: ClientSession,
    ): Promise<void> => {
      await target.collection.updateOne({ campaignId, uscc }, { $set: { visitedOn } }, { session });
    },
    /** Enterprises that an official is still to visit in campaigns which have not ended. */
    openTargetsOf: async (officialId: string, today: LegalDay, session: ClientSession): Promise<TargetRecord[]> => {
      const running = await model
        .find({ until: { $gte: today } }, { _id: 0, id: 1 }, { session })
        .lean<{ id: string }[]>();
      const campaignId = { $in: running.map(({ id }) => id) };
      return target.find({ officialId, campaignId, visitedOn: null }, plain, { session }).lean<TargetRecord[]>();
    },
    /** Writes who is to visit enterprises now; null: nobody. */
    setOfficials: async (
      named: readonly Pick<TargetRecord, 'campaignId' | 'uscc' | 'officialId'>[],
      session: ClientSession,
    ): Promise<void> => {
      if (named.length === 0) return;
      await target.collection.bulkWrite(
        named.map(({ campaignId, uscc, officialId }) => ({
          updateOne: { filter: { campaignId, uscc }, update: { $set: { officialId } } },
        })),
        { session },
      );
    },
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (campaigns: readonly CampaignRecord[], list: readonly TargetRecord[]): Promise<void> => {
      await insertMissing(model.collection, campaigns);
      await insertMissing(target.collection, list);
    },
  };
}

const targetFilter = (campaignId: string, { isVisited, unit, stage }: TargetConditions): Record<string, unknown> => ({
  campaignId,
  ...(isVisited === undefined ? {} : { visitedOn: isVisited ? { $ne: null } : null }),
  ...(unit === undefined ? {} : { unit }),
  ...(stage === undefined ? {} : { stage }),
});
