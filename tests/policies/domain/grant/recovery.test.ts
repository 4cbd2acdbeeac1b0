import type { WorkingCalendar } from '@zhitong/values';
import {
  askedBackFen,
  decideRecovery,
  overdueFen,
  overdueFrom,
  proposalFault,
  type RecoveryStep,
} from '../../../../subgraphs/policies/src/domain/grant/recovery.js';

/** The end of 2026, with a Saturday that is worked, a Friday that is not, and nothing known of 2027. */
const calendar: WorkingCalendar = {
  knownFrom: '2026-01-01',
  knownThrough: '2026-12-31',
  daysOff: new Set(['2026-12-25']),
  workingWeekends: new Set(['2026-12-26']),
};
const faultOf = (...parts: readonly (readonly [string, number])[]): string | undefined =>
  proposalFault(
    parts.map(([dueOn, fen]) => ({ dueOn, fen })),
    { leftFen: 100, today: '2026-12-10', calendar },
  )?.message;

describe('a proposal to ask money back', () => {
  it('is fine up to what is paid, in the order of the days, on working days', () => {
    expect(faultOf(['2026-12-11', 40], ['2026-12-26', 60])).toBeUndefined();
    expect(faultOf(['2027-01-04', 100])).toBeUndefined();
  });

  it.each([
    ['more than is paid', [['2026-12-11', 101]], 'more is asked back'],
    [
      'more than is paid, in parts',
      [
        ['2026-12-11', 60],
        ['2026-12-14', 41],
      ],
      'more is asked back',
    ],
    ['a part of nothing', [['2026-12-11', 0]], 'more than nothing'],
    ['today', [['2026-12-10', 100]], 'no day to come'],
    ['a day that there is not', [['2026-12-32', 100]], 'no day to come'],
    ['more than ten years away', [['2036-12-12', 100]], 'ten years'],
    ['a day off of the calendar', [['2026-12-25', 100]], 'day off'],
    ['a weekend beyond the calendar', [['2027-01-09', 100]], 'day off'],
    [
      'the same day twice',
      [
        ['2026-12-11', 50],
        ['2026-12-11', 50],
      ],
      'not after',
    ],
  ] as const)('is refused for %s', (_what, parts, why) => {
    expect(faultOf(...parts)).toContain(why);
  });
});

describe('what demands take of the money that is paid', () => {
  it('is all of what stands, nothing of what was rejected, and of a withdrawn one what came', () => {
    const demand = { amountFen: 100, receivedFen: 30 };
    expect(
      (['PROPOSED', 'DEMANDED', 'RECOVERED', 'REJECTED', 'WITHDRAWN'] as const).map((state) =>
        askedBackFen([{ ...demand, state }]),
      ),
    ).toEqual([100, 100, 100, 0, 30]);
  });
});

describe('a decision on a demand', () => {
  const step = (kind: RecoveryStep['kind'], by: string): RecoveryStep => ({ kind, by, at: new Date(0), reason: '' });
  const proposed = { state: 'PROPOSED', steps: [step('PROPOSED', 'a')] } as const;
  const demanded = { state: 'DEMANDED', steps: [step('PROPOSED', 'a'), step('DEMANDED', 'b')] } as const;

  it('is of another person than who proposed it', () => {
    expect(decideRecovery(proposed, 'DEMAND', 'a')).toEqual({ ok: false, reason: 'SAME_PERSON', by: 'a' });
    expect(decideRecovery(proposed, 'DEMAND', 'b')).toEqual({ ok: true, state: 'DEMANDED' });
    expect(decideRecovery(proposed, 'REJECT', 'b')).toEqual({ ok: true, state: 'REJECTED' });
  });

  it('that lets the money go is of a third one', () => {
    for (const by of ['a', 'b'])
      expect(decideRecovery(demanded, 'WITHDRAW', by)).toEqual({ ok: false, reason: 'SAME_PERSON', by });
    expect(decideRecovery(demanded, 'WITHDRAW', 'c')).toEqual({ ok: true, state: 'WITHDRAWN' });
  });

  it.each([
    ['a proposal cannot be withdrawn', proposed, 'WITHDRAW'],
    ['a demand is not demanded again', demanded, 'DEMAND'],
    ['a demand is not rejected', demanded, 'REJECT'],
    ['what came back whole is not withdrawn', { ...demanded, state: 'RECOVERED' as const }, 'WITHDRAW'],
  ] as const)('stands: %s', (_what, recovery, decision) => {
    expect(decideRecovery(recovery, decision, 'c')).toEqual({ ok: false, reason: 'ILLEGAL_STATE' });
  });
});

describe('a demand in two parts', () => {
  const instalments = [
    { dueOn: '2027-01-11', fen: 40 },
    { dueOn: '2027-02-10', fen: 60 },
  ];
  const overdueOn = (day: string, receivedFen: number): number =>
    overdueFen({ state: 'DEMANDED', instalments, receivedFen }, day);

  it('is overdue by what was due before a day and has not come; the last day is in time', () => {
    expect(['2027-01-11', '2027-01-12', '2027-02-10', '2027-02-11'].map((day) => overdueOn(day, 0))).toEqual([
      0, 40, 40, 100,
    ]);
    expect(overdueOn('2027-02-11', 30)).toBe(70);
    expect(overdueOn('2027-02-11', 100)).toBe(0);
    expect(overdueFen({ state: 'WITHDRAWN', instalments, receivedFen: 0 }, '2027-02-11')).toBe(0);
  });

  it('is overdue from the day after the earliest part that has not come', () => {
    expect([0, 39, 40, 99, 100].map((received) => overdueFrom(instalments, received))).toEqual([
      '2027-01-12',
      '2027-01-12',
      '2027-02-11',
      '2027-02-11',
      null,
    ]);
  });
});
