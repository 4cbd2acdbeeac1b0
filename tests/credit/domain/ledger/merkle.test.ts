import fc from 'fast-check';
import { createHash } from 'node:crypto';
import {
  inclusionProof,
  leafHash,
  merkleRoot,
  verifyInclusion,
} from '../../../../subgraphs/credit/src/domain/ledger/merkle.js';

const sha = (...parts: (string | Buffer)[]) =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();
const leaves = (count: number) =>
  Array.from({ length: count }, (_, i) => leafHash({ commitmentId: `C-${i}`, seq: 1, hash: 'f'.repeat(64) }));

/** RFC 6962, 2.1, word for word: split at the largest power of two below n. */
function rfcRoot(hashes: readonly string[]): Buffer {
  if (hashes.length === 0) return sha('');
  if (hashes.length === 1) return Buffer.from(hashes[0] ?? '', 'hex');
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha(Buffer.from([1]), rfcRoot(hashes.slice(0, split)), rfcRoot(hashes.slice(split)));
}

describe('merkleRoot', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 33])('of %d leaves is that of RFC 6962', (count) => {
    expect(merkleRoot(leaves(count))).toBe(rfcRoot(leaves(count)).toString('hex'));
  });

  it('tells a leaf from an inner node', () => {
    const [a = '', b = ''] = leaves(2);
    expect(merkleRoot([a, b])).not.toBe(sha(Buffer.from(a, 'hex'), Buffer.from(b, 'hex')).toString('hex'));
  });
});

describe('an inclusion proof', () => {
  it('holds for every leaf of every tree, and for no other leaf or root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (count, a, b) => {
        const tree = leaves(count);
        const [index, other] = [a % count, b % count];
        const proof = inclusionProof(tree, index);
        const root = merkleRoot(tree);
        expect(verifyInclusion(tree[index] ?? '', proof, root)).toBe(true);
        if (other !== index) expect(verifyInclusion(tree[other] ?? '', proof, root)).toBe(false);
        expect(verifyInclusion(tree[index] ?? '', proof, merkleRoot([...tree, 'e'.repeat(64)]))).toBe(false);
        expect(verifyInclusion(tree[index] ?? '', { ...proof, path: [...proof.path, 'e'.repeat(64)] }, root)).toBe(
          false,
        );
      }),
    );
  });

  it('is refused for a leaf that is not there', () => {
    expect(() => inclusionProof(leaves(3), 3)).toThrow('there is no leaf 3 among 3');
  });

  it('does not hold for a position outside the tree', () => {
    const tree = leaves(3);
    expect(verifyInclusion(tree[0] ?? '', { ...inclusionProof(tree, 0), leafIndex: 3 }, merkleRoot(tree))).toBe(false);
  });
});
