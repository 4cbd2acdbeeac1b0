import { inTransaction, isDuplicateKey } from '@zhitong/kit/mongo';
import { Schema, type Connection } from 'mongoose';
import type { LegalDay } from '@zhitong/values';
import type { DisclosedDebtor, PublicDisclosure } from '../../domain/arrears/disclosure.js';
import type { RecordNotes } from '../record-history.js';

/** A yearly disclosure as it was published; it is never changed. */
export interface PublishedDisclosure extends PublicDisclosure {
  /** Day in Asia/Shanghai on which it was fixed. */
  readonly publishedOn: LegalDay;
}

/** Sums have any size: they are kept as whole fen in digits. */
type StoredDisclosure = Omit<PublishedDisclosure, 'departments'> & {
  readonly departments: readonly (Omit<DisclosedDebtor, 'amount' | 'interest'> & {
    readonly amount: string;
    readonly interest: string;
  })[];
};

const required = true;
const text = { type: String, required };
const schema = new Schema<StoredDisclosure>(
  {
    year: { type: Number, required },
    asOf: text,
    knownOn: text,
    publishBy: text,
    publishedOn: text,
    source: text,
    departments: { type: [Schema.Types.Mixed], required } as never,
  },
  { collection: 'published_disclosures', versionKey: false, strict: 'throw', id: false },
);
schema.index({ year: 1 }, { unique: true });

export type PublishedDisclosureStore = ReturnType<typeof publishedDisclosureStore>;

/** Yearly disclosures that were published. */
export function publishedDisclosureStore(db: Connection, history: RecordNotes) {
  const model = db.model('PublishedDisclosure', schema);
  return {
    years: async (): Promise<number[]> => model.distinct('year'),
    of: async (year: number): Promise<PublishedDisclosure | null> => {
      const stored = await model.findOne({ year }, { _id: 0 }).lean<StoredDisclosure>();
      return (
        stored && {
          ...stored,
          departments: stored.departments.map(({ amount, interest, ...debtor }) => ({
            ...debtor,
            amount: BigInt(amount),
            interest: BigInt(interest),
          })),
        }
      );
    },
    /** Publishes the disclosure of a year; false when somebody else has. */
    publish: async (
      { year, asOf, knownOn, publishBy, source, departments: all }: PublicDisclosure,
      publishedOn: LegalDay,
    ): Promise<boolean> =>
      inTransaction(db, async (session) => {
        const departments = all.map(({ debtor, contractCount, amount, interest }) => ({
          debtor,
          contractCount,
          amount: String(amount),
          interest: String(interest),
        }));
        const stored: StoredDisclosure = { year, asOf, knownOn, publishBy, publishedOn, source, departments };
        await model.create([stored], { session });
        await history.note('published_disclosures', [stored], session);
      }).then(
        () => true,
        (error: unknown) => {
          if (isDuplicateKey(error)) return false;
          throw error;
        },
      ),
  };
}
