import { demoCity } from '../../demo/src/index.js';
import type { DemoEnterprise, DemoFactYear, FactValue } from '../../demo/src/index.js';
import { DESIGNATED_SIZE_LISTS, designatedSizeListOf } from '../../demo/src/designated-size.js';
import { scaleOf } from '../../demo/src/scale.js';

const city = demoCity({ referenceDate: '2026-11-22', enterprises: 4_000 });
const sheets = city.enterprises.flatMap((enterprise) => enterprise.factYears.map((year) => ({ enterprise, year })));
const newest = city.enterprises.flatMap((enterprise) =>
  enterprise.factYears.slice(0, 1).map((year) => ({ enterprise, year })),
);
const number = (value: FactValue | undefined): number | null => (typeof value === 'number' ? value : null);
const offenders = (
  pairs: readonly { enterprise: DemoEnterprise; year: DemoFactYear }[],
  bad: (values: DemoFactYear['values'], enterprise: DemoEnterprise) => boolean,
): string[] =>
  pairs
    .filter(({ enterprise, year }) => bad(year.values, enterprise))
    .map(({ enterprise, year }) => `${enterprise.name} ${year.year}`);

describe('the facts', () => {
  it('cover the last three full years, newest first, and no year before the registration', () => {
    expect(
      new Set(newest.filter(({ enterprise }) => enterprise.status === 'IN_OPERATION').map(({ year }) => year.asOf)),
    ).toEqual(new Set(['2025-12-31']));
    const wrong = city.enterprises.filter(
      ({ factYears, registeredOn }) =>
        factYears.length > 3 ||
        factYears.some(
          ({ year }, i) => year !== (factYears[0]?.year ?? 0) - i || year < Number(registeredOn.slice(0, 4)),
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('repeat what the register says', () => {
    expect(
      offenders(
        newest,
        (values, { industry, regionCode, status, registeredOn }) =>
          values.industryCode !== industry.code ||
          values.registeredRegion !== regionCode ||
          values.registeredProvince !== '420000' ||
          values.isDeregistered !== (status === 'DEREGISTERED') ||
          values.isLicenceRevoked !== (status === 'LICENCE_REVOKED') ||
          values.abnormalOperationListed !== (status === 'ABNORMAL_LISTED') ||
          values.registeredOn !== registeredOn,
      ),
    ).toEqual([]);
  });

  it('classify every enterprise as its own figures of the year demand', () => {
    let checked = 0;
    expect(
      offenders(newest, (values, { industry, scale, legalForm }) => {
        const [employees, revenueYuan, assetsYuan] = [
          number(values.employees),
          number(values.annualRevenueYuan),
          number(values.totalAssetsYuan),
        ];
        if (values.scale !== (legalForm === 'INDIVIDUAL_BUSINESS' ? 'individual' : scale.toLowerCase())) return true;
        if (employees === null || revenueYuan === null || assetsYuan === null) return false;
        checked += 1;
        return scaleOf(industry.code, { employees, revenueYuan, assetsYuan }) !== scale;
      }),
    ).toEqual([]);
    expect(checked).toBeGreaterThan(500);
  });

  it('put enterprises on a statistics list only from its revenue bound on, and no company below it', () => {
    expect(
      offenders(newest, (values, { statCategory, industry, legalForm }) => {
        const revenue = number(values.annualRevenueYuan);
        const list = designatedSizeListOf(industry.code);
        if (values.isAboveDesignatedSize !== (statCategory !== null)) return true;
        if (legalForm === 'INDIVIDUAL_BUSINESS' || revenue === null || list === null || list.leastRevenueYuan === 0)
          return false;
        return statCategory === null
          ? revenue >= list.leastRevenueYuan
          : revenue < list.leastRevenueYuan || statCategory !== list.category;
      }),
    ).toEqual([]);
  });

  it('share the 196 of the full city out over the lists', () => {
    expect(DESIGNATED_SIZE_LISTS.reduce((sum, { enterprises }) => sum + enterprises, 0)).toBe(196);
  });

  it('never insure or hire more people than are employed', () => {
    expect(
      offenders(sheets, (values) => {
        const employees = number(values.employees) ?? Number.MAX_SAFE_INTEGER;
        const keyHires = ['hiredGraduates', 'hiredUnemployedYouth16to24', 'hiredPovertyAlleviated'].reduce(
          (sum, fact) => sum + (number(values[fact]) ?? 0),
          0,
        );
        return (
          (number(values.insuredEmployees) ?? 0) > employees || keyHires > (number(values.jobsCreated12m) ?? employees)
        );
      }),
    ).toEqual([]);
  });

  it('give a layoff rate of 0 to 100 % only where somebody is insured', () => {
    expect(
      offenders(sheets, (values) => {
        const rate = number(values.layoffRatePct);
        return rate !== null && (rate < 0 || rate > 100 || values.insuredEmployees === 0);
      }),
    ).toEqual([]);
  });

  it('hold money as whole yuan and rates with at most two decimals', () => {
    expect(
      offenders(sheets, (values) =>
        Object.entries(values).some(
          ([fact, value]) =>
            typeof value === 'number' &&
            (fact.endsWith('Pct')
              ? Math.abs(value * 100 - Math.round(value * 100)) > 1e-6
              : !Number.isSafeInteger(value)),
        ),
      ),
    ).toEqual([]);
  });

  it('list the titles that are valid at the end of the year', () => {
    expect(
      offenders(newest, (values, { honours }) => {
        const valid = honours
          .filter(
            ({ awardedOn, validTo }) => awardedOn <= '2025-12-31' && (validTo === null || validTo >= '2025-12-31'),
          )
          .map(({ title }) => title);
        return (
          city.enterprises.length > 0 &&
          values.isDeregistered === false &&
          Array.isArray(values.honours) &&
          values.honours.join() !== valid.join()
        );
      }),
    ).toEqual([]);
  });

  it('are complete for enterprises above designated size but for a few single gaps, and leave more open the smaller the enterprise', () => {
    const share = (fact: string, of: (enterprise: DemoEnterprise) => boolean): number => {
      const known = newest.filter(({ enterprise }) => of(enterprise));
      return known.filter(({ year }) => year.values[fact] === undefined).length / known.length;
    };
    const listed = (enterprise: DemoEnterprise): boolean => enterprise.statCategory !== null;
    const individual = (enterprise: DemoEnterprise): boolean => enterprise.legalForm === 'INDIVIDUAL_BUSINESS';
    expect(share('annualRevenueYuan', listed)).toBeLessThan(0.1);
    expect(share('annualRevenueYuan', (enterprise) => !listed(enterprise) && !individual(enterprise))).toBeGreaterThan(
      0.1,
    );
    expect(share('annualRevenueYuan', individual)).toBeGreaterThan(0.4);
    expect(share('scale', () => true)).toBe(0);
  });

  it('leave to other departments what those own', () => {
    expect(
      offenders(sheets, (values) =>
        ['dishonestyRecord', 'priorAwardSamePolicy', 'creditReviewPassed'].some((fact) => fact in values),
      ),
    ).toEqual([]);
  });

  // The fact vocabulary of the collected policies, except what the credit office and the hub itself own.
  it.each(
    `
    honours scale honourFirstTime layoffRatePct hiredGraduates industryCode registeredRegion firstTimeAboveScale industryGroup hireSocialInsuranceMonths employees
    annualRevenueYuan insuredEmployees hiredUnemployedYouth16to24 laborContractSigned statCategory laborContractYears affectedByLockdown listingStage
    outputYoYIncreaseYuan unemploymentInsuranceMonthsPaid unemploymentInsured sector vatTaxpayerType regionGroup isAboveDesignatedSize firstTimeAboveQuota
    importExportYuan newKeyGroupHiresPct rentsStateOwnedProperty totalAssetsYuan taxableIncomeYuan annualRetailSalesYuan retailGrowthPct isZombieEnterprise
    isDeregistered isLicenceRevoked currentlyInsured inDifficulty firstTimeFourAbove rdExpenseYuan isNewlyBuilt abnormalOperationListed reportsStatisticsOnTime revenueGrowthPct
    hireSocialInsured hiredPovertyAlleviated entityType noOrFewLayoffs unemploymentInsuranceArrears isFiscalFundedUnit hireUnemploymentInsured utilityUserType
    monthlySalesYuan vatLevyRatePct industryRestricted isSmallLowProfit onListAdvancedManufacturing fundExclusionListed industrialInvestmentYuan taxArrears
    yearsAboveScale isStrategicEmerging enrolledMonthly revenueIncreaseYuan isKeyEnterprise outputQoQGrowthPct industrialOutputYuan valueAddedGrowthPct
    retailSalesIncreaseYuan isSoftwareEnterprise firstTimeForeignTrade exportsUSD inventionPatentsGranted patentFeeReduced loanProduct newEquipmentLoanYuan
    projectFixedInvestmentYuan projectStatus jobsCreated12m hireStableMonths certifications hiredOn approvedInnovativeDrugs approvedImprovedDrugs
    approvedClass3InnovativeDevices registeredProvince hasRegionalContribution unemploymentInsurancePaidLastYearYuan monthlyRentYuan loanPrincipalYuan loanYears
    utilityBillYuan vatDueYuan vatableSalesYuan sixTaxesTwoFeesDueYuan disabilityLevyDueYuan deductibleInputVatYuan valueAddedIncreaseYuan wholesaleIncreaseYuan
    revenueYuan netProceedsYuan interestPaidYuan employerSocialInsuranceForHiresYuan producedInProvince taxCreditGrade environmentalPenalty registeredOn
  `
      .trim()
      .split(/\s+/),
  )('know %s of somebody', (fact) => {
    expect(newest.some(({ year }) => fact in year.values)).toBe(true);
  });
});
