import { percent, yuan } from './fact-subject.js';
import type { FactSheet, FactYearSubject } from './fact-subject.js';
import type { RandomStream } from '../random.js';

/** Bound of retail sales for the list of large individual businesses (大个体), the same as for retail enterprises. */
const LARGE_INDIVIDUAL_FROM_YUAN = 5_000_000;

/** Which lists of the statistics bureau the enterprise is on and whether it reports to them: known for everyone. */
export function addListFacts(
  sheet: FactSheet,
  { legalForm, industryCode, statCategory, yearsOnList, now, back }: FactYearSubject,
  random: RandomStream,
): void {
  const years = Math.max(0, yearsOnList - back);
  const listed = years > 0 && statCategory !== null;
  const first = listed && years === 1;
  const largeIndividual =
    legalForm === 'INDIVIDUAL_BUSINESS' &&
    /^(F5|H6)/.test(industryCode) &&
    now.revenueYuan >= LARGE_INDIVIDUAL_FROM_YUAN;
  sheet.statCategory = listed ? statCategory : largeIndividual ? '大个体' : '规下';
  sheet.isAboveDesignatedSize = listed;
  sheet.firstTimeFourAbove = first;
  sheet.firstTimeAboveScale = first && statCategory === '规上工业';
  sheet.firstTimeAboveQuota = first && (statCategory === '限上批发' || statCategory === '限上商贸');
  sheet.yearsAboveScale = years;
  sheet.reportsStatisticsOnTime = listed && random.bool(0.96);
  sheet.enrolledMonthly = first && random.bool(0.5);
}

/** Figures that enterprises report to the statistics bureau. */
export function addStatisticsFacts(sheet: FactSheet, subject: FactYearSubject, random: RandomStream): void {
  const { now, before, use, industryCode } = subject;
  sheet.annualRevenueYuan = now.revenueYuan;
  sheet.revenueYuan = now.revenueYuan;
  if (use !== 'individuals') sheet.totalAssetsYuan = now.assetsYuan;
  if (before) {
    const increase = now.revenueYuan - before.revenueYuan;
    sheet.revenueGrowthPct = percent(increase, before.revenueYuan);
    sheet.revenueIncreaseYuan = increase;
  }
  if (industryCode.startsWith('F51') && before) sheet.wholesaleIncreaseYuan = now.revenueYuan - before.revenueYuan;
  const retails = /^(F52|H62)/.test(industryCode);
  const manufactures = /^[BCD]/.test(industryCode);
  // The newest year says of everyone that there were none; earlier years only what there was.
  if (retails || subject.back === 0) addRetailFacts(sheet, subject, retails ? 0.95 : 0);
  if (manufactures || subject.back === 0) addIndustrialFacts(sheet, subject, manufactures, random);
}

/** Retail sales; with a share of 0 there are none. */
function addRetailFacts(sheet: FactSheet, { now, before }: FactYearSubject, share: number): void {
  sheet.annualRetailSalesYuan = yuan(now.revenueYuan * share);
  if (!before) return;
  const increase = now.revenueYuan - before.revenueYuan;
  sheet.retailSalesIncreaseYuan = yuan(increase * share);
  if (share > 0) sheet.retailGrowthPct = percent(increase, before.revenueYuan);
}

/** Industrial output and investment; outside industry there are none. */
function addIndustrialFacts(
  sheet: FactSheet,
  { now, before, statCategory }: FactYearSubject,
  manufactures: boolean,
  random: RandomStream,
): void {
  sheet.industrialOutputYuan = manufactures ? yuan(now.revenueYuan * 1.04) : 0;
  sheet.industrialInvestmentYuan =
    statCategory === '规上工业' && random.bool(0.4) ? yuan(now.revenueYuan * random.fraction() * 0.5) : 0;
  if (before) {
    const increase = manufactures ? now.revenueYuan - before.revenueYuan : 0;
    sheet.outputYoYIncreaseYuan = yuan(increase * 1.04);
    sheet.valueAddedIncreaseYuan = yuan(increase * 0.25);
    if (manufactures)
      sheet.valueAddedGrowthPct = percent(increase * (0.9 + 0.2 * random.fraction()), before.revenueYuan);
  }
  if (statCategory === '规上工业') sheet.outputQoQGrowthPct = percent(random.normal(0.02, 0.09), 1);
}
