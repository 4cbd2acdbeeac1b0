import { entriesAsOf, type AsOf } from '../domain/ledger/as-of.js';
import { commitmentRecord } from '../domain/ledger/commitment-record.js';
import type { EntryDraft } from '../domain/ledger/ledger-entry.js';
import type { StoredCommitment } from '../models/commitment.js';
import type { StoredEntry } from '../models/ledger-entry.js';
import type { Stores } from '../stores.js';

/** A commitment as it stood, made again from its entries; null when it did not exist by then. */
export function viewFromEntries(
  entries: readonly StoredEntry[],
  at: AsOf,
): (StoredCommitment & { asOf: string }) | null {
  const counted = entriesAsOf<StoredEntry & EntryDraft>(entries, at);
  const record = commitmentRecord(counted);
  const head = counted.at(-1);
  return record && head ? { ...record, headHash: head.hash, asOf: at.asOf } : null;
}

/** Commitments as they stood, by number, with one read for all. */
export async function viewsOn(
  { entries }: Stores,
  ids: readonly string[],
  at: AsOf,
): Promise<Map<string, StoredCommitment & { asOf: string }>> {
  const views = new Map<string, StoredCommitment & { asOf: string }>();
  for (const [id, chain] of await entries.chains(ids)) {
    const view = viewFromEntries(chain, at);
    if (view) views.set(id, view);
  }
  return views;
}
