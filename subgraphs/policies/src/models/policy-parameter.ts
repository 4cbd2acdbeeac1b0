import { Schema, type ClientSession, type Connection } from 'mongoose';
import {
  PARAMETER_TYPES,
  standingValues,
  type Parameter,
  type ParameterDefinition,
  type Parameters,
  type ParameterValue,
} from '../domain/parameters/parameters.js';

/** A defined parameter. It never changes: policies rely on its kind and unit. */
export interface ParameterRecord extends ParameterDefinition {
  readonly definedAt: Date;
  readonly definedBy: string;
}

/** One record of a value. Records are added, never changed; one that is corrected stays and counts no more. */
export interface ParameterValueRecord extends ParameterValue {
  readonly parameter: string;
  /** Where the document can be read; empty where nobody said. */
  readonly sourceUrl: string;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

const required = true;
const parameterSchema = new Schema<ParameterRecord>(
  {
    name: { type: String, required },
    label: { type: String, required },
    meaning: { type: String, default: '' },
    unit: { type: String, default: '' },
    type: { type: String, required, enum: [...PARAMETER_TYPES] } as never,
    definedAt: { type: Date, required },
    definedBy: { type: String, required },
  },
  { collection: 'policyParameters', versionKey: false, strict: 'throw' },
);
parameterSchema.index({ name: 1 }, { unique: true });

const valueSchema = new Schema<ParameterValueRecord>(
  {
    parameter: { type: String, required },
    revision: { type: Number, required, min: 1 },
    from: { type: String, required },
    until: { type: String, default: null },
    value: { type: Schema.Types.Mixed, required } as never,
    source: { type: String, required },
    sourceUrl: { type: String, default: '' },
    corrects: { type: Number, default: null },
    recordedAt: { type: Date, required },
    recordedBy: { type: String, required },
  },
  { collection: 'policyParameterValues', versionKey: false, strict: 'throw' },
);
// Two who record at once take the same number: one of them gets an error, so windows never overlap and nothing is
// corrected twice.
valueSchema.index({ parameter: 1, revision: 1 }, { unique: true });

export type ParameterStore = ReturnType<typeof parameterStore>;

/** The dated parameters with every record of their values. A city has dozens, hundreds at most. */
export function parameterStore(db: Connection) {
  const parameters = db.model('PolicyParameter', parameterSchema);
  const values = db.model('PolicyParameterValue', valueSchema);
  return {
    /** All of them by name, with the values that stand. */
    known: async (): Promise<Parameters> => {
      const [defined, recorded] = await Promise.all([
        parameters.find({}, { _id: 0 }).lean<ParameterRecord[]>(),
        values.find({}, { _id: 0 }).lean<ParameterValueRecord[]>(),
      ]);
      return new Map(
        defined.map(({ name, label, meaning, unit, type }): [string, Parameter] => [
          name,
          {
            name,
            label,
            meaning,
            unit,
            type,
            values: standingValues(recorded.filter(({ parameter }) => parameter === name)),
          },
        ]),
      );
    },

    /** Definitions by name; all when no names are given. */
    definitions: async (
      names: readonly string[] | null,
      session: ClientSession | null = null,
    ): Promise<ParameterRecord[]> =>
      parameters
        .find(names === null ? {} : { name: { $in: [...names] } }, { _id: 0 })
        .sort({ name: 1 })
        .session(session)
        .lean<ParameterRecord[]>(),

    /** Every record of the values of some parameters, oldest first. */
    valuesOf: async (names: readonly string[], session: ClientSession | null = null): Promise<ParameterValueRecord[]> =>
      values
        .find({ parameter: { $in: [...names] } }, { _id: 0 })
        .sort({ parameter: 1, revision: 1 })
        .session(session)
        .lean<ParameterValueRecord[]>(),

    define: async (record: ParameterRecord, session: ClientSession): Promise<void> => {
      await parameters.create([record], { session });
    },

    append: async (record: ParameterValueRecord, session: ClientSession): Promise<void> => {
      await values.create([record], { session });
    },

    /**
     * Calls `changed` after each record of a value, `broken` when the stream ends with an error. Returns how to stop
     * it.
     */
    watch: ({ changed, broken }: { changed: () => void; broken: (error: unknown) => void }): (() => Promise<void>) => {
      const stream = values.collection.watch([], { maxAwaitTimeMS: 1_000 });
      stream.on('change', changed);
      stream.on('error', broken);
      return async () => stream.close();
    },
  };
}
