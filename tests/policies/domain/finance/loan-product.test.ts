import { needState, readNeed, suits } from '../../../../subgraphs/policies/src/domain/finance/financing-need.js';
import {
  readLoanProduct,
  type LoanProductDraft,
} from '../../../../subgraphs/policies/src/domain/finance/loan-product.js';
import { needsSeenBy, needsWithin, mayOfferLoans } from '../../../../subgraphs/policies/src/domain/access.js';
import { fenOfText } from '../../../../subgraphs/policies/src/domain/finance/loan-amount.js';

const TODAY = '2026-11-20';
const draft: LoanProductDraft = {
  id: 'loan',
  name: '小微贷',
  bank: '农商行',
  kind: 'CREDIT',
  minimumAmount: '10000',
  maximumAmount: '3000000.50',
  yearlyRateBasisPoints: 420,
  termMonths: 24,
  collateralKinds: ['NONE'],
  window: { from: '2026-01-01', to: null },
  criteria: [{ fact: 'employees', op: 'gte', value: 10 }],
};
const placesOf = (change: Partial<LoanProductDraft>): string[] =>
  readLoanProduct({ ...draft, ...change }, TODAY).problems.map(({ place, code }) => `${place} ${code}`);

describe('readLoanProduct', () => {
  it('reads amounts as whole fen and criteria in the language of policies', () => {
    expect(readLoanProduct(draft, TODAY).product).toMatchObject({
      minimumFen: 1_000_000,
      maximumFen: 300_000_050,
      criteria: [{ fact: 'employees', operator: 'GTE', value: 10 }],
    });
  });

  it.each<[Partial<LoanProductDraft>, string]>([
    [{ id: 'Not An Id' }, 'id WRONG_TYPE'],
    [{ bank: ' ' }, 'bank WRONG_TYPE'],
    [{ minimumAmount: '0' }, 'minimumAmount OUT_OF_RANGE'],
    [{ maximumAmount: '1e9' }, 'maximumAmount OUT_OF_RANGE'],
    [{ maximumAmount: '9'.repeat(40) }, 'maximumAmount OUT_OF_RANGE'],
    [{ maximumAmount: '9999.99' }, 'maximumAmount CONTRADICTION'],
    [{ yearlyRateBasisPoints: 2401 }, 'yearlyRateBasisPoints OUT_OF_RANGE'],
    [{ termMonths: 0 }, 'termMonths OUT_OF_RANGE'],
    [{ collateralKinds: [] }, 'collateralKinds WRONG_SHAPE'],
    [{ collateralKinds: ['NONE', 'NONE'] }, 'collateralKinds DUPLICATE'],
    [{ window: { from: '2026-12-02', to: '2026-12-01' } }, 'validTo BAD_WINDOW'],
    [{ window: { from: null, to: '2026-11-19' } }, 'validTo BAD_WINDOW'],
    [{ criteria: [{ fact: 'luck', op: 'gte', value: 1 }] }, 'criteria[0].fact UNKNOWN_FACT'],
    [
      {
        criteria: [
          { fact: 'scale', op: 'eq', value: 'large' },
          { fact: 'scale', op: 'eq', value: 'small' },
        ],
      },
      'criteria CONTRADICTION',
    ],
  ])('refuses %j at its place', (change, place) => {
    expect(placesOf(change)).toEqual([place]);
  });

  it('names every problem at once', () => {
    expect(placesOf({ id: '', termMonths: 999, criteria: 'none' })).toEqual([
      'criteria WRONG_SHAPE',
      'id WRONG_TYPE',
      'termMonths OUT_OF_RANGE',
    ]);
  });
});

describe('a financing need', () => {
  const need = { amount: '100000', purpose: '周转', termMonths: 12, latestDay: '2026-12-31' };

  it.each([
    [{ amount: '-1' }, 'amount'],
    [{ amount: '0.001' }, 'amount'],
    [{ termMonths: 1.5 }, 'termMonths'],
    [{ latestDay: '2026-11-19' }, 'latestDay'],
    [{ latestDay: '2028-11-21' }, 'latestDay'],
    [{ latestDay: '2026-02-30' }, 'latestDay'],
  ])('with %j is refused and says which value', (change, wrong) => {
    expect(readNeed({ ...need, ...change }, TODAY)).toMatchObject({ wrong });
  });

  it.each([TODAY, '2027-01-21', '2028-11-20'])('may stand until %s, on 2026-11-20', (latestDay) => {
    expect(readNeed({ ...need, latestDay }, TODAY)).toEqual({
      amountFen: 10_000_000,
      purpose: '周转',
      termMonths: 12,
      latestDay,
    });
  });

  it('that is refused says what would be right', () => {
    expect(readNeed({ ...need, amount: '0' }, TODAY)).toMatchObject({
      wrong: 'amount',
      why: {
        message: 'amount: "0" is no amount in yuan above 0 with at most two decimals.',
        zh: '融资金额 "0" 有误：须为大于 0 的人民币金额，最多两位小数',
      },
    });
    expect(readNeed({ ...need, latestDay: '2028-11-21' }, TODAY)).toMatchObject({
      wrong: 'latestDay',
      why: {
        message: 'latestDay: "2028-11-21" does not lie between today (2026-11-20) and 2028-11-20.',
        zh: '最迟用款日 "2028-11-21" 不在今日（2026-11-20）与 2028-11-20 之间',
      },
    });
  });

  it('is open to the end of its latest day unless it is taken back', () => {
    expect(needState({ withdrawn: false, latestDay: TODAY }, TODAY)).toBe('OPEN');
    expect(needState({ withdrawn: false, latestDay: '2026-11-19' }, TODAY)).toBe('EXPIRED');
    expect(needState({ withdrawn: true, latestDay: TODAY }, TODAY)).toBe('WITHDRAWN');
  });

  it.each([
    [100, 12, true],
    [200, 24, true],
    [99, 12, false],
    [201, 12, false],
    [150, 25, false],
  ])(
    'of %d fen for %d months suits a product of 100 to 200 fen for up to 24 months: %s',
    (amountFen, termMonths, expected) => {
      const product = { minimumFen: 100, maximumFen: 200, termMonths: 24, window: { from: TODAY, to: TODAY } };
      expect(suits(product, { amountFen, termMonths }, TODAY)).toBe(expected);
      expect(suits(product, { amountFen, termMonths }, '2026-11-21')).toBe(false);
    },
  );
});

describe('who sees needs', () => {
  it('is the bank of the product with consent, an auditor always, and no other officer or enterprise', () => {
    expect(needsSeenBy({ roles: ['OFFICER'], department: 'RMYH' }, 'RMYH')).toBe('with consent');
    expect(needsSeenBy({ roles: ['AUDITOR'] }, 'RMYH')).toBe('everything');
    for (const caller of [
      null,
      { roles: ['OFFICER'], department: 'RSJ' },
      { roles: ['ENTERPRISE'], uscc: 'x' },
      { roles: ['COORDINATOR'] },
    ])
      expect(needsSeenBy(caller, 'RMYH')).toBe('nothing');
  });

  it('reads them as stated when it stated them or audits', () => {
    expect(needsWithin({ roles: ['ENTERPRISE'], uscc: 'x' })).toEqual({ kind: 'enterprise', uscc: 'x' });
    expect(needsWithin({ roles: ['AUDITOR'] })).toEqual({ kind: 'all' });
    for (const caller of [null, { roles: ['OFFICER'], department: 'RMYH' }, { roles: ['SERVICE'] }])
      expect(needsWithin(caller)).toEqual({ kind: 'none' });
  });

  it('lets only officers of financial institutions offer loans', () => {
    const banks = new Set(['RMYH']);
    expect(
      [
        { roles: ['OFFICER'], department: 'RMYH' },
        { roles: ['OFFICER'], department: 'RSJ' },
        { roles: ['AUDITOR'], department: 'RMYH' },
        null,
      ].map((caller) => mayOfferLoans(caller, banks)),
    ).toEqual([true, false, false, false]);
  });
});

it.each([
  ['0.1', 10],
  ['12', 1200],
  ['999999999999.99', 99_999_999_999_999],
  ['1.234', null],
  ['', null],
  ['1,000', null],
])('fenOfText reads %j as %s', (text, fen) => {
  expect(fenOfText(text)).toBe(fen);
});
