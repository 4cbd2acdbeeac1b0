import { createHash } from 'node:crypto';
import type { EntryDraft, LedgerEntry } from './ledger-entry.js';
import { isBalanced } from './postings.js';

/** The `previousHash` of a chain's first entry. */
export const GENESIS = '0'.repeat(64);

/**
 * One text for one value, whatever the order in which a program or a database wrote the keys:
 * JSON without blanks, keys in order of UTF-16 code units (RFC 8785 for strings, booleans, null and integers).
 * Fractions and undefined are refused with TypeError, because no two programs can be relied on to print them alike.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value))
      throw new TypeError(`${value} has no canonical form: only whole numbers have one`);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
  }
  throw new TypeError(`a value of type ${typeof value} has no canonical form`);
}

/** SHA-256 of a text in UTF-8, lower-case hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What an entry's hash covers: every field that the ledger relies on, and the hash before it. */
function hashedText(draft: EntryDraft, previousHash: string): string {
  const { commitmentId, seq, effectiveOn, recordedAt, recordedBy, body, postings } = draft;
  return canonical({ commitmentId, seq, effectiveOn, recordedAt, recordedBy, body, postings, previousHash });
}

/** Puts drafts behind `head` (the last entry's hash, GENESIS for a new chain), each chained to the one before. */
export function chain(head: string, drafts: readonly EntryDraft[]): LedgerEntry[] {
  let previousHash = head;
  return drafts.map((draft) => {
    const hash = sha256(hashedText(draft, previousHash));
    const entry = { ...draft, previousHash, hash };
    previousHash = hash;
    return entry;
  });
}

/** The first thing that is wrong in a commitment's chain. */
export interface ChainFault {
  readonly commitmentId: string;
  readonly seq: number;
  readonly fault: 'MISSING' | 'EXTRA' | 'NOT_CHAINED' | 'ALTERED' | 'UNBALANCED' | 'CLOCK_SET_BACK';
  readonly message: string;
}

/** Recomputes one commitment's chain, given in stored order of `seq`; null when nothing was touched. */
export function checkChain(commitmentId: string, entries: readonly LedgerEntry[]): ChainFault | null {
  let previous: LedgerEntry | null = null;
  for (const [index, entry] of entries.entries()) {
    const fault = checkLink(commitmentId, entry, index + 1, previous);
    if (fault) return fault;
    previous = entry;
  }
  return null;
}

function checkLink(
  commitmentId: string,
  entry: LedgerEntry,
  expected: number,
  previous: LedgerEntry | null,
): ChainFault | null {
  const fault = (seq: number, kind: ChainFault['fault'], message: string): ChainFault => ({
    commitmentId,
    seq,
    fault: kind,
    message,
  });
  if (entry.seq > expected)
    return fault(expected, 'MISSING', `entry ${expected} is missing; the next one stored is ${entry.seq}`);
  if (entry.seq < expected) return fault(entry.seq, 'EXTRA', `entry ${entry.seq} is stored twice`);
  if (recomputed(entry) !== entry.hash)
    return fault(entry.seq, 'ALTERED', `entry ${entry.seq} does not have the content that its hash was made of`);
  if (entry.previousHash !== (previous?.hash ?? GENESIS)) {
    return fault(entry.seq, 'NOT_CHAINED', `entry ${entry.seq} does not follow the entry stored before it`);
  }
  if (!isBalanced(entry.postings)) {
    return fault(entry.seq, 'UNBALANCED', `the postings of entry ${entry.seq} do not sum to zero`);
  }
  if (previous && entry.recordedAt < previous.recordedAt) {
    return fault(entry.seq, 'CLOCK_SET_BACK', `entry ${entry.seq} was recorded before the entry in front of it`);
  }
  return null;
}

/** The hash that the entry's present content gives; null when that content cannot even be serialised. */
function recomputed(entry: LedgerEntry): string | null {
  try {
    return sha256(hashedText(entry, entry.previousHash));
  } catch {
    return null;
  }
}
