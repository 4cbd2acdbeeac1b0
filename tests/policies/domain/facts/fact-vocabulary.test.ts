import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  allFacts,
  factDefinition,
  isNumeric,
  prefixUnder,
  type FactDefinition,
} from '../../../../subgraphs/policies/src/domain/facts/facts.js';

/**
 * The vocabulary as other departments and stored policies were told it: they hold these names, officials read these
 * words.
 */
const [head = '', ...recorded] = readFileSync(
  fileURLToPath(new URL('../../support/vocabulary.tsv', import.meta.url)),
  'utf8',
)
  .trimEnd()
  .split('\n');

const lineOf = ({
  name,
  type,
  unit,
  label,
  meaning,
  source,
  values,
  hierarchy,
  priorYear,
  since,
}: FactDefinition): string =>
  [name, type, unit, label, meaning, source, values.join('、'), hierarchy, priorYear, since]
    .map((cell) => (cell === '' || cell === null ? '-' : cell))
    .join('\t');

describe('the vocabulary of facts', () => {
  it('is the one that was published, in names, kinds, units, words and authorities', () => {
    expect(head.split('\t')).toEqual([
      'name',
      'type',
      'unit',
      'label',
      'meaning',
      'source',
      'values',
      'hierarchy',
      'priorYear',
      'since',
    ]);
    expect(allFacts().map(lineOf)).toEqual(recorded);
  });

  it('has each name once, numbered from 0 in its order', () => {
    expect(new Set(allFacts().map(({ name }) => name)).size).toBe(recorded.length);
    expect(allFacts().map(({ number }) => number)).toEqual(recorded.map((_, at) => at));
    expect(allFacts().every((fact) => factDefinition(fact.name) === fact)).toBe(true);
  });

  it('knows no other names, those of every object among them', () => {
    for (const name of ['madeUp', 'constructor', '__proto__', 'Employees', ''])
      expect([name, factDefinition(name)]).toEqual([name, null]);
  });

  it('asks for growth only between two numbers of one unit, and "was not before" only of a day', () => {
    for (const { unit, type, priorYear, since } of allFacts()) {
      if (priorYear !== null) expect(factDefinition(priorYear)).toMatchObject({ unit, type });
      if (since !== null) expect([type, factDefinition(since)?.type]).toEqual(['BOOLEAN', 'DATE']);
    }
    expect(allFacts().filter(({ priorYear }) => priorYear !== null)).toHaveLength(5);
  });

  it('takes three kinds for numbers', () => {
    const types = ['BOOLEAN', 'INTEGER', 'NUMBER', 'MONEY', 'DATE', 'ENUM', 'TEXT', 'CODE', 'TITLES'] as const;
    expect(types.filter(isNumeric)).toEqual(['INTEGER', 'NUMBER', 'MONEY']);
  });
});

describe('what lies under a code', () => {
  it.each([
    ['C13', 'INDUSTRY', 'C13'],
    ['C1300', 'INDUSTRY', 'C1300'],
    ['CN', 'INDUSTRY', 'CN'],
    ['CN', 'REGION', ''],
    ['420000', 'REGION', '42'],
    ['421200', 'REGION', '4212'],
    ['421281', 'REGION', '421281'],
    ['420102', 'REGION', '420102'],
    ['110000', 'REGION', '11'],
    ['421281001000', 'REGION', '4212810010'],
    ['420012', 'REGION', '420012'],
  ] as const)('%s among %s begins with "%s"', (code, hierarchy, prefix) => {
    expect(prefixUnder(code, hierarchy)).toBe(prefix);
  });
});
