import { arrearPosition, type Arrear } from '../../../subgraphs/credit/src/domain/arrears/arrears.js';
import { LAW } from './law.js';

/** What a change of a debt rests on. */
export const DOCUMENT = { number: '咸财〔2026〕1号', date: '2026-07-01', digest: null };
/** A debt of 100,000 yuan to a small enterprise, delivered on 2026-03-02. */
export const debt = (
  contract: Partial<Arrear['contract']> = {},
  delivery: Partial<Arrear['delivery']> = {},
  rest: Partial<Arrear> = {},
): Arrear => ({
  contract: {
    signedOn: '2026-01-05',
    creditorIsSme: true,
    agreedTermDays: null,
    agreedRateBasisPoints: null,
    ...contract,
  },
  delivery: { deliveredOn: '2026-03-02', acceptance: null, settlementConfirmedOn: null, ...delivery },
  principal: 10_000_000,
  disputed: 0,
  payments: [],
  plan: [],
  ...rest,
});
/** How it stands on a day. */
export const on = (arrear: Arrear, day: string) => arrearPosition(arrear, day, LAW);
