import {
  COLLECTIONS,
  recordedFacts,
  type FactKind,
  type FactValue,
} from '../../subgraphs/enterprises/src/domain/fact-vocabulary.js';
import { limitOf } from '../../subgraphs/enterprises/src/domain/fact-limits.js';
import { factSheet, priorYearFacts, type RegisterFacts } from '../../subgraphs/enterprises/src/domain/fact-sheet.js';
import {
  allFacts,
  attributeName,
  attributeOf,
  attributesOf,
  factDefinition,
  type FactType,
} from '../../subgraphs/policies/src/domain/facts/facts.js';
import { wrongValue } from '../../subgraphs/policies/src/domain/facts/fact-values.js';
import { hasYears } from '../../subgraphs/policies/src/domain/facts/year-facts.js';
import { HAD_BEFORE, POLICIES_HAD } from '../../subgraphs/policies/src/domain/policy/had-before.js';
import { CREDIT_FACTS } from '../../subgraphs/policies/src/domain/matching/match.js';

/**
 * The vocabulary of facts stands twice, for neither department may import the other: the registry says what can be
 * recorded, policies what can be asked. A name that only one of them knows is a fact that is lost on its way, without
 * any error.
 */

/** What policies may take a recorded kind for. */
const TYPES: Readonly<Record<FactKind, readonly FactType[]>> = {
  money: ['MONEY'],
  number: ['NUMBER'],
  integer: ['INTEGER'],
  boolean: ['BOOLEAN'],
  text: ['TEXT', 'ENUM'],
  texts: ['TITLES'],
  date: ['DATE'],
  records: ['RECORDS'],
};

const REGISTER: RegisterFacts = {
  legalForm: 'LIMITED_COMPANY',
  scale: 'SMALL',
  industryCode: 'C1330',
  regionCode: '421281',
  registeredOn: '2019-04-01',
  status: 'ACTIVE',
  honours: [{ title: '高新技术企业', validTo: null, firstTime: true, awardedOn: '2024-11-01' }],
};
const recorded = new Map(recordedFacts());
const SAMPLE: Readonly<Record<FactKind, FactValue>> = {
  money: 100,
  number: 1.5,
  integer: 3,
  boolean: true,
  text: 'A',
  texts: ['A'],
  date: '2025-01-01',
  records: [],
};
const everything = Object.fromEntries([...recorded].map(([name, kind]) => [name, SAMPLE[kind]]));
const sheet = factSheet(
  REGISTER,
  { asOf: '2025-12-31', values: everything, prior: priorYearFacts(everything) },
  '2026-11-22',
);
/** What the registry adds to the recorded facts when it makes a sheet. */
const derived = Object.entries(sheet.values).filter(([name]) => !recorded.has(name));

describe('the vocabulary of facts, as the registry records it and policies ask for it', () => {
  it('has each recorded fact in both, of the same kind', () => {
    expect([...recorded].filter(([name, kind]) => !TYPES[kind].includes(factDefinition(name)?.type ?? 'CODE'))).toEqual(
      [],
    );
  });

  it('has the same attributes in every collection that is recorded, of the same kinds', () => {
    const asked = (collection: string) => attributesOf(collection).map(({ name, type }) => [attributeName(name), type]);
    for (const [collection, attributes] of Object.entries(COLLECTIONS))
      expect(asked(collection).sort()).toEqual(
        Object.entries(attributes)
          .map(([name, kind]) => [name, TYPES[kind][0]])
          .sort(),
      );
    const { titles } = sheet.values;
    const [title] = Array.isArray(titles) ? (titles as readonly object[]) : [];
    expect(asked('titles').map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(title ?? { none: 0 })));
  });

  it('has the same closed lists of values in both', () => {
    const lists = allFacts()
      .filter(({ type, name }) => type === 'ENUM' && recorded.has(name))
      .map(({ name, values }) => [name, values]);
    expect(lists.length).toBeGreaterThan(3);
    expect(
      [...recorded]
        .map(([name, kind]) => [name, limitOf(name, kind)] as const)
        .flatMap(([name, limit]) => (limit !== null && 'values' in limit ? [[name, limit.values]] : []))
        .sort(),
    ).toEqual(lists.sort());
  });

  it('can use every number that is recorded, in facts and in attributes of collections', () => {
    const numbers = [
      ...[...recorded].map(([name, kind]) => ({ asked: name, name, kind })),
      ...Object.entries(COLLECTIONS).flatMap(([collection, attributes]) =>
        Object.entries(attributes).map(([name, kind]) => ({ asked: attributeOf(collection, name), name, kind })),
      ),
    ].filter(({ kind }) => ['money', 'number', 'integer'].includes(kind));
    expect(numbers.length).toBeGreaterThan(60);
    const unusable = numbers.flatMap(({ asked, name, kind }) => {
      const limit = limitOf(name, kind);
      const definition = factDefinition(asked);
      if (limit === null || 'values' in limit || definition === null) return [asked];
      return [limit.least, limit.most].flatMap((end) =>
        wrongValue(definition, end) === null ? [] : [`${asked} ${end}`],
      );
    });
    expect(unusable).toEqual([]);
  });

  it('knows what the registry adds from its own records and from the year before, and can use its values', () => {
    expect(derived.length).toBeGreaterThanOrEqual(14);
    const problems = derived.map(([name, value]) => {
      const definition = factDefinition(name);
      return [name, definition === null ? 'policies do not know it' : wrongValue(definition, value)];
    });
    expect(problems.filter(([, wrong]) => wrong !== null)).toEqual([]);
  });

  it('asks for nothing that nobody tells: the registry, the credit department or the grants', () => {
    const told = new Set([...Object.keys(sheet.values), ...CREDIT_FACTS, HAD_BEFORE, POLICIES_HAD]);
    expect(
      allFacts()
        .map(({ name }) => name)
        .filter((name) => !told.has(name)),
    ).toEqual([]);
  });

  it('asks for the year of exactly the facts that are recorded by year', () => {
    const own = new Set(Object.keys(factSheet(REGISTER, undefined, '2026-11-22').values));
    expect(
      allFacts()
        .map(({ name }) => name)
        .filter(hasYears)
        .sort(),
    ).toEqual(
      // Items of collections have days of their own.
      [...recorded.keys()].filter((name) => recorded.get(name) !== 'records' && !own.has(name)).sort(),
    );
  });

  it('measures growth against the names under which the registry tells the year before', () => {
    expect(allFacts().flatMap(({ name, priorYear }) => (priorYear === null ? [] : [[name, priorYear]]))).toEqual(
      allFacts().flatMap(({ name }) => Object.keys(priorYearFacts({ [name]: 1 })).map((prior) => [name, prior])),
    );
  });
});
