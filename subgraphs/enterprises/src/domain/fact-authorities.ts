import type { Words } from '@zhitong/values';

/** Kinds of authorities whose records of an enterprise count. */
export const AUTHORITIES = [
  'HUMAN_RESOURCES',
  'TAX',
  'STATISTICS',
  'MARKET',
  'INDUSTRY',
  'SCIENCE',
  'COMMERCE',
  'FINANCE',
  'DEVELOPMENT',
  'ENVIRONMENT',
  'STATE_ASSETS',
  'UTILITIES',
  'BANKS',
  'CAPITAL_MARKET',
  'TITLES',
  'DISTRICTS',
] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** Codes of the departments that are each kind of authority in a city. */
export type AuthorityDepartments = Readonly<Record<Authority, readonly string[]>>;

/**
 * This city: customs figures reach the bureau of commerce, patents and drugs are the market regulator's, the central
 * bank stands for the banks.
 */
export const CITY_AUTHORITIES: AuthorityDepartments = {
  HUMAN_RESOURCES: ['RSJ'],
  TAX: ['SHUIWJ'],
  STATISTICS: ['TJJ'],
  MARKET: ['SCJGJ'],
  INDUSTRY: ['JXJ'],
  SCIENCE: ['KJJ'],
  COMMERCE: ['SWUJ'],
  FINANCE: ['CZJ'],
  DEVELOPMENT: ['FGW'],
  ENVIRONMENT: ['STHJJ'],
  STATE_ASSETS: ['GZW'],
  UTILITIES: ['ZJJ'],
  BANKS: ['RMYH'],
  CAPITAL_MARKET: ['SZFB'],
  TITLES: ['JXJ', 'KJJ', 'SCJGJ', 'WHLYJ'],
  DISTRICTS: ['XAQZF', 'CBSZF', 'TCXZF', 'JYXZF', 'CYXZF', 'TSXZF'],
};

/** The facts of which each authority keeps the original; a fact that two keep may be recorded by either. */
const FACTS_OF: Readonly<Record<Authority, string>> = {
  HUMAN_RESOURCES: `insuredEmployees layoffRatePct noOrFewLayoffs unemploymentInsured unemploymentInsuranceMonthsPaid unemploymentInsuranceArrears
    unemploymentInsurancePaidLastYearYuan currentlyInsured hiredGraduates hiredUnemployedYouth16to24 hiredPovertyAlleviated newKeyGroupHiresPct
    jobsCreated12m hiredOn hireStableMonths hireSocialInsured hireUnemploymentInsured hireSocialInsuranceMonths laborContractSigned
    laborContractYears employerSocialInsuranceForHiresYuan hires`,
  TAX: `employees annualRevenueYuan revenueYuan monthlySalesYuan totalAssetsYuan taxableIncomeYuan isSmallLowProfit taxArrears taxCreditGrade
    vatTaxpayerType vatLevyRatePct rdExpenseYuan vatDueYuan vatableSalesYuan deductibleInputVatYuan sixTaxesTwoFeesDueYuan disabilityLevyDueYuan`,
  STATISTICS: `employees annualRevenueYuan totalAssetsYuan rdExpenseYuan isAboveDesignatedSize statCategory firstTimeAboveScale firstTimeAboveQuota
    firstTimeFourAbove yearsAboveScale enrolledMonthly reportsStatisticsOnTime isNewlyBuilt industryGroup sector revenueIncreaseYuan
    revenueGrowthPct industrialOutputYuan outputYoYIncreaseYuan outputQoQGrowthPct valueAddedGrowthPct valueAddedIncreaseYuan
    industrialInvestmentYuan annualRetailSalesYuan retailGrowthPct retailSalesIncreaseYuan wholesaleIncreaseYuan`,
  MARKET: `entityType certifications inventionPatentsGranted patentFeeReduced approvedInnovativeDrugs approvedImprovedDrugs
    approvedClass3InnovativeDevices producedInProvince`,
  INDUSTRY:
    'isZombieEnterprise inDifficulty isKeyEnterprise isStrategicEmerging isSoftwareEnterprise onListAdvancedManufacturing',
  SCIENCE: 'rdExpenseYuan',
  COMMERCE: 'importExportYuan exportsUSD firstTimeForeignTrade',
  FINANCE: 'isFiscalFundedUnit fundExclusionListed hasRegionalContribution',
  DEVELOPMENT: 'industryRestricted regionGroup projectFixedInvestmentYuan projectStatus projects',
  ENVIRONMENT: 'environmentalPenalty',
  STATE_ASSETS: 'rentsStateOwnedProperty monthlyRentYuan',
  UTILITIES: 'utilityUserType utilityBillYuan',
  BANKS: 'loanProduct newEquipmentLoanYuan loanPrincipalYuan loanYears interestPaidYuan loans',
  CAPITAL_MARKET: 'listingStage netProceedsYuan',
  TITLES: 'honourFirstTime',
  DISTRICTS: 'affectedByLockdown',
};

const AUTHORITIES_OF = new Map<string, Authority[]>();
for (const authority of AUTHORITIES)
  for (const fact of FACTS_OF[authority].split(/\s+/))
    AUTHORITIES_OF.set(fact, [...(AUTHORITIES_OF.get(fact) ?? []), authority]);

/** Every fact that has an authority. */
export const factsWithAuthority = (): readonly string[] => [...AUTHORITIES_OF.keys()];

/** Codes of the departments that may record a fact. */
export const recordersOf = (fact: string, departments: AuthorityDepartments): readonly string[] => [
  ...new Set((AUTHORITIES_OF.get(fact) ?? []).flatMap((authority) => departments[authority])),
];

/** Why a department may not record some of the facts, one sentence for each; empty when it may record all. */
export function notItsFacts(facts: readonly string[], department: string, departments: AuthorityDepartments): Words[] {
  return facts.flatMap((fact) => {
    const recorders = recordersOf(fact, departments);
    return recorders.includes(department)
      ? []
      : [
          {
            en: `${fact} is recorded by ${recorders.join(', ') || 'nobody in this city'}, not by ${department}`,
            zh: `${fact} 由 ${recorders.join('、') || '本市以外的单位'} 登记，不由 ${department} 登记`,
          },
        ];
  });
}
