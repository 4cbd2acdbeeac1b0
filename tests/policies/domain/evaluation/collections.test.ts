import { checkFacts } from '../../../../subgraphs/enterprises/src/domain/fact-vocabulary.js';
import { factSheet } from '../../../../subgraphs/enterprises/src/domain/fact-sheet.js';
import { readCriteria } from '../../../../subgraphs/policies/src/domain/criteria/read-criteria.js';
import { writeCriterion } from '../../../../subgraphs/policies/src/domain/criteria/write-criteria.js';
import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { missingFacts } from '../../../../subgraphs/policies/src/domain/evaluation/missing-facts.js';
import { readFacts, type FactItem } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { criteriaProblems } from '../../../../subgraphs/policies/src/domain/policy/validate.js';
import { honoursNamed } from '../../../../subgraphs/policies/src/domain/subscriptions/policy-topics.js';

const TODAY = '2026-11-20';
const RECENT_EQUIPMENT_LOAN = {
  fact: 'loans',
  op: 'has',
  value: [
    { attribute: 'product', op: 'in', value: ['技改贷', '设备更新贷'] },
    { attribute: 'equipmentYuan', op: 'gte', value: 5_000_000 },
    { attribute: 'takenOn', op: 'withinLast', value: { count: 1, unit: 'YEARS' } },
  ],
};
const criteriaOf = (...raw: readonly Record<string, unknown>[]) => {
  const { criteria, problems } = readCriteria(raw, 'criteria');
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return criteria;
};
const decided = (raw: Record<string, unknown>, values: Record<string, readonly FactItem[]>) =>
  evaluate(criteriaOf(raw), { facts: { values, dates: {} }, referenceDate: TODAY });
const good = { product: '技改贷', equipmentYuan: 6_000_000, takenOn: '2026-02-01' };

describe('a criterion on the items of a collection', () => {
  it.each<[string, readonly FactItem[], string]>([
    ['one item meets all of it', [{ product: '流动资金贷款' }, good], 'ELIGIBLE'],
    // The flattened facts of these two would have met it: a new small loan beside an old large one.
    [
      'two items meet a part each',
      [
        { ...good, takenOn: '2020-02-01' },
        { ...good, equipmentYuan: 1_000 },
      ],
      'NOT_ELIGIBLE',
    ],
    ['there is no item', [], 'NOT_ELIGIBLE'],
    ['an attribute is missing that decides', [{ product: '技改贷', takenOn: '2026-02-01' }], 'UNDETERMINED'],
    ['an attribute is missing and another one refuses', [{ product: '技改贷', takenOn: '2020-02-01' }], 'NOT_ELIGIBLE'],
    ['one may and another one does', [{ product: '技改贷' }, good], 'ELIGIBLE'],
  ])('where %s', (_title, loans, outcome) => {
    expect(decided(RECENT_EQUIPMENT_LOAN, { loans }).outcome).toBe(outcome);
  });

  it('asks for the records where nothing, or not enough, is known of them', () => {
    expect(decided(RECENT_EQUIPMENT_LOAN, {}).outcome).toBe('UNDETERMINED');
    const situation = { facts: { values: { loans: [{ product: '技改贷' }] }, dates: {} }, referenceDate: TODAY };
    expect(missingFacts(criteriaOf(RECENT_EQUIPMENT_LOAN), situation).toBeEligible).toEqual(['loans']);
  });

  it('says what it asks and what is recorded', () => {
    const [result] = decided(RECENT_EQUIPMENT_LOAN, { loans: [good] }).criteria;
    expect(result?.expected).toBe(
      '有一项:贷款品种 技改贷、设备更新贷 之一,购置设备金额 ≥ 5000000元,取得日期 ≥ 2025-11-20 且 ≤ 2026-11-20',
    );
    expect(result?.actual).toBe('技改贷 6000000元 2026-02-01');
  });

  it('is written back as it was read', () => {
    expect(criteriaOf(RECENT_EQUIPMENT_LOAN).map(writeCriterion)).toEqual([RECENT_EQUIPMENT_LOAN]);
  });

  it.each([
    [{ fact: 'loans', op: 'eq', value: [] }, 'WRONG_OPERATOR'],
    [{ fact: 'employees', op: 'has', value: RECENT_EQUIPMENT_LOAN.value }, 'WRONG_OPERATOR'],
    [{ fact: 'loans', op: 'has', value: [] }, 'WRONG_TYPE'],
    [{ fact: 'loans', op: 'has', value: [{ attribute: 'title', op: 'eq', value: 'x' }] }, 'UNKNOWN_FACT'],
    [{ fact: 'loans', op: 'has', value: [{ attribute: 'years', op: 'gte', value: 'many' }] }, 'WRONG_TYPE'],
    [{ fact: 'loans', op: 'has', value: [{ attribute: 'years', op: 'contains', value: 'x' }] }, 'WRONG_OPERATOR'],
    [{ fact: 'loans', year: 2025, op: 'has', value: RECENT_EQUIPMENT_LOAN.value }, 'WRONG_OPERATOR'],
    [{ fact: 'loans.years', op: 'gte', value: 1 }, 'UNKNOWN_FACT'],
    [{ fact: 'employees@2025', op: 'gte', value: 1 }, 'UNKNOWN_FACT'],
  ])('is refused as %j', (raw, code) => {
    expect(readCriteria([raw], 'criteria').problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('that no item can meet is a contradiction', () => {
    const impossible = {
      fact: 'loans',
      op: 'has',
      value: [
        { attribute: 'years', op: 'gte', value: 3 },
        { attribute: 'years', op: 'lt', value: 3 },
      ],
    };
    expect(criteriaProblems(criteriaOf(impossible), TODAY).map(({ code }) => code)).toEqual(['CONTRADICTION']);
    // Two loans can meet what one cannot.
    const [one, other] = impossible.value.map((condition) => ({ ...impossible, value: [condition] }));
    expect(criteriaProblems(criteriaOf(one ?? {}, other ?? {}), TODAY)).toEqual([]);
  });
});

describe('titles as a collection', () => {
  const register = {
    legalForm: null,
    scale: null,
    industryCode: null,
    regionCode: null,
    registeredOn: '2015-01-01',
    status: null,
    honours: [
      { title: '高新技术企业', awardedOn: '2019-11-01', validTo: null, firstTime: true },
      { title: '瞪羚企业', awardedOn: '2026-05-01', validTo: null, firstTime: false },
      { title: '雏鹰企业', awardedOn: '2025-05-01', validTo: '2026-10-01', firstTime: true },
    ],
  };
  const first = (title: string) => ({
    fact: 'titles',
    op: 'has',
    value: [
      { attribute: 'title', op: 'eq', value: title },
      { attribute: 'firstTime', op: 'eq', value: true },
      { attribute: 'awardedOn', op: 'withinLast', value: { count: 2, unit: 'YEARS' } },
    ],
  });

  it('come from the register, each with its recognition, as long as they hold', () => {
    const { facts, problems } = readFacts(factSheet(register, undefined, TODAY));
    expect(problems).toEqual([]);
    const outcomes = ['高新技术企业', '瞪羚企业', '雏鹰企业'].map(
      (title) => evaluate(criteriaOf(first(title)), { facts, referenceDate: TODAY }).outcome,
    );
    // The first was recognised too long ago, the second is renewed, the third has run out.
    expect(outcomes).toEqual(['NOT_ELIGIBLE', 'NOT_ELIGIBLE', 'NOT_ELIGIBLE']);
    const day = '2026-09-30';
    const then = readFacts(factSheet(register, undefined, day)).facts;
    expect(evaluate(criteriaOf(first('雏鹰企业')), { facts: then, referenceDate: day }).outcome).toBe('ELIGIBLE');
  });

  it('make a policy one about the title, as those do that ask for it by name', () => {
    const benefit = { tiers: [] } as never;
    expect(honoursNamed({ criteria: criteriaOf(first('雏鹰企业')), benefit })).toEqual(['雏鹰企业']);
    expect(
      honoursNamed({ criteria: criteriaOf({ fact: 'policiesHad', op: 'contains', value: 'staff' }), benefit }),
    ).toEqual([]);
  });
});

describe('items as they are recorded', () => {
  const record = (values: Record<string, unknown>) => checkFacts({ values, withdraw: [] });

  it('are taken with the attributes that there are, each of its kind', () => {
    expect(
      record({ loans: [good], hires: [{ group: '高校毕业生', people: 3, socialInsured: true }] }).problems,
    ).toEqual([]);
  });

  it.each([
    [[{}]],
    [[{ colour: 'red' }]],
    [[{ takenOn: '2026-02-30' }]],
    [[{ principalYuan: 1e20 }]],
    [[null]],
    [{ product: '技改贷' }],
    [Array.from({ length: 501 }, () => good)],
  ])('are refused as a whole where one is %j', (loans) => {
    const { facts, problems } = record({ loans });
    expect([facts, problems.map(({ path }) => path)]).toEqual([{}, [['values', 'loans']]]);
  });

  it('that cannot be used here are not known, with the reason', () => {
    const { facts } = readFacts({ values: { loans: [{ product: 7 }] }, dates: {} });
    expect(facts.values).toEqual({});
    expect(facts.unusable?.['loans']).toContain('product: 7 must be a text');
  });
});
