import { giveForms, insertMissing } from '@zhitong/kit/mongo';
import { Schema, type ClientSession, type Connection } from 'mongoose';
import { normalReference } from '@zhitong/values';
import type { PaymentUse } from '../domain/arrears/payment-use.js';

/** The number of a bank receipt or delivery note, and what it is used for. The number is kept in its normal form. */
export type PaymentReference = PaymentUse & { readonly reference: string };

/** Collection, for the other models. */
export const PAYMENT_REFERENCES = 'payment_references';

const required = true;
const schema = new Schema(
  { reference: { type: String, required }, commitmentId: String, seq: Number, arrearId: String, no: Number },
  { collection: PAYMENT_REFERENCES, versionKey: false, strict: 'throw' },
);
// The same bank notice twice, by whomever and for whichever promise or debt, fails here.
schema.index({ reference: 1 }, { unique: true });

export type PaymentReferenceStore = ReturnType<typeof paymentReferenceStore>;

const inNormalForm = <Used extends { readonly reference: string }>(used: Used): Used => ({
  ...used,
  reference: normalReference(used.reference),
});

/**
 * References of the fulfilments and payments of debts that stand; a corrected one gives its reference free. A receipt
 * is the same receipt however it is typed (`normalReference`), so every call may name it as it was given.
 */
export function paymentReferenceStore(db: Connection) {
  const model = db.model('PaymentReference', schema);
  return {
    find: async (reference: string, session: ClientSession): Promise<PaymentReference | null> =>
      model.findOne({ reference: normalReference(reference) }, { _id: 0 }, { session }).lean<PaymentReference>(),
    /** Those of these numbers that are used, with what for. */
    among: async (references: readonly string[], session: ClientSession): Promise<PaymentReference[]> =>
      model
        .find({ reference: { $in: references.map(normalReference) } }, { _id: 0 }, { session })
        .lean<PaymentReference[]>(),
    /** Of these numbers, in their normal form, those that are used. */
    used: async (references: readonly string[]): Promise<Set<string>> =>
      new Set(
        (await model.find({ reference: { $in: [...references] } }, { _id: 0 }).lean<PaymentReference[]>()).map(
          ({ reference }) => reference,
        ),
      ),
    /** Numbers that are kept more than once, which their index forbids. */
    twice: async (): Promise<string[]> =>
      (
        await model
          .aggregate<{ _id: unknown }>([
            { $group: { _id: '$reference', count: { $sum: 1 } } },
            { $match: { count: { $gt: 1 } } },
          ])
          .allowDiskUse(true)
      ).map(({ _id }) => String(_id)),
    /** All as they are stored. */
    stored: (): AsyncIterable<object> => model.collection.find({}, { projection: { _id: 0 } }),
    use: async (references: readonly PaymentReference[], session: ClientSession): Promise<void> => {
      if (references.length > 0) await model.insertMany(references.map(inNormalForm), { session, lean: true });
    },
    free: async (references: readonly string[], session: ClientSession): Promise<void> => {
      if (references.length > 0)
        await model.deleteMany({ reference: { $in: references.map(normalReference) } }, { session });
    },
    /** Frees the receipt of a debt's payment; one that in an old database had paid a promise too stays with that. */
    freePayment: async (
      { reference, arrearId, no }: Extract<PaymentReference, { arrearId: string }>,
      session: ClientSession,
    ): Promise<void> => {
      await model.deleteOne({ reference: normalReference(reference), arrearId, no }, { session });
    },
    /**
     * Gives receipts that an earlier release stored as they were typed, or in an earlier normal form, the present one.
     * One that was used twice so stays as it is beside the other. Answers how many do.
     */
    giveNormalForms: async (): Promise<number> =>
      giveForms(model.collection, 'reference', ({ reference }) => normalReference(String(reference))),
    /** Puts records in unless they are there; for the demo's load, which can be run again and changes nobody's work. */
    addMissing: async (references: readonly PaymentReference[]): Promise<void> =>
      insertMissing(model.collection, references.map(inNormalForm)),
  };
}
