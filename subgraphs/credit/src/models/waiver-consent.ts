import { giveForms, insertMissing } from '@zhitong/kit/mongo';
import { normalReference } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** A written consent of an enterprise, and the waiver that it was given for. */
export interface ConsentUse {
  readonly uscc: string;
  /** Number of the document, as it was given. */
  readonly documentNumber: string;
  /** SHA-256 of the signed file. */
  readonly digest: string;
  readonly commitmentId: string;
  readonly seq: number;
}

export type StoredConsent = Omit<ConsentUse, 'documentNumber'> & {
  /** Number of the document in its normal form. */
  readonly number: string;
};

const required = true;
const schema = new Schema<StoredConsent>(
  {
    uscc: { type: String, required },
    number: { type: String, required },
    digest: { type: String, required },
    commitmentId: { type: String, required },
    seq: { type: Number, required },
  },
  { collection: 'waiver_consents', versionKey: false, strict: 'throw' },
);
// The same consent for two waivers, by whomever, fails here.
schema.index({ uscc: 1, number: 1 }, { unique: true });
schema.index({ uscc: 1, digest: 1 }, { unique: true });

/** A use as it is stored. */
export const storedConsent = ({ documentNumber, ...use }: ConsentUse): StoredConsent => ({
  ...use,
  number: normalReference(documentNumber),
});

export type WaiverConsentStore = ReturnType<typeof waiverConsentStore>;

/** Consents of the waivers that stand; a reversed one gives its consent free. */
export function waiverConsentStore(db: Connection) {
  const model = db.model('WaiverConsent', schema);
  return {
    /** What a consent was given for already, by its number or its file; null when it is new. */
    find: async (
      { uscc, documentNumber, digest }: Pick<ConsentUse, 'uscc' | 'documentNumber' | 'digest'>,
      session: ClientSession,
    ): Promise<Pick<ConsentUse, 'commitmentId' | 'seq'> | null> =>
      model
        .findOne({ uscc, $or: [{ number: normalReference(documentNumber) }, { digest }] }, { _id: 0 }, { session })
        .lean<StoredConsent>(),
    /** The consents that have one of these numbers, in their normal form, or one of these files. */
    like: async (uses: readonly StoredConsent[]): Promise<StoredConsent[]> =>
      uses.length === 0
        ? []
        : model
            .find(
              {
                uscc: { $in: uses.map(({ uscc }) => uscc) },
                $or: [
                  { number: { $in: uses.map(({ number }) => number) } },
                  { digest: { $in: uses.map(({ digest }) => digest) } },
                ],
              },
              { _id: 0 },
            )
            .lean<StoredConsent[]>(),
    /** Consents that are kept more than once, which their index forbids. */
    twice: async (): Promise<string[]> =>
      (
        await model
          .aggregate<{ _id: unknown }>([
            { $group: { _id: { $concat: ['$uscc', '/', '$number'] }, count: { $sum: 1 } } },
            { $match: { count: { $gt: 1 } } },
          ])
          .allowDiskUse(true)
      ).map(({ _id }) => String(_id)),
    /** All as they are stored. */
    stored: (): AsyncIterable<object> => model.collection.find({}, { projection: { _id: 0 } }),
    use: async (uses: readonly ConsentUse[], session: ClientSession): Promise<void> => {
      if (uses.length > 0) await model.insertMany(uses.map(storedConsent), { session, lean: true });
    },
    free: async (
      waivers: readonly Pick<ConsentUse, 'commitmentId' | 'seq'>[],
      session: ClientSession,
    ): Promise<void> => {
      for (const { commitmentId, seq } of waivers) await model.deleteOne({ commitmentId, seq }, { session });
    },
    /**
     * Gives consents that an earlier release stored in another normal form the present one; one that was used twice so
     * stays as it is beside the other.
     */
    giveNormalForms: async (): Promise<number> =>
      giveForms(model.collection, 'number', ({ number }) => normalReference(String(number))),
    /** Enters consents of waivers from before they were kept; one that was used twice stays with the first. */
    addMissing: async (uses: readonly ConsentUse[]): Promise<void> =>
      insertMissing(model.collection, uses.map(storedConsent)),
  };
}
