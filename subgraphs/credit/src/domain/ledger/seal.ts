import { canonical, sha256 } from './hash-chain.js';
import { leafHash, merkleRoot, type SealedHead } from './merkle.js';

/** A seal over all chains' heads, chained to the seal before it. Its `root` and `hash` can be published. */
export interface Seal {
  /** Counted from 1 without gaps. */
  readonly no: number;
  /** Every entry recorded before this instant (RFC 3339, UTC) is covered, none after. */
  readonly cutoff: string;
  readonly root: string;
  readonly treeSize: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** Makes a seal over the heads of all commitments, given in order of commitment number. */
export function makeSeal({
  no,
  cutoff,
  heads,
  previousHash,
}: {
  no: number;
  cutoff: string;
  heads: readonly SealedHead[];
  previousHash: string;
}): Seal {
  const root = merkleRoot(heads.map(leafHash));
  const sealed = { no, cutoff, root, treeSize: heads.length, previousHash };
  return { ...sealed, hash: sha256(canonical(sealed)) };
}

export interface SealFault {
  readonly seal: number;
  readonly message: string;
}

/** What is wrong with a seal, given the one before it and the heads that are stored for it; null when nothing is. */
export function checkSeal(
  seal: Seal,
  { previousHash, heads }: { previousHash: string; heads: readonly SealedHead[] },
): SealFault | null {
  const { no, cutoff } = seal;
  if (seal.previousHash !== previousHash)
    return { seal: no, message: `seal ${no} does not follow the seal stored before it` };
  const expected = makeSeal({ no, cutoff, heads, previousHash });
  if (expected.root !== seal.root || expected.treeSize !== seal.treeSize)
    return { seal: no, message: `the heads stored for seal ${no} do not give its root` };
  if (expected.hash !== seal.hash)
    return { seal: no, message: `seal ${no} does not have the content that its hash was made of` };
  return null;
}

/** A head that a seal covers, as one commitment's own list has it. */
export interface OwnSealedHead {
  readonly sealNo: number;
  readonly cutoff: string;
  readonly seq: number;
  readonly hash: string;
}

/**
 * Compares a commitment's entries with what was sealed of it, the earliest seal first. A chain that was rewritten as a
 * whole, hashes included, or cut off at its end is consistent in itself; here it is found. Null when all is as it was
 * sealed.
 */
export function checkSealedHeads(
  entries: readonly { readonly seq: number; readonly hash: string; readonly recordedAt: string }[],
  sealed: readonly OwnSealedHead[],
): { seq: number; message: string } | null {
  for (const { sealNo, cutoff, seq, hash } of sealed) {
    const head = entries.find((entry) => entry.seq === seq);
    if (!head)
      return {
        seq: (entries.filter((entry) => entry.seq < seq).at(-1)?.seq ?? 0) + 1,
        message: `seal ${sealNo} covers ${seq} entries; this one is missing`,
      };
    if (head.hash !== hash)
      return {
        seq,
        message: `seal ${sealNo} covers another entry ${seq} than the one stored; the chain was rewritten up to it`,
      };
    const late = entries.find((entry) => entry.seq > seq && entry.recordedAt < cutoff);
    if (late)
      return {
        seq: late.seq,
        message: `entry ${late.seq} says that it was recorded before seal ${sealNo}, which does not cover it`,
      };
  }
  return null;
}
