import {
  ALWAYS_STORED,
  keysetFilter,
  keysetSort,
  pagePerParent,
  withStatedDefaults,
  type ParentPage,
  type SortKey,
  type StatedDefaults,
} from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { CommitmentRecord } from '../domain/ledger/commitment-record.js';
import {
  ALL_TOTALS,
  commitmentTotals,
  NO_TOTALS,
  TOTAL_FIELDS,
  totalsFrom,
  type CommitmentTotal,
  type CommitmentTotals,
} from '../domain/ledger/commitment-totals.js';
import { overdueExpression, whereOverdue } from './audit/audit-expressions.js';
import { exactSum, totalOf } from './exact-sum.js';

/** The stored summary of a commitment: what its ledger amounts to, and the hash of its last entry. */
export interface StoredCommitment extends CommitmentRecord {
  readonly headHash: string;
}

/** Fields that every read brings; the others only where they are asked for. */
const ALWAYS = ['id', 'uscc', 'title', 'promisor', 'measure', 'state'] as const;
type Always = (typeof ALWAYS)[number];
export type CommitmentField = Exclude<keyof StoredCommitment, Always>;

/** A commitment as read: what it is called and who owes it, and of the rest what was asked for. */
export type CommitmentRow = Pick<StoredCommitment, Always> & Partial<Omit<StoredCommitment, Always>>;

/** What summaries that were written before a field, and are not made again yet, stand for. */
const BEFORE: StatedDefaults<Pick<StoredCommitment, CommitmentField>> = {
  kind: ALWAYS_STORED,
  originalPromisor: ALWAYS_STORED,
  districtCode: ALWAYS_STORED,
  promisedOn: ALWAYS_STORED,
  promised: ALWAYS_STORED,
  fulfilled: ALWAYS_STORED,
  waived: ALWAYS_STORED,
  outstanding: ALWAYS_STORED,
  instalments: ALWAYS_STORED,
  official: ALWAYS_STORED,
  version: ALWAYS_STORED,
  lastRecordedAt: ALWAYS_STORED,
  headHash: ALWAYS_STORED,
  projectId: null,
  document: null,
  deliverable: null,
  dueOn: null,
  conditions: [],
  predecessors: [],
};

/** Conditions of a list; all must hold. */
export interface CommitmentConditions {
  readonly states?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly promisor?: string | undefined;
  readonly uscc?: string | undefined;
  readonly projectId?: string | undefined;
  readonly districtCode?: string | undefined;
  readonly documented?: boolean | undefined;
  /** Whether something was due before today and is not settled. */
  readonly overdue?: { readonly is: boolean; readonly today: string } | undefined;
}

interface PageRequest {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

const required = true;
const mixed = { type: Schema.Types.Mixed, default: null } as never;
const schema = new Schema<StoredCommitment>(
  {
    id: { type: String, required },
    title: { type: String, required },
    kind: { type: String, required },
    measure: { type: String, required },
    promisor: { type: String, required },
    originalPromisor: { type: String, required },
    uscc: { type: String, required },
    projectId: { type: String, default: null },
    districtCode: { type: String, required },
    promisedOn: { type: String, required },
    document: mixed,
    deliverable: { type: String, default: null },
    promised: { type: Number, required, min: 0 },
    fulfilled: { type: Number, required, min: 0 },
    waived: { type: Number, required, min: 0 },
    outstanding: { type: Number, required, min: 0 },
    state: { type: String, required },
    dueOn: { type: String, default: null },
    instalments: { type: [Schema.Types.Mixed], required } as never,
    conditions: { type: [Schema.Types.Mixed], required } as never,
    official: { type: Schema.Types.Mixed, required } as never,
    predecessors: { type: [Schema.Types.Mixed], required } as never,
    version: { type: Number, required, min: 1 },
    lastRecordedAt: { type: String, required },
    headHash: { type: String, required },
  },
  { collection: 'commitments', versionKey: false, strict: 'throw', id: false, minimize: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ promisedOn: -1, id: -1 });
schema.index({ dueOn: 1, id: 1 });
schema.index({ outstanding: -1, id: -1 });
schema.index({ uscc: 1, promisedOn: -1, id: -1 });
schema.index({ uscc: 1, state: 1, dueOn: 1, id: 1 });
schema.index({ promisor: 1, promisedOn: -1, id: -1 });
schema.index({ promisor: 1, state: 1, dueOn: 1, id: 1 });
schema.index({ projectId: 1, promisedOn: -1, id: -1 });

/** The field by which commitments hang on another entity. */
export type CommitmentParent = 'uscc' | 'promisor' | 'projectId';

export type CommitmentStore = ReturnType<typeof commitmentStore>;

/** Summaries of commitments for reading. They are written with the ledger's entries, in the same transaction. */
export function commitmentStore(db: Connection) {
  const model = db.model('Commitment', schema);
  const projection = (fields: readonly CommitmentField[], sort: readonly SortKey[] = []): Record<string, 0 | 1> =>
    Object.fromEntries<0 | 1>([
      ['_id', 0],
      ...[...ALWAYS, ...fields, ...sort.map(({ field }) => field)].map((field): [string, 0 | 1] => [field, 1]),
    ]);

  return {
    byId: async (ids: readonly string[], fields: readonly CommitmentField[]): Promise<CommitmentRow[]> =>
      withStatedDefaults(
        await model.find({ id: { $in: [...ids] } }, projection(fields)).lean<CommitmentRow[]>(),
        fields,
        BEFORE,
      ),

    list: async (
      conditions: CommitmentConditions,
      sort: readonly SortKey[],
      { limit, position, backwards }: PageRequest,
      fields: readonly CommitmentField[],
    ): Promise<CommitmentRow[]> =>
      withStatedDefaults(
        await model
          .find({ $and: [filterOf(conditions), keysetFilter(sort, position, backwards)] }, projection(fields, sort))
          .sort(keysetSort(sort, backwards))
          .limit(limit + 1)
          .lean<CommitmentRow[]>(),
        fields,
        BEFORE,
      ),

    /** Count and totals over a whole list, `today` deciding what is overdue. */
    totals: async (conditions: CommitmentConditions, today: string): Promise<CommitmentTotals & { count: number }> => {
      const [sums] = await model.aggregate<Readonly<Record<string, unknown>>>([
        { $match: filterOf(conditions) },
        { $group: { _id: null, count: { $sum: 1 }, ...totalAccumulators(ALL_TOTALS, today) } },
      ]);
      return { count: Number(sums?.['count'] ?? 0), ...NO_TOTALS, ...readTotals(sums ?? {}) };
    },

    /** Pages, counts and the totals asked for, for many parents. */
    perParent: async (
      parentField: CommitmentParent,
      parents: readonly string[],
      {
        conditions,
        sort,
        page,
        fields,
        totals,
        today,
      }: {
        conditions: CommitmentConditions;
        sort: readonly SortKey[];
        page: PageRequest | null;
        fields: readonly CommitmentField[];
        totals: readonly CommitmentTotal[];
        today: string;
      },
    ): Promise<Map<string, ParentPage<CommitmentRow>>> =>
      pagePerParent<CommitmentRow>({
        connection: db,
        collection: 'commitments',
        parentField,
        parents,
        match: filterOf(conditions),
        sort,
        limit: page?.limit,
        position: page?.position,
        backwards: page?.backwards ?? false,
        project: [...ALWAYS, ...fields],
        defaults: BEFORE,
        totals: totalAccumulators(totals, today),
        readTotals,
        addedUp: {
          fields: totals.flatMap((total) => TOTAL_FIELDS[total]),
          of: (rows) => commitmentTotals(rows, totals, today),
        },
      }),

    insert: async (records: readonly StoredCommitment[], session: ClientSession): Promise<void> => {
      if (records.length > 0) await model.insertMany(records, { session, lean: true });
    },

    /**
     * Replaces summaries that are still at `version`. Gives the first one that is not: somebody appended in between.
     */
    replaceAll: async (
      changes: readonly { readonly record: StoredCommitment; readonly version: number }[],
      session: ClientSession,
    ): Promise<{ readonly id: string; readonly version: number } | null> => {
      if (changes.length === 0) return null;
      const { matchedCount } = await model.bulkWrite(
        changes.map(({ record, version }) => ({
          replaceOne: { filter: { id: record.id, version }, replacement: record },
        })),
        { session },
      );
      if (matchedCount === changes.length) return null;
      const present = new Map(
        (
          await model
            .find({ id: { $in: changes.map(({ record }) => record.id) } }, { _id: 0, id: 1, headHash: 1 }, { session })
            .lean<Pick<StoredCommitment, 'id' | 'headHash'>[]>()
        ).map(({ id, headHash }) => [id, headHash]),
      );
      const stale = changes.find(({ record }) => present.get(record.id) !== record.headHash);
      return { id: stale?.record.id ?? '', version: stale?.version ?? 0 };
    },

    /** Numbers of the outstanding commitments of a department, read as they are needed. */
    async *outstandingOf(promisor: string): AsyncGenerator<string> {
      for await (const { id } of model
        .find({ promisor, state: 'OUTSTANDING' }, { _id: 0, id: 1 })
        .lean<{ id: string }>()
        .cursor())
        yield id;
    },

    /** Unfulfilled promises whose earliest open instalment is due by a day, read as they are needed. */
    async *dueBy(day: string): AsyncGenerator<{ id: string; dueOn: string; promisor: string }> {
      yield* model
        .find({ state: 'OUTSTANDING', dueOn: { $gt: '', $lte: day } }, { _id: 0, id: 1, dueOn: 1, promisor: 1 })
        .sort({ dueOn: 1, id: 1 })
        .lean<{ id: string; dueOn: string; promisor: string }>()
        .cursor();
    },

    /** Numbers of all commitments, in order. */
    async *ids(): AsyncGenerator<string> {
      for await (const { id } of model.find({}, { _id: 0, id: 1 }).sort({ id: 1 }).lean<{ id: string }>().cursor())
        yield id;
    },

    /** Whole summaries by number. */
    summaries: async (ids: readonly string[]): Promise<Map<string, StoredCommitment>> =>
      new Map(
        (await model.find({ id: { $in: [...ids] } }, { _id: 0 }).lean<StoredCommitment[]>()).map((summary) => [
          summary.id,
          summary,
        ]),
      ),

    /** Numbers that more than one summary has, and what stands in place of a number, as text. */
    misnamed: async (): Promise<string[]> =>
      (
        await model
          .aggregate<{ _id: unknown }>([
            { $group: { _id: '$id', count: { $sum: 1 } } },
            { $match: { $or: [{ count: { $gt: 1 } }, { _id: { $not: { $type: 'string' } } }] } },
            { $sort: { _id: 1 } },
          ])
          .allowDiskUse(true)
      ).map(({ _id }) => String(_id)),

    /** Gives summaries from before the state PARTLY_WAIVED theirs. */
    restate: async (): Promise<void> => {
      await model.updateMany({ state: 'FULFILLED', waived: { $gt: 0 } }, { $set: { state: 'PARTLY_WAIVED' } });
    },

    estimatedCount: async (): Promise<number> => model.estimatedDocumentCount(),

    /** Which of these ids exist. */
    existing: async (ids: readonly string[]): Promise<Set<string>> =>
      new Set(
        (await model.find({ id: { $in: [...ids] } }, { _id: 0, id: 1 }).lean<{ id: string }[]>()).map(({ id }) => id),
      ),
  };
}

/** What the accumulators gave. */
const readTotals = (sums: Readonly<Record<string, unknown>>): Partial<CommitmentTotals> =>
  totalsFrom(Object.fromEntries(ALL_TOTALS.flatMap((total) => (total in sums ? [[total, totalOf(sums[total])]] : []))));

/** `$group` accumulators for {@link CommitmentTotals}. */
function totalAccumulators(totals: readonly CommitmentTotal[], today: string): Record<string, unknown> {
  const ofMoney = (amount: unknown) => exactSum({ $cond: [{ $eq: ['$measure', 'MONEY'] }, amount, 0] });
  const accumulators: Record<CommitmentTotal, unknown> = {
    promised: ofMoney('$promised'),
    fulfilled: ofMoney('$fulfilled'),
    outstanding: ofMoney('$outstanding'),
    overdue: ofMoney(
      whereOverdue(
        '$dueOn',
        today,
        overdueExpression({ instalments: '$instalments', settled: { $add: ['$fulfilled', '$waived'] } }, today),
      ),
    ),
    overdueCount: {
      $sum: { $cond: [{ $and: [{ $eq: ['$state', 'OUTSTANDING'] }, { $lt: ['$dueOn', today] }] }, 1, 0] },
    },
  };
  return Object.fromEntries(totals.map((total) => [total, accumulators[total]]));
}

function filterOf({
  states,
  kinds,
  promisor,
  uscc,
  projectId,
  districtCode,
  documented,
  overdue,
}: CommitmentConditions): Record<string, unknown> {
  return {
    ...(states === undefined ? {} : { state: { $in: [...states] } }),
    ...(kinds === undefined ? {} : { kind: { $in: [...kinds] } }),
    ...(promisor === undefined ? {} : { promisor }),
    ...(uscc === undefined ? {} : { uscc }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(districtCode === undefined ? {} : { districtCode }),
    ...(documented === undefined ? {} : { document: documented ? { $ne: null } : null }),
    ...(overdue === undefined
      ? {}
      : overdue.is
        ? { dueOn: { $gt: '', $lt: overdue.today } }
        : { $or: [{ dueOn: null }, { dueOn: { $gte: overdue.today } }] }),
  };
}
