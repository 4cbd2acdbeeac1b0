import type { ChangeStreamDocument, Timestamp } from 'mongodb';
import type { ClientSession, Connection, Model } from 'mongoose';
import type { GrantRecord } from './grant-record.js';

/**
 * Hears of an enterprise whose grants a transaction of this process is about to change, once for each transaction.
 * `ended` calls back when the transaction has ended, whether it was committed or not.
 */
export type GrantChangeListener = (uscc: string, ended: (callback: () => void) => void) => void;

/** Those who listen to what this process writes, and how it is told to them. */
export function changeListeners(): {
  /** Calls the listener before grants are written. */
  onChange: (listener: GrantChangeListener) => void;
  /** Tells whose grants a session is about to write. */
  tellOf: (grants: readonly Pick<GrantRecord, 'uscc'>[], session: ClientSession) => void;
} {
  const listeners: GrantChangeListener[] = [];
  /** Whose changes each session has told of, and what it calls when it ends: it tells once, however often it tries. */
  const sessions = new WeakMap<ClientSession, { readonly told: Set<string>; readonly callbacks: (() => void)[] }>();
  return {
    onChange: (listener) => void listeners.push(listener),
    tellOf: (grants, session) => {
      const telling = sessions.get(session) ?? { told: new Set(), callbacks: [] };
      if (!sessions.has(session)) {
        sessions.set(session, telling);
        session.once('ended', () => {
          for (const callback of telling.callbacks) callback();
        });
      }
      for (const { uscc } of grants) {
        if (telling.told.has(uscc)) continue;
        telling.told.add(uscc);
        for (const listener of listeners) listener(uscc, (callback) => void telling.callbacks.push(callback));
      }
    },
  };
}

/** What is heard of the grants that are written anywhere. */
export interface GrantChangesHeard {
  /** Grants of this enterprise were written; null when it is not known whose. */
  readonly changed: (uscc: string | null) => void;
  /** The database has told what it knows, nothing new perhaps: each second at least. */
  readonly heard: () => void;
  /** The stream has ended with an error. */
  readonly broken: (error: unknown) => void;
}

type Change = ChangeStreamDocument<Pick<GrantRecord, 'uscc'>>;

/** Follows the grants that are written anywhere from this moment on. Returns how to stop it. */
export async function watchGrantChanges(
  db: Connection,
  collection: Model<GrantRecord>['collection'],
  { changed, heard, broken }: GrantChangesHeard,
): Promise<() => Promise<void>> {
  const now = await db.db?.command({ ping: 1 });
  const stream = collection.watch<Pick<GrantRecord, 'uscc'>, Change>(
    [{ $project: { 'fullDocument.uscc': 1, operationType: 1 } }],
    {
      startAtOperationTime: now?.operationTime as Timestamp,
      maxAwaitTimeMS: 1_000,
      fullDocument: 'updateLookup',
    },
  );
  stream.on('change', (change) => {
    changed(('fullDocument' in change ? change.fullDocument?.uscc : undefined) ?? null);
  });
  stream.on('resumeTokenChanged', heard);
  stream.on('error', broken);
  return async () => stream.close();
}
