import { createHash } from 'node:crypto';
import {
  ensureConnectorIndexes,
  runSource,
  type RunReport,
  type RunRequest,
  type RunSettings,
  type Target,
} from '@zhitong/connect';
import { createLogger, type Clock } from '@zhitong/kit';
import { createOutbox, type Outbox } from '@zhitong/kit/outbox';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import type { Connection } from 'mongoose';
import { berthTarget, type Berth } from './berths.js';
import { mapBy, memorySource, type Row } from './memory-source.js';

export const SETTINGS: RunSettings = {
  source: 'berth-list',
  department: 'GKJ',
  mappingDigest: 'mapping-1',
  precedence: 1,
  personalColumns: new Set(['联系人']),
  isIncremental: false,
  sweep: null,
  keeper: '港口科',
  schedule: null,
  silentAfterHours: null,
};

/** By header of the rows. */
export const BERTH_FIELDS = { 泊位: 'number', 名称: 'name', 水深: 'depth', 联系人: 'master' };

/** A department of berths over a database of its own, with a clock that is moved by hand. */
export interface Harbour {
  readonly database: TestDatabase;
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly target: Target;
  readonly clock: Clock & { move(hours: number): void };
  run(rows: readonly Row[], options?: Partial<RunRequest> & { settings?: RunSettings }): Promise<RunReport>;
  berths(): Promise<Berth[]>;
  /** Types of the events that were appended, in order. */
  events(): Promise<string[]>;
  all(collection: string): Promise<Record<string, unknown>[]>;
  empty(): Promise<void>;
}

export async function harbour(file: string): Promise<Harbour> {
  const database = await testDatabase(file);
  const { connection } = database;
  let now = Date.parse('2026-11-20T02:00:00Z');
  const clock = { now: () => new Date(now), move: (hours: number) => void (now += hours * 3_600_000) };
  const logger = createLogger({ name: 'test', level: 'silent' });
  const outbox = createOutbox({ db: connection.db, source: 'urn:zhitong:harbour', logger, clock });
  await Promise.all([outbox.ensureIndexes(), ensureConnectorIndexes(connection)]);
  await connection.createCollection('berths');
  const target = berthTarget(connection, outbox);
  const all = async (collection: string) =>
    connection.collection<Record<string, unknown>>(collection).find().sort({ _id: 1 }).toArray();
  return {
    database,
    connection,
    outbox,
    target,
    clock,
    all,
    run: async (rows, options = {}) => {
      clock.move(0.01); // Runs are in the order of their moments.
      return runSource({
        connection,
        source: memorySource(rows),
        map: mapBy(BERTH_FIELDS, ['number']),
        target,
        settings: SETTINGS,
        clock,
        outbox,
        logger,
        batchSize: 10,
        ...options,
      });
    },
    berths: async () => connection.collection<Berth>('berths').find().sort({ _id: 1 }).toArray(),
    events: async () => (await all('outbox')).map(({ event }) => (event as { type: string }).type),
    empty: async () => database.empty(),
  };
}

/** A digest of everything that a database holds, by collection; those that are named are left out. */
export async function contentsOf(connection: Connection, but: readonly string[] = []): Promise<Record<string, string>> {
  const collections = (await connection.db?.collections()) ?? [];
  const digests = await Promise.all(
    collections
      .filter(({ collectionName }) => !but.includes(collectionName))
      .map(async (collection) => {
        const documents = await collection.find().sort({ _id: 1 }).toArray();
        return [
          collection.collectionName,
          `${String(documents.length)} ${createHash('sha256').update(JSON.stringify(documents)).digest('hex')}`,
        ] as const;
      }),
  );
  return Object.fromEntries(digests.sort(([a], [b]) => a.localeCompare(b)));
}

/** So many berths, each with its own words. */
export const berthRows = (count: number, change: (index: number) => Partial<Row> = () => ({})): Row[] =>
  Array.from({ length: count }, (_none, index) => ({
    泊位: `B${String(index).padStart(4, '0')}`,
    名称: `泊位${String(index)}`,
    水深: String(5 + (index % 9)),
    联系人: `王小${String(index)}`,
    ...(change(index) as Row),
  }));
