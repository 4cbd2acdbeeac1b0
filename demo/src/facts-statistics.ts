import { percent, yuan } from './fact-subject.js';
import type { FactSheet, FactYearSubject } from './fact-subject.js';
import type { RandomStream } from './random.js';

/** Which lists of the statistics bureau the enterprise is on: known for everyone. */
export function addListFacts(sheet: FactSheet, { use, legalForm, industryCode, statCategory, yearsOnList, now, back }: FactYearSubject): void {
  const years = Math.max(0, yearsOnList - back);
  const listed = years > 0 && statCategory !== null;
  const first = listed && years === 1;
  const largeIndividual = legalForm === 'INDIVIDUAL_BUSINESS' && /^(F5|H6)/.test(industryCode) && now.revenueYuan >= 4_000_000;
  sheet.statCategory = listed ? statCategory : largeIndividual ? '大个体' : '规下';
  sheet.isAboveDesignatedSize = listed;
  if (use === 'individuals') return;
  sheet.firstTimeFourAbove = first;
  sheet.firstTimeAboveScale = first && statCategory === '规上工业';
  sheet.firstTimeAboveQuota = first && (statCategory === '限上批发' || statCategory === '限上商贸');
  sheet.yearsAboveScale = years;
}

/** Figures that enterprises report to the statistics bureau. */
export function addStatisticsFacts(sheet: FactSheet, subject: FactYearSubject, random: RandomStream): void {
  const { now, before, use, statCategory, industryCode, status } = subject;
  sheet.annualRevenueYuan = now.revenueYuan;
  sheet.revenueYuan = now.revenueYuan;
  if (use !== 'individuals') sheet.totalAssetsYuan = now.assetsYuan;
  if (before) {
    const increase = now.revenueYuan - before.revenueYuan;
    sheet.revenueGrowthPct = percent(increase, before.revenueYuan);
    sheet.revenueIncreaseYuan = increase;
  }
  if (/^(F52|H62)/.test(industryCode)) addRetailFacts(sheet, subject);
  if (industryCode.startsWith('F51') && before) sheet.wholesaleIncreaseYuan = now.revenueYuan - before.revenueYuan;
  if (/^[BCD]/.test(industryCode) && use !== 'individuals') addIndustrialFacts(sheet, subject, random);
  if (statCategory === null) return;
  sheet.reportsStatisticsOnTime = random.bool(0.96) && status === 'IN_OPERATION';
  sheet.enrolledMonthly = subject.yearsOnList - subject.back === 1 && random.bool(0.5);
}

function addRetailFacts(sheet: FactSheet, { now, before }: FactYearSubject): void {
  sheet.annualRetailSalesYuan = yuan(now.revenueYuan * 0.95);
  if (!before) return;
  const increase = now.revenueYuan - before.revenueYuan;
  sheet.retailGrowthPct = percent(increase, before.revenueYuan);
  sheet.retailSalesIncreaseYuan = yuan(increase * 0.95);
}

function addIndustrialFacts(sheet: FactSheet, { now, before, statCategory }: FactYearSubject, random: RandomStream): void {
  sheet.industrialOutputYuan = yuan(now.revenueYuan * 1.04);
  if (before) {
    const increase = now.revenueYuan - before.revenueYuan;
    sheet.outputYoYIncreaseYuan = yuan(increase * 1.04);
    sheet.valueAddedIncreaseYuan = yuan(increase * 0.25);
    sheet.valueAddedGrowthPct = percent(increase * (0.9 + 0.2 * random.fraction()), before.revenueYuan);
  }
  if (statCategory === null) return;
  sheet.outputQoQGrowthPct = percent(random.normal(0.02, 0.09), 1);
  sheet.industrialInvestmentYuan = random.bool(0.4) ? yuan(now.revenueYuan * random.fraction() * 0.5) : 0;
}
