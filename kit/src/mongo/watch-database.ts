import { MongoClient } from 'mongodb';
import { propertyOf, systemCodeOf } from '../error-code.js';

/** Pause between two looks. */
const EVERY_MS = 1_000;
/** A server that is there may be slow for so long, on a busy machine for example, before it counts as silent. */
const ANSWER_WITHIN_MS = 10_000;
/** So many probes in a row without a response, and it does. */
const MISSES = 2;
/** What the system says when nobody listens at the address: no waiting helps. */
const NOBODY = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What a department knows of its database from one moment to the next. */
export interface DatabaseWatch {
  /** Why nothing can be read or written now; null while the database responds as a primary. */
  absence(): string | null;
  /** Calls `listener` when the database goes absent, until the returned function is called. */
  onAbsence(listener: (reason: string) => void): () => void;
  stop(): Promise<void>;
}

/**
 * Watches whether a writable primary responds, over a connection of its own: neither a busy pool nor a slow question
 * counts as absence. A server that has ended is absent as soon as its address refuses a connection; one that holds its
 * connections and says nothing, after two looks.
 */
export function watchDatabase({
  uri,
  everyMs = EVERY_MS,
  answerWithinMs = ANSWER_WITHIN_MS,
}: {
  uri: string;
  everyMs?: number;
  answerWithinMs?: number;
}): DatabaseWatch {
  const client = new MongoClient(uri, {
    maxPoolSize: 1,
    serverSelectionTimeoutMS: answerWithinMs,
    connectTimeoutMS: answerWithinMs,
    socketTimeoutMS: answerWithinMs,
  });
  const listeners = new Set<(reason: string) => void>();
  let absence: string | null = null;
  let misses = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const goAbsent = (reason: string): void => {
    const isNews = absence === null;
    absence = reason;
    if (isNews) for (const listener of [...listeners]) listener(reason);
  };
  const look = async (): Promise<void> => {
    try {
      const { isWritablePrimary } = await client.db('admin').command({ hello: 1 });
      misses = 0;
      if (isWritablePrimary === true) absence = null;
      else goAbsent('MongoDB has no writable primary');
    } catch {
      misses += 1;
      if (misses >= MISSES && !stopped) goAbsent('MongoDB does not answer');
    }
  };
  const again = (): void => {
    if (!stopped) timer = setTimeout(() => void (looking = look().finally(again)), everyMs).unref();
  };
  client.on('topologyDescriptionChanged', ({ newDescription: { servers } }) => {
    // The driver's own monitor notices a closed connection at once and tries the address again.
    const faults = [...servers.values()].map(({ error }) => error);
    if (!stopped && faults.length > 0 && faults.every((error) => error !== null && isNobody(error)))
      goAbsent('MongoDB cannot be reached');
  });
  let looking: Promise<void> = look().finally(again);

  return {
    absence: () => absence,
    onAbsence: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client.close();
      await looking;
    },
  };
}

/** Whether an error, or one that it was caused by, says that nobody listens at the address. */
function isNobody(error: unknown): boolean {
  if (NOBODY.has(systemCodeOf(error))) return true;
  const [cause, errors] = [propertyOf(error, 'cause'), propertyOf(error, 'errors')];
  return Array.isArray(errors) && errors.length > 0 ? errors.every(isNobody) : cause !== undefined && isNobody(cause);
}
