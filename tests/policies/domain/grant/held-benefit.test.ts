import { barOf, wasHad } from '../../../../subgraphs/policies/src/domain/grant/held-benefit.js';

const held = (period: string, on: string, policyId = 'p') => ({
  uscc: 'E',
  policyId,
  period,
  identifiedAt: new Date(`${on}T04:00:00Z`),
  isPaid: true,
});

describe('a benefit under the whole line of versions', () => {
  it.each([
    ['ONCE', '2027-03-01', [], false],
    // Given every year before: it was had, whatever the text of the period is.
    ['ONCE', '2027-03-01', [held('2026', '2026-11-20')], true],
    ['ONCE', '2027-03-01', [held('ALL', '2026-11-20')], true],
    ['YEAR', '2026-12-31', [held('2026', '2026-11-20')], true],
    ['YEAR', '2027-01-01', [held('2026', '2026-11-20')], false],
    // Given once, before the version that gives it every year: for that year it was had.
    ['YEAR', '2026-12-31', [held('ALL', '2026-11-20')], true],
    ['YEAR', '2027-01-01', [held('ALL', '2026-11-20')], false],
    // 23:30 of New Year's Eve in UTC is the new year in Shanghai.
    ['YEAR', '2027-02-01', [{ ...held('ALL', '2026-12-31'), identifiedAt: new Date('2026-12-31T23:30:00Z') }], true],
  ] as const)('%s on %s after %j: %s', (period, day, benefits, expected) => {
    expect(wasHad(period, day, benefits)).toBe(expected);
  });
});

describe('what bars a benefit', () => {
  const policy = { id: 'p', excludes: ['q'], grantPeriod: 'ONCE' } as const;
  const none = () => [];

  it('is its payment before, or one that excludes it from either side', () => {
    expect(barOf(policy, '2026-11-20', [], none)).toBeNull();
    expect(barOf(policy, '2026-11-20', [held('ALL', '2026-01-01')], none)).toEqual({
      reason: 'ALREADY_PAID',
      policyId: 'p',
    });
    expect(barOf(policy, '2026-11-20', [held('ALL', '2026-01-01', 'q')], none)).toEqual({
      reason: 'EXCLUDED',
      policyId: 'q',
    });
    expect(barOf(policy, '2026-11-20', [held('ALL', '2026-01-01', 'r')], (id) => (id === 'r' ? ['p'] : []))).toEqual({
      reason: 'EXCLUDED',
      policyId: 'r',
    });
    expect(barOf(policy, '2026-11-20', [held('ALL', '2026-01-01', 's')], none)).toBeNull();
  });

  it('is not a grant of the policy that is under way', () => {
    expect(barOf(policy, '2026-11-20', [{ ...held('ALL', '2026-01-01'), isPaid: false }], none)).toBeNull();
  });
});
