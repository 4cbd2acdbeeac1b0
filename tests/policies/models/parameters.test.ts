import { createLogger } from '@zhitong/kit';
import { bulkDecider } from '../../../subgraphs/policies/src/domain/evaluation/bulk.js';
import { evaluate } from '../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { FactColumns } from '../../../subgraphs/policies/src/domain/facts/fact-columns.js';
import { slotsOf } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { matchable } from '../../../subgraphs/policies/src/domain/matching/match.js';
import { forEachRow } from '../../../subgraphs/policies/src/domain/evaluation/row-set.js';
import { readPolicy } from '../../../subgraphs/policies/src/domain/format/import-format.js';
import { toMongoFilter } from '../../../subgraphs/policies/src/domain/evaluation/to-mongo-filter.js';
import { openPolicyShelf } from '../../../subgraphs/policies/src/memory/policy-shelf.js';
import { importPolicies } from '../../../subgraphs/policies/src/usecases/import-policies.js';
import {
  loadParameters,
  readParameters,
  readReferenceParameters,
} from '../../../subgraphs/policies/src/usecases/load-parameters.js';
import { PARAMETERS } from '../support/parameters.js';
import { NOW, plainPolicy, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const load = async (reference = readReferenceParameters()): Promise<number> =>
  loadParameters(reference, { ...policies.department, by: 'test', now: NOW });
const rebate = {
  ...plainPolicy,
  id: 'rebate',
  criteria: [
    {
      fact: 'layoffRatePct',
      op: 'lte',
      value: '$nationalSurveyedUnemploymentTargetPct',
      text_zh: '裁员率不高于控制目标',
    },
  ],
  valid_from: '2025-01-01',
  valid_to: '2025-12-31',
};

describe('the collected parameters', () => {
  it('are put in once, each with its source, and what was recorded since stays', async () => {
    expect(await load()).toBe(1);
    const [first] = readReferenceParameters();
    if (first === undefined) throw new Error('no parameter');
    expect(await load([{ ...first, values: [] }])).toBe(0);
    const known = await policies.department.stores.parameters.known();
    expect(
      known
        .get('nationalSurveyedUnemploymentTargetPct')
        ?.values.map(({ from, until, value, source }) => [from, until, value, source !== '']),
    ).toEqual([
      ['2024-01-01', '2024-12-31', 5.5, true],
      ['2025-01-01', '2025-12-31', 5.5, true],
    ]);
  });

  it('let a policy that names one be imported, and matched on the days on which it has a value', async () => {
    const before = await importPolicies([rebate], { ...policies.department, by: 'test' });
    expect(before.refused).toMatchObject([
      { policy: 'rebate', problems: [{ place: 'criteria[0].value', code: 'UNKNOWN_PARAMETER' }] },
    ]);
    await load();
    expect(await importPolicies([rebate], { ...policies.department, by: 'test' })).toMatchObject({
      written: 1,
      refused: [],
    });
    expect(await importPolicies([rebate], { ...policies.department, by: 'test' })).toMatchObject({
      written: 0,
      unchanged: 1,
      refused: [],
    });
    await policies.department.shelf.refresh();
    const [ready] = policies.department.shelf.matchableOn('2025-06-30');
    expect([ready?.decide({ layoffRatePct: 5.5 }), ready?.decide({ layoffRatePct: 5.6 }), ready?.decide({})]).toEqual([
      'ELIGIBLE',
      'NOT_ELIGIBLE',
      'UNDETERMINED',
    ]);
    expect(policies.department.shelf.policiesAskingFor(['layoffRatePct'])).toEqual(new Set(['rebate']));
  });

  it.each([
    [
      'a value of another kind',
      [
        {
          name: 'target',
          label: '目标',
          meaning: '',
          unit: '',
          type: 'DATE',
          values: [{ from: '2026-01-01', until: null, value: 5, source: '文件', sourceUrl: '' }],
        },
      ],
      'target cannot be used: value',
    ],
    [
      'two values for one day',
      [
        {
          name: 'target',
          label: '目标',
          meaning: '',
          unit: '',
          type: 'NUMBER',
          values: [
            { from: '2026-01-01', until: null, value: 5, source: '文件', sourceUrl: '' },
            { from: '2027-01-01', until: null, value: 6, source: '文件', sourceUrl: '' },
          ],
        },
      ],
      'two values for days',
    ],
    [
      'a value that no document sets',
      [
        {
          name: 'target',
          label: '目标',
          meaning: '',
          unit: '',
          type: 'NUMBER',
          values: [{ from: '2026-01-01', until: null, value: 5, source: ' ', sourceUrl: '' }],
        },
      ],
      'target has no source for its value of 2026-01-01 – …',
    ],
    ['something else', { target: 5 }, 'expected array'],
  ])('are refused with %s', (_what, file, words) => {
    expect(() => readParameters(file)).toThrow(words);
  });
});

describe('the shelf', () => {
  it('learns of a value that another process records', async () => {
    await load();
    await importPolicies([{ ...rebate, valid_to: null }], { ...policies.department, by: 'test' });
    const shelf = await openPolicyShelf({
      ...policies.department.stores,
      clock: { now: () => NOW },
      logger: createLogger({ name: 'test', level: 'silent' }),
    });
    try {
      const today = '2026-11-20';
      const undecided = (): boolean => shelf.matchableOn(today)[0]?.decide({ layoffRatePct: 1 }) === 'UNDETERMINED';
      expect(undecided()).toBe(true);
      const told = new Promise<void>((resolve) => {
        shelf.onChange(() => {
          if (!undecided()) resolve();
        });
      });
      const { parameters } = policies.department.stores;
      const value = {
        parameter: 'nationalSurveyedUnemploymentTargetPct',
        value: 5.5,
        source: '文件',
        sourceUrl: '',
        corrects: null,
        recordedAt: NOW,
        recordedBy: 'test',
      };
      await policies.database.connection.transaction(async (session) =>
        parameters.append({ ...value, revision: 3, from: '2026-01-01', until: '2026-12-31' }, session),
      );
      // The stream may open a moment after the shelf did; a change that it missed is found with the next.
      const writer = (async () => {
        for (let year = 2030; undecided() && year < 2130; year += 1)
          await policies.database.connection.transaction(async (session) =>
            parameters.append(
              { ...value, revision: year, from: `${String(year)}-01-01`, until: `${String(year)}-12-31` },
              session,
            ),
          );
      })();
      await told;
      await writer;
    } finally {
      await shelf.close();
    }
  });
});

describe('interpreter, compiled predicates, columns and database filter', () => {
  it.each([
    ['gte', '$mostStaff', '2026-11-20'],
    ['lt', '$leastStaff', '2019-12-31'],
    ['between', [1, '$leastStaff'], '2019-12-31'],
    ['nin', [7, '$leastStaff'], '2019-12-31'],
    ['ne', '$leastStaff', '2019-12-31'],
    ['growthGt', '$targetPct', '2025-06-30'],
  ])('agree on employees %s %j on %s, with and without a value', async (op, value, day) => {
    const city: Record<string, Record<string, number>> = {
      [usccOf(1)]: { employees: 3, employeesPriorYear: 1 },
      [usccOf(2)]: { employees: 12, employeesPriorYear: 12 },
      [usccOf(3)]: {},
    };
    await policies.know(city);
    const { policy, problems } = readPolicy(
      {
        ...plainPolicy,
        criteria: [
          {
            anyOf: [
              { fact: 'employees', op, value },
              { fact: 'employees', op: 'eq', value: 12 },
            ],
          },
          { anyOf: [{ not: { fact: 'employees', op, value } }, { fact: 'employees', op: 'eq', value: 12 }] },
        ],
      },
      '2026-11-20',
      PARAMETERS,
    );
    expect(problems).toEqual([]);
    const ready = matchable(
      {
        id: 'test',
        version: 1,
        criteria: policy?.criteria ?? [],
        benefit: policy?.benefit ?? never(),
        region: { code: null },
      },
      day,
      PARAMETERS,
    );
    const filters = toMongoFilter(ready.criteria, day);
    const columns = new FactColumns();
    for (const values of Object.values(city)) columns.append(values);
    const decider = bulkDecider(columns);
    const { met, unmet } = decider.outcomesOf(ready.bulk);
    const inBulk = [met, unmet, decider.unknownIn({ met, unmet })].map((rows) => {
      const usccs: (string | undefined)[] = [];
      forEachRow(rows, (row) => void usccs.push(Object.keys(city)[row]));
      return usccs;
    });
    const found = await Promise.all(
      [filters.eligible, filters.notEligible, filters.undetermined].map(async (filter) =>
        policies.department.stores.facts.find(filter, 10),
      ),
    );
    for (const [at, outcome] of (['ELIGIBLE', 'NOT_ELIGIBLE', 'UNDETERMINED'] as const).entries()) {
      const decided = Object.entries(city)
        .filter(([, values]) => ready.decide(values) === outcome)
        .map(([uscc]) => uscc);
      expect(
        Object.entries(city)
          .filter(
            ([, values]) =>
              evaluate(ready.criteria, { facts: { values, dates: {} }, referenceDate: day }).outcome === outcome,
          )
          .map(([uscc]) => uscc),
      ).toEqual(decided);
      expect(
        Object.entries(city)
          .filter(([, values]) => ready.decideSlots(slotsOf(values)) === outcome)
          .map(([uscc]) => uscc),
      ).toEqual(decided);
      expect(inBulk[at]).toEqual(decided);
      expect(found[at]).toEqual(decided);
    }
  });
});
const never = (): never => {
  throw new Error('refused');
};
