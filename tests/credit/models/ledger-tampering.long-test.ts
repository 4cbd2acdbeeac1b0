import type { Stores } from '../../../subgraphs/credit/src/stores.js';
import { chain, GENESIS } from '../../../subgraphs/credit/src/domain/ledger/hash-chain.js';
import { openChain } from '../../../subgraphs/credit/src/domain/ledger/open-chain.js';
import type { EntryDraft } from '../../../subgraphs/credit/src/domain/ledger/ledger-entry.js';
import { extend } from '../../../subgraphs/credit/src/models/ledger.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { findingText } from '../../../subgraphs/credit/src/usecases/findings.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
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

const raw = (name = 'ledger_entries') => credit.database.connection.collection(name);
const verify = async (published?: ReadonlyMap<number, string>) =>
  verifyLedger({ stores, ...(published ? { published } : {}) });
const first = async (published?: ReadonlyMap<number, string>) => (await verify(published)).findings[0];

/**
 * Rewrites a commitment's chain from one entry on, with fitting hashes, figures and summary, as someone who knows the
 * code would.
 */
async function rewrite(commitmentId: string, change: (drafts: EntryDraft[]) => EntryDraft[]): Promise<void> {
  const { added, record } = extend([], change(history(commitmentId)));
  await raw().deleteMany({ commitmentId });
  await raw().insertMany(added.map((entry) => ({ ...entry })));
  await raw('commitments').replaceOne({ id: commitmentId }, { ...record });
  // Whoever makes all the rest fit makes the figures of audits fit, too.
  for (const name of ['running_state', 'running_figures', 'running_months', 'running_changes'])
    await raw(name).deleteMany({});
  await stores.running.make();
}

describe('a ledger that nobody touched', () => {
  it('is verified, sealed or not', async () => {
    expect(await verify()).toMatchObject({ commitments: 3, entries: 15, seals: 0, findings: [] });
    await sealLedger({ stores, cutoff: '2024-07-15T00:00:00.000Z' });
    await sealLedger({ stores, cutoff: '2024-12-31T00:00:00.000Z' });
    expect(await verify()).toMatchObject({ seals: 2, newestSeal: { no: 2, treeSize: 6 }, findings: [] });
  });
});

describe("what was done behind the ledger's back is found and named", () => {
  it.each<[string, () => Promise<unknown>, number, string]>([
    [
      'an edited amount',
      async () => raw().updateOne({ commitmentId: 'C-2', seq: 4 }, { $set: { 'body.amount': 99_999 } }),
      4,
      'does not have the content',
    ],
    [
      'an edited effective date',
      async () => raw().updateOne({ commitmentId: 'C-2', seq: 2 }, { $set: { effectiveOn: '2024-05-01' } }),
      2,
      'does not have the content',
    ],
    [
      'an edited promise',
      async () => raw().updateOne({ commitmentId: 'C-2', seq: 1 }, { $set: { 'body.terms.amount': 1 } }),
      1,
      'does not have the content',
    ],
    [
      'a removed field',
      async () => raw().updateOne({ commitmentId: 'C-2', seq: 3 }, { $unset: { 'body.reason': '' } }),
      3,
      'does not have the content',
    ],
    [
      'an added field',
      async () => raw().updateOne({ commitmentId: 'C-2', seq: 3 }, { $set: { 'body.extra': 1 } }),
      3,
      'does not have the content',
    ],
    [
      'edited audit figures',
      async () => raw().updateOne({ commitmentId: 'C-2', seq: 4 }, { $set: { 'figures.fulfilled': 100_000 } }),
      4,
      'figures that audits add up',
    ],
    [
      'an entry moved to another day of knowledge',
      async () => raw().updateOne({ commitmentId: 'C-2', seq: 4 }, { $set: { 'figures.recordedOn': '2025-01-01' } }),
      4,
      'figures that audits add up',
    ],
    ['a deleted entry', async () => raw().deleteOne({ commitmentId: 'C-2', seq: 3 }), 3, 'is missing'],
    ['a deleted last entry', async () => raw().deleteOne({ commitmentId: 'C-2', seq: 5 }), 5, 'is missing'],
    ['a deleted promise', async () => raw().deleteOne({ commitmentId: 'C-2', seq: 1 }), 1, 'is missing'],
    [
      'a whole deleted chain',
      async () => raw().deleteMany({ commitmentId: 'C-2' }),
      1,
      'all entries of the commitment are missing',
    ],
    ['a deleted summary', async () => raw('commitments').deleteOne({ id: 'C-2' }), 1, 'no summary'],
    [
      'an edited summary',
      async () => raw('commitments').updateOne({ id: 'C-2' }, { $set: { outstanding: 0, state: 'FULFILLED' } }),
      5,
      'summary does not agree',
    ],
    [
      'two entries in exchanged places',
      async () => {
        await raw().updateOne({ commitmentId: 'C-2', seq: 3 }, { $set: { seq: 99 } });
        await raw().updateOne({ commitmentId: 'C-2', seq: 4 }, { $set: { seq: 3 } });
        await raw().updateOne({ commitmentId: 'C-2', seq: 99 }, { $set: { seq: 4 } });
      },
      3,
      'does not have the content',
    ],
    [
      'an inserted entry',
      async () =>
        raw().insertOne({
          ...(await raw().findOne({ commitmentId: 'C-2', seq: 4 }, { projection: { _id: 0 } })),
          seq: 6,
        }),
      6,
      'does not have the content',
    ],
    [
      'an appended entry with a fitting hash',
      async () => {
        const stored = (await stores.entries.chain('C-2')).at(-1);
        const [forged] = chain(stored?.hash ?? GENESIS, [
          { ...history('C-2')[3], seq: 6, recordedAt: '2024-10-01T00:00:00.000Z' } as EntryDraft,
        ]);
        await raw().insertOne({ ...forged, figures: {} });
      },
      6,
      'figures',
    ],
  ])('%s', async (_what, tamper, seq, words) => {
    await tamper();
    const finding = await first();
    expect(finding).toMatchObject({
      kind: 'ENTRY',
      commitmentId: 'C-2',
      seq,
      message: expect.stringContaining(words) as unknown,
    });
  });

  it('the first of several, and all of them', async () => {
    await raw().updateOne({ commitmentId: 'C-3', seq: 2 }, { $set: { 'body.amount': 1 } });
    await raw().updateOne({ commitmentId: 'C-1', seq: 4 }, { $set: { 'body.amount': 1 } });
    const { findings } = await verify();
    expect(findings.map(findingText)).toEqual([
      expect.stringContaining('commitment C-1, entry 4'),
      expect.stringContaining('commitment C-3, entry 2'),
    ]);
  });
});

describe('a history that was rewritten with fitting hashes', () => {
  it('cannot be told from a true one before it is sealed, which is why seals are made daily', async () => {
    await rewrite('C-2', (drafts) => drafts.slice(0, 4));
    expect((await verify()).findings).toEqual([]);
  });

  it.each<[string, (drafts: EntryDraft[]) => EntryDraft[], number]>([
    [
      'a changed payment',
      (drafts) =>
        drafts.map((draft) =>
          draft.seq === 4 && draft.body.kind === 'FULFILLED'
            ? { ...draft, body: { ...draft.body, evidence: '伪造' } }
            : draft,
        ),
      5,
    ],
    ['a last entry that is gone', (drafts) => drafts.slice(0, 4), 5],
    [
      'an entry more',
      (drafts) => [
        ...drafts,
        {
          ...(drafts[4] as EntryDraft),
          seq: 6,
          body: { kind: 'HANDED_OVER', from: { name: 'a', post: 'b' }, to: { name: 'c', post: 'd' }, reason: 'e' },
          postings: [],
        },
      ],
      6,
    ],
  ])('is found by the seal: %s', async (_what, change, seq) => {
    await sealLedger({ stores, cutoff: '2024-12-31T00:00:00.000Z' });
    await rewrite('C-2', change);
    expect(await first()).toMatchObject({
      kind: 'ENTRY',
      commitmentId: 'C-2',
      seq,
      message: expect.stringContaining('seal 1') as unknown,
    });
  });

  it('is found by the seal when the whole commitment is gone, summary included', async () => {
    await sealLedger({ stores, cutoff: '2024-12-31T00:00:00.000Z' });
    await raw().deleteMany({ commitmentId: 'C-2' });
    await raw('commitments').deleteOne({ id: 'C-2' });
    expect(await first()).toMatchObject({
      commitmentId: 'C-2',
      seq: 1,
      message: expect.stringContaining('missing') as unknown,
    });
  });

  it("is found by the seal's root when the sealed head was made to fit", async () => {
    await sealLedger({ stores, cutoff: '2024-12-31T00:00:00.000Z' });
    await rewrite('C-2', (drafts) => drafts.slice(0, 4));
    const head = (await stores.entries.chain('C-2')).at(-1);
    await raw('sealed_heads').updateOne({ commitmentId: 'C-2' }, { $set: { seq: 4, hash: head?.hash } });
    const open = openChain('C-2', await stores.entries.chain('C-2')).at(-1);
    await raw('sealed_heads').updateOne({ commitmentId: 'open/C-2' }, { $set: { seq: 4, hash: open?.hash } });
    expect(await first()).toMatchObject({
      kind: 'SEAL',
      seal: 1,
      message: expect.stringContaining('do not give its root') as unknown,
    });
  });

  it('is found by the published root when everything was made to fit', async () => {
    const { root } = await sealLedger({ stores, cutoff: '2024-12-31T00:00:00.000Z' });
    await rewrite('C-2', (drafts) => drafts.slice(0, 4));
    await raw('seals').deleteMany({});
    await raw('sealed_heads').deleteMany({});
    await raw('record_history').deleteMany({ chain: /^seals/ });
    await sealLedger({ stores, cutoff: '2024-12-31T00:00:00.000Z' });
    expect((await verify()).findings).toEqual([]);
    expect(await first(new Map([[1, root]]))).toMatchObject({
      kind: 'SEAL',
      seal: 1,
      message: expect.stringContaining('published with another root') as unknown,
    });
  });

  it('is found when a seal is edited or gone', async () => {
    for (const cutoff of ['2024-07-15T00:00:00.000Z', '2024-08-15T00:00:00.000Z', '2024-12-31T00:00:00.000Z'])
      await sealLedger({ stores, cutoff });
    await raw('seals').updateOne({ no: 2 }, { $set: { cutoff: '2024-08-16T00:00:00.000Z' } });
    expect((await verify()).findings).toContainEqual(expect.objectContaining({ kind: 'SEAL', seal: 2 }));
    await raw('seals').deleteOne({ no: 2 });
    expect((await verify()).findings).toContainEqual({ kind: 'SEAL', seal: 2, message: 'seal 2 is missing' });
  });
});

describe('sealing', () => {
  it('goes on with a seal that was begun when the process was killed, with its instant', async () => {
    await stores.seals.open({ no: 1, cutoff: '2024-07-15T00:00:00.000Z' });
    const seal = await sealLedger({ stores, cutoff: '2024-12-31T00:00:00.000Z' });
    expect(seal).toMatchObject({ no: 1, cutoff: '2024-07-15T00:00:00.000Z', treeSize: 6 });
    expect((await verify()).findings).toEqual([]);
  });

  it('comes to one seal when two seal at the same time, and makes none where nothing would be new', async () => {
    const cutoff = '2024-12-31T00:00:00.000Z';
    const [a, b] = await Promise.all([sealLedger({ stores, cutoff }), sealLedger({ stores, cutoff })]);
    expect(a).toEqual(b);
    expect(await sealLedger({ stores, cutoff: '2024-12-30T00:00:00.000Z' })).toEqual(a);
    expect((await verify()).seals).toBe(1);
  });

  it('closes the past: nothing is recorded before it, and what is imported late is refused', async () => {
    await sealLedger({ stores, cutoff: '2024-12-31T00:00:00.000Z' });
    await expect(stores.ledger.importChains([history('C-4')])).rejects.toThrow('the ledger is sealed to 2024-12-31');
  });
});
