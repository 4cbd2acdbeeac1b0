import { insertMissing, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { DecisionMove, MeetingKind, ProblemLine } from '../domain/meeting.js';
import { MEETING_ORDER } from '../list-orders.js';
import type { CasePage } from './case.js';

export interface DecisionRecord {
  readonly number: number;
  readonly caseNumber: string;
  readonly department: string;
  readonly decision: string;
  readonly dueOn: string;
  readonly becameMove: DecisionMove;
  readonly followUps: readonly {
    readonly day: string;
    readonly note: string;
    readonly done: boolean;
    readonly by: string;
    /** Links to what shows it; follow-ups from before evidence was asked for have none. */
    readonly evidence?: readonly string[];
  }[];
}

/** A list of a meeting's problems as it was drawn up on a day (问题清单). */
export interface ProblemListRecord {
  readonly number: number;
  readonly drawnUpOn: string;
  readonly by: string;
  readonly lines: readonly ProblemLine[];
}

/** A meeting with what was decided. Decisions, follow-ups and lists are only ever added. */
export interface MeetingRecord {
  readonly id: string;
  readonly version: number;
  readonly kind: MeetingKind;
  readonly date: string;
  readonly title: string;
  readonly chairedBy: string | null;
  readonly agenda: readonly string[];
  /** Taken off the agenda, though brought to the meeting's level. */
  readonly takenOff?: readonly string[];
  /**
   * Cases that it can be called after: those brought to it when the title was written, or put on the agenda by the
   * coordinator since. A department that brings one to its level must not see by the title whose that is. Meetings from
   * before this was kept can be called after all that are on their agenda.
   */
  readonly titleAbout?: readonly string[];
  /** County whose meeting it is, GB/T 2260; null for one of the city. */
  readonly region?: string | null;
  readonly participants?: readonly { readonly name: string; readonly organisation: string }[];
  readonly decisions: readonly DecisionRecord[];
  readonly problemLists?: readonly ProblemListRecord[];
  /** Day on which it was entered that it was held; meetings from before that was kept count as known on their day. */
  readonly heldRecordedOn?: string;
  readonly plannedBy: string;
}

/** Meetings of a kind that were held in a county, or in the city. */
export interface MeetingCount {
  readonly kind: MeetingKind;
  readonly region: string | null;
  readonly count: number;
}

const required = true;
const schema = new Schema(
  {
    id: { type: String, required },
    version: { type: Number, required, min: 1 },
    kind: { type: String, required },
    date: { type: String, required },
    title: { type: String, required },
    chairedBy: { type: String, default: null },
    agenda: { type: [String], required },
    takenOff: { type: [String] },
    titleAbout: { type: [String], default: undefined },
    region: { type: String, default: null },
    participants: { type: [Schema.Types.Mixed] },
    decisions: { type: [Schema.Types.Mixed], required },
    problemLists: { type: [Schema.Types.Mixed], default: undefined },
    heldRecordedOn: { type: String },
    plannedBy: { type: String, required },
  },
  { collection: 'meetings', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ date: -1, id: -1 });
schema.index({ kind: 1, date: -1, id: -1 });
schema.index({ agenda: 1, date: -1, id: -1 });

/** Which meetings that were held; `region` is null for those of the city alone. */
export interface HeldMeetings {
  readonly from: string;
  readonly to: string;
  /** As was known at the end of this day. */
  readonly knownOn: string;
  readonly kind?: MeetingKind | undefined;
  readonly region?: string | null | undefined;
}

/** The condition by which meetings are counted and listed. */
const heldWith = ({ from, to, knownOn, kind, region }: HeldMeetings): Record<string, unknown> => ({
  date: { $gte: from, $lte: to },
  chairedBy: { $ne: null },
  $expr: { $lte: [{ $ifNull: ['$heldRecordedOn', '$date'] }, knownOn] },
  ...(kind === undefined ? {} : { kind }),
  ...(region === undefined ? {} : { region }),
});

/** So many meetings are told of one case at most. */
const MOST_OF_A_CASE = 50;

export type MeetingStore = ReturnType<typeof meetingStore>;

/** The meetings and what came of them. */
export function meetingStore(db: Connection) {
  const model = db.model('Meeting', schema);
  const plain = { _id: 0 } as const;
  return {
    byId: async (id: string, session?: ClientSession): Promise<MeetingRecord | null> =>
      model.findOne({ id }, plain, { session: session ?? null }).lean<MeetingRecord | null>(),
    byIds: async (ids: readonly string[]): Promise<MeetingRecord[]> =>
      model.find({ id: { $in: [...ids] } }, plain).lean<MeetingRecord[]>(),
    latest: async (
      { kind, region }: { kind: MeetingKind | undefined; region: string | undefined },
      limit: number,
    ): Promise<MeetingRecord[]> =>
      model
        .find({ ...(kind === undefined ? {} : { kind }), ...(region === undefined ? {} : { region }) }, plain)
        .sort({ date: -1, id: -1 })
        .limit(limit)
        .lean<MeetingRecord[]>(),
    /** The meetings that were held with each of some cases on their agenda, the latest first. */
    ofCases: async (numbers: readonly string[]): Promise<Map<string, readonly MeetingRecord[]>> => {
      const found = await model
        .find({ agenda: { $in: [...numbers] }, chairedBy: { $ne: null } }, plain)
        .sort({ date: -1, id: -1 })
        .lean<MeetingRecord[]>();
      return new Map(
        numbers.map((number) => [
          number,
          found.filter(({ agenda }) => agenda.includes(number)).slice(0, MOST_OF_A_CASE),
        ]),
      );
    },
    /** Days of the meetings that were held since a day. */
    heldSince: async (from: string): Promise<Pick<MeetingRecord, 'kind' | 'date' | 'region'>[]> =>
      model
        .find({ date: { $gte: from }, chairedBy: { $ne: null } }, { _id: 0, kind: 1, date: 1, region: 1 })
        .lean<Pick<MeetingRecord, 'kind' | 'date' | 'region'>[]>(),
    /** A page of the meetings that were held, with one more than `limit` when more follow. */
    held: async (conditions: HeldMeetings, { limit, position, backwards }: Omit<CasePage, 'fields'>) =>
      model
        .find({ $and: [heldWith(conditions), keysetFilter(MEETING_ORDER, position, backwards)] }, plain)
        .sort(keysetSort(MEETING_ORDER, backwards))
        .limit(limit + 1)
        .lean<MeetingRecord[]>(),
    heldCount: async (conditions: HeldMeetings): Promise<number> => model.countDocuments(heldWith(conditions)),
    /** How many meetings were held in a period, as was known on a day, by kind and county. */
    counts: async (period: Pick<HeldMeetings, 'from' | 'to' | 'knownOn'>): Promise<MeetingCount[]> =>
      (
        await model.collection
          .aggregate<{ _id: { kind: MeetingKind; region: string | null }; count: number }>([
            { $match: heldWith(period) },
            { $group: { _id: { kind: '$kind', region: { $ifNull: ['$region', null] } }, count: { $sum: 1 } } },
            { $sort: { '_id.kind': 1, '_id.region': 1 } },
          ])
          .toArray()
      ).map(({ _id, count }) => ({ ..._id, count })),
    insert: async (meeting: MeetingRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...meeting }, { session });
    },
    /** Replaces a meeting that still is at the version before; false when somebody wrote in between. */
    replace: async (meeting: MeetingRecord, session: ClientSession): Promise<boolean> =>
      (await model.collection.replaceOne({ id: meeting.id, version: meeting.version - 1 }, { ...meeting }, { session }))
        .matchedCount === 1,
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly MeetingRecord[]): Promise<void> => insertMissing(model.collection, records),
  };
}
