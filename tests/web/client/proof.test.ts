import { createHash } from 'node:crypto';
import { checkProof } from '../../../web/src/pages/audit/verify-proof.js';

const sha = (...parts: (string | Buffer)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
/** JSON with its keys in order, of what has no nested objects. */
const flat = (value: Record<string, unknown>): string => JSON.stringify(value, Object.keys(value).sort());

// RFC 9162, 2.1.1 and 2.1.3.1, by the definitions themselves.
const half = (count: number): number => 2 ** Math.ceil(Math.log2(count) - 1);
const rootOf = (leaves: readonly Buffer[]): Buffer =>
  leaves.length === 1
    ? sha(Buffer.of(0), leaves[0] ?? '')
    : sha(Buffer.of(1), rootOf(leaves.slice(0, half(leaves.length))), rootOf(leaves.slice(half(leaves.length))));
const pathOf = (leaves: readonly Buffer[], at: number): Buffer[] => {
  if (leaves.length === 1) return [];
  const [left, right] = [leaves.slice(0, half(leaves.length)), leaves.slice(half(leaves.length))];
  return at < left.length ? [...pathOf(left, at), rootOf(right)] : [...pathOf(right, at - left.length), rootOf(left)];
};

const CHAIN = 'open/CN-2026-00001';
const entry = (seq: number, previousHash: string) => {
  const covered = {
    chain: CHAIN,
    seq,
    recordedAt: `2026-01-0${seq}T00:00:00.000Z`,
    body: `第 ${seq} 笔`,
    previousHash,
  };
  return { ...covered, hash: sha(flat(covered)).toString('hex') };
};

/** A proof that holds, at a place of a tree of so many leaves. */
function proofAt(leafIndex: number, treeSize: number) {
  const first = entry(1, '0'.repeat(64));
  const entries = [first, entry(2, first.hash)];
  const leaves = Array.from({ length: treeSize }, (_, at) =>
    Buffer.from(at === leafIndex ? `${CHAIN}|2|${entries[1]?.hash ?? ''}` : `leaf ${at}`),
  );
  const sealed = { no: 3, cutoff: '2026-02-01T00:00:00.000Z', root: rootOf(leaves).toString('hex'), treeSize };
  const seal = { ...sealed, hash: sha(flat(sealed)).toString('hex') };
  const path = pathOf(leaves, leafIndex).map((hash) => hash.toString('hex'));
  return { format: 'zhitong-chain-proof/1', chain: CHAIN, seal, entries, inclusion: { leafIndex, treeSize, path } };
}
type Proof = ReturnType<typeof proofAt>;
const check = async (proof: Proof, published = proof.seal.hash, commitmentId = 'CN-2026-00001') =>
  checkProof(JSON.stringify(proof), { commitmentId, published });

describe('the proof of a ledger, verified in the browser', () => {
  it.each([1, 2, 3, 5, 8, 13])('holds at every place of a tree of %d', async (size) => {
    for (let at = 0; at < size; at += 1)
      expect(await check(proofAt(at, size))).toEqual({ kind: 'HOLDS', seal: 3, entries: 2 });
  });

  it.each<[string, object, (proof: Proof) => Proof]>([
    ['an altered entry', { kind: 'ENTRY', seq: 1 }, (proof) => changed(proof, 0, { body: '改动' })],
    [
      'an entry after the seal',
      { kind: 'ENTRY', seq: 2 },
      (proof) => changed(proof, 1, { recordedAt: '2026-02-01T00:00:00.000Z' }),
    ],
    ['a missing entry', { kind: 'ENTRY', seq: 1 }, (proof) => ({ ...proof, entries: proof.entries.slice(1) })],
    ['an entry cut off at the end', { kind: 'ROOT' }, (proof) => ({ ...proof, entries: proof.entries.slice(0, 1) })],
    ['an altered seal', { kind: 'SEAL' }, (proof) => ({ ...proof, seal: { ...proof.seal, no: 4 } })],
    ['another place', { kind: 'ROOT' }, (proof) => ({ ...proof, inclusion: { ...proof.inclusion, leafIndex: 1 } })],
    ['a place outside', { kind: 'ROOT' }, (proof) => ({ ...proof, inclusion: { ...proof.inclusion, leafIndex: 5 } })],
    ['a short way', { kind: 'ROOT' }, (proof) => ({ ...proof, inclusion: { ...proof.inclusion, path: [] } })],
    ['another format', { kind: 'FORMAT' }, (proof) => ({ ...proof, format: 'other' })],
  ])('does not hold with %s', async (_what, fault, spoil) => {
    expect(await check(spoil(proofAt(2, 5)))).toEqual(fault);
  });

  it('does not hold for another promise, nor under another published seal', async () => {
    expect(await check(proofAt(0, 2), undefined, 'CN-2026-00002')).toEqual({ kind: 'OTHER_PROMISE' });
    expect(await check(proofAt(0, 2), '0'.repeat(64))).toEqual({ kind: 'NOT_PUBLISHED' });
  });
});

/** The proof with one of its entries changed, its hash made anew where the order is what is wrong. */
function changed(proof: Proof, at: number, part: object): Proof {
  const entries = proof.entries.map((one, index) => {
    if (index !== at) return one;
    const { hash, ...covered } = { ...one, ...part };
    return { ...covered, hash: 'body' in part ? hash : sha(flat(covered)).toString('hex') };
  });
  return { ...proof, entries };
}
