import type { ChangeStreamDocument, Timestamp } from 'mongodb';
import type { ClientSession, Connection, Model } from 'mongoose';
import type { GrantRecord } from './grant-record.js';

/** Whose a grant is, and for whom it counts beside. */
type Whose = Pick<GrantRecord, 'uscc' | 'heirs'>;

/** Hears of an enterprise whose grants a transaction of this process has written, whether or not it was committed. */
export type GrantChangeListener = (uscc: string) => void;

/** Those who listen to what this process writes, and how it is told to them. */
export function changeListeners(): {
  /** Calls the listener when the session of a transaction has ended: before whoever asked for it has the answer. */
  onChange: (listener: GrantChangeListener) => void;
  /** Notes whose grants a session writes. */
  noteWritten: (grants: readonly Whose[], session: ClientSession) => void;
} {
  const listeners: GrantChangeListener[] = [];
  const sessions = new WeakMap<ClientSession, Set<string>>();
  const begin = (session: ClientSession): Set<string> => {
    const written = new Set<string>();
    sessions.set(session, written);
    session.once('ended', () => {
      for (const uscc of written) for (const listener of listeners) listener(uscc);
    });
    return written;
  };
  return {
    onChange: (listener) => void listeners.push(listener),
    noteWritten: (grants, session) => {
      const written = sessions.get(session) ?? begin(session);
      for (const { uscc, heirs = [] } of grants) for (const one of [{ uscc }, ...heirs]) written.add(one.uscc);
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

type Change = ChangeStreamDocument<Whose>;

/** Follows the grants that are written anywhere from this moment on. Returns how to stop it. */
export async function watchGrantChanges(
  db: Connection,
  collection: Model<GrantRecord>['collection'],
  { changed, heard, broken }: GrantChangesHeard,
): Promise<() => Promise<void>> {
  const now = await db.db?.command({ ping: 1 });
  const stream = collection.watch<Whose, Change>(
    [{ $project: { 'fullDocument.uscc': 1, 'fullDocument.heirs': 1, operationType: 1 } }],
    {
      startAtOperationTime: now?.operationTime as Timestamp,
      maxAwaitTimeMS: 1_000,
      fullDocument: 'updateLookup',
    },
  );
  stream.on('change', (change) => {
    const grant = 'fullDocument' in change ? change.fullDocument : undefined;
    if (!grant) changed(null);
    else for (const { uscc } of [grant, ...(grant.heirs ?? [])]) changed(uscc);
  });
  stream.on('resumeTokenChanged', heard);
  stream.on('error', broken);
  return async () => stream.close();
}
