import { isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection, type Types } from 'mongoose';
import type { MatchChange, MatchChangeKind } from '../domain/matching/match.js';
import type { MatchedPolicy } from '../domain/matching/rematch.js';

/** What a run changed, pair by pair of enterprise and policy. */
export type ChangeCounts = Record<MatchChangeKind, number>;

/** A matching run with how far it has come. */
export interface MatchingRunRecord {
  id: string;
  kind: 'FULL' | 'INCREMENTAL';
  status: 'RUNNING' | 'FINISHED';
  referenceDate: string;
  /** Policies that it matches, with their versions; of an incremental run only those that a change can affect. */
  policies: MatchedPolicy[];
  total: number;
  done: number;
  /** The last enterprise that it has matched; empty at the beginning. */
  lastUscc: string;
  counts: ChangeCounts;
  startedAt: Date;
  finishedAt: Date | null;
}

export const NO_CHANGES: ChangeCounts = {
  NEWLY_ELIGIBLE: 0,
  NO_LONGER_ELIGIBLE: 0,
  NEWLY_UNDETERMINED: 0,
  AMOUNT_CHANGED: 0,
};

/** The differences that a run made for one enterprise. */
export interface MatchChangesRecord {
  readonly runId: string;
  readonly uscc: string;
  readonly changes: readonly MatchChange[];
  readonly at: Date;
  /** The enterprise is still to be told; left out where it was, and of its first matching, which is no news. */
  readonly untold?: true;
}

/** What finds differences that an enterprise is still to be told of. */
export interface UntoldMark {
  readonly id: Types.ObjectId;
  readonly uscc: string;
}

/** Differences that an enterprise is still to be told of. */
export type UntoldChanges = Pick<MatchChangesRecord, 'runId' | 'uscc' | 'changes'>;

const required = true;
const runSchema = new Schema<MatchingRunRecord>(
  {
    id: { type: String, required },
    kind: { type: String, required },
    status: { type: String, required },
    referenceDate: { type: String, required },
    policies: { type: [Schema.Types.Mixed], required } as never,
    total: { type: Number, required },
    done: { type: Number, required },
    lastUscc: { type: String, default: '' },
    counts: { type: Schema.Types.Mixed, required } as never,
    startedAt: { type: Date, required },
    finishedAt: { type: Date, default: null },
  },
  { collection: 'matchingRuns', versionKey: false, strict: 'throw' },
);
runSchema.index({ id: 1 }, { unique: true });
runSchema.index({ kind: 1 }, { unique: true, partialFilterExpression: { status: 'RUNNING' } }); // one full run at a time: the second joins the first
runSchema.index({ startedAt: -1 });

const changeSchema = new Schema<MatchChangesRecord>(
  {
    runId: { type: String, required },
    uscc: { type: String, required },
    changes: { type: [Schema.Types.Mixed], required } as never,
    at: { type: Date, required },
    untold: Boolean,
  },
  { collection: 'matchChanges', versionKey: false, strict: 'throw' },
);
changeSchema.index({ runId: 1, uscc: 1 }, { unique: true }); // a batch that is run twice does not double its differences
changeSchema.index({ uscc: 1, at: -1 });
changeSchema.index({ untold: 1 }, { partialFilterExpression: { untold: true } });

export type MatchingRunStore = ReturnType<typeof matchingRunStore>;

/** Runs and their differences. */
export function matchingRunStore(db: Connection) {
  const runs = db.model('MatchingRun', runSchema);
  const changes = db.model('MatchChange', changeSchema);
  return {
    byId: async (id: string, session: ClientSession | null = null): Promise<MatchingRunRecord | null> =>
      runs.findOne({ id }, { _id: 0 }).session(session).lean<MatchingRunRecord>(),
    running: async (kind: MatchingRunRecord['kind']): Promise<MatchingRunRecord | null> =>
      runs.findOne({ kind, status: 'RUNNING' }, { _id: 0 }).lean<MatchingRunRecord>(),
    latest: async (): Promise<MatchingRunRecord | null> =>
      runs.findOne({}, { _id: 0 }).sort({ startedAt: -1 }).lean<MatchingRunRecord>(),

    /** Begins a run, or returns the one of the same kind that is at work already. */
    begin: async (run: MatchingRunRecord): Promise<{ readonly run: MatchingRunRecord; readonly joined: boolean }> => {
      try {
        await runs.create(run);
        return { run, joined: false };
      } catch (error) {
        const other = isDuplicateKey(error)
          ? await runs.findOne({ kind: run.kind, status: 'RUNNING' }, { _id: 0 }).lean<MatchingRunRecord>()
          : null;
        if (other === null) throw error;
        return { run: other, joined: true };
      }
    },

    /**
     * Moves a run on from one enterprise to another and returns it; null when somebody else has moved it in the
     * meantime.
     */
    advance: async (
      id: string,
      { from, to, done, counts }: { from: string; to: string; done: number; counts: ChangeCounts },
      session: ClientSession,
    ): Promise<MatchingRunRecord | null> => {
      const increments = Object.fromEntries(Object.entries(counts).map(([kind, count]) => [`counts.${kind}`, count]));
      return runs
        .findOneAndUpdate(
          { id, status: 'RUNNING', lastUscc: from },
          { $set: { lastUscc: to }, $inc: { done, ...increments } },
          { session, returnDocument: 'after', projection: { _id: 0 } },
        )
        .lean<MatchingRunRecord>();
    },

    finish: async (id: string, finishedAt: Date): Promise<void> => {
      await runs.updateOne({ id, status: 'RUNNING' }, { $set: { status: 'FINISHED', finishedAt } });
    },

    addChanges: async (records: readonly MatchChangesRecord[], session: ClientSession): Promise<void> => {
      if (records.length > 0)
        await changes.collection.insertMany(
          records.map((record) => ({ ...record })),
          { ordered: false, session },
        );
    },

    /** Marks of differences that enterprises are still to be told of, in the order in which they were found. */
    untoldAfter: async (position: UntoldMark | null, limit: number): Promise<UntoldMark[]> =>
      (
        await changes
          .find({ untold: true, ...(position === null ? {} : { _id: { $gt: position.id } }) }, { uscc: 1 })
          .sort({ _id: 1 })
          .limit(limit)
          .lean<{ _id: UntoldMark['id']; uscc: string }[]>()
      ).map(({ _id: id, uscc }) => ({ id, uscc })),

    /** Those of the differences that nobody was told of meanwhile, in the order in which they were found. */
    untold: async (marks: readonly UntoldMark[], session: ClientSession): Promise<UntoldChanges[]> =>
      changes
        .find({ _id: { $in: marks.map(({ id }) => id) }, untold: true }, { _id: 0, runId: 1, uscc: 1, changes: 1 })
        .sort({ _id: 1 })
        .session(session)
        .lean<UntoldChanges[]>(),

    /** Notes that enterprises were told; two transactions that tell of the same collide. */
    markTold: async (told: readonly UntoldChanges[], session: ClientSession): Promise<void> => {
      if (told.length > 0)
        await changes.bulkWrite(
          told.map(({ runId, uscc }) => ({
            updateOne: { filter: { runId, uscc }, update: { $unset: { untold: '' } } },
          })),
          { session },
        );
    },

    /** The differences of a run by USCC, from one enterprise on. */
    changesOf: async (
      runId: string,
      { afterUscc, limit }: { afterUscc: string; limit: number },
    ): Promise<MatchChangesRecord[]> =>
      changes
        .find({ runId, uscc: { $gt: afterUscc } }, { _id: 0 })
        .sort({ uscc: 1 })
        .limit(limit)
        .lean<MatchChangesRecord[]>(),
  };
}
