import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { MatchedPolicy, MatchedState } from '../domain/matching/rematch.js';

interface MatchStateRecord {
  name: 'matches';
  policies: MatchedPolicy[];
  referenceDate: string;
}

/** An enterprise of which another department has reported a change, until its facts are read again. */
export interface StaleEnterprise {
  uscc: string;
  /** When it happened in the other department; the earliest of those waiting. */
  since: Date;
  /** Grows with each event, so that one that arrives during the reading is not lost. */
  events: number;
}

interface LagRecord {
  name: 'lag';
  seconds: number;
  at: Date;
}

const required = true;
const stateSchema = new Schema<MatchStateRecord>(
  {
    name: { type: String, required },
    policies: { type: [Schema.Types.Mixed], required } as never,
    referenceDate: { type: String, required },
  },
  { collection: 'matchState', versionKey: false, strict: 'throw' },
);
stateSchema.index({ name: 1 }, { unique: true });
const staleSchema = new Schema<StaleEnterprise>(
  { uscc: { type: String, required }, since: { type: Date, required }, events: { type: Number, required } },
  { collection: 'staleEnterprises', versionKey: false, strict: 'throw' },
);
staleSchema.index({ uscc: 1 }, { unique: true });
staleSchema.index({ since: 1 });
const lagSchema = new Schema<LagRecord>(
  { name: { type: String, required }, seconds: { type: Number, required }, at: { type: Date, required } },
  { collection: 'factLag', versionKey: false, strict: 'throw' },
);
lagSchema.index({ name: 1 }, { unique: true });

export type MatchStateStore = ReturnType<typeof matchStateStore>;

/** What the stored results stand for, and which enterprises wait to be read again. */
export function matchStateStore(db: Connection) {
  const states = db.model('MatchState', stateSchema);
  const stale = db.model('StaleEnterprise', staleSchema);
  const lags = db.model('FactLag', lagSchema);
  return {
    matched: async (): Promise<MatchedState | null> =>
      states.findOne({ name: 'matches' }, { _id: 0, policies: 1, referenceDate: 1 }).lean<MatchedState>(),
    setMatched: async ({ policies, referenceDate }: MatchedState): Promise<void> => {
      await states.updateOne(
        { name: 'matches' },
        { $set: { policies: [...policies], referenceDate } },
        { upsert: true },
      );
    },
    /** Lets the stored results stand for no policy any more, so that all are matched again. */
    outdate: async (): Promise<void> => {
      await states.updateOne({ name: 'matches' }, { $set: { policies: [] } });
    },

    /**
     * Notes that an enterprise's facts changed elsewhere; takes the driver's session, because the inbox opens the
     * transaction.
     */
    noteStale: async (uscc: string, since: Date, session: object): Promise<void> => {
      await stale.collection.updateOne(
        { uscc },
        { $min: { since }, $inc: { events: 1 } },
        { upsert: true, session: session as never },
      ); // two copies of the driver's types, one class at run time
    },
    /** The enterprises that wait longest, but for some. */
    longestStale: async (limit: number, except: readonly string[] = []): Promise<StaleEnterprise[]> =>
      stale
        .find(except.length === 0 ? {} : { uscc: { $nin: [...except] } }, { _id: 0 })
        .sort({ since: 1 })
        .limit(limit)
        .lean<StaleEnterprise[]>(),
    /** Forgets one that was read again, unless another event has come in the meantime. */
    forgetStale: async ({ uscc, events }: StaleEnterprise): Promise<void> => {
      await stale.deleteOne({ uscc, events });
    },
    /** Which of the enterprises were reported to have changed and are not read yet. */
    staleAmong: async (usccs: readonly string[], session: ClientSession | null): Promise<Set<string>> =>
      new Set(await stale.distinct('uscc', { uscc: { $in: [...usccs] } }).session(session)),
    countStale: async (): Promise<number> => stale.countDocuments({}),

    /** Seconds from a change in another department to its arrival in the stored matches, of the latest one. */
    lagSeconds: async (): Promise<number | null> =>
      (await lags.findOne({ name: 'lag' }, { _id: 0, seconds: 1 }).lean<{ seconds: number }>())?.seconds ?? null,
    setLag: async (seconds: number, at: Date): Promise<void> => {
      await lags.updateOne({ name: 'lag' }, { $set: { seconds, at } }, { upsert: true });
    },
  };
}
