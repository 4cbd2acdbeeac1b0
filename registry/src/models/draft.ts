import { DRAFTS, type StoredDraft } from '@zhitong/gateway/feed';
import { Schema, type Connection } from 'mongoose';

const required = true;
const schema = new Schema<StoredDraft>(
  {
    _id: { type: String, required },
    department: { type: String, required },
    owner: { type: String, default: null },
    sdl: { type: String, required },
    url: { type: String, required },
    supergraphSdl: { type: String, default: null },
    base: { type: Number, required },
    fault: { type: String, default: null },
    revision: { type: Number, required },
    author: { type: String, required },
    reason: { type: String, required },
    at: { type: Date, required },
    expiresAt: { type: Date, required },
  },
  { collection: DRAFTS, versionKey: false, strict: 'throw' },
);
// Room is made in time; that nobody is answered on a draft which has ended, its reader sees to.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 86_400 });

/** A draft as lists show it: without the texts, which are large. */
export type DraftNote = Omit<StoredDraft, 'sdl' | 'supergraphSdl'>;

export type DraftStore = ReturnType<typeof draftStore>;

/** The drafts that gateways can serve. */
export function draftStore(db: Connection) {
  const model = db.model('Draft', schema);
  return {
    /** Those that have not ended, by name. */
    open: async (now: Date): Promise<DraftNote[]> =>
      model
        .find({ expiresAt: { $gt: now } }, { sdl: 0, supergraphSdl: 0 })
        .sort({ _id: 1 })
        .lean<DraftNote[]>(),
    byName: async (name: string): Promise<StoredDraft | null> => model.findById(name).lean<StoredDraft | null>(),
    /** Puts a draft in place of the one of its name. */
    put: async ({ _id, ...draft }: Omit<StoredDraft, 'revision'>): Promise<void> => {
      await model.updateOne({ _id }, { $set: draft, $inc: { revision: 1 } }, { upsert: true });
    },
    /** Sets what became of a draft over another graph, unless it was changed or renewed since it was read. */
    renew: async (
      { _id, revision }: Pick<StoredDraft, '_id' | 'revision'>,
      renewed: Pick<StoredDraft, 'supergraphSdl' | 'base' | 'fault'>,
    ): Promise<void> => {
      await model.updateOne({ _id, revision }, { $set: renewed, $inc: { revision: 1 } });
    },
    /** Says whether there was one. */
    remove: async (name: string): Promise<boolean> => (await model.deleteOne({ _id: name })).deletedCount === 1,
  };
}
