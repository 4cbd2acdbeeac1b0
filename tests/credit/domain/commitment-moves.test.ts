import {
  commitmentMoves,
  isReversible,
  type CommitmentMove,
} from '../../../subgraphs/credit/src/domain/commitment-moves.js';
import type { LedgerCommand } from '../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import type { EntryDraft } from '../../../subgraphs/credit/src/domain/ledger/ledger-entry.js';
import { decide } from '../../../subgraphs/credit/src/domain/ledger/ledger.js';
import { aLedger, fulfil, handOver, recordedOn, reverse, someTerms, transfer, waive } from '../support/builders.js';
import { assess } from '../support/refused.js';

const TODAY = '2024-07-01';
const EVERY: CommitmentMove[] = [
  'RECORD_FULFILMENT',
  'CORRECT_ENTRY',
  'TRANSFER',
  'WAIVE',
  'HAND_OVER',
  'ATTACH_DOCUMENT',
  'ASSESS_CONDITION',
];
const without = (...gone: CommitmentMove[]): CommitmentMove[] => EVERY.filter((move) => !gone.includes(move));
const moves = (entries: EntryDraft[], day = TODAY): CommitmentMove[] => commitmentMoves(entries, recordedOn(day));
const reversible = (entries: EntryDraft[]): number[] =>
  entries.map(({ seq }) => seq).filter((seq) => isReversible(entries, seq, recordedOn(TODAY)));

describe('what can be done with a promise', () => {
  it('is everything while something of it is owed and it has conditions', () => {
    expect(moves(aLedger())).toEqual(EVERY);
  });

  it('is no payment and no waiver once nothing is owed', () => {
    const paid = aLedger([['2024-06-02', fulfil(100_000, '2024-06-01')]]);
    expect(moves(paid)).toEqual(without('RECORD_FULFILMENT', 'WAIVE'));
    const waived = aLedger([['2024-06-02', waive(100_000, '2024-06-01')]]);
    expect(moves(waived)).toEqual(without('RECORD_FULFILMENT', 'WAIVE'));
  });

  it('is a payment again once the last one was reversed', () => {
    const again = aLedger([
      ['2024-06-02', fulfil(100_000, '2024-06-01')],
      ['2024-06-03', reverse(2)],
    ]);
    expect(moves(again)).toEqual(EVERY);
  });

  it('is no assessment where it has no conditions', () => {
    expect(moves(aLedger([], someTerms({ conditions: [] })))).toEqual(without('ASSESS_CONDITION'));
  });

  it('is nothing once it was withdrawn, nor where there is none, nor by a clock that was set back', () => {
    expect(moves(aLedger([['2024-06-02', reverse(1)]]))).toEqual([]);
    expect(moves([])).toEqual([]);
    expect(moves(aLedger(), '2024-01-15')).toEqual([]);
  });

  it('is measured in milestones as in money', () => {
    const road = someTerms({
      kind: 'INFRASTRUCTURE',
      measure: 'DELIVERABLE',
      deliverable: '厂区道路',
      amount: 1,
      instalments: [{ no: 1, dueOn: '2024-06-30', amount: 1 }],
    });
    expect(moves(aLedger([], road))).toEqual(EVERY);
    expect(moves(aLedger([['2024-06-02', fulfil(1, '2024-06-01')]], road))).toEqual(
      without('RECORD_FULFILMENT', 'WAIVE'),
    );
  });
});

describe('an entry that can be reversed', () => {
  it('is the promise while nothing of it was settled, then what settled it', () => {
    expect(reversible(aLedger())).toEqual([1]);
    expect(reversible(aLedger([['2024-06-02', fulfil(30_000, '2024-06-01')]]))).toEqual([2]);
  });

  it('is the last transfer and the last handover alone, and no reversal', () => {
    const moved = aLedger([
      ['2024-06-02', transfer('FGW', '2024-06-01')],
      ['2024-06-03', transfer('CZJ', '2024-06-02')],
      ['2024-06-03', handOver('李强', '2024-06-02')],
      ['2024-06-04', handOver('赵敏', '2024-06-03')],
    ]);
    expect(reversible(moved)).toEqual([1, 3, 5]);
    expect(reversible([...moved, ...draftsOf(moved, reverse(3))])).toEqual([1, 2, 5]);
  });
});

const draftsOf = (entries: EntryDraft[], command: LedgerCommand): readonly EntryDraft[] => {
  const decision = decide(entries, command, recordedOn('2024-06-05'));
  return decision.ok ? decision.drafts : [];
};

describe('a walk through everything that can be recorded', () => {
  /** Inputs as officers make them, whatever stands in the ledger. */
  const inputs = (step: number, entries: EntryDraft[]): Record<CommitmentMove, LedgerCommand[]> => {
    const day = '2024-06-05';
    return {
      RECORD_FULFILMENT: [1, 50_000, 100_000].map((amount) => fulfil(amount, day, `回单-${String(step)}`)),
      CORRECT_ENTRY: entries.map(({ seq }) => reverse(seq)),
      TRANSFER: ['FGW', 'CZJ', 'ZSJ'].map((to) => transfer(to, day)),
      WAIVE: [1, 30_000].map((amount) => waive(amount, day, step)),
      HAND_OVER: [handOver(`官员${String(step)}`, day)],
      ATTACH_DOCUMENT: [
        {
          type: 'ATTACH_DOCUMENT',
          document: { number: `咸招协〔2024〕${String(step + 10)}号`, date: day, digest: null },
          effectiveOn: day,
        },
      ],
      ASSESS_CONDITION: [{ ...assess(1), evidence: `证明${String(step)}` } as LedgerCommand, assess(2)],
    };
  };

  const seen = new Set<string>();
  afterAll(() => expect(seen.size).toBeGreaterThan(1));
  it.each([3, 17, 404, 2024])('names at each step what is accepted then, and nothing else (seed %i)', (seed) => {
    let state = seed;
    const drawn = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    let entries = aLedger();
    for (let step = 1; step <= 40 && moves(entries).length > 0; step += 1) {
      const tried = inputs(step, entries);
      const accepted = EVERY.filter((move) => tried[move].some((command) => draftsOf(entries, command).length > 0));
      expect(moves(entries, '2024-06-05')).toEqual(accepted);
      seen.add(accepted.join(' '));
      // The promise itself is withdrawn in no walk: nothing comes after it.
      const move = accepted[drawn(accepted.length)];
      const next = (move === undefined ? [] : tried[move])
        .map((command) => draftsOf(entries, command))
        .filter(([first]) => first !== undefined && !(first.body.kind === 'CORRECTED' && first.body.reverses === 1));
      entries = [...entries, ...(next[drawn(next.length)] ?? [])];
    }
  });
});
