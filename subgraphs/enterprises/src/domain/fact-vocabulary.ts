import { isLegalDay } from '@zhitong/values';
import { isWithin, limitOf, type FactLimit } from './fact-limits.js';
import { said, type Said } from './refusal-words.js';

/**
 * Kinds of fact values: whole yuan, any number, a whole number, yes or no, text, a list of texts, a day YYYY-MM-DD, a
 * list of items of one collection.
 */
export type FactKind = 'money' | 'number' | 'integer' | 'boolean' | 'text' | 'texts' | 'date' | 'records';

/** One of several of a kind, by its attributes: a loan, a title; what is absent is not known. */
export type FactItem = Readonly<Record<string, number | boolean | string>>;

/** A recorded value of a fact. */
export type FactValue = number | boolean | string | readonly string[] | readonly FactItem[];

/**
 * The facts that departments record about an enterprise, by kind. Names and units are those of the published policies
 * (data/README.md names them); facts that the registry itself derives (scale, industryCode, registeredRegion,
 * registeredProvince, registeredOn, isDeregistered, isLicenceRevoked, abnormalOperationListed, honours) are not
 * recorded but read from the register, and what the credit department owns (dishonestyRecord) is not here.
 */
const RECORDED: Readonly<Record<FactKind, string>> = {
  money: `annualRevenueYuan revenueYuan monthlySalesYuan totalAssetsYuan taxableIncomeYuan annualRetailSalesYuan importExportYuan rdExpenseYuan
    industrialInvestmentYuan outputYoYIncreaseYuan revenueIncreaseYuan retailSalesIncreaseYuan industrialOutputYuan newEquipmentLoanYuan
    projectFixedInvestmentYuan exportsUSD unemploymentInsurancePaidLastYearYuan monthlyRentYuan loanPrincipalYuan utilityBillYuan vatDueYuan
    vatableSalesYuan sixTaxesTwoFeesDueYuan disabilityLevyDueYuan deductibleInputVatYuan valueAddedIncreaseYuan wholesaleIncreaseYuan
    netProceedsYuan interestPaidYuan employerSocialInsuranceForHiresYuan`,
  number: `layoffRatePct newKeyGroupHiresPct retailGrowthPct revenueGrowthPct vatLevyRatePct outputQoQGrowthPct valueAddedGrowthPct
    laborContractYears loanYears`,
  integer: `employees insuredEmployees hiredGraduates hireSocialInsuranceMonths hiredUnemployedYouth16to24 unemploymentInsuranceMonthsPaid
    hiredPovertyAlleviated yearsAboveScale inventionPatentsGranted jobsCreated12m hireStableMonths approvedInnovativeDrugs
    approvedImprovedDrugs approvedClass3InnovativeDevices`,
  boolean: `honourFirstTime firstTimeAboveScale laborContractSigned affectedByLockdown unemploymentInsured isAboveDesignatedSize
    firstTimeAboveQuota rentsStateOwnedProperty isZombieEnterprise currentlyInsured inDifficulty firstTimeFourAbove isNewlyBuilt
    reportsStatisticsOnTime hireSocialInsured noOrFewLayoffs unemploymentInsuranceArrears isFiscalFundedUnit hireUnemploymentInsured
    industryRestricted isSmallLowProfit onListAdvancedManufacturing fundExclusionListed taxArrears isStrategicEmerging enrolledMonthly
    isKeyEnterprise isSoftwareEnterprise firstTimeForeignTrade patentFeeReduced hasRegionalContribution environmentalPenalty producedInProvince`,
  text: `industryGroup statCategory listingStage sector vatTaxpayerType regionGroup entityType utilityUserType loanProduct projectStatus
    taxCreditGrade`,
  texts: 'certifications',
  date: 'hiredOn',
  records: 'loans hires projects',
};

const KIND_OF = new Map(
  (Object.keys(RECORDED) as FactKind[]).flatMap((kind) =>
    RECORDED[kind].split(/\s+/).map((name) => [name, kind] as const),
  ),
);

/** The recorded facts with their kinds. */
export const recordedFacts = (): readonly (readonly [name: string, kind: FactKind])[] => [...KIND_OF];

/** The recorded facts that are one value, which a column of a delivery can hold. */
export const singleFacts = (): readonly (readonly [name: string, kind: SingleKind])[] =>
  [...KIND_OF].flatMap(([name, kind]) => (kind === 'records' ? [] : [[name, kind] as const]));

export type SingleKind = Exclude<FactKind, 'records'>;

/** The attributes of what a collection holds, with their kinds; names and units are those that policies ask by. */
export const COLLECTIONS: Readonly<Record<string, Readonly<Record<string, Exclude<SingleKind, 'texts'>>>>> = {
  loans: {
    product: 'text',
    principalYuan: 'money',
    equipmentYuan: 'money',
    interestPaidYuan: 'money',
    years: 'number',
    takenOn: 'date',
  },
  hires: {
    group: 'text',
    people: 'integer',
    hiredOn: 'date',
    contractYears: 'number',
    insuredMonths: 'integer',
    stableMonths: 'integer',
    socialInsured: 'boolean',
  },
  projects: { kind: 'text', status: 'text', fixedInvestmentYuan: 'money', startedOn: 'date', completedOn: 'date' },
};
/** Items that one year of one enterprise may have of a collection. */
export const MOST_ITEMS = 500;

/** What is wrong with one fact, and where it stands in the input. */
export interface FactProblem extends Said {
  readonly path: readonly string[];
}

/**
 * Checks facts to record and to withdraw: known names, values of the right kind and within its limits. Null is no
 * value: a number that JSON cannot hold (1e999) arrives as null, and must not withdraw what it should have replaced. In
 * the result null stands for withdrawn.
 */
export function checkFacts({
  values,
  withdraw,
}: {
  values: Readonly<Record<string, unknown>>;
  withdraw: readonly string[];
}): { readonly facts: Readonly<Record<string, FactValue | null>>; readonly problems: readonly FactProblem[] } {
  const facts: Record<string, FactValue | null> = {};
  const problems: FactProblem[] = [];
  const unknown = (fact: string): Said => said('NOT_A_FACT', { fact: fact.slice(0, 60) });
  for (const [fact, value] of Object.entries(values)) {
    const kind = KIND_OF.get(fact);
    const path = ['values', fact.slice(0, 60)];
    if (kind === undefined) problems.push({ path, ...unknown(fact) });
    else if (isValueOf(fact, value, kind)) {
      const limit = limitOf(fact, kind);
      if (isWithin(value, limit)) facts[fact] = value;
      else
        problems.push({ path, ...said('BAD_FACT_VALUE', { fact, value: JSON.stringify(value), ...wordsFor(limit) }) });
    } else
      problems.push({
        path,
        ...(value === null
          ? said('NULL_FACT', { fact })
          : said('FACT_OF_OTHER_KIND', kind === 'records' ? collectionWords(fact) : { fact, ...EXPECTED[kind] })),
      });
  }
  for (const [at, fact] of withdraw.entries()) {
    const path = ['withdraw', String(at)];
    if (!KIND_OF.has(fact)) problems.push({ path, ...unknown(fact) });
    else if (Object.hasOwn(values, fact)) problems.push({ path, ...said('FACT_RECORDED_AND_WITHDRAWN', { fact }) });
    else facts[fact] = null;
  }
  return { facts, problems };
}

function wordsFor(limit: FactLimit | null): { readonly limit: string; readonly limitInChinese: string } {
  if (limit === null) return { limit: 'a value of its kind', limitInChinese: '该项数据的取值' };
  if ('values' in limit)
    return { limit: `one of ${limit.values.join(', ')}`, limitInChinese: `下列之一：${limit.values.join('、')}` };
  const { least, most } = limit;
  return { limit: `from ${least} to ${most}`, limitInChinese: `${least} 至 ${most} 之间` };
}

const EXPECTED: Readonly<Record<SingleKind, { readonly expected: string; readonly expectedInChinese: string }>> = {
  money: { expected: 'a whole number of yuan', expectedInChinese: '整数金额（元）' },
  number: { expected: 'a number', expectedInChinese: '数值' },
  integer: { expected: 'a whole number, 0 or more', expectedInChinese: '不小于 0 的整数' },
  boolean: { expected: 'true or false', expectedInChinese: ' true 或 false' },
  text: { expected: 'a text of 1 to 100 characters', expectedInChinese: ' 1 至 100 个字的文字' },
  texts: { expected: 'a list of at most 50 texts', expectedInChinese: '最多 50 项的文字列表' },
  date: { expected: 'a day, YYYY-MM-DD', expectedInChinese: '日期（YYYY-MM-DD）' },
};

const isValueOf = (fact: string, value: unknown, kind: FactKind): value is FactValue =>
  kind === 'records' ? isCollection(fact, value) : isOfKind(value, kind);

/** A list of objects that have no other attributes than those of the collection, at least one, of the right kinds. */
function isCollection(fact: string, value: unknown): value is readonly FactItem[] {
  const attributes = COLLECTIONS[fact] ?? {};
  return (
    Array.isArray(value) &&
    value.length <= MOST_ITEMS &&
    value.every((item: unknown) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
      const entries = Object.entries(item as Record<string, unknown>);
      return (
        entries.length > 0 &&
        entries.every(([name, one]) => {
          const kind = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
          return kind !== undefined && isOfKind(one, kind) && isWithin(one, limitOf(name, kind));
        })
      );
    })
  );
}

function collectionWords(fact: string): Readonly<Record<string, string>> {
  const attributes = Object.keys(COLLECTIONS[fact] ?? {});
  return {
    fact,
    expected: `a list of at most ${MOST_ITEMS} objects with ${attributes.join(', ')}, each of its kind`,
    expectedInChinese: `最多 ${MOST_ITEMS} 项的列表，每项只含 ${attributes.join('、')}，且各为规定的类型`,
  };
}

function isOfKind(value: unknown, kind: SingleKind): value is FactValue {
  switch (kind) {
    case 'money':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'integer':
      return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0;
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return isShortText(value);
    case 'texts':
      return Array.isArray(value) && value.length <= 50 && value.every(isShortText);
    case 'date':
      return isLegalDay(value);
  }
}

const isShortText = (value: unknown): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= 100;
