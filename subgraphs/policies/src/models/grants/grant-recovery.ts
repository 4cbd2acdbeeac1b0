import { giveForms, keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import { normalReference } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import type { Recovery, RecoveryState } from '../../domain/grant/recovery.js';
import { LATEST_RECOVERY_FIRST } from '../../list-orders.js';
import type { FundsGrouping } from '../funds.js';

/** A demand to pay a grant back, whole or in part. Money in fen. */
export interface GrantRecoveryRecord extends Recovery {
  readonly id: string;
  readonly grantId: string;
  readonly policyId: string;
  /** Department that paid. */
  readonly department: string;
  /** District of the enterprise when the grant was made. */
  readonly regionCode: string;
  readonly uscc: string;
  readonly proposedAt: Date;
  /** The first day on which something is overdue, unless more comes; null before it is demanded and when all came. */
  readonly overdueFrom: string | null;
  /** The value of `overdueFrom` of which others were told; null before. */
  readonly toldOverdueFrom: string | null;
}

/** Money that came back of what was asked back. */
export interface RecoveryReceiptRecord extends Pick<
  GrantRecoveryRecord,
  'grantId' | 'policyId' | 'department' | 'regionCode' | 'uscc'
> {
  readonly recoveryId: string;
  /** Number of the receipt in its normal form. */
  readonly reference: string;
  /** Number of the receipt as it was given; absent of what an earlier release stored. */
  readonly given?: string;
  readonly fen: number;
  /** Day in Asia/Shanghai. */
  readonly receivedOn: string;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

const required = true;
const schema = new Schema<GrantRecoveryRecord>(
  {
    id: { type: String, required },
    grantId: { type: String, required },
    policyId: { type: String, required },
    department: { type: String, default: '' },
    regionCode: { type: String, default: '' },
    uscc: { type: String, required },
    state: { type: String, required },
    amountFen: { type: Number, required, min: 1 },
    instalments: { type: [Schema.Types.Mixed], required } as never,
    receivedFen: { type: Number, required, min: 0 },
    steps: { type: [Schema.Types.Mixed], required } as never,
    proposedAt: { type: Date, required },
    overdueFrom: { type: String, default: null },
    toldOverdueFrom: { type: String, default: null },
  },
  { collection: 'grantRecoveries', versionKey: false, strict: 'throw', id: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ grantId: 1, proposedAt: 1 });
schema.index({ uscc: 1, state: 1 });
schema.index({ state: 1, overdueFrom: 1, id: 1 }); // what is overdue
schema.index({ department: 1, proposedAt: -1, id: -1 });
schema.index({ proposedAt: -1, id: -1 });

const receiptSchema = new Schema<RecoveryReceiptRecord>(
  {
    recoveryId: { type: String, required },
    grantId: { type: String, required },
    policyId: { type: String, required },
    department: { type: String, default: '' },
    regionCode: { type: String, default: '' },
    uscc: { type: String, required },
    reference: { type: String, required },
    given: String,
    fen: { type: Number, required, min: 1 },
    receivedOn: { type: String, required },
    recordedAt: { type: Date, required },
    recordedBy: { type: String, required },
  },
  { collection: 'grantRecoveryReceipts', versionKey: false, strict: 'throw', id: false },
);
receiptSchema.index({ reference: 1 }, { unique: true }); // one receipt is noted once, whatever it was for
receiptSchema.index({ recoveryId: 1, recordedAt: 1 });
receiptSchema.index({ receivedOn: 1 }); // what came back, day by day

/** What came back in a time, of one group; the key is empty for the whole. */
export interface RecoveredSum {
  readonly key: string;
  readonly recoveredFen: number;
}

const GROUP_FIELD: Readonly<Record<FundsGrouping, unknown>> = {
  POLICY: '$policyId',
  DEPARTMENT: '$department',
  DISTRICT: '$regionCode',
  MONTH: { $substrBytes: ['$receivedOn', 0, 7] },
};

export interface RecoveryConditions {
  readonly uscc?: string | undefined;
  readonly department?: string | undefined;
  readonly states?: readonly RecoveryState[] | undefined;
  /** Only those of which something is overdue on this day. */
  readonly overdueOn?: string | undefined;
}

const filterOf = ({ uscc, department, states, overdueOn }: RecoveryConditions): Record<string, unknown> => ({
  ...(uscc === undefined ? {} : { uscc }),
  ...(department === undefined ? {} : { department }),
  ...(states === undefined ? {} : { state: { $in: [...states] } }),
  ...(overdueOn === undefined ? {} : { $and: [{ state: 'DEMANDED', overdueFrom: { $lte: overdueOn } }] }),
});

interface RecoveryPage {
  readonly limit: number;
  readonly position: Parameters<typeof keysetFilter>[1];
  readonly backwards: boolean;
}

export type GrantRecoveryStore = ReturnType<typeof grantRecoveryStore>;

/** What is asked back of grants, and what came. */
export function grantRecoveryStore(db: Connection) {
  const model = db.model('GrantRecovery', schema);
  const receipts = db.model('GrantRecoveryReceipt', receiptSchema);
  return {
    byId: async (id: string, session: ClientSession): Promise<GrantRecoveryRecord | null> =>
      model.findOne({ id }, { _id: 0 }).session(session).lean<GrantRecoveryRecord>(),

    ofGrants: async (
      grantIds: readonly string[],
      session: ClientSession | null = null,
    ): Promise<GrantRecoveryRecord[]> =>
      model
        .find({ grantId: { $in: [...grantIds] } }, { _id: 0 })
        .sort({ grantId: 1, proposedAt: 1 })
        .session(session)
        .lean<GrantRecoveryRecord[]>(),

    /** Notes with the grants what came back of them: an earlier release noted it with the demands alone. */
    noteWithGrants: async (): Promise<void> => {
      await model.aggregate([
        { $match: { receivedFen: { $gt: 0 } } },
        { $group: { _id: '$grantId', recoveredFen: { $sum: '$receivedFen' } } },
        { $project: { _id: 0, id: '$_id', recoveredFen: 1 } },
        {
          $merge: {
            into: 'grants',
            on: 'id',
            whenMatched: [{ $set: { recoveredFen: { $max: ['$recoveredFen', '$$new.recoveredFen'] } } }],
            whenNotMatched: 'discard',
          },
        },
      ]);
    },

    /** Demands of an enterprise of which something is overdue on a day, by their ids in order. */
    overdueOf: async (uscc: string, today: string, session: ClientSession): Promise<string[]> =>
      (await model.distinct('id', filterOf({ uscc, overdueOn: today })).session(session)).sort(),

    /** Demands of which something is overdue on a day and nobody was told yet, by their ids, but for some. */
    overdueUntold: async (
      today: string,
      { limit, except }: { readonly limit: number; readonly except: readonly string[] },
    ): Promise<string[]> =>
      (
        await model
          .find(
            {
              state: 'DEMANDED',
              overdueFrom: { $lte: today },
              id: { $nin: [...except] },
              $expr: { $ne: ['$toldOverdueFrom', '$overdueFrom'] },
            },
            { _id: 0, id: 1 },
          )
          .sort({ overdueFrom: 1, id: 1 })
          .limit(limit)
          .lean<{ id: string }[]>()
      ).map(({ id }) => id),

    list: async (
      conditions: RecoveryConditions,
      { limit, position, backwards }: RecoveryPage,
    ): Promise<GrantRecoveryRecord[]> =>
      model
        .find({ $and: [filterOf(conditions), keysetFilter(LATEST_RECOVERY_FIRST, position, backwards)] }, { _id: 0 })
        .sort(keysetSort(LATEST_RECOVERY_FIRST, backwards))
        .limit(limit + 1)
        .lean<GrantRecoveryRecord[]>(),
    count: async (conditions: RecoveryConditions): Promise<number> => model.countDocuments(filterOf(conditions)),

    insert: async (record: GrantRecoveryRecord, session: ClientSession): Promise<void> => {
      await model.create([record], { session });
    },

    /** Writes a change that was decided on what was read; false when somebody wrote in between. */
    change: async (
      { id, state, receivedFen, steps, toldOverdueFrom }: GrantRecoveryRecord,
      set: Partial<Pick<GrantRecoveryRecord, 'state' | 'steps' | 'receivedFen' | 'overdueFrom' | 'toldOverdueFrom'>>,
      session: ClientSession,
    ): Promise<boolean> =>
      (
        await model.updateOne(
          { id, state, receivedFen, steps: { $size: steps.length }, toldOverdueFrom },
          { $set: set },
          { session },
        )
      ).modifiedCount === 1,

    receiptOf: async (reference: string, session: ClientSession): Promise<RecoveryReceiptRecord | null> =>
      receipts
        .findOne({ reference: normalReference(reference) }, { _id: 0 })
        .session(session)
        .lean<RecoveryReceiptRecord>(),
    /** Enters a receipt by its number as it was given. */
    addReceipt: async (receipt: RecoveryReceiptRecord, session: ClientSession): Promise<void> => {
      const { reference: given } = receipt;
      await receipts.create([{ ...receipt, reference: normalReference(given), given }], { session });
    },
    /**
     * Gives receipts that an earlier release stored in another normal form the present one; answers how many were noted
     * twice so, and stay.
     */
    giveForms: async (): Promise<number> =>
      giveForms(receipts.collection, 'reference', ({ reference }) => normalReference(String(reference))),
    receiptsOf: async (recoveryIds: readonly string[]): Promise<RecoveryReceiptRecord[]> =>
      receipts
        .find({ recoveryId: { $in: [...recoveryIds] } }, { _id: 0 })
        .sort({ recoveryId: 1, recordedAt: 1 })
        .lean<RecoveryReceiptRecord[]>(),

    /** What came back from one day to another, both included: in all, with an empty key, or by group. */
    sums: async (
      { from, to, department }: { from: string; to: string; department?: string | undefined },
      groupBy: FundsGrouping | null,
    ): Promise<RecoveredSum[]> =>
      receipts.aggregate<RecoveredSum>([
        { $match: { receivedOn: { $gte: from, $lte: to }, ...(department === undefined ? {} : { department }) } },
        { $group: { _id: groupBy === null ? '' : GROUP_FIELD[groupBy], recoveredFen: { $sum: '$fen' } } },
        { $project: { _id: 0, key: '$_id', recoveredFen: 1 } },
      ]),
  };
}
