import type { CaseChange, Party } from '../../../../subgraphs/cases/src/domain/case-event.js';
import type { CaseView, Rating, ReferralMark } from '../../../../subgraphs/cases/src/domain/case-view.js';
import {
  judgeMove,
  withLifecycleTable,
  lifecycleTable,
  type Move,
} from '../../../../subgraphs/cases/src/domain/lifecycle.js';
import { accepted, aCase, anIntake, assigned, resolvedWith, type Happening } from '../../support/a-case.js';

const DAY = '2026-03-02';
const after = (...changes: readonly CaseChange[]): CaseView =>
  aCase(
    DAY,
    changes.map((change): Happening => [DAY, change]),
  );
const times = (count: number, change: CaseChange): CaseChange[] => Array.from({ length: count }, () => change);
/** Why a move is not possible; null when it is. */
const hindrance = (view: CaseView, move: Move, by: Party): string | null => {
  const verdict = judgeMove(view, move, [by]);
  return verdict.legal ? null : (verdict.hindrance?.code ?? `not for ${by}`);
};

const fresh = after();
const inHand = after(assigned(), accepted);
const answered = after(assigned(), accepted, resolvedWith());
const noted: CaseChange = { type: 'NOTED', note: '备注' };
const step: CaseChange = { type: 'STEP_RECORDED', note: '办理中' };
const order: CaseChange = { type: 'SUPERVISED', instruction: '限期办结', dueOn: '2026-03-20' };
const opened: CaseChange = { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId: null };
const supplement: CaseChange = { type: 'SUPPLEMENTED', text: '补充材料', attachments: [] };
const absorbed: CaseChange = { type: 'ABSORBED', from: 'SQ2026-1', title: '同一事项', text: '同一事项' };

describe('a bound of a history', () => {
  it.each<[string, CaseView, CaseView, Move, Party, string]>([
    [
      '1,000 changes',
      after(assigned(), accepted, ...times(996, step)),
      after(assigned(), accepted, ...times(997, step)),
      'CONTACTED',
      'LEAD',
      'HISTORY_FULL',
    ],
    ['200 notes', after(...times(199, noted)), after(...times(200, noted)), 'NOTED', 'DESK', 'NOTES_FULL'],
    [
      '100 supplements',
      after(...times(99, supplement)),
      after(...times(100, supplement)),
      'SUPPLEMENTED',
      'ENTERPRISE',
      'SUPPLEMENTS_FULL',
    ],
    [
      '50 cases that go on in it',
      after(...times(49, absorbed)),
      after(...times(50, absorbed)),
      'ABSORBED',
      'DESK',
      'ABSORBED_FULL',
    ],
    [
      '50 orders',
      after(assigned(), ...times(49, order)),
      after(assigned(), ...times(50, order)),
      'SUPERVISED',
      'COORDINATOR',
      'SUPERVISIONS_FULL',
    ],
    [
      '10 open checks',
      after(assigned(), accepted, resolvedWith(), ...times(9, opened)),
      after(assigned(), accepted, resolvedWith(), ...times(10, opened)),
      'CHECK_OPENED',
      'COORDINATOR',
      'CHECKS_FULL',
    ],
  ])('%s is reached with the last of them', (_what, below, full, move, by, code) => {
    expect(hindrance(below, move, by)).toBeNull();
    expect(hindrance(full, move, by)).toBe(code);
  });

  it('is counted of what everybody learns of, so that it tells nothing of notes', () => {
    const withNotes = after(assigned(), accepted, ...times(150, noted), ...times(996, step));
    expect(hindrance(withNotes, 'STEP_RECORDED', 'LEAD')).toBeNull();
  });

  it.each<[Move, Party]>([
    ['CONTACTED', 'LEAD'],
    ['STEP_RECORDED', 'ASSISTING'],
    ['URGED', 'ENTERPRISE'],
    ['DUTIES_AMENDED', 'DESK'],
  ])('hinders %s, and neither answer nor escalation', (move, by) => {
    const full = after(assigned(), accepted, ...times(997, step));
    expect(hindrance(full, move, by)).toBe('HISTORY_FULL');
    expect([hindrance(full, 'RESOLVED', 'LEAD'), hindrance(full, 'ESCALATED', 'LEAD')]).toEqual([null, null]);
  });

  it('counts checks that are open alone', () => {
    const found: CaseChange = { type: 'CHECK_FOUND', outcome: 'CONFIRMED', finding: '属实', answerDays: 5 };
    const view = after(assigned(), accepted, resolvedWith(), ...times(10, opened), found);
    expect(hindrance(view, 'CHECK_OPENED', 'SYSTEM')).toBeNull();
  });
});

describe('a rating and what follows from it', () => {
  const rating = (process: number, result: number, isOwn: boolean): Rating => ({
    ...{ process, result, reason: null, ratedOn: DAY, isOwn },
  });
  const elsewhere = { ...anIntake().complainant, uscc: null, name: '东莞咸商科技有限公司', homeRegion: '441900' };

  it.each<[string, Partial<CaseView>, Party, string | null]>([
    ['an answer that nobody rated, by the enterprise', {}, 'ENTERPRISE', null],
    ['an answer that nobody rated, after a call-back', {}, 'COORDINATOR', null],
    ['one that the enterprise rated, by itself', { rating: rating(5, 5, true) }, 'ENTERPRISE', 'RATED_BEFORE'],
    ['one that the enterprise rated, after a call-back', { rating: rating(5, 5, true) }, 'COORDINATOR', 'RATED_BEFORE'],
    ['one that was called back about, by the enterprise', { rating: rating(5, 5, false) }, 'ENTERPRISE', null],
    ['one that was called back about, again', { rating: rating(5, 5, false) }, 'COORDINATOR', 'CALLED_BACK'],
    [
      'one of an enterprise from elsewhere, again',
      { rating: rating(5, 5, false), complainant: elsewhere },
      'COORDINATOR',
      'RATED_BEFORE',
    ],
    ['one of an enterprise from elsewhere', { complainant: elsewhere }, 'COORDINATOR', null],
  ])('%s', (_what, part, by, code) => expect(hindrance({ ...answered, ...part }, 'RATED', by)).toBe(code));

  it.each<[string, Rating | null, string | null]>([
    ['nobody rated', null, null],
    ['the enterprise rated satisfactory', rating(3, 3, true), 'SATISFIED'],
    ['the enterprise rated slow', rating(2, 5, true), null],
    ['the enterprise rated useless', rating(5, 2, true), null],
    ['somebody else took down as satisfactory', rating(5, 5, false), null],
  ])('an answer that %s is reopened, unless it was satisfied', (_what, given, code) => {
    expect(hindrance({ ...answered, rating: given }, 'REOPENED', 'ENTERPRISE')).toBe(code);
  });
});

describe('a condition of a move', () => {
  const mark = (part: Partial<ReferralMark>): ReferralMark => ({
    ...{ referralId: 'R1', department: 'JRB', reason: '推诿', evidence: [], referredOn: DAY, outcome: null },
    ...{ note: null, concludedOn: null },
    ...part,
  });
  const person = (isCleared: boolean) => ({ name: '王五', post: '科长', sanction: null, isCleared });

  it.each<[string, ReferralMark[], string | null]>([
    ['no referral', [], 'NOBODY_CLEARED'],
    ['a pending one', [mark({})], 'NOBODY_CLEARED'],
    ['one that found no ground', [mark({ outcome: 'NO_GROUND' })], 'NOBODY_CLEARED'],
    ['one that cleared', [mark({ outcome: 'CLEARED' })], null],
    [
      'one that cleared, of which a notice was issued',
      [mark({ outcome: 'CLEARED', clearingNotice: 'CQ-1' })],
      'NOBODY_CLEARED',
    ],
    ['one that cleared one of two', [mark({ outcome: 'SANCTIONED', persons: [person(false), person(true)] })], null],
    ['one that cleared nobody', [mark({ outcome: 'SANCTIONED', persons: [person(false)] })], 'NOBODY_CLEARED'],
    [
      'a second one that cleared',
      [mark({ outcome: 'NO_GROUND' }), mark({ outcome: 'CLEARED', clearingNotice: null })],
      null,
    ],
  ])('a clearing notice needs somebody cleared: %s', (_what, referrals, code) => {
    expect(hindrance({ ...fresh, referrals }, 'CLEARING_ISSUED', 'COORDINATOR')).toBe(code);
  });

  it('a referral is concluded once', () => {
    const view = (...referrals: ReferralMark[]) => hindrance({ ...fresh, referrals }, 'REFERRAL_CONCLUDED', 'AUDITOR');
    expect(view(mark({ outcome: 'CLEARED' }))).toBe('NO_REFERRAL');
    expect(view(mark({ outcome: 'CLEARED' }), mark({}))).toBeNull();
  });

  it('a duty is reported while one runs, and an assisting department rated while it is not', () => {
    const listed = after(
      assigned({ assisting: ['CZJ'], responsibilities: [{ department: 'CZJ', duty: '核实' }] }),
      accepted,
    );
    const [duty] = listed.duties;
    const of = (part: object, move: Move, by: Party) =>
      hindrance({ ...listed, duties: duty === undefined ? [] : [{ ...duty, ...part }] }, move, by);
    expect(of({}, 'DUTY_REPORTED', 'ASSISTING')).toBeNull();
    expect(of({ reportedOn: DAY }, 'DUTY_REPORTED', 'ASSISTING')).toBe('DUTIES_DONE');
    expect(of({ endedOn: DAY }, 'DUTY_REPORTED', 'ASSISTING')).toBe('DUTIES_DONE');
    expect(of({}, 'ASSISTANCE_RATED', 'LEAD')).toBeNull();
    expect(of({ reportedOn: DAY }, 'ASSISTANCE_RATED', 'LEAD')).toBeNull();
    expect(of({ grade: 4 }, 'ASSISTANCE_RATED', 'LEAD')).toBe('NOBODY_TO_RATE');
    expect(of({ endedOn: DAY }, 'ASSISTANCE_RATED', 'LEAD')).toBe('NOBODY_TO_RATE');
  });

  it('a lane is changed while its term is that of the answer', () => {
    const reopened: CaseChange = { type: 'REOPENED', reason: '没有解决', answerDays: 15 };
    expect(hindrance(inHand, 'LANE_CHANGED', 'DESK')).toBeNull();
    const again = after(assigned(), accepted, resolvedWith(), reopened, { type: 'STEP_RECORDED', note: '复核' });
    expect(hindrance(again, 'LANE_CHANGED', 'DESK')).toBe('TERM_NOT_OF_LANE');
    expect(hindrance({ ...inHand, clocks: [] }, 'LANE_CHANGED', 'DESK')).toBe('TERM_NOT_OF_LANE');
  });

  it('an anonymous case is merged by the coordinator, worded where it is anonymous', () => {
    const anonymous = aCase(DAY, [], { complainant: { ...anIntake().complainant, anonymous: true } });
    expect(hindrance(anonymous, 'MERGED', 'COORDINATOR')).toBeNull();
    expect(hindrance(anonymous, 'MERGED', 'DESK')).toBe('ANONYMOUS_APART');
    expect(hindrance(fresh, 'MERGED', 'DESK')).toBeNull();
    expect(hindrance(anonymous, 'WORDED', 'COORDINATOR')).toBeNull();
    expect(hindrance(fresh, 'WORDED', 'COORDINATOR')).toBe('NOT_ANONYMOUS');
  });

  it('what is masked in an anonymous case is written down by the coordinator, or whoever brought it', () => {
    const complainant = { ...anIntake().complainant, uscc: null, name: '星河印刷厂', homeRegion: '430100' };
    const [anonymous, named] = [true, false].map((hidden) =>
      aCase(DAY, [], { complainant: { ...complainant, anonymous: hidden } }),
    ) as [CaseView, CaseView];
    for (const move of ['SPLIT', 'SUPPLEMENTED'] as const) {
      expect(hindrance(anonymous, move, 'DESK')).toBe('ANONYMOUS_WORDS');
      expect(hindrance(anonymous, move, 'COORDINATOR')).toBeNull();
      expect(hindrance(named, move, 'DESK')).toBeNull();
    }
    expect(hindrance(anonymous, 'SUPPLEMENTED', 'ENTERPRISE')).toBeNull();
  });

  it.each<[string, CaseView, Move, Party]>([
    ['declined for the first time', fresh, 'DECLINED', 'DESK'],
    ['released', after(absorbed), 'RELEASED', 'DESK'],
    ['returned where no ruling binds', after(assigned()), 'RETURNED', 'LEAD'],
    [
      'extended',
      after(assigned(), accepted, { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '批复' }),
      'EXTENSION_RULED',
      'COORDINATOR',
    ],
    ['asked for more time', inHand, 'EXTENSION_REQUESTED', 'LEAD'],
    ['paused', inHand, 'PAUSED', 'LEAD'],
    ['found in a check', after(assigned(), accepted, resolvedWith(), opened), 'CHECK_FOUND', 'CHECKER'],
    ['closed', answered, 'CLOSED', 'DESK'],
    ['reported on', after(assigned(), order), 'SUPERVISION_REPORTED', 'LEAD'],
    ['concluded upon', after(assigned(), order), 'SUPERVISION_CONCLUDED', 'COORDINATOR'],
    [
      'brought to the joint meeting',
      after({ type: 'ESCALATED', level: 'JOINT_MEETING', reason: '重大' }),
      'ESCALATED',
      'COORDINATOR',
    ],
  ])('is met where a case is %s', (_what, view, move, by) => expect(hindrance(view, move, by)).toBeNull());
});

describe('who makes a move', () => {
  it('does so in the first capacity that the case allows it to', () => {
    const anonymous = aCase(DAY, [], { complainant: { ...anIntake().complainant, anonymous: true } });
    expect(judgeMove(anonymous, 'MERGED', ['DESK', 'COORDINATOR'])).toEqual({ legal: true, party: 'COORDINATOR' });
    expect(judgeMove(anonymous, 'MERGED', ['DESK'])).toMatchObject({ legal: false, notAllowedToParty: false });
    expect(judgeMove(fresh, 'ASSIGNED', ['DESK', 'COORDINATOR'])).toEqual({ legal: true, party: 'DESK' });
  });

  it('is told who may, where none of the capacities does', () => {
    expect(judgeMove(fresh, 'RULED', ['DESK', 'LEAD'])).toMatchObject({
      ...{ legal: false, reason: 'RULED is for COORDINATOR', hindrance: null, notAllowedToParty: true },
    });
    expect(judgeMove(fresh, 'RULED', [])).toMatchObject({ legal: false, legalMoves: [] });
  });

  it('makes one that the lifecycle has', () => {
    expect(() => judgeMove(fresh, 'SUBMITTED' as string as Move, ['DESK'])).toThrow(
      new RangeError('"SUBMITTED" is not a move of the lifecycle'),
    );
  });
});

describe('the table of moves in a document', () => {
  it('takes the place of the one that it has, and of nothing else', () => {
    const document = 'Before.\n\n| move | from | to | by |\n|---|---|---|---|\n| OLD | a | b | c |\n\nAfter.\n';
    const made = withLifecycleTable(document);
    expect(made).toBe(`Before.\n\n${lifecycleTable()}\n\nAfter.\n`);
    expect(withLifecycleTable(made)).toBe(made);
    expect(made).toContain(
      '| SUBMITTED | (new) | RECEIVED | ENTERPRISE, DESK, COORDINATOR |\n| CORRECTED | any open status |',
    );
  });

  it('needs one', () => {
    expect(() => withLifecycleTable('No table.')).toThrow('The document has no table of moves.');
  });
});
