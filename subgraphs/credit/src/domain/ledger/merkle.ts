import { createHash } from 'node:crypto';

/** One commitment's head as a seal covers it. */
export interface SealedHead {
  readonly commitmentId: string;
  readonly seq: number;
  readonly hash: string;
}

/** What an outsider needs, with the published root, to check that a head was sealed: nothing of the database. */
export interface InclusionProof {
  readonly leafIndex: number;
  readonly treeSize: number;
  /** Sibling hashes from the leaf to the root, lower-case hexadecimal. */
  readonly path: readonly string[];
}

const digest = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0x00]);
const NODE = Buffer.from([0x01]);

/**
 * The leaf hash of a head: SHA-256(0x00 || "commitmentId|seq|hash"). The prefixes 0x00 and 0x01 keep a leaf from
 * passing for an inner node (RFC 6962, 2.1).
 */
export const leafHash = ({ commitmentId, seq, hash }: SealedHead): string =>
  digest(LEAF, `${commitmentId}|${seq}|${hash}`).toString('hex');

const nodeHash = (left: Buffer, right: Buffer): Buffer => digest(NODE, left, right);

const HASH_BYTES = 32;
const hashAt = (level: Buffer, place: number): Buffer => level.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);

/** One level up. A last node without a partner rises unchanged, which gives RFC 6962's tree. */
function parents(level: Buffer): Buffer {
  const count = level.length / HASH_BYTES;
  const next = Buffer.alloc(Math.ceil(count / 2) * HASH_BYTES);
  for (let place = 0; place < count; place += 2) {
    const left = hashAt(level, place);
    (place + 1 < count ? nodeHash(left, hashAt(level, place + 1)) : left).copy(next, (place / 2) * HASH_BYTES);
  }
  return next;
}

const decode = (hashes: readonly string[]): Buffer[] => hashes.map((hash) => Buffer.from(hash, 'hex'));

/** A Merkle tree over leaf hashes in order. */
export interface MerkleTree {
  /** Of no leaves, the hash of the empty string (RFC 6962, 2.1). */
  readonly root: string;
  /** The proof that a leaf is under the root. Throws RangeError when there is no such leaf. */
  readonly proof: (leafIndex: number) => InclusionProof;
}

/** Makes the tree once, for the root and for any number of proofs. */
export function merkleTree(leaves: readonly string[]): MerkleTree {
  const levels: Buffer[] = [Buffer.from(leaves.join(''), 'hex')];
  for (let top = levels[0]; top !== undefined && top.length > HASH_BYTES; top = levels.at(-1))
    levels.push(parents(top));
  const top = levels.at(-1);
  return {
    root: (top !== undefined && top.length > 0 ? top : digest('')).toString('hex'),
    proof: (leafIndex) => {
      if (!Number.isInteger(leafIndex) || leafIndex < 0 || leafIndex >= leaves.length)
        throw new RangeError(`there is no leaf ${leafIndex} among ${leaves.length}`);
      const path = levels.flatMap((level, height) => {
        const sibling = hashAt(level, (leafIndex >> height) ^ 1);
        return sibling.length === 0 ? [] : [sibling.toString('hex')];
      });
      return { leafIndex, treeSize: leaves.length, path };
    },
  };
}

/** Root over leaf hashes in order; of no leaves, the hash of the empty string (RFC 6962, 2.1). */
export const merkleRoot = (leaves: readonly string[]): string => merkleTree(leaves).root;

/** The proof that leaf `leafIndex` is under the root. Throws RangeError when there is no such leaf. */
export const inclusionProof = (leaves: readonly string[], leafIndex: number): InclusionProof =>
  merkleTree(leaves).proof(leafIndex);

/** Recomputes the root from a leaf hash and its proof, and compares (RFC 9162, 2.1.3.2). */
export function verifyInclusion(leaf: string, proof: InclusionProof, root: string): boolean {
  let index = proof.leafIndex;
  let last = proof.treeSize - 1;
  if (!Number.isInteger(index) || index < 0 || index > last) return false;
  let hash: Buffer = Buffer.from(leaf, 'hex');
  for (const sibling of decode(proof.path)) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      hash = nodeHash(sibling, hash);
      // An unpaired node rose without a partner: skip the levels on which it did.
      while (index % 2 === 0 && index !== 0) [index, last] = [index >> 1, last >> 1];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [index, last] = [index >> 1, last >> 1];
  }
  return last === 0 && hash.toString('hex') === root;
}
