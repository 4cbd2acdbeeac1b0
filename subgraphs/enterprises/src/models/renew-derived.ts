import type { Connection, mongo } from 'mongoose';

const RENEWED_AT_ONCE = 1_000;

/** Fields that are made of the rest of a record and stored with it. */
export interface DerivedFields<Read> {
  /** The name under which the form is noted. */
  readonly name: string;
  /** Grows when the same record comes to have other derived fields. */
  readonly form: number;
  /** The fields that they are made of. */
  readonly projection: Readonly<Record<string, 0 | 1>>;
  /**
   * Gets ready what tells what is to be set, and on which record: one that somebody wrote meanwhile is in the form
   * already.
   */
  readonly deriving: () => Promise<(read: readonly Read[]) => Renewed[] | Promise<Renewed[]>>;
}

/** What is set on a record. */
export interface Renewed {
  readonly filter: mongo.Filter<mongo.Document>;
  readonly set: mongo.Document;
}

/**
 * Makes derived fields anew that were stored in an earlier form; a collection that is in the form already is not looked
 * through. May be killed and run again, also by several processes at once.
 */
export async function renewDerived<Read extends mongo.Document>(
  db: Connection,
  collection: mongo.Collection,
  { name, form, projection, deriving }: DerivedFields<Read>,
): Promise<void> {
  const forms = db.collection<{ _id: string; form: number }>('derived_forms');
  if ((await forms.findOne({ _id: name, form })) !== null) return;
  const derive = await deriving();
  const write = async (records: readonly Read[]): Promise<void> => {
    await collection.bulkWrite(
      (await derive(records)).map(({ filter, set }) => ({ updateOne: { filter, update: { $set: set } } })),
      { ordered: false },
    );
  };
  let batch: Read[] = [];
  for await (const read of collection.find<Read>({}, { projection })) {
    batch.push(read);
    if (batch.length < RENEWED_AT_ONCE) continue;
    await write(batch);
    batch = [];
  }
  if (batch.length > 0) await write(batch);
  await forms.updateOne({ _id: name }, { $set: { form } }, { upsert: true });
}
