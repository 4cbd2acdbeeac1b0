import { addEmploymentFacts, addInsuranceFacts } from './facts-employment.js';
import { addFinanceFacts, addIndustryFacts, addPropertyFacts, addTradeFacts } from './facts-industry.js';
import { addListFacts, addStatisticsFacts } from './facts-statistics.js';
import { addTaxFacts, addYearlyTaxFacts } from './facts-tax.js';
import type { FactSheet, FactSource, FactSubject, FactYearSubject } from './fact-subject.js';
import { honoursValidOn } from '../honours.js';
import type { IndustryUse } from '../industries.js';
import type { RandomStream } from '../random.js';
import { scaleOf } from '../scale.js';
import type { DemoFactYear, Scale } from '../types.js';

const NO_HONOURS: string[] = [];

/** How often a whole source knows nothing of an enterprise, by its use and class: the smaller, the less is known. */
const SOURCE_GAPS: Readonly<Record<'individual' | 'micro' | 'small' | 'larger', Readonly<Record<FactSource, number>>>> =
  {
    individual: { STATISTICS: 0.6, TAX: 0.09, SOCIAL_INSURANCE: 0.1, INDUSTRY: 0.02, FINANCE: 0.12, PROPERTY: 0.15 },
    micro: { STATISTICS: 0.3, TAX: 0.06, SOCIAL_INSURANCE: 0.09, INDUSTRY: 0.03, FINANCE: 0.12, PROPERTY: 0.15 },
    small: { STATISTICS: 0.1, TAX: 0.03, SOCIAL_INSURANCE: 0.04, INDUSTRY: 0.02, FINANCE: 0.06, PROPERTY: 0.08 },
    larger: { STATISTICS: 0, TAX: 0, SOCIAL_INSURANCE: 0, INDUSTRY: 0, FINANCE: 0.02, PROPERTY: 0.02 },
  };
/** How often one or two single facts are missing although their source is known. */
const SINGLE_GAPS = { aboveSize: 0.06, companies: 0.05, cooperatives: 0.03, individuals: 0.01 } as const;
/** Facts of the register itself, which are never missing. */
const ALWAYS_KNOWN = new Set([
  'scale',
  'industryCode',
  'industryGroup',
  'sector',
  'registeredRegion',
  'registeredProvince',
  'regionGroup',
  'registeredOn',
  'entityType',
  'isDeregistered',
  'isLicenceRevoked',
  'abnormalOperationListed',
  'isFiscalFundedUnit',
  'statCategory',
  'isAboveDesignatedSize',
]);

/**
 * The facts of every year for which the enterprise has figures, newest first. The newest year holds all facts that make
 * sense for the enterprise, the years before it the yearly figures. A fact that is not known is absent.
 */
export function drawFactYears(random: RandomStream, subject: FactSubject): DemoFactYear[] {
  const newest = subject.figures[0];
  if (!newest) return [];
  const missing = drawMissingSources(random, subject.use, scaleOf(subject.industryCode, newest));
  return subject.figures.map((now, back) => {
    const year: FactYearSubject = { ...subject, now, before: subject.figures[back + 1] ?? null, back };
    const sheet: FactSheet = {};
    addRegisterFacts(sheet, year);
    // Lists, titles and trade of the past matter for enterprises only.
    if (back === 0 || year.use !== 'individuals') {
      addListFacts(sheet, year, random);
      addHonourFacts(sheet, year);
      addTradeFacts(sheet, year, random);
    }
    if (back === 0) addNewestFacts(sheet, year, missing, random);
    if (!missing.has('SOCIAL_INSURANCE')) addInsuranceFacts(sheet, year, random);
    if (!missing.has('STATISTICS')) addStatisticsFacts(sheet, year, random);
    if (!missing.has('TAX')) addYearlyTaxFacts(sheet, year, random);
    const values = back === 0 && random.bool(SINGLE_GAPS[subject.use]) ? withoutSome(sheet, random) : sheet;
    return { year: now.year, asOf: `${now.year}-12-31`, values };
  });
}

/** Facts that matter only now: lists, loans, premises, contributions, hires, taxes due. */
function addNewestFacts(
  sheet: FactSheet,
  year: FactYearSubject,
  missing: ReadonlySet<FactSource>,
  random: RandomStream,
): void {
  if (!missing.has('INDUSTRY')) addIndustryFacts(sheet, year, random);
  if (!missing.has('FINANCE')) addFinanceFacts(sheet, year, random);
  if (!missing.has('PROPERTY')) addPropertyFacts(sheet, year, random);
  if (!missing.has('TAX')) addTaxFacts(sheet, year, random);
  if (!missing.has('SOCIAL_INSURANCE')) addEmploymentFacts(sheet, year, random);
}

function addRegisterFacts(
  sheet: FactSheet,
  { now, use, legalForm, industryCode, regionCode, registeredOn, status, back }: FactYearSubject,
): void {
  const scale = scaleOf(industryCode, now);
  sheet.scale = use === 'individuals' ? 'individual' : scale.toLowerCase();
  sheet.industryCode = industryCode;
  sheet.registeredRegion = regionCode;
  if (back > 0) return;
  sheet.registeredProvince = '420000';
  sheet.regionGroup = '武汉都市圈';
  sheet.industryGroup = industryGroupOf(industryCode);
  sheet.sector = sectorOf(industryCode);
  sheet.registeredOn = registeredOn;
  sheet.entityType =
    industryCode === 'L7263'
      ? '劳务派遣单位'
      : legalForm === 'INDIVIDUAL_BUSINESS'
        ? '个体工商户'
        : legalForm === 'FARMERS_COOPERATIVE'
          ? '农民专业合作社'
          : '企业';
  sheet.isDeregistered = status === 'DEREGISTERED';
  sheet.isLicenceRevoked = status === 'LICENCE_REVOKED';
  sheet.abnormalOperationListed = status === 'ABNORMAL_LISTED';
  sheet.isFiscalFundedUnit = false;
}

function addHonourFacts(sheet: FactSheet, { honours, now }: FactYearSubject): void {
  const valid = honoursValidOn(honours, `${now.year}-12-31`);
  sheet.honours = valid.length === 0 ? NO_HONOURS : valid.map(({ title }) => title);
  sheet.honourFirstTime = valid[0]?.firstTime ?? false;
}

function drawMissingSources(random: RandomStream, use: IndustryUse, scale: Scale): ReadonlySet<FactSource> {
  const kind =
    use === 'individuals' ? 'individual' : use === 'aboveSize' ? 'larger' : scale === 'MICRO' ? 'micro' : 'small';
  const missing = new Set<FactSource>();
  const gaps = SOURCE_GAPS[kind];
  for (const source of ['STATISTICS', 'TAX', 'SOCIAL_INSURANCE', 'INDUSTRY', 'FINANCE', 'PROPERTY'] as const) {
    if (random.bool(gaps[source])) missing.add(source);
  }
  return missing;
}

function withoutSome(sheet: FactSheet, random: RandomStream): FactSheet {
  const candidates = Object.keys(sheet).filter((fact) => !ALWAYS_KNOWN.has(fact));
  if (candidates.length === 0) return sheet;
  const dropped = new Set([random.pick(candidates), random.pick(candidates)]);
  return Object.fromEntries(Object.entries(sheet).filter(([fact]) => !dropped.has(fact)));
}

/** 工业, 建筑业, 农业 or 服务业. */
function sectorOf(industryCode: string): string {
  const section = industryCode.charAt(0);
  return 'BCD'.includes(section) ? '工业' : section === 'E' ? '建筑业' : section === 'A' ? '农业' : '服务业';
}

const INDUSTRY_GROUPS: readonly (readonly [RegExp, string])[] = [
  [/^F51/, '批发'],
  [/^F52/, '零售'],
  [/^H61/, '住宿'],
  [/^H62/, '餐饮'],
  [/^(N786|L7291)/, '旅游'],
  [/^(G53|G54|G55)/, '公路水路铁路运输'],
  [/^G56/, '民航'],
  [/^(C3841|D4415|D4416)/, '新能源'],
  [/^(I64|I65|L|O|R|P8391|P8393|Q)/, '营利性服务业'],
  [/^C/, '制造业'],
  [/^A/, '农业'],
  [/^E/, '建筑业'],
  [/^K/, '房地产业'],
];

/** The words in which policies name an industry without its code. */
function industryGroupOf(industryCode: string): string {
  return INDUSTRY_GROUPS.find(([pattern]) => pattern.test(industryCode))?.[1] ?? '其他';
}
