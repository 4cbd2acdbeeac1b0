import {
  answersByDay,
  answersMove,
  answersOf,
  caseHashOf,
  columnsOf,
} from '../../../../subgraphs/cases/src/domain/figures/answers-of-day.js';
import type { CaseFact } from '../../../../subgraphs/cases/src/domain/figures/case-facts.js';
import { HelpedCount } from '../../../../subgraphs/cases/src/domain/figures/helped-count.js';
import type { CountedCase } from '../../../../subgraphs/cases/src/domain/figures/kept-figures.js';

const fact = (part: Partial<CaseFact> = {}): CaseFact => ({
  figure: 'resolved',
  ...{ met: null, on: '2026-03-05', since: '2026-03-05', until: null, after: null },
  ...{ department: 'JRB', category: 'FINANCE' },
  ...part,
});
const counted = (part: Partial<CountedCase> = {}): CountedCase => ({
  ...{ caseNumber: 'SQ2026-000001', facts: [fact()], region: '421202', channel: 'PORTAL', kind: 'APPEAL' },
  ...{
    origin: 'LOCAL',
    industry: 'C',
    month: '2026-03',
    complainantKey: 'A',
    isAnonymous: false,
    departments: ['JRB'],
  },
  ...part,
});
const KEYS = {
  ...{ DEPARTMENT: 'JRB', CATEGORY: 'FINANCE', REGION: '421202', CHANNEL: 'PORTAL', KIND: 'APPEAL' },
  ...{ ORIGIN: 'LOCAL', INDUSTRY: 'C', MONTH: '2026-03', SERVICE_ITEM: '' },
};

describe('the answers of a day', () => {
  it('are the first eight bytes of SHA-256 of case and enterprise, which never have the same text', () => {
    // printf 'case\nSQ2026-000001' | sha256sum, and printf 'enterprise\nA' | sha256sum
    expect(caseHashOf('SQ2026-000001').toString('hex')).toBe('43d7bb75956e4a1a');
    expect(answersByDay([counted()]).get('2026-03-05')).toEqual([
      {
        caseHash: Buffer.from('43d7bb75956e4a1a', 'hex'),
        enterpriseHash: Buffer.from('27c862bea4794d81', 'hex'),
        ...{ isAnonymous: false, departments: ['JRB'], keys: KEYS },
      },
    ]);
  });

  it('are those that were given on it, of whatever case; other facts are none', () => {
    const days = answersByDay([
      counted({ facts: [fact(), fact({ on: '2026-03-09', department: 'RSJ' }), fact({ figure: 'received' })] }),
      counted({ caseNumber: 'SQ2026-000002' }),
      counted({ caseNumber: 'SQ2026-000003', facts: [fact({ figure: 'closed', on: '2026-03-10' })] }),
    ]);
    expect([...days].map(([day, answers]) => [day, answers.map(({ keys }) => keys.DEPARTMENT)])).toEqual([
      ['2026-03-05', ['JRB', 'JRB']],
      ['2026-03-09', ['RSJ']],
    ]);
  });

  const [first, second, third] = [
    counted(),
    counted({ caseNumber: 'SQ2026-000002', region: '421221', isAnonymous: true, departments: ['RSJ', 'JRB'] }),
    counted({ caseNumber: 'SQ2026-000003', departments: ['JRB', 'RSJ'] }),
  ];
  const answers = answersByDay([first, second, third]).get('2026-03-05') ?? [];

  it('are laid out by column, each value once', () => {
    const { cases, enterprises, anonymous, keys, departments } = columnsOf(answers);
    expect([cases.length, enterprises.length, [...anonymous]]).toEqual([24, 24, [0, 1, 0]]);
    expect(keys.REGION.values).toEqual(['421202', '421221']);
    // Two bytes each, little-endian.
    expect([...keys.REGION.at]).toEqual([0, 0, 1, 0, 0, 0]);
    expect(departments.values).toEqual([['JRB'], ['JRB', 'RSJ']]);
    expect([...departments.at]).toEqual([0, 0, 1, 0, 1, 0]);
  });

  it('are read from the columns as they were laid out', () => {
    expect(answersOf(columnsOf(answers))).toEqual(
      answers.map((answer) => ({ ...answer, departments: [...answer.departments].sort() })),
    );
    expect(answersOf(columnsOf([]))).toEqual([]);
  });

  it('are refused where a column is damaged', () => {
    const columns = columnsOf(answers);
    const damaged = { ...columns, departments: { ...columns.departments, values: [['JRB']] } };
    expect(() => answersOf(damaged)).toThrow(new RangeError('No value at 1 of a column of kept answers.'));
    const helped = new HelpedCount('REGION', { anonymous: true, named: 'ALL' });
    expect(() =>
      helped.addKept({ ...columns, keys: { REGION: { ...columns.keys.REGION, values: ['421202'] } } }),
    ).toThrow(new RangeError('Kept answer 1 belongs to no group.'));
  });
});

describe('whether other answers are kept of a case', () => {
  const moves = (before: CountedCase | null, now: CountedCase | null): boolean => answersMove({ before, now });

  it.each<[string, Partial<CountedCase>]>([
    ['another day', { facts: [fact({ on: '2026-03-06' })] }],
    ['another department', { facts: [fact({ department: 'RSJ' })] }],
    ['another region', { region: '421221' }],
    ['another enterprise', { complainantKey: 'B' }],
    ['anonymity', { isAnonymous: true }],
    ['another reader', { departments: ['JRB', 'CZJ'] }],
    ['a second answer', { facts: [fact(), fact({ on: '2026-03-09' })] }],
    ['no answer', { facts: [] }],
  ])('%s: yes', (_what, part) => expect(moves(counted(), counted(part))).toBe(true));

  it('the same, or what is no answer: no', () => {
    expect(moves(counted(), counted())).toBe(false);
    expect(moves(counted({ departments: ['A', 'B'] }), counted({ departments: ['B', 'A'] }))).toBe(false);
    expect(moves(counted(), counted({ facts: [fact({ figure: 'received' }), fact()] }))).toBe(false);
    expect([moves(null, counted()), moves(counted(), null), moves(null, null)]).toEqual([true, true, false]);
    expect(moves(null, counted({ facts: [] }))).toBe(false);
  });

  it('departments whose codes run together are others', () => {
    expect(moves(counted({ departments: ['A', 'BC'] }), counted({ departments: ['AB', 'C'] }))).toBe(true);
  });
});
