import { barredWords, lastOf, pledgeFault } from '../../../../subgraphs/enterprises/src/domain/projects/pledge-gate.js';

describe('an applicant that is barred from pledging', () => {
  it('is told what bars it, without a number that the department may not read', () => {
    const words = barredWords([
      { kind: 'UNFULFILLED_JUDGMENT', number: null, keptBy: 'FGW', until: null },
      { kind: 'DISHONESTY_RECORD', number: 'SX-1', keptBy: 'RSJ', until: '2027-01-05' },
    ]);
    expect(words.en).toBe(
      'The applicant is barred from approval on a pledge: a judgment that is not fulfilled kept by FGW; an open dishonesty record SX-1 kept by RSJ, until 2027-01-05.',
    );
    expect(words.zh).toBe(
      '申请人不适用告知承诺制：未履行的生效判决（FGW）；未修复的失信记录SX-1（RSJ，至2027-01-05）。',
    );
  });

  it.each([
    [[], null],
    [['2027-01-05'], '2027-01-05'],
    [['2027-01-05', '2026-12-01'], '2027-01-05'],
    [['2026-12-01', '2027-01-05'], '2027-01-05'],
    [['2026-12-01', null], null],
    [[null, '2026-12-01'], null],
    [['2026-12-01', null, '2027-01-05'], null],
  ])('by %j is barred until %s', (days, expected) => {
    expect(lastOf(days.map((until) => ({ until })))).toBe(expected);
  });
});

describe('a signed pledge', () => {
  it('stands behind a grant only in force', () => {
    expect(pledgeFault(null, null)).toBeNull();
    expect(pledgeFault('CNS-1', 'IN_FORCE')).toBeNull();
    expect(pledgeFault('CNS-1', 'CLOSED')).toContain('is CLOSED');
    expect(pledgeFault('CNS-1', null)).toContain('has signed no pledge CNS-1');
  });
});
