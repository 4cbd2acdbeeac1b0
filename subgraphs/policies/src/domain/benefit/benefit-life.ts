import type { BenefitKind } from './benefit.js';

/**
 * What becomes of a benefit once it is approved: money is paid; a loan is for a bank to decide, to which the enterprise
 * is referred [推荐]; of a tax that is not asked the tax office gets the list, of a fee whoever asks for it; a
 * qualification is certified [证书].
 */
export const BENEFIT_LIVES = ['PAYMENT', 'BANK_REFERRAL', 'TAX_LIST', 'FEE_LIST', 'CERTIFICATE'] as const;
export type BenefitLife = (typeof BENEFIT_LIVES)[number];

const LIFE_OF: Readonly<Record<BenefitKind, BenefitLife>> = {
  cash: 'PAYMENT',
  subsidy: 'PAYMENT',
  interest_subsidy: 'PAYMENT',
  fee_waiver: 'FEE_LIST',
  tax: 'TAX_LIST',
  loan: 'BANK_REFERRAL',
  qualification: 'CERTIFICATE',
};

export const lifeOf = (kind: BenefitKind): BenefitLife => LIFE_OF[kind];

/** True of benefits that are paid out of a budget. Nothing else is. */
export const isPaidOut = (kind: BenefitKind): boolean => LIFE_OF[kind] === 'PAYMENT';
