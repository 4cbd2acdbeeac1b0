import { insertMissing, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { FINDING_ORDER } from '../../list-orders.js';
import type { FindingCategory, FindingChange, FindingState, Handling } from '../../domain/visits/finding.js';
import type { PeriodFinding } from '../../domain/visits/visit-figures.js';

/** A problem found on a visit. */
export interface FindingRecord {
  id: string;
  visitId: string;
  uscc: string;
  campaignId: string | null;
  /** Department that answers for it. */
  departmentCode: string;
  title: string;
  text: string;
  kind: 'COMPLAINT' | 'REPORT' | 'APPEAL' | 'SUGGESTION';
  category: FindingCategory;
  handling: Handling;
  state: FindingState;
  /** What was done, or what service is given. */
  service: string | null;
  dueOn: LegalDay | null;
  caseNumber: string | null;
  recordedOn: LegalDay;
  /** In the order in which they became known. */
  changes: FindingChange[];
  version: number;
}

/** Conditions of a list; all must hold. */
export interface FindingConditions {
  readonly uscc?: string | undefined;
  readonly visitId?: string | undefined;
  readonly campaignId?: string | undefined;
  readonly departmentCode?: string | undefined;
  readonly states?: readonly FindingState[] | undefined;
  readonly category?: string | undefined;
  /** On the service list, and promised for a day before this. */
  readonly overdueOn?: LegalDay | undefined;
  /** Not overdue on this day. */
  readonly notOverdueOn?: LegalDay | undefined;
}

const required = true;
const text = { type: String, default: null };
const schema = new Schema<FindingRecord>(
  {
    id: { type: String, required },
    visitId: { type: String, required },
    uscc: { type: String, required },
    campaignId: text,
    departmentCode: { type: String, required },
    title: { type: String, required },
    text: { type: String, required },
    kind: { type: String, required },
    category: { type: String, required },
    handling: { type: String, required },
    state: { type: String, required },
    service: text,
    dueOn: text,
    caseNumber: text,
    recordedOn: { type: String, required },
    changes: { type: [Schema.Types.Mixed], required } as never,
    version: { type: Number, required, min: 1 },
  },
  { collection: 'visit_findings', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ visitId: 1, id: 1 });
schema.index({ uscc: 1 });
schema.index({ recordedOn: -1, id: -1 });
schema.index({ campaignId: 1, recordedOn: -1, id: -1 });
schema.index({ caseNumber: 1 }, { unique: true, partialFilterExpression: { caseNumber: { $type: 'string' } } });

export type FindingStore = ReturnType<typeof findingStore>;

/** The problems found on visits, with all that became of them. */
export function findingStore(db: Connection) {
  const model = db.model('VisitFinding', schema);
  const plain = { _id: 0 } as const;
  return {
    byId: async (id: string, session?: ClientSession): Promise<FindingRecord | null> =>
      model.findOne({ id }, plain, { session: session ?? null }).lean<FindingRecord | null>(),
    byCase: async (caseNumber: string, session: ClientSession): Promise<FindingRecord | null> =>
      model.findOne({ caseNumber }, plain, { session }).lean<FindingRecord | null>(),
    ofVisit: async (visitId: string, session: ClientSession): Promise<FindingRecord[]> =>
      model.find({ visitId }, plain, { session }).sort({ id: 1 }).lean<FindingRecord[]>(),
    ofVisits: async (visitIds: readonly string[]): Promise<Map<string, FindingRecord[]>> => {
      const found = await model
        .find({ visitId: { $in: [...visitIds] } }, plain)
        .sort({ visitId: 1, id: 1 })
        .lean<FindingRecord[]>();
      const perVisit = new Map<string, FindingRecord[]>();
      for (const finding of found) perVisit.set(finding.visitId, [...(perVisit.get(finding.visitId) ?? []), finding]);
      return perVisit;
    },
    list: async (
      conditions: FindingConditions,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
    ): Promise<FindingRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(FINDING_ORDER, position, backwards)] }, plain)
        .sort(keysetSort(FINDING_ORDER, backwards))
        .limit(limit + 1)
        .batchSize(limit + 2)
        .lean<FindingRecord[]>(),
    count: async (conditions: FindingConditions): Promise<number> => model.countDocuments(filterOf(conditions)),
    /** What figures count. */
    counted: async (campaignId: string) =>
      model
        .find({ campaignId }, { _id: 0, departmentCode: 1, changes: 1 })
        .batchSize(10_000)
        .lean<{ departmentCode: string; changes: FindingChange[] }[]>()
        .then((found) => found.map(({ departmentCode, changes }) => ({ unit: departmentCode, changes }))),
    /** Problems that were recorded from a day on: those of visits since that day, and others. */
    countedSince: async (from: LegalDay): Promise<PeriodFinding[]> =>
      model
        .find({ recordedOn: { $gte: from } }, { _id: 0, visitId: 1, departmentCode: 1, changes: 1 })
        .batchSize(10_000)
        .lean<{ visitId: string; departmentCode: string; changes: FindingChange[] }[]>()
        .then((found) => found.map(({ departmentCode, ...rest }) => ({ ...rest, unit: departmentCode }))),
    insert: async (findings: readonly FindingRecord[], session: ClientSession): Promise<void> => {
      if (findings.length > 0)
        await model.collection.insertMany(
          findings.map((finding) => ({ ...finding })),
          { session },
        );
    },
    /** Replaces a finding that still is at the version before; false when somebody wrote in between. */
    replace: async (finding: FindingRecord, session: ClientSession): Promise<boolean> =>
      (await model.collection.replaceOne({ id: finding.id, version: finding.version - 1 }, { ...finding }, { session }))
        .matchedCount === 1,
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (findings: readonly FindingRecord[]): Promise<void> => insertMissing(model.collection, findings),
  };
}

function filterOf(conditions: FindingConditions): Record<string, unknown> {
  const { uscc, visitId, campaignId, departmentCode, states, category, overdueOn, notOverdueOn } = conditions;
  const overdue = (day: LegalDay): object => ({ state: 'LISTED', dueOn: { $lt: day } });
  const all: object[] = [
    ...(uscc === undefined ? [] : [{ uscc }]),
    ...(visitId === undefined ? [] : [{ visitId }]),
    ...(campaignId === undefined ? [] : [{ campaignId }]),
    ...(departmentCode === undefined ? [] : [{ departmentCode }]),
    ...(category === undefined ? [] : [{ category }]),
    ...(states === undefined ? [] : [{ state: { $in: [...states] } }]),
    ...(overdueOn === undefined ? [] : [overdue(overdueOn)]),
    ...(notOverdueOn === undefined ? [] : [{ $nor: [overdue(notOverdueOn)] }]),
  ];
  return all.length === 0 ? {} : { $and: all };
}
