import { normalReference } from '@zhitong/values';
import { MongoBulkWriteError, type FindCursor } from 'mongodb';
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

const AT_ONCE = 1_000;

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
     * Gives numbers that were stored before spellings were compared the form in which they are. Where two spellings of
     * one number made two cases, the later one is marked as a repetition: both cases stay, and no third is made.
     */
    completeForms: async (): Promise<void> => {
      const { collection } = model;
      const old = collection.find({ only: { $exists: false }, isRepeated: { $exists: false } }).sort({ _id: 1 });
      for (let batch = await nextOf(old); batch.length > 0; batch = await nextOf(old)) {
        const forms = batch.map(({ _id, externalNumber }) => ({ _id, form: normalReference(String(externalNumber)) }));
        const repeated = await collection
          .bulkWrite(
            forms.map(({ _id, form }) => ({
              updateOne: { filter: { _id }, update: { $set: { typed: form, only: form } } },
            })),
            { ordered: false },
          )
          .then(() => [], repeatedIn);
        if (repeated.length > 0)
          await collection.bulkWrite(
            repeated
              .flatMap((place) => forms[place] ?? [])
              .map(({ _id, form }) => ({
                updateOne: { filter: { _id }, update: { $set: { typed: form, isRepeated: true } } },
              })),
            { ordered: false },
          );
      }
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

const DUPLICATE_KEY = 11_000;

/** Places of the writes that a unique index refused; any other failure is thrown. */
function repeatedIn(error: unknown): number[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const faults = [error.writeErrors].flat();
  if (faults.length === 0 || faults.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return faults.map(({ index }) => index);
}

/** The next documents of a cursor; none at its end. */
async function nextOf<Document>(cursor: FindCursor<Document>): Promise<Document[]> {
  const batch: Document[] = [];
  while (batch.length < AT_ONCE) {
    const one = await cursor.next();
    if (one === null) break;
    batch.push(one);
  }
  return batch;
}
