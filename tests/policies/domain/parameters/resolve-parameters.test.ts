import fc from 'fast-check';
import { isLegalDay } from '@zhitong/values';
import { awardOf } from '../../../../subgraphs/policies/src/domain/benefit/benefit.js';
import type { Criterion, StatedCriterion } from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { factsOfPolicy } from '../../../../subgraphs/policies/src/domain/policy/facts-of-policy.js';
import { readPolicy, writePolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { matchable } from '../../../../subgraphs/policies/src/domain/matching/match.js';
import { missingFacts } from '../../../../subgraphs/policies/src/domain/evaluation/missing-facts.js';
import { nearestMiss } from '../../../../subgraphs/policies/src/domain/evaluation/nearest-miss.js';
import type { Parameter, Parameters } from '../../../../subgraphs/policies/src/domain/parameters/parameters.js';
import type { PolicyContent } from '../../../../subgraphs/policies/src/domain/policy/policy.js';
import {
  afterRematch,
  matchedAs,
  policiesToRematch,
} from '../../../../subgraphs/policies/src/domain/matching/rematch.js';
import {
  parametersOfPolicy,
  resolvePolicy,
} from '../../../../subgraphs/policies/src/domain/parameters/resolve-parameters.js';
import { wordingOf } from '../../../../subgraphs/policies/src/domain/criteria/wording.js';
import { PARAMETERS } from '../../support/parameters.js';
import { randomCriteria, randomFacts, TODAY } from '../../support/random-criteria.js';

const base = {
  id: 'rebate',
  title_zh: '稳岗返还',
  issuer: '市人社局',
  criteria: [],
  benefit: { kind: 'cash', amount_yuan: 100, text_zh: '' },
};
const layoffs = { fact: 'layoffRatePct', op: 'lte', value: '$targetPct', text_zh: '裁员率不高于控制目标' };
const problems = (change: Record<string, unknown>): string[] =>
  readPolicy({ ...base, ...change }, TODAY, PARAMETERS).problems.map(({ place, code }) => `${place} ${code}`);

function read(change: Record<string, unknown>): PolicyContent {
  const { policy, problems: wrong } = readPolicy({ ...base, ...change }, TODAY, PARAMETERS);
  if (policy === null) throw new Error(JSON.stringify(wrong));
  return policy;
}
const on = (content: PolicyContent, day: string) =>
  matchable(
    { id: content.id, version: 1, criteria: content.criteria, benefit: content.benefit, region: content.region },
    day,
    PARAMETERS,
  );
const explain = (content: PolicyContent, day: string, values: Record<string, FactValue>) =>
  evaluate(on(content, day).criteria, { facts: { values, dates: {} }, referenceDate: day });

describe('a policy that names dated parameters', () => {
  it('asks on each day for the value of that day, and shows it with its name and source', () => {
    const content = read({ criteria: [layoffs] });
    expect(explain(content, '2024-06-30', { layoffRatePct: 5.2 })).toMatchObject({
      outcome: 'ELIGIBLE',
      criteria: [
        {
          expected: '≤ 5.5%',
          text: '裁员率不高于控制目标[调查失业率控制目标 5.5%,依据文件1号]',
          fact: 'layoffRatePct',
          operator: 'LTE',
        },
      ],
    });
    expect(explain(content, '2026-06-30', { layoffRatePct: 5.2 })).toMatchObject({
      outcome: 'NOT_ELIGIBLE',
      criteria: [{ expected: '≤ 5%', text: expect.stringContaining('依据文件2号') as unknown }],
    });
  });

  it('is undetermined on a day for which the parameter has no value, and says so', () => {
    const content = read({ criteria: [layoffs] });
    const { outcome, criteria } = explain(content, '2025-06-30', { layoffRatePct: 0 });
    expect(outcome).toBe('UNDETERMINED');
    expect(criteria).toMatchObject([
      {
        outcome: 'UNKNOWN',
        fact: '$targetPct',
        operator: 'LTE',
        text: '裁员率不高于控制目标[调查失业率控制目标在2025-06-30没有值]',
        expected: '≤ 调查失业率控制目标在2025-06-30没有值',
        actual: null,
      },
    ]);
    const situation = { facts: { values: { layoffRatePct: 0 }, dates: {} }, referenceDate: '2025-06-30' };
    expect(missingFacts(on(content, '2025-06-30').criteria, situation)).toEqual({
      toBeEligible: ['$targetPct'],
      toBeRefused: ['$targetPct'],
      all: ['$targetPct'],
    });
    expect(nearestMiss(on(content, '2025-06-30').criteria, situation)).toEqual([]);
  });

  it('without any parameters known is undetermined, never wrong', () => {
    const { criteria, benefit } = read({ criteria: [layoffs] });
    expect(
      matchable({ id: 'rebate', version: 1, criteria, benefit, region: { code: null } }, TODAY).decide({
        layoffRatePct: 0,
      }),
    ).toBe('UNDETERMINED');
  });

  it('may name one wherever a number or a day stands', () => {
    const content = read({
      criteria: [
        { fact: 'employees', op: 'between', value: ['$leastStaff', 200] },
        {
          anyOf: [
            { not: { fact: 'insuredEmployees', op: 'in', value: [1, '$leastStaff'] } },
            { atLeast: 1, of: [{ fact: 'registeredOn', op: 'wasNotBefore', value: '$firstDay' }] },
          ],
        },
        { fact: 'annualRevenueYuan', op: 'growthGt', value: '$targetPct' },
      ],
    });
    expect(parametersOfPolicy(content)).toEqual(['firstDay', 'leastStaff', 'targetPct']);
    expect(explain(content, TODAY, {}).criteria).toMatchObject([
      { expected: '≥ 10人 且 ≤ 200人' },
      { of: [{ of: [{ expected: '1人、10人 之一' }] }, { of: [{ expected: '≥ 2023-01-01' }] }] },
      { expected: '同比增长 > 5%' },
    ]);
    expect(factsOfPolicy(content)).toEqual([
      'annualRevenuePriorYearYuan',
      'annualRevenueYuan',
      'employees',
      'insuredEmployees',
      'isDeregistered',
      'isLicenceRevoked',
      'registeredOn',
    ]);
    expect(wordingOf(content.criteria[0] ?? never())).toBe('从业人数 介于 $leastStaff、200');
  });

  it('may name one in a formula, which gives no amount on a day without a value', () => {
    const content = read({
      benefit: { kind: 'cash', formula: 'min(insuredEmployees, 3) * $minimumWage', text_zh: '' },
    });
    const award = (day: string) =>
      awardOf(on(content, day).benefit, { facts: { values: { insuredEmployees: 2 }, dates: {} }, referenceDate: day });
    expect(award(TODAY)).toMatchObject({ known: true, fen: 402_100 });
    expect(award('2025-12-31')).toEqual({ known: false, reason: 'MISSING_FACTS', missing: ['$minimumWage'] });
  });

  it('gives no amount where a value that was recorded since makes the formula divide by zero', () => {
    const { criteria, benefit } = read({ benefit: { kind: 'cash', formula: '1000 / $leastStaff', text_zh: '' } });
    const leastStaff = PARAMETERS.get('leastStaff') ?? never();
    const nought = new Map([
      ['leastStaff', { ...leastStaff, values: leastStaff.values.map((value) => ({ ...value, value: 0 })) }],
    ]);
    const ready = matchable({ id: 'rebate', version: 1, criteria, benefit, region: { code: null } }, TODAY, nought);
    expect(awardOf(ready.benefit, { facts: { values: {}, dates: {} }, referenceDate: TODAY })).toEqual({
      known: false,
      reason: 'DIVISION_BY_ZERO',
      missing: [],
    });
  });

  it('becomes undetermined where two values exclude each other', () => {
    const content = read({
      criteria: [{ fact: 'employees', op: 'between', value: ['$leastStaff', '$mostStaff'] }],
      valid_to: '2026-06-30',
    });
    expect(explain(content, '2026-06-30', { employees: 20 }).outcome).toBe('ELIGIBLE');
    expect(explain(content, '2026-07-01', { employees: 20 }).outcome).toBe('UNDETERMINED');
  });

  it('is written to a file as it was read, with the names', () => {
    const content = read({
      criteria: [{ anyOf: [layoffs, { fact: 'employees', op: 'between', value: [1, '$mostStaff'] }] }],
      benefit: { kind: 'cash', tiers: [{ when: [layoffs], formula: '2 * $minimumWage' }] },
    });
    const written = writePolicy(content);
    expect(JSON.stringify(written)).toContain('"value":[1,"$mostStaff"]');
    expect(readPolicy(JSON.parse(JSON.stringify(written)), TODAY, PARAMETERS)).toEqual({
      policy: content,
      problems: [],
    });
  });

  it('costs nothing where it names none: its criteria are the same', () => {
    const content = read({ criteria: [{ fact: 'employees', op: 'gte', value: 1 }] });
    expect(resolvePolicy(content, PARAMETERS, TODAY)).toEqual({
      criteria: content.criteria,
      benefit: content.benefit,
      parameters: '',
    });
  });
});
const never = (): never => {
  throw new Error('no criterion');
};

describe('a random policy', () => {
  /** The same criteria with a parameter in place of each number and day, and what those stand for. */
  function stated(criteria: readonly Criterion[]): {
    readonly criteria: readonly StatedCriterion[];
    readonly parameters: Parameters;
  } {
    const parameters = new Map<string, Parameter>();
    const name = (value: number | string): string => {
      const own = `p${String(parameters.size)}`;
      parameters.set(own, {
        name: own,
        label: own,
        meaning: '',
        unit: '',
        type: 'NUMBER',
        values: [{ revision: 1, from: TODAY, until: TODAY, value, source: '', corrects: null }],
      });
      return `$${own}`;
    };
    const named = (value: unknown): value is number | string => typeof value === 'number' || isLegalDay(value);
    const state = (criterion: Criterion): StatedCriterion => {
      if (criterion.kind !== 'test')
        return criterion.kind === 'not'
          ? { ...criterion, of: state(criterion.of) }
          : { ...criterion, of: criterion.of.map(state) };
      const { fact, operator, text, value } = criterion;
      if (named(value)) return { kind: 'parameterTest', fact, operator, text, value: name(value) };
      return Array.isArray(value) && value.every(named)
        ? { kind: 'parameterTest', fact, operator, text, value: value.map(name) }
        : criterion;
    };
    return { criteria: criteria.map(state), parameters };
  }

  it('decides with parameters as it does with their values written out, and is never decided by a value that is not there', () => {
    fc.assert(
      fc.property(randomCriteria, randomFacts, (criteria, facts) => {
        const withNames = stated(criteria);
        const resolved = (day: string) =>
          resolvePolicy({ criteria: withNames.criteria, benefit: read({}).benefit }, withNames.parameters, day)
            .criteria;
        const situation = { facts, referenceDate: TODAY };
        expect(evaluate(resolved(TODAY), situation).outcome).toBe(evaluate(criteria, situation).outcome);
        const without = evaluate(resolved('2000-01-01'), situation).outcome;
        if (without !== 'UNDETERMINED') expect(without).toBe(evaluate(criteria, situation).outcome);
      }),
    );
  });
});

describe('saving a policy that names dated parameters', () => {
  it.each([
    [
      'an unknown one',
      { criteria: [{ anyOf: [{ fact: 'layoffRatePct', op: 'lte', value: '$target' }] }] },
      'criteria[0].anyOf[0].value UNKNOWN_PARAMETER',
    ],
    [
      'an inherited name',
      { criteria: [{ fact: 'layoffRatePct', op: 'lte', value: '$constructor' }] },
      'criteria[0].value UNKNOWN_PARAMETER',
    ],
    [
      'one in another unit',
      { criteria: [{ fact: 'laborContractYears', op: 'lte', value: '$targetPct' }] },
      'criteria[0].value WRONG_TYPE',
    ],
    [
      'one of another kind',
      { criteria: [{ not: { fact: 'employees', op: 'gte', value: '$minimumWage' } }] },
      'criteria[0].not[0].value WRONG_TYPE',
    ],
    [
      'a number for a day',
      { criteria: [{ fact: 'registeredOn', op: 'gte', value: '$leastStaff' }] },
      'criteria[0].value WRONG_TYPE',
    ],
    [
      'one in a list of text',
      { criteria: [{ fact: 'scale', op: 'in', value: ['small', '$leastStaff'] }] },
      'criteria[0].value UNKNOWN_PARAMETER',
    ],
    [
      'one twice in a list',
      { criteria: [{ fact: 'employees', op: 'in', value: ['$leastStaff', '$leastStaff'] }] },
      'criteria[0].value DUPLICATE',
    ],
    [
      'one beside a value of another kind',
      { criteria: [{ fact: 'employees', op: 'between', value: ['$leastStaff', 'many'] }] },
      'criteria[0].value WRONG_TYPE',
    ],
    [
      'a pair of three',
      { criteria: [{ fact: 'employees', op: 'between', value: ['$leastStaff', 1, 2] }] },
      'criteria[0].value WRONG_TYPE',
    ],
    [
      'a list for one value',
      { criteria: [{ fact: 'employees', op: 'gte', value: ['$leastStaff'] }] },
      'criteria[0].value WRONG_TYPE',
    ],
    [
      'growth that nobody records',
      { criteria: [{ fact: 'layoffRatePct', op: 'growthGte', value: '$targetPct' }] },
      'criteria[0].op WRONG_OPERATOR',
    ],
    [
      'an unknown one in a formula',
      { benefit: { kind: 'cash', formula: '2 * $nothing' } },
      'benefit.formula UNKNOWN_PARAMETER',
    ],
    [
      'a day in a formula',
      { benefit: { kind: 'cash', tiers: [{ when: [], formula: '2 * $firstDay' }] } },
      'benefit.tiers[0].formula WRONG_TYPE',
    ],
    [
      'one without a value while the policy applies',
      { criteria: [{ allOf: [layoffs] }], valid_from: '2025-01-01', valid_to: '2025-12-31' },
      'criteria[0].allOf[0].value PARAMETER_WITHOUT_VALUE',
    ],
    [
      'one without a value in what is excluded',
      { criteria: [{ not: layoffs }], valid_from: '2025-01-01', valid_to: '2025-12-31' },
      'criteria[0].not[0].value PARAMETER_WITHOUT_VALUE',
    ],
    [
      'one without a value in a row of the table',
      { benefit: { kind: 'cash', tiers: [{ when: [layoffs], amount_yuan: 1 }] }, valid_from: '2027-01-01' },
      'benefit.tiers[0].when[0].value PARAMETER_WITHOUT_VALUE',
    ],
    [
      'a contradiction under one of its values',
      {
        criteria: [
          { fact: 'employees', op: 'lte', value: '$mostStaff' },
          { fact: 'employees', op: 'gte', value: 6 },
        ],
        valid_from: '2026-01-01',
      },
      'criteria CONTRADICTION',
    ],
    [
      'a formula too long with its numbers',
      { benefit: { kind: 'cash', formula: `0${'+$minimumWage'.repeat(60)}` } },
      'benefit.formula TOO_LARGE',
    ],
  ])('refuses %s, with the place', (_what, change, expected) => {
    expect(problems(change)).toEqual([expected]);
  });

  it('says for which days the parameter has values', () => {
    const { problems: found } = readPolicy(
      { ...base, criteria: [layoffs], valid_from: '2025-01-01', valid_to: '2025-12-31' },
      TODAY,
      PARAMETERS,
    );
    expect(found[0]?.message).toBe(
      "$targetPct has no value for any day of the policy's window (2025-01-01 – 2025-12-31); it has values for 2024-01-01 – 2024-12-31, 2026-01-01 – 2026-12-31.",
    );
  });

  it('takes text that begins with a dollar sign as that text', () => {
    expect(problems({ criteria: [{ fact: 'loanProduct', op: 'eq', value: '$targetPct' }] })).toEqual([]);
  });
});

describe('stored matches of a policy that names dated parameters', () => {
  const content = read({ criteria: [layoffs] });
  const [thisYear, nextYear] = [on(content, '2026-12-31'), on(content, '2027-01-01')];
  const matched = { policies: [matchedAs(thisYear)], referenceDate: '2026-12-31' };

  it('are out of date once the value that they were made with counts no more', () => {
    expect(policiesToRematch(matched, [thisYear], '2026-12-31')).toEqual([]);
    expect(policiesToRematch(matched, [nextYear], '2027-01-01')).toEqual(['rebate']);
    const after = afterRematch(matched, new Set(['rebate']), [nextYear], '2027-01-01');
    expect(policiesToRematch(after, [nextYear], '2027-01-01')).toEqual([]);
  });

  it('of a policy without parameters are told by id and version alone', () => {
    expect(matchedAs(on(read({ criteria: [{ fact: 'employees', op: 'gte', value: 1 }] }), TODAY))).toEqual({
      id: 'rebate',
      version: 1,
    });
  });
});
