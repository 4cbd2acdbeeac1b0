import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { CheckItem, CheckManner, UndercoverStatus } from '../domain/undercover-check.js';

/** What the unit reports that it has put right, and what came of that. */
export interface RectificationRecord {
  readonly report: string;
  readonly evidence: readonly string[];
  readonly reportedOn: string;
  /** Null until it is judged. */
  readonly isAccepted: boolean | null;
  readonly note: string | null;
  readonly judgedOn: string | null;
}

/** A check of a unit, announced or undercover (明察暗访). */
export interface UndercoverCheckRecord {
  readonly id: string;
  readonly version: number;
  readonly manner: CheckManner;
  readonly department: string;
  /** Window, hall or site. */
  readonly place: string;
  readonly visitedOn: string;
  /** Who went; the unit does not learn it. */
  readonly checkers: readonly string[];
  readonly items: readonly CheckItem[];
  readonly evidence: readonly string[];
  readonly status: UndercoverStatus;
  /** Last day for putting right what was found; null when nothing was. */
  readonly rectifyBy: string | null;
  readonly rectifications: readonly RectificationRecord[];
  readonly recordedBy: string;
  /** Days of rectification that passed without a report; checks from before they were noticed have none. */
  readonly overruns?: readonly { readonly dueOn: string; readonly noticedOn: string }[];
}

const required = true;
const schema = new Schema(
  {
    id: { type: String, required },
    version: { type: Number, required },
    manner: { type: String, required },
    department: { type: String, required },
    place: { type: String, required },
    visitedOn: { type: String, required },
    checkers: { type: [String], required },
    items: { type: [Schema.Types.Mixed], required } as never,
    evidence: { type: [String], required },
    status: { type: String, required },
    rectifyBy: { type: String, default: null },
    rectifications: { type: [Schema.Types.Mixed], required } as never,
    recordedBy: { type: String, required },
    overruns: { type: [Schema.Types.Mixed], default: undefined } as never,
  },
  { collection: 'undercover_checks', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ visitedOn: -1, id: -1 });
schema.index({ department: 1, visitedOn: -1, id: -1 });
schema.index({ status: 1, rectifyBy: 1 });

export type UndercoverCheckStore = ReturnType<typeof undercoverCheckStore>;

/** The checks of units. */
export function undercoverCheckStore(db: Connection) {
  const model = db.model('UndercoverCheck', schema);
  return {
    byId: async (id: string, session?: ClientSession): Promise<UndercoverCheckRecord | null> =>
      model.findOne({ id }, { _id: 0 }, { session: session ?? null }).lean<UndercoverCheckRecord | null>(),
    /** The latest first; of one department where it is given. `lateOn`: to be rectified by a day before this one. */
    list: async (
      { department, lateOn }: { readonly department: string | undefined; readonly lateOn: string | undefined },
      limit: number,
    ): Promise<UndercoverCheckRecord[]> =>
      model
        .find(
          {
            ...(department === undefined ? {} : { department }),
            ...(lateOn === undefined ? {} : { status: 'TO_RECTIFY', rectifyBy: { $lt: lateOn } }),
          },
          { _id: 0 },
        )
        .sort({ visitedOn: -1, id: -1 })
        .limit(limit)
        .lean<UndercoverCheckRecord[]>(),
    /** Ids of checks to be rectified by a day before this one whose passing was not noticed, longest overdue first. */
    overdueUnnoticed: async (today: string, limit: number): Promise<string[]> =>
      (
        await model
          .find(
            {
              status: 'TO_RECTIFY',
              rectifyBy: { $lt: today },
              $expr: { $not: [{ $in: ['$rectifyBy', { $ifNull: ['$overruns.dueOn', []] }] }] },
            },
            { _id: 0, id: 1 },
          )
          .sort({ rectifyBy: 1, id: 1 })
          .limit(limit)
          .lean<Pick<UndercoverCheckRecord, 'id'>[]>()
      ).map(({ id }) => id),
    insert: async (record: UndercoverCheckRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...record }, { session });
    },
    /** Writes the next version; false when somebody else did. */
    replace: async (record: UndercoverCheckRecord, session: ClientSession): Promise<boolean> =>
      (await model.collection.replaceOne({ id: record.id, version: record.version - 1 }, { ...record }, { session }))
        .matchedCount === 1,
  };
}
