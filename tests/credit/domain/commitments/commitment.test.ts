import { checkTerms } from '../../../../subgraphs/credit/src/domain/commitments/commitment.js';
import { someTerms } from '../../support/builders.js';

const problems = (changes: Parameters<typeof someTerms>[0]) =>
  checkTerms(someTerms(changes), '2024-01-15').map(({ path }) => path.join('.'));

describe('checkTerms', () => {
  it('accepts a promise without a legal document, which is flagged elsewhere', () => {
    expect(problems({ document: null })).toEqual([]);
  });

  it.each([
    ['an empty title', { title: ' ' }, ['title']],
    ['an amount of zero', { amount: 0, instalments: [] }, ['amount', 'instalments']],
    ['instalments that miss a fen', { instalments: [{ no: 1, dueOn: '2024-06-30', amount: 99_999 }] }, ['instalments']],
    [
      'a due date before the promise',
      { instalments: [{ no: 1, dueOn: '2024-01-14', amount: 100_000 }] },
      ['instalments.0.dueOn'],
    ],
    [
      'a due date that does not exist',
      { instalments: [{ no: 1, dueOn: '2024-02-30', amount: 100_000 }] },
      ['instalments.0.dueOn'],
    ],
    [
      'instalments out of order',
      {
        instalments: [
          { no: 1, dueOn: '2024-12-31', amount: 50_000 },
          { no: 2, dueOn: '2024-06-30', amount: 50_000 },
        ],
      },
      ['instalments.1.dueOn'],
    ],
    [
      'a document dated after the promise',
      { document: { number: '1号', date: '2024-01-16', digest: null } },
      ['document.date'],
    ],
    [
      'a digest that is no SHA-256',
      { document: { number: '1号', date: '2024-01-10', digest: 'ABC' } },
      ['document.digest'],
    ],
    [
      'a deliverable that is not described',
      {
        kind: 'LAND' as const,
        measure: 'DELIVERABLE' as const,
        amount: 1,
        instalments: [{ no: 1, dueOn: '2024-06-30', amount: 1 }],
      },
      ['deliverable'],
    ],
    [
      'cash without an amount of money',
      {
        measure: 'DELIVERABLE' as const,
        deliverable: '奖金',
        amount: 1,
        instalments: [{ no: 1, dueOn: '2024-06-30', amount: 1 }],
      },
      ['amount'],
    ],
    ['nobody responsible', { official: { name: '', post: '局长' } }, ['official.name']],
  ])('names %s', (_what, changes, paths) => {
    expect(problems(changes)).toEqual(paths);
  });
});
