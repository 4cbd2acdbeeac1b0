import { inclusionProof, leafHash, type InclusionProof } from '../domain/ledger/merkle.js';
import type { LedgerEntry } from '../domain/ledger/ledger-entry.js';
import type { Seal } from '../domain/ledger/seal.js';
import type { Stores } from '../stores.js';

/** All that an outsider needs, with a published root, to check a commitment's ledger without access to the database. */
export interface CommitmentProof {
  readonly format: 'zhitong-commitment-proof/1';
  readonly commitmentId: string;
  readonly seal: Seal;
  /** The commitment's entries up to its sealed head. */
  readonly entries: readonly LedgerEntry[];
  readonly inclusion: InclusionProof;
}

/** Why there is no proof. */
export type ProofRefusal = 'UNKNOWN_COMMITMENT' | 'NOT_SEALED';

/** Makes the proof that a commitment's ledger is under the newest seal's root. */
export async function commitmentProof(
  { entries: store, seals }: Stores,
  commitmentId: string,
): Promise<{ ok: true; proof: CommitmentProof } | { ok: false; code: ProofRefusal }> {
  const chain = await store.chain(commitmentId);
  if (chain.length === 0) return { ok: false, code: 'UNKNOWN_COMMITMENT' };
  const seal = await seals.finished();
  const heads = seal === null ? [] : await seals.headsAt(seal.no);
  const index = heads.findIndex((head) => head.commitmentId === commitmentId);
  const head = heads[index];
  if (seal === null || head === undefined) return { ok: false, code: 'NOT_SEALED' };
  const entries = chain.filter(({ seq }) => seq <= head.seq).map(({ figures: _derived, ...entry }) => entry);
  return {
    ok: true,
    proof: {
      format: 'zhitong-commitment-proof/1',
      commitmentId,
      seal,
      entries,
      inclusion: inclusionProof(heads.map(leafHash), index),
    },
  };
}
