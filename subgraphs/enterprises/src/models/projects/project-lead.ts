import { insertMissing, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { LEAD_ORDER } from '../../list-orders.js';
import type { AdmissionDecision, DepartmentOpinion } from '../../domain/projects/admission.js';

/** An admission meeting as it was held. */
export interface AdmissionMeetingRecord {
  readonly heldOn: LegalDay;
  readonly chairedBy: string;
  readonly opinions: readonly DepartmentOpinion[];
  readonly decision: AdmissionDecision;
  readonly reason: string;
}

/** A project that is talked about with an investor and not signed yet. Money is whole fen. */
export interface ProjectLeadRecord {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** Who would invest, as the investor calls itself; it need not be registered here yet. */
  readonly investor: string;
  readonly region: { readonly code: string; readonly name: string };
  readonly leadDepartmentCode: string;
  readonly investmentFen: number;
  readonly summary: string;
  readonly registeredOn: LegalDay;
  readonly state: 'OPEN' | 'ADMITTED' | 'REFUSED' | 'SIGNED';
  /** Only ever added to. */
  readonly meetings: readonly AdmissionMeetingRecord[];
  /** Number of the project that it became. */
  readonly project: string | null;
}

/** Conditions of a list, by stored field. */
export interface LeadConditions {
  readonly states?: readonly string[] | undefined;
  readonly regionCode?: string | undefined;
  readonly leadDepartmentCode?: string | undefined;
}

const required = true;
const schema = new Schema(
  {
    id: { type: String, required },
    version: { type: Number, required, min: 1 },
    name: { type: String, required },
    investor: { type: String, required },
    region: { type: Schema.Types.Mixed, required },
    leadDepartmentCode: { type: String, required },
    investmentFen: { type: Number, required, min: 0 },
    summary: { type: String, required },
    registeredOn: { type: String, required },
    state: { type: String, required },
    meetings: { type: [Schema.Types.Mixed], required },
    project: { type: String, default: null },
  },
  { collection: 'project_leads', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ registeredOn: -1, id: -1 });

export type ProjectLeadStore = ReturnType<typeof projectLeadStore>;

/** The projects that are talked about. */
export function projectLeadStore(db: Connection) {
  const model = db.model('ProjectLead', schema);
  const filterOf = ({ states, regionCode, leadDepartmentCode }: LeadConditions): Record<string, unknown> => ({
    ...(states === undefined ? {} : { state: { $in: [...states] } }),
    ...(regionCode === undefined ? {} : { 'region.code': regionCode }),
    ...(leadDepartmentCode === undefined ? {} : { leadDepartmentCode }),
  });
  return {
    byId: async (id: string, session?: ClientSession): Promise<ProjectLeadRecord | null> =>
      model.findOne({ id }, { _id: 0 }, { session: session ?? null }).lean<ProjectLeadRecord | null>(),
    list: async (
      conditions: LeadConditions,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
    ): Promise<ProjectLeadRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(LEAD_ORDER, position, backwards)] }, { _id: 0 })
        .sort(keysetSort(LEAD_ORDER, backwards))
        .limit(limit + 1)
        .lean<ProjectLeadRecord[]>(),
    count: async (conditions: LeadConditions): Promise<number> => model.countDocuments(filterOf(conditions)),
    insert: async (lead: ProjectLeadRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...lead }, { session });
    },
    /** Replaces a lead that still is at the version before; false when somebody wrote in between. */
    replace: async (lead: ProjectLeadRecord, session: ClientSession): Promise<boolean> =>
      (await model.collection.replaceOne({ id: lead.id, version: lead.version - 1 }, { ...lead }, { session }))
        .matchedCount === 1,
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (leads: readonly ProjectLeadRecord[]): Promise<void> => insertMissing(model.collection, leads),
  };
}
