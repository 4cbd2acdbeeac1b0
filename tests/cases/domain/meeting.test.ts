import { STATUSES } from '../../../subgraphs/cases/src/domain/case-view.js';
import {
  decisionMove,
  meetingPeriod,
  meetingsDue,
  type MeetingKind,
} from '../../../subgraphs/cases/src/domain/meeting.js';

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
