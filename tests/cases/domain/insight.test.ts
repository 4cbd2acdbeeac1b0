import type { Caller, CaseOwnership } from '../../../subgraphs/cases/src/domain/access.js';
import type { CaseChange } from '../../../subgraphs/cases/src/domain/case-event.js';
import {
  insightOf,
  learnsOf,
  secrecyOf,
  updatedFor,
  versionFor,
  type Insight,
} from '../../../subgraphs/cases/src/domain/insight.js';
import { noticeOf } from '../../../subgraphs/cases/src/domain/notice.js';
import { replay } from '../../../subgraphs/cases/src/domain/history.js';
import {
  accepted,
  aCase,
  aHistory,
  anIntake,
  assigned,
  contacted,
  rated,
  resolvedWith,
  USCC,
  type Happening,
} from '../support/a-case.js';

const DAY = '2026-03-02';
const INSIGHTS: readonly Insight[] = ['ALL', 'OFFICE', 'OUTSIDE'];
const referred = (referralId: string): CaseChange => ({
  type: 'REFERRED',
  referralId,
  department: 'JRB',
  reason: '推诿',
  evidence: [],
});
const concluded = (referralId: string): CaseChange => ({
  type: 'REFERRAL_CONCLUDED',
  referralId,
  outcome: 'CLEARED',
  note: '澄清',
});
const cleared = (referralId: string): CaseChange => ({ type: 'CLEARING_ISSUED', referralId, noticeId: 'CQ-1' });
const overdue = (referralId: string): CaseChange => ({ type: 'REFERRAL_OVERDUE', referralId, dueOn: DAY });
const noted: CaseChange = { type: 'NOTED', note: '注意时限' };
const gradeGiven: CaseChange = { type: 'ASSISTANCE_RATED', department: 'CZJ', grade: 4, reason: null };

describe('who learns of a change', () => {
  it.each<[CaseChange['type'], ReturnType<typeof secrecyOf>, readonly Insight[]]>([
    ['REFERRED', 'DISCIPLINE', ['ALL']],
    ['REFERRAL_CONCLUDED', 'DISCIPLINE', ['ALL']],
    ['REFERRAL_OVERDUE', 'DISCIPLINE', ['ALL']],
    ['CLEARING_ISSUED', 'DISCIPLINE', ['ALL']],
    ['NOTED', 'INTERNAL', ['ALL', 'OFFICE']],
    ['ASSISTANCE_RATED', 'INTERNAL', ['ALL', 'OFFICE']],
    ['SUBMITTED', null, INSIGHTS],
    ['SUPERVISED', null, INSIGHTS],
    ['RESOLVED', null, INSIGHTS],
  ])('of %s, which is a secret of the kind %s: %j', (type, secrecy, who) => {
    expect(secrecyOf(type)).toBe(secrecy);
    expect(INSIGHTS.filter((insight) => learnsOf(insight, type))).toEqual(who);
  });

  const ownership: CaseOwnership = aCase(DAY, [[DAY, assigned({ lead: 'JRB', assisting: ['CZJ'] })]], {
    receivedBy: 'ZWB',
  });
  it.each<[string, Caller | null, Insight]>([
    ['nobody', null, 'OUTSIDE'],
    ['the enterprise', { roles: ['ENTERPRISE'], uscc: USCC }, 'OUTSIDE'],
    ['another department', { roles: ['OFFICER'], department: 'RSJ' }, 'OUTSIDE'],
    ['the lead department', { roles: ['OFFICER'], department: 'JRB' }, 'OFFICE'],
    ['an assisting department', { roles: ['OFFICER'], department: 'CZJ' }, 'OFFICE'],
    ['the desk', { roles: ['OFFICER'], department: 'ZWB' }, 'OFFICE'],
    [
      'a member of staff whose own firm brought it',
      { roles: ['ENTERPRISE', 'OFFICER'], uscc: USCC, department: 'JRB' },
      'OFFICE',
    ],
    ['the coordinator', { roles: ['COORDINATOR'] }, 'ALL'],
    ['the auditor', { roles: ['AUDITOR'] }, 'ALL'],
  ])('%s has the insight of its part in the case', (_who, caller, insight) => {
    expect(insightOf(caller, ownership)).toBe(insight);
  });
});

describe('the number of a case’s version', () => {
  const versions = (...changes: readonly CaseChange[]): number[] => {
    const view = aCase(DAY, [
      [DAY, assigned({ assisting: ['CZJ'] })],
      ...changes.map((change): Happening => [DAY, change]),
    ]);
    return INSIGHTS.map((insight) => versionFor(insight, view));
  };

  it.each<[string, readonly CaseChange[], number[]]>([
    ['nothing secret', [accepted], [3, 3, 3]],
    ['a note', [noted, accepted], [4, 4, 3]],
    ['a grade', [gradeGiven], [3, 3, 2]],
    ['a referral', [accepted, referred('R1'), contacted], [5, 4, 4]],
    ['a referral and its conclusion', [referred('R1'), concluded('R1')], [4, 2, 2]],
    [
      'a referral, its conclusion and the clearing',
      [referred('R1'), concluded('R1'), cleared('R1'), accepted],
      [6, 3, 3],
    ],
    ['a referral whose day passed', [referred('R1'), overdue('R1'), concluded('R1'), accepted], [6, 3, 3]],
    [
      'two referrals, one of them concluded, and a note',
      [referred('R1'), noted, referred('R2'), concluded('R2'), accepted],
      [7, 4, 3],
    ],
  ])('has no gap by %s for whoever does not learn of it', (_what, changes, expected) => {
    expect(versions(...changes)).toEqual(expected);
  });

  it('takes a referral from before clearing notices for one without', () => {
    expect(versionFor('OFFICE', { version: 5, internalChanges: 0, referrals: [{ outcome: null }] as never })).toBe(4);
  });
});

describe('when a case last changed', () => {
  it('is told each as far as they learn of it', () => {
    const view = aCase(DAY, [
      ['2026-03-03', assigned({ assisting: ['CZJ'] })],
      ['2026-03-04', noted],
      ['2026-03-05', referred('R1')],
    ]);
    expect(INSIGHTS.map((insight) => updatedFor(insight, view).slice(0, 10))).toEqual([
      ...['2026-03-05', '2026-03-04', '2026-03-03'],
    ]);
    expect(view.internalChanges).toBe(1);
  });
});

describe('what the enterprise is told without asking', () => {
  const told = (change: CaseChange, before: readonly Happening[] = [], part: Parameters<typeof anIntake>[0] = {}) => {
    const events = aHistory(DAY, [...before, ['2026-03-04', change]], part);
    const last = events.at(-1);
    if (last === undefined) throw new Error('no event');
    return noticeOf(replay(events), last);
  };
  const found = (outcome: 'CONFIRMED' | 'NOT_RESOLVED'): CaseChange => ({
    type: 'CHECK_FOUND',
    outcome,
    finding: '已核查',
    answerDays: 5,
  });

  it.each<[string, CaseChange, string | null]>([
    ['a question', { type: 'PAUSED', question: '请补充合同' }, 'ASKED'],
    ['an answer', resolvedWith(), 'ANSWERED'],
    ['an answer at the desk', { type: 'ANSWERED_DIRECTLY', answer: '可直接办理' }, 'ANSWERED'],
    ['a reopening', { type: 'REOPENED', reason: '没有解决', answerDays: 15 }, 'REOPENED'],
    ['a check that found it not resolved', found('NOT_RESOLVED'), 'REOPENED'],
    ['a check that confirmed the answer', found('CONFIRMED'), null],
    ['that the city is not competent', { type: 'DECLINED', competent: '法院', reason: '已起诉' }, 'DECLINED'],
    ['a merging', { type: 'MERGED', into: 'SQ2026-000002', reason: '重复' }, 'MERGED'],
    ['a closing', { type: 'CLOSED', reason: '办结' }, 'CLOSED'],
    ['a closing that was undone', { type: 'CLOSE_UNDONE', reason: '误操作' }, 'CLOSE_UNDONE'],
    ['an assignment', assigned(), null],
    ['its own rating', rated(5, 5), null],
    ['a note among those who handle it', noted, null],
  ])('%s', (_what, change, reason) => {
    expect(told(change)?.reason ?? null).toBe(reason);
  });

  it('a merging that was undone', () => {
    const merged: Happening = ['2026-03-03', { type: 'MERGED', into: 'SQ2026-000002', reason: '重复' }];
    expect(told({ type: 'MERGE_UNDONE', reason: '不是同一事项' }, [merged])?.reason).toBe('MERGE_UNDONE');
  });

  it('with the number that the change has for it, so that no gap tells of a referral or a note', () => {
    const before: readonly Happening[] = [
      [DAY, assigned()],
      [DAY, referred('R1')],
      [DAY, noted],
    ];
    expect(told(resolvedWith(), before)).toEqual({
      ...{ id: 'SQ2026-000001-N3', uscc: USCC, caseNumber: 'SQ2026-000001', reason: 'ANSWERED' },
      ...{ createdAt: new Date('2026-03-04T04:00:00.000Z'), readAt: null },
    });
  });

  it('but not one from elsewhere, which has no account here', () => {
    const complainant = { ...anIntake().complainant, uscc: null, name: '东莞咸商科技有限公司', homeRegion: '441900' };
    expect(told(resolvedWith(), [], { complainant })).toBeNull();
  });
});
