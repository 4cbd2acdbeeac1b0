import fc from 'fast-check';
import { checkOf, factsOfCheck } from '../../../../subgraphs/policies/src/domain/criteria/check.js';
import { membersOf, type Criterion } from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { outcomeOfOne, type Situation } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { missingFacts } from '../../../../subgraphs/policies/src/domain/evaluation/missing-facts.js';
import { readCriteria } from '../../../../subgraphs/policies/src/domain/criteria/read-criteria.js';
import { randomCriteria, randomFacts, TODAY } from '../../support/random-criteria.js';

/** True when the criterion can come out as wanted once the facts of `told` are known, each test by itself. */
function can(criterion: Criterion, wanted: boolean, told: ReadonlySet<string>, situation: Situation): boolean {
  if (criterion.kind === 'test') {
    const outcome = outcomeOfOne(criterion, situation);
    if (outcome !== 'UNKNOWN') return (outcome === 'MET') === wanted;
    const check = checkOf(criterion, situation.referenceDate);
    if (!wanted && criterion.operator === 'EXISTS' && criterion.fact !== 'honours') return false;
    return factsOfCheck(check).every((fact) => fact in situation.facts.values || told.has(fact));
  }
  if (criterion.kind === 'not') return can(criterion.of, !wanted, told, situation);
  const members = membersOf(criterion);
  const able = members.filter((member) => can(member, wanted, told, situation)).length;
  const needed = { all: members.length, any: 1, atLeast: criterion.kind === 'atLeast' ? criterion.count : 0 }[
    criterion.kind
  ];
  return able >= (wanted ? needed : members.length - needed + 1);
}

/** Every set of some facts, smallest first. */
function setsOf(facts: readonly string[]): ReadonlySet<string>[] {
  const sets = facts.reduce<string[][]>((found, fact) => [...found, ...found.map((set) => [...set, fact])], [[]]);
  return sets.sort((one, other) => one.length - other.length).map((set) => new Set(set));
}

describe('the fewest facts to ask for', () => {
  it('are as few as trying out every set of facts finds, and are enough', () => {
    fc.assert(
      fc.property(randomCriteria, randomFacts, (criteria, facts) => {
        const situation = { facts, referenceDate: TODAY };
        const root: Criterion = { kind: 'all', of: criteria, text: '' };
        fc.pre(outcomeOfOne(root, situation) === 'UNKNOWN');
        const missing = missingFacts(criteria, situation);
        for (const [found, wanted] of [
          [missing.toBeEligible, true],
          [missing.toBeRefused, false],
        ] as const) {
          const fewest = setsOf(missing.all).find((told) => can(root, wanted, told, situation));
          expect(found).toHaveLength(fewest?.size ?? 0);
          expect(can(root, wanted, new Set(found), situation)).toBe(fewest !== undefined);
          expect(found).toEqual([...new Set(found)].sort());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('come from the cheapest members of an "at least n of" group', () => {
    const { criteria } = readCriteria(
      [
        {
          atLeast: 2,
          of: [
            {
              allOf: [
                { fact: 'employees', op: 'gte', value: 1 },
                { fact: 'scale', op: 'eq', value: 'small' },
              ],
            },
            { fact: 'layoffRatePct', op: 'lte', value: 5 },
            { fact: 'honours', op: 'exists' },
          ],
        },
      ],
      'criteria',
    );
    const none = { facts: { values: {}, dates: {} }, referenceDate: TODAY };
    expect(missingFacts(criteria, none)).toMatchObject({
      toBeEligible: ['honours', 'layoffRatePct'],
      all: ['employees', 'honours', 'layoffRatePct', 'scale'],
    });
    const withRate = { facts: { values: { layoffRatePct: 9 }, dates: {} }, referenceDate: TODAY };
    expect(missingFacts(criteria, withRate)).toMatchObject({
      toBeEligible: ['employees', 'honours', 'scale'],
      all: ['employees', 'honours', 'scale'],
    });
    expect([none, withRate].map((situation) => missingFacts(criteria, situation).toBeRefused.length)).toEqual([2, 1]);
  });

  it('are none once the match is decided', () => {
    const { criteria } = readCriteria([{ fact: 'employees', op: 'gte', value: 1 }], 'criteria');
    const nothing = { toBeEligible: [], toBeRefused: [], all: [] };
    expect(
      [0, 1].map((employees) =>
        missingFacts(criteria, { facts: { values: { employees }, dates: {} }, referenceDate: TODAY }),
      ),
    ).toEqual([nothing, nothing]);
  });
});
