import { sha256 } from '../../values/hash.js';

/** An entry of a ledger as far as its hash covers it. */
export interface HashedEntry {
  readonly seq: number;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly recordedBy?: string | null;
  readonly body: unknown;
  readonly postings: unknown;
  readonly previousHash: string;
  readonly hash: string;
}

/** The first thing that is wrong in a chain. */
export interface ChainFault {
  readonly seq: number;
  /** GAP: an entry is missing; NOT_CHAINED: it does not name the one before; ALTERED: its hash is another's. */
  readonly kind: 'GAP' | 'NOT_CHAINED' | 'ALTERED';
}

const GENESIS = '0'.repeat(64);

/**
 * JSON without blanks and with its keys in order of UTF-16 code units: the canonical form of RFC 8785 for what a ledger
 * holds (strings, booleans, null, whole numbers).
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

/**
 * Recomputes a promise's chain in this browser, without trusting whoever sent it.
 * @returns the first fault; undefined when every entry is what its hash says, each chained to the one before.
 */
export async function firstFault(
  commitmentId: string,
  entries: readonly HashedEntry[],
): Promise<ChainFault | undefined> {
  let before = GENESIS;
  for (const [at, entry] of entries.entries()) {
    const { seq, effectiveOn, recordedAt, recordedBy, body, postings, previousHash, hash } = entry;
    if (seq !== at + 1) return { seq: at + 1, kind: 'GAP' };
    if (previousHash !== before) return { seq, kind: 'NOT_CHAINED' };
    const covered = { commitmentId, seq, effectiveOn, recordedAt, recordedBy, body, postings, previousHash };
    if ((await sha256(canonical(covered))) !== hash) return { seq, kind: 'ALTERED' };
    before = hash;
  }
  return undefined;
}
