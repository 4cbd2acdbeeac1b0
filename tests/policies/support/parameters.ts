import type {
  Parameter,
  Parameters,
  ParameterValue,
} from '../../../subgraphs/policies/src/domain/parameters/parameters.js';

const value = (revision: number, from: string, until: string | null, is: number | string): ParameterValue => ({
  revision,
  from,
  until,
  value: is,
  source: `文件${String(revision)}号`,
  corrects: null,
});

const known: readonly Parameter[] = [
  {
    name: 'targetPct',
    label: '调查失业率控制目标',
    meaning: '',
    unit: '%',
    type: 'NUMBER',
    values: [value(1, '2024-01-01', '2024-12-31', 5.5), value(2, '2026-01-01', '2026-12-31', 5)],
  },
  {
    name: 'leastStaff',
    label: '最低人数',
    meaning: '',
    unit: '人',
    type: 'INTEGER',
    values: [value(1, '2020-01-01', null, 10)],
  },
  {
    name: 'mostStaff',
    label: '最高人数',
    meaning: '',
    unit: '人',
    type: 'INTEGER',
    values: [value(1, '2020-01-01', '2026-06-30', 30), value(2, '2026-07-01', null, 5)],
  },
  {
    name: 'minimumWage',
    label: '最低工资标准',
    meaning: '',
    unit: '元',
    type: 'MONEY',
    values: [value(1, '2026-01-01', null, 2010.5)],
  },
  {
    name: 'firstDay',
    label: '起算日',
    meaning: '',
    unit: '',
    type: 'DATE',
    values: [value(1, '2020-01-01', null, '2023-01-01')],
  },
];

/** Parameters with values of a few years. */
export const PARAMETERS: Parameters = new Map(known.map((parameter) => [parameter.name, parameter]));
