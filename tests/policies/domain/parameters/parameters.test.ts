import { valueOn } from '@zhitong/values';
import {
  misfit,
  standingValues,
  wrongDefinition,
  wrongParameterValue,
  type Parameter,
  type ParameterType,
  type ParameterValue,
} from '../../../../subgraphs/policies/src/domain/parameters/parameters.js';
import { PARAMETERS } from '../../support/parameters.js';

const target = PARAMETERS.get('targetPct') as Parameter;
const record = (revision: number, from: string, corrects: number | null = null): ParameterValue => ({
  revision,
  from,
  until: null,
  value: 1,
  source: '',
  corrects,
});

describe('valueOn', () => {
  it.each([
    ['2023-12-31', undefined],
    ['2024-01-01', 5.5],
    ['2024-12-31', 5.5],
    ['2025-06-30', undefined],
    ['2026-12-31', 5],
    ['2027-01-01', undefined],
  ])('on %s is %s, both ends of a window included', (day, expected) => {
    expect(valueOn(target, day)?.value).toBe(expected);
  });
});

describe('standingValues', () => {
  it('leaves out what another record corrects, and a correction that is corrected', () => {
    const records = [
      record(1, '2026-01-01'),
      record(2, '2024-01-01'),
      record(3, '2026-02-01', 1),
      record(4, '2026-03-01', 3),
    ];
    expect(standingValues(records).map(({ revision }) => revision)).toEqual([2, 4]);
  });
});

describe('a value', () => {
  const wrong = (type: ParameterType, value: unknown, until: string | null = null): string =>
    wrongParameterValue(type, { from: '2026-01-01', until, value })?.field ?? 'right';

  it.each([
    ['NUMBER', 5.5],
    ['NUMBER', -0.000001],
    ['NUMBER', 123456789.123456],
    ['INTEGER', 0],
    ['MONEY', 2010.5],
    ['DATE', '2026-02-28'],
  ] as const)('%s %s is right', (type, value) => {
    expect(wrong(type, value)).toBe('right');
  });

  it.each([
    ['NUMBER', '5.5'],
    ['NUMBER', Number.NaN],
    ['NUMBER', Number.POSITIVE_INFINITY],
    ['NUMBER', 1e14],
    ['NUMBER', 0.0000001],
    ['NUMBER', 1234567890.123456],
    ['INTEGER', 5.5],
    ['MONEY', null],
    ['DATE', '2026-02-29'],
    ['DATE', 20260101],
    ['NUMBER', { toString: null }],
  ] as const)('%s %s is refused', (type, value) => {
    expect(wrong(type, value)).toBe('value');
  });

  it('may end on the day on which it begins and not before', () => {
    expect(wrong('NUMBER', 1, '2026-01-01')).toBe('right');
    expect(wrong('NUMBER', 1, '2025-12-31')).toBe('until');
  });
});

describe('a definition', () => {
  const field = (change: Partial<Parameter>): string => wrongDefinition({ ...target, ...change })?.field ?? 'right';

  it('names itself, in Chinese too', () => {
    expect(field({})).toBe('right');
    expect([
      field({ name: '$target' }),
      field({ name: '目标' }),
      field({ name: 'a'.repeat(61) }),
      field({ label: '' }),
      field({ meaning: 'x'.repeat(501) }),
      field({ unit: 'x'.repeat(11) }),
    ]).toEqual(['name', 'name', 'name', 'label', 'meaning', 'unit']);
  });
});

describe('misfit', () => {
  it('lets a parameter stand where kind and unit agree, a whole number for any number', () => {
    expect(misfit(target, { type: 'NUMBER', unit: '%' })).toBeNull();
    expect(misfit({ ...target, type: 'INTEGER' }, { type: 'NUMBER', unit: '%' })).toBeNull();
    expect(misfit(target, { type: 'INTEGER', unit: '%' })?.message).toContain('INTEGER is needed');
    expect(misfit(target, { type: 'NUMBER', unit: '年' })?.message).toContain('is in %, but 年 is needed');
    expect(misfit({ ...target, type: 'MONEY', unit: '元' }, { type: 'NUMBER', unit: '元' })?.message).toContain(
      'NUMBER is needed',
    );
  });
});
