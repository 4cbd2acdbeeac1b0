import { Schema, type ClientSession, type Connection } from 'mongoose';

/** Where the number of a bank receipt or delivery note is used. */
export interface PaymentReference {
  readonly reference: string;
  readonly commitmentId: string;
  readonly seq: number;
}

const required = true;
const schema = new Schema<PaymentReference>(
  { reference: { type: String, required }, commitmentId: { type: String, required }, seq: { type: Number, required } },
  { collection: 'payment_references', versionKey: false, strict: 'throw' },
);
// The same bank notice twice, by whomever and for whichever promise, fails here.
schema.index({ reference: 1 }, { unique: true });

export type PaymentReferenceStore = ReturnType<typeof paymentReferenceStore>;

/** References of the fulfilments that stand; a corrected fulfilment gives its reference free. */
export function paymentReferenceStore(db: Connection) {
  const model = db.model('PaymentReference', schema);
  return {
    find: async (reference: string, session: ClientSession): Promise<PaymentReference | null> =>
      model.findOne({ reference }, { _id: 0 }, { session }).lean<PaymentReference>(),
    use: async (references: readonly PaymentReference[], session: ClientSession): Promise<void> => {
      if (references.length > 0) await model.insertMany(references, { session, lean: true });
    },
    free: async (references: readonly string[], session: ClientSession): Promise<void> => {
      if (references.length > 0) await model.deleteMany({ reference: { $in: [...references] } }, { session });
    },
  };
}
