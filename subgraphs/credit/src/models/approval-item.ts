import { insertMissing, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import {
  approvalState,
  type ApprovalEvent,
  type ApprovalItem,
  type ApprovalState,
} from '../domain/audit/approval-ledger.js';
import { BY_DEADLINE } from '../list-orders.js';
import type { RecordNotes } from './record-history.js';

/** An item of the approval ledger as stored. */
export interface ApprovalItemRecord extends ApprovalItem {
  readonly id: string;
  readonly uscc: string;
  readonly projectId: string | null;
  readonly department: string;
  readonly permit: string;
  /** Why it was not completed, which was not the enterprise's fault. */
  readonly cause: string;
  /** What follows from the events, kept with them in one write, so that lists can be filtered by it. */
  readonly state: ApprovalState;
}

/** Conditions of a list; all must hold. */
export interface ApprovalConditions {
  readonly department?: string | undefined;
  readonly uscc?: string | undefined;
  readonly states?: readonly string[] | undefined;
  /** Not struck off, with a deadline before this day. */
  readonly overdueOn?: string | undefined;
}

const required = true;
const schema = new Schema<ApprovalItemRecord>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    projectId: { type: String, default: null },
    department: { type: String, required },
    permit: { type: String, required },
    cause: { type: String, required },
    openedOn: { type: String, required },
    deadline: { type: String, required },
    events: { type: [Schema.Types.Mixed], required } as never,
    state: { type: String, required },
  },
  { collection: 'approval_items', versionKey: false, strict: 'throw', id: false, minimize: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ deadline: 1, id: 1 });
schema.index({ department: 1, deadline: 1, id: 1 });
schema.index({ uscc: 1, deadline: 1, id: 1 });

export type ApprovalItemStore = ReturnType<typeof approvalItemStore>;

/** Permits that were not completed through no fault of the enterprise. */
export function approvalItemStore(db: Connection, history: RecordNotes) {
  const model = db.model('ApprovalItem', schema);
  return {
    byId: async (id: string, session: ClientSession | null = null): Promise<ApprovalItemRecord | null> =>
      model.findOne({ id }, { _id: 0 }, { session }).lean<ApprovalItemRecord>(),
    list: async (
      conditions: ApprovalConditions,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
    ): Promise<ApprovalItemRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(BY_DEADLINE, position, backwards)] }, { _id: 0 })
        .sort(keysetSort(BY_DEADLINE, backwards))
        .limit(limit + 1)
        .lean<ApprovalItemRecord[]>(),
    count: async (conditions: ApprovalConditions): Promise<number> => model.countDocuments(filterOf(conditions)),
    insert: async (record: ApprovalItemRecord, session: ClientSession): Promise<void> => {
      await model.create([record], { session });
      await history.note('approval_items', [record], session);
    },
    /** Adds an event to an item that still has `count` of them; false when somebody added one in between. */
    addEvent: async (
      { id, events }: ApprovalItemRecord,
      event: ApprovalEvent,
      session: ClientSession,
    ): Promise<boolean> => {
      const { matchedCount } = await model.updateOne(
        { id, events: { $size: events.length } },
        { $push: { events: event }, $set: { state: approvalState({ events: [...events, event] }) } },
        { session },
      );
      if (matchedCount === 1) await history.note('approval_items', [{ id }], session);
      return matchedCount === 1;
    },
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly ApprovalItemRecord[]): Promise<void> => {
      await insertMissing(model.collection, records);
      await history.bringIn('approval_items', records);
    },
  };
}

function filterOf({ department, uscc, states, overdueOn }: ApprovalConditions): Record<string, unknown> {
  return {
    ...(department === undefined ? {} : { department }),
    ...(uscc === undefined ? {} : { uscc }),
    ...(states === undefined ? {} : { state: { $in: [...states] } }),
    ...(overdueOn === undefined ? {} : { deadline: { $lt: overdueOn }, $nor: [{ state: 'STRUCK_OFF' }] }),
  };
}
