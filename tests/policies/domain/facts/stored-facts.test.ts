import fc from 'fast-check';
import { TO_THE_FEN, type Benefit } from '../../../../subgraphs/policies/src/domain/benefit/benefit.js';
import { storedValues } from '../../../../subgraphs/policies/src/domain/facts/stored-facts.js';
import { readFacts } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { allFacts } from '../../../../subgraphs/policies/src/domain/facts/facts.js';
import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { matchable, matchEnterprise } from '../../../../subgraphs/policies/src/domain/matching/match.js';
import { randomCriteria } from '../../support/random-criteria.js';

const TODAY = '2026-11-20';
const names = allFacts().map(({ name }) => name);
/** Whatever may lie in the place of a value. */
const anything = fc.oneof(
  fc.constant(null),
  fc.anything({ maxDepth: 2 }),
  fc.date(),
  fc.constantFrom<unknown>([null], [{ title: null }], [1], {}, '', NaN, Infinity, 10 ** 15, true, '2026-13-01', 7),
);
const anyRecord = fc.dictionary(fc.constantFrom(...names, 'employees@2025', 'neverHeardOf'), anything, { maxKeys: 12 });

describe('the values of a stored record', () => {
  it.each([null, undefined, 7, 'text', [], [null]])('are none where there is %j in the place of them', (stored) => {
    expect(storedValues(stored)).toEqual({ values: {} });
  });

  it('are those that are there, the same object where nothing is wrong', () => {
    const values = { employees: 10, scale: 'small', honours: ['a'], 'employees@2025': 9 };
    expect(storedValues(values).values).toBe(values);
    expect(storedValues(values)).toEqual({ values });
  });

  it('are without what is null, which is not known, and without what is of another type, which is named', () => {
    expect(
      storedValues({ employees: '12', scale: null, honours: [null], isDeregistered: 'yes', insuredEmployees: 7 }),
    ).toEqual({
      values: { insuredEmployees: 7 },
      unusable: {
        employees: expect.stringMatching(/^"12" /) as unknown,
        honours: expect.stringContaining('a list of 1') as unknown,
        isDeregistered: expect.stringMatching(/^"yes" /) as unknown,
      },
    });
  });

  it('hold of what may lie there only what is of its type, and all of what can be read as a sheet', () => {
    fc.assert(
      fc.property(anyRecord, (stored) => {
        const { values } = storedValues(stored);
        // What the reading of a sheet accepts has the type of its fact; it asks more, as of a list that is closed.
        const read = readFacts({ values: stored }).facts.values;
        expect(values).toMatchObject(read);
        const types: Readonly<Record<string, string>> = {
          ...{ INTEGER: 'number', NUMBER: 'number', MONEY: 'number', BOOLEAN: 'boolean' },
          ...{ TITLES: 'object', RECORDS: 'object' },
        };
        for (const { name, type } of allFacts())
          if (values[name] !== undefined) expect([name, typeof values[name]]).toEqual([name, types[type] ?? 'string']);
      }),
      { numRuns: 500 },
    );
  });

  it('can be decided on whatever was stored: by one policy, and by all of them', () => {
    fc.assert(
      fc.property(anyRecord, randomCriteria, (stored, criteria) => {
        const { values } = storedValues(stored);
        const facts = { values, dates: {} };
        const { outcome } = evaluate(criteria, { facts, referenceDate: TODAY });
        const policy = matchable({ id: 'p', version: 1, criteria, benefit: NOTHING, region: { code: null } }, TODAY);
        const { eligible, undetermined } = matchEnterprise([policy], facts);
        const isBarred = values['isDeregistered'] === true || values['isLicenceRevoked'] === true;
        expect([eligible, undetermined]).toEqual([
          outcome === 'ELIGIBLE' && !isBarred ? ['p'] : [],
          outcome === 'UNDETERMINED' && !isBarred ? ['p'] : [],
        ]);
      }),
      { numRuns: 500 },
    );
  });
});

const NOTHING: Benefit = {
  ...{ text: '', amount: null, tiers: [], highestOnly: true, capFen: null, topUpDifference: false, instalments: null },
  ...{ kind: 'cash', rounding: TO_THE_FEN, formulaNote: '' },
};
