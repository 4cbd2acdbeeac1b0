import {
  questionView,
  textProblem,
  type QuestionFacts,
} from '../../../../subgraphs/policies/src/domain/questions/policy-question.js';
import { EXACT, WITHOUT_SMALL_CELLS } from '../../../../subgraphs/policies/src/domain/disclosure/policy-statistics.js';
import { namedIn } from '../../../../subgraphs/policies/src/domain/questions/public-text.js';

describe('a text for everybody', () => {
  const enterprise = { uscc: '91421202MX06RBPU8C', name: '咸宁市中安砂石有限公司' };
  it.each<[string, string[]]>([
    ['证号 42120219800131123x', ['an identity number']],
    ['账号 621202198013311234 ', ['a social credit code']],
    ['账号 62120219801331123', ['an account number']],
    ['账号 123456789012345', []],
    ['账号 1234567890123456', ['an account number']],
    ['账号 1234567890123456789', ['an account number']],
    ['账号 12345678901234567890', []],
    ['电话 138-1234-5678', ['a mobile number']],
    ['电话 138 1234 5678', ['a mobile number']],
    ['电话 12812345678', []],
    ['电话 138123456789', []],
    ['a+b@x-y.com.cn', ['an e-mail address']],
    ['a@b', []],
    ['９１４２１２０２ＭＸ０６ＲＢＰＵ８Ｃ', ['a social credit code']],
    ['9142 1202 MX06 RBPU 8C', ['a social credit code']],
    ['91420000MA4KL0000Q 别家', ['a social credit code']],
    ['138-1234-5678 a@b.cn', ['a mobile number', 'an e-mail address']],
    ['中安砂石', ['the name of the enterprise']],
    ['中安', []],
    ['中 安 砂 石', ['the name of the enterprise']],
  ])('%j names %j', (text, expected) => {
    expect(namedIn(text, enterprise)).toEqual(expected);
  });

  it.each([
    '股份有限公司',
    '有限责任公司',
    '有限公司',
    '专业合作社',
    '合伙企业',
    '经营部',
    '商行',
    '商店',
    '公司',
    '工厂',
    '厂',
    '店',
  ])('of an enterprise with the form %s is looked at without it', (form) => {
    expect(namedIn('龙马机电能申请吗', { uscc: '', name: `湖北省龙马机电${form}` })).toContain(
      'the name of the enterprise',
    );
  });
});

describe('a question', () => {
  const question: QuestionFacts = {
    id: 'Q-1',
    policyId: 'p',
    department: 'RSJ',
    uscc: 'U',
    text: '问',
    answer: '答',
    declinedBecause: null,
    status: 'ANSWERED',
    askedAt: new Date(1),
    answeredAt: new Date(2),
    version: 2,
    published: { question: '公问', answer: '公答', at: new Date(3), by: 'second' },
  };
  const base = {
    id: 'Q-1',
    policyId: 'p',
    status: 'ANSWERED',
    askedAt: new Date(1),
    answeredAt: new Date(2),
    publicQuestion: '公问',
    publicAnswer: '公答',
    publishedAt: new Date(3),
  };

  it('is shown whole or as it was published', () => {
    expect(questionView(question, { kind: 'enterprise', uscc: 'U' })).toEqual({
      ...base,
      question: '问',
      answer: '答',
      declinedBecause: null,
      uscc: 'U',
      version: 2,
    });
    expect(questionView({ ...question, declinedBecause: '重复' }, { kind: 'published' })).toEqual({
      ...base,
      question: '公问',
      answer: '公答',
      declinedBecause: null,
      uscc: null,
      version: null,
    });
    expect(questionView({ ...question, published: null }, { kind: 'all' })).toMatchObject({
      publicQuestion: null,
      publicAnswer: null,
      publishedAt: null,
      uscc: 'U',
    });
  });

  it('is refused in words when it is too short, too long or holds what cannot be shown', () => {
    const limits = { least: 2, most: 4 };
    const problem = (text: string): string | null => textProblem('text', text, limits)?.message ?? null;
    expect([problem('一'), problem('一二三四五'), problem('一\u0000'), problem('一\u200e')]).toEqual([
      'text has 1 characters; 2 to 4 are needed.',
      'text has 5 characters; 2 to 4 are needed.',
      'text holds a control character (U+0000).',
      'text holds a control character (U+200E).',
    ]);
    expect([problem('一二'), problem('一二三四'), problem('一\n二')]).toEqual([null, null, null]);
  });
});

it('figures of a few are shown to officials alone', () => {
  expect([
    EXACT.part(3, 4),
    WITHOUT_SMALL_CELLS.part(5, 10),
    WITHOUT_SMALL_CELLS.part(6, 10),
    WITHOUT_SMALL_CELLS.part(0, 10),
    WITHOUT_SMALL_CELLS.part(4, 10),
    WITHOUT_SMALL_CELLS.part(10, 5),
  ]).toEqual([3, 5, null, 0, null, 10]);
  expect([EXACT.rate(1, 8).rate, EXACT.rate(1, 16_000).rate, EXACT.amount(7, 1), EXACT.amount(7, null)]).toEqual([
    '0.1250',
    '0.0001',
    7,
    null,
  ]);
});
