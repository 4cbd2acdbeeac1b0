import { canonical, GENESIS, sha256 } from './hash-chain.js';
import type { EntryDraft } from './ledger-entry.js';

/** An entry of a commitment's ledger as its enterprise may hold it: without the account that recorded it. */
export interface OpenEntry extends Omit<EntryDraft, 'commitmentId' | 'recordedBy'> {
  /** `open/` and the commitment's number. */
  readonly chain: string;
  readonly previousHash: string;
  readonly hash: string;
}

const PREFIX = 'open/';

/** The name under which a commitment's open chain is sealed. */
export const openChainOf = (commitmentId: string): string => `${PREFIX}${commitmentId}`;

/** Whether a sealed head is a commitment's own, and not one of its open chain or of a record's history. */
export const isCommitment = (chain: string): boolean => !chain.includes('/');

/**
 * The same entries chained without the accounts of officials. It is derived from the ledger, and its head is sealed
 * beside the ledger's, so that an enterprise can check what it is owed without learning who typed it.
 */
export function openChain(commitmentId: string, entries: readonly EntryDraft[]): OpenEntry[] {
  let previousHash = GENESIS;
  return entries.map(({ seq, effectiveOn, recordedAt, body, postings }) => {
    const covered = { chain: openChainOf(commitmentId), seq, effectiveOn, recordedAt, body, postings, previousHash };
    const entry = { ...covered, hash: sha256(canonical(covered)) };
    previousHash = entry.hash;
    return entry;
  });
}
