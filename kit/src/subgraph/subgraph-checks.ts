import type { Connection } from 'mongoose';
import type { Clock } from '../clock.js';
import type { DatabaseWatch } from '../mongo/watch-database.js';
import type { Dispatcher } from '../outbox/delivery/dispatcher.js';
import type { ReadinessCheck } from '../server/readiness.js';
import { loadState } from './load-once.js';

/** The indexes are compared with the models at most once in this time: it takes a command for each collection. */
const INDEXES_KEPT_MS = 30_000;
/** An outbox that could not look for work for so long delivers nothing; it looks every thirty seconds. */
const EVENTS_LATE_MS = 120_000;

/**
 * What every department needs to be ready: its database with a writable primary, the indexes that its models declare
 * (the unique ones among them are rules), its loads at their end, and its events looked after.
 */
export function departmentChecks({
  connection,
  database,
  dispatcher,
  loads,
  clock,
}: {
  connection: Connection;
  database: Pick<DatabaseWatch, 'absence'>;
  dispatcher: Pick<Dispatcher, 'lookedAt'>;
  loads: readonly string[];
  clock: Clock;
}): ReadinessCheck[] {
  const startedAt = clock.now().getTime();
  const withDatabase = (name: string, look: () => Promise<string | null>): ReadinessCheck => ({
    name,
    look: async () => (database.absence() === null ? look() : 'not known without the database'),
  });
  return [
    { name: 'database', look: () => Promise.resolve(database.absence()) },
    withDatabase(
      'indexes',
      kept(INDEXES_KEPT_MS, clock, () => missingIndexes(connection)),
    ),
    withDatabase('load', async () => {
      const halfDone: string[] = [];
      for (const load of loads) if ((await loadState(connection, load))?.isFinished === false) halfDone.push(load);
      return halfDone.length === 0 ? null : `${halfDone.join(', ')} is not loaded to its end`;
    }),
    {
      name: 'events',
      look: () => {
        const late = clock.now().getTime() - Math.max(startedAt, dispatcher.lookedAt()?.getTime() ?? 0);
        return Promise.resolve(
          late > EVENTS_LATE_MS ? `the outbox has not looked for events for ${Math.round(late / 1000)} s` : null,
        );
      },
    },
  ];
}

/** The collections that lack an index which their model declares. */
async function missingIndexes(connection: Connection): Promise<string | null> {
  const lacking: string[] = [];
  for (const model of Object.values(connection.models)) {
    const { toCreate } = await model.diffIndexes();
    if (toCreate.length > 0) lacking.push(model.collection.collectionName);
  }
  return lacking.length === 0 ? null : `missing on ${lacking.join(', ')}; start the department again to build them`;
}

/** Asks again only after a while, and at once when something was wrong. */
function kept(forMs: number, clock: Clock, look: () => Promise<string | null>): () => Promise<string | null> {
  let rightUntil = 0;
  return async () => {
    if (clock.now().getTime() < rightUntil) return null;
    const word = await look();
    if (word === null) rightUntil = clock.now().getTime() + forMs;
    return word;
  };
}
