import { Schema, type ClientSession, type Connection } from 'mongoose';
import { endOfDayInShanghai, SHANGHAI_OFFSET, SMALLEST_CELL, startOfDayInShanghai } from '@zhitong/values';
import type { PaidCell, PaidMonth, PaidTable } from '../domain/disclosure/funds-disclosure.js';
import type { PolicyMonth } from '../domain/disclosure/published-figures.js';

/** What was taken from a policy's budget and what was paid of it, in fen. */
export interface BudgetRecord {
  readonly policyId: string;
  /** Null: without a limit. */
  readonly limitFen: number | null;
  readonly reservedFen: number;
  readonly paidFen: number;
}

export type PaymentStatus = 'SENT' | 'SETTLED' | 'RETURNED';

/** An order to the treasury [支付令]: one instalment of one grant, once. */
export interface PaymentRecord {
  /** Number of the order: grant, instalment, attempt. */
  readonly id: string;
  readonly grantId: string;
  readonly instalment: number;
  readonly attempt: number;
  readonly policyId: string;
  readonly department: string;
  readonly regionCode: string;
  readonly uscc: string;
  readonly amountFen: number;
  readonly account: { readonly holder: string; readonly bank: string; readonly number: string };
  readonly status: PaymentStatus;
  readonly sentAt: Date;
  readonly settledAt: Date | null;
  /** Day of settlement in Asia/Shanghai. */
  readonly settledOn: string | null;
  /** When the money came back; left out while it did not. */
  readonly returnedAt?: Date;
  /** Why the money came back; empty otherwise. */
  readonly reason: string;
}

export type FundsGrouping = 'POLICY' | 'DEPARTMENT' | 'DISTRICT' | 'MONTH';

/** Money that was paid and that came back, of one group; the key is empty for the whole. Each counts on its own day. */
export interface FundsSum {
  readonly key: string;
  readonly paidFen: number;
  /** Of what had been settled, then or earlier. */
  readonly returnedFen: number;
  readonly returnedPayments: number;
  readonly policies: number;
  readonly enterprises: number;
  readonly payments: number;
}

const required = true;
const budgetSchema = new Schema<BudgetRecord>(
  {
    policyId: { type: String, required },
    limitFen: { type: Number, default: null },
    reservedFen: { type: Number, required, min: 0 },
    paidFen: { type: Number, required, min: 0 },
  },
  { collection: 'budgets', versionKey: false, strict: 'throw' },
);
budgetSchema.index({ policyId: 1 }, { unique: true });

const paymentSchema = new Schema<PaymentRecord>(
  {
    id: { type: String, required },
    grantId: { type: String, required },
    instalment: { type: Number, required },
    attempt: { type: Number, required },
    policyId: { type: String, required },
    department: { type: String, required },
    regionCode: { type: String, required },
    uscc: { type: String, required },
    amountFen: { type: Number, required, min: 1 },
    account: { type: Schema.Types.Mixed, required } as never,
    status: { type: String, required },
    sentAt: { type: Date, required },
    settledAt: { type: Date, default: null },
    settledOn: { type: String, default: null },
    returnedAt: Date,
    reason: { type: String, default: '' },
  },
  { collection: 'payments', versionKey: false, strict: 'throw' },
);
paymentSchema.index({ id: 1 }, { unique: true });
// At most one order of an instalment is under way or settled: whatever is retried or killed, nobody is paid twice.
paymentSchema.index(
  { grantId: 1, instalment: 1 },
  { unique: true, partialFilterExpression: { status: { $in: ['SENT', 'SETTLED'] } } },
);
paymentSchema.index({ grantId: 1, instalment: 1, attempt: 1 }, { unique: true });
paymentSchema.index({ status: 1, settledOn: 1 });
paymentSchema.index({ policyId: 1, settledOn: 1 }); // what a policy paid, month by month

const GROUP_FIELD: Readonly<Record<FundsGrouping, unknown>> = {
  POLICY: '$policyId',
  DEPARTMENT: '$department',
  DISTRICT: '$regionCode',
  MONTH: { $substrBytes: ['$booked.on', 0, 7] },
};
/** What was settled stays so in the report of its day, whatever became of it since. */
const WAS_SETTLED = { status: { $in: ['SETTLED', 'RETURNED'] }, settledOn: { $ne: null } };
const MONTH_OF_SETTLEMENT = { $substrBytes: ['$settledOn', 0, 7] };

/** Who was paid, where they are fewer than are told of. */
const FEW = { $cond: [{ $lt: [{ $size: '$enterprises' }, SMALLEST_CELL] }, '$enterprises', []] };

export type FundsStore = ReturnType<typeof fundsStore>;

/** Budgets and payments. */
export function fundsStore(db: Connection) {
  const budgets = db.model('Budget', budgetSchema);
  const payments = db.model('Payment', paymentSchema);
  return {
    budget: async (policyId: string, session: ClientSession | null = null): Promise<BudgetRecord | null> =>
      budgets.findOne({ policyId }, { _id: 0 }).session(session).lean<BudgetRecord>(),

    budgets: async (policyIds: readonly string[], session: ClientSession | null): Promise<BudgetRecord[]> =>
      budgets
        .find({ policyId: { $in: [...policyIds] } }, { _id: 0 })
        .session(session)
        .lean<BudgetRecord[]>(),

    /** Makes sure that a policy has a budget with this limit. */
    ensureBudget: async (policyId: string, limitFen: number | null, session: ClientSession): Promise<void> => {
      await budgets.updateOne(
        { policyId },
        { $set: { limitFen }, $setOnInsert: { reservedFen: 0, paidFen: 0 } },
        { upsert: true, session },
      );
    },

    /** Takes from a budget (gives back when negative) if it is enough; false leaves it as it was. */
    reserve: async (policyId: string, fen: number, session: ClientSession): Promise<boolean> => {
      const enough =
        fen <= 0
          ? {}
          : { $or: [{ limitFen: null }, { $expr: { $lte: [{ $add: ['$reservedFen', fen] }, '$limitFen'] } }] };
      return (
        (await budgets.updateOne({ policyId, ...enough }, { $inc: { reservedFen: fen } }, { session }))
          .modifiedCount === 1
      );
    },

    addPaid: async (policyId: string, fen: number, session: ClientSession): Promise<void> => {
      await budgets.updateOne({ policyId }, { $inc: { paidFen: fen } }, { session });
    },

    payment: async (id: string, session: ClientSession): Promise<PaymentRecord | null> =>
      payments.findOne({ id }, { _id: 0 }).session(session).lean<PaymentRecord>(),
    attempts: async (grantId: string, instalment: number, session: ClientSession): Promise<number> =>
      payments.countDocuments({ grantId, instalment }).session(session),
    send: async (payment: PaymentRecord, session: ClientSession): Promise<void> => {
      await payments.create([payment], { session });
    },

    /** Notes what the bank reports of an order; false when the order is not as it was read any more. */
    report: async (
      { id, status }: PaymentRecord,
      set: Partial<Pick<PaymentRecord, 'status' | 'settledAt' | 'settledOn' | 'returnedAt' | 'reason'>>,
      session: ClientSession,
    ): Promise<boolean> => (await payments.updateOne({ id, status }, { $set: set }, { session })).modifiedCount === 1,

    ofGrants: async (grantIds: readonly string[], session: ClientSession | null = null): Promise<PaymentRecord[]> =>
      payments
        .find({ grantId: { $in: [...grantIds] } }, { _id: 0 })
        .sort({ grantId: 1, instalment: 1, attempt: 1 })
        .session(session)
        .lean<PaymentRecord[]>(),

    putAll: async (records: readonly PaymentRecord[], session: ClientSession): Promise<void> => {
      if (records.length > 0) await payments.insertMany([...records], { session });
    },
    putBudgets: async (records: readonly BudgetRecord[], session: ClientSession): Promise<void> => {
      if (records.length > 0) await budgets.insertMany([...records], { session });
    },

    /**
     * How many different enterprises were paid in each month of all times: in all, by department, by district, and by
     * policy of a department.
     */
    paidByMonth: async (): Promise<PaidTable> => {
      const counted = async <Row>(
        key: Readonly<Record<string, unknown>>,
        shape: Readonly<Record<string, unknown>>,
      ): Promise<Row[]> =>
        payments.aggregate<Row>([
          { $match: WAS_SETTLED },
          { $group: { _id: { month: MONTH_OF_SETTLEMENT, ...key }, enterprises: { $addToSet: '$uscc' } } },
          { $project: { _id: 0, month: '$_id.month', enterprises: { $size: '$enterprises' }, ...shape } },
          { $sort: { month: 1 } },
        ]);
      const by = async (field: string) => counted<PaidMonth>({ key: field }, { key: '$_id.key', few: FEW });
      const [months, departments, districts, policies] = await Promise.all([
        counted<PaidMonth>({}, { key: { $literal: '' }, few: FEW }),
        by('$department'),
        by('$regionCode'),
        counted<PaidCell>(
          { policy: '$policyId', department: '$department' },
          { policy: '$_id.policy', department: '$_id.department', few: FEW },
        ),
      ]);
      return { months, departments, districts, policies };
    },

    /** What each of some policies paid in the months before one, in order of time. */
    monthsOf: async (policyIds: readonly string[], before: string): Promise<Map<string, PolicyMonth[]>> => {
      const rows = await payments.aggregate<PolicyMonth & { policy: string }>([
        { $match: { policyId: { $in: [...policyIds] }, ...WAS_SETTLED, settledOn: { $lt: before } } },
        { $group: { _id: { month: MONTH_OF_SETTLEMENT, policy: '$policyId' }, enterprises: { $addToSet: '$uscc' } } },
        {
          $project: {
            _id: 0,
            month: '$_id.month',
            policy: '$_id.policy',
            few: FEW,
            enterprises: { $size: '$enterprises' },
          },
        },
        { $sort: { month: 1 } },
      ]);
      return new Map(policyIds.map((id) => [id, rows.filter(({ policy }) => policy === id)]));
    },

    /** What policies paid in all months up to one each, the month included: different enterprises, and fen. */
    paidThrough: async (
      last: ReadonlyMap<string, string>,
    ): Promise<Map<string, { readonly paid: number; readonly paidFen: number }>> => {
      if (last.size === 0) return new Map();
      const rows = await payments.aggregate<{ _id: string; paid: number; paidFen: number }>([
        {
          $match: {
            $or: [...last].map(([policyId, month]) => ({
              policyId,
              ...WAS_SETTLED,
              settledOn: { $lte: `${month}-31` },
            })),
          },
        },
        { $group: { _id: '$policyId', enterprises: { $addToSet: '$uscc' }, paidFen: { $sum: '$amountFen' } } },
        { $project: { paidFen: 1, paid: { $size: '$enterprises' } } },
      ]);
      return new Map(rows.map(({ _id, paid, paidFen }) => [_id, { paid, paidFen }]));
    },

    /**
     * What was settled, and what came back, from one day to another, both included: in all, or by group, the largest
     * sum first.
     */
    sums: async (
      { from, to, department }: { from: string; to: string; department?: string | undefined },
      groupBy: FundsGrouping | null,
    ): Promise<FundsSum[]> => {
      const within = { $gte: from, $lte: to };
      const cameBack = {
        status: 'RETURNED',
        settledOn: { $ne: null },
        returnedAt: { $gte: startOfDayInShanghai(from), $lt: endOfDayInShanghai(to) },
      };
      const returnedOn = { $dateToString: { date: '$returnedAt', format: '%Y-%m-%d', timezone: SHANGHAI_OFFSET } };
      const ofPayments = (field: string) => ({ $addToSet: { $cond: ['$booked.isPayment', field, null] } });
      const counted = (set: string) => ({ $size: { $setDifference: [set, [null]] } });
      const whenReturned = (value: unknown) => ({ $cond: ['$booked.isPayment', 0, value] });
      return payments.aggregate<FundsSum>([
        {
          $match: {
            $or: [{ ...WAS_SETTLED, settledOn: within }, cameBack],
            ...(department === undefined ? {} : { department }),
          },
        },
        {
          $set: {
            booked: [
              { on: '$settledOn', isPayment: true },
              { $cond: [{ $eq: ['$status', 'RETURNED'] }, { on: returnedOn, isPayment: false }, null] },
            ],
          },
        },
        { $unwind: '$booked' },
        { $match: { 'booked.on': within } },
        {
          $group: {
            _id: groupBy === null ? '' : GROUP_FIELD[groupBy],
            paidFen: { $sum: { $cond: ['$booked.isPayment', '$amountFen', 0] } },
            returnedFen: { $sum: whenReturned('$amountFen') },
            returnedPayments: { $sum: whenReturned(1) },
            policies: ofPayments('$policyId'),
            enterprises: ofPayments('$uscc'),
            payments: { $sum: { $cond: ['$booked.isPayment', 1, 0] } },
          },
        },
        {
          $project: {
            _id: 0,
            key: '$_id',
            paidFen: 1,
            returnedFen: 1,
            returnedPayments: 1,
            policies: counted('$policies'),
            enterprises: counted('$enterprises'),
            payments: 1,
          },
        },
        { $sort: { paidFen: -1, key: 1 } },
      ]);
    },
  };
}
