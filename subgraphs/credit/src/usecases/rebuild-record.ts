import { checkRecordChain } from '../domain/ledger/record-chain.js';
import { checkSealedHeads } from '../domain/ledger/seal.js';
import { recordOf } from '../models/record-content.js';
import { keyOf, kindOf } from '../models/record-kinds.js';
import type { Stores } from '../stores.js';

/**
 * Puts a record back into its register as the last entry of its history has it, or takes it away where it was. Answers
 * why nothing was done: a history that is itself damaged proves nothing. Null when it was done.
 */
export async function rebuildRecord({ history, seals }: Stores, chain: string): Promise<string | null> {
  const kind = kindOf(chain);
  const entries = (await history.chains([chain])).get(chain) ?? [];
  const last = entries.at(-1);
  if (kind === null || !last) return 'there is no history of such a record';
  const cutoffs = new Map((await seals.all()).map(({ no, cutoff }) => [no, cutoff]));
  const sealed = (await seals.headsOf([chain], cutoffs)).get(chain) ?? [];
  const fault = checkRecordChain(entries) ?? checkSealedHeads(entries, sealed);
  if (fault) return `its history is damaged: ${fault.message}`;
  await history.restore(kind, keyOf(kind, chain), last.open === null ? null : recordOf(last.open, last.named));
  return null;
}
