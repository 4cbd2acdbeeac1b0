import { questionsSeenBy, seesExactFigures } from '../../../../subgraphs/policies/src/domain/access.js';
import {
  legalQuestionMoves,
  questionView,
  textProblem,
  type QuestionFacts,
} from '../../../../subgraphs/policies/src/domain/questions/policy-question.js';
import { EXACT, WITHOUT_SMALL_CELLS } from '../../../../subgraphs/policies/src/domain/disclosure/policy-statistics.js';
import { namedIn } from '../../../../subgraphs/policies/src/domain/questions/public-text.js';

const USCC = '91421202MX06RBPU8C';
const question: QuestionFacts = {
  id: 'Q-1',
  policyId: 'p',
  department: 'RSJ',
  uscc: USCC,
  text: '我公司咸宁中安可以申请吗',
  answer: '可以',
  declinedBecause: null,
  status: 'ANSWERED',
  askedAt: new Date('2026-11-01T00:00:00Z'),
  answeredAt: new Date('2026-11-02T00:00:00Z'),
  published: null,
  version: 2,
};
const published = {
  ...question,
  published: { question: '砂石企业可以申请吗', answer: '可以', at: new Date('2026-11-03T00:00:00Z'), by: 'second' },
};

describe('a question', () => {
  it.each([
    [null, { kind: 'published' }],
    [
      { roles: ['ENTERPRISE'], uscc: USCC },
      { kind: 'enterprise', uscc: USCC },
    ],
    [{ roles: ['ENTERPRISE'] }, { kind: 'published' }],
    [
      { roles: ['OFFICER'], department: 'RSJ' },
      { kind: 'department', department: 'RSJ' },
    ],
    [{ roles: ['COORDINATOR'] }, { kind: 'published' }],
    [{ roles: ['AUDITOR'] }, { kind: 'all' }],
  ])('is read by %j as %j', (caller, expected) => {
    expect(questionsSeenBy(caller)).toEqual(expected);
  });

  it('is shown in full to its enterprise, its department and auditors', () => {
    for (const seen of [
      { kind: 'all' },
      { kind: 'department', department: 'RSJ' },
      { kind: 'enterprise', uscc: USCC },
    ] as const)
      expect(questionView(question, seen)).toMatchObject({ question: question.text, uscc: USCC, version: 2 });
  });

  it('is shown to others only when it is published, and then without anything of the enterprise', () => {
    for (const seen of [
      { kind: 'published' },
      { kind: 'department', department: 'KJJ' },
      { kind: 'enterprise', uscc: 'other' },
    ] as const) {
      expect(questionView(question, seen)).toBeNull();
      const view = questionView(published, seen);
      expect(view).toMatchObject({ question: '砂石企业可以申请吗', answer: '可以', uscc: null, version: null });
      expect(JSON.stringify(view)).not.toContain('中安');
    }
  });

  it('is answered or declined once, and corrected or published after that', () => {
    expect(legalQuestionMoves('OPEN')).toEqual(['ANSWER', 'DECLINE']);
    expect(legalQuestionMoves('ANSWERED')).toEqual(['CORRECT', 'PUBLISH']);
    expect(legalQuestionMoves('DECLINED')).toEqual([]);
  });
});

describe('a text', () => {
  const limits = { least: 5, most: 10 };
  it.each([
    ['四个字啊', /has 4 characters/],
    ['十一个字是太长太长了啊', /has 11 characters/],
    ['能申请\u0000吗?', /U\+0000/],
    ['能申请\u202e吗?', /U\+202E/],
    ['能申请\t吗?', /U\+0009/],
    ['能申请\ud800吗?', /U\+D800/],
  ])('%j is refused', (text, message) => {
    expect(textProblem('text', text, limits)?.message).toMatch(message);
  });
  it.each(['能申请吗?', '能申请吗\n谢谢', '😀😀😀😀😀'])('%j is accepted', (text) => {
    expect(textProblem('text', text, limits)).toBeNull();
  });
});

describe('a text for everybody', () => {
  const enterprise = { uscc: USCC, name: '咸宁中安砂石有限公司' };
  it.each([
    ['咸宁中安砂石有限公司能申请吗', ['the name of the enterprise']],
    ['我们中安砂石能申请吗', ['the name of the enterprise']],
    ['我们咸宁 中安砂石能申请吗', ['the name of the enterprise']],
    [`${USCC}能申请吗`, ['a social credit code']],
    ['请打13812345678', ['a mobile number']],
    ['写信到 a.b@example.cn', ['an e-mail address']],
    ['身份证42120219800101123X', ['an identity number']],
    ['账号6222021234567890', ['an account number']],
    ['咸宁的砂石企业能申请吗?补贴1000元,2026年12月31日前有效', []],
  ])('%s: %j', (text, found) => {
    expect(namedIn(text, enterprise)).toEqual(found);
  });
  it('is looked at without the place in front of a name', () => {
    expect(namedIn('龙马机电能申请吗', { uscc: USCC, name: '湖北省咸宁市龙马机电厂' })).toEqual([
      'the name of the enterprise',
    ]);
  });
});

describe('figures', () => {
  it.each([
    [0, 0],
    [1, null],
    [4, null],
    [5, 5],
  ])('that stand for %d are shown to the public as %p', (value, shown) => {
    expect(WITHOUT_SMALL_CELLS.count(value)).toBe(shown);
    expect(EXACT.count(value)).toBe(value);
  });
  it.each([
    [20, 30, { numerator: 20, denominator: 30, rate: '0.6667' }],
    [28, 30, { numerator: null, denominator: 30, rate: null }],
    [30, 30, { numerator: 30, denominator: 30, rate: '1.0000' }],
    [2, 3, { numerator: null, denominator: null, rate: null }],
    [0, 0, { numerator: 0, denominator: 0, rate: null }],
  ])('%d of %d do not tell of a few by what is left', (value, whole, shown) => {
    expect(WITHOUT_SMALL_CELLS.rate(value, whole)).toEqual(shown);
  });
  it('are exact for officials, and an amount is hidden with its count', () => {
    expect(EXACT.rate(2, 3)).toEqual({ numerator: 2, denominator: 3, rate: '0.6667' });
    expect([WITHOUT_SMALL_CELLS.amount(100, null), WITHOUT_SMALL_CELLS.amount(100, 5)]).toEqual([null, 100]);
    expect(
      [
        { roles: ['OFFICER'], department: 'RSJ' },
        { roles: ['OFFICER'], department: 'RMYH' },
        { roles: ['ENTERPRISE'] },
        null,
      ].map((caller) => seesExactFigures(caller, new Set(['RMYH']))),
    ).toEqual([true, false, false, false]);
  });
});
