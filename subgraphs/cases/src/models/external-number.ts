import { normalReference } from '@zhitong/values';
import type { FindCursor } from 'mongodb';
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
type StoredNumber = ExternalNumber & { readonly typed: string };

const required = true;
const schema = new Schema<StoredNumber>(
  {
    externalNumber: { type: String, required },
    caseNumber: { type: String, required },
    source: { type: String, required },
    typed: { type: String, required },
  },
  { collection: 'external_numbers', versionKey: false, strict: 'throw', id: false },
);
schema.index({ externalNumber: 1 }, { unique: true });
schema.index({ caseNumber: 1 });
schema.index({ typed: 1 });

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
      const exact = new Map(found.map(({ externalNumber, caseNumber }) => [externalNumber, caseNumber]));
      const typed = new Map(found.map(({ typed: form, caseNumber }) => [form, caseNumber]));
      return new Map(
        numbers.flatMap((number) => {
          const caseNumber = exact.get(number) ?? typed.get(normalReference(number));
          return caseNumber === undefined ? [] : [[number, caseNumber] as const];
        }),
      );
    },
    /** Gives numbers that were stored before spellings were compared the form in which they are. */
    completeForms: async (): Promise<void> => {
      const old = model.collection.find({ typed: { $exists: false } });
      for (let batch = await nextOf(old); batch.length > 0; batch = await nextOf(old))
        await model.collection.bulkWrite(
          batch.map(({ _id, externalNumber }) => ({
            updateOne: { filter: { _id }, update: { $set: { typed: normalReference(String(externalNumber)) } } },
          })),
          { ordered: false },
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
          numbers.map((number) => ({ ...number, typed: normalReference(number.externalNumber) })),
          { session },
        );
    },
    remove: async (numbers: readonly string[], session: ClientSession): Promise<void> => {
      if (numbers.length > 0) await model.collection.deleteMany({ externalNumber: { $in: [...numbers] } }, { session });
    },
  };
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
