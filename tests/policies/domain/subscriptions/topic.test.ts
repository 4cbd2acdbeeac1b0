import fc from 'fast-check';
import {
  keysOfCode,
  keysOfTopic,
  normalTopic,
  topicProblem,
  TOPIC_KINDS,
  type TopicKind,
} from '../../../../subgraphs/policies/src/domain/subscriptions/topic.js';

const known = { honours: new Set(['高新技术企业']), issuers: new Set(['RSJ', 'KJJ']) };
const problem = (kind: TopicKind, value: string): string | null =>
  topicProblem(normalTopic({ kind, value }), known)?.message ?? null;

describe('a topic', () => {
  it.each<[TopicKind, string]>([
    ['INDUSTRY', 'C'],
    ['INDUSTRY', 'c13'],
    ['INDUSTRY', 'C1330'],
    ['INDUSTRY', 'T97'],
    ['INDUSTRY', 'K70'],
    ['DISTRICT', '421202'],
    ['DISTRICT', '420000'],
    ['HONOUR', '高新技术企业'],
    ['BENEFIT', 'fee_waiver'],
    ['ISSUER', 'kjj'],
    ['WORDS', '扩岗'],
    ['WORDS', '字'.repeat(50)],
  ])('%s %s can be subscribed to', (kind, value) => {
    expect(problem(kind, value)).toBeNull();
  });

  it.each<[TopicKind, string, RegExp]>([
    ['INDUSTRY', 'U', /"U" is no code of GB\/T 4754/],
    ['INDUSTRY', 'C1', /no code/],
    ['INDUSTRY', 'C44', /no code/],
    ['INDUSTRY', 'A06', /no code/],
    ['INDUSTRY', 'C13300', /no code/],
    ['INDUSTRY', '', /no code/],
    ['DISTRICT', '991202', /no six digits/],
    ['DISTRICT', '4212', /no six digits/],
    ['DISTRICT', 'CN', /no six digits/],
    ['HONOUR', '高新', /"高新" is no title/],
    ['BENEFIT', 'GIFT', /these are: CASH, SUBSIDY/],
    ['ISSUER', 'XYZ', /issuers are: KJJ, RSJ/],
    ['WORDS', '字', /1 characters/],
    ['WORDS', '字'.repeat(51), /51 characters/],
    ['WORDS', '扩\u0007岗', /control character/],
    ['WORDS', '扩\u202E岗', /control character/],
    ['WORDS', '——', /no word/],
  ])('%s %j is refused', (kind, value, message) => {
    expect(problem(kind, value)).toMatch(message);
  });

  it('is one topic however it is typed', () => {
    expect(normalTopic({ kind: 'WORDS', value: '　技改  Loan ' })).toEqual({ kind: 'WORDS', value: '技改 loan' });
    expect(normalTopic({ kind: 'INDUSTRY', value: ' ｃ１３ ' })).toEqual({ kind: 'INDUSTRY', value: 'C13' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TOPIC_KINDS),
        fc.string({ unit: 'binary' }),
        (kind, value) => typeof problem(kind, value) !== 'undefined',
      ),
    );
  });
});

describe('the keys', () => {
  const industry = fc.constantFrom('C', 'C1', 'C13', 'C133', 'C1331', 'C1330', 'C39', 'F', 'F51');
  it('find a subscriber exactly when one code of an industry lies under the other', () => {
    fc.assert(
      fc.property(industry, industry, (subscribed, named) => {
        const found = keysOfTopic({ kind: 'INDUSTRY', value: subscribed }).some((key) =>
          keysOfCode('INDUSTRY', named).includes(key),
        );
        expect(found).toBe(subscribed.startsWith(named) || named.startsWith(subscribed));
      }),
    );
  });

  it.each([
    ['421200', '421281', true],
    ['421281', '421200', true],
    ['421281', '420000', true],
    ['421281', '421202', false],
    ['421200', '421300', false],
  ])('of the district %s and a policy for %s meet: %s', (subscribed, named, expected) => {
    expect(
      keysOfTopic({ kind: 'DISTRICT', value: subscribed }).some((key) => keysOfCode('DISTRICT', named).includes(key)),
    ).toBe(expected);
  });
});
