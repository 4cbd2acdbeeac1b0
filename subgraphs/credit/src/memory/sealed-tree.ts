import { leafHash, merkleTree, type InclusionProof } from '../domain/ledger/merkle.js';
import type { Seal } from '../domain/ledger/seal.js';
import type { SealStore } from '../models/seal.js';

/** The tree of a seal, with the place of each chain in it. */
export interface SealedTree {
  readonly seal: Seal;
  /** The proof that a chain's head is under the seal's root; null for a chain that the seal does not cover. */
  readonly proofOf: (chain: string) => InclusionProof | null;
}

export type SealedTrees = ReturnType<typeof sealedTrees>;

/**
 * The tree of the newest seal, kept for those who ask for proofs: it is made once for each seal, whoever and however
 * many ask at the same time. It needs 64 bytes a chain, and the chains' names.
 */
export function sealedTrees(seals: Pick<SealStore, 'finished' | 'headsAt'>) {
  let kept: { readonly hash: string; readonly tree: Promise<SealedTree> } | null = null;
  return {
    /** Of the newest finished seal; null before the first. */
    newest: async (): Promise<SealedTree | null> => {
      const seal = await seals.finished();
      if (seal === null) return null;
      if (kept?.hash !== seal.hash) {
        const made = { hash: seal.hash, tree: treeOf(seal, seals) };
        kept = made;
        // One that could not be made is made again for the next who asks.
        made.tree.catch(() => {
          if (kept === made) kept = null;
        });
      }
      return kept.tree;
    },
  };
}

async function treeOf(seal: Seal, seals: Pick<SealStore, 'headsAt'>): Promise<SealedTree> {
  const heads = await seals.headsAt(seal.no);
  const tree = merkleTree(heads.map(leafHash));
  const places = new Map(heads.map(({ commitmentId }, index) => [commitmentId, index]));
  return {
    seal,
    proofOf: (chain) => {
      const place = places.get(chain);
      return place === undefined ? null : tree.proof(place);
    },
  };
}
