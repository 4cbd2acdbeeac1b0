import {
  isDistrict,
  keysOfCode,
  keysOfTopic,
  normalTopic,
  topicProblem,
  type TopicKind,
} from '../../../../subgraphs/policies/src/domain/subscriptions/topic.js';

describe('a topic', () => {
  const known = { honours: new Set(['瞪羚企业']), issuers: new Set(['RSJ', 'KJJ']) };
  const problem = (kind: TopicKind, value: string): string | null =>
    topicProblem({ kind, value }, known)?.message ?? null;
  /** First and last division of each section, GB/T 4754—2017. */
  const DIVISIONS =
    'A01-05 B06-12 C13-43 D44-46 E47-50 F51-52 G53-60 H61-62 I63-65 J66-69 K70-70 L71-72 M73-75 N76-79 O80-82 P83-83 Q84-85 R86-90 S91-96 T97-97';

  it.each(DIVISIONS.split(' '))('industry %s has these divisions and no others', (range) => {
    const [section, first, last] = [range.slice(0, 1), Number(range.slice(1, 3)), Number(range.slice(4))];
    const code = (division: number): string => `${section}${String(division).padStart(2, '0')}`;
    expect([code(first), code(last), section].map((value) => problem('INDUSTRY', value))).toEqual([null, null, null]);
    expect([code(first - 1), code(last + 1)].map((value) => problem('INDUSTRY', value) === null)).toEqual([
      false,
      false,
    ]);
  });

  it('that nobody can subscribe to is refused in words', () => {
    const industry =
      'is no code of GB/T 4754—2017: a section letter A to T, alone or with the two to four digits of a division, group or class in it, for example C13.';
    expect([problem('INDUSTRY', 'xC13'), problem('INDUSTRY', 'C13x')]).toEqual([
      `"xC13" ${industry}`,
      `"C13x" ${industry}`,
    ]);
    expect(problem('DISTRICT', '4212000')).toBe('"4212000" is no six digits of GB/T 2260, for example 421200.');
    expect(problem('HONOUR', '羚')).toBe(
      '"羚" is no title of the fact vocabulary, and no published policy asks for it.',
    );
    expect(problem('BENEFIT', 'GIFT')).toBe(
      '"GIFT" is no kind of benefit; these are: CASH, SUBSIDY, FEE_WAIVER, TAX, LOAN, INTEREST_SUBSIDY, QUALIFICATION.',
    );
    expect(problem('ISSUER', 'X')).toBe('No published policy is issued by "X"; issuers are: KJJ, RSJ.');
    expect(problem('WORDS', '字')).toBe('The words have 1 characters; 2 to 50 can be looked for.');
    expect(problem('WORDS', '扩\u0007岗')).toBe('The words hold a control character.');
    expect(problem('WORDS', '——')).toBe('"——" holds no word.');
    expect([
      problem('WORDS', '扩岗'),
      problem('WORDS', '𠮷'.repeat(50)),
      problem('HONOUR', '瞪羚企业'),
      problem('ISSUER', 'RSJ'),
      problem('BENEFIT', 'TAX'),
    ]).toEqual([null, null, null, null, null]);
  });

  it('is a district of a province', () => {
    expect(['110101', '820000', '421202'].map(isDistrict)).toEqual([true, true, true]);
    expect(['990101', '160000', '42120', 'x421202', '421202x', ''].map(isDistrict)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is kept in one form', () => {
    expect(normalTopic({ kind: 'HONOUR', value: ' 国家级Ａ ' })).toEqual({ kind: 'HONOUR', value: '国家级A' });
    expect(normalTopic({ kind: 'HONOUR', value: 'abc' })).toEqual({ kind: 'HONOUR', value: 'abc' });
    expect(normalTopic({ kind: 'ISSUER', value: 'rsj' })).toEqual({ kind: 'ISSUER', value: 'RSJ' });
    expect(normalTopic({ kind: 'WORDS', value: ' 技改\t\n LOAN ' })).toEqual({ kind: 'WORDS', value: '技改 loan' });
  });

  it('has the keys by which subscribers are found', () => {
    expect(keysOfTopic({ kind: 'WORDS', value: '扩岗' })).toEqual(['WORDS']);
    expect(keysOfTopic({ kind: 'ISSUER', value: 'RSJ' })).toEqual(['ISSUER=RSJ']);
    expect(keysOfTopic({ kind: 'INDUSTRY', value: 'C13' })).toEqual(['INDUSTRY=C13', 'INDUSTRY<C', 'INDUSTRY<C1']);
    expect(keysOfTopic({ kind: 'DISTRICT', value: '421200' })).toEqual([
      'DISTRICT=4212',
      'DISTRICT<4',
      'DISTRICT<42',
      'DISTRICT<421',
    ]);
    expect(keysOfCode('INDUSTRY', 'C13')).toEqual(['INDUSTRY=C', 'INDUSTRY=C1', 'INDUSTRY=C13', 'INDUSTRY<C13']);
  });
});
