import { Schema, type Connection } from 'mongoose';
import type { Approval, Dependant } from '../domain/judgement.js';

const required = true;
const approvals = new Schema<Approval>(
  {
    change: { type: String, required, unique: true },
    by: { type: String, required },
    reason: { type: String, required },
    at: { type: Date, required },
  },
  { collection: 'approvals', versionKey: false, strict: 'throw' },
);

/** What a department has said would stop with fields of the graph. */
export interface Declared {
  readonly department: string;
  readonly dependants: readonly Dependant[];
  readonly at: Date;
}

const declared = new Schema<Declared>(
  {
    department: { type: String, required, unique: true },
    dependants: { type: [Schema.Types.Mixed], required },
    at: { type: Date, required },
  },
  { collection: 'dependants', versionKey: false, strict: 'throw' },
);

export type DecisionStore = ReturnType<typeof decisionStore>;

/** What people have said about changes: approvals, and what would stop with a field. */
export function decisionStore(db: Connection) {
  const approvalModel = db.model('Approval', approvals);
  const declaredModel = db.model('Dependants', declared);
  return {
    approvals: async (): Promise<Approval[]> => approvalModel.find({}, { _id: 0 }).lean<Approval[]>(),
    /** Keeps the first approval of a change; says whether this one is it. */
    approve: async (approval: Approval): Promise<boolean> => {
      const { upsertedCount } = await approvalModel.updateOne(
        { change: approval.change },
        { $setOnInsert: approval },
        { upsert: true },
      );
      return upsertedCount === 1;
    },
    /** By department. */
    declared: async (): Promise<Declared[]> =>
      declaredModel.find({}, { _id: 0 }).sort({ department: 1 }).lean<Declared[]>(),
    /** Replaces what a department has declared. */
    declare: async ({ department, dependants, at }: Declared): Promise<void> => {
      await declaredModel.updateOne({ department }, { $set: { dependants, at } }, { upsert: true });
    },
  };
}
