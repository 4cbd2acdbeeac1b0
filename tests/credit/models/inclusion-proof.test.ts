import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { canonical, chain, GENESIS, sha256 } from '../../../subgraphs/credit/src/domain/ledger/hash-chain.js';
import type { EntryDraft } from '../../../subgraphs/credit/src/domain/ledger/ledger-entry.js';
import type { Stores } from '../../../subgraphs/credit/src/stores.js';
import { commitmentProof, type CommitmentProof } from '../../../subgraphs/credit/src/usecases/commitment-proof.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';
import { aLedger, fulfil, reverse, someTerms, transfer } from '../support/builders.js';

let credit: CreditUnderTest;
let stores: Stores;
beforeEach(async () => {
  credit = await creditUnderTest(import.meta.url);
  ({ stores } = credit.department);
  await stores.ledger.importChains(['C-1', 'C-2', 'C-3'].map(history));
});
afterEach(async () => credit.close());

/** Promise, payment, correction and transfer, over 2024. */
function history(commitmentId: string): EntryDraft[] {
  return aLedger(
    [
      ['2024-06-02', fulfil(60_000, '2024-06-01', `${commitmentId}-1`)],
      ['2024-07-01', reverse(2)],
      ['2024-08-01', fulfil(50_000, '2024-06-01', `${commitmentId}-2`)],
      ['2024-09-01', transfer('FGW', '2024-09-01')],
    ],
    someTerms(),
  ).map((draft) => ({ ...draft, commitmentId }));
}

describe('an inclusion proof', () => {
  const checker = fileURLToPath(new URL('../../../subgraphs/credit/check-proof.mjs', import.meta.url));
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'proof-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  async function check(proof: unknown, root: string): Promise<{ code: number; output: string }> {
    const file = path.join(folder, 'proof.json');
    await writeFile(file, JSON.stringify(proof));
    return promisify(execFile)(process.execPath, [checker, file, root], { env: {}, cwd: folder }).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      (error: unknown) => {
        const { code, stderr } = error as { code: number; stderr: string };
        return { code, output: stderr };
      },
    );
  }
  async function sealedProof(): Promise<CommitmentProof> {
    await sealLedger({ stores, cutoff: '2024-08-15T00:00:00.000Z' });
    const result = await commitmentProof(stores, 'C-2');
    if (!result.ok) throw new Error(result.code);
    return result.proof;
  }

  it('is checked by the script without a database: the entries up to the seal', async () => {
    const proof = await sealedProof();
    expect(proof.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(await check(proof, proof.seal.hash)).toEqual({
      code: 0,
      output: 'C-2: 4 entries are under seal 1 (2024-08-15T00:00:00.000Z), whose hash was published.\n',
    });
    const { output } = await check(proof, proof.seal.root);
    expect(output).toContain('C-2: 4 entries are under the root');
    expect(output).not.toContain('2024');
  });

  it.each<[string, (proof: CommitmentProof) => unknown, string]>([
    [
      'an edited amount',
      (proof) => ({
        ...proof,
        entries: proof.entries.map((entry) =>
          entry.seq === 4 ? { ...entry, body: { ...entry.body, amount: 1 } } : entry,
        ),
      }),
      'entry 4 does not have the content',
    ],
    [
      'a missing entry',
      (proof) => ({ ...proof, entries: proof.entries.filter(({ seq }) => seq !== 2) }),
      'entry 2 is missing',
    ],
    ['entries cut off', (proof) => ({ ...proof, entries: proof.entries.slice(0, 3) }), 'not under the root'],
    [
      'another place in the tree',
      (proof) => ({ ...proof, inclusion: { ...proof.inclusion, leafIndex: 0 } }),
      'The proof does not hold',
    ],
    [
      'a rewritten chain',
      (proof) => ({
        ...proof,
        entries: chain(
          GENESIS,
          proof.entries.map(({ hash: _hash, previousHash: _previous, ...draft }) => ({ ...draft, recordedBy: 'x' })),
        ),
      }),
      'not under the root',
    ],
    [
      'another moment of the seal',
      (proof) => ({ ...proof, seal: { ...proof.seal, cutoff: '2026-08-15T00:00:00.000Z' } }),
      'the seal does not have the content',
    ],
    [
      'another size of the tree',
      (proof) => ({ ...proof, inclusion: { ...proof.inclusion, treeSize: proof.inclusion.treeSize + 1 } }),
      'the tree has 7 leaves and the seal covers 6',
    ],
  ])('does not hold for %s', async (_what, change, words) => {
    const proof = await sealedProof();
    expect(await check(change(proof), proof.seal.hash)).toEqual({
      code: 1,
      output: expect.stringContaining(words) as unknown,
    });
  });

  it('does not hold for a seal of a moment before its entries, whose hash fits', async () => {
    const proof = await sealedProof();
    const sealed = Object.fromEntries(
      Object.entries({ ...proof.seal, cutoff: '2024-07-15T00:00:00.000Z' }).filter(([key]) => key !== 'hash'),
    );
    const seal = { ...proof.seal, ...sealed, hash: sha256(canonical(sealed)) };
    expect(await check({ ...proof, seal }, seal.hash)).toEqual({
      code: 1,
      output: expect.stringContaining('entry 4 was recorded after the moment of the seal') as unknown,
    });
  });

  it('does not hold against another published root, and a wrong call says how to call', async () => {
    const proof = await sealedProof();
    expect(await check(proof, 'c'.repeat(64))).toEqual({
      code: 1,
      output: expect.stringContaining('is the published one') as unknown,
    });
    expect(await check(proof, 'nonsense')).toEqual({ code: 2, output: expect.stringContaining('usage') as unknown });
  });

  it('is refused for what is not there or not sealed', async () => {
    expect(await commitmentProof(stores, 'C-9')).toEqual({ ok: false, code: 'UNKNOWN_COMMITMENT' });
    expect(await commitmentProof(stores, 'C-2')).toEqual({ ok: false, code: 'NOT_SEALED' });
  });
});
