import { isDuplicateKey } from '@zhitong/kit/mongo';
import { daysBetween, type LegalDay } from '@zhitong/values';
import { mongo, Schema, type ClientSession, type Connection } from 'mongoose';
import { canonical } from '../../domain/ledger/hash-chain.js';
import type { Reckoning } from '../../domain/arrears/reckoning.js';

/** Collection, for the other models. */
export const ARREAR_RECKONINGS = 'arrear_reckonings';

const EPOCH: LegalDay = '1970-01-01';

/** A day as the database reckons with it: whole days after 1970-01-01. */
export const dayNumber = (day: LegalDay): number => daysBetween(EPOCH, day);

const whole = (amount: number | bigint): mongo.Long => mongo.Long.fromBigInt(BigInt(amount));

/** Values as text, whatever whole number the database or the driver made of them. */
function plain(value: unknown): unknown {
  if (typeof value === 'number' || mongo.Long.isLong(value)) return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
}

/** A stored reckoning as the text in which it is compared. */
export const reckoningRowText = (row: object): string => canonical(plain(row));

/** The same of a reckoning that is not stored. */
export const reckoningText = (reckoning: Reckoning): string => reckoningRowText(stored(reckoning));

/** A reckoning as stored: days as whole numbers, amounts as whole numbers of 64 bits. */
const stored = ({
  arrearId,
  version,
  counts,
  basis,
  deliveredOn,
  isLargeEnterprises,
  dueOn,
  rate,
  steps,
  debtors,
  plans,
}: Reckoning) => ({
  arrearId,
  version,
  counts,
  basis,
  deliveredAt: dayNumber(deliveredOn),
  isLargeEnterprises,
  due: dueOn === null ? null : dayNumber(dueOn),
  rate: { numerator: whole(rate.numerator), denominator: whole(rate.denominator) },
  steps: steps.map(({ on, ...amounts }) => ({
    at: dayNumber(on),
    ...Object.fromEntries(Object.entries(amounts).map(([field, amount]) => [field, whole(amount)])),
  })),
  debtors: debtors.map(({ on, debtor }) => ({ at: dayNumber(on), debtor })),
  plans: plans.map(({ on, paidBefore, instalments }) => ({
    at: dayNumber(on),
    paidBefore: whole(paidBefore),
    instalments: instalments.map(({ dueOn: day, amount }) => ({ at: dayNumber(day), amount: whole(amount) })),
  })),
});

type StoredReckoning = ReturnType<typeof stored>;

const required = true;
const schema = new Schema<StoredReckoning>(
  {
    arrearId: { type: String, required },
    version: { type: Number, required },
    counts: { type: Boolean, required },
    basis: { type: String, required },
    deliveredAt: { type: Number, required },
    isLargeEnterprises: { type: Boolean, required },
    due: { type: Number, default: null },
    rate: { type: Schema.Types.Mixed, required } as never,
    steps: { type: [Schema.Types.Mixed], required } as never,
    debtors: { type: [Schema.Types.Mixed], required } as never,
    plans: { type: [Schema.Types.Mixed], required } as never,
  },
  { collection: ARREAR_RECKONINGS, versionKey: false, strict: 'throw', id: false },
);
schema.index({ arrearId: 1 }, { unique: true });

export type ArrearReckoningStore = ReturnType<typeof arrearReckoningStore>;

/**
 * Debts as the rules reckon them, for figures that are added up in the database; made again from the debts.
 * @param debts the collection of the debts
 */
export function arrearReckoningStore(db: Connection, debts: string) {
  const model = db.model('ArrearReckoning', schema);
  return {
    /** Puts the reckoning of a debt that is being written, in the transaction that writes it. */
    put: async (reckoning: Reckoning, session: ClientSession): Promise<void> => {
      await model.collection.replaceOne({ arrearId: reckoning.arrearId }, stored(reckoning), { upsert: true, session });
    },
    /** Puts reckonings of debts as they were read; that of one which was written since then stays. */
    putUnlessNewer: async (reckonings: readonly Reckoning[]): Promise<void> => {
      if (reckonings.length === 0) return;
      await model.collection
        .bulkWrite(
          reckonings.map((reckoning) => ({
            replaceOne: {
              filter: { arrearId: reckoning.arrearId, version: { $lte: reckoning.version } },
              replacement: stored(reckoning),
              upsert: true,
            },
          })),
          { ordered: false },
        )
        .catch((error: unknown) => {
          if (!isDuplicateKey(error)) throw error;
        });
    },
    /** Reckonings as they are stored, by the numbers of their debts; several only where somebody put a second in. */
    found: async (arrearIds: readonly string[]): Promise<Map<string, object[]>> => {
      const found = new Map<string, object[]>();
      const options = { projection: { _id: 0 } as const, promoteLongs: false };
      for await (const row of model.collection.find<{ arrearId: string }>(
        { arrearId: { $in: [...arrearIds] } },
        options,
      ))
        found.set(row.arrearId, [...(found.get(row.arrearId) ?? []), row]);
      return found;
    },
    /** Numbers under which something is reckoned and no debt is recorded. */
    strangers: async (): Promise<string[]> =>
      (
        await model.collection
          .aggregate<{ arrearId: string }>([
            { $lookup: { from: debts, localField: 'arrearId', foreignField: 'id', as: 'debt' } },
            { $match: { debt: { $size: 0 } } },
            { $project: { _id: 0, arrearId: 1 } },
          ])
          .toArray()
      ).map(({ arrearId }) => arrearId),
    /** The rules by which a debt is reckoned; null for one that is not. */
    basisOf: async (arrearIds: readonly string[]): Promise<Map<string, string>> => {
      const found = await model
        .find({ arrearId: { $in: [...arrearIds] } }, { _id: 0, arrearId: 1, basis: 1 })
        .lean<{ arrearId: string; basis: string }[]>();
      return new Map(found.map(({ arrearId, basis }) => [arrearId, basis]));
    },
  };
}
