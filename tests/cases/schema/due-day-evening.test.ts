import { tick } from '../../../subgraphs/cases/src/usecases/overdue-job.js';
import { accepted, aHistory, assigned, contacted, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { mutate, run } from '../support/mutations.js';

/**
 * A day is over at midnight in Shanghai (民法典 art. 203: a period ends at 24:00 of its last day). Both moments are of one
 * day in UTC, so that whoever compares days of UTC, or counts the due day itself, is found.
 */
const LAST_MOMENT = '2026-03-10T15:59:59.999Z';
const FIRST_MOMENT_AFTER = '2026-03-10T16:00:00.000Z';
const NUMBER = 'SQ2026-000001';

let cases: CasesUnderTest;
let meeting = '';
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  // Five working days from Tuesday 3 March: due on Tuesday the 10th.
  await cases.given(
    aHistory(
      '2026-03-02',
      [
        ['2026-03-03', assigned({ lead: 'JRB' })],
        ['2026-03-03', accepted],
        ['2026-03-04', contacted],
      ],
      {},
      NUMBER,
    ),
  );
  await cases.given(aHistory('2026-03-09', [], {}, 'SQ2026-000002'));
  cases.register(['JRB', 'YSB']);
  await cases.departments.refresh();
  cases.at('2026-03-09');
  const planned = await run<{ id: string }>(
    cases,
    ['planMeeting', 'PlanMeetingInput', 'meeting'],
    'id',
    { kind: 'MONTHLY_JOINT_MEETING', date: '2026-03-09', title: '三月联席会议', cases: ['SQ2026-000002'] },
    people.coordinator,
  );
  meeting = planned.result?.id ?? '';
  await run(
    cases,
    ['holdMeeting', 'HoldMeetingInput', 'meeting'],
    'id',
    { meeting, expectedVersion: 1, chairedBy: '分管副市长' },
    people.coordinator,
  );
  await run(
    cases,
    ['recordMeetingDecision', 'RecordMeetingDecisionInput', 'meeting'],
    'id',
    {
      meeting,
      expectedVersion: 2,
      caseNumber: 'SQ2026-000002',
      department: 'JRB',
      decision: '限期办结',
      dueOn: '2026-03-10',
    },
    people.coordinator,
  );
});
afterAll(async () => cases.close());

interface Seen {
  case: { dueOn: string; isOverdue: boolean; workingDaysLeft: number; clocks: { kind: string; isOverdue: boolean }[] };
  late: { nodes: { caseNumber: string }[] };
  inTime: { nodes: { caseNumber: string }[] };
  meeting: { decisions: { isOverdue: boolean }[] };
  _entities: [
    { late: { totalCount: number }; inTime: { totalCount: number } },
    { caseload: { overdue: number }; scorecard: { overdue: number } },
  ];
}

/** Whether the case is late, by each way on which the graph tells it. */
async function late(): Promise<Record<string, boolean>> {
  const { data, errors } = await cases.ask<Seen>(
    `query ($n: ID!, $m: ID!, $r: [_Any!]!) {
      case(caseNumber: $n) { dueOn isOverdue workingDaysLeft clocks { kind isOverdue } }
      late: cases(filter: { overdue: true, handler: "JRB" }) { nodes { caseNumber } }
      inTime: cases(filter: { overdue: false, handler: "JRB" }) { nodes { caseNumber } }
      meeting(id: $m) { decisions { isOverdue } }
      _entities(representations: $r) {
        ... on Enterprise { late: cases(filter: { overdue: true }) { totalCount } inTime: cases(filter: { overdue: false }) { totalCount } }
        ... on Department { caseload { overdue } scorecard(from: "2026-03-01", to: "2026-03-31") { overdue } }
      }
    }`,
    {
      n: NUMBER,
      m: meeting,
      r: [
        { __typename: 'Enterprise', uscc: USCC },
        { __typename: 'Department', code: 'JRB' },
      ],
    },
    people.coordinator,
  );
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no answer');
  expect(data.case.dueOn).toBe('2026-03-10');
  const [enterprise, department] = data._entities;
  return {
    case: data.case.isOverdue,
    clock: data.case.clocks.find(({ kind }) => kind === 'ANSWER')?.isOverdue === true,
    'working days left': data.case.workingDaysLeft < 0,
    'list of late cases': data.late.nodes.some(({ caseNumber }) => caseNumber === NUMBER),
    'list of cases in time': !data.inTime.nodes.some(({ caseNumber }) => caseNumber === NUMBER),
    'cases of the enterprise': enterprise.late.totalCount > 0,
    'cases in time of the enterprise': enterprise.inTime.totalCount < 2,
    caseload: department.caseload.overdue > 0,
    scorecard: department.scorecard.overdue > 0,
    'decision of a meeting': data.meeting.decisions[0]?.isOverdue === true,
  };
}
const everyWay = (value: boolean) =>
  Object.fromEntries(
    [
      'case',
      'clock',
      'working days left',
      'list of late cases',
      'list of cases in time',
      'cases of the enterprise',
      'cases in time of the enterprise',
      'caseload',
      'scorecard',
      'decision of a meeting',
    ].map((way) => [way, value]),
  );
const escalatedAt = async (moment: string): Promise<number> =>
  (await tick({ ...cases, clock: { now: () => new Date(moment) } })).escalated;

describe('the evening of the due day', () => {
  it('is in time on every way, up to its last moment', async () => {
    cases.atMoment(LAST_MOMENT);
    expect(await late()).toEqual(everyWay(false));
    expect(await escalatedAt(LAST_MOMENT)).toBe(0);
    expect(
      (
        await mutate(
          cases,
          'requestCaseExtension',
          { caseNumber: NUMBER, expectedVersion: 4, workingDays: 3, reason: '需上级批复' },
          people.officer('JRB'),
        )
      ).outcome?.refusal,
    ).toBeNull();
  });

  it('ends at midnight, also on every way', async () => {
    cases.atMoment(FIRST_MOMENT_AFTER);
    expect(await late()).toEqual({ ...everyWay(true), 'working days left': true });
    expect(
      (
        await mutate(
          cases,
          'requestCaseExtension',
          { caseNumber: NUMBER, expectedVersion: 4, workingDays: 3, reason: '需上级批复' },
          people.officer('JRB'),
        )
      ).outcome?.refusal,
    ).toMatchObject({ code: 'CONFLICT' });
    // The answer of the one, and the meeting's decision on the other, which is supervised.
    expect(await escalatedAt(FIRST_MOMENT_AFTER)).toBe(2);
  });
});
