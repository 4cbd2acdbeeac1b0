import { insertMissing } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { DepartmentLevel } from '../domain/register/department-entry.js';

/** A department of the city. */
export interface DepartmentRecord {
  code: string;
  name: string;
  shortName: string;
  level: DepartmentLevel;
  region: { code: string; name: string };
  isCoordinator: boolean;
}

const required = true;
const schema = new Schema<DepartmentRecord>(
  {
    code: { type: String, required },
    name: { type: String, required },
    shortName: { type: String, required },
    level: { type: String, required },
    region: {
      type: new Schema({ code: { type: String, required }, name: { type: String, required } }, { _id: false }),
      required,
    },
    isCoordinator: { type: Boolean, required },
  },
  { collection: 'departments', versionKey: false, strict: 'throw' },
);
schema.index({ code: 1 }, { unique: true });

export type DepartmentStore = ReturnType<typeof departmentStore>;

/** The city's departments: about forty, read whole. */
export function departmentStore(db: Connection) {
  const model = db.model('Department', schema);
  return {
    byCode: async (codes: readonly string[]): Promise<DepartmentRecord[]> =>
      model.find({ code: { $in: [...codes] } }, { _id: 0 }).lean<DepartmentRecord[]>(),
    all: async (level: DepartmentRecord['level'] | undefined, session?: ClientSession): Promise<DepartmentRecord[]> =>
      model
        .find(level === undefined ? {} : { level }, { _id: 0 }, { session: session ?? null })
        .sort({ code: 1 })
        .lean<DepartmentRecord[]>(),
    /** Enters departments, or changes what is stated of them. */
    put: async (departments: readonly DepartmentRecord[], session: ClientSession): Promise<void> => {
      if (departments.length > 0)
        await model.collection.bulkWrite(
          departments.map((department) => ({
            replaceOne: { filter: { code: department.code }, replacement: { ...department }, upsert: true },
          })),
          { session, ordered: false },
        );
    },
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (departments: readonly DepartmentRecord[]): Promise<void> =>
      insertMissing(model.collection, departments),
  };
}
