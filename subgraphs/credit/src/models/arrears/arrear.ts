import {
  dropFormerIndex,
  insertMissing,
  inTransaction,
  isDuplicateKey,
  pagePerParent,
  type ParentPage,
} from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { debtIdentity, type ArrearTerms } from '../../domain/arrears/arrear-correction.js';
import type { RecordedArrear } from '../../domain/arrears/arrear-knowledge.js';
import type { ArrearPayment, Recorded } from '../../domain/arrears/arrear-payment.js';
import type { ArrearRules } from '../../domain/arrears/arrears.js';
import { basisOf, reckoningOf } from '../../domain/arrears/reckoning.js';
import type { FenTotal } from '@zhitong/values';
import { BY_DELIVERY } from '../../list-orders.js';
import { exactSum, totalOf } from '../exact-sum.js';
import { PAYMENT_REFERENCES } from '../payment-reference.js';
import { arrearReckoningStore, reckoningRowText, reckoningText } from './arrear-reckoning.js';
import { unlessDamaged, type RecordNotes } from '../record-history.js';

/**
 * A payment with the number of its bank receipt. Its own number is its place among the debt's payments, counted from 1.
 */
export interface RecordedPayment extends ArrearPayment {
  readonly reference: string;
  /** Left out where it was imported. */
  readonly recorded?: Recorded;
}

/** A debt as stored. Amounts are whole fen. */
export interface ArrearRecord extends RecordedArrear {
  readonly id: string;
  readonly uscc: string;
  /** Unified social credit code of the large enterprise that owes it; left out where the department itself does. */
  readonly debtorUscc?: string;
  readonly payments: readonly RecordedPayment[];
  /** What the payments that stand paid of the principal, kept with them in one write. */
  readonly paid: number;
  /** Principal, interest and costs are paid. */
  readonly isCleared: boolean;
  readonly version: number;
}

/** By whom debts are listed: the creditor, the department, or the large enterprise that owes them. */
export type ArrearParent = 'uscc' | 'debtor' | 'debtorUscc';

export interface ArrearTotals {
  readonly principal: FenTotal;
  readonly paid: FenTotal;
}

interface PageRequest {
  readonly limit: number;
  readonly position: Parameters<typeof pagePerParent>[0]['position'];
  readonly backwards: boolean;
}

/** Collection, for the other models. */
export const ARREARS = 'arrears';

const required = true;
const schema = new Schema<StoredArrear>(
  {
    id: { type: String, required },
    uscc: { type: String, required },
    debtor: { type: String, required },
    subject: { type: String, required },
    contractNumber: { type: String, required },
    contract: { type: Schema.Types.Mixed, required } as never,
    delivery: { type: Schema.Types.Mixed, required } as never,
    principal: { type: Number, required, min: 1 },
    disputed: { type: Number, required, min: 0 },
    payments: { type: [Schema.Types.Mixed], required } as never,
    plan: { type: [Schema.Types.Mixed], required } as never,
    paid: { type: Number, required, min: 0 },
    isCleared: { type: Boolean, required },
    version: { type: Number, required, min: 1 },
    debtorUscc: { type: String },
    recorded: { type: Schema.Types.Mixed } as never,
    corrections: { type: [Schema.Types.Mixed], default: undefined } as never,
    costs: { type: [Schema.Types.Mixed], default: undefined } as never,
    settledDisputes: { type: [Schema.Types.Mixed], default: undefined } as never,
    plans: { type: [Schema.Types.Mixed], default: undefined } as never,
    transfers: { type: [Schema.Types.Mixed], default: undefined } as never,
    withdrawal: { type: Schema.Types.Mixed } as never,
    identity: { type: String },
  },
  { collection: ARREARS, versionKey: false, strict: 'throw', id: false, minimize: false },
);
schema.index({ id: 1 }, { unique: true });
schema.index({ uscc: 1, isCleared: 1, 'delivery.deliveredOn': 1, id: 1 });
schema.index({ debtor: 1, isCleared: 1, 'delivery.deliveredOn': 1, id: 1 });
schema.index(
  { debtorUscc: 1, isCleared: 1, 'delivery.deliveredOn': 1, id: 1 },
  { partialFilterExpression: { debtorUscc: { $exists: true } } },
);

// The same debt twice, by whomever and however its contract is typed, fails here.
schema.index(
  { identity: 1, debtor: 1, uscc: 1 },
  { unique: true, partialFilterExpression: { identity: { $type: 'string' } } },
);

/** With what makes it that debt, while it counts. */
type StoredArrear = ArrearRecord & { readonly identity?: string };

const stored = (record: ArrearRecord): StoredArrear => ({
  ...record,
  ...(record.withdrawal ? {} : { identity: debtIdentity(record) }),
});

/** Index of databases from before the receipts of debts were kept with those of promises. */
const FORMER_RECEIPTS_INDEX = 'payments.reference_1';

export type ArrearStore = ReturnType<typeof arrearStore>;

/** Debts that are read at once where all are gone through. */
const BATCH = 500;

/**
 * Debts of public bodies and large enterprises to enterprises.
 * @param rules by which they are reckoned with each write
 */
export function arrearStore(db: Connection, history: RecordNotes, rules: () => ArrearRules) {
  const model = db.model('Arrear', schema);
  const reckonings = arrearReckoningStore(db, ARREARS);
  const reckoned = async (record: ArrearRecord, session: ClientSession): Promise<void> =>
    reckonings.put(reckoningOf(record, rules()), session);
  return {
    byId: async (id: string, session: ClientSession | null = null): Promise<ArrearRecord | null> =>
      model.findOne({ id }, { _id: 0, identity: 0 }, { session }).lean<ArrearRecord>(),

    /** Number of the debt that counts and is the same; null when there is none. */
    same: async (
      record: Pick<ArrearRecord, 'debtor' | 'uscc'> & ArrearTerms,
      session: ClientSession,
    ): Promise<string | null> => {
      const { debtor, uscc } = record;
      const found = await model
        .findOne({ identity: debtIdentity(record), debtor, uscc }, { _id: 0, id: 1 }, { session })
        .lean<{ id: string }>();
      return found?.id ?? null;
    },

    /**
     * Pages, counts and totals for many creditors (`uscc`), departments (`debtor`) or large enterprises (`debtorUscc`);
     * with `debtor` only of what that department owes or watches over.
     */
    perParent: async (
      parentField: ArrearParent,
      parents: readonly string[],
      {
        includeCleared,
        debtor,
        page,
      }: { includeCleared: boolean; debtor?: string | undefined; page: PageRequest | null },
    ): Promise<Map<string, ParentPage<ArrearRecord>>> =>
      pagePerParent<ArrearRecord>({
        connection: db,
        collection: ARREARS,
        parentField,
        parents,
        match: {
          withdrawal: null,
          ...(includeCleared ? {} : { isCleared: false }),
          ...(debtor === undefined ? {} : { debtor }),
        },
        sort: BY_DELIVERY,
        limit: page?.limit,
        position: page?.position,
        backwards: page?.backwards ?? false,
        totals: { principal: exactSum('$principal'), paid: exactSum('$paid') },
        readTotals: ({ principal, paid }) => ({ principal: totalOf(principal), paid: totalOf(paid) }),
      }),

    /**
     * Enters the receipts of a database from before they were kept with those of promises, once: its index shows
     * whether. Started twice at the same time, or killed in between, it does no harm. A receipt that a promise was paid
     * with stays with it.
     */
    enterFormerReceipts: async (): Promise<void> => {
      const { collection } = model;
      if (!(await collection.indexes()).some(({ name }) => name === FORMER_RECEIPTS_INDEX)) return;
      await collection
        .aggregate([
          { $unwind: { path: '$payments', includeArrayIndex: 'index' } },
          {
            $project: {
              _id: 0,
              reference: '$payments.reference',
              arrearId: '$id',
              no: { $toInt: { $add: ['$index', 1] } },
            },
          },
          { $merge: { into: PAYMENT_REFERENCES, on: 'reference', whenMatched: 'keepExisting' } },
        ])
        .toArray();
      await dropFormerIndex(collection, FORMER_RECEIPTS_INDEX);
    },

    insert: async (record: ArrearRecord, session: ClientSession): Promise<void> => {
      await model.create([stored(record)], { session });
      await history.note(ARREARS, [record], session);
      await reckoned(record, session);
    },

    /** Numbers of the debts that a department owes and that are not cleared, in order. */
    owedBy: async (debtor: string): Promise<string[]> =>
      (
        await model
          .find({ debtor, isCleared: false, withdrawal: null }, { _id: 0, id: 1 })
          .sort({ id: 1 })
          .lean<{ id: string }[]>()
      ).map(({ id }) => id),

    /** All debts, withdrawn ones too, in order of their numbers; a few are held at a time. */
    all: (): AsyncIterable<ArrearRecord> =>
      model.find({}, { _id: 0, identity: 0 }).sort({ id: 1 }).batchSize(BATCH).lean<ArrearRecord>().cursor(),

    /**
     * Numbers of debts of which the reckoning is not what rules make of them, of those given.
     * @param known the rules of today and those before a rate was added, by which a debt may still be reckoned
     */
    misreckoned: async (ids: readonly string[], known: readonly ArrearRules[]): Promise<string[]> => {
      const records = await model.find({ id: { $in: [...ids] } }, { _id: 0, identity: 0 }).lean<ArrearRecord[]>();
      const debts = new Map(records.map((record) => [record.id, record]));
      const found = await reckonings.found(ids);
      return ids.filter((id) => {
        const [debt, [own, second]] = [debts.get(id), found.get(id) ?? []];
        if (debt === undefined || own === undefined || second !== undefined)
          return debt !== undefined || own !== undefined;
        const text = reckoningRowText(own);
        try {
          return !known.some((each) => reckoningText(reckoningOf(debt, each)) === text);
        } catch {
          return true;
        }
      });
    },

    /** Numbers under which something is reckoned and no debt is recorded. */
    strangers: async (): Promise<string[]> => reckonings.strangers(),

    /** Numbers of all debts, in batches. */
    async *numbers(): AsyncGenerator<string[]> {
      let last = '';
      for (;;) {
        const found = await model
          .find({ id: { $gt: last } }, { _id: 0, id: 1 })
          .sort({ id: 1 })
          .limit(BATCH)
          .lean<{ id: string }[]>();
        if (found.length > 0) yield found.map(({ id }) => id);
        last = found.at(-1)?.id ?? last;
        if (found.length < BATCH) return;
      }
    },

    /**
     * Reckons anew what was reckoned by other rules than today's (a loan prime rate was added, a calendar came out).
     * Answers the numbers of debts that are cleared by these rules and not by the former ones, or the other way round.
     * A debt that cannot be reckoned stops no other one.
     * @param onFailed told each debt that could not be reckoned
     */
    reckonAnew: async (
      onFailed: (id: string, error: unknown) => void,
      isClearedNow: (record: ArrearRecord) => boolean,
    ): Promise<string[]> => {
      const [current, basis] = [rules(), basisOf(rules())];
      const changed: string[] = [];
      let last = '';
      for (;;) {
        const found = await model
          .find({ id: { $gt: last }, withdrawal: null }, { _id: 0, identity: 0 })
          .sort({ id: 1 })
          .limit(BATCH)
          .lean<ArrearRecord[]>();
        const known = await reckonings.basisOf(found.map(({ id }) => id));
        const anew = found
          .filter(({ id }) => known.get(id) !== basis)
          .flatMap((record) => {
            try {
              if (isClearedNow(record) !== record.isCleared) changed.push(record.id);
              return [reckoningOf(record, current)];
            } catch (error) {
              onFailed(record.id, error);
              return [];
            }
          });
        await reckonings.putUnlessNewer(anew);
        last = found.at(-1)?.id ?? last;
        if (found.length < BATCH) return changed;
      }
    },

    /**
     * Gives debts from before, or from before the normal form was this one, theirs; of two that are the same the later
     * one stays as it is.
     */
    giveIdentities: async (): Promise<void> => {
      for await (const record of model.find({ withdrawal: null }).sort({ id: 1 }).lean<StoredArrear>().cursor()) {
        const identity = debtIdentity(record);
        if (record.identity === identity) continue;
        await unlessDamaged(async () =>
          inTransaction(db, async (session) => {
            await model.updateOne({ id: record.id }, { $set: { identity } }, { session });
            await history.note(ARREARS, [record], session);
          }).catch((error: unknown) => {
            if (!isDuplicateKey(error)) throw error;
          }),
        );
      }
    },

    /** Replaces a debt that is still at `version`; false when somebody wrote in between. */
    replace: async (record: ArrearRecord, version: number, session: ClientSession): Promise<boolean> => {
      const { matchedCount } = await model.replaceOne({ id: record.id, version }, stored(record), { session });
      if (matchedCount !== 1) return false;
      await history.note(ARREARS, [record], session);
      await reckoned(record, session);
      return true;
    },

    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (records: readonly ArrearRecord[]): Promise<void> => {
      await insertMissing(model.collection, records.map(stored));
      const known = await reckonings.basisOf(records.map(({ id }) => id));
      await reckonings.putUnlessNewer(
        records.filter(({ id }) => !known.has(id)).map((record) => reckoningOf(record, rules())),
      );
      await history.bringIn(ARREARS, records);
    },
  };
}
