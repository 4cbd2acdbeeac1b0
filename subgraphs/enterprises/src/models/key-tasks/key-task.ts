import { insertMissing, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { TASK_ORDER } from '../../list-orders.js';
import type { TaskHistory } from '../../domain/key-tasks/key-task.js';

/** A key task of a year, or the measure against what a third party found. */
export interface KeyTaskRecord extends TaskHistory {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** Code of the indicator that it serves. */
  readonly indicator: string;
  readonly ownerCode: string;
  /** What a third party found (第三方评估), when the task is the measure against it. */
  readonly finding: { readonly source: string; readonly text: string; readonly foundOn: LegalDay } | null;
}

/** Conditions of a list, by stored field. */
export interface KeyTaskConditions {
  readonly ownerCode?: string | undefined;
  readonly indicator?: string | undefined;
  readonly hasFinding?: boolean | undefined;
}

const required = true;
const schema = new Schema(
  {
    id: { type: String, required },
    version: { type: Number, required, min: 1 },
    title: { type: String, required },
    indicator: { type: String, required },
    ownerCode: { type: String, required },
    finding: { type: Schema.Types.Mixed, default: null },
    enteredOn: { type: String, required },
    dueOn: { type: String, required },
    progress: { type: [Schema.Types.Mixed], required },
    decisions: { type: [Schema.Types.Mixed], required },
  },
  { collection: 'key_tasks', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ dueOn: 1, id: 1 });

export type KeyTaskStore = ReturnType<typeof keyTaskStore>;

/** The key tasks: some hundred a year. */
export function keyTaskStore(db: Connection) {
  const model = db.model('KeyTask', schema);
  const filterOf = ({ ownerCode, indicator, hasFinding }: KeyTaskConditions): Record<string, unknown> => ({
    ...(ownerCode === undefined ? {} : { ownerCode }),
    // An indicator of the first level means those below it too.
    ...(indicator === undefined ? {} : { indicator: new RegExp(`^${indicator.replace('.', '\\.')}(\\.|$)`) }),
    ...(hasFinding === undefined ? {} : { finding: hasFinding ? { $ne: null } : null }),
  });
  return {
    byId: async (id: string, session?: ClientSession): Promise<KeyTaskRecord | null> =>
      model.findOne({ id }, { _id: 0 }, { session: session ?? null }).lean<KeyTaskRecord | null>(),
    list: async (
      conditions: KeyTaskConditions,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
    ): Promise<KeyTaskRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(TASK_ORDER, position, backwards)] }, { _id: 0 })
        .sort(keysetSort(TASK_ORDER, backwards))
        .limit(limit + 1)
        .lean<KeyTaskRecord[]>(),
    count: async (conditions: KeyTaskConditions): Promise<number> => model.countDocuments(filterOf(conditions)),
    /** What decides about the figures of all tasks that are due in a year. */
    ofYear: async (year: number): Promise<Pick<KeyTaskRecord, 'ownerCode' | keyof TaskHistory>[]> =>
      model
        .find(
          { dueOn: { $gte: `${year}-01-01`, $lte: `${year}-12-31` } },
          { _id: 0, ownerCode: 1, enteredOn: 1, dueOn: 1, progress: 1, decisions: 1 },
        )
        .lean<Pick<KeyTaskRecord, 'ownerCode' | keyof TaskHistory>[]>(),
    insert: async (task: KeyTaskRecord, session: ClientSession): Promise<void> => {
      await model.collection.insertOne({ ...task }, { session });
    },
    /** Replaces a task that still is at the version before; false when somebody wrote in between. */
    replace: async (task: KeyTaskRecord, session: ClientSession): Promise<boolean> =>
      (await model.collection.replaceOne({ id: task.id, version: task.version - 1 }, { ...task }, { session }))
        .matchedCount === 1,
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly KeyTaskRecord[]): Promise<void> => insertMissing(model.collection, records),
  };
}
