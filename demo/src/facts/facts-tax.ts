import { yuan } from './fact-subject.js';
import type { FactSheet, FactYearSubject } from './fact-subject.js';
import type { RandomStream } from '../random.js';

/** Annual sales above which a taxpayer is a general VAT taxpayer (财政部 税务总局公告, 500万元). */
const GENERAL_TAXPAYER_FROM_YUAN = 5_000_000;
/** Monthly sales up to which a small-scale taxpayer owes no VAT (财政部 税务总局公告2023年第19号, 10万元). */
const VAT_EXEMPT_MONTHLY_YUAN = 100_000;

const GRADES = {
  aboveSize: [
    ['A', 38],
    ['B', 50],
    ['M', 6],
    ['C', 5],
    ['D', 1],
  ],
  others: [
    ['A', 9],
    ['B', 48],
    ['M', 33],
    ['C', 7],
    ['D', 3],
  ],
  irregular: [
    ['C', 4],
    ['D', 6],
  ],
} as const;

/**
 * What the tax office knows of every year: employees, research spending (from the super-deduction, 加计扣除), the
 * taxpayer's grade.
 */
export function addYearlyTaxFacts(
  sheet: FactSheet,
  { now, use, traits, status }: FactYearSubject,
  random: RandomStream,
): void {
  sheet.employees = now.employees;
  if (use === 'companies' || use === 'aboveSize') sheet.rdExpenseYuan = yuan(now.revenueYuan * traits.researchShare);
  // Individual businesses are mostly not graded.
  if (use === 'individuals' && !random.bool(0.08)) return;
  sheet.taxCreditGrade =
    status === 'IN_OPERATION'
      ? random.weighted(use === 'aboveSize' ? GRADES.aboveSize : GRADES.others)
      : random.weighted(GRADES.irregular);
}

/** What the tax office knows of the newest year. */
export function addTaxFacts(
  sheet: FactSheet,
  { now, use, legalForm, status }: FactYearSubject,
  random: RandomStream,
): void {
  const individual = use === 'individuals';
  const general = now.revenueYuan > GENERAL_TAXPAYER_FROM_YUAN || (!individual && random.bool(0.2));
  sheet.vatTaxpayerType = general ? 'general' : 'small-scale';
  const monthly = yuan(now.revenueYuan / 12);
  sheet.monthlySalesYuan = monthly;
  sheet.vatableSalesYuan = yuan(now.revenueYuan * 0.97);
  sheet.vatDueYuan = general
    ? yuan(now.revenueYuan * 0.025)
    : monthly <= VAT_EXEMPT_MONTHLY_YUAN
      ? 0
      : yuan(now.revenueYuan * 0.01);
  sheet.deductibleInputVatYuan = general ? yuan(now.revenueYuan * 0.07) : 0;
  sheet.sixTaxesTwoFeesDueYuan = yuan(now.revenueYuan * 0.002);
  sheet.disabilityLevyDueYuan = now.employees > 30 && random.bool(0.7) ? yuan(now.employees * 0.015 * 60_000) : 0;
  sheet.taxArrears = status !== 'IN_OPERATION' ? random.bool(0.3) : random.bool(0.012);
  sheet.industryRestricted = false;
  // A general taxpayer has no levy rate.
  if (!general) sheet.vatLevyRatePct = 3;
  if (individual || legalForm === 'PARTNERSHIP' || legalForm === 'SOLE_PROPRIETORSHIP') {
    sheet.isSmallLowProfit = false;
    return;
  }
  const taxableIncome = yuan(Math.max(0, now.revenueYuan * random.normal(0.05, 0.05)));
  sheet.taxableIncomeYuan = taxableIncome;
  // 财政部 税务总局公告2023年第12号: income up to 3 million, up to 300 employees, assets up to 50 million yuan.
  sheet.isSmallLowProfit = taxableIncome <= 3_000_000 && now.employees <= 300 && now.assetsYuan <= 50_000_000;
}
