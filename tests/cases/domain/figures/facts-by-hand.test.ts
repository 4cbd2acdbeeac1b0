import { nationalCalendar } from '@zhitong/kit';
import type { CaseChange, CaseEvent, Party } from '../../../../subgraphs/cases/src/domain/case-event.js';
import {
  factsOf,
  isCounted,
  lastDayOver,
  type CaseFact,
} from '../../../../subgraphs/cases/src/domain/figures/case-facts.js';
import {
  accepted,
  aHistory,
  anAssignment,
  anAuthor,
  assigned,
  contacted,
  rated,
  resolvedWith,
  type Happening,
} from '../../support/a-case.js';

const calendar = nationalCalendar();
const short = (day: string | null): string => day?.slice(5) ?? '-';
/** figure and whether met, its day, known from and until which day, after which day, whose. */
const line = ({ figure, met, on, since, until, after, department, category }: CaseFact): string =>
  `${figure}${met === null ? '' : met ? '+' : '-'} ${short(on)}: ${short(since)} to ${short(until)}, ${short(after)}, ${department ?? 'desk'} ${category}`;
const linesOf = (events: readonly CaseEvent[]): string[] => factsOf(events, calendar).map(line).sort();
const facts = (happenings: readonly Happening[]): string[] => linesOf(aHistory('2026-03-02', happenings));
/** Those of some figures. */
const only = (names: readonly string[], happenings: readonly Happening[]): string[] =>
  facts(happenings).filter((each) => names.some((name) => each.startsWith(name)));

// Received on Monday 2 March 2026, so that the desk has until the 3rd. Assigned on the 3rd: first contact until the
// 5th, answer until the 10th.
const inHand: readonly Happening[] = [
  ['2026-03-03', assigned({ lead: 'JXJ' })],
  ['2026-03-03', accepted],
];

describe('the facts of a case, by hand', () => {
  it('that is handled in time', () => {
    expect(
      facts([...inHand, ['2026-03-04', contacted], ['2026-03-09', resolvedWith()], ['2026-03-10', rated(5, 2)]]),
    ).toEqual(
      [
        'received 03-02: 03-02 to 03-03, -, desk FINANCE',
        'received 03-02: 03-03 to -, -, JXJ FINANCE',
        'resolution- 03-02: 03-02 to 03-03, -, desk FINANCE',
        'resolution- 03-02: 03-03 to 03-09, -, JXJ FINANCE',
        'resolution+ 03-02: 03-09 to -, -, JXJ FINANCE',
        'assigned 03-03: 03-03 to -, -, JXJ FINANCE',
        'response+ 03-04: 03-04 to -, -, JXJ FINANCE',
        'onTime+ 03-09: 03-09 to -, -, JXJ FINANCE',
        'resolved 03-09: 03-09 to -, -, JXJ FINANCE',
        'processSatisfaction+ 03-10: 03-10 to -, -, JXJ FINANCE',
        'resultSatisfaction- 03-10: 03-10 to -, -, JXJ FINANCE',
        'satisfaction- 03-10: 03-10 to -, -, JXJ FINANCE',
      ].sort(),
    );
  });

  it('that misses both days: what was missed stays, that it is overdue ends with the answer', () => {
    expect(
      only(['onTime', 'response', 'overdue'], [...inHand, ['2026-03-09', contacted], ['2026-03-12', resolvedWith()]]),
    ).toEqual([
      'onTime- 03-10: 03-10 to -, 03-10, JXJ FINANCE',
      'overdue 03-02: 03-10 to 03-12, 03-10, JXJ FINANCE',
      'response- 03-05: 03-05 to -, 03-05, JXJ FINANCE',
    ]);
  });

  it('that lies with nobody: its days will pass', () => {
    expect(only(['onTime', 'response', 'overdue'], inHand)).toEqual([
      'onTime- 03-10: 03-10 to -, 03-10, JXJ FINANCE',
      'overdue 03-02: 03-10 to -, 03-10, JXJ FINANCE',
      'response- 03-05: 03-05 to -, 03-05, JXJ FINANCE',
    ]);
    expect(only(['onTime', 'response', 'overdue'], [])).toEqual([
      'onTime- 03-03: 03-03 to -, 03-03, desk FINANCE',
      'overdue 03-02: 03-03 to -, 03-03, desk FINANCE',
    ]);
  });

  it('that is answered at the desk', () => {
    expect(facts([['2026-03-03', { type: 'ANSWERED_DIRECTLY', answer: '可直接办理' }]])).toEqual([
      'answeredDirectly 03-03: 03-03 to -, -, desk FINANCE',
      'onTime+ 03-03: 03-03 to -, -, desk FINANCE',
      'received 03-02: 03-02 to -, -, desk FINANCE',
      'resolution+ 03-02: 03-03 to -, -, desk FINANCE',
      'resolution- 03-02: 03-02 to 03-03, -, desk FINANCE',
      'resolved 03-03: 03-03 to -, -, desk FINANCE',
    ]);
    // What is known for less than a day was never known.
    expect(only(['resolution'], [['2026-03-02', { type: 'ANSWERED_DIRECTLY', answer: '可直接办理' }]])).toEqual([
      'resolution+ 03-02: 03-02 to -, -, desk FINANCE',
    ]);
  });

  it.each<[string, CaseChange]>([
    ['a question', { type: 'PAUSED', question: '请补充合同' }],
    ['an answer', resolvedWith()],
    ['a call', contacted],
  ])('whose first word with the enterprise is %s', (_what, change) => {
    expect(only(['response'], [...inHand, ['2026-03-05', change]])).toEqual([
      'response+ 03-05: 03-05 to -, -, JXJ FINANCE',
    ]);
  });

  it.each<[string, CaseChange, string[]]>([
    ['goes back in time', { type: 'RETURNED', reason: '非职责', triageDays: 1 }, []],
    ['is withdrawn in time', { type: 'WITHDRAWN', reason: '已解决' }, []],
    ['goes on in another case in time', { type: 'MERGED', into: 'SQ2026-000002', reason: '重复' }, []],
  ])('that %s: neither met nor missed', (_what, change, expected) => {
    expect(
      only(['onTime', 'response'], [...inHand, ['2026-03-05', change]]).filter((each) => each.includes('JXJ')),
    ).toEqual(expected);
  });

  it('that is no matter of the city, or withdrawn, or goes on elsewhere', () => {
    expect(only(['resolution'], [['2026-03-03', { type: 'DECLINED', competent: '法院', reason: '已起诉' }]])).toEqual([
      'resolution- 03-02: 03-02 to -, -, desk FINANCE',
    ]);
    expect(only(['resolution'], [['2026-03-03', { type: 'WITHDRAWN', reason: '已解决' }]])).toEqual([
      'resolution- 03-02: 03-02 to 03-03, -, desk FINANCE',
    ]);
    expect(only(['resolution'], [['2026-03-03', { type: 'MERGED', into: 'SQ2026-000002', reason: '重复' }]])).toEqual([
      'resolution- 03-02: 03-02 to 03-03, -, desk FINANCE',
    ]);
  });

  it('of another category from some day on: what was done before stays where it was', () => {
    expect(
      only(
        ['received', 'resolved'],
        [
          ...inHand,
          ['2026-03-05', resolvedWith()],
          ['2026-03-09', { type: 'RECATEGORISED', category: 'ARREARS', reason: '属拖欠' }],
        ],
      ),
    ).toEqual([
      'received 03-02: 03-02 to 03-03, -, desk FINANCE',
      'received 03-02: 03-03 to 03-09, -, JXJ FINANCE',
      'received 03-02: 03-09 to -, -, JXJ ARREARS',
      'resolved 03-05: 03-05 to -, -, JXJ FINANCE',
    ]);
  });

  it('that is brought before the leadership', () => {
    expect(
      only(['escalated'], [...inHand, ['2026-03-05', { type: 'ESCALATED', level: 'LEADERSHIP', reason: '重大' }]]),
    ).toEqual(['escalated 03-02: 03-05 to -, -, JXJ FINANCE']);
    expect(only(['escalated'], inHand)).toEqual([]);
  });

  it('that is closed, by mistake, and closed again', () => {
    expect(
      only(
        ['closed'],
        [
          ...inHand,
          ['2026-03-05', resolvedWith()],
          ['2026-03-06', { type: 'CLOSED', reason: '办结' }],
          ['2026-03-09', { type: 'CLOSE_UNDONE', reason: '误操作' }],
          ['2026-03-10', { type: 'CLOSED', reason: '办结' }],
        ],
      ),
    ).toEqual(['closed 03-06: 03-06 to 03-09, -, JXJ FINANCE', 'closed 03-10: 03-10 to -, -, JXJ FINANCE']);
  });

  it('that is handed on late by each of two departments', () => {
    expect(
      only(
        ['onTime', 'assigned'],
        [
          ...inHand,
          ['2026-03-12', { type: 'TRANSFERRED', assignment: anAssignment({ lead: 'RSJ' }) }],
          ['2026-03-20', resolvedWith()],
        ],
      ),
    ).toEqual([
      'assigned 03-03: 03-03 to -, -, JXJ FINANCE',
      'assigned 03-12: 03-12 to -, -, RSJ FINANCE',
      'onTime- 03-10: 03-10 to -, 03-10, JXJ FINANCE',
      'onTime- 03-19: 03-19 to -, 03-19, RSJ FINANCE',
    ]);
  });

  it('that missed its day, was merged and taken apart again: missed once', () => {
    const merged: Happening = ['2026-03-12', { type: 'MERGED', into: 'SQ2026-000002', reason: '重复' }];
    const apart: Happening = ['2026-03-16', { type: 'MERGE_UNDONE', reason: '不同事项' }];
    for (const after of [[], [['2026-03-17', resolvedWith()] as const]])
      expect(only(['onTime'], [...inHand, ['2026-03-04', contacted], merged, apart, ...after])).toEqual([
        'onTime- 03-10: 03-10 to -, 03-10, JXJ FINANCE',
      ]);
    expect(only(['overdue'], [...inHand, ['2026-03-04', contacted], merged, apart])).toEqual([
      'overdue 03-02: 03-10 to 03-12, 03-10, JXJ FINANCE',
      'overdue 03-02: 03-16 to -, 03-10, JXJ FINANCE',
    ]);
  });

  it('that asked for more time: nothing is decided until the ruling, then by the longer term', () => {
    const request: Happening = ['2026-03-10', { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '会商' }];
    const ruled = (granted: boolean): Happening => [
      '2026-03-12',
      { type: 'EXTENSION_RULED', granted, workingDays: granted ? 3 : 0, reason: '意见' },
    ];
    const before: readonly Happening[] = [...inHand, ['2026-03-04', contacted], request];
    expect(only(['onTime'], before)).toEqual([]);
    // 10 March and three working days are 13 March.
    expect(only(['onTime'], [...before, ruled(true)])).toEqual(['onTime- 03-13: 03-13 to -, 03-13, JXJ FINANCE']);
    expect(only(['onTime'], [...before, ruled(true), ['2026-03-13', resolvedWith()]])).toEqual([
      'onTime+ 03-13: 03-13 to -, -, JXJ FINANCE',
    ]);
    // Refused: missed on its day, as is known since the ruling.
    expect(only(['onTime'], [...before, ruled(false)])).toEqual(['onTime- 03-10: 03-12 to -, 03-10, JXJ FINANCE']);
    // Answered late while nobody had ruled.
    expect(only(['onTime'], [...before, ['2026-03-11', resolvedWith()]])).toEqual([
      'onTime- 03-10: 03-11 to -, 03-10, JXJ FINANCE',
    ]);
  });

  it('of which the calendar does not tell', () => {
    const events = aHistory('2026-12-30', [
      ['2026-12-30', assigned({ lead: 'JXJ' })],
      ['2026-12-30', accepted],
      ['2026-12-30', contacted],
      ['2027-01-20', resolvedWith()],
    ]);
    expect(linesOf(events).filter((each) => /^(?:onTime|overdue)/.test(each))).toEqual([]);
  });
});

describe('grades of an answer', () => {
  const graded = (...by: [Party, CaseChange][]): string[] => {
    const events = aHistory('2026-03-02', [...inHand, ['2026-03-05', resolvedWith()]]);
    const others = by.map(([party, change], at): CaseEvent => ({
      ...{ caseNumber: 'SQ2026-000001', seq: 5 + at, at: `2026-03-${String(9 + at).padStart(2, '0')}T04:00:00.000Z` },
      ...{ by: anAuthor(party), change },
    }));
    return linesOf([...events, ...others]).filter((each) => each.includes('atisfaction'));
  };

  it('after a call-back end where the enterprise gives its own', () => {
    expect(graded(['COORDINATOR', rated(5, 5)], ['ENTERPRISE', rated(2, 5)])).toEqual([
      'processSatisfaction+ 03-09: 03-09 to 03-10, -, JXJ FINANCE',
      'processSatisfaction- 03-10: 03-10 to -, -, JXJ FINANCE',
      'resultSatisfaction+ 03-09: 03-09 to 03-10, -, JXJ FINANCE',
      'resultSatisfaction+ 03-10: 03-10 to -, -, JXJ FINANCE',
      'satisfaction+ 03-09: 03-09 to 03-10, -, JXJ FINANCE',
      'satisfaction- 03-10: 03-10 to -, -, JXJ FINANCE',
    ]);
  });

  it('of its own stay, also beside those of a later answer', () => {
    const reopened: CaseChange = { type: 'REOPENED', reason: '没有解决', answerDays: 15 };
    const lines = graded(
      ['ENTERPRISE', rated(2, 2)],
      ['ENTERPRISE', reopened],
      ['LEAD', resolvedWith()],
      ['ENTERPRISE', rated(5, 5)],
    );
    expect(lines.filter((each) => each.startsWith('satisfaction'))).toEqual([
      'satisfaction+ 03-12: 03-12 to -, -, JXJ FINANCE',
      'satisfaction- 03-09: 03-09 to -, -, JXJ FINANCE',
    ]);
  });

  it('after a call-back about a former answer are not those of the present one', () => {
    const reopened: CaseChange = { type: 'REOPENED', reason: '没有解决', answerDays: 15 };
    const lines = graded(
      ['COORDINATOR', rated(2, 2)],
      ['ENTERPRISE', reopened],
      ['LEAD', resolvedWith()],
      ['ENTERPRISE', rated(5, 5)],
    );
    expect(lines.filter((each) => each.startsWith('satisfaction'))).toEqual([
      'satisfaction+ 03-12: 03-12 to -, -, JXJ FINANCE',
      'satisfaction- 03-09: 03-09 to -, -, JXJ FINANCE',
    ]);
  });
});

describe('whether a fact counts', () => {
  const fact: CaseFact = {
    figure: 'overdue',
    met: null,
    ...{ on: '2026-03-10', since: '2026-03-12', until: '2026-03-20', after: '2026-03-12' },
    ...{ department: 'JXJ', category: 'FINANCE' },
  };
  const period = { from: '2026-03-01', to: '2026-03-31', knownOn: '2026-03-15', today: '2026-06-30' };

  it.each<[string, Partial<CaseFact>, Partial<typeof period>, boolean]>([
    ['as it stands', {}, {}, true],
    ['on the first day of the period', {}, { from: '2026-03-10' }, true],
    ['before the period', {}, { from: '2026-03-11' }, false],
    ['on the last day of the period', {}, { to: '2026-03-10' }, true],
    ['after the period', {}, { to: '2026-03-09' }, false],
    ['known since that day', {}, { knownOn: '2026-03-12' }, true],
    ['not known yet', { since: '2026-03-16' }, {}, false],
    ['on the last day on which it holds', {}, { knownOn: '2026-03-19' }, true],
    ['from the day on which it does not', {}, { knownOn: '2026-03-20' }, false],
    ['that still holds', { until: null }, { knownOn: '2026-05-01' }, true],
    ['while its day is not over', {}, { knownOn: '2026-03-12', today: '2026-03-12' }, false],
    ['when its day is over', {}, { knownOn: '2026-03-12', today: '2026-03-13' }, true],
    ['that needs no day to pass', { after: null }, { knownOn: '2026-03-12', today: '2026-03-12' }, true],
    ['that needs a later day to pass', { after: '2026-03-16' }, {}, false],
  ])('%s', (_what, part, knowledge, counts) => {
    expect(isCounted({ ...fact, ...part }, { ...period, ...knowledge })).toBe(counts);
  });

  it.each([
    ['2026-03-10', '2026-03-12', '2026-03-10'],
    ['2026-03-11', '2026-03-12', '2026-03-11'],
    ['2026-03-12', '2026-03-12', '2026-03-11'],
    ['2026-03-31', '2026-03-01', '2026-02-28'],
  ])('what was known on %s, asked on %s, has seen the end of %s', (knownOn, today, over) => {
    expect(lastDayOver({ knownOn, today })).toBe(over);
  });
});
