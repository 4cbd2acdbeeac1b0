import { readPolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import {
  parameterProblems,
  telltaleDays,
} from '../../../../subgraphs/policies/src/domain/policy/parameter-problems.js';
import {
  misfit,
  NO_PARAMETERS,
  wrongDefinition,
  wrongParameterValue,
  type Parameter,
  type ParameterValue,
} from '../../../../subgraphs/policies/src/domain/parameters/parameters.js';
import type { PolicyContent } from '../../../../subgraphs/policies/src/domain/policy/policy.js';
import { PARAMETERS } from '../../support/parameters.js';
import { TODAY } from '../../support/random-criteria.js';

const staff = { fact: 'employees', op: 'lte', value: '$mostStaff' };
const layoffs = { fact: 'layoffRatePct', op: 'lte', value: '$targetPct' };

function policyOf(change: Record<string, unknown>): PolicyContent {
  const { policy, problems } = readPolicy(
    {
      id: 'test-policy',
      title_zh: '测',
      issuer: '局',
      criteria: [],
      benefit: { kind: 'cash', amount_yuan: 1 },
      ...change,
    },
    TODAY,
    PARAMETERS,
  );
  if (policy === null) throw new Error(JSON.stringify(problems));
  return policy;
}

describe('the days on which a policy with dated parameters is looked at', () => {
  it.each<[Record<string, unknown>, string[]]>([
    [{}, [TODAY]],
    [{ criteria: [staff] }, [TODAY, '2026-07-01', '2020-01-01']],
    [{ criteria: [staff], valid_from: '2026-01-01' }, [TODAY, '2026-07-01', '2026-01-01']],
    [{ criteria: [staff], valid_to: '2026-06-30' }, ['2020-01-01']],
    [{ criteria: [staff], valid_from: '2026-07-01', valid_to: TODAY }, [TODAY, '2026-07-01']],
    [{ criteria: [staff], valid_from: '2027-01-01' }, ['2027-01-01']],
    [{ criteria: [staff, layoffs], valid_from: '2026-01-01' }, [TODAY, '2026-07-01', '2026-01-01']],
    [{ criteria: [staff], valid_from: TODAY }, [TODAY]],
  ])('of %j are %j', (change, expected) => {
    expect(telltaleDays(policyOf(change), PARAMETERS, TODAY)).toEqual(expected);
  });

  it('are a hundred at most, the latest first', () => {
    const values = Array.from({ length: 120 }, (_, year): ParameterValue => ({
      revision: year + 1,
      from: `${String(1900 + year)}-01-01`,
      until: `${String(1900 + year)}-12-31`,
      value: 5,
      source: '',
      corrects: null,
    }));
    const yearly = new Map([['mostStaff', { ...(PARAMETERS.get('mostStaff') as Parameter), values }]]);
    const days = telltaleDays(policyOf({ criteria: [staff] }), yearly, TODAY);
    expect([days.length, days[0], days[1], days.at(-1)]).toEqual([100, TODAY, '2019-01-01', '1921-01-01']);
  });
});

describe('parameters of a policy that are not there', () => {
  const places = (change: Record<string, unknown>): string[] =>
    parameterProblems(policyOf(change), NO_PARAMETERS).map(
      ({ place, code, message }) => `${place} ${code}: ${message}`,
    );
  const missing = (place: string, name: string): string =>
    `${place} UNKNOWN_PARAMETER: There is no dated parameter $${name}; define it first, or write its value.`;

  it('are named at each place that names them', () => {
    expect(
      places({
        criteria: [
          staff,
          { allOf: [layoffs] },
          { anyOf: [{ not: { ...staff, op: 'gt' } }] },
          { atLeast: 1, of: [layoffs, { fact: 'employees', op: 'gte', value: 1 }] },
        ],
      }),
    ).toEqual([
      missing('criteria[0].value', 'mostStaff'),
      missing('criteria[1].allOf[0].value', 'targetPct'),
      missing('criteria[2].anyOf[0].not[0].value', 'mostStaff'),
      missing('criteria[3].of[0].value', 'targetPct'),
    ]);
    expect(
      places({
        benefit: {
          kind: 'cash',
          formula: '2 * $minimumWage',
          tiers: [
            { when: [], amount_yuan: 1 },
            { when: [layoffs], formula: '3 * $minimumWage' },
          ],
          highest_only: true,
        },
      }),
    ).toEqual([
      missing('benefit.formula', 'minimumWage'),
      missing('benefit.tiers[1].when[0].value', 'targetPct'),
      missing('benefit.tiers[1].formula', 'minimumWage'),
    ]);
  });

  it('have no value at all when no record stands', () => {
    const empty = new Map([['mostStaff', { ...(PARAMETERS.get('mostStaff') as Parameter), values: [] }]]);
    expect(parameterProblems(policyOf({ criteria: [staff] }), empty)).toMatchObject([
      {
        place: 'criteria[0].value',
        code: 'PARAMETER_WITHOUT_VALUE',
        message: "$mostStaff has no value for any day of the policy's window (… – …); it has none at all.",
      },
    ]);
  });
});

describe('what is wrong with a parameter is told in words', () => {
  const target = PARAMETERS.get('targetPct') as Parameter;
  const value = (type: Parameter['type'], is: unknown, until: string | null = null) =>
    wrongParameterValue(type, { from: '2026-01-01', until, value: is });

  it.each<[Parameter['type'], unknown, string]>([
    ['NUMBER', '5', '"5" is no number.'],
    ['NUMBER', Number.NaN, 'NaN is no number.'],
    ['INTEGER', 1.5, '1.5 is no whole number.'],
    ['MONEY', 10_000_000_000_001, '10000000000001 does not lie within ±10000000000000.'],
    ['NUMBER', 0.0000001, '1e-7 has more than 6 decimals or 15 digits.'],
    ['NUMBER', 1_234_567_890.123_456, '1234567890.123456 has more than 6 decimals or 15 digits.'],
    ['DATE', '2026-02-30', '"2026-02-30" is no existing day, YYYY-MM-DD.'],
  ])('%s %s', (type, is, message) => {
    expect(value(type, is)).toMatchObject({ field: 'value', message });
  });

  it('nothing at the limits', () => {
    expect([
      value('MONEY', 10_000_000_000_000),
      value('MONEY', -10_000_000_000_000),
      value('NUMBER', 123_456_789.123_456),
      value('NUMBER', 0.000001),
      value('DATE', '2024-02-29'),
      value('NUMBER', 5.5),
    ]).toEqual([null, null, null, null, null, null]);
    const most = { name: 'a'.repeat(60), label: '名'.repeat(100), meaning: 'x'.repeat(500), unit: '元'.repeat(10) };
    expect([
      wrongDefinition({ ...target, ...most }),
      wrongDefinition({ ...target, name: 'aB', label: '名', meaning: '', unit: '' }),
    ]).toEqual([null, null]);
  });

  it('the window, the name and the texts', () => {
    expect(value('NUMBER', 1, '2025-12-31')).toMatchObject({
      field: 'until',
      message: 'The value ends on 2025-12-31, before it begins on 2026-01-01.',
    });
    const names = ['a', '1a', 'a b', 'a-b', '目标', 'a'.repeat(61)];
    expect(names.map((name) => wrongDefinition({ ...target, name })?.message)).toEqual(
      names.map(
        (name) =>
          `${name.length > 60 ? `"${'a'.repeat(59)}…` : JSON.stringify(name)} is no name of 2 to 60 letters and digits that begins with a letter.`,
      ),
    );
    expect(wrongDefinition({ ...target, label: '名'.repeat(101) })).toMatchObject({
      field: 'label',
      message: 'A name in Chinese of 1 to 100 characters is needed.',
    });
    expect(wrongDefinition({ ...target, meaning: 'x'.repeat(501) })).toMatchObject({
      field: 'meaning',
      message: 'The meaning has 501 characters; at most 500.',
    });
    expect(wrongDefinition({ ...target, unit: 'x'.repeat(11) })).toMatchObject({
      field: 'unit',
      message: 'The unit has 11 characters; at most 10.',
    });
  });

  it('units that do not agree', () => {
    expect(misfit({ ...target, unit: '' }, { type: 'NUMBER', unit: '%' })?.message).toBe(
      'the parameter $targetPct is in no unit, but % is needed',
    );
    expect(misfit(target, { type: 'NUMBER', unit: '' })?.message).toBe(
      'the parameter $targetPct is in %, but no unit is needed',
    );
    expect(misfit(target, { type: 'INTEGER', unit: '%' })?.message).toBe(
      'the parameter $targetPct is NUMBER, but INTEGER is needed',
    );
  });
});
