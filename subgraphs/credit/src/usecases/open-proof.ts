import type { InclusionProof } from '../domain/ledger/merkle.js';
import { openChain, openChainOf, type OpenEntry } from '../domain/ledger/open-chain.js';
import { openEntry, type OpenRecordEntry } from '../domain/ledger/record-chain.js';
import type { Seal } from '../domain/ledger/seal.js';
import type { SealedTree } from '../memory/sealed-tree.js';
import { chainOf } from '../models/record-kinds.js';
import type { Stores } from '../stores.js';

/**
 * All that an enterprise needs, with a seal's published hash, to check what it is owed without access to the database:
 * a promise's ledger or a debt's history, without accounts of officials.
 */
export interface OpenProof {
  readonly format: 'zhitong-chain-proof/1';
  /** Name of the chain: `open/` and a commitment's number, or `arrears/` and a debt's. */
  readonly chain: string;
  readonly seal: Seal;
  /** Entries up to the sealed head. */
  readonly entries: readonly (OpenEntry | OpenRecordEntry)[];
  readonly inclusion: InclusionProof;
}

/** Proofs of commitments under a seal, by number; those that it does not cover are left out. */
export async function commitmentProofs(
  { entries }: Pick<Stores, 'entries'>,
  tree: SealedTree,
  ids: readonly string[],
): Promise<Map<string, OpenProof>> {
  const chains = await entries.chains(ids);
  return proofs(tree, ids, openChainOf, (id) => openChain(id, chains.get(id) ?? []));
}

/** Proofs of debts under a seal, by number; those that it does not cover are left out. */
export async function arrearProofs(
  { history }: Pick<Stores, 'history'>,
  tree: SealedTree,
  ids: readonly string[],
): Promise<Map<string, OpenProof>> {
  const nameOf = (id: string): string => chainOf('arrears', { id });
  const chains = await history.chains(ids.map(nameOf));
  return proofs(tree, ids, nameOf, (id) => (chains.get(nameOf(id)) ?? []).map(openEntry));
}

function proofs(
  { seal, proofOf }: SealedTree,
  ids: readonly string[],
  nameOf: (id: string) => string,
  entriesOf: (id: string) => readonly (OpenEntry | OpenRecordEntry)[],
): Map<string, OpenProof> {
  return new Map(
    ids.flatMap((id) => {
      const chain = nameOf(id);
      const inclusion = proofOf(chain);
      // What was recorded before the seal's moment is covered, and nothing after it.
      const entries = entriesOf(id).filter(({ recordedAt }) => recordedAt < seal.cutoff);
      return inclusion === null ? [] : [[id, { format: 'zhitong-chain-proof/1', chain, seal, entries, inclusion }]];
    }),
  );
}
