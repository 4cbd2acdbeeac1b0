import { addYears, type DayRange, type LegalDay } from '@zhitong/values';
import type { ParameterTest, StatedCriterion, Test } from '../domain/criteria/criteria.js';
import { mapLeaves } from '../domain/criteria/fold.js';
import type { Adaptation, PolicyContent } from '../domain/policy/policy.js';

/** The demo city and its districts, as the adaptation needs them. */
export interface AdaptationPlace {
  readonly city: { readonly code: string; readonly name: string };
  readonly districtCodes: readonly string[];
  /** Codes of the city's departments, to which issuers are mapped by kind. */
  readonly departmentCodes: ReadonlySet<string>;
}

/** Which of the city's departments does what the issuer of a real policy does; the first that fits. */
const ISSUERS: readonly (readonly [words: RegExp, department: string])[] = [
  [/税务/, 'SHUIWJ'],
  [/人社|人力|社保|社会保障|失业保险|劳动就业|人才综合|扩岗|毕业生|稳岗|脱贫劳动力/, 'RSJ'],
  [/人民银行/, 'RMYH'],
  [/国资|国企/, 'GZW'],
  [/商务|商贸|零售|社零|外贸|出口/, 'SWUJ'],
  [/水务|用水/, 'SLHPJ'],
  [/旅游|文旅|饭店/, 'WHLYJ'],
  [/科技创新|高新技术|瞪羚|雏鹰/, 'KJJ'],
  [/质量|专利/, 'SCJGJ'],
  [/工信|工业|经信|经发|经济信息|专精特新|单项冠军|升规|纳规|入规|五上|制造|企业荣誉|认定类/, 'JXJ'],
  [/贷款|贴息/, 'RMYH'],
  [/财政/, 'CZJ'],
  [/发展改革|水电气/, 'FGW'],
];
const GENERAL_OFFICE = 'SZFB';
const YEAR = /^\d{4}/;

/**
 * Adapts a collected real policy to the demo city: a department of the city issues it, a foreign region becomes the
 * city, a window that lies in the past is moved by whole years until it holds the reference date, and so are dates in
 * the criteria. What it said before stays with it.
 */
export function adaptPolicy(policy: PolicyContent, place: AdaptationPlace, referenceDate: LegalDay): PolicyContent {
  const notes: string[] = [];
  const years = yearsToMove(policy.window, referenceDate);
  const local =
    policy.region.code === place.city.code ||
    (policy.region.code !== null && place.districtCodes.includes(policy.region.code));
  const foreign = !local && policy.region.code !== 'CN';
  const region = foreign ? { code: place.city.code, name: place.city.name } : policy.region;
  if (foreign)
    notes.push(`适用地区由${policy.region.name === '' ? '原文地区' : policy.region.name}改为${place.city.name}`);
  const window = years === 0 ? policy.window : movedWindow(policy.window, years, referenceDate);
  if (years !== 0) notes.push(`有效期顺延${String(years)}年,为${window.from ?? '未定'}至${window.to ?? '未定'}`);
  const adapt = (criteria: readonly StatedCriterion[]): StatedCriterion[] =>
    criteria.map((criterion) => adaptCriterion(criterion, { place, foreign, referenceDate, notes }));
  const issuerCode = departmentFor(policy, place);
  notes.push(`责任部门改为${issuerCode}`);
  const adaptation: Adaptation = {
    issuer: policy.issuerName,
    region: policy.region,
    window: policy.window,
    note: `${[...new Set(notes)].join(';')}。`,
  };
  return {
    ...policy,
    issuerCode,
    region,
    window,
    criteria: adapt(policy.criteria),
    benefit: { ...policy.benefit, tiers: policy.benefit.tiers.map((tier) => ({ ...tier, when: adapt(tier.when) })) },
    adaptation,
  };
}

function departmentFor({ issuerName, title }: PolicyContent, { departmentCodes }: AdaptationPlace): string {
  if (/赤壁/.test(issuerName) && departmentCodes.has('CBSZF')) return 'CBSZF';
  const found =
    ISSUERS.find(([words, code]) => departmentCodes.has(code) && words.test(issuerName)) ??
    ISSUERS.find(([words, code]) => departmentCodes.has(code) && words.test(title));
  return found?.[1] ?? GENERAL_OFFICE;
}

function yearsToMove({ to }: DayRange, referenceDate: LegalDay): number {
  let years = 0;
  while (to !== null && addYears(to, years) < referenceDate) years += 1;
  return years;
}

function movedWindow({ from, to }: DayRange, years: number, referenceDate: LegalDay): DayRange {
  const moved = { from: from === null ? null : addYears(from, years), to: to === null ? null : addYears(to, years) };
  return moved.from !== null && moved.from > referenceDate
    ? { ...moved, from: `${YEAR.exec(referenceDate)?.[0] ?? ''}-01-01` }
    : moved;
}

interface Adapting {
  readonly place: AdaptationPlace;
  readonly foreign: boolean;
  readonly referenceDate: LegalDay;
  readonly notes: string[];
}

const adaptCriterion = (criterion: StatedCriterion, adapting: Adapting): StatedCriterion =>
  mapLeaves(criterion, (leaf: Test | ParameterTest) => (leaf.kind === 'test' ? adaptTest(leaf, adapting) : leaf));

function adaptTest(test: Test, { place, foreign, referenceDate, notes }: Adapting): Test {
  if (foreign && test.fact === 'registeredRegion') {
    notes.push(`注册地条件改为${place.city.name}`);
    return {
      kind: 'test',
      fact: 'registeredRegion',
      operator: 'UNDER',
      value: place.city.code,
      text: `在${place.city.name}注册(原文:${test.text})`,
    };
  }
  if (test.operator === 'BETWEEN' && typeof test.value[0] === 'string') {
    const [from, to] = test.value;
    const years = yearsToMove({ from: null, to: String(to) }, referenceDate);
    if (years === 0) return test;
    notes.push(`条件中的日期顺延${String(years)}年`);
    return { ...test, value: [addYears(from, years), addYears(String(to), years)] };
  }
  return test;
}
