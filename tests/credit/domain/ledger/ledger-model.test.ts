import fc from 'fast-check';
import { addDays, dayInShanghai, endOfDayInShanghai } from '@zhitong/values';
import { positionAsOf } from '../../../../subgraphs/credit/src/domain/ledger/as-of.js';
import { chain, checkChain, GENESIS } from '../../../../subgraphs/credit/src/domain/ledger/hash-chain.js';
import type { EntryDraft } from '../../../../subgraphs/credit/src/domain/ledger/ledger-entry.js';
import type { LedgerCommand } from '../../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import { decide, promise } from '../../../../subgraphs/credit/src/domain/ledger/ledger.js';
import { isBalanced } from '../../../../subgraphs/credit/src/domain/ledger/postings.js';
import { fulfil, reverse, someTerms, transfer, waive } from '../../support/builders.js';

const START = '2024-01-15';
const PROMISED = 100_000;

/** The whole of what a clerk would write on a sheet of paper: a line per movement, struck out when it was wrong. */
interface Line {
  what: 'FULFILLED' | 'WAIVED' | 'TRANSFERRED';
  amount: number;
  on: string;
  writtenOn: string;
  struckOutOn: string | null;
  seq: number;
  to: string;
}

function sheetOn(lines: readonly Line[], asOf: string, knownOn: string) {
  const counted = lines.filter(
    (line) => line.on <= asOf && line.writtenOn <= knownOn && (line.struckOutOn === null || line.struckOutOn > knownOn),
  );
  const sum = (what: Line['what']) =>
    counted.filter((line) => line.what === what).reduce((total, line) => total + line.amount, 0);
  return {
    fulfilled: sum('FULFILLED'),
    waived: sum('WAIVED'),
    promisor: counted.findLast((line) => line.what === 'TRANSFERRED')?.to ?? 'ZSJ',
  };
}

/** What each department has outstanding by the entries that took effect by a day; those with nothing left out. */
function outstandingByDepartment(entries: readonly EntryDraft[], asOf: string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { effectiveOn, postings } of entries)
    for (const { account, department, amount } of effectiveOn <= asOf ? postings : [])
      if (account === 'OUTSTANDING') sums[department] = (sums[department] ?? 0) + amount;
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
}

const action = fc.record({
  what: fc.constantFrom('FULFIL', 'WAIVE', 'CORRECT', 'TRANSFER'),
  amount: fc.integer({ min: -1, max: 60_000 }),
  daysLater: fc.integer({ min: 0, max: 40 }),
  backdatedBy: fc.integer({ min: -1, max: 50 }),
  target: fc.integer({ min: 1, max: 12 }),
  to: fc.constantFrom('ZSJ', 'FGW', 'CZJ'),
});

describe("the ledger against a clerk's sheet of paper", () => {
  it('agrees on every day of both axes, balances every entry and keeps its chain', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
        const opened = promise('C-1', someTerms(), START, { recordedAt: `${START}T02:00:00.000Z`, recordedBy: 'o' });
        if (!opened.ok) throw new Error('the promise was refused');
        const entries: EntryDraft[] = [...opened.drafts];
        const lines: Line[] = [];
        let today = START;
        for (const [index, { what, amount, daysLater, backdatedBy, target, to }] of actions.entries()) {
          today = addDays(today, daysLater);
          const on = addDays(today, -backdatedBy);
          const commands: Record<typeof what, LedgerCommand> = {
            FULFIL: fulfil(amount, on, `回单-${index}`),
            WAIVE: waive(amount, on),
            CORRECT: reverse(target),
            TRANSFER: transfer(to, on),
          };
          const decision = decide(entries, commands[what], { recordedAt: `${today}T02:00:00.000Z`, recordedBy: 'o' });
          const sheet = sheetOn(lines, '9999-12-31', '9999-12-31');
          const fits = amount >= 1 && amount <= PROMISED - sheet.fulfilled - sheet.waived;
          const inTime = on >= START && on <= today;
          if (what === 'FULFIL' || what === 'WAIVE') expect(decision.ok).toBe(fits && inTime);
          if (!decision.ok) continue;
          entries.push(...decision.drafts);
          const seq = entries.length;
          if (what === 'CORRECT') {
            const struck = lines.find((line) => line.seq === target);
            if (struck) struck.struckOutOn = today;
            else return; // the promise itself was withdrawn: the sheet is thrown away
          } else {
            lines.push({
              what: what === 'FULFIL' ? 'FULFILLED' : what === 'WAIVE' ? 'WAIVED' : 'TRANSFERRED',
              amount,
              on,
              writtenOn: today,
              struckOutOn: null,
              seq,
              to,
            });
          }
        }
        expect(entries.every((entry) => isBalanced(entry.postings))).toBe(true);
        expect(checkChain('C-1', chain(GENESIS, entries))).toBeNull();
        for (let asOf = START; asOf <= today; asOf = addDays(asOf, 9)) {
          // All that is outstanding lies with who owed it on the day: no department owes less than nothing.
          const { promisor, fulfilled, waived } = sheetOn(lines, asOf, '9999-12-31');
          const owed = PROMISED - fulfilled - waived;
          expect(outstandingByDepartment(entries, asOf)).toEqual(owed === 0 ? {} : { [promisor]: owed });
          for (let knownOn = START; knownOn <= today; knownOn = addDays(knownOn, 7)) {
            const expected = sheetOn(lines, asOf, knownOn);
            expect(positionAsOf(entries, { asOf, knownOn })).toMatchObject({
              ...expected,
              outstanding: PROMISED - expected.fulfilled - expected.waived,
            });
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it('puts the day boundary of knowledge at midnight in Shanghai', () => {
    expect(dayInShanghai(endOfDayInShanghai(START))).toBe(addDays(START, 1));
  });
});
