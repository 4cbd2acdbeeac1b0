import { answersByDay, caseHashOf, columnsOf } from '../../../../subgraphs/cases/src/domain/figures/answers-of-day.js';
import type { CaseFact } from '../../../../subgraphs/cases/src/domain/figures/case-facts.js';
import { HelpedCount } from '../../../../subgraphs/cases/src/domain/figures/helped-count.js';
import {
  canCount,
  COUNTERS,
  countersOf,
  GROUPINGS,
  groupOf,
  keptRows,
  monthsMoved,
  partsOf,
  stepsOf,
  type CountedCase,
} from '../../../../subgraphs/cases/src/domain/figures/kept-figures.js';

const fact = (part: Partial<CaseFact> = {}): CaseFact => ({
  figure: 'resolved',
  ...{ met: null, on: '2026-03-05', since: '2026-03-05', until: null, after: null },
  ...{ department: 'JRB', category: 'FINANCE' },
  ...part,
});
const counted = (caseNumber: string, part: Partial<CountedCase> = {}): CountedCase => ({
  ...{ caseNumber, facts: [fact()], region: '421202', channel: 'PORTAL', kind: 'APPEAL', origin: 'LOCAL' },
  ...{ industry: 'C', month: '2026-03', complainantKey: 'A', isAnonymous: false, departments: ['JRB'] },
  ...part,
});

describe('what is kept of figures', () => {
  it('has a counter for a count, and two for a rate that is met', () => {
    expect(countersOf('resolved', null)).toEqual(['count_resolved']);
    expect(countersOf('onTime', true)).toEqual(['denominator_onTime', 'numerator_onTime']);
    expect(countersOf('onTime', false)).toEqual(['denominator_onTime']);
  });

  it('goes by the group of the fact, or of its case; empty where it has none', () => {
    const groups = (of: CountedCase, one = fact()) => GROUPINGS.map((grouping) => groupOf(grouping, one, of));
    expect(groups(counted('1'))).toEqual([
      ...['JRB', 'FINANCE', '421202', 'PORTAL', 'APPEAL', 'LOCAL', 'C', '2026-03', ''],
    ]);
    expect(groupOf('ALL', fact(), counted('1'))).toBe('');
    expect(groupOf('DEPARTMENT', fact({ department: null }), counted('1'))).toBe('');
    expect(groupOf('INDUSTRY', fact(), counted('1', { industry: null }))).toBe('');
    expect(groupOf('SERVICE_ITEM', fact({ serviceItem: 'ZZ-SPJY' }), counted('1'))).toBe('ZZ-SPJY');
  });

  it('begins and ceases on days, what a passed day brings about at its end', () => {
    expect(stepsOf(fact())).toEqual([{ known: '2026-03-05', isAtEnd: false, by: 1 }]);
    expect(stepsOf(fact({ until: '2026-03-09' }))).toEqual([
      { known: '2026-03-05', isAtEnd: false, by: 1 },
      { known: '2026-03-09', isAtEnd: false, by: -1 },
    ]);
    expect(stepsOf(fact({ until: '2026-03-05' }))).toEqual([]);
    expect(stepsOf(fact({ after: '2026-03-05' }))).toEqual([{ known: '2026-03-05', isAtEnd: true, by: 1 }]);
    expect(stepsOf(fact({ after: '2026-03-07' }))).toEqual([{ known: '2026-03-07', isAtEnd: true, by: 1 }]);
    expect(stepsOf(fact({ after: '2026-03-04' }))).toEqual([{ known: '2026-03-05', isAtEnd: false, by: 1 }]);
    expect(stepsOf(fact({ after: '2026-03-07', until: '2026-03-07' }))).toEqual([]);
    expect(stepsOf(fact({ after: '2026-03-07', until: '2026-03-08' }))).toHaveLength(2);
  });

  it('has a row for all and for each group, by day and by month', () => {
    const rows = keptRows([
      { before: null, now: counted('1') },
      { before: null, now: counted('2') },
    ]);
    expect(rows).toHaveLength(20);
    expect(rows.every(({ sums }) => JSON.stringify(sums) === '{"count_resolved":2}')).toBe(true);
    expect(rows.filter(({ grouping }) => grouping === 'ALL')).toEqual([
      {
        ...{ grouping: 'ALL', key: '', span: 'DAY', on: '2026-03-05', known: '2026-03-05', isAtEnd: false },
        sums: { count_resolved: 2 },
      },
      {
        ...{ grouping: 'ALL', key: '', span: 'MONTH', on: '2026-03', known: '2026-03-05', isAtEnd: false },
        sums: { count_resolved: 2 },
      },
    ]);
  });

  it('changes by the difference alone', () => {
    const one = counted('1');
    expect(keptRows([{ before: one, now: one }])).toEqual([]);
    const moved = counted('1', { facts: [fact({ department: 'RSJ' })] });
    expect(
      keptRows([{ before: one, now: moved }])
        .filter(({ span }) => span === 'DAY')
        .map(({ grouping, key, sums }) => [grouping, key, sums['count_resolved']]),
    ).toEqual([
      ['DEPARTMENT', 'JRB', -1],
      ['DEPARTMENT', 'RSJ', 1],
    ]);
    expect(keptRows([{ before: one, now: null }]).every(({ sums }) => sums['count_resolved'] === -1)).toBe(true);
    const kept = counted('1', { facts: [fact({ figure: 'onTime', met: true })] });
    expect(keptRows([{ before: null, now: kept }])[0]?.sums).toEqual({ denominator_onTime: 1, numerator_onTime: 1 });
  });

  it('tells of which months other figures are told', () => {
    const one = counted('1');
    expect(monthsMoved([{ before: one, now: one }])).toEqual([]);
    expect(monthsMoved([{ before: null, now: one }])).toEqual(['2026-03']);
    const later = counted('1', { facts: [fact({ on: '2026-04-05' })] });
    expect(monthsMoved([{ before: one, now: later }])).toEqual(['2026-03', '2026-04']);
    expect(monthsMoved([{ before: one, now: counted('1', { complainantKey: 'B' }) }])).toEqual(['2026-03']);
    expect(monthsMoved([{ before: one, now: counted('1', { isAnonymous: true }) }])).toEqual(['2026-03']);
    expect(canCount({ before: null, now: one })).toBe(true);
    expect(canCount({ before: null, now: { ...one, facts: [null as unknown as CaseFact] } })).toBe(false);
  });
});

describe('the months of which other figures are told', () => {
  const moved = (part: Partial<CountedCase>) => monthsMoved([{ before: counted('1'), now: counted('1', part) }]);

  it.each<[string, Partial<CountedCase>]>([
    ['another figure', { facts: [fact({ figure: 'closed' })] }],
    ['another outcome', { facts: [fact({ met: true })] }],
    ['knowledge since another day', { facts: [fact({ since: '2026-03-06' })] }],
    ['knowledge until a day', { facts: [fact({ until: '2026-03-09' })] }],
    ['a day that has to pass', { facts: [fact({ after: '2026-03-05' })] }],
    ['another department', { facts: [fact({ department: 'RSJ' })] }],
    ['another category', { facts: [fact({ category: 'LABOUR' })] }],
    ['another region', { region: '421221' }],
    ['another channel', { channel: 'MAIL' }],
    ['another kind', { kind: 'REPORT' }],
    ['another origin', { origin: 'ELSEWHERE' }],
    ['another industry', { industry: null }],
    ['another enterprise', { complainantKey: 'B' }],
    ['anonymity', { isAnonymous: true }],
    ['one fact more', { facts: [fact(), fact({ figure: 'closed' })] }],
    ['no facts', { facts: [] }],
  ])('are those of %s', (_what, part) => expect(moved(part)).toEqual(['2026-03']));

  it('are none where the same facts come in another order, or other departments may read them', () => {
    const [one, other] = [fact(), fact({ figure: 'closed' })];
    expect(
      monthsMoved([{ before: counted('1', { facts: [one, other] }), now: counted('1', { facts: [other, one] }) }]),
    ).toEqual([]);
    expect(moved({ departments: ['JRB', 'CZJ'] })).toEqual([]);
  });

  it('are each told once, of however many cases', () => {
    const april = { facts: [fact({ on: '2026-04-01' })] };
    expect(
      monthsMoved([
        { before: counted('1'), now: null },
        { before: counted('2'), now: counted('2', april) },
        { before: null, now: null },
      ]),
    ).toEqual(['2026-03', '2026-04']);
    expect(monthsMoved([])).toEqual([]);
  });
});

describe('what is added up', () => {
  it('are seven counts, and two sums of each of seven rates', () => {
    const rates = [
      ...['response', 'onTime', 'resolution', 'processSatisfaction', 'resultSatisfaction', 'satisfaction'],
      'promiseBroken',
    ];
    expect(COUNTERS).toEqual([
      ...['received', 'assigned', 'resolved', 'answeredDirectly', 'overdue', 'escalated', 'closed'].map(
        (name) => `count_${name}`,
      ),
      ...rates.flatMap((name) => [`denominator_${name}`, `numerator_${name}`]),
    ]);
  });

  it('is kept apart by day, by what became known when, and by group', () => {
    const facts = [
      fact({ until: '2026-03-09' }),
      fact({ on: '2026-03-06', since: '2026-03-06' }),
      fact({ after: '2026-03-05' }),
      fact({ department: 'RSJ' }),
    ];
    const rows = keptRows([{ before: null, now: counted('1', { facts }) }]).filter(
      ({ grouping }) => grouping === 'DEPARTMENT',
    );
    const told = (span: 'DAY' | 'MONTH') =>
      rows
        .filter((one) => one.span === span)
        .map(({ key, on, known, isAtEnd, sums }) =>
          [key, on, known.slice(8), isAtEnd, sums['count_resolved']].join(' '),
        );
    expect(told('DAY')).toEqual([
      'JRB 2026-03-05 05 false 1',
      'JRB 2026-03-05 09 false -1',
      'JRB 2026-03-06 06 false 1',
      'JRB 2026-03-05 05 true 1',
      'RSJ 2026-03-05 05 false 1',
    ]);
    expect(told('MONTH')).toEqual([
      'JRB 2026-03 05 false 1',
      'JRB 2026-03 09 false -1',
      'JRB 2026-03 06 false 1',
      'JRB 2026-03 05 true 1',
      'RSJ 2026-03 05 false 1',
    ]);
  });
});

describe('a period', () => {
  const period = (from: string, to: string) => ({ from, to });
  it.each([
    ['2026-01-01', '2026-03-31', period('2026-01-01', '2026-03-31'), []],
    [
      ...(['2026-01-15', '2026-03-31'] as const),
      period('2026-02-01', '2026-03-31'),
      [period('2026-01-15', '2026-01-31')],
    ],
    [
      ...(['2026-01-15', '2026-03-30'] as const),
      period('2026-02-01', '2026-02-28'),
      [period('2026-01-15', '2026-01-31'), period('2026-03-01', '2026-03-30')],
    ],
    ['2026-01-15', '2026-02-10', null, [period('2026-01-15', '2026-02-10')]],
    ['2026-02-01', '2026-02-27', null, [period('2026-02-01', '2026-02-27')]],
    ['2026-02-01', '2026-02-28', period('2026-02-01', '2026-02-28'), []],
  ])('from %s to %s has whole months and days at its ends', (from, to, months, days) => {
    expect(partsOf({ from, to })).toEqual({ months, days });
  });
});

describe('how many enterprises were helped', () => {
  const cases = [
    counted('1', { complainantKey: 'A' }),
    counted('2', { complainantKey: 'A' }),
    counted('3', { complainantKey: 'A', isAnonymous: true }),
    counted('4', { complainantKey: 'B', isAnonymous: true, departments: ['RSJ'] }),
    counted('5', { complainantKey: 'C', departments: ['RSJ'], facts: [fact({ department: 'RSJ' })] }),
    counted('6', { complainantKey: 'D', facts: [fact({ figure: 'received' })] }),
  ];
  const day = answersByDay(cases).get('2026-03-05') ?? [];
  const count = (...[grouping, knows, passedOver]: ConstructorParameters<typeof HelpedCount>) => {
    const helped = new HelpedCount(grouping, knows, passedOver);
    helped.addOthers(day);
    return Object.fromEntries(helped.result());
  };

  it('is different enterprises for who may know all: A, B and C', () => {
    expect(day).toHaveLength(5);
    expect(count(null, { anonymous: true, named: 'ALL' })).toEqual({ '': 3 });
    expect(count('DEPARTMENT', { anonymous: true, named: 'ALL' })).toEqual({ JRB: 2, RSJ: 1 });
  });

  it('tells an anonymous case apart for who may not know whose it is: A, C, case 3, case 4', () => {
    expect(count(null, { anonymous: false, named: 'ALL' })).toEqual({ '': 4 });
  });

  it('counts each answer of cases that a department may not read: A and case 3, and each of two of others', () => {
    expect(count(null, { anonymous: true, named: { department: 'JRB' } })).toEqual({ '': 4 });
    // Cases 4 and 5 as they are, and each of three of others.
    expect(count('CHANNEL', { anonymous: true, named: { department: 'RSJ' } })).toEqual({ PORTAL: 5 });
    expect(count('DEPARTMENT', { anonymous: true, named: { department: 'NOSUCH' } })).toEqual({ JRB: 4, RSJ: 1 });
  });

  it('passes over kept answers of cases that are not counted yet, and counts what is added of them', () => {
    const helped = new HelpedCount(null, { anonymous: true, named: 'ALL' }, [caseHashOf('5'), caseHashOf('4')]);
    helped.addKept(columnsOf(day));
    expect(Object.fromEntries(helped.result())).toEqual({ '': 1 });
    helped.addOthers(day.slice(-1));
    expect(Object.fromEntries(helped.result())).toEqual({ '': 2 });
    expect(Object.fromEntries(new HelpedCount(null, { anonymous: true, named: 'ALL' }).result())).toEqual({});
  });

  it('grows beyond what it began with', () => {
    const helped = new HelpedCount(null, { anonymous: true, named: 'ALL' });
    const many = Array.from({ length: 500 }, (_none, at) => counted(String(at), { complainantKey: String(at % 300) }));
    helped.addOthers(answersByDay(many).get('2026-03-05') ?? []);
    expect(Object.fromEntries(helped.result())).toEqual({ '': 300 });
  });
});
