import { createLogger } from '@zhitong/kit';
import {
  loanPrimeRateOn,
  lprEndsText,
  ONE_YEAR_LPR,
  oneYearLpr,
} from '../../../../subgraphs/credit/src/domain/figures/loan-prime-rate.js';
import { lateInterestRate } from '../../../../subgraphs/credit/src/domain/arrears/late-interest.js';
import { loanPrimeRates } from '../../../../subgraphs/credit/src/memory/loan-prime-rates.js';
import type { PublishedRateStore } from '../../../../subgraphs/credit/src/models/published-rate.js';

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

  it('is said to end by the department itself, as a warning in its log, until what is missing was added', async () => {
    let added = [] as { from: string; value: number; source: string }[];
    const rates = loanPrimeRates({ all: async () => Promise.resolve(added) } as PublishedRateStore);
    const lines: string[] = [];
    const logger = createLogger({
      name: 'test',
      level: 'warn',
      destination: { write: (line: string) => void lines.push(line) },
    });
    const clock = { now: () => new Date('2026-02-25T02:00:00Z') };
    const check = rates.jobs(clock, logger).find(({ name }) => name === 'check-loan-prime-rates');
    await check?.work({ isOver: () => false });
    expect(lines).toEqual([expect.stringContaining('add-lpr --published')]);
    added = [{ from: '2026-02-20', value: 290, source: '公告' }];
    await check?.work({ isOver: () => false });
    expect(lines).toHaveLength(1);
  });
});
