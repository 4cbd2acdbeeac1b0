import { bytesOfHex, sha256, sha256OfBytes } from '../../values/hash.js';
import { canonical } from './verify-chain.js';

/** What does not hold in a proof; `ENTRY` is followed by the entry's number. */
export type ProofFault =
  | { readonly kind: 'FORMAT' | 'OTHER_PROMISE' | 'SEAL' | 'ROOT' | 'NOT_PUBLISHED' }
  | { readonly kind: 'ENTRY'; readonly seq: number };

/** A proof that holds: of which seal, and how many entries are under it. */
export interface ProofHolds {
  readonly kind: 'HOLDS';
  readonly seal: number;
  readonly entries: number;
}

interface ProofEntry {
  readonly chain: string;
  readonly seq: number;
  readonly recordedAt: string;
  readonly previousHash: string;
  readonly hash: string;
}

interface Proof {
  readonly format: string;
  readonly chain: string;
  readonly entries: readonly ProofEntry[];
  readonly seal: {
    readonly no: number;
    readonly cutoff: string;
    readonly root: string;
    readonly treeSize: number;
    readonly hash: string;
  };
  readonly inclusion: { readonly leafIndex: number; readonly treeSize: number; readonly path: readonly string[] };
}

const FORMAT = 'zhitong-chain-proof/1';
const GENESIS = '0'.repeat(64);
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * Checks in this browser that a promise's ledger is under a seal, without trusting whoever sent it: each entry by its
 * hash, the seal by its own, the way from the one to the other by RFC 9162, 2.1.3.2, and the seal by the hash that was
 * published elsewhere.
 */
export async function checkProof(
  file: string,
  { commitmentId, published }: { readonly commitmentId: string; readonly published: string },
): Promise<ProofFault | ProofHolds> {
  const proof = JSON.parse(file) as Proof;
  const { chain, entries, seal, inclusion } = proof;
  if (proof.format !== FORMAT) return { kind: 'FORMAT' };
  if (chain !== `open/${commitmentId}`) return { kind: 'OTHER_PROMISE' };
  let previousHash = GENESIS;
  for (const [at, { hash, ...covered }] of entries.entries()) {
    const isNext = covered.chain === chain && covered.seq === at + 1 && covered.previousHash === previousHash;
    const isInTime = covered.recordedAt < seal.cutoff;
    if (!isNext || !isInTime || (await sha256(canonical(covered))) !== hash) return { kind: 'ENTRY', seq: at + 1 };
    previousHash = hash;
  }
  const { hash: sealHash, ...sealed } = seal;
  if ((await sha256(canonical(sealed))) !== sealHash || inclusion.treeSize !== seal.treeSize) return { kind: 'SEAL' };
  const leaf = new TextEncoder().encode(`${chain}|${String(entries.length)}|${previousHash}`);
  if ((await rootOver(await sha256OfBytes(LEAF, leaf), inclusion)) !== seal.root) return { kind: 'ROOT' };
  if (published !== sealHash) return { kind: 'NOT_PUBLISHED' };
  return { kind: 'HOLDS', seal: seal.no, entries: entries.length };
}

/** The root that a leaf and its way lead to; undefined where the way does not fit the tree. */
async function rootOver(leaf: string, { leafIndex, treeSize, path }: Proof['inclusion']): Promise<string | undefined> {
  let [hash, index, last] = [leaf, leafIndex, treeSize - 1];
  if (!Number.isInteger(index) || index < 0 || index > last) return undefined;
  for (const sibling of path) {
    if (last === 0) return undefined;
    const [own, other] = [bytesOfHex(hash), bytesOfHex(sibling)];
    if (index % 2 === 1 || index === last) {
      hash = await sha256OfBytes(NODE, other, own);
      while (index % 2 === 0 && index !== 0) [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
    } else hash = await sha256OfBytes(NODE, own, other);
    [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}
