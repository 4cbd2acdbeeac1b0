import { Schema, type ClientSession, type Connection } from 'mongoose';

/** Under which number a system of another department leads a case. */
export interface ExternalNumber {
  /** The connector's key: the department's code and the number, which another department may use for another case. */
  readonly externalNumber: string;
  readonly caseNumber: string;
  /** Name of the source that delivered it first. */
  readonly source: string;
}

const required = true;
const schema = new Schema<ExternalNumber>(
  {
    externalNumber: { type: String, required },
    caseNumber: { type: String, required },
    source: { type: String, required },
  },
  { collection: 'external_numbers', versionKey: false, strict: 'throw', id: false },
);
schema.index({ externalNumber: 1 }, { unique: true });
schema.index({ caseNumber: 1 });

export type ExternalNumberStore = ReturnType<typeof externalNumberStore>;

/** The numbers of cases in other systems. */
export function externalNumberStore(db: Connection) {
  const model = db.model('ExternalNumber', schema);
  return {
    /** Case numbers by external number. */
    casesOf: async (numbers: readonly string[], session: ClientSession): Promise<Map<string, string>> =>
      new Map(
        (
          await model.find({ externalNumber: { $in: [...numbers] } }, { _id: 0 }, { session }).lean<ExternalNumber[]>()
        ).map(({ externalNumber, caseNumber }) => [externalNumber, caseNumber]),
      ),
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
          numbers.map((number) => ({ ...number })),
          { session },
        );
    },
    remove: async (numbers: readonly string[], session: ClientSession): Promise<void> => {
      if (numbers.length > 0) await model.collection.deleteMany({ externalNumber: { $in: [...numbers] } }, { session });
    },
  };
}
