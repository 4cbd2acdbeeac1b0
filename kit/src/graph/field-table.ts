import type { RequestedFields } from '../connection/requested-fields.js';

/** The fields of a type of the graph, as its generated resolver types name them. */
type GraphField<Resolvers> = Exclude<keyof Resolvers & string, `__${string}`>;

/** What is read for the fields of a type of the graph. */
export interface FieldTable<StoredField extends string> {
  /** What to read for the requested fields of a type; sorted, so that equal wishes share a batch. */
  readonly storedFields: (requested: RequestedFields | undefined) => StoredField[];
  /** All that some field of the graph is made of. */
  readonly every: readonly StoredField[];
}

/**
 * Which stored fields each field of a type of the graph is made of, beyond those that every read brings. `Resolvers`
 * are the generated resolver types of the type: the compiler demands an entry for each field of the schema, an empty
 * one where the field needs nothing more. What records from before a stored field stand for is said in the model
 * (`StatedDefaults` of kit/mongo).
 * @example
 * const table = fieldTable<CaseResolvers, Pick<StoredCase, CaseField>>()({ caseNumber: [], title: ['title'], isOverdue: ['clocks', 'status'] });
 * table.storedFields(requestedFields(info));
 */
export function fieldTable<Resolvers, Stored>() {
  type StoredField = keyof Stored & string;
  return (reads: Readonly<Record<GraphField<Resolvers>, readonly StoredField[]>>): FieldTable<StoredField> => {
    const byField = new Map<string, readonly StoredField[]>(Object.entries<readonly StoredField[]>(reads));
    const ordered = (fields: Iterable<string>): StoredField[] =>
      [...new Set([...fields].flatMap((field) => byField.get(field) ?? []))].sort();
    return { storedFields: (requested) => ordered(requested?.keys() ?? []), every: ordered(byField.keys()) };
  };
}

/**
 * A field of a record that was read for it.
 * @param what names the record in the message
 * @throws Error when the record was not read for it, which is a mistake of the type's table
 */
export function storedField<Stored, Field extends keyof Stored & string>(
  record: Partial<Stored>,
  field: Field,
  what: string,
): Stored[Field] {
  const value = record[field];
  if (value === undefined) throw new Error(`${what} was read without its field ${field}.`);
  return value;
}
