import type { Connection } from 'mongoose';

/** Every index of the collections that the department's models declare, beside `_id`: "uscc:1 year:-1 unique". */
export async function indexesOf(connection: Connection): Promise<Record<string, string[]>> {
  const collections = [
    ...new Set(connection.modelNames().map((name) => connection.model(name).collection.name)),
  ].sort();
  const told = await Promise.all(
    collections.map(async (name) => [name, await indexesOfCollection(connection, name)] as const),
  );
  return Object.fromEntries(told);
}

async function indexesOfCollection(connection: Connection, name: string): Promise<string[]> {
  const indexes = await connection.collection(name).indexes();
  return indexes
    .filter((index) => index.name !== '_id_')
    .map(({ key, unique, sparse, partialFilterExpression, expireAfterSeconds }) =>
      [
        ...Object.entries(key).map(([field, order]) => `${field}:${String(order)}`),
        ...(unique ? ['unique'] : []),
        ...(sparse ? ['sparse'] : []),
        ...(partialFilterExpression ? [`where ${JSON.stringify(partialFilterExpression)}`] : []),
        ...(expireAfterSeconds === undefined ? [] : [`expires after ${String(expireAfterSeconds)} s`]),
      ].join(' '),
    )
    .sort();
}
