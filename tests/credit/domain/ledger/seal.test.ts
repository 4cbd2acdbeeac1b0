import { createHash } from 'node:crypto';
import { leafHash, merkleRoot, type SealedHead } from '../../../../subgraphs/credit/src/domain/ledger/merkle.js';
import { checkSeal, checkSealedHeads, makeSeal } from '../../../../subgraphs/credit/src/domain/ledger/seal.js';

const head = (commitmentId: string, seq = 1, fill = 'a'): SealedHead => ({ commitmentId, seq, hash: fill.repeat(64) });
const heads = [head('C-1'), head('C-2', 3, 'b')];
const before = '0'.repeat(64);
const given = { no: 2, cutoff: '2026-11-01T00:00:00.000Z', heads, previousHash: before };

describe('a seal', () => {
  const seal = makeSeal(given);

  it('holds the root over all heads, their number, and a hash that anybody can make again', () => {
    expect(seal).toMatchObject({
      no: 2,
      cutoff: given.cutoff,
      treeSize: 2,
      previousHash: before,
      root: merkleRoot(heads.map(leafHash)),
    });
    // Keys in alphabetical order without spaces, SHA-256: as the document for auditors says.
    const text = `{"cutoff":"${given.cutoff}","no":2,"previousHash":"${before}","root":"${seal.root}","treeSize":2}`;
    expect(seal.hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('is found right, and each change of it is found by what it breaks', () => {
    const check = (part: Partial<typeof seal>, context: Partial<{ previousHash: string; heads: SealedHead[] }> = {}) =>
      checkSeal({ ...seal, ...part }, { previousHash: before, heads, ...context });
    expect(check({})).toBeNull();
    expect(check({}, { previousHash: '1'.repeat(64) })).toEqual({
      seal: 2,
      message: 'seal 2 does not follow the seal stored before it',
    });
    const notItsRoot = { seal: 2, message: 'the heads stored for seal 2 do not give its root' };
    expect(check({ root: 'f'.repeat(64) })).toEqual(notItsRoot);
    expect(check({ treeSize: 3 })).toEqual(notItsRoot);
    expect(check({}, { heads: heads.slice(0, 1) })).toEqual(notItsRoot);
    expect(check({}, { heads: [head('C-1'), head('C-2', 3, 'c')] })).toEqual(notItsRoot);
    expect(check({ hash: 'f'.repeat(64) })).toEqual({
      seal: 2,
      message: 'seal 2 does not have the content that its hash was made of',
    });
    expect(check({ cutoff: '2026-11-02T00:00:00.000Z' })).toMatchObject({
      message: expect.stringContaining('content') as string,
    });
  });
});

describe('the sealed heads of one commitment', () => {
  const entry = (seq: number, recordedAt: string) => ({ seq, hash: String(seq).repeat(64), recordedAt });
  const entries = [
    entry(1, '2026-01-05T00:00:00.000Z'),
    entry(2, '2026-02-05T00:00:00.000Z'),
    entry(3, '2026-03-05T00:00:00.000Z'),
  ];
  const sealed = (sealNo: number, cutoff: string, seq: number) => ({
    sealNo,
    cutoff,
    seq,
    hash: String(seq).repeat(64),
  });
  const first = sealed(1, '2026-02-01T00:00:00.000Z', 1);
  const second = sealed(2, '2026-03-01T00:00:00.000Z', 2);

  it('are as they were sealed', () => {
    expect(checkSealedHeads(entries, [first, second])).toBeNull();
    expect(checkSealedHeads(entries, [])).toBeNull();
    // An entry recorded at the cut-off itself is not covered.
    expect(checkSealedHeads([...entries.slice(0, 1), entry(2, first.cutoff)], [first])).toBeNull();
  });

  it('show a chain that was cut off, at its first missing entry', () => {
    const covers = { ...second, seq: 3 };
    expect(checkSealedHeads(entries.slice(0, 1), [first, covers])).toEqual({
      seq: 2,
      message: 'seal 2 covers 3 entries; this one is missing',
    });
    expect(checkSealedHeads([], [first])).toEqual({ seq: 1, message: 'seal 1 covers 1 entries; this one is missing' });
    expect(checkSealedHeads([entries[0] ?? entry(1, ''), entry(3, '2026-03-05T00:00:00.000Z')], [second])).toEqual({
      seq: 2,
      message: 'seal 2 covers 2 entries; this one is missing',
    });
  });

  it('show a chain that was rewritten as a whole', () => {
    const rewritten = entries.map((one) => ({ ...one, hash: 'f'.repeat(64) }));
    expect(checkSealedHeads(rewritten, [first])).toEqual({
      seq: 1,
      message: 'seal 1 covers another entry 1 than the one stored; the chain was rewritten up to it',
    });
  });

  it('show an entry that was dated back to before a seal that does not cover it', () => {
    const dated = [...entries.slice(0, 2), entry(3, '2026-01-31T23:59:59.999Z')];
    expect(checkSealedHeads(dated, [first, second])).toEqual({
      seq: 3,
      message: 'entry 3 says that it was recorded before seal 1, which does not cover it',
    });
  });
});
