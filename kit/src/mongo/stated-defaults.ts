/** Says that every record has had the field since the first release: without it, it was not read. */
export const ALWAYS_STORED: unique symbol = Symbol('always stored');

/**
 * What the stored fields of a record were before they existed: the value that a record without the field stands for, or
 * that no record is without it. The compiler demands an entry for each field, so who adds one says what it is in the
 * records of before; those are then never a reason to throw until they are rebuilt.
 */
export type StatedDefaults<Stored> = { readonly [Field in keyof Stored]-?: Stored[Field] | typeof ALWAYS_STORED };

/**
 * Records as they were read for some fields, with what those fields were before they existed where a record has none.
 * Changes the records that it is given, which were read just now, and returns them.
 */
export function withStatedDefaults<Rows extends readonly object[]>(
  rows: Rows,
  fields: readonly string[],
  defaults: Readonly<Record<string, unknown>>,
): Rows {
  const stated = fields.filter((field) => field in defaults && defaults[field] !== ALWAYS_STORED);
  if (stated.length === 0) return rows;
  for (const row of rows)
    for (const field of stated) if (Reflect.get(row, field) === undefined) Reflect.set(row, field, defaults[field]);
  return rows;
}
