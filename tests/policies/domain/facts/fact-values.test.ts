import {
  NO_FACTS,
  readFacts,
  slotsOf,
  valuesOf,
  wrongValue,
} from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { factDefinition } from '../../../../subgraphs/policies/src/domain/facts/facts.js';

function wrong(fact: string, value: unknown): string | null {
  const definition = factDefinition(fact);
  if (definition === null) throw new Error(`There is no fact ${fact}.`);
  return wrongValue(definition, value)?.message ?? null;
}

describe('a value of a fact', () => {
  it.each<[string, unknown]>([
    ['taxArrears', true],
    ['taxArrears', false],
    ['employees', 0],
    ['employees', -3],
    ['employees', 10_000_000_000_000],
    ['layoffRatePct', 5.5],
    ['annualRevenueYuan', 0.01],
    ['annualRevenueYuan', -10_000_000_000_000],
    ['registeredOn', '2024-02-29'],
    ['scale', 'micro'],
    ['taxCreditGrade', 'M'],
    ['industryCode', 'C1330'],
    ['listingStage', '辅导备案'],
    ['listingStage', '字'.repeat(200)],
    ['honours', []],
    ['honours', ['今年新设的称号']],
    ['honours', Array.from({ length: 500 }, (_, at) => `称号${String(at)}`)],
    ['honours', ['称'.repeat(200)]],
  ])('of %s may be %j', (fact, value) => {
    expect(wrong(fact, value)).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['taxArrears', 'true', 'must be true or false'],
    ['taxArrears', 0, 'must be true or false'],
    ['employees', '12', 'must be a number'],
    ['employees', NaN, 'must be a number'],
    ['employees', Infinity, 'must be a number'],
    ['employees', 1.5, 'must be a whole number'],
    ['employees', 10_000_000_000_001, 'must lie within ±10000000000000'],
    ['annualRevenueYuan', -10_000_000_000_001, 'must lie within ±10000000000000'],
    ['registeredOn', '2023-02-29', 'must be an existing day, YYYY-MM-DD'],
    ['registeredOn', 20240229, 'must be an existing day, YYYY-MM-DD'],
    ['scale', 'huge', 'must be one of large, medium, small, micro, individual'],
    ['scale', 3, 'must be a text of 1 to 200 characters'],
    ['scale', '', 'must be a text of 1 to 200 characters'],
    ['listingStage', '字'.repeat(201), 'must be a text of 1 to 200 characters'],
    ['industryCode', ['C'], 'must be a text of 1 to 200 characters'],
    ['honours', '高新技术企业', 'must be a list of at most 500 titles'],
    ['honours', Array.from({ length: 501 }, () => '称号'), 'must be a list of at most 500 titles'],
    ['honours', ['高新技术企业', ''], 'must hold titles of 1 to 200 characters'],
    ['honours', [1], 'must hold titles of 1 to 200 characters'],
    ['honours', ['称'.repeat(201)], 'must hold titles of 1 to 200 characters'],
  ])('of %s is not %j: %s', (fact, value, why) => {
    expect(wrong(fact, value)).toBe(why);
  });
});

describe('a fact sheet', () => {
  it.each([null, undefined, 'facts', 7, [], {}, { values: null }, { values: [] }, { values: 'small' }])(
    '%j is none',
    (sheet) => {
      const { facts, slots, problems } = readFacts(sheet);
      expect(facts).toEqual(NO_FACTS);
      expect(slots.every((value) => value === undefined)).toBe(true);
      expect(problems).toMatchObject([{ place: 'values', code: 'WRONG_SHAPE', message: 'No fact sheet.' }]);
    },
  );

  it('says of each value that cannot be used which, where and why', () => {
    const { facts, problems } = readFacts({
      values: { scale: 'huge', madeUp: 1, employees: 12, taxArrears: undefined },
    });
    expect(facts.values).toEqual({ employees: 12 });
    expect(problems).toMatchObject([
      {
        place: 'values.scale',
        code: 'WRONG_TYPE',
        message: '"huge" must be one of large, medium, small, micro, individual',
      },
      { place: 'values.madeUp', code: 'UNKNOWN_FACT', message: '1 is not in the vocabulary' },
    ]);
  });

  it('gives the same values by name and by slot, whatever it leaves out', () => {
    for (const values of [
      { employees: 12, scale: 'small' },
      { employees: 12, scale: null },
      { employees: 12, madeUp: 3 },
      { employees: '12' },
    ]) {
      const { facts, slots } = readFacts({ values });
      expect(valuesOf(slots)).toEqual(facts.values);
      expect(slots).toEqual(slotsOf(facts.values));
    }
  });

  it('gives each value its own day, or else that of the sheet, or none', () => {
    const sheet = {
      values: { employees: 12, scale: 'small', taxArrears: false },
      dates: { scale: '2026-11-01', taxArrears: 'yesterday', honours: '2026-11-02' },
    };
    const reading = { ignored: [], beside: NO_FACTS };
    expect(readFacts(sheet, { ...reading, day: '2025-12-31' }).facts.dates).toEqual({
      employees: '2025-12-31',
      scale: '2026-11-01',
      taxArrears: '2025-12-31',
    });
    expect(readFacts(sheet, { ...reading, day: null }).facts.dates).toEqual({ scale: '2026-11-01' });
    expect(readFacts({ values: sheet.values, dates: 'none' }, { ...reading, day: null }).facts.dates).toEqual({});
  });

  it('does not count for what another department owns, which has its own day or none', () => {
    const sheet = { values: { taxArrears: true, employees: 12 }, dates: { taxArrears: '2026-01-01' } };
    const beside = { values: { taxArrears: false }, dates: { taxArrears: '2026-11-20' } };
    const { facts, slots } = readFacts(sheet, { day: '2025-12-31', ignored: ['taxArrears'], beside });
    expect(facts).toEqual({
      values: { employees: 12, taxArrears: false },
      dates: { employees: '2025-12-31', taxArrears: '2026-11-20' },
    });
    expect(slots).toEqual(slotsOf({ employees: 12, taxArrears: false }));
    expect(
      readFacts(sheet, { day: '2025-12-31', ignored: ['taxArrears'], beside: { values: beside.values, dates: {} } })
        .facts.dates,
    ).toEqual({ employees: '2025-12-31' });
    expect(readFacts('none', { day: null, ignored: [], beside }).facts).toBe(beside);
  });

  it('has no slot for a name that nobody knows', () => {
    expect(slotsOf({ madeUp: 1 }).every((value) => value === undefined)).toBe(true);
    expect(slotsOf({ madeUp: 1 })).toHaveLength(126);
  });
});
