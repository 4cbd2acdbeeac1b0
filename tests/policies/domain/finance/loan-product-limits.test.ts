import { formatYuan } from '@zhitong/values';
import {
  isTerm,
  readLoanProduct,
  type LoanProductDraft,
} from '../../../../subgraphs/policies/src/domain/finance/loan-product.js';
import { fenOfText } from '../../../../subgraphs/policies/src/domain/finance/loan-amount.js';

const TODAY = '2026-11-20';
const draft: LoanProductDraft = {
  id: 'loan',
  name: '小微贷',
  bank: '农商行',
  kind: 'CREDIT',
  minimumAmount: '10000',
  maximumAmount: '3000000',
  yearlyRateBasisPoints: 420,
  termMonths: 24,
  collateralKinds: ['NONE'],
  window: { from: '2026-01-01', to: null },
  criteria: [],
};
const read = (change: Partial<LoanProductDraft>) => readLoanProduct({ ...draft, ...change }, TODAY);

describe('a bank that publishes a product is told in words', () => {
  it.each<[Partial<LoanProductDraft>, string]>([
    [{ id: 'Loan' }, 'id WRONG_TYPE: "Loan" is not an id of 2 to 64 small letters, digits and hyphens.'],
    [{ id: '-loan' }, 'id WRONG_TYPE: "-loan" is not an id of 2 to 64 small letters, digits and hyphens.'],
    [{ id: 'loan ' }, 'id WRONG_TYPE: "loan " is not an id of 2 to 64 small letters, digits and hyphens.'],
    [{ name: ' ' }, 'name WRONG_TYPE: " " is no text of 1 to 100 characters.'],
    [{ bank: '' }, 'bank WRONG_TYPE: "" is no text of 1 to 100 characters.'],
    [
      { minimumAmount: '0.00' },
      'minimumAmount OUT_OF_RANGE: "0.00" is no amount in yuan above 0 with at most two decimals.',
    ],
    [
      { maximumAmount: '1.001' },
      'maximumAmount OUT_OF_RANGE: "1.001" is no amount in yuan above 0 with at most two decimals.',
    ],
    [{ maximumAmount: '9999.99' }, 'maximumAmount CONTRADICTION: 9999.99 yuan at most lies below 10000 at least.'],
    [{ yearlyRateBasisPoints: 2_401 }, 'yearlyRateBasisPoints OUT_OF_RANGE: 2401 is no whole number from 0 to 2400.'],
    [{ yearlyRateBasisPoints: -1 }, 'yearlyRateBasisPoints OUT_OF_RANGE: -1 is no whole number from 0 to 2400.'],
    [{ yearlyRateBasisPoints: 4.5 }, 'yearlyRateBasisPoints OUT_OF_RANGE: 4.5 is no whole number from 0 to 2400.'],
    [{ termMonths: 361 }, 'termMonths OUT_OF_RANGE: 361 is no whole number from 1 to 360.'],
    [{ collateralKinds: [] }, 'collateralKinds WRONG_SHAPE: Name at least one kind; NONE for a loan on credit.'],
    [{ collateralKinds: ['NONE', 'GUARANTEE', 'NONE'] }, 'collateralKinds DUPLICATE: A kind stands twice in the list.'],
    [{ window: { from: 'soon', to: null } }, 'validFrom WRONG_TYPE: "soon" is no existing day.'],
    [{ window: { from: null, to: '2026-11-31' } }, 'validTo WRONG_TYPE: "2026-11-31" is no existing day.'],
    [
      { window: { from: '2026-12-02', to: '2026-12-01' } },
      'validTo BAD_WINDOW: The window ends on 2026-12-01, before it begins on 2026-12-02.',
    ],
    [
      { window: { from: null, to: '2026-11-19' } },
      'validTo BAD_WINDOW: The window ended on 2026-11-19, before today (2026-11-20).',
    ],
    [{ criteria: null }, 'criteria WRONG_SHAPE: A list of criteria is needed, not null.'],
  ])('what is wrong with %j', (change, expected) => {
    const { product, problems } = read(change);
    expect([product, ...problems.map(({ place, code, message }) => `${place} ${code}: ${message}`)]).toEqual([
      null,
      expected,
    ]);
  });

  it.each<[Partial<LoanProductDraft>]>([
    [{ id: 'a1', name: '名'.repeat(100), bank: '行'.repeat(100) }],
    [{ id: `1${'-'.repeat(63)}` }],
    [{ minimumAmount: '0.01', maximumAmount: '0.01' }],
    [{ yearlyRateBasisPoints: 0, termMonths: 1 }],
    [{ yearlyRateBasisPoints: 2_400, termMonths: 360 }],
    [{ collateralKinds: ['NONE', 'GUARANTEE'] }],
    [{ window: { from: TODAY, to: TODAY } }],
    [{ window: { from: null, to: null } }],
  ])('nothing of %j', (change) => {
    expect(read(change).problems).toEqual([]);
  });

  it('that it is one too long', () => {
    expect(
      [read({ id: `a${'1'.repeat(64)}` }), read({ name: '名'.repeat(101) }), read({ bank: '行'.repeat(101) })].map(
        ({ problems }) => problems.length,
      ),
    ).toEqual([1, 1, 1]);
  });

  it('one thing about amounts of which one cannot be read', () => {
    expect(
      [read({ maximumAmount: 'x' }), read({ minimumAmount: 'x' })].map(({ problems }) =>
        problems.map(({ code }) => code),
      ),
    ).toEqual([['OUT_OF_RANGE'], ['OUT_OF_RANGE']]);
  });
});

it('a product is kept with its names trimmed and its amounts in fen', () => {
  expect(read({ name: ' 小微贷 ', bank: ' 农商行 ', minimumAmount: '0.5' }).product).toEqual({
    id: 'loan',
    name: '小微贷',
    bank: '农商行',
    kind: 'CREDIT',
    minimumFen: 50,
    maximumFen: 300_000_000,
    yearlyRateBasisPoints: 420,
    termMonths: 24,
    collateralKinds: ['NONE'],
    window: { from: '2026-01-01', to: null },
    criteria: [],
  });
});

it.each([
  [0, false],
  [1, true],
  [360, true],
  [361, false],
  [1.5, false],
  [-1, false],
])('a term of %d months can be had: %s', (months, expected) => {
  expect(isTerm(months)).toBe(expected);
});

it.each([
  [0, '0.00'],
  [1, '0.01'],
  [10, '0.10'],
  [100, '1.00'],
  [123_456, '1234.56'],
  [-1, '-0.01'],
  [-12_345, '-123.45'],
  [1_000_000_000_000_001, '10000000000000.01'],
])('%d fen are %s yuan', (fen, yuan) => {
  expect(formatYuan(fen)).toBe(yuan);
});

it.each([
  ['0', 0],
  ['1.5', 150],
  ['1.05', 105],
  ['007', 700],
  ['999999999999', 99_999_999_999_900],
  ['1000000000000', null],
  ['-1', null],
  ['1.', null],
  ['.5', null],
  [' 1', null],
  ['1 ', null],
  ['1x', null],
  ['x1', null],
])('%j yuan are %s fen', (yuan, fen) => {
  expect(fenOfText(yuan)).toBe(fen);
});
