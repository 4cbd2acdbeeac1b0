import { percent, yuan } from './fact-subject.js';
import type { FactSheet, FactYearSubject } from './fact-subject.js';
import type { RandomStream } from '../random.js';

/** Strategic emerging industries: medicine, new materials, new energy, electronics, equipment, software. */
const EMERGING = /^(C27|C3841|C39|C40|C3591|C358|D4415|D4416|I65)/;
const NO_CERTIFICATIONS: string[] = [];
const CERTIFICATIONS = ['ISO9001', 'ISO14001', 'ISO45001', 'IATF16949', '两化融合贯标'];
const LISTING_STAGES = [
  ['未上市', 84],
  ['上市辅导', 8],
  ['新三板挂牌', 5],
  ['已上市', 3],
] as const;
const EQUIPMENT_LOANS = ['技改贷', '设备更新贷'];
const OTHER_LOANS = ['流动资金贷款', '纾困贷', '科创贷'];
const PROJECT_STATES = [
  ['在建', 6],
  ['年底前可开工', 2],
  ['已投产', 4],
] as const;

/** Imports and exports, which customs knows for everyone; zero without trade. */
export function addTradeFacts(sheet: FactSheet, { now, before, traits }: FactYearSubject, random: RandomStream): void {
  const traded = yuan(now.revenueYuan * traits.tradeShare);
  sheet.importExportYuan = traded;
  sheet.exportsUSD = yuan((traded * 0.9) / 7.1);
  sheet.firstTimeForeignTrade = traded > 0 && (before === null || random.bool(0.08));
}

/** Lists, patents and certificates kept by the economy, science, market regulation and medical products offices. */
export function addIndustryFacts(
  sheet: FactSheet,
  { now, use, industryCode, traits, status }: FactYearSubject,
  random: RandomStream,
): void {
  const above = use === 'aboveSize';
  const researching = traits.researchShare > 0;
  const emerging = EMERGING.test(industryCode);
  const patents = researching ? Math.max(0, Math.round(random.normal(above ? 5 : 1, above ? 6 : 1.5))) : 0;
  sheet.inventionPatentsGranted = patents;
  sheet.patentFeeReduced = patents > 0 && random.bool(0.5);
  sheet.isKeyEnterprise = above && random.bool(0.25);
  sheet.isStrategicEmerging = emerging && (above || random.bool(0.5));
  sheet.onListAdvancedManufacturing = above && /^C(2[67]|3[4-9]|40)/.test(industryCode) && random.bool(0.45);
  sheet.isSoftwareEnterprise = industryCode.startsWith('I65') && researching;
  sheet.isZombieEnterprise = status === 'ABNORMAL_LISTED' && random.bool(0.05);
  sheet.fundExclusionListed = random.bool(status === 'IN_OPERATION' ? 0.006 : 0.2);
  sheet.environmentalPenalty = random.bool(/^[BCD]/.test(industryCode) ? 0.02 : 0.003);
  sheet.listingStage = above && now.revenueYuan > 100_000_000 ? random.weighted(LISTING_STAGES) : '未上市';
  sheet.certifications =
    above && random.bool(0.6) ? random.shuffle(CERTIFICATIONS).slice(0, random.int(1, 3)) : NO_CERTIFICATIONS;
  sheet.isNewlyBuilt = above && sheet.firstTimeFourAbove === true && random.bool(0.4);
  sheet.hasRegionalContribution = above || (use === 'companies' && random.bool(0.1));
  if (industryCode.startsWith('C27') || industryCode.startsWith('C358')) {
    sheet.approvedInnovativeDrugs = above && researching && random.bool(0.1) ? 1 : 0;
    sheet.approvedImprovedDrugs = above && researching && random.bool(0.2) ? random.int(1, 2) : 0;
    sheet.approvedClass3InnovativeDevices = industryCode.startsWith('C358') && researching && random.bool(0.3) ? 1 : 0;
    sheet.producedInProvince = true;
  }
}

/** Loans, listing proceeds and investment projects, known to the finance and development offices. */
export function addFinanceFacts(
  sheet: FactSheet,
  { now, use, industryCode }: FactYearSubject,
  random: RandomStream,
): void {
  const above = use === 'aboveSize';
  const borrows = random.bool(above ? 0.6 : 0.22);
  const equipment = borrows && /^[ABCD]/.test(industryCode) && random.bool(above ? 0.5 : 0.2);
  const principal = borrows
    ? Math.max(50_000, 10_000 * Math.round((now.revenueYuan * (0.05 + 0.25 * random.fraction())) / 10_000))
    : 0;
  sheet.loanProduct = !borrows ? '无' : random.pick(equipment ? EQUIPMENT_LOANS : OTHER_LOANS);
  sheet.loanPrincipalYuan = principal;
  sheet.loanYears = borrows ? random.int(1, equipment ? 5 : 3) : 0;
  sheet.interestPaidYuan = yuan(principal * (0.031 + 0.015 * random.fraction()));
  sheet.newEquipmentLoanYuan = equipment ? principal : 0;
  sheet.netProceedsYuan = sheet.listingStage === '已上市' ? 10_000_000 * random.int(20, 90) : 0;
  const invests = /^[ABCDGHN]/.test(industryCode) && random.bool(above ? 0.3 : 0.012);
  sheet.projectFixedInvestmentYuan = invests ? 100_000 * random.int(20, above ? 3_000 : 300) : 0;
  sheet.projectStatus = invests ? random.weighted(PROJECT_STATES) : '无';
}

/** Premises and running costs. */
export function addPropertyFacts(
  sheet: FactSheet,
  { now, before, traits }: FactYearSubject,
  random: RandomStream,
): void {
  const stateOwned = traits.rents && random.bool(0.07);
  sheet.rentsStateOwnedProperty = stateOwned;
  sheet.monthlyRentYuan = traits.rents
    ? Math.max(300, Math.round((now.revenueYuan * (0.02 + 0.04 * random.fraction())) / 1_200) * 100)
    : 0;
  sheet.utilityUserType = random.bool(0.97) ? 'non-residential' : 'residential';
  sheet.utilityBillYuan = yuan(now.revenueYuan * (0.005 + 0.02 * random.fraction()));
  sheet.affectedByLockdown = false;
  sheet.inDifficulty = before !== null && percent(now.revenueYuan, before.revenueYuan) < 80;
}
