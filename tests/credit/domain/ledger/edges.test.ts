import { checkTerms, type CommitmentTerms } from '../../../../subgraphs/credit/src/domain/commitments/commitment.js';
import { decide } from '../../../../subgraphs/credit/src/domain/ledger/ledger.js';
import {
  A_DIGEST,
  aLedger,
  fulfil,
  handOver,
  recordedOn,
  reverse,
  someTerms,
  transfer,
} from '../../support/builders.js';
import { assess, refused } from '../../support/refused.js';

describe('an entry at the edge is taken', () => {
  it('all that is outstanding, on the day of the promise, on the day of recording, on the day of the last transfer', () => {
    expect(refused(fulfil(100_000, '2024-01-15'))).toBeNull();
    expect(refused(fulfil(1, '2024-07-01'))).toBeNull();
    expect(refused(transfer('CZJ', '2024-06-01'), aLedger([['2024-06-02', transfer('FGW', '2024-06-01')]]))).toBeNull();
    expect(
      refused(handOver('李四', '2024-06-01'), aLedger([['2024-06-03', transfer('FGW', '2024-06-02')]])),
    ).toBeNull();
    expect(refused(assess(1))).toBeNull();
    expect(
      refused({ type: 'HAND_OVER', to: { name: '王建国', post: '副局长' }, effectiveOn: '2024-06-01', reason: '改任' }),
    ).toBeNull();
  });

  it('a transfer before one that was reversed, a transfer back of nothing outstanding', () => {
    const reversed = aLedger([
      ['2024-06-05', transfer('FGW', '2024-06-04')],
      ['2024-06-06', reverse(2)],
    ]);
    expect(refused(transfer('CZJ', '2024-06-01'), reversed)).toBeNull();
    const settled = aLedger([
      ['2024-06-02', fulfil(100_000, '2024-06-01')],
      ['2024-06-03', transfer('FGW', '2024-06-02')],
    ]);
    const back = decide(settled, reverse(3), recordedOn('2024-07-01'));
    expect(back.ok && back.drafts.map(({ postings }) => postings)).toEqual([[]]);
  });

  it('a handover between two transfers, after which the first transfer is still the earlier one', () => {
    const entries = aLedger([
      ['2024-06-02', transfer('FGW', '2024-06-01')],
      ['2024-06-03', handOver('李四', '2024-06-02')],
    ]);
    expect(refused(reverse(2), entries)).toBeNull();
  });
});

describe('the terms of a promise', () => {
  const problems = (part: Partial<CommitmentTerms>) => checkTerms(someTerms(part), '2024-01-15');
  const one = (part: object) => [{ no: 1, dueOn: '2024-06-30', amount: 100_000, ...part }];

  it.each<[string, Partial<CommitmentTerms>, { path: string[]; message: string }[]]>([
    ['no title', { title: ' ' }, [{ path: ['title'], message: 'a promise needs a title' }]],
    [
      'no official',
      { official: { name: ' ', post: '' } },
      [{ path: ['official', 'name'], message: 'a promise needs a responsible official' }],
    ],
    [
      'nothing to deliver',
      { measure: 'DELIVERABLE', kind: 'LAND', deliverable: ' ' },
      [{ path: ['deliverable'], message: 'a promise without an amount of money must say what is to be delivered' }],
    ],
    [
      'a tax refund without money',
      { measure: 'DELIVERABLE', kind: 'TAX_REFUND', deliverable: '退税' },
      [{ path: ['amount'], message: 'a promise of kind TAX_REFUND needs an amount of money' }],
    ],
    [
      'cash without money',
      { measure: 'DELIVERABLE', kind: 'CASH', deliverable: '奖金' },
      [{ path: ['amount'], message: 'a promise of kind CASH needs an amount of money' }],
    ],
    [
      'a document without number',
      { document: { number: ' ', date: '2024-01-15', digest: null } },
      [{ path: ['document', 'number'], message: 'a legal document needs its number' }],
    ],
    [
      'a document of no day',
      { document: { number: '1', date: '2024-13-01', digest: null } },
      [{ path: ['document', 'date'], message: '"2024-13-01" is not a date' }],
    ],
    [
      'a later document',
      { document: { number: '1', date: '2024-01-16', digest: null } },
      [{ path: ['document', 'date'], message: 'the document is dated 2024-01-16, after the promise of 2024-01-15' }],
    ],
    [
      'a long digest',
      { document: { number: '1', date: '2024-01-15', digest: `${A_DIGEST}a` } },
      [{ path: ['document', 'digest'], message: 'a digest is SHA-256 as 64 lower-case hexadecimal digits' }],
    ],
    [
      'no instalment',
      { instalments: [] },
      [{ path: ['instalments'], message: 'a promise needs at least one due date' }],
    ],
    [
      'a wrong number',
      { instalments: one({ no: 2 }) },
      [{ path: ['instalments', '0', 'no'], message: 'instalment 1 is numbered 2' }],
    ],
    [
      'a due day that is none',
      { instalments: one({ dueOn: 'x' }) },
      [{ path: ['instalments', '0', 'dueOn'], message: '"x" is not a date' }],
    ],
    [
      'a due day before the promise',
      { instalments: one({ dueOn: '2024-01-14' }) },
      [{ path: ['instalments', '0', 'dueOn'], message: 'due on 2024-01-14, before 2024-01-15' }],
    ],
    [
      'a sum that differs',
      { instalments: one({ amount: 99_999 }) },
      [{ path: ['instalments'], message: 'the instalments do not add up to the promised amount' }],
    ],
    [
      'half a fen',
      { amount: 0.5, instalments: one({ amount: 0.5 }) },
      [
        { path: ['amount'], message: 'the promised amount must be more than zero' },
        { path: ['instalments', '0', 'amount'], message: 'an instalment must be more than zero' },
      ],
    ],
    [
      'sixty-one instalments',
      {
        amount: 61,
        instalments: Array.from({ length: 61 }, (_, index) => ({ no: index + 1, dueOn: '2024-06-30', amount: 1 })),
      },
      [{ path: ['instalments'], message: 'a promise has at most 60 instalments' }],
    ],
  ])('with %s are refused', (_what, part, expected) => expect(problems(part)).toMatchObject(expected));

  it('may be due on the day of the promise, in sixty parts, several on one day', () => {
    expect(
      problems({
        amount: 60,
        instalments: Array.from({ length: 60 }, (_, index) => ({ no: index + 1, dueOn: '2024-01-15', amount: 1 })),
      }),
    ).toEqual([]);
    expect(problems({ amount: 1, instalments: one({ amount: 1 }) })).toEqual([]);
  });
});
