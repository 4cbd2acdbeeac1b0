// Our criteria in the words of json-rules-engine: nested all/any of conditions with operators of our own that return
// "no" for a missing fact. A negation is pushed down to the tests, so that a missing fact does not become "yes" by it;
// that is what two values can express of "eligible".
import { Engine } from 'json-rules-engine';
import { checkOf } from '../../subgraphs/policies/dist/domain/criteria/check.js';
import { membersOf, testsOf } from '../../subgraphs/policies/dist/domain/criteria/criteria.js';

const aboveLow = (value, low) => low === null || value > low.value || (low.inclusive && value === low.value);
const belowHigh = (value, high) => high === null || value < high.value || (high.inclusive && value === high.value);

/** Each kind of check on a value that is known. */
const HOLDS = {
  oneOf: (value, { values, negated }) => values.includes(value) !== negated,
  range: (value, { low, high }) => aboveLow(value, low) && belowHigh(value, high),
  prefix: (value, { prefix }) => value.startsWith(prefix),
  titles: (value, { anyOf }) => anyOf.some((title) => value.includes(title)),
  present: (value) => !Array.isArray(value) || value.length > 0,
};

/** True when every test of the criteria can be said in one comparison of one fact; growth over two facts cannot. */
export const isExpressible = (criteria, day) => testsOf(criteria).every((test) => checkOf(test, day).kind in HOLDS);

/** An engine with one rule for each policy. */
export function rulesEngine(policies) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const [kind, holds] of Object.entries(HOLDS)) {
    engine.addOperator(kind, (value, { check }) => value !== undefined && holds(value, check));
    engine.addOperator(`${kind}Not`, (value, { check }) => value !== undefined && !holds(value, check));
  }
  for (const { id, criteria, referenceDate } of policies) {
    engine.addRule({
      conditions: { all: criteria.map((criterion) => condition(criterion, referenceDate, true)) },
      event: { type: id },
    });
  }
  return engine;
}

function condition(criterion, day, met) {
  switch (criterion.kind) {
    case 'test': {
      const check = checkOf(criterion, day);
      // Wrapped, because the engine takes a value that has a `fact` for another fact.
      return { fact: check.fact, operator: met ? check.kind : `${check.kind}Not`, value: { check } };
    }
    case 'not':
      return condition(criterion.of, day, !met);
    case 'all':
    case 'any': {
      const members = membersOf(criterion).map((member) => condition(member, day, met));
      return (criterion.kind === 'all') === met ? { all: members } : { any: members };
    }
    case 'atLeast': {
      const members = membersOf(criterion).map((member) => condition(member, day, met));
      const needed = met ? criterion.count : members.length - criterion.count + 1;
      return { any: choices(members, needed).map((all) => ({ all })) };
    }
  }
}

function choices(items, count) {
  if (count === 0) return [[]];
  return items.flatMap((item, index) => choices(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]));
}
