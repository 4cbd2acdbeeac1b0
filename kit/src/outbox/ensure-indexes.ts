import type { Collection, Db, Document } from 'mongodb';
import { inboxCollection, outboxCollections, SEQUENCE_COUNTER } from './collections.js';

const SECONDS_PER_DAY = 24 * 3600;
const INDEX_OPTIONS_CONFLICT = 85;

/**
 * All indexes of the outbox; safe to call at each start. Sequenced events and delivered deliveries go after
 * `retentionDays`; what is waiting, pending or dead never expires. A changed retention is applied to existing indexes.
 */
export async function ensureOutboxIndexes(db: Db, { retentionDays }: { retentionDays: number }): Promise<void> {
  const { events, deliveries, webhooks, counters } = outboxCollections(db);
  await events.createIndexes([
    { name: 'waiting', key: { waiting: 1, recorded: 1 }, partialFilterExpression: { waiting: true } },
    { name: 'order', key: { sequence: 1 }, unique: true, partialFilterExpression: { sequence: { $exists: true } } },
  ]);
  await deliveries.createIndexes([
    { name: 'heads', key: { webhookId: 1, state: 1, subject: 1, sequence: 1 } },
    { name: 'due', key: { webhookId: 1, state: 1, dueOn: 1 } },
    { name: 'deadLetters', key: { state: 1, sequence: 1, webhookId: 1 } },
    { name: 'age', key: { state: 1, queuedOn: 1, webhookId: 1 } },
  ]);
  await webhooks.createIndexes([{ name: 'url', key: { url: 1 }, unique: true }]);
  await ensureExpiry({ collection: events, field: 'sequencedOn', days: retentionDays });
  await ensureExpiry({ collection: deliveries, field: 'deliveredOn', days: retentionDays });
  await counters.updateOne({ _id: SEQUENCE_COUNTER }, { $setOnInsert: { value: 0 } }, { upsert: true });
}

/** The inbox's index; safe to call at each start. An event is recognised as a repeat for `retentionDays`. */
export async function ensureInboxIndexes(db: Db, { retentionDays }: { retentionDays: number }): Promise<void> {
  await ensureExpiry({ collection: inboxCollection(db), field: 'receivedOn', days: retentionDays });
}

async function ensureExpiry<Record extends Document>({
  collection,
  field,
  days,
}: {
  collection: Collection<Record>;
  field: string;
  days: number;
}): Promise<void> {
  const expireAfterSeconds = days * SECONDS_PER_DAY;
  try {
    await collection.createIndexes([{ name: 'expiry', key: { [field]: 1 }, expireAfterSeconds }]);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === INDEX_OPTIONS_CONFLICT)) throw error;
    await collection.db.command({ collMod: collection.collectionName, index: { name: 'expiry', expireAfterSeconds } });
  }
}
