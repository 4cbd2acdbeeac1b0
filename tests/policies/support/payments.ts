import type { PaymentRecord } from '../../../subgraphs/policies/src/models/funds.js';
import { NOW, usccOf } from './policies-under-test.js';

/** Payments of 1,000 yuan to enterprises one after the other, settled on a day. */
export const settled = (
  policyId: string,
  settledOn: string,
  count: number,
  { first = 0, department = 'RSJ' }: { first?: number; department?: string } = {},
): PaymentRecord[] =>
  Array.from({ length: count }, (_, at) => {
    const id = `${policyId}-${settledOn}-${String(first + at)}`;
    return {
      id,
      grantId: id,
      instalment: 0,
      attempt: 1,
      policyId,
      department,
      regionCode: '421202',
      uscc: usccOf(first + at),
      amountFen: 100_000,
      account: { holder: '企业', bank: '农商行', number: '6222021234567890' },
      status: 'SETTLED',
      sentAt: NOW,
      settledAt: NOW,
      settledOn,
      reason: '',
    };
  });
