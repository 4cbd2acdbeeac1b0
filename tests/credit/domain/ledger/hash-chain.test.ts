import { canonical, chain, checkChain, GENESIS } from '../../../../subgraphs/credit/src/domain/ledger/hash-chain.js';
import type { LedgerEntry } from '../../../../subgraphs/credit/src/domain/ledger/ledger-entry.js';
import { aLedger, fulfil, transfer } from '../../support/builders.js';

const chained = () =>
  chain(
    GENESIS,
    aLedger([
      ['2024-06-02', fulfil(60_000, '2024-06-01')],
      ['2024-07-01', transfer('FGW', '2024-07-01')],
    ]),
  );

/** The chain with one entry replaced. */
const tampered = (seq: number, change: (entry: LedgerEntry) => LedgerEntry) =>
  chained().map((entry) => (entry.seq === seq ? change(entry) : entry));

describe('canonical', () => {
  it('does not depend on the order of keys', () => {
    expect(canonical({ b: [1, { d: null, c: '直' }], a: true })).toBe('{"a":true,"b":[1,{"c":"直","d":null}]}');
    expect(canonical({ a: 1, b: 2 })).toBe(canonical({ b: 2, a: 1 }));
  });

  it.each([[0.1], [Number.NaN], [undefined], [{ a: undefined }], [2 ** 53]])(
    'refuses %p, which has no single form',
    (value) => {
      expect(() => canonical(value)).toThrow(TypeError);
    },
  );
});

describe('checkChain', () => {
  it('finds nothing in a chain that nobody touched', () => {
    expect(checkChain('C-1', chained())).toBeNull();
  });

  it('finds the same hashes when a database returns the keys in another order', () => {
    const shuffled = chained().map(
      (entry) => Object.fromEntries(Object.entries(entry).reverse()) as unknown as LedgerEntry,
    );
    expect(checkChain('C-1', shuffled)).toBeNull();
  });

  it.each<[string, () => LedgerEntry[], number, string]>([
    [
      'an edited amount',
      () => tampered(2, (entry) => ({ ...entry, body: { ...entry.body, amount: 1 } as LedgerEntry['body'] })),
      2,
      'ALTERED',
    ],
    ['an edited date', () => tampered(2, (entry) => ({ ...entry, effectiveOn: '2024-05-01' })), 2, 'ALTERED'],
    ['an edited recorder', () => tampered(1, (entry) => ({ ...entry, recordedBy: 'somebody-else' })), 1, 'ALTERED'],
    [
      'a fraction of a fen',
      () => tampered(2, (entry) => ({ ...entry, body: { ...entry.body, amount: 0.5 } as LedgerEntry['body'] })),
      2,
      'ALTERED',
    ],
    ['a deleted entry', () => chained().filter(({ seq }) => seq !== 2), 2, 'MISSING'],
    ['a deleted promise', () => chained().slice(1), 1, 'MISSING'],
    [
      'two entries in exchanged places',
      () =>
        tampered(2, (e) => ({ ...e, seq: 3 }))
          .map((e, i) => (i === 2 ? { ...e, seq: 2 } : e))
          .sort((a, b) => a.seq - b.seq),
      2,
      'ALTERED',
    ],
    [
      'an entry stored twice',
      () => chained().flatMap((entry) => (entry.seq === 2 ? [entry, entry] : [entry])),
      2,
      'EXTRA',
    ],
    [
      'an entry rewritten with a fitting hash',
      () =>
        tampered(
          2,
          (entry) =>
            ({ ...chain(entry.previousHash, [{ ...entry, effectiveOn: '2024-05-01' }])[0], seq: 2 }) as LedgerEntry,
        ),
      3,
      'NOT_CHAINED',
    ],
  ])('names %s', (_what, entries, seq, fault) => {
    expect(checkChain('C-1', entries())).toMatchObject({ commitmentId: 'C-1', seq, fault });
  });

  it('finds an entry whose postings make money, however well it is chained', () => {
    const drafts = aLedger([['2024-06-02', fulfil(60_000, '2024-06-01')]]);
    const forged = drafts.map((draft) => (draft.seq === 2 ? { ...draft, postings: draft.postings.slice(1) } : draft));
    expect(checkChain('C-1', chain(GENESIS, forged))).toMatchObject({ seq: 2, fault: 'UNBALANCED' });
  });
});
