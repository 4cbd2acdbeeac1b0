import type { ClientSession, Collection, Db } from 'mongodb';
import { systemClock, type Clock } from '../../clock.js';
import { isDuplicateKey } from '../../mongo/duplicate-key.js';
import { parseCloudEvent, type CloudEvent } from '../cloud-event.js';
import { inboxCollection, type InboxRecord } from '../collections.js';
import { ensureInboxIndexes } from '../ensure-indexes.js';
import { openDatabase } from '../open-database.js';
import { OutboxError } from '../outbox-error.js';
import type { OutboxLogger } from '../outbox-logger.js';
import { TRANSACTION } from '../transaction.js';
import { checkWebhookSecret, freshTimestamp, isSignedWith, type SignedMessage } from '../webhooks/webhook-signature.js';

/** A received HTTP request: the body's very bytes, since those are signed. */
export interface InboxRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: Buffer | string;
}

/** The status to respond with. 2xx only after the commit; anything else makes the sender try again. */
export interface InboxResponse {
  readonly status: 200 | 400 | 401 | 413 | 500;
  readonly body: { readonly result: 'handled' | 'duplicate' } | { readonly error: string };
}

export interface Inbox {
  /** Builds the index; call once at start, before the first request. */
  ensureIndexes(): Promise<void>;
  receive(request: InboxRequest): Promise<InboxResponse>;
}

export interface InboxOptions {
  /** The receiver's own database; `connection.db` of an open mongoose connection. */
  readonly db: Db | undefined;
  /** Per CloudEvents source its signing secrets (`whsec_…`); several while one is being changed. */
  readonly secrets: Readonly<Record<string, string | readonly string[]>>;
  /**
   * Acts on one event. Writes with `session` are committed together with the note that the event was handled; it may
   * run again when the transaction has to be repeated, so it has no effect but these writes. A throw leaves nothing
   * behind.
   */
  readonly handle: (event: CloudEvent, context: { readonly session: ClientSession }) => Promise<void>;
  readonly logger: OutboxLogger;
  readonly clock?: Clock;
  /** Seconds that a message's timestamp may differ from now, either way; 300 by default. */
  readonly toleranceSeconds?: number;
  /** Days that a repeated event is recognised; must exceed the sender's retries and replays. 90 by default. */
  readonly retentionDays?: number;
  /** 1 MiB by default. */
  readonly maxBodyBytes?: number;
}

/**
 * Opens the receiving side: checks signature and time, and runs the handler once per event, whatever is delivered twice
 * or at the same time.
 * @throws OutboxError INVALID when a secret is malformed.
 */
export function createInbox(options: InboxOptions): Inbox {
  const db = openDatabase(options.db);
  const {
    handle,
    logger,
    clock = systemClock,
    toleranceSeconds = 300,
    retentionDays = 90,
    maxBodyBytes = 1024 * 1024,
  } = options;
  const keys = Object.entries(options.secrets).flatMap(([source, secrets]) =>
    [secrets].flat().map((secret) => ({ source, secret: checkWebhookSecret(secret) })),
  );
  const inbox = inboxCollection(db);

  const sourcesOf = (message: SignedMessage): ReadonlySet<string> =>
    new Set(keys.filter(({ secret }) => isSignedWith(secret, message)).map(({ source }) => source));

  return {
    ensureIndexes: async () => ensureInboxIndexes(db, { retentionDays }),
    async receive({ headers, rawBody }) {
      if (Buffer.byteLength(rawBody) > maxBodyBytes)
        return refused(413, `The body is longer than ${maxBodyBytes} bytes.`);
      const message = readMessage({ headers, rawBody });
      if (message === undefined)
        return refused(401, 'A webhook-id, webhook-timestamp or webhook-signature header is missing.');
      if (freshTimestamp({ timestamp: message.timestamp, now: clock.now(), toleranceSeconds }) === undefined) {
        return refused(401, `The webhook-timestamp is not within ${toleranceSeconds} seconds of this machine's time.`);
      }
      const sources = sourcesOf(message);
      if (sources.size === 0) return refused(401, 'The signature does not match.');

      let event: CloudEvent;
      try {
        event = parseCloudEvent(message.body);
      } catch (error) {
        if (error instanceof OutboxError) return refused(400, error.message);
        throw error;
      }
      if (!sources.has(event.source))
        return refused(401, 'The signature is not that of the source that the event names.');

      try {
        return { status: 200, body: { result: await handleOnce({ inbox, db, event, handle }) } };
      } catch (error) {
        logger.error(
          { err: error, eventId: event.id, type: event.type, source: event.source },
          'a received event could not be handled',
        );
        return { status: 500, body: { error: 'The event could not be handled now.' } };
      }
    },
  };
}

async function handleOnce({
  inbox,
  db,
  event,
  handle,
}: {
  inbox: Collection<InboxRecord>;
  db: Db;
  event: CloudEvent;
  handle: InboxOptions['handle'];
}): Promise<'handled' | 'duplicate'> {
  try {
    return await db.client.withSession((session) =>
      session.withTransaction(async () => {
        await noteReceipt({ inbox, event, session });
        await handle(event, { session });
        return 'handled' as const;
      }, TRANSACTION),
    );
  } catch (error) {
    if (error instanceof AlreadyHandled) return 'duplicate';
    throw error;
  }
}

class AlreadyHandled extends Error {}

/**
 * A concurrent receipt of the same event is a write conflict, repeated by the driver until one has committed. The time
 * is the database's, whose clock also judges when the note expires.
 */
async function noteReceipt({
  inbox,
  event,
  session,
}: {
  inbox: Collection<InboxRecord>;
  event: CloudEvent;
  session: ClientSession;
}): Promise<void> {
  try {
    await inbox.updateOne(
      { _id: { source: event.source, id: event.id }, receivedOn: { $exists: false } },
      [{ $set: { receivedOn: '$$NOW' } }],
      { upsert: true, session },
    );
  } catch (error) {
    // Only this insert's duplicate means a repeat; one inside the handler is the handler's failure.
    if (isDuplicateKey(error)) throw new AlreadyHandled();
    throw error;
  }
}

function readMessage({ headers, rawBody }: InboxRequest): SignedMessage | undefined {
  const find = (name: string): string | undefined => {
    const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
    return typeof value === 'string' ? value : value?.[0];
  };
  const [id, timestamp, signatures] = [find('webhook-id'), find('webhook-timestamp'), find('webhook-signature')];
  if (!id || !timestamp || !signatures) return undefined;
  return { id, timestamp, signatures, body: rawBody.toString() };
}

function refused(status: 400 | 401 | 413, error: string): InboxResponse {
  return { status, body: { error } };
}
