import { setTimeout as after } from 'node:timers';
import { MongoClient } from 'mongodb';

/** Pause between two looks. */
const EVERY_MS = 1_000;
/** A server must be found, and must answer, within this. */
const FIND_WITHIN_MS = 1_500;
const ANSWER_WITHIN_MS = 3_000;
/** So many looks in a row without an answer count as absence; a server that cannot be found is absent at once. */
const MISSES = 2;

/** What a department knows of its database from one moment to the next. */
export interface DatabaseWatch {
  /** Why nothing can be read or written now; null while the database answers as a primary. */
  absence(): string | null;
  /** Calls `listener` when the database goes absent, until the answered function is called. */
  onAbsence(listener: (reason: string) => void): () => void;
  stop(): Promise<void>;
}

/**
 * Looks again and again whether a writable primary answers, over a connection of its own: neither a busy pool nor a slow question
 * counts as absence, and a server that holds its connections and says nothing does.
 */
export function watchDatabase({ uri, everyMs = EVERY_MS }: { uri: string; everyMs?: number }): DatabaseWatch {
  const client = new MongoClient(uri, { maxPoolSize: 1, serverSelectionTimeoutMS: FIND_WITHIN_MS, connectTimeoutMS: ANSWER_WITHIN_MS, socketTimeoutMS: ANSWER_WITHIN_MS });
  const listeners = new Set<(reason: string) => void>();
  let absence: string | null = null;
  let misses = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const see = (reason: string | null, isSure: boolean): void => {
    misses = reason === null ? 0 : misses + 1;
    if (reason === null) absence = null;
    else if (isSure || misses >= MISSES) {
      const isNews = absence === null;
      absence = reason;
      if (isNews) for (const listener of [...listeners]) listener(reason);
    }
  };
  const look = async (): Promise<void> => {
    try {
      const { isWritablePrimary } = await client.db('admin').command({ hello: 1 });
      see(isWritablePrimary === true ? null : 'MongoDB has no writable primary', true);
    } catch (error) {
      const isNowhere = error instanceof Error && error.name === 'MongoServerSelectionError';
      see(isNowhere ? 'MongoDB cannot be reached' : 'MongoDB does not answer', isNowhere);
    }
  };
  const again = (): void => {
    if (!stopped) timer = after(() => void (looking = look().finally(again)), everyMs).unref();
  };
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
