import { inTransaction } from '@zhitong/kit/mongo';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import {
  createOutbox,
  type Attempted,
  type Dispatcher,
  type NewEvent,
  type Outbox,
  type OutboxOptions,
} from '@zhitong/kit/outbox';
import { FakeTime } from './fake-time.js';
import { Journal } from './journal.js';
import { startReceiver, type Receiver } from './receiver.js';

export const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An outbox over a database of its own, on fake time, with everything it starts ended by `close`. */
export interface OutboxUnderTest {
  readonly database: TestDatabase;
  readonly outbox: Outbox;
  readonly time: FakeTime;
  readonly attempts: Journal<Attempted>;
  /** Appends and commits. */
  commit(...events: NewEvent[]): Promise<void>;
  dispatcher(options?: Partial<OutboxOptions>): Dispatcher;
  receiver(): Promise<Receiver>;
  /** A receiver that is registered under `id`. */
  registered(id: string, eventTypes?: string[]): Promise<Receiver>;
  close(): Promise<void>;
}

/** One event of a neutral kind. */
export const changed = (subject: string, data: unknown = subject, type = 'cn.example.thing.changed'): NewEvent => ({
  type,
  subject,
  data,
});

export async function outboxUnderTest(file: string, options: Partial<OutboxOptions> = {}): Promise<OutboxUnderTest> {
  const database = await testDatabase(file);
  const time = new FakeTime();
  const attempts = new Journal<Attempted>();
  const open = (more: Partial<OutboxOptions> = {}): Outbox =>
    createOutbox({
      db: databaseOf(database),
      source: 'urn:zhitong:example',
      logger: SILENT,
      clock: time,
      timers: time,
      random: () => 0,
      onAttempt: (attempted) => attempts.add(attempted),
      allowedHosts: ['127.0.0.1'],
      pollMs: 10 * 24 * 3600_000,
      ...options,
      ...more,
    });
  const outbox = open();
  await outbox.ensureIndexes();
  const dispatchers: Dispatcher[] = [];
  const receivers: Receiver[] = [];
  const under: OutboxUnderTest = {
    database,
    outbox,
    time,
    attempts,
    commit: async (...events) => {
      await inTransaction(database.connection, async (session) => outbox.append(events, { session }));
    },
    dispatcher: (more) => {
      const dispatcher = open(more).dispatcher();
      dispatchers.push(dispatcher);
      return dispatcher;
    },
    receiver: async () => {
      const receiver = await startReceiver();
      receivers.push(receiver);
      return receiver;
    },
    registered: async (id, eventTypes = []) => {
      const receiver = await under.receiver();
      await outbox.registerWebhook({ id, url: receiver.url, eventTypes });
      return receiver;
    },
    close: async () => {
      await Promise.all(receivers.map(async (receiver) => receiver.close()));
      await Promise.all(dispatchers.map(async (dispatcher) => dispatcher.stop()));
      await database.close();
    },
  };
  return under;
}

export function databaseOf({ connection }: TestDatabase): NonNullable<OutboxOptions['db']> {
  if (connection.db === undefined) throw new Error('The connection is not open.');
  return connection.db;
}
