import { canonical, GENESIS, sha256 } from './hash-chain.js';

/** What became of a record: it was written, taken away, or taken over from before the history was kept. */
export type RecordChange = 'WRITTEN' | 'REMOVED' | 'BROUGHT_IN';

/** An entry of a record's history before it is chained. */
export interface RecordDraft {
  /** Names the record: its register and its key, for example `arrears/QK-20261120-1F3A9C04`. */
  readonly chain: string;
  /** Counted from 1 without gaps. */
  readonly seq: number;
  /** RFC 3339, UTC, milliseconds; never before the entry in front of it. */
  readonly recordedAt: string;
  readonly change: RecordChange;
  /** The record as it stood after the change, as one text, without what `named` holds; null when it was taken away. */
  readonly open: string | null;
  /** Accounts of officials in the record, with salt: the hash covers its hash alone, so a proof need not show them. */
  readonly named: string | null;
}

/** An entry of a record's history. Entries are only ever added. */
export interface RecordEntry extends RecordDraft {
  readonly previousHash: string;
  readonly hash: string;
}

/** An entry as a proof shows it: all that its hash covers. */
export type OpenRecordEntry = Omit<RecordEntry, 'named'> & { readonly namedHash: string | null };

/** What every entry has; anything else was added behind the history's back. */
const FIELDS = ['chain', 'change', 'hash', 'named', 'open', 'previousHash', 'recordedAt', 'seq'].join();

/** An entry without the accounts of officials. */
export const openEntry = (entry: RecordEntry): OpenRecordEntry => ({
  ...covered(entry, entry.previousHash),
  hash: entry.hash,
});

function covered({ named, ...draft }: RecordDraft, previousHash: string): Omit<OpenRecordEntry, 'hash'> {
  const { chain, seq, recordedAt, change, open } = draft;
  return { chain, seq, recordedAt, change, open, namedHash: named === null ? null : sha256(named), previousHash };
}

/** Puts a draft behind the entry before it (its hash; GENESIS for the first). */
export const chainRecord = (draft: RecordDraft, previousHash: string): RecordEntry => ({
  ...draft,
  previousHash,
  hash: sha256(canonical(covered(draft, previousHash))),
});

/** The first thing that is wrong in a record's history. */
export interface RecordFault {
  readonly seq: number;
  readonly message: string;
}

/** Recomputes one record's history, given in stored order of `seq`; null when nothing was touched. */
export function checkRecordChain(entries: readonly RecordEntry[]): RecordFault | null {
  let previous: RecordEntry | null = null;
  for (const [index, entry] of entries.entries()) {
    const message = linkFault(entry, index + 1, previous);
    if (message !== null) return { seq: Math.min(entry.seq, index + 1), message };
    previous = entry;
  }
  return null;
}

function linkFault(entry: RecordEntry, expected: number, previous: RecordEntry | null): string | null {
  const { seq } = entry;
  if (seq > expected) return `entry ${expected} is missing; the next one stored is ${seq}`;
  if (seq < expected) return `entry ${seq} is stored twice`;
  if (Object.keys(entry).sort().join() !== FIELDS) return `entry ${seq} does not have the fields of an entry`;
  if (recomputed(entry) !== entry.hash) return `entry ${seq} does not have the content that its hash was made of`;
  if (entry.previousHash !== (previous?.hash ?? GENESIS))
    return `entry ${seq} does not follow the entry stored before it`;
  if (previous && entry.recordedAt < previous.recordedAt)
    return `entry ${seq} was recorded before the entry in front of it`;
  if (entry.change === 'BROUGHT_IN' && previous) return `entry ${seq} takes over a record that has a history`;
  if ((entry.change === 'REMOVED') !== (entry.open === null)) return `entry ${seq} does not say what it left`;
  return null;
}

/** The hash that the entry's present content gives; null when that content cannot even be serialised. */
function recomputed(entry: RecordEntry): string | null {
  try {
    return chainRecord(entry, entry.previousHash).hash;
  } catch {
    return null;
  }
}
