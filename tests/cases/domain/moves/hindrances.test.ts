import type { CaseChange, Party } from '../../../../subgraphs/cases/src/domain/case-event.js';
import type { CaseView } from '../../../../subgraphs/cases/src/domain/case-view.js';
import { judgeMove, type Move } from '../../../../subgraphs/cases/src/domain/lifecycle.js';
import { hindranceWords, type HindranceCode } from '../../../../subgraphs/cases/src/domain/moves/hindrances.js';
import {
  accepted,
  aCase,
  anAssignment,
  anIntake,
  assigned,
  contacted,
  rated,
  resolvedWith,
} from '../../support/a-case.js';

const DAY = '2026-03-02';
const after = (...changes: CaseChange[]): CaseView =>
  aCase(
    DAY,
    changes.map((change) => [DAY, change] as const),
  );
const times = (count: number, change: (at: number) => CaseChange): CaseChange[] =>
  Array.from({ length: count }, (_none, at) => change(at));

const inHand = [assigned(), accepted] as const;
const answered = [...inHand, resolvedWith()] as const;
const requested: CaseChange = { type: 'EXTENSION_REQUESTED', workingDays: 5, reason: '等待鉴定' };
const ruledOn = (granted: boolean): CaseChange => ({
  type: 'EXTENSION_RULED',
  granted,
  workingDays: 5,
  reason: '按规定',
});
const absorbed = (at: number): CaseChange => ({
  type: 'ABSORBED',
  from: `SQ2026-1${at}`,
  title: '同一事项',
  text: '同一事项',
});
const checkOpened: CaseChange = { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId: null };
const reopened: CaseChange = { type: 'REOPENED', reason: '没有解决', answerDays: 15 };
const supervised: CaseChange = { type: 'SUPERVISED', instruction: '限期办结', dueOn: '2026-03-20' };

/** Each reason why a move is not possible, brought about: the case, the move, and who tries it. */
const BROUGHT_ABOUT: Readonly<Record<HindranceCode, readonly [view: CaseView, move: Move, by: Party]>> = {
  NOT_WHILE: [after(), 'ACCEPTED', 'LEAD'],
  HISTORY_FULL: [
    after(...inHand, ...times(997, () => ({ type: 'STEP_RECORDED', note: '办理中' }))),
    'STEP_RECORDED',
    'LEAD',
  ],
  NOT_SUPERVISED: [after(...inHand), 'SUPERVISION_REPORTED', 'LEAD'],
  DECLINED_BEFORE: [
    after({ type: 'DECLINED', competent: '市仲裁委员会', reason: '约定了仲裁' }, { ...reopened, answerDays: 1 }),
    'DECLINED',
    'DESK',
  ],
  EXTENSION_PENDING: [after(...inHand, requested), 'LANE_CHANGED', 'DESK'],
  TERM_NOT_OF_LANE: [after(...inHand, contacted, requested, ruledOn(true)), 'LANE_CHANGED', 'DESK'],
  ABSORBED_FULL: [after(...times(50, absorbed)), 'ABSORBED', 'DESK'],
  ANONYMOUS_APART: [aCase(DAY, [], { complainant: { ...anIntake().complainant, anonymous: true } }), 'MERGED', 'DESK'],
  ANONYMOUS_WORDS: [aCase(DAY, [], { complainant: { ...anIntake().complainant, anonymous: true } }), 'SPLIT', 'DESK'],
  SUPERVISED_APART: [after(...inHand, supervised), 'MERGED', 'DESK'],
  NOTHING_ABSORBED: [after(), 'RELEASED', 'DESK'],
  NOTES_FULL: [after(...times(200, () => ({ type: 'NOTED', note: '备注' }))), 'NOTED', 'DESK'],
  NOT_ANONYMOUS: [after(), 'WORDED', 'COORDINATOR'],
  RULED: [
    after(
      ...times(3, () => assigned()).flatMap((one) => [
        one,
        { type: 'RETURNED', reason: '非职责', triageDays: 1 } as const,
      ]),
      { type: 'RULED', assignment: anAssignment() },
    ),
    'RETURNED',
    'LEAD',
  ],
  PAUSED_BEFORE: [
    after(...inHand, { type: 'PAUSED', question: '请补充合同' }, { type: 'RESUMED', reason: '已补充' }),
    'PAUSED',
    'LEAD',
  ],
  SUPPLEMENTS_FULL: [
    after(...times(100, () => ({ type: 'SUPPLEMENTED', text: '补充材料', attachments: [] }))),
    'SUPPLEMENTED',
    'ENTERPRISE',
  ],
  EXTENSION_ASKED: [after(...inHand, requested), 'EXTENSION_REQUESTED', 'LEAD'],
  EXTENDED_BEFORE: [after(...inHand, requested, ruledOn(true)), 'EXTENSION_REQUESTED', 'LEAD'],
  EXTENSION_REFUSED: [after(...inHand, requested, ruledOn(false)), 'EXTENSION_REQUESTED', 'LEAD'],
  NO_EXTENSION: [after(...inHand), 'EXTENSION_RULED', 'COORDINATOR'],
  RATED_BEFORE: [after(...answered, rated(5, 5)), 'RATED', 'ENTERPRISE'],
  CALLED_BACK: [
    { ...after(...answered, rated(5, 5)), rating: { process: 5, result: 5, reason: null, ratedOn: DAY, isOwn: false } },
    'RATED',
    'COORDINATOR',
  ],
  CHECKS_FULL: [after(...answered, ...times(10, () => checkOpened)), 'CHECK_OPENED', 'COORDINATOR'],
  NO_CHECK: [after(...answered), 'CHECK_FOUND', 'COORDINATOR'],
  SATISFIED: [after(...answered, rated(5, 5)), 'REOPENED', 'ENTERPRISE'],
  CHECK_OPEN: [after(...answered, checkOpened), 'CLOSED', 'COORDINATOR'],
  SUPERVISIONS_FULL: [after(...inHand, ...times(50, () => supervised)), 'SUPERVISED', 'COORDINATOR'],
  DUTIES_DONE: [after(...inHand), 'DUTY_REPORTED', 'ASSISTING'],
  NOBODY_TO_RATE: [after(...inHand), 'ASSISTANCE_RATED', 'LEAD'],
  AT_TOP: [after({ type: 'ESCALATED', level: 'LEADERSHIP', reason: '重大事项' }), 'ESCALATED', 'COORDINATOR'],
  NO_REFERRAL: [after(), 'REFERRAL_CONCLUDED', 'COORDINATOR'],
  NOBODY_CLEARED: [after(), 'CLEARING_ISSUED', 'COORDINATOR'],
};

describe('a move that a case does not allow', () => {
  it.each(Object.entries(BROUGHT_ABOUT))(
    'is refused because of %s, in words of both languages',
    (code, [view, move, by]) => {
      const verdict = judgeMove(view, move, [by]);
      if (verdict.legal || verdict.hindrance === null) throw new Error(`${move} is legal, or not for ${by}`);
      expect(verdict.hindrance.code).toBe(code);
      const { en, zh } = hindranceWords(verdict.hindrance);
      expect(verdict.reason).toBe(en);
      expect(en).toMatch(/^[\w ,:;%()-]{10,}$/);
      expect(zh).toMatch(/\p{Script=Han}{4}/u);
      // Every parameter is filled in, and what is a number is told.
      expect(en + zh).not.toMatch(/[{}]|undefined/);
      for (const [name, value] of Object.entries(verdict.hindrance.parameters))
        if (name === 'most') for (const words of [en, zh]) expect(words).toContain(String(value));
    },
  );
});
