import {
  insertMissing,
  keysetFilter,
  keysetSort,
  pagePerParent,
  type ParentPage,
  type SortKey,
} from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** An investment project. Money is whole fen. */
export interface ProjectRecord {
  id: string;
  name: string;
  uscc: string;
  region: { code: string; name: string };
  leadDepartmentCode: string;
  investmentFen: number;
  signedOn: string;
  stage: 'SIGNED' | 'STARTED' | 'UNDER_CONSTRUCTION' | 'IN_PRODUCTION' | 'TERMINATED';
  track: 'PLATFORM' | 'KEY';
  stewardId: string;
}

/** Conditions of a list, by stored field. */
export interface ProjectConditions {
  readonly uscc?: string | undefined;
  readonly stages?: readonly string[] | undefined;
  readonly track?: string | undefined;
  readonly regionCode?: string | undefined;
  readonly leadDepartmentCode?: string | undefined;
}

/** Latest signing first. */
export const PROJECT_ORDER: readonly SortKey[] = [
  { field: 'signedOn', direction: -1 },
  { field: 'id', direction: -1 },
];

/** Beginning of the numbers that the city gives to its projects. */
const NUMBER_PREFIX = 'XN';
const NUMBER_DIGITS = 4;

interface PageRequest {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

const required = true;
const schema = new Schema<ProjectRecord>(
  {
    id: { type: String, required },
    name: { type: String, required },
    uscc: { type: String, required },
    region: {
      type: new Schema({ code: { type: String, required }, name: { type: String, required } }, { _id: false }),
      required,
    },
    leadDepartmentCode: { type: String, required },
    investmentFen: { type: Number, required, min: 0 },
    signedOn: { type: String, required },
    stage: { type: String, required },
    track: { type: String, required },
    stewardId: { type: String, required },
  },
  { collection: 'projects', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ signedOn: -1, id: -1 });
schema.index({ uscc: 1, signedOn: -1, id: -1 });

export type ProjectStore = ReturnType<typeof projectStore>;

/** The city's investment projects: some hundred. */
export function projectStore(db: Connection) {
  const model = db.model('Project', schema);
  return {
    byId: async (ids: readonly string[], session?: ClientSession): Promise<ProjectRecord[]> =>
      model
        .find({ id: { $in: [...ids] } }, { _id: 0 }, { session: session ?? null })
        .batchSize(ids.length + 1)
        .lean<ProjectRecord[]>(),
    list: async (
      conditions: ProjectConditions,
      { limit, position, backwards }: PageRequest,
    ): Promise<ProjectRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(PROJECT_ORDER, position, backwards)] }, { _id: 0 })
        .sort(keysetSort(PROJECT_ORDER, backwards))
        .limit(limit + 1)
        .batchSize(limit + 2)
        .lean<ProjectRecord[]>(),
    /** Departments that lead a project of each of many enterprises, with one command. */
    leadersOf: async (usccs: readonly string[]): Promise<Map<string, string[]>> => {
      const leaders = new Map<string, string[]>();
      const found = await model
        .find({ uscc: { $in: [...usccs] } }, { _id: 0, uscc: 1, leadDepartmentCode: 1 })
        .lean<Pick<ProjectRecord, 'uscc' | 'leadDepartmentCode'>[]>();
      for (const { uscc, leadDepartmentCode } of found)
        leaders.set(uscc, [...(leaders.get(uscc) ?? []), leadDepartmentCode]);
      return leaders;
    },
    /** One project as it stands within a transaction. */
    current: async (id: string, session: ClientSession): Promise<ProjectRecord | null> =>
      model.findOne({ id }, { _id: 0 }, { session }).lean<ProjectRecord | null>(),
    /** The next number of a year; two who take it at once conflict, and the second takes another. */
    nextNumber: async (year: number, session: ClientSession): Promise<string> => {
      const prefix = `${NUMBER_PREFIX}-${year}-`;
      const [last] = await model
        .find({ id: { $gte: prefix, $lt: `${NUMBER_PREFIX}-${year}.` } }, { _id: 0, id: 1 }, { session })
        .sort({ id: -1 })
        .limit(1)
        .lean<Pick<ProjectRecord, 'id'>[]>();
      const place = Number(last?.id.slice(prefix.length) ?? 0) + 1;
      return `${prefix}${String(place).padStart(NUMBER_DIGITS, '0')}`;
    },
    insert: async (project: ProjectRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...project }, { session });
    },
    /** Enters projects, or changes what is stated of them. */
    put: async (projects: readonly ProjectRecord[], session: ClientSession): Promise<void> => {
      if (projects.length > 0)
        await model.collection.bulkWrite(
          projects.map((project) => ({
            replaceOne: { filter: { id: project.id }, replacement: { ...project }, upsert: true },
          })),
          { session, ordered: false },
        );
    },
    remove: async (ids: readonly string[], session: ClientSession): Promise<void> => {
      if (ids.length > 0) await model.deleteMany({ id: { $in: [...ids] } }, { session });
    },
    /** Moves a project to another stage; false when it does not stand at the one that was seen any more. */
    setStage: async (
      id: string,
      { from, to }: { readonly from: ProjectRecord['stage']; readonly to: ProjectRecord['stage'] },
      session: ClientSession,
    ): Promise<boolean> =>
      (await model.collection.updateOne({ id, stage: from }, { $set: { stage: to } }, { session })).matchedCount === 1,
    /** All projects that meet conditions, but no more than a number of them. */
    all: async (conditions: ProjectConditions, most: number): Promise<ProjectRecord[]> =>
      model.find(filterOf(conditions), { _id: 0 }).sort({ signedOn: -1, id: -1 }).limit(most).lean<ProjectRecord[]>(),
    /** Staff numbers of those who are with the projects of an enterprise. */
    stewards: async (uscc: string): Promise<string[]> => model.distinct('stewardId', { uscc }),
    /** Projects that an official is with. */
    ofSteward: async (stewardId: string, session: ClientSession): Promise<ProjectRecord[]> =>
      model.find({ stewardId }, { _id: 0 }, { session }).sort({ id: 1 }).lean<ProjectRecord[]>(),
    /** Gives projects other stewards. */
    setStewards: async (
      stewards: readonly { readonly id: string; readonly stewardId: string }[],
      session: ClientSession,
    ): Promise<void> => {
      if (stewards.length > 0)
        await model.collection.bulkWrite(
          stewards.map(({ id, stewardId }) => ({ updateOne: { filter: { id }, update: { $set: { stewardId } } } })),
          { session, ordered: false },
        );
    },
    count: async (conditions: ProjectConditions): Promise<number> => model.countDocuments(filterOf(conditions)),
    perEnterprise: async (
      usccs: readonly string[],
      { limit, position, backwards }: Partial<PageRequest>,
    ): Promise<Map<string, ParentPage<ProjectRecord>>> =>
      pagePerParent<ProjectRecord>({
        connection: db,
        collection: 'projects',
        parentField: 'uscc',
        parents: usccs,
        sort: PROJECT_ORDER,
        limit,
        position,
        backwards,
      }),
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (projects: readonly ProjectRecord[]): Promise<void> => insertMissing(model.collection, projects),
  };
}

function filterOf({ uscc, stages, track, regionCode, leadDepartmentCode }: ProjectConditions): Record<string, unknown> {
  return {
    ...(uscc === undefined ? {} : { uscc }),
    ...(stages === undefined ? {} : { stage: { $in: [...stages] } }),
    ...(track === undefined ? {} : { track }),
    ...(regionCode === undefined ? {} : { 'region.code': regionCode }),
    ...(leadDepartmentCode === undefined ? {} : { leadDepartmentCode }),
  };
}
