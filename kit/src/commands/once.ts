import { createHash } from 'node:crypto';
import type { ClientSession, Connection } from 'mongoose';
import { isDuplicateKey } from '../mongo/duplicate-key.js';
import { heldBack } from './held-back.js';
import { inTransaction } from '../mongo/connect.js';
import { retryRaces } from './races.js';

const COLLECTION = 'idempotency';
const KEPT_SECONDS = 30 * 24 * 3600;

interface StoredOutcome {
  _id: string;
  digest: string;
  outcome?: unknown;
  at: Date;
}

/**
 * What a keyed write returns: its outcome (`repeated` when it was done before), or that the key belongs to another
 * request.
 */
export type OnceOutcome<Outcome> =
  { readonly kind: 'done'; readonly outcome: Outcome; readonly repeated: boolean } | { readonly kind: 'key-reused' };

/** A write with an idempotency key. */
export interface KeyedWrite<Outcome> {
  readonly connection: Connection;
  /** Separates who acts for whom, and mutations (see `onceScope`). */
  readonly scope: string;
  readonly key: string;
  /** Everything that was asked for, as a JSON value; a key that is used for something else is recognised by it. */
  readonly request: unknown;
  /**
   * What has to be asked elsewhere before the transaction. It is done only when the key is free, and what it throws
   * counts only once it is known that no concurrent repeat was done.
   */
  readonly prepare?: (() => Promise<void>) | undefined;
  /** Writes. What it throws rolls everything back and leaves the key free; `Raced` lets it be done again. */
  readonly work: (session: ClientSession) => Promise<Outcome>;
}

/**
 * Runs a write once per idempotency key. The key, the digest of the request and the outcome are stored in the
 * transaction of the write itself, so a repeat (also a concurrent one, also after a kill) gets the stored outcome and
 * writes nothing. The key is looked up before anything else: whatever has changed since, a repeat is answered as the
 * first time. Outcomes must be plain BSON-storable values. Keys are kept 30 days by the database's clock, which also
 * writes their age: a key is never born expired.
 */
export async function runOnce<Outcome>({
  connection,
  scope,
  key,
  request,
  prepare = async () => undefined,
  work,
}: KeyedWrite<Outcome>): Promise<OnceOutcome<Outcome>> {
  const collection = connection.collection<StoredOutcome>(COLLECTION);
  const id = `${scope}:${key}`;
  const digest = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const repeat = async (): Promise<OnceOutcome<Outcome> | undefined> => {
    const stored = await collection.findOne({ _id: id });
    if (stored === null) return undefined;
    return stored.digest === digest
      ? { kind: 'done', outcome: stored.outcome as Outcome, repeated: true }
      : { kind: 'key-reused' };
  };
  const before = await repeat();
  if (before) return before;
  const prepared = await heldBack(prepare());
  const write = async (session: ClientSession): Promise<OnceOutcome<Outcome>> => {
    // An insert whose time is the server's own; a key that is there already does not match and meets its `_id`.
    await collection.updateOne(
      { _id: id, digest: { $exists: false } },
      [{ $set: { digest: { $literal: digest }, at: '$$NOW' } }],
      { upsert: true, session },
    );
    prepared();
    const outcome = await work(session);
    await collection.updateOne({ _id: id }, { $set: { outcome } }, { session });
    return { kind: 'done', outcome, repeated: false };
  };
  try {
    return await retryRaces(async () => inTransaction(connection, write));
  } catch (error) {
    if (isDuplicateKey(error)) {
      const winner = await repeat();
      if (winner) return winner;
    }
    throw error;
  }
}

/** Lets stored keys expire. Call once at start. */
export async function ensureOnceIndexes(connection: Connection): Promise<void> {
  await connection
    .collection(COLLECTION)
    .createIndexes([{ key: { at: 1 }, name: 'expiry', expireAfterSeconds: KEPT_SECONDS }]);
}
