import fc from 'fast-check';
import type { Criterion, Test } from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import {
  toMongoFilter,
  type MongoFilter,
} from '../../../../subgraphs/policies/src/domain/evaluation/to-mongo-filter.js';
import { finds } from '../../support/mongo-query.js';
import { randomCriteria, randomFacts, TODAY } from '../../support/random-criteria.js';

const test = (fact: string, operator: Test['operator'], value: unknown): Criterion =>
  ({ kind: 'test', fact, operator, value, text: '' }) as Criterion;

function found(criteria: readonly Criterion[], values: Parameters<ReturnType<typeof finds>>[0]): string {
  return Object.entries<MongoFilter>({ ...toMongoFilter(criteria, TODAY) })
    .filter(([, filter]) => finds(filter)(values))
    .map(([name]) => name)
    .join();
}

const SAID = { ELIGIBLE: 'eligible', NOT_ELIGIBLE: 'notEligible', UNDETERMINED: 'undetermined' } as const;

describe('the filters for the database', () => {
  it('find everybody where nothing is asked', () => {
    expect([found([], {}), found([], { scale: 'small' })]).toEqual(['eligible', 'eligible']);
  });

  it.each<[Test['operator'], unknown, readonly [string, string, string]]>([
    ['GTE', 12, ['notEligible', 'eligible', 'eligible']],
    ['GT', 12, ['notEligible', 'notEligible', 'eligible']],
    ['LTE', 12, ['eligible', 'eligible', 'notEligible']],
    ['LT', 12, ['eligible', 'notEligible', 'notEligible']],
    ['BETWEEN', [12, 12], ['notEligible', 'eligible', 'notEligible']],
    ['EQ', 12, ['notEligible', 'eligible', 'notEligible']],
    ['NE', 12, ['eligible', 'notEligible', 'eligible']],
    ['IN', [11, 13], ['eligible', 'notEligible', 'eligible']],
    ['NIN', [11, 13], ['notEligible', 'eligible', 'notEligible']],
    ['EXISTS', true, ['eligible', 'eligible', 'eligible']],
  ])(
    'insuredEmployees %s %j finds 11, 12 and 13 rightly, and is open without the figure',
    (operator, value, expected) => {
      const criteria = [test('insuredEmployees', operator, value)];
      expect([11, 12, 13].map((insuredEmployees) => found(criteria, { insuredEmployees }))).toEqual(expected);
      expect(found(criteria, {})).toBe('undetermined');
    },
  );

  it.each<[string, unknown, Parameters<typeof found>[1], string]>([
    ['CONTAINS', '瞪羚企业', { honours: ['雏鹰企业', '瞪羚企业'] }, 'eligible'],
    ['CONTAINS', '瞪羚企业', { honours: ['雏鹰企业'] }, 'notEligible'],
    ['CONTAINS', '瞪羚企业', { honours: [] }, 'notEligible'],
    ['CONTAINS_ANY', ['瞪羚企业', '雏鹰企业'], { honours: ['雏鹰企业'] }, 'eligible'],
    ['CONTAINS_ANY', ['瞪羚企业', '雏鹰企业'], {}, 'undetermined'],
    ['EXISTS', true, { honours: ['雏鹰企业'] }, 'eligible'],
    ['EXISTS', true, { honours: [] }, 'notEligible'],
    ['EXISTS', true, {}, 'undetermined'],
  ])('honours %s %j over %j: %s', (operator, value, facts, expected) => {
    expect(found([test('honours', operator as Test['operator'], value)], facts)).toBe(expected);
  });

  it.each<[string, string, Parameters<typeof found>[1], string]>([
    ['industryCode', 'C13', { industryCode: 'C1330' }, 'eligible'],
    ['industryCode', 'C13', { industryCode: 'C1' }, 'notEligible'],
    ['industryCode', 'C13', {}, 'undetermined'],
    ['registeredRegion', '421200', { registeredRegion: '421281' }, 'eligible'],
    ['registeredRegion', '421200', { registeredRegion: '420000' }, 'notEligible'],
    ['registeredRegion', 'CN', { registeredRegion: '440300' }, 'eligible'],
    ['registeredRegion', 'CN', {}, 'undetermined'],
  ])('%s under %s over %j: %s', (fact, code, facts, expected) => {
    expect(found([test(fact, 'UNDER', code)], facts)).toBe(expected);
  });

  it.each<[string, number, number | null, number | null, string]>([
    ['GROWTH_GTE', 10, 110, 100, 'eligible'],
    ['GROWTH_GT', 10, 110, 100, 'notEligible'],
    ['GROWTH_GT', 10, 110.01, 100, 'eligible'],
    ['GROWTH_GTE', 10, 109.99, 100, 'notEligible'],
    ['GROWTH_GTE', 5.5, 105.5, 100, 'eligible'],
    ['GROWTH_GTE', 0, 5, 0, 'notEligible'],
    ['GROWTH_GTE', 0, 5, -1, 'notEligible'],
    ['GROWTH_GTE', 0, null, 100, 'undetermined'],
    ['GROWTH_GTE', 0, 100, null, 'undetermined'],
  ])('%s %s per cent of %s over %s: %s, exact to the fen', (operator, percent, now, before, expected) => {
    const facts = {
      ...(now === null ? {} : { annualRevenueYuan: now }),
      ...(before === null ? {} : { annualRevenuePriorYearYuan: before }),
    };
    expect(found([test('annualRevenueYuan', operator as Test['operator'], percent)], facts)).toBe(expected);
  });

  it('spell out "at least two of three" so that it is refused as soon as two fail', () => {
    const criterion: Criterion = {
      kind: 'atLeast',
      count: 2,
      of: [test('scale', 'EQ', 'small'), test('insuredEmployees', 'GTE', 10), test('dishonestyRecord', 'EQ', false)],
      text: '',
    };
    expect(found([criterion], { scale: 'small', insuredEmployees: 10 })).toBe('eligible');
    expect(found([criterion], { scale: 'large', insuredEmployees: 9 })).toBe('notEligible');
    expect(found([criterion], { scale: 'small', insuredEmployees: 9 })).toBe('undetermined');
    expect(found([criterion], { scale: 'small', insuredEmployees: 9, dishonestyRecord: true })).toBe('notEligible');
  });

  it('find each enterprise once, as the interpreter decides', () => {
    fc.assert(
      fc.property(randomCriteria, fc.array(randomFacts, { minLength: 1, maxLength: 10 }), (criteria, city) => {
        const filters = Object.entries<MongoFilter>({ ...toMongoFilter(criteria, TODAY) }).map(([name, filter]) => ({
          name,
          decide: finds(filter),
        }));
        for (const facts of city) {
          const names = filters.filter(({ decide }) => decide(facts.values)).map(({ name }) => name);
          expect(names).toEqual([SAID[evaluate(criteria, { facts, referenceDate: TODAY }).outcome]]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
