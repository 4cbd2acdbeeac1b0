import { readFileSync } from 'node:fs';

import type { CaseChange, Party } from '../../../subgraphs/cases/src/domain/case-event.js';
import { STATUSES, type CaseStatus, type CaseView } from '../../../subgraphs/cases/src/domain/case-view.js';
import { judgeMove, legalMoves, lifecycleTable, type Move } from '../../../subgraphs/cases/src/domain/lifecycle.js';
import { TRANSITIONS } from '../../../subgraphs/cases/src/domain/moves/transitions.js';
import { accepted, aCase, assigned, contacted, rated, resolvedWith, returned } from '../support/a-case.js';

const DAY = '2026-03-02';
const after = (...changes: CaseChange[]): CaseView =>
  aCase(
    DAY,
    changes.map((change) => [DAY, change] as const),
  );
const EVERYBODY: Party[] = ['COORDINATOR', 'LEAD', 'ASSISTING', 'DESK', 'ENTERPRISE', 'AUDITOR', 'SYSTEM'];

/** What a desk puts right of an open case, and how two of them become one, or one two. */
const PUT_RIGHT: Move[] = ['CORRECTED', 'RECATEGORISED'];
const JOINED: Move[] = ['SPLIT', 'MERGED', 'ABSORBED', 'NOTED'];

const IN: Record<CaseStatus, CaseView> = {
  RECEIVED: after(),
  ASSIGNED: after(assigned()),
  RETURNED: after(assigned(), returned),
  AWAITING_RULING: after(assigned(), returned, assigned(), returned, assigned(), returned),
  ACCEPTED: after(assigned(), accepted),
  IN_PROGRESS: after(assigned(), accepted, contacted),
  WAITING: after(assigned(), accepted, { type: 'PAUSED', question: '请补充贷款合同' }),
  REOPENED: after(assigned(), accepted, resolvedWith(), { type: 'REOPENED', reason: '没有解决', answerDays: 15 }),
  RESOLVED: after(assigned(), accepted, resolvedWith()),
  RATED: after(assigned(), accepted, resolvedWith(), rated(5, 4)),
  CLOSED: after(assigned(), accepted, resolvedWith(), { type: 'CLOSED', reason: '办结' }),
  WITHDRAWN: after({ type: 'WITHDRAWN', reason: '已自行解决' }),
  DECLINED: after({ type: 'DECLINED', competent: '咸宁市中级人民法院', reason: '已进入诉讼程序' }),
  MERGED: after({ type: 'MERGED', into: 'SQ2026-000002', reason: '同一事项' }),
};

describe('the lifecycle of a case', () => {
  it.each(STATUSES.map((status) => [status]))('reaches %s by its own events', (status) => {
    expect(IN[status].status).toBe(status);
  });

  it.each([
    [
      'RECEIVED',
      [
        ...PUT_RIGHT,
        'DECLINED',
        'ANSWERED_DIRECTLY',
        'ASSIGNED',
        ...JOINED,
        'SUPPLEMENTED',
        'WITHDRAWN',
        'ESCALATED',
        'OVERDUE_ESCALATED',
        'REDATED',
        'REFERRED',
      ],
    ],
    [
      'ASSIGNED',
      [
        ...PUT_RIGHT,
        'TRANSFERRED',
        'LANE_CHANGED',
        ...JOINED,
        'ACCEPTED',
        'RETURNED',
        'SUPPLEMENTED',
        'WITHDRAWN',
        'URGED',
        'SUPERVISED',
        'DUTIES_AMENDED',
        'ESCALATED',
        'OVERDUE_ESCALATED',
        'REDATED',
        'REFERRED',
      ],
    ],
    [
      'RETURNED',
      [
        ...PUT_RIGHT,
        'DECLINED',
        'ASSIGNED',
        ...JOINED,
        'SUPPLEMENTED',
        'WITHDRAWN',
        'ESCALATED',
        'OVERDUE_ESCALATED',
        'REDATED',
        'REFERRED',
      ],
    ],
    [
      'AWAITING_RULING',
      [
        ...PUT_RIGHT,
        'RULED',
        ...JOINED,
        'SUPPLEMENTED',
        'WITHDRAWN',
        'ESCALATED',
        'OVERDUE_ESCALATED',
        'REDATED',
        'REFERRED',
      ],
    ],
    [
      'ACCEPTED',
      [
        ...PUT_RIGHT,
        'TRANSFERRED',
        'LANE_CHANGED',
        ...JOINED,
        'CONTACTED',
        'STEP_RECORDED',
        'PAUSED',
        'SUPPLEMENTED',
        'EXTENSION_REQUESTED',
        'RESOLVED',
        'WITHDRAWN',
        'URGED',
        'SUPERVISED',
        'DUTIES_AMENDED',
        'ESCALATED',
        'OVERDUE_ESCALATED',
        'REDATED',
        'REFERRED',
      ],
    ],
    [
      'WAITING',
      [
        ...PUT_RIGHT,
        'TRANSFERRED',
        ...JOINED,
        'RESUMED',
        'SUPPLEMENTED',
        'WITHDRAWN',
        'URGED',
        'SUPERVISED',
        'DUTIES_AMENDED',
        'ESCALATED',
        'OVERDUE_ESCALATED',
        'REDATED',
        'REFERRED',
      ],
    ],
    ['RESOLVED', ['RECATEGORISED', 'NOTED', 'RATED', 'CHECK_OPENED', 'REOPENED', 'CLOSED', 'EVALUATED', 'REFERRED']],
    ['RATED', ['RECATEGORISED', 'NOTED', 'CHECK_OPENED', 'CLOSED', 'EVALUATED', 'REFERRED']],
    [
      'CLOSED',
      ['RECATEGORISED', 'NOTED', 'RATED', 'CHECK_OPENED', 'REOPENED', 'EVALUATED', 'CLOSE_UNDONE', 'REFERRED'],
    ],
    ['WITHDRAWN', ['NOTED', 'REFERRED']],
    ['DECLINED', ['NOTED', 'REOPENED', 'REFERRED']],
    ['MERGED', ['MERGE_UNDONE', 'NOTED', 'REFERRED']],
  ] as [CaseStatus, Move[]][])('from %s allows exactly %j', (status, moves) => {
    expect(legalMoves(IN[status], EVERYBODY)).toEqual(moves);
  });

  it('names the legal moves of whoever tries an illegal one', () => {
    expect(judgeMove(IN.ASSIGNED, 'RESOLVED', ['LEAD'])).toMatchObject({
      legal: false,
      hindrance: { code: 'NOT_WHILE', parameters: { move: 'RESOLVED', status: 'ASSIGNED' } },
      reason: 'RESOLVED is not possible while the case is ASSIGNED',
      notAllowedToParty: false,
      legalMoves: ['NOTED', 'ACCEPTED', 'RETURNED', 'ESCALATED'],
    });
  });

  it('distinguishes a move that is for others from one that is too early', () => {
    expect(judgeMove(IN.RECEIVED, 'ASSIGNED', ['ENTERPRISE'])).toMatchObject({
      legal: false,
      notAllowedToParty: true,
      reason: 'ASSIGNED is for DESK or COORDINATOR',
    });
  });

  it('answers in which capacity a legal move is made', () => {
    expect(judgeMove(IN.RECEIVED, 'ASSIGNED', ['AUDITOR', 'COORDINATOR'])).toEqual({
      legal: true,
      party: 'COORDINATOR',
    });
  });

  it('sends the third return to the coordinator, whose ruling the department cannot return', () => {
    const ruled = after(assigned(), returned, assigned(), returned, assigned(), returned, {
      type: 'RULED',
      assignment: {
        lead: 'JRB',
        assisting: [],
        responsibilities: [],
        lane: 'ORDINARY',
        contactDays: 2,
        answerDays: 5,
        reason: '由金融办牵头',
      },
    });
    expect(ruled.status).toBe('ASSIGNED');
    expect(judgeMove(ruled, 'RETURNED', ['LEAD'])).toMatchObject({
      legal: false,
      reason: 'the coordinator has ruled that this department handles the case',
    });
  });

  it('allows one extension request at a time, and one extension', () => {
    const request: CaseChange = { type: 'EXTENSION_REQUESTED', workingDays: 5, reason: '需要跨部门会商' };
    const grant: CaseChange = { type: 'EXTENSION_RULED', granted: true, workingDays: 5, reason: '同意' };
    expect(judgeMove(after(assigned(), accepted, request), 'EXTENSION_REQUESTED', ['LEAD'])).toMatchObject({
      legal: false,
    });
    expect(judgeMove(after(assigned(), accepted, request, grant), 'EXTENSION_REQUESTED', ['LEAD'])).toMatchObject({
      legal: false,
      reason: 'the case has been extended once already',
    });
    expect(judgeMove(after(assigned(), accepted), 'EXTENSION_RULED', ['COORDINATOR'])).toMatchObject({
      legal: false,
      reason: 'no extension has been requested',
    });
  });

  it('lets a dissatisfied enterprise reopen and a satisfied one not', () => {
    expect(
      judgeMove(after(assigned(), accepted, resolvedWith(), rated(4, 2)), 'REOPENED', ['ENTERPRISE']),
    ).toMatchObject({ legal: true });
    expect(
      judgeMove(after(assigned(), accepted, resolvedWith(), rated(3, 3)), 'REOPENED', ['ENTERPRISE']),
    ).toMatchObject({ legal: false });
  });

  it('does not let a desk that owes the answer itself withdraw a case for an enterprise from elsewhere', () => {
    const inHand = after(assigned(), accepted);
    const view = { ...inHand, complainant: { ...inHand.complainant, uscc: null, name: '东莞咸商科技有限公司' } };
    expect(judgeMove(view, 'WITHDRAWN', ['LEAD', 'DESK'])).toMatchObject({ legal: false, notAllowedToParty: true });
    expect(legalMoves(view, ['LEAD', 'DESK'])).not.toContain('WITHDRAWN');
    // It adds what the enterprise says; the coordinator, or a desk that does not handle it, takes a withdrawal down.
    expect(judgeMove(view, 'SUPPLEMENTED', ['LEAD', 'DESK'])).toMatchObject({ legal: true, party: 'DESK' });
    for (const party of ['DESK', 'COORDINATOR'] as const)
      expect(judgeMove(view, 'WITHDRAWN', [party])).toEqual({ legal: true, party });
  });

  it('lets desk and coordinator act for an enterprise from elsewhere, which has no account here, and for no other', () => {
    const elsewhere = {
      uscc: null,
      name: '东莞咸商科技有限公司',
      homeRegion: '441900',
      anonymous: false,
      contactName: null,
      contactPhone: null,
    };
    const answered = after(assigned(), accepted, resolvedWith());
    for (const [move, view] of [
      ['SUPPLEMENTED', IN.RECEIVED],
      ['WITHDRAWN', IN.RECEIVED],
      ['REOPENED', answered],
    ] as const) {
      for (const party of ['DESK', 'COORDINATOR'] as const) {
        expect(judgeMove(view, move, [party])).toMatchObject({ legal: false, notAllowedToParty: true });
        expect(judgeMove({ ...view, complainant: elsewhere }, move, [party])).toEqual({ legal: true, party });
      }
      expect(judgeMove({ ...view, complainant: elsewhere }, move, ['LEAD'])).toMatchObject({
        legal: false,
        notAllowedToParty: true,
      });
    }
  });

  it('does not close a case whose check has no finding', () => {
    const checked: CaseChange = { type: 'CHECK_OPENED', cause: 'BAD_RATING', drawId: null };
    expect(
      judgeMove(after(assigned(), accepted, resolvedWith(), rated(1, 1), checked), 'CLOSED', ['COORDINATOR']),
    ).toMatchObject({ legal: false });
  });

  it('knows every status and lists every move once', () => {
    expect(new Set(TRANSITIONS.flatMap((row) => [...row.from]))).toEqual(new Set(STATUSES));
    expect(new Set(TRANSITIONS.map((row) => row.move)).size).toBe(TRANSITIONS.length);
  });

  it('is printed in the README as it is', () => {
    expect(readFileSync('subgraphs/cases/README.md', 'utf8')).toContain(lifecycleTable());
  });
});
