import { barOf, hadBeforeFen, wasHad } from '../../../../subgraphs/policies/src/domain/grant/held-benefit.js';
import { standingOn } from '../../../../subgraphs/policies/src/domain/grant/held-on-day.js';

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

describe('what was had before, where only the difference is paid', () => {
  const policy = { id: 'p', grantPeriod: 'YEAR', benefit: { topUpDifference: true } } as const;
  const had = (period: string, hadFen: number, isPaid = true, policyId = 'p') => ({
    ...held(period, `${period}-05-01`, policyId),
    isPaid,
    hadFen,
  });

  it.each([
    ['years before, paid or not', [had('2024', 100), had('2025', 20, false)], 120],
    ['not what is under way for the same year', [had('2025', 100), had('2026', 7, false)], 100],
    ['what is paid of the same year', [had('2025', 100), had('2026', 7)], 107],
    ['nothing of another policy', [had('2025', 100, true, 'q')], 0],
  ])('is %s', (_what, benefits, expected) => {
    expect(hadBeforeFen(policy, '2026-11-20', benefits)).toBe(expected);
    expect(hadBeforeFen({ ...policy, benefit: { topUpDifference: false } }, '2026-11-20', benefits)).toBe(0);
  });
});

describe('a grant as it was on an earlier day', () => {
  // Made for 100 yuan, set to 90 on 3 May; 50 paid on the 5th and sent back on the 9th, 40 paid on the 7th; withdrawn
  // on the 11th; 30 of it came on the 13th that were asked back.
  const grant = { ...held('2026', '2026-05-01'), amountFen: 9_000 };
  const byDay = {
    payments: [
      { fen: 5_000, settledOn: '2026-05-05', returnedOn: '2026-05-09' },
      { fen: 4_000, settledOn: '2026-05-07', returnedOn: null },
      { fen: 5_000, settledOn: null, returnedOn: null },
    ],
    changes: [
      { move: 'IDENTIFY', on: '2026-05-01' },
      { move: 'CHANGE_AMOUNT', on: '2026-05-03', formerAmountFen: 10_000 },
      { move: 'WITHDRAW', on: '2026-05-11' },
    ],
    receipts: [{ fen: 3_000, receivedOn: '2026-05-13' }],
  };

  it.each([
    ['2026-04-30', null],
    ['2026-05-02', { isPaid: false, hadFen: 10_000 }],
    ['2026-05-03', { isPaid: false, hadFen: 9_000 }],
    ['2026-05-05', { isPaid: true, hadFen: 9_000 }],
    ['2026-05-11', { isPaid: true, hadFen: 4_000 }],
    ['2026-05-13', { isPaid: true, hadFen: 1_000 }],
  ])('%s: %j', (day, expected) => {
    const { isPaid, hadFen } = standingOn(grant, byDay, day) ?? {};
    expect(hadFen === undefined ? null : { isPaid, hadFen }).toEqual(expected);
  });

  it('was not held when it was withdrawn unpaid, and was had when it was handed over', () => {
    const changes = [{ move: 'WITHDRAW', on: '2026-05-11' }];
    expect(standingOn(grant, { payments: [], changes, receipts: [] }, '2026-05-11')).toBeNull();
    const handed = [{ move: 'HAND_OVER', on: '2026-05-11' }];
    expect(standingOn(grant, { payments: [], changes: handed, receipts: [] }, '2026-05-10')?.isPaid).toBe(false);
    expect(standingOn(grant, { payments: [], changes: handed, receipts: [] }, '2026-05-11')?.isPaid).toBe(true);
  });
});
