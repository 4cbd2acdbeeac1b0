import { STATUSES } from '../../../subgraphs/cases/src/domain/case-view.js';
import {
  agendaOf,
  decisionMove,
  levelOf,
  MEETING_KINDS,
  meetingPeriod,
  meetingsDue,
  problemLines,
  type MeetingKind,
} from '../../../subgraphs/cases/src/domain/meeting.js';
import { anAssignment } from '../support/a-case.js';

describe('the period of a meeting', () => {
  it.each([
    ['MONTHLY_JOINT_MEETING', '2026-02-14', '2026-02-01', '2026-02-28'],
    ['MONTHLY_SCHEDULING', '2026-12-31', '2026-12-01', '2026-12-31'],
    ['QUARTERLY_SYMPOSIUM', '2026-02-14', '2026-01-01', '2026-03-31'],
    ['QUARTERLY_SCHEDULING', '2026-12-01', '2026-10-01', '2026-12-31'],
  ] as [MeetingKind, string, string, string][])('%s on %s is %s to %s', (kind, day, from, to) => {
    expect(meetingPeriod(kind, day)).toEqual({ from, to });
  });
});

describe('the meetings that are due', () => {
  it('are those not held in the present period, and missed ones of the period before', () => {
    const held = [
      { kind: 'MONTHLY_JOINT_MEETING', date: '2026-03-10' },
      { kind: 'MONTHLY_JOINT_MEETING', date: '2026-02-10' },
      { kind: 'QUARTERLY_SYMPOSIUM', date: '2025-11-10' },
      { kind: 'MONTHLY_SCHEDULING', date: '2026-03-01' },
    ] as const;
    expect(meetingsDue(held, '2026-03-16')).toEqual([
      { kind: 'QUARTERLY_SYMPOSIUM', region: null, from: '2026-01-01', to: '2026-03-31', isMissed: false },
      { kind: 'QUARTERLY_SCHEDULING', region: null, from: '2025-10-01', to: '2025-12-31', isMissed: true },
      { kind: 'QUARTERLY_SCHEDULING', region: null, from: '2026-01-01', to: '2026-03-31', isMissed: false },
      { kind: 'MONTHLY_SCHEDULING', region: null, from: '2026-02-01', to: '2026-02-28', isMissed: true },
    ]);
  });

  const due = (...args: Parameters<typeof meetingsDue>) =>
    meetingsDue(...args)
      .filter(({ kind }) => kind === 'MONTHLY_SCHEDULING')
      .map(({ region, from, isMissed }) => [region, from, isMissed]);
  const inCounty = (region: string | null, date: string) => ({ kind: 'MONTHLY_SCHEDULING', date, region }) as const;

  it('are in each county by itself', () => {
    const held = [inCounty('421221', '2026-02-10'), inCounty('421221', '2026-03-10'), inCounty('421222', '2026-02-28')];
    expect(due(held, '2026-03-16', ['421221', '421222'])).toEqual([['421222', '2026-03-01', false]]);
    expect(due([inCounty(null, '2026-03-10')], '2026-03-16', ['421221'])).toEqual([
      ['421221', '2026-02-01', true],
      ['421221', '2026-03-01', false],
    ]);
    expect(due(held, '2026-03-16')).toEqual([]);
  });

  it('of the city are held by whatever region states them', () => {
    const quarterly = [{ kind: 'QUARTERLY_SCHEDULING', date: '2026-03-31', region: '421221' }] as const;
    expect(
      meetingsDue(quarterly, '2026-03-16', ['421222']).filter(({ kind }) => kind === 'QUARTERLY_SCHEDULING'),
    ).toEqual([{ kind: 'QUARTERLY_SCHEDULING', region: null, from: '2025-10-01', to: '2025-12-31', isMissed: true }]);
  });
});

describe('what a decision becomes', () => {
  it.each(
    STATUSES.map((status) => [
      status,
      {
        RECEIVED: 'ASSIGNED',
        RETURNED: 'ASSIGNED',
        AWAITING_RULING: 'RULED',
        ASSIGNED: 'SUPERVISED',
        ACCEPTED: 'SUPERVISED',
        IN_PROGRESS: 'SUPERVISED',
        WAITING: 'SUPERVISED',
        REOPENED: 'SUPERVISED',
        RESOLVED: null,
        RATED: null,
        CLOSED: null,
        WITHDRAWN: null,
        DECLINED: null,
        MERGED: null,
      }[status],
    ]),
  )('of a case that is %s is %s', (status, move) => {
    expect(decisionMove({ status })).toBe(move);
  });
});

describe('the agenda of a meeting', () => {
  it.each(MEETING_KINDS.map((kind) => [kind]))('%s is of the level that it has', (kind) => {
    const levels: Partial<Record<MeetingKind, string>> = {
      MONTHLY_JOINT_MEETING: 'JOINT_MEETING',
      QUARTERLY_SYMPOSIUM: 'LEADERSHIP',
      LEADERSHIP_MEETING: 'LEADERSHIP',
    };
    expect(levelOf(kind)).toBe(levels[kind] ?? null);
  });

  it('has what was brought to its level, then what was put on it, each once, without what was taken off', () => {
    const meeting = { chairedBy: null, agenda: ['C', 'A'], takenOff: ['B'] };
    expect(agendaOf(meeting, ['A', 'B', 'D'])).toEqual(['A', 'D', 'C']);
    expect(agendaOf({ chairedBy: null, agenda: ['C'] }, ['A'])).toEqual(['A', 'C']);
  });

  it('stays as it was once it is held', () => {
    expect(agendaOf({ chairedBy: '市长', agenda: ['C', 'A'], takenOff: ['A'] }, ['B'])).toEqual(['C', 'A']);
  });

  it('has 200 cases at most', () => {
    const brought = Array.from({ length: 201 }, (_none, at) => `SQ2026-${String(at)}`);
    expect(agendaOf({ chairedBy: null, agenda: [] }, brought)).toEqual(brought.slice(0, 200));
  });
});

describe('a problem list', () => {
  const one = (
    caseNumber: string,
    category: Parameters<typeof problemLines>[0][number]['category'],
    receivedAt: string,
    lead?: string,
  ) => ({
    ...{ caseNumber, receivedAt, assignment: lead === undefined ? null : anAssignment({ lead }) },
    ...(category === undefined ? {} : { category }),
  });

  it('has a line for each case: by category in the order of the programme, then by receipt', () => {
    expect(
      problemLines([
        one('A', 'ARREARS', '2026-03-01T00:00:00.000Z'),
        one('B', 'LABOUR', '2026-03-03T00:00:00.000Z', 'RSJ'),
        one('C', 'FINANCE', '2026-03-04T00:00:00.000Z', 'JRB'),
        one('D', 'LABOUR', '2026-03-02T00:00:00.000Z'),
        one('B', 'LABOUR', '2026-03-03T00:00:00.000Z', 'RSJ'),
        one('E', undefined, '2026-03-01T00:00:00.000Z'),
        one('F', 'LAW_ENFORCEMENT', '2026-03-05T00:00:00.000Z'),
      ]),
    ).toEqual([
      { caseNumber: 'C', category: 'FINANCE', department: 'JRB' },
      { caseNumber: 'D', category: 'LABOUR', department: null },
      { caseNumber: 'B', category: 'LABOUR', department: 'RSJ' },
      { caseNumber: 'F', category: 'LAW_ENFORCEMENT', department: null },
      { caseNumber: 'A', category: 'ARREARS', department: null },
    ]);
    expect(problemLines([])).toEqual([]);
  });
});
