import type { ClientSession, MongoClient } from 'mongodb';
import type { Clock } from '../../clock.js';
import { hasNames, sequenceText, type CloudEvent } from '../cloud-event.js';
import {
  counterOf,
  SEQUENCE_COUNTER,
  type DeliveryRecord,
  type EventRecord,
  type OutboxCollections,
  type WebhookRecord,
} from '../collections.js';
import { wantsEvent } from '../webhooks/event-filter.js';
import type { OutboxLogger } from '../outbox-logger.js';
import { TRANSACTION } from '../transaction.js';

const BATCH = 200;

/**
 * Gives all committed events that have none yet their place in the order, and queues each for the webhooks that want
 * it. Any number of processes may call it at once.
 *
 * A place is given only after the commit, in a transaction of its own that also advances the counter. Two such
 * transactions conflict on the counter, so places become visible in their order: whoever reads up to place n has seen
 * all that will ever stand before it, although the departments' own transactions commit in any order and never wait for
 * each other. Within a batch the order is the server's cluster time of the insert, so a change that built on another
 * one comes after it.
 *
 * An event that somebody damaged is set aside, without a place, and reported: no other one waits for it. Nor for a
 * webhook that was.
 * @returns how many events were placed.
 */
export async function sequenceEvents({
  client,
  collections,
  clock,
  logger,
}: {
  client: MongoClient;
  collections: OutboxCollections;
  clock: Clock;
  logger: Pick<OutboxLogger, 'error'>;
}): Promise<number> {
  let placed = 0;
  // Looked at outside a transaction first: most wake-ups find nothing.
  while ((await collections.events.findOne({ waiting: true }, { projection: { _id: 1 } })) !== null) {
    const done = await client.withSession((session) =>
      session.withTransaction(async () => {
        const found = await collections.events
          .find({ waiting: true }, { session })
          .sort({ recorded: 1 })
          .limit(BATCH)
          .toArray();
        const damaged = found.filter((record) => !isWhole(record)).map(({ _id }) => _id);
        if (damaged.length > 0)
          await collections.events.updateMany({ _id: { $in: damaged } }, { $unset: { waiting: '' } }, { session });
        const waiting = found.filter(isWhole);
        if (waiting.length === 0) return { placed: 0, damaged, unusable: [] };
        const counter = await collections.counters.findOneAndUpdate(
          { _id: SEQUENCE_COUNTER },
          { $inc: { value: waiting.length } },
          { session, upsert: true, returnDocument: 'after' },
        );
        if (counter === null) throw new Error('The sequence counter was not returned.');
        const webhooks = await collections.webhooks.find({}, { session }).toArray();
        const now = clock.now();
        const events = place({ waiting, first: counter.value - waiting.length + 1 });
        await collections.events.bulkWrite(
          events.map(({ event, sequence }) => ({
            updateOne: {
              filter: { _id: event.id },
              // The database's clock judges when an event goes, so it also says when it was placed.
              update: {
                $set: { sequence, 'event.sequence': event.sequence },
                $currentDate: { sequencedOn: true },
                $unset: { waiting: '' },
              },
            },
          })),
          { session },
        );
        const before = counter.value - waiting.length;
        const deliveries: DeliveryRecord[] = [];
        for (const webhook of webhooks.filter(hasFilters))
          deliveries.push(...(await deliveriesTo(webhook, { events, before, now }, { collections, session })));
        if (deliveries.length > 0) await collections.deliveries.insertMany(deliveries, { session });
        const unusable = webhooks.filter((webhook) => !hasFilters(webhook)).map(({ _id }) => _id);
        return { placed: waiting.length, damaged, unusable };
      }, TRANSACTION),
    );
    placed += done.placed;
    for (const event of done.damaged) logger.error({ event }, 'a damaged event was set aside and is sent to nobody');
    for (const webhook of done.unusable)
      logger.error({ webhook }, 'nobody can say which events a damaged webhook wants, and it is sent none');
  }
  return placed;
}

/** True of a webhook of which it can be said what it wants. */
const hasFilters = ({ eventTypes }: { readonly eventTypes: unknown }): boolean =>
  Array.isArray(eventTypes) && eventTypes.every((filter) => typeof filter === 'string');

/** True of an event as the outbox has written it. */
const isWhole = ({ _id, event }: EventRecord): boolean => hasNames(event) && event.id === _id;

interface PlacedEvent {
  readonly event: CloudEvent;
  readonly sequence: number;
}

function place({ waiting, first }: { waiting: readonly EventRecord[]; first: number }): PlacedEvent[] {
  return waiting.map(({ event }, index) => ({
    event: { ...event, sequence: sequenceText(first + index) },
    sequence: first + index,
  }));
}

/**
 * What a webhook is sent of some events. Its receiver sees places among the events that it is sent: a gap would tell it
 * of events that are not for it. They go on from the place where it began to be numbered by itself.
 */
async function deliveriesTo(
  { _id: webhookId, eventTypes }: WebhookRecord,
  { events, before, now }: { events: readonly PlacedEvent[]; before: number; now: Date },
  { collections, session }: { collections: OutboxCollections; session: ClientSession },
): Promise<DeliveryRecord[]> {
  const wanted = events.filter(({ event }) => wantsEvent(eventTypes, event.type));
  if (wanted.length === 0) return [];
  const counter = await collections.counters.findOneAndUpdate(
    { _id: counterOf(webhookId) },
    [{ $set: { value: { $add: [{ $ifNull: ['$value', before] }, wanted.length] } } }],
    { session, upsert: true, returnDocument: 'after' },
  );
  if (counter === null) throw new Error(`The counter of the webhook ${webhookId} was not returned.`);
  const first = counter.value - wanted.length + 1;
  return wanted.map(({ event, sequence }, index) => ({
    _id: `${webhookId}:${event.id}`,
    webhookId,
    event: { ...event, sequence: sequenceText(first + index) },
    subject: event.subject,
    sequence,
    state: 'pending',
    attempts: 0,
    dueOn: now,
    queuedOn: now,
  }));
}
