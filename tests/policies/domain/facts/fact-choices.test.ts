import { choicesOf } from '../../../../subgraphs/policies/src/domain/facts/fact-choices.js';
import { allFacts, attributesOf, factDefinition } from '../../../../subgraphs/policies/src/domain/facts/facts.js';

describe('the values of a closed list', () => {
  it('are called by Chinese words, those of policy files in English too, but for grades', () => {
    const all = allFacts().flatMap((fact) => [fact, ...attributesOf(fact.name)]);
    const latin = all.flatMap(choicesOf).filter(({ label }) => !/^\p{Script=Han}/u.test(label));
    expect(latin.map(({ label }) => label)).toEqual(['A', 'B', 'M', 'C', 'D']);
    const scale = factDefinition('scale');
    expect(scale === null ? [] : choicesOf(scale)).toContainEqual({ value: 'micro', label: '微型' });
  });

  it('are not the examples that a text or a list of titles has', () => {
    const honours = factDefinition('honours');
    expect(honours?.values.length).toBeGreaterThan(0);
    expect(honours === null ? [] : choicesOf(honours)).toEqual([]);
  });
});
