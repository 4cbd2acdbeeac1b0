import { giveForms } from '@zhitong/kit/mongo';
import { normalReference } from '@zhitong/values';
import { Schema, type ClientSession, type Connection } from 'mongoose';

/** Under which number a system of another department leads a case. */
export interface ExternalNumber {
  /** The connector's key: the department's code and the number, which another department may use for another case. */
  readonly externalNumber: string;
  readonly caseNumber: string;
  /** Name of the source that delivered it first. */
  readonly source: string;
}

/** As it is stored: with the form in which a number is the same however it is typed. */
type StoredNumber = ExternalNumber & {
  readonly typed: string;
  /** The same form, of which there is one; absent of a repetition. */
  readonly only?: string;
  /** Stored beside another spelling of the same number, before that was refused. */
  readonly isRepeated?: boolean;
};

const required = true;
const schema = new Schema<StoredNumber>(
  {
    externalNumber: { type: String, required },
    caseNumber: { type: String, required },
    source: { type: String, required },
    typed: { type: String, required },
    only: { type: String },
    isRepeated: { type: Boolean },
  },
  { collection: 'external_numbers', versionKey: false, strict: 'throw', id: false },
);
schema.index({ externalNumber: 1 }, { unique: true });
schema.index({ caseNumber: 1 });
schema.index({ typed: 1 });
// Two sources that deliver one number in two spellings at the same moment make one case.
schema.index({ only: 1 }, { unique: true, partialFilterExpression: { only: { $type: 'string' } } });

export type ExternalNumberStore = ReturnType<typeof externalNumberStore>;

/** The numbers of cases in other systems. */
export function externalNumberStore(db: Connection) {
  const model = db.model('ExternalNumber', schema);
  return {
    /** Case numbers by external number, which is the same however it is typed (`normalReference`). */
    casesOf: async (numbers: readonly string[], session: ClientSession): Promise<Map<string, string>> => {
      const found = await model
        .find({ typed: { $in: numbers.map(normalReference) } }, { _id: 0 }, { session })
        .lean<StoredNumber[]>();
      // Of two spellings that were stored before that was refused, the one that is no repetition stands for others.
      found.sort((one, other) => Number(other.isRepeated ?? false) - Number(one.isRepeated ?? false));
      const exact = new Map(found.map(({ externalNumber, caseNumber }) => [externalNumber, caseNumber]));
      const typed = new Map(found.map(({ typed: form, caseNumber }) => [form, caseNumber]));
      return new Map(
        numbers.flatMap((number) => {
          const caseNumber = exact.get(number) ?? typed.get(normalReference(number));
          return caseNumber === undefined ? [] : [[number, caseNumber] as const];
        }),
      );
    },
    /**
     * Gives numbers that an earlier release stored without the form in which they are compared, or in another one, the
     * present form. Where two spellings of one number made two cases, the later one is marked as a repetition: both
     * cases stay, and no third is made.
     */
    giveForms: async (): Promise<void> => {
      const { collection } = model;
      const formOf = ({ externalNumber }: Readonly<Record<string, unknown>>) => normalReference(String(externalNumber));
      await giveForms(collection, 'typed', formOf);
      await giveForms(collection, 'only', (stored) => (stored['isRepeated'] === true ? null : formOf(stored)));
      await collection.updateMany(
        { isRepeated: { $exists: false }, $expr: { $ne: ['$only', '$typed'] } },
        { $set: { isRepeated: true }, $unset: { only: 1 } },
      );
    },
    /** External numbers by case number. */
    ofCases: async (caseNumbers: readonly string[]): Promise<Map<string, string>> =>
      new Map(
        (await model.find({ caseNumber: { $in: [...caseNumbers] } }, { _id: 0 }).lean<ExternalNumber[]>()).map(
          ({ externalNumber, caseNumber }) => [caseNumber, externalNumber],
        ),
      ),
    add: async (numbers: readonly ExternalNumber[], session: ClientSession): Promise<void> => {
      if (numbers.length > 0)
        await model.collection.insertMany(
          numbers.map((number) => {
            const form = normalReference(number.externalNumber);
            return { ...number, typed: form, only: form };
          }),
          { session },
        );
    },
    remove: async (numbers: readonly string[], session: ClientSession): Promise<void> => {
      if (numbers.length > 0) await model.collection.deleteMany({ externalNumber: { $in: [...numbers] } }, { session });
    },
  };
}
