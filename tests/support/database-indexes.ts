import type { Connection } from 'mongoose';

/** Every index of the collections that the department's models declare, beside `_id`: "uscc:1 year:-1 unique". */
export async function indexesOf(connection: Connection): Promise<Record<string, string[]>> {
  const collections = [...new Set(connection.modelNames().map((name) => connection.model(name).collection.name))].sort();
  const told = await Promise.all(collections.map(async (name) => [name, await indexesOfCollection(connection, name)] as const));
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

interface Profiled {
  readonly ns: string;
  readonly planSummary: string;
  readonly docsExamined?: number;
  readonly hasSortStage?: boolean;
}

/** Rows that may be read without an index: a table that small is read as quickly as its index. */
const FEW = 20;

/**
 * How MongoDB found what a piece of work read, according to its profiler.
 * @returns `plans`, each once ("IXSCAN { uscc: 1 }"), and `unindexed`: reads of whole collections, and lists that were sorted after
 * they had been read ("SORT") – a page of a list must come from an index in the list's order
 */
export async function plansOf(connection: Connection, work: () => Promise<void>): Promise<{ plans: string[]; unindexed: string[] }> {
  const { db } = connection;
  if (!db) throw new Error('no database');
  await db.command({ profile: 2 });
  await work();
  await db.command({ profile: 0 });
  const profiled = await db.collection<Profiled>('system.profile').find({ op: { $in: ['query', 'command', 'getmore'] }, planSummary: { $exists: true } }).toArray();
  await db.collection('system.profile').drop();
  const unindexed = profiled.flatMap(({ ns, planSummary, docsExamined = 0, hasSortStage }) => {
    if (docsExamined <= FEW) return [];
    if (planSummary.startsWith('COLLSCAN')) return [`${ns} ${planSummary}`];
    return hasSortStage ? [`${ns} SORT after ${planSummary}`] : [];
  });
  return { plans: [...new Set(profiled.map(({ planSummary }) => planSummary))].sort(), unindexed: [...new Set(unindexed)].sort() };
}
