import { nationalCalendar } from '@zhitong/kit';
import { addWorkingDays } from '@zhitong/values';
import type { CaseChange } from '../../../subgraphs/cases/src/domain/case-event.js';
import { provisionalCalendar, unnoticedLastDays } from '../../../subgraphs/cases/src/domain/overdue.js';
import { accepted, aCase, assigned, contacted, resolvedWith, returned, type Happening } from '../support/a-case.js';

const calendar = nationalCalendar();
const MONDAY = '2026-03-02';
const lastDays = (...happenings: readonly Happening[]) => unnoticedLastDays(aCase(MONDAY, happenings), calendar);
const named = (...happenings: readonly Happening[]) =>
  lastDays(...happenings).map(({ clock, dueOn }) => [clock, dueOn]);
const noticed = (clock: string): Happening => ['2026-03-20', { type: 'OVERDUE_ESCALATED', clock, dueOn: MONDAY }];

describe('the last days of a case whose passing nobody has noticed', () => {
  it('are that of the desk, then those of the contact and the answer, the earliest first', () => {
    expect(lastDays()).toEqual([{ clock: 'TRIAGE#1', dueOn: '2026-03-03', isProvisional: false }]);
    expect(lastDays([MONDAY, assigned()])).toEqual([
      { clock: 'FIRST_CONTACT#2', dueOn: '2026-03-04', isProvisional: false },
      { clock: 'ANSWER#2', dueOn: '2026-03-09', isProvisional: false },
    ]);
    expect(named([MONDAY, assigned()], [MONDAY, accepted], ['2026-03-03', contacted])).toEqual([
      ['ANSWER#2', '2026-03-09'],
    ]);
    expect(named([MONDAY, assigned()], ['2026-03-04', returned])).toEqual([['TRIAGE#3', '2026-03-05']]);
  });

  it('leave out each that was noticed, and it alone', () => {
    expect(named([MONDAY, assigned()], noticed('FIRST_CONTACT#2'))).toEqual([['ANSWER#2', '2026-03-09']]);
    expect(named([MONDAY, assigned()], noticed('ANSWER#2'))).toEqual([['FIRST_CONTACT#2', '2026-03-04']]);
    expect(named([MONDAY, assigned()], noticed('ANSWER#1'))).toHaveLength(2);
  });

  it.each<[string, readonly Happening[]]>([
    [
      'an answered case',
      [
        [MONDAY, assigned()],
        [MONDAY, accepted],
        ['2026-03-03', resolvedWith()],
      ],
    ],
    ['a withdrawn case', [['2026-03-03', { type: 'WITHDRAWN', reason: '已解决' }]]],
  ])('are none of %s', (_what, happenings) => expect(named(...happenings)).toEqual([]));

  it('are none of an answer that waits for the enterprise without an end', () => {
    expect(
      named([MONDAY, assigned()], [MONDAY, accepted], [MONDAY, { type: 'PAUSED', question: '请补充合同' }]),
    ).toEqual([]);
  });

  describe('have among them', () => {
    const order = (instruction: string, dueOn: string): CaseChange => ({ type: 'SUPERVISED', instruction, dueOn });
    const duties: Happening = [
      MONDAY,
      assigned({
        assisting: ['CZJ', 'RSJ'],
        responsibilities: [
          { department: 'CZJ', duty: '核实资金', dueOn: '2026-03-05' },
          { department: 'RSJ', duty: '提供材料' },
        ],
      }),
    ];

    it('the day of the latest order of supervision, which comes before the joint meeting', () => {
      const found = lastDays(
        [MONDAY, assigned()],
        ['2026-03-03', order('限期办结', '2026-03-05')],
        ['2026-03-04', order('再次督办', '2026-03-06')],
      );
      expect(found.map(({ clock }) => clock)).toEqual([
        'FIRST_CONTACT#2',
        'SUPERVISION#2026-03-04/2026-03-06',
        'ANSWER#2',
      ]);
      expect(found[1]).toEqual({
        ...{
          clock: 'SUPERVISION#2026-03-04/2026-03-06',
          dueOn: '2026-03-06',
          isProvisional: false,
          level: 'JOINT_MEETING',
        },
      });
    });

    it('no order that was concluded', () => {
      expect(
        named(
          [MONDAY, assigned()],
          ['2026-03-03', order('限期办结', '2026-03-05')],
          ['2026-03-04', { type: 'SUPERVISION_CONCLUDED', fulfilled: true, note: '落实' }],
        ).map(([clock]) => clock),
      ).toEqual(['FIRST_CONTACT#2', 'ANSWER#2']);
    });

    it('the days of assisting departments, which bring the case to no level, where their duty has a day', () => {
      expect(lastDays(duties).filter(({ clock }) => clock.startsWith('DUTY'))).toEqual([
        { clock: 'DUTY#2/CZJ', dueOn: '2026-03-05', isProvisional: false, level: 'NONE' },
      ]);
      expect(named(duties, noticed('DUTY#2/CZJ')).map(([clock]) => clock)).toEqual(['FIRST_CONTACT#2', 'ANSWER#2']);
    });
  });

  describe('have among them, whether or not the case is open, the day', () => {
    const referred = (dueOn?: string): CaseChange => ({
      ...{ type: 'REFERRED', referralId: 'R1', department: 'JRB', reason: '推诿', evidence: [] },
      ...(dueOn === undefined ? {} : { dueOn }),
    });
    const answered: readonly Happening[] = [
      [MONDAY, assigned()],
      [MONDAY, accepted],
      [MONDAY, resolvedWith()],
    ];
    const R1 = { clock: 'REFERRAL#R1', dueOn: '2026-03-09', isProvisional: false, referralId: 'R1' };
    it.each<[string, readonly Happening[], unknown[]]>([
      ['of a referral', [[MONDAY, referred('2026-03-09')]], [R1]],
      ['of no referral without a day', [[MONDAY, referred()]], []],
      [
        'of none whose passing was noticed',
        [
          [MONDAY, referred('2026-03-09')],
          ['2026-03-10', { type: 'REFERRAL_OVERDUE', referralId: 'R1', dueOn: '2026-03-09' }],
        ],
        [],
      ],
      [
        'of none that was concluded',
        [
          [MONDAY, referred('2026-03-09')],
          ['2026-03-10', { type: 'REFERRAL_CONCLUDED', referralId: 'R1', outcome: 'CLEARED', note: '澄清' }],
        ],
        [],
      ],
    ])('%s', (_what, happenings, expected) => expect(lastDays(...answered, ...happenings)).toEqual(expected));
  });

  it('are counted provisionally where the calendar is not published yet', () => {
    const atYearsEnd = aCase('2026-12-28', [['2026-12-28', assigned()]]);
    // Answer: 29, 30, 31 December, then 4 and 5 January, since the 1st is a holiday of fixed date and a weekend
    // follows.
    expect(unnoticedLastDays(atYearsEnd, calendar)).toEqual([
      { clock: 'FIRST_CONTACT#2', dueOn: '2026-12-30', isProvisional: false },
      { clock: 'ANSWER#2', dueOn: '2027-01-05', isProvisional: true },
    ]);
  });
});

describe('the provisional calendar', () => {
  const provisional = provisionalCalendar(calendar);
  const after = (day: string, workingDays: number) => addWorkingDays(provisional, day, workingDays);

  it('knows of three further years the weekends and the holidays of fixed date', () => {
    expect(calendar.knownThrough).toBe('2026-12-31');
    expect(provisional.knownThrough).toBe('2029-12-31');
    // 全国年节及纪念日放假办法 art. 2: 1 January, 1 and 2 May, 1 to 3 October.
    expect([...provisional.daysOff].filter((day) => day > '2026-12-31').sort()).toEqual(
      ['2027', '2028', '2029'].flatMap((year) =>
        ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((day) => `${year}-${day}`),
      ),
    );
    expect(after('2027-09-30', 1)).toEqual({ known: true, value: '2027-10-04' });
    expect(after('2029-12-31', 1).known).toBe(false);
  });

  it('has the published years as they are', () => {
    expect([...provisional.daysOff].filter((day) => day <= '2026-12-31')).toEqual([...calendar.daysOff]);
    expect(after('2026-02-13', 5)).toEqual(addWorkingDays(calendar, '2026-02-13', 5));
  });

  it('is made once of each calendar', () => {
    expect(provisionalCalendar(calendar)).toBe(provisional);
    expect(provisionalCalendar({ ...calendar, knownThrough: '2025-12-31' }).knownThrough).toBe('2028-12-31');
  });
});
