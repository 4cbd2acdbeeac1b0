import { isWithin, limitOf } from '../../../../subgraphs/enterprises/src/domain/fact-limits.js';
import { checkFacts, recordedFacts } from '../../../../subgraphs/enterprises/src/domain/fact-vocabulary.js';

const refusals = (fact: string, value: unknown): string[] =>
  checkFacts({ values: { [fact]: value }, withdraw: [] }).problems.map(({ message }) => message);
const PEOPLE = [0, 10_000_000] as const;
const MONTHS = [0, 1_200] as const;
const YEARS = [0, 200] as const;
const SHARE = [0, 100] as const;
const GROWTH = [-100, 1_000_000] as const;
const TEN_TRILLION = 10_000_000_000_000;

/** Facts that are bounded more narrowly than their kind, with both ends, which are allowed. */
const BOUNDED: readonly (readonly [fact: string, bounds: readonly [least: number, most: number]])[] = [
  ['employees', PEOPLE],
  ['insuredEmployees', PEOPLE],
  ['hiredGraduates', PEOPLE],
  ['hiredUnemployedYouth16to24', PEOPLE],
  ['hiredPovertyAlleviated', PEOPLE],
  ['jobsCreated12m', PEOPLE],
  ['hireSocialInsuranceMonths', MONTHS],
  ['unemploymentInsuranceMonthsPaid', MONTHS],
  ['hireStableMonths', MONTHS],
  ['yearsAboveScale', YEARS],
  ['laborContractYears', YEARS],
  ['loanYears', YEARS],
  ['layoffRatePct', SHARE],
  ['vatLevyRatePct', SHARE],
  ['newKeyGroupHiresPct', GROWTH],
  ['retailGrowthPct', GROWTH],
  ['revenueGrowthPct', GROWTH],
  ['valueAddedGrowthPct', GROWTH],
  ['outputQoQGrowthPct', GROWTH],
];

describe('the bounds of a recorded number', () => {
  it.each(BOUNDED)('%s: %j', (fact, [least, most]) => {
    expect([least, most].flatMap((value) => refusals(fact, value))).toEqual([]);
    expect(refusals(fact, most + 1)).toEqual([
      `${fact} is ${String(most + 1)}; it must be from ${String(least)} to ${String(most)}`,
    ]);
    expect(refusals(fact, least - 1)).toHaveLength(1);
  });

  it('of every other amount and number are ten trillion, of a count from 0 on', () => {
    const bounded = new Set(BOUNDED.map(([fact]) => fact));
    const rest = recordedFacts().filter(([fact]) => !bounded.has(fact));
    const least: Partial<Record<string, number>> = { money: -TEN_TRILLION, number: -TEN_TRILLION, integer: 0 };
    for (const [fact, kind] of rest) {
      const bound = least[kind];
      if (bound === undefined) continue;
      const [below, at, most, above] = [bound - 1, bound, TEN_TRILLION, TEN_TRILLION + 1].map((value) =>
        refusals(fact, value),
      );
      expect([fact, below?.length, at, most, above]).toEqual([
        ...[fact, 1, [], []],
        [`${fact} is ${String(TEN_TRILLION + 1)}; it must be from ${String(bound)} to ${String(TEN_TRILLION)}`],
      ]);
    }
  });

  it('bound numbers alone', () => {
    const share = limitOf('layoffRatePct', 'number');
    expect(['50', null, true, Number.NaN].map((value) => isWithin(value, share))).toEqual([false, false, false, false]);
    expect(limitOf('taxArrears', 'boolean')).toBeNull();
    expect([isWithin(true, null), isWithin('whatever', null)]).toEqual([true, true]);
  });
});

describe('a fact with a closed list of values', () => {
  it.each<[fact: string, values: string[], others: string[]]>([
    [
      'statCategory',
      ['规上工业', '规上服务业', '限上批发', '限上商贸', '建筑业', '房地产', '大个体', '规下'],
      ['规上', '规上 工业'],
    ],
    ['sector', ['工业', '服务业', '农业', '建筑业'], ['制造业']],
    ['taxCreditGrade', ['A', 'B', 'M', 'C', 'D'], ['E', 'a', 'AB']],
    ['vatTaxpayerType', ['small-scale', 'general'], ['small']],
    ['utilityUserType', ['residential', 'non-residential'], ['commercial']],
  ])('%s is one of %j', (fact, values, others) => {
    expect(values.flatMap((value) => refusals(fact, value))).toEqual([]);
    for (const other of others)
      expect(refusals(fact, other)).toEqual([`${fact} is "${other}"; it must be one of ${values.join(', ')}`]);
    expect(isWithin([values[0]], limitOf(fact, 'text'))).toBe(false);
  });
});
