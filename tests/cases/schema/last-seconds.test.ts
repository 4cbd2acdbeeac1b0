import { tick } from '../../../subgraphs/cases/src/usecases/overdue-job.js';
import type { CaseChange, CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import { accepted, aHistory, assigned, contacted, resolvedWith, type Happening } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { run } from '../support/mutations.js';

/*
 * Every last day that the department knows ends at 24:00 in Shanghai (民法典 art. 203): the second before belongs to it,
 * the one after does not. Both are of one day in UTC, on which the machine may count. The last day of all of them is
 * Tuesday 2026-03-10; the working days until it are counted by hand, 2026-02-14 and 02-28 worked, 02-15 to 02-23 off.
 */
const DUE = '2026-03-10';
const LAST_SECOND = '2026-03-10T15:59:59.000Z';
const FIRST_SECOND_AFTER = '2026-03-10T16:00:00.000Z';
const NUMBER = 'SQ2026-000001';

let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url)));
beforeEach(async () => cases.empty());
afterAll(async () => cases.close());

const inHand: readonly Happening[] = [
  ['2026-03-03', assigned()],
  ['2026-03-03', accepted],
  ['2026-03-03', contacted],
];
const duty = [{ department: 'RSJ', duty: '协助', dueOn: DUE }];
const evidence = ['https://files.example.cn/1.pdf'];

interface Clock {
  /** The case, received on a day; what has happened to it. */
  readonly received: string;
  readonly happened: readonly Happening[];
  /** What of it tells that the day has passed, and where in the answer. */
  readonly asked: string;
  readonly isLate: (told: Told) => boolean;
  /** What the job notes of it. */
  readonly noted: string;
  /** What ends the clock. */
  readonly ends: CaseChange;
}
interface Told {
  readonly case: {
    readonly clocks: readonly { readonly kind: string; readonly dueOn: string; readonly isOverdue: boolean }[];
    readonly supervisions: readonly { readonly isOverdue: boolean; readonly isOverrun: boolean }[];
    readonly responsibilities: readonly { readonly isOverdue: boolean }[];
    readonly referrals: readonly { readonly isOverdue: boolean }[];
    readonly history: readonly { readonly type: string; readonly reason: string | null }[];
  };
}
const clock = (kind: string) => ({
  asked: 'clocks { kind dueOn isOverdue }',
  isLate: ({ case: { clocks } }: Told): boolean => {
    const last = clocks.findLast((one) => one.kind === kind);
    expect([kind, last?.dueOn]).toEqual([kind, DUE]);
    return last?.isOverdue === true;
  },
  noted: kind,
});

const CLOCKS: Readonly<Record<string, Clock>> = {
  'triage, 1 working day': { received: '2026-03-09', happened: [], ...clock('TRIAGE'), ends: assigned() },
  'first contact, 2': {
    received: '2026-03-06',
    happened: [
      ['2026-03-06', assigned()],
      ['2026-03-06', accepted],
    ],
    ...clock('FIRST_CONTACT'),
    ends: contacted,
  },
  'answer, 5': { received: '2026-03-03', happened: inHand, ...clock('ANSWER'), ends: resolvedWith() },
  'answer after a pause of two days, 5': {
    received: '2026-02-27',
    happened: [
      ['2026-02-27', assigned()],
      ['2026-02-27', accepted],
      ['2026-02-28', contacted],
      // Of 03-02 to 03-05 the day of the answer alone counts: 02-28, 03-05, 06, 09 and 10.
      ['2026-03-02', { type: 'PAUSED', question: '请补充合同', longestDays: 30 }],
      ['2026-03-05', { type: 'RESUMED', reason: '已补充' }],
    ],
    ...clock('ANSWER'),
    ends: resolvedWith(),
  },
  'extension, 3 more': {
    // Five until 03-05, and three more.
    received: '2026-02-27',
    happened: [
      ['2026-02-27', assigned()],
      ['2026-02-27', accepted],
      ['2026-02-27', contacted],
      ['2026-02-28', { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '需上级批复' }],
      ['2026-02-28', { type: 'EXTENSION_RULED', granted: true, workingDays: 3, reason: '同意' }],
    ],
    ...clock('EXTENSION'),
    ends: resolvedWith(),
  },
  'rectification after reopening, 15': {
    received: '2026-02-09',
    happened: [
      ['2026-02-09', assigned()],
      ['2026-02-09', accepted],
      ['2026-02-09', contacted],
      ['2026-02-10', resolvedWith()],
      ['2026-02-11', { type: 'REOPENED', reason: '没有解决', answerDays: 15 }],
    ],
    ...clock('ANSWER'),
    ends: resolvedWith(),
  },
  supervision: {
    received: '2026-03-09',
    happened: [
      ['2026-03-09', assigned()],
      ['2026-03-09', accepted],
      ['2026-03-09', contacted],
      ['2026-03-09', { type: 'SUPERVISED', instruction: '限期办结', dueOn: DUE }],
    ],
    asked: 'supervisions { isOverdue isOverrun }',
    isLate: ({ case: { supervisions } }) => supervisions[0]?.isOverdue === true,
    noted: 'SUPERVISION',
    ends: resolvedWith(),
  },
  'duty of an assisting department': {
    received: '2026-03-09',
    happened: [
      ['2026-03-09', assigned({ assisting: ['RSJ'], responsibilities: duty })],
      ['2026-03-09', accepted],
      ['2026-03-09', contacted],
    ],
    asked: 'responsibilities { isOverdue }',
    isLate: ({ case: { responsibilities } }) => responsibilities[0]?.isOverdue === true,
    noted: 'DUTY',
    ends: { type: 'DUTY_REPORTED', result: '已核实' },
  },
  'referral to discipline inspection': {
    received: '2026-03-09',
    happened: [
      ['2026-03-09', assigned()],
      [
        '2026-03-09',
        { ...{ type: 'REFERRED', referralId: 'R1', department: 'JRB', reason: '推诿', evidence }, dueOn: DUE },
      ],
    ],
    asked: 'referrals { isOverdue }',
    isLate: ({ case: { referrals } }) => referrals[0]?.isOverdue === true,
    noted: 'REFERRAL',
    ends: { type: 'REFERRAL_CONCLUDED', referralId: 'R1', outcome: 'NO_GROUND', note: '查无实据' },
  },
};

/** What the graph tells of the case at a moment, and what the job has noted by then. */
async function at(moment: string, { asked, isLate, noted }: Clock): Promise<{ late: boolean; noted: number }> {
  cases.atMoment(moment);
  await tick({ ...cases, clock: { now: () => new Date(moment) } });
  const { data, errors } = await cases.ask<Told>(
    `{ case(caseNumber: "${NUMBER}") { ${asked} history { type reason } } }`,
    {},
    people.coordinator,
  );
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no answer');
  const notes = data.case.history.filter(
    ({ type, reason }) => /_OVERDUE|OVERDUE_/.test(type) && reason?.startsWith(noted) === true,
  );
  return { late: isLate(data), noted: notes.length };
}
/** The history of a clock, with what ends it at a moment. */
const endedAt = ({ received, happened, ends }: Clock, moment: string): CaseEvent[] => {
  const history = aHistory(received, [...happened, [DUE, ends]], {}, NUMBER);
  return history.map((event, index) =>
    index < history.length - 1
      ? event
      : {
          ...event,
          at: moment,
          by: ends.type === 'DUTY_REPORTED' ? { ...event.by, party: 'ASSISTING', department: 'RSJ' } : event.by,
        },
  );
};

describe.each(Object.entries(CLOCKS))('the last day of a clock: %s', (_name, of) => {
  it('ends at midnight in Shanghai, for whoever reads and for the job', async () => {
    await cases.given(aHistory(of.received, of.happened, {}, NUMBER));
    expect(await at(LAST_SECOND, of)).toEqual({ late: false, noted: 0 });
    expect(await at(FIRST_SECOND_AFTER, of)).toEqual({ late: true, noted: 1 });
  });

  it('is kept by what is done in its last second, and not by what is done in the next', async () => {
    const keeps = async (moment: string): Promise<boolean> => {
      await cases.empty();
      await cases.given(endedAt(of, moment));
      cases.at('2026-03-12');
      const PERIOD = 'from: "2026-02-01", to: "2026-03-12"';
      const { data } = await cases.ask<Kept>(
        `{ caseStatistics(${PERIOD}) { total { response { numerator } onTime { numerator denominator } } }
          case(caseNumber: "${NUMBER}") { supervisions { isOverrun } responsibilities { isOverdue } referrals { concludedOn } } }`,
        {},
        people.coordinator,
      );
      if (!data) throw new Error('no answer');
      const { total } = data.caseStatistics;
      switch (of.noted) {
        case 'FIRST_CONTACT':
          return total.response.numerator === 1;
        case 'SUPERVISION':
          return !(data.case.supervisions[0]?.isOverrun ?? true);
        case 'DUTY':
          return !(data.case.responsibilities[0]?.isOverdue ?? true);
        case 'REFERRAL':
          return (data.case.referrals[0]?.concludedOn ?? '9999') <= DUE;
        case 'TRIAGE':
          // A triage that was late counts as a miss of the desk's, one in time as nothing.
          return total.onTime.denominator === 0;
        default:
          return total.onTime.numerator === total.onTime.denominator && total.onTime.denominator > 0;
      }
    };
    expect([await keeps(LAST_SECOND), await keeps(FIRST_SECOND_AFTER)]).toEqual([true, false]);
  });
});
interface Kept {
  readonly caseStatistics: {
    readonly total: {
      readonly response: { readonly numerator: number };
      readonly onTime: { readonly numerator: number; readonly denominator: number };
    };
  };
  readonly case: {
    readonly supervisions: readonly { readonly isOverrun: boolean }[];
    readonly responsibilities: readonly { readonly isOverdue: boolean }[];
    readonly referrals: readonly { readonly concludedOn: string | null }[];
  };
}

it('so ends the day by which a department has to rectify what a check has found', async () => {
  cases.at('2026-03-09');
  const { result } = await run<{ id: string }>(
    cases,
    ['recordUndercoverCheck', 'RecordUndercoverCheckInput', 'check'],
    'id',
    {
      ...{
        manner: 'UNDERCOVER',
        department: 'JRB',
        place: '政务大厅三号窗口',
        visitedOn: '2026-03-09',
        checkers: ['王五'],
      },
      ...{ items: [{ aspect: 'GUIDANCE', isInOrder: false, finding: '未一次性告知' }], rectifyBy: DUE },
    },
    people.coordinator,
  );
  expect(result?.id).toEqual(expect.any(String));
  const told = async (moment: string) => {
    cases.atMoment(moment);
    const report = await tick({ ...cases, clock: { now: () => new Date(moment) } });
    const { data } = await cases.ask<{ undercoverChecks: { isOverdue: boolean }[] }>(
      '{ undercoverChecks { isOverdue } }',
      {},
      people.coordinator,
    );
    return [data?.undercoverChecks[0]?.isOverdue, report.overdueRectifications];
  };
  expect(await told(LAST_SECOND)).toEqual([false, 0]);
  expect(await told(FIRST_SECOND_AFTER)).toEqual([true, 1]);
});

it('so ends a special supervisor’s last day, and the month of a meeting', async () => {
  cases.at('2026-03-09');
  await run(
    cases,
    ['appointSpecialSupervisor', 'AppointSpecialSupervisorInput', 'specialSupervisor'],
    'id',
    { name: '周监督', organisation: '市工商联', until: DUE },
    people.coordinator,
  );
  const serving = async (moment: string) => {
    cases.atMoment(moment);
    const { data } = await cases.ask<{ specialSupervisors: object[] }>(
      '{ specialSupervisors { id } }',
      {},
      people.coordinator,
    );
    return data?.specialSupervisors.length;
  };
  expect([await serving(LAST_SECOND), await serving(FIRST_SECOND_AFTER)]).toEqual([1, 0]);
  const missed = async (moment: string) => {
    cases.atMoment(moment);
    const { data } = await cases.ask<{
      meetingsDue: { kind: string; from: string; region: string | null; isMissed: boolean }[];
    }>('{ meetingsDue { kind from isMissed } }', {}, people.coordinator);
    return data?.meetingsDue.find(({ kind, from }) => kind === 'MONTHLY_JOINT_MEETING' && from === '2026-03-01')
      ?.isMissed;
  };
  expect([await missed('2026-03-31T15:59:59.000Z'), await missed('2026-03-31T16:00:00.000Z')]).toEqual([false, true]);
});
