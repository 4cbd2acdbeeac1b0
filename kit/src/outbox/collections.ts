import type { Collection, Db, Timestamp } from 'mongodb';
import type { CloudEvent } from './cloud-event.js';

/** One event in the log. */
export interface EventRecord {
  /** The event's id. */
  _id: string;
  event: CloudEvent;
  /**
   * The server's cluster time at the insert (MongoDB fills in an empty timestamp). A transaction that saw another one's
   * result has a later time than it, whichever machines the two ran on.
   */
  recorded: Timestamp;
  /** Present until the event got its place in the order. */
  waiting?: true;
  sequence?: number;
  sequencedOn?: Date;
}

export type DeliveryState = 'pending' | 'delivered' | 'dead';

/** One event on its way to one webhook. Holds the event itself, so the log may expire independently. */
export interface DeliveryRecord {
  /** `<webhook>:<event>`: an event cannot be queued twice for one webhook. */
  _id: string;
  webhookId: string;
  event: CloudEvent;
  subject: string;
  sequence: number;
  state: DeliveryState;
  attempts: number;
  /** Not to be sent before this. */
  dueOn: Date;
  queuedOn: Date;
  lastStatus?: number;
  lastError?: string;
  deliveredOn?: Date;
  deadOn?: Date;
  replays?: number;
  /** Who made it pending again last. */
  replayedBy?: string;
}

export interface WebhookRecord {
  _id: string;
  url: string;
  eventTypes: string[];
  secret: string;
  active: boolean;
  createdOn: Date;
  inactiveReason?: string;
}

/** Who works for a webhook at present, and how its receiver fares. */
export interface LaneRecord {
  /** The webhook's id. */
  _id: string;
  owner: string | null;
  leasedUntil: Date;
  /** No delivery before this, because the receiver seems to be down. */
  pausedUntil: Date;
  failuresInRow: number;
}

export interface CounterRecord {
  _id: string;
  value: number;
}

export interface InboxRecord {
  _id: { source: string; id: string };
  receivedOn: Date;
}

export interface OutboxCollections {
  readonly events: Collection<EventRecord>;
  readonly deliveries: Collection<DeliveryRecord>;
  readonly webhooks: Collection<WebhookRecord>;
  readonly lanes: Collection<LaneRecord>;
  readonly counters: Collection<CounterRecord>;
}

export const COLLECTION_NAMES = {
  events: 'outbox',
  deliveries: 'outboxDeliveries',
  webhooks: 'webhooks',
  lanes: 'outboxLanes',
  counters: 'outboxCounters',
  inbox: 'inbox',
} as const;

/** The counter that gives out places in the order. */
export const SEQUENCE_COUNTER = 'sequence';

/** The counter of what a webhook is sent. */
export const counterOf = (webhookId: string): string => `${SEQUENCE_COUNTER} ${webhookId}`;

/** The outbox's collections in a department's own database. */
export function outboxCollections(db: Db): OutboxCollections {
  return {
    events: db.collection(COLLECTION_NAMES.events),
    deliveries: db.collection(COLLECTION_NAMES.deliveries),
    webhooks: db.collection(COLLECTION_NAMES.webhooks),
    lanes: db.collection(COLLECTION_NAMES.lanes),
    counters: db.collection(COLLECTION_NAMES.counters),
  };
}

/** The receiver's record of what it has handled. */
export const inboxCollection = (db: Db): Collection<InboxRecord> => db.collection(COLLECTION_NAMES.inbox);
