import { barredWords, lastOf, pledgeFault } from '../../../../subgraphs/enterprises/src/domain/projects/pledge-gate.js';

describe('an applicant that is barred from pledging', () => {
  it('is told what bars it, without a number that the department may not read', () => {
    const words = barredWords([
      { kind: 'UNFULFILLED_JUDGMENT', number: null, keptBy: 'FGW', until: null },
      { kind: 'DISHONESTY_RECORD', number: 'SX-1', keptBy: 'RSJ', until: '2027-01-05' },
    ]);
    expect(words.en).toBe(
      'a judgment that is not fulfilled kept by FGW; an open dishonesty record SX-1 kept by RSJ, until 2027-01-05',
    );
    expect(words.zh).toBe('未履行的生效判决（FGW）；未修复的失信记录SX-1（RSJ，至2027-01-05）');
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
    expect(pledgeFault('CNS-1', 'CLOSED')).toMatchObject({
      message: 'the pledge CNS-1 is CLOSED; one that is in force stands behind a grant',
      zh: '承诺 CNS-1 的状态为“已办结”，须为有效的承诺',
    });
    expect(pledgeFault('CNS-1', null)).toMatchObject({
      message: 'the applicant has signed no pledge CNS-1 to your department',
      zh: '申请人没有向您单位签署承诺 CNS-1',
    });
  });
});
