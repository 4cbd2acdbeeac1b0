import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { DayRange } from '@zhitong/values';
import type { PolicyContent } from '../domain/policy/policy.js';

export type VersionState = 'DRAFT' | 'PUBLISHED' | 'WITHDRAWN';

/** One version of a policy. The content of a published version never changes; a change is a new version. */
export interface PolicyVersionRecord {
  policyId: string;
  version: number;
  state: VersionState;
  content: PolicyContent;
  /** Days on which the version applies: its own window, cut short by the version that followed it. */
  effective: DayRange;
  /** Of the content, to distinguish an import that changes nothing from one that does. */
  digest: string;
  createdAt: Date;
  createdBy: string;
  publishedAt: Date | null;
  publishedBy: string | null;
  /** When, by whom and why it was taken back; left out unless it was, and where another took its place. */
  withdrawal?: { readonly at: Date; readonly by: string; readonly reason: string };
}

/** A published version without the bulk of its content. */
export type PublishedVersionMark = Pick<PolicyVersionRecord, 'policyId' | 'version' | 'effective' | 'publishedAt'> & {
  content: Pick<PolicyContent, 'stage'>;
};

const required = true;
const schema = new Schema<PolicyVersionRecord>(
  {
    policyId: { type: String, required },
    version: { type: Number, required, min: 1 },
    state: { type: String, required, enum: ['DRAFT', 'PUBLISHED', 'WITHDRAWN'] },
    content: { type: Schema.Types.Mixed, required } as never,
    effective: { type: Schema.Types.Mixed, required } as never,
    digest: { type: String, required },
    createdAt: { type: Date, required },
    createdBy: { type: String, required },
    publishedAt: { type: Date, default: null },
    publishedBy: { type: String, default: null },
    withdrawal: Schema.Types.Mixed as never,
  },
  { collection: 'policyVersions', versionKey: false, strict: 'throw', minimize: false },
);
schema.index({ policyId: 1, version: 1 }, { unique: true }); // two officers who save at once: one of them gets an error
schema.index({ state: 1, policyId: 1 });

export type PolicyVersionStore = ReturnType<typeof policyVersionStore>;

/** All versions of all policies. */
export function policyVersionStore(db: Connection) {
  const model = db.model('PolicyVersion', schema);
  return {
    published: async (): Promise<PolicyVersionRecord[]> =>
      model.find({ state: 'PUBLISHED' }, { _id: 0 }).lean<PolicyVersionRecord[]>(),

    /**
     * What decides when subscribers are notified of the published versions: everything but the bulk of their contents.
     */
    publishedMarks: async (): Promise<PublishedVersionMark[]> =>
      model
        .find(
          { state: 'PUBLISHED' },
          { _id: 0, policyId: 1, version: 1, effective: 1, publishedAt: 1, 'content.stage': 1 },
        )
        .lean<PublishedVersionMark[]>(),

    /** All versions of one policy, newest first. */
    versions: async (policyId: string, session: ClientSession | null = null): Promise<PolicyVersionRecord[]> =>
      model.find({ policyId }, { _id: 0 }).sort({ version: -1 }).session(session).lean<PolicyVersionRecord[]>(),

    /** The versions of several policies, newest first. */
    versionsOf: async (policyIds: readonly string[], session: ClientSession | null): Promise<PolicyVersionRecord[]> =>
      model
        .find({ policyId: { $in: [...policyIds] } }, { _id: 0 })
        .sort({ policyId: 1, version: -1 })
        .session(session)
        .lean<PolicyVersionRecord[]>(),

    insert: async (record: PolicyVersionRecord, session: ClientSession | null = null): Promise<void> => {
      await model.create([record], { session });
    },

    /** Replaces the content of a draft; false when it is no draft any more. */
    replaceDraft: async (
      policyId: string,
      version: number,
      change: Pick<PolicyVersionRecord, 'content' | 'effective' | 'digest'>,
      session: ClientSession,
    ): Promise<boolean> =>
      (await model.updateOne({ policyId, version, state: 'DRAFT' }, { $set: change }, { session })).matchedCount === 1,

    /** Removes a draft; nothing where it is none any more. */
    removeDraft: async (policyId: string, version: number, session: ClientSession): Promise<void> => {
      await model.deleteOne({ policyId, version, state: 'DRAFT' }, { session });
    },

    /** Publishes a draft; false when it is no draft any more. */
    publish: async (
      policyId: string,
      version: number,
      by: Pick<PolicyVersionRecord, 'effective'> & { publishedAt: Date; publishedBy: string },
      session: ClientSession,
    ): Promise<boolean> =>
      (
        await model.updateOne(
          { policyId, version, state: 'DRAFT' },
          { $set: { state: 'PUBLISHED', ...by } },
          { session },
        )
      ).matchedCount === 1,

    /**
     * Takes a published version back, with the reason or because another takes its place; false when it is not
     * published any more.
     */
    withdraw: async (
      policyId: string,
      version: number,
      withdrawal: PolicyVersionRecord['withdrawal'] | null,
      session: ClientSession,
    ): Promise<boolean> =>
      (
        await model.updateOne(
          { policyId, version, state: 'PUBLISHED' },
          { $set: { state: 'WITHDRAWN', ...(withdrawal === null ? {} : { withdrawal }) } },
          { session },
        )
      ).matchedCount === 1,

    /** Which of the ids are policies, in whichever version. */
    known: async (policyIds: readonly string[], session: ClientSession): Promise<Set<string>> =>
      new Set(await model.distinct('policyId', { policyId: { $in: [...policyIds] } }).session(session)),

    /** Lets a published version end earlier, on the day before its successor begins. */
    endBefore: async (policyId: string, version: number, to: string, session: ClientSession): Promise<boolean> =>
      (await model.updateOne({ policyId, version, state: 'PUBLISHED' }, { $set: { 'effective.to': to } }, { session }))
        .matchedCount === 1,

    /**
     * Calls `changed` after each change of a version, `broken` when the stream ends with an error. Returns how to stop
     * it.
     */
    watch: ({ changed, broken }: { changed: () => void; broken: (error: unknown) => void }): (() => Promise<void>) => {
      const stream = model.collection.watch([], { maxAwaitTimeMS: 1_000 });
      stream.on('change', changed);
      stream.on('error', broken);
      return async () => stream.close();
    },
  };
}
