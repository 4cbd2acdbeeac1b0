import { insertMissing } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** What an enterprise is to the one above it: a branch (分支机构), or a member of its group (集团成员). */
export const RELATION_KINDS = ['BRANCH', 'GROUP_MEMBER'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

/** An enterprise below another, from a day to a day. */
export interface RelationRecord {
  uscc: string;
  kind: RelationKind;
  /** The enterprise above. */
  parent: string;
  from: LegalDay;
  /** First day on which it does not hold any more; null while it holds. */
  until: LegalDay | null;
}

const required = true;
const schema = new Schema<RelationRecord>(
  {
    uscc: { type: String, required },
    kind: { type: String, required },
    parent: { type: String, required },
    from: { type: String, required },
    until: { type: String, default: null },
  },
  { collection: 'enterprise_relations', versionKey: false, strict: 'throw', id: false },
);
// An enterprise has one above it of each kind at a time.
schema.index({ uscc: 1, kind: 1 }, { unique: true, partialFilterExpression: { until: null } });
schema.index({ parent: 1, uscc: 1 });
schema.index({ uscc: 1 });

export type RelationStore = ReturnType<typeof relationStore>;

/** Branches and groups. */
export function relationStore(db: Connection) {
  const model = db.model('EnterpriseRelation', schema);
  const plain = { _id: 0 } as const;
  return {
    above: async (uscc: string, session?: ClientSession): Promise<RelationRecord[]> =>
      model.find({ uscc, until: null }, plain, { session: session ?? null }).lean<RelationRecord[]>(),
    below: async (parent: string, most: number): Promise<RelationRecord[]> =>
      model.find({ parent, until: null }, plain).sort({ uscc: 1 }).limit(most).lean<RelationRecord[]>(),
    end: async (
      { uscc, kind }: Pick<RelationRecord, 'uscc' | 'kind'>,
      until: LegalDay,
      session: ClientSession,
    ): Promise<boolean> =>
      (await model.collection.updateOne({ uscc, kind, until: null }, { $set: { until } }, { session })).matchedCount ===
      1,
    insert: async (relation: RelationRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...relation }, { session });
    },
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (relations: readonly RelationRecord[]): Promise<void> =>
      insertMissing(model.collection, relations),
  };
}
