import { randomUUID } from 'node:crypto';
import type { Actor } from '../identity/actor.js';
import type { DataAccessRecord, DataAccessStore } from './data-access-store.js';

/** Which datum of whom was read. */
export interface AccessNote {
  readonly about: string | null;
  readonly datum: string;
}

/**
 * What one request reads for a stated purpose: noted while it is resolved, written with one command before the response
 * is sent.
 */
export interface AccessNotes {
  note(note: AccessNote): void;
  /**
   * Writes what was noted since the last time. @throws when it cannot be written: then nothing that was read may be
   * returned
   */
  readonly write: () => Promise<void>;
}

/** Collects the notes of one request; the same datum of the same enterprise counts once. */
export function accessNotes({
  store,
  actor,
  requestId,
}: {
  store: DataAccessStore;
  actor: Actor | null;
  requestId: string;
}): AccessNotes {
  const noted = new Map<string, AccessNote>();
  const recordOf = ({ about, datum }: AccessNote): Omit<DataAccessRecord, 'at'> => ({
    id: randomUUID(),
    about,
    datum,
    requestId,
    sub: actor?.sub ?? '',
    role: actor?.roles.includes('OFFICER') === true ? 'OFFICER' : 'COORDINATOR',
    department: actor?.department ?? null,
    purpose: actor?.purpose ?? '',
  });
  return {
    note: (note) => void noted.set(`${note.about ?? ''} ${note.datum}`, note),
    write: async () => {
      if (noted.size === 0) return;
      const records = [...noted.values()].map(recordOf);
      noted.clear();
      await store.add(records);
    },
  };
}
