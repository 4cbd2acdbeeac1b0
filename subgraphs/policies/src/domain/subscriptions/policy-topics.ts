import { membersOf, type StatedCriterion, type Test } from '../criteria/criteria.js';
import { factDefinition, type FactDefinition } from '../facts/facts.js';
import type { PolicyContent } from '../policy/policy.js';
import { keysOfCode, keysOfTopic, type Topic } from './topic.js';

type Named = Pick<PolicyContent, 'criteria' | 'benefit' | 'region' | 'issuerCode'>;

const REFUSING: ReadonlySet<string> = new Set(['NE', 'NIN']);

/**
 * Tests that ask for what they name (or, for `wanted` false, that refuse it): a "not" turns the sense of everything in
 * it. Dated parameters are numbers and days, which are no topics.
 */
function testsThat(wanted: boolean, criteria: readonly StatedCriterion[]): Test[] {
  return criteria.flatMap((criterion) => {
    if (criterion.kind === 'parameterTest') return [];
    if (criterion.kind !== 'test') return testsThat(criterion.kind === 'not' ? !wanted : wanted, membersOf(criterion));
    return REFUSING.has(criterion.operator) === wanted ? [] : [criterion];
  });
}

const textsOf = ({ value }: Test): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

const ofFacts = (tests: readonly Test[], wanted: (fact: FactDefinition) => boolean): string[] => {
  const named = tests.filter(({ fact }) => {
    const definition = factDefinition(fact);
    return definition !== null && wanted(definition);
  });
  return [...new Set(named.flatMap(textsOf))].sort();
};

/** Criteria of the whole policy and of each row of its benefit table. */
const allCriteria = ({ criteria, benefit }: Pick<Named, 'criteria' | 'benefit'>): readonly StatedCriterion[] => [
  ...criteria,
  ...benefit.tiers.flatMap(({ when }) => when),
];

/** Codes of GB/T 4754 that a policy asks for. */
export const industriesNamed = (policy: Pick<Named, 'criteria' | 'benefit'>): string[] =>
  ofFacts(testsThat(true, allCriteria(policy)), ({ hierarchy }) => hierarchy === 'INDUSTRY');

/** Titles that a policy asks for or pays by. */
export const honoursNamed = (policy: Pick<Named, 'criteria' | 'benefit'>): string[] =>
  ofFacts(
    testsThat(true, allCriteria(policy)).flatMap((test) => (test.operator === 'HAS' ? test.value : [test])),
    ({ name, type, isAskedByName }) => (type === 'TITLES' && !isAskedByName) || name === 'titles.title',
  );

/**
 * Regions of GB/T 2260 that a policy is for: where registration is asked, those; else the one that it applies to. The
 * whole country is none.
 */
export function regionsNamed(policy: Named): string[] {
  const asked = ofFacts(testsThat(true, policy.criteria), ({ hierarchy }) => hierarchy === 'REGION');
  const applies = policy.region.code === null ? [] : [policy.region.code];
  return (asked.length > 0 ? asked : applies).filter((code) => code !== 'CN');
}

/**
 * True when a policy refuses the whole of an industry, whatever else an enterprise is: not in K70, and K7010 is asked
 * about.
 */
export function refusesIndustry({ criteria }: Pick<Named, 'criteria'>, industry: string): boolean {
  const refused = ofFacts(testsThat(false, criteria.flatMap(alwaysAsked)), ({ hierarchy }) => hierarchy === 'INDUSTRY');
  return refused.some((code) => industry.startsWith(code));
}

/**
 * The criteria that must hold themselves: members of "all" groups, not one of several ways. A "not" of a test stays.
 */
function alwaysAsked(criterion: StatedCriterion): StatedCriterion[] {
  if (criterion.kind === 'all') return criterion.of.flatMap(alwaysAsked);
  return criterion.kind === 'test' || (criterion.kind === 'not' && criterion.of.kind === 'test') ? [criterion] : [];
}

/**
 * Keys of all topics that a policy touches, words apart. It touches an industry, a district or a title that it names,
 * with the codes above and under it; one that names no industry touches none, however many enterprises it is open to.
 */
export function touchedKeys(policy: Named): string[] {
  const keys = [
    ...industriesNamed(policy).flatMap((code) => keysOfCode('INDUSTRY', code)),
    ...regionsNamed(policy).flatMap((code) => keysOfCode('DISTRICT', code)),
    ...honoursNamed(policy).map((title) => `HONOUR=${title}`),
    `BENEFIT=${policy.benefit.kind.toUpperCase()}`,
    ...(policy.issuerCode === null ? [] : [`ISSUER=${policy.issuerCode}`]),
  ];
  return [...new Set(keys)].sort();
}

/** Makes a test of one policy: does it touch a topic? `holds` returns whether its text holds words. */
export function topicTest(policy: Named, holds: (words: string) => boolean): (topic: Topic) => boolean {
  const touched = new Set(touchedKeys(policy));
  return (topic) => (topic.kind === 'WORDS' ? holds(topic.value) : keysOfTopic(topic).some((key) => touched.has(key)));
}
