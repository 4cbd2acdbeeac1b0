import { giveForms, insertMissing, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import { normalReference, type LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { INSPECTION_ORDER, PENALTY_ORDER } from '../../list-orders.js';
import type {
  InspectionFlag,
  InspectionKind,
  InspectionResult,
  PenaltyClass,
  PlannedInspections,
} from '../../domain/inspections/inspection.js';

/** A department's plan of inspections of a year. */
export interface InspectionPlanRecord extends PlannedInspections {
  readonly id: string;
  readonly name: string;
  /** The published matter of inspection and its legal basis. */
  readonly matter: string;
  readonly by: string;
}

/** An inspection of an enterprise (行政检查). */
export interface InspectionRecord {
  readonly id: string;
  readonly uscc: string;
  readonly departmentCode: string;
  readonly year: number;
  readonly kind: InspectionKind;
  readonly planId: string | null;
  /** Number of the notice (检查通知书). */
  readonly noticeNumber: string;
  readonly matter: string;
  readonly isApproved: boolean;
  readonly isOnSite: boolean;
  readonly jointWith: readonly string[];
  readonly inspectedOn: LegalDay;
  readonly result: InspectionResult;
  readonly resultText: string;
  readonly flags: readonly InspectionFlag[];
  readonly recordedOn: LegalDay;
  readonly by: string;
}

/** A penalty (行政处罚). Money is whole fen. */
export interface PenaltyRecord {
  readonly id: string;
  readonly uscc: string;
  readonly departmentCode: string;
  /** Number of the deciding document (处罚决定书文号). */
  readonly decisionNumber: string;
  readonly grade: PenaltyClass;
  readonly reason: string;
  readonly basis: string;
  readonly fineFen: number;
  readonly decidedOn: LegalDay;
  /** First and last day on which everybody sees it; null: never. */
  readonly publicFrom: LegalDay | null;
  readonly publicUntil: LegalDay | null;
  readonly by: string;
}

/** How often an enterprise was inspected in a year. */
export interface InspectionCount {
  readonly uscc: string;
  readonly year: number;
  readonly count: number;
  readonly departments: number;
  readonly flagged: number;
}

/** Conditions of a list; all must hold. */
export interface InspectionConditions {
  readonly uscc?: string | undefined;
  readonly departmentCode?: string | undefined;
  readonly year?: number | undefined;
  readonly isFlagged?: boolean | undefined;
}

/** Conditions of a list; all must hold. */
export interface PenaltyConditions {
  readonly uscc?: string | undefined;
  readonly departmentCode?: string | undefined;
  /** Everybody may see it on this day. */
  readonly publicOn?: LegalDay | undefined;
}

/** The form in which the number of a paper is compared (`normalReference`). */
interface Keyed {
  readonly numberKey?: string;
}
const keyedInspection = (record: InspectionRecord): InspectionRecord & Keyed => ({
  ...record,
  numberKey: normalReference(record.noticeNumber),
});
const keyedPenalty = (record: PenaltyRecord): PenaltyRecord & Keyed => ({
  ...record,
  numberKey: normalReference(record.decisionNumber),
});

interface PageRequest {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

const required = true;
const text = { type: String, required };
const day = { type: String, default: null };
const HAS_KEY = { numberKey: { $type: 'string' } } as const;
const options = { versionKey: false, strict: 'throw', id: false } as const;
const plans = new Schema<InspectionPlanRecord>(
  {
    id: text,
    departmentCode: text,
    year: { type: Number, required },
    name: text,
    matter: text,
    publishedOn: day,
    cap: { type: Number, default: null },
    by: text,
  },
  { ...options, collection: 'inspection_plans' },
);
plans.index({ id: 1 }, { unique: true });
plans.index({ departmentCode: 1, year: 1, name: 1 }, { unique: true });
const inspections = new Schema<InspectionRecord & Keyed>(
  {
    id: text,
    uscc: text,
    departmentCode: text,
    year: { type: Number, required },
    kind: text,
    planId: day,
    noticeNumber: text,
    numberKey: String,
    matter: text,
    isApproved: { type: Boolean, required },
    isOnSite: { type: Boolean, required },
    jointWith: { type: [String], required } as never,
    inspectedOn: text,
    result: text,
    resultText: text,
    flags: { type: [String], required } as never,
    recordedOn: text,
    by: text,
  },
  { ...options, collection: 'inspections' },
);
inspections.index({ id: 1 }, { unique: true });
inspections.index({ departmentCode: 1, noticeNumber: 1, uscc: 1 }, { unique: true });
// One paper is one paper however its number was typed; absent of what an earlier release recorded twice.
inspections.index({ departmentCode: 1, numberKey: 1, uscc: 1 }, { unique: true, partialFilterExpression: HAS_KEY });
inspections.index({ inspectedOn: -1, id: -1 });
inspections.index({ uscc: 1, inspectedOn: -1, id: -1 });
const penalties = new Schema<PenaltyRecord & Keyed>(
  {
    id: text,
    uscc: text,
    departmentCode: text,
    decisionNumber: text,
    numberKey: String,
    grade: text,
    reason: text,
    basis: text,
    fineFen: { type: Number, required, min: 0 },
    decidedOn: text,
    publicFrom: day,
    publicUntil: day,
    by: text,
  },
  { ...options, collection: 'penalties' },
);
penalties.index({ id: 1 }, { unique: true });
penalties.index({ departmentCode: 1, decisionNumber: 1 }, { unique: true });
penalties.index({ departmentCode: 1, numberKey: 1 }, { unique: true, partialFilterExpression: HAS_KEY });
penalties.index({ uscc: 1, decidedOn: -1, id: -1 });
penalties.index({ decidedOn: -1, id: -1 });

export type InspectionStore = ReturnType<typeof inspectionStore>;

/** Plans of inspections, inspections, and penalties. */
export function inspectionStore(db: Connection) {
  const plan = db.model('InspectionPlan', plans);
  const inspection = db.model('Inspection', inspections);
  const penalty = db.model('Penalty', penalties);
  const plain = { _id: 0, numberKey: 0 } as const;
  return {
    plansById: async (ids: readonly string[], session?: ClientSession): Promise<InspectionPlanRecord[]> =>
      plan.find({ id: { $in: [...ids] } }, plain, { session: session ?? null }).lean<InspectionPlanRecord[]>(),
    plansOf: async (
      { departmentCode, year }: { departmentCode?: string | undefined; year: number },
      session?: ClientSession,
    ): Promise<InspectionPlanRecord[]> =>
      plan
        .find({ year, ...(departmentCode === undefined ? {} : { departmentCode }) }, plain, {
          session: session ?? null,
        })
        .sort({ departmentCode: 1, name: 1 })
        .lean<InspectionPlanRecord[]>(),
    insertPlan: async (record: InspectionPlanRecord, session: ClientSession): Promise<void> => {
      await plan.collection.insertOne({ ...record }, { session });
    },
    /** Inspections of one enterprise by one department in a year. */
    countOf: async (
      { uscc, departmentCode, year }: { uscc: string; departmentCode: string; year: number },
      session: ClientSession,
    ): Promise<number> => inspection.countDocuments({ uscc, departmentCode, year }, { session }),
    isNoticed: async (
      { departmentCode, noticeNumber, uscc }: { departmentCode: string; noticeNumber: string; uscc: string },
      session: ClientSession,
    ): Promise<boolean> =>
      (await inspection.exists({ departmentCode, numberKey: normalReference(noticeNumber), uscc }).session(session)) !==
      null,
    byId: async (ids: readonly string[]): Promise<InspectionRecord[]> =>
      inspection.find({ id: { $in: [...ids] } }, plain).lean<InspectionRecord[]>(),
    insert: async (record: InspectionRecord, session: ClientSession): Promise<void> => {
      await inspection.collection.insertOne(keyedInspection(record), { session });
    },
    list: async (
      conditions: InspectionConditions,
      { limit, position, backwards }: PageRequest,
    ): Promise<InspectionRecord[]> =>
      inspection
        .find({ $and: [filterOf(conditions), keysetFilter(INSPECTION_ORDER, position, backwards)] }, plain)
        .sort(keysetSort(INSPECTION_ORDER, backwards))
        .limit(limit + 1)
        .batchSize(limit + 2)
        .lean<InspectionRecord[]>(),
    count: async (conditions: InspectionConditions): Promise<number> => inspection.countDocuments(filterOf(conditions)),
    /** How often enterprises were inspected in a year, the most often inspected first. */
    frequency: async (
      { year, usccs }: { year: number; usccs?: readonly string[] },
      most: number,
    ): Promise<InspectionCount[]> =>
      inspection.aggregate<InspectionCount>([
        { $match: { year, ...(usccs === undefined ? {} : { uscc: { $in: [...usccs] } }) } },
        {
          $group: {
            _id: '$uscc',
            count: { $sum: 1 },
            departments: { $addToSet: '$departmentCode' },
            flagged: { $sum: { $cond: [{ $gt: [{ $size: '$flags' }, 0] }, 1, 0] } },
          },
        },
        { $project: { _id: 0, uscc: '$_id', count: 1, flagged: 1, departments: { $size: '$departments' } } },
        { $addFields: { year } },
        { $sort: { count: -1, uscc: 1 } },
        { $limit: most },
      ]),
    insertPenalty: async (record: PenaltyRecord, session: ClientSession): Promise<void> => {
      await penalty.collection.insertOne(keyedPenalty(record), { session });
    },
    isDecided: async (
      { departmentCode, decisionNumber }: { departmentCode: string; decisionNumber: string },
      session: ClientSession,
    ): Promise<boolean> =>
      (await penalty.exists({ departmentCode, numberKey: normalReference(decisionNumber) }).session(session)) !== null,
    penaltiesById: async (ids: readonly string[]): Promise<PenaltyRecord[]> =>
      penalty.find({ id: { $in: [...ids] } }, plain).lean<PenaltyRecord[]>(),
    listPenalties: async (
      conditions: PenaltyConditions,
      { limit, position, backwards }: PageRequest,
    ): Promise<PenaltyRecord[]> =>
      penalty
        .find({ $and: [penaltyFilter(conditions), keysetFilter(PENALTY_ORDER, position, backwards)] }, plain)
        .sort(keysetSort(PENALTY_ORDER, backwards))
        .limit(limit + 1)
        .batchSize(limit + 2)
        .lean<PenaltyRecord[]>(),
    countPenalties: async (conditions: PenaltyConditions): Promise<number> =>
      penalty.countDocuments(penaltyFilter(conditions)),
    /**
     * Gives notices and decisions that an earlier release recorded the form by which their numbers are compared;
     * answers how many were recorded twice, spelt in two ways, and stay without it.
     */
    giveForms: async (): Promise<number> =>
      (await giveForms(inspection.collection, 'numberKey', ({ noticeNumber }) =>
        normalReference(String(noticeNumber)),
      )) +
      (await giveForms(penalty.collection, 'numberKey', ({ decisionNumber }) =>
        normalReference(String(decisionNumber)),
      )),
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: {
      readonly plans: readonly InspectionPlanRecord[];
      readonly inspections: readonly InspectionRecord[];
      readonly penalties: readonly PenaltyRecord[];
    }): Promise<void> => {
      await insertMissing(plan.collection, records.plans);
      await insertMissing(inspection.collection, records.inspections.map(keyedInspection));
      await insertMissing(penalty.collection, records.penalties.map(keyedPenalty));
    },
  };
}

const filterOf = ({ uscc, departmentCode, year, isFlagged }: InspectionConditions): Record<string, unknown> => ({
  ...(uscc === undefined ? {} : { uscc }),
  ...(departmentCode === undefined ? {} : { departmentCode }),
  ...(year === undefined ? {} : { year }),
  ...(isFlagged === undefined ? {} : { flags: isFlagged ? { $ne: [] } : { $size: 0 } }),
});

const penaltyFilter = ({ uscc, departmentCode, publicOn }: PenaltyConditions): Record<string, unknown> => ({
  ...(uscc === undefined ? {} : { uscc }),
  ...(departmentCode === undefined ? {} : { departmentCode }),
  ...(publicOn === undefined ? {} : { publicFrom: { $lte: publicOn }, publicUntil: { $gte: publicOn } }),
});
