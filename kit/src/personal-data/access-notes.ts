import { randomUUID } from 'node:crypto';
import { hasRole, type Actor } from '../identity/actor.js';
import type { DataAccessRecord, DataAccessStore } from './data-access-store.js';

/** The widest role counts that a reader has. */
const RECORDED_ROLES = ['OFFICER', 'COORDINATOR', 'SERVICE'] as const;

/** Which datum of whom was read. */
export interface AccessNote {
  readonly about: string | null;
  readonly datum: string;
  /** True where the moment of reading tells of whom something else is, a case without a name: see `Audience`. */
  readonly isTelling?: boolean;
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
  const recordsOf = ({ about, datum, isTelling = false }: AccessNote): Omit<DataAccessRecord, 'at'>[] => {
    const record = {
      id: randomUUID(),
      about,
      datum,
      requestId,
      sub: actor?.sub ?? '',
      role: RECORDED_ROLES.find((role) => hasRole(actor, role)) ?? 'COORDINATOR',
      department: actor?.department ?? null,
      purpose: actor?.purpose ?? '',
    };
    return isTelling
      ? [
          { ...record, toldTo: 'ENTERPRISE' },
          { ...record, id: randomUUID(), about: null, requestId: '', toldTo: 'AUDITORS' },
        ]
      : [record];
  };
  return {
    note: (note) => void noted.set(`${note.about ?? ''} ${note.datum}`, note),
    write: async () => {
      if (noted.size === 0) return;
      const records = [...noted.values()].flatMap(recordsOf);
      noted.clear();
      await store.add(records);
    },
  };
}
