import { keysetFilter, keysetSort, pagePerParent, type ParentPage } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { GrantStatus } from '../domain/grant.js';
import { LATEST_GRANT_FIRST } from '../list-orders.js';

/** A grant: one enterprise's benefit under one policy and period. Money in fen. */
export interface GrantRecord {
  id: string;
  policyId: string;
  policyVersion: number;
  /** Department that pays. */
  department: string;
  uscc: string;
  /** `ALL` for a benefit that is had once, else the year. */
  period: string;
  amountFen: number;
  paidFen: number;
  status: GrantStatus;
  /** Grows with each change; a change names the version that it was decided on. */
  version: number;
  identifiedAt: Date;
  updatedAt: Date;
}

export interface GrantConditions {
  readonly policyId?: string | undefined;
  readonly uscc?: string | undefined;
  readonly status?: readonly GrantStatus[] | undefined;
}

const required = true;
const schema = new Schema<GrantRecord>(
  {
    id: { type: String, required },
    policyId: { type: String, required },
    policyVersion: { type: Number, required },
    department: { type: String, required },
    uscc: { type: String, required },
    period: { type: String, required },
    amountFen: { type: Number, required, min: 0 },
    paidFen: { type: Number, required, min: 0 },
    status: { type: String, required },
    version: { type: Number, required, min: 1 },
    identifiedAt: { type: Date, required },
    updatedAt: { type: Date, required },
  },
  { collection: 'grants', versionKey: false, strict: 'throw' },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ policyId: 1, uscc: 1, period: 1 }, { unique: true }); // nobody has one benefit twice
schema.index({ uscc: 1, identifiedAt: -1, id: -1 });
schema.index({ identifiedAt: -1, id: -1 });
schema.index({ policyId: 1, identifiedAt: -1, id: -1 });
schema.index({ status: 1, identifiedAt: -1, id: -1 });

interface GrantPage {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

export type GrantStore = ReturnType<typeof grantStore>;

/** The grants of all policies. */
export function grantStore(db: Connection) {
  const model = db.model('Grant', schema);
  const filterOf = ({ policyId, uscc, status }: GrantConditions): Record<string, unknown> => ({
    ...(policyId === undefined ? {} : { policyId }),
    ...(uscc === undefined ? {} : { uscc }),
    ...(status === undefined ? {} : { status: { $in: [...status] } }),
  });
  return {
    byId: async (ids: readonly string[], session: ClientSession | null = null): Promise<GrantRecord[]> => model.find({ id: { $in: [...ids] } }, { _id: 0 }).session(session).lean<GrantRecord[]>(),

    list: async (conditions: GrantConditions, { limit, position, backwards }: GrantPage): Promise<GrantRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(LATEST_GRANT_FIRST, position, backwards)] }, { _id: 0 })
        .sort(keysetSort(LATEST_GRANT_FIRST, backwards))
        .limit(limit + 1)
        .lean<GrantRecord[]>(),

    count: async (conditions: GrantConditions): Promise<number> => model.countDocuments(filterOf(conditions)),

    /** The page of each of many enterprises, with one command. */
    perEnterprise: async (usccs: readonly string[], page: Partial<GrantPage>): Promise<Map<string, ParentPage<GrantRecord>>> =>
      pagePerParent<GrantRecord>({ connection: db, collection: model.collection.name, parentField: 'uscc', parents: usccs, sort: LATEST_GRANT_FIRST, limit: page.limit, position: page.position, backwards: page.backwards ?? false }),

    insert: async (record: GrantRecord, session: ClientSession): Promise<void> => {
      await model.create([record], { session });
    },

    putAll: async (records: readonly GrantRecord[]): Promise<void> => {
      if (records.length > 0) await model.collection.bulkWrite(records.map((record) => ({ replaceOne: { filter: { id: record.id }, replacement: record, upsert: true } })), { ordered: false });
    },

    /** Writes a change that was decided on `version`; false when somebody wrote in between. */
    change: async (id: string, version: number, set: Partial<Pick<GrantRecord, 'status' | 'paidFen' | 'updatedAt'>>, session: ClientSession): Promise<boolean> =>
      (await model.updateOne({ id, version }, { $set: set, $inc: { version: 1 } }, { session })).modifiedCount === 1,
  };
}
