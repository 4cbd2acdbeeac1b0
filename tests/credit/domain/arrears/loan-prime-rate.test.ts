import {
  loanPrimeRateOn,
  lprEndsText,
  ONE_YEAR_LPR,
  oneYearLpr,
} from '../../../../subgraphs/credit/src/domain/figures/loan-prime-rate.js';
import { lateInterestRate } from '../../../../subgraphs/credit/src/domain/arrears/late-interest.js';

describe('the loan prime rate (order 802, article 17: not below the one-year LPR at the contract)', () => {
  const contract = { creditorIsSme: true, agreedTermDays: null, agreedRateBasisPoints: 200 };

  it('is 3.35 % for a contract of 2024-09-10, between the publications of July and October 2024', () => {
    expect(loanPrimeRateOn(ONE_YEAR_LPR, '2024-09-10')).toMatchObject({ basisPoints: 335, isCertain: true });
  });

  it('goes on with what was added, and is certain as far as that reaches', () => {
    const longer = oneYearLpr([{ from: '2026-02-20', value: 290, source: '公告' }]);
    expect(loanPrimeRateOn(longer, '2026-02-19')).toMatchObject({ basisPoints: 300, isCertain: true });
    expect(loanPrimeRateOn(longer, '2026-02-20')).toMatchObject({ basisPoints: 290, isCertain: true });
    expect(lateInterestRate({ ...contract, signedOn: '2026-02-20' }, longer)).toMatchObject({
      basis: 'LPR_FLOOR',
      numerator: 290n,
      isCertain: true,
    });
    expect(lateInterestRate({ ...contract, signedOn: '2026-03-20' }, longer).isCertain).toBe(false);
  });

  it('says where it ends, once a publication must be missing', () => {
    expect(lprEndsText(ONE_YEAR_LPR, '2026-02-24')).toBeNull();
    expect(lprEndsText(ONE_YEAR_LPR, '2026-02-25')).toContain('ends on 2026-01-20');
  });
});
