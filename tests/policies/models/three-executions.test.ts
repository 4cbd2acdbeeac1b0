import fc from 'fast-check';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { bulkCriteria, bulkDecider } from '../../../subgraphs/policies/src/domain/evaluation/bulk.js';
import { compileCriteria } from '../../../subgraphs/policies/src/domain/evaluation/compile.js';
import type { Criterion } from '../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { evaluate } from '../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { FactColumns } from '../../../subgraphs/policies/src/domain/facts/fact-columns.js';
import type { Facts } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { forEachRow, type RowSet } from '../../../subgraphs/policies/src/domain/evaluation/row-set.js';
import { toMongoFilter } from '../../../subgraphs/policies/src/domain/evaluation/to-mongo-filter.js';
import { ensureIndexes } from '@zhitong/kit/mongo';
import {
  enterpriseFactsStore,
  type EnterpriseFactsStore,
} from '../../../subgraphs/policies/src/models/enterprise-facts.js';
import type { EnterpriseFactsRecord } from '../../../subgraphs/policies/src/models/facts-as-stored.js';
import { randomCriteria, randomFacts, TODAY } from '../support/random-criteria.js';

let database: TestDatabase;
let store: EnterpriseFactsStore;
const columns = new FactColumns();
let city: readonly (Facts & { readonly uscc: string })[];

const record = (uscc: string, { values }: Facts): EnterpriseFactsRecord => ({
  uscc,
  name: uscc,
  industry: { code: 'C', name: '制造业' },
  region: { code: '421202', name: '咸安区' },
  values: { ...values },
  dates: {},
  readingId: 'test',
  readAt: new Date(0),
});

/** Loans whose principal nobody has recorded. */
function withoutPrincipal({ values, dates }: Facts): Facts {
  const { loans } = values;
  if (typeof loans !== 'object') return { values, dates };
  const known = loans.flatMap((loan) => {
    if (typeof loan === 'string') return [];
    return [Object.fromEntries(Object.entries(loan).filter(([name]) => name !== 'principalYuan'))];
  });
  return { values: { ...values, loans: known }, dates };
}

beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  store = enterpriseFactsStore(database.connection);
  await ensureIndexes(database.connection);
  city = fc.sample(randomFacts, { numRuns: 400, seed: 42 }).map((facts, index) => ({
    ...(index % 3 === 0 ? withoutPrincipal(facts) : facts),
    uscc: `E${String(index).padStart(4, '0')}`,
  }));
  for (const { values } of city) columns.append(values);
  await store.putAll(city.map((facts) => record(facts.uscc, facts)));
});
afterAll(async () => database.close());

const outcomes = ['ELIGIBLE', 'NOT_ELIGIBLE', 'UNDETERMINED'] as const;

async function foundBy(criteria: readonly Criterion[]): Promise<Record<(typeof outcomes)[number], string[]>> {
  const filters = toMongoFilter(criteria, TODAY);
  const [ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED] = await Promise.all(
    [filters.eligible, filters.notEligible, filters.undetermined].map(async (filter) =>
      store.find(filter, city.length),
    ),
  );
  return { ELIGIBLE: ELIGIBLE ?? [], NOT_ELIGIBLE: NOT_ELIGIBLE ?? [], UNDETERMINED: UNDETERMINED ?? [] };
}

function foundInColumns(criteria: readonly Criterion[]): Record<(typeof outcomes)[number], string[]> {
  const decider = bulkDecider(columns);
  const decided = decider.outcomesOf(bulkCriteria(criteria, TODAY));
  const usccsOf = (rows: RowSet): string[] => {
    const usccs: string[] = [];
    forEachRow(rows, (row) => void usccs.push(city[row]?.uscc ?? ''));
    return usccs;
  };
  return {
    ELIGIBLE: usccsOf(decided.met),
    NOT_ELIGIBLE: usccsOf(decided.unmet),
    UNDETERMINED: usccsOf(decider.unknownIn(decided)),
  };
}

describe('interpreter, compiled predicate, columns and database filter', () => {
  it('agree on random criteria over a random city, missing facts included', async () => {
    await fc.assert(
      fc.asyncProperty(randomCriteria, async (criteria) => {
        const decide = compileCriteria(criteria, TODAY);
        const found = await foundBy(criteria);
        expect(foundInColumns(criteria)).toEqual(found);
        for (const outcome of outcomes) {
          expect(city.filter((facts) => decide(facts.values) === outcome).map(({ uscc }) => uscc)).toEqual(
            found[outcome],
          );
          expect(
            city
              .filter((facts) => evaluate(criteria, { facts, referenceDate: TODAY }).outcome === outcome)
              .map(({ uscc }) => uscc),
          ).toEqual(found[outcome]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('agree where there is nothing to ask', async () => {
    expect((await foundBy([])).ELIGIBLE).toHaveLength(city.length);
    expect(foundInColumns([]).ELIGIBLE).toHaveLength(city.length);
  });
});
