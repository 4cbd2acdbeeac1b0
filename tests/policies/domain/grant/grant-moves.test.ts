import {
  accountProblem,
  decideMove,
  grantPeriodOn,
  GRANT_MOVES,
  GRANT_STATUSES,
  legalMoves,
  maskedAccount,
  type GrantMove,
  type GrantState,
  type GrantStatus,
  type Suspension,
} from '../../../../subgraphs/policies/src/domain/grant/grant.js';

const grant = (change: Partial<GrantState>): GrantState => ({
  status: 'IDENTIFIED',
  instalmentsFen: [40, 60],
  settled: 0,
  publicUntil: null,
  reserved: false,
  ...change,
});
const decided = (state: Partial<GrantState>, move: GrantMove, instalment?: number) =>
  decideMove(grant(state), move, {
    today: '2026-11-20',
    noticeUntil: move === 'PUBLICISE' ? '2026-11-24' : '2000-01-01',
    amountFen: 200,
    ...(instalment === undefined ? {} : { instalment }),
  });

const IN_DOUBT: Suspension = {
  before: 'PUBLICISED',
  move: 'APPROVE',
  doubts: [],
  amountFen: null,
  at: new Date('2026-11-20T04:00:00Z'),
};

describe('the procedure of a grant', () => {
  /**
   * 免申即享: identified, notified, confirmed, shown, approved, paid, closed; a payment may come back; it is withdrawn
   * until paid.
   */
  const ALLOWED: Readonly<Record<GrantStatus, Partial<Record<GrantMove, GrantStatus>>>> = {
    IDENTIFIED: { NOTIFY: 'NOTIFIED', WITHDRAW: 'WITHDRAWN' },
    NOTIFIED: { CONFIRM: 'CONFIRMED', WITHDRAW: 'WITHDRAWN' },
    CONFIRMED: { PUBLICISE: 'PUBLICISED', WITHDRAW: 'WITHDRAWN' },
    PUBLICISED: { APPROVE: 'APPROVED', WITHDRAW: 'WITHDRAWN' },
    APPROVED: { PAY: 'PAYING', WITHDRAW: 'WITHDRAWN' },
    HANDED_OVER: {},
    PAYING: { SETTLE: 'APPROVED', RETURN: 'RETURNED' },
    PAID: { CLOSE: 'CLOSED' },
    RETURNED: { CONFIRM: 'APPROVED', WITHDRAW: 'WITHDRAWN' },
    SUSPENDED: { KEEP: 'PUBLICISED', CHANGE_AMOUNT: 'PUBLICISED', WITHDRAW: 'WITHDRAWN' },
    CLOSED: {},
    WITHDRAWN: {},
  };
  const pairs = GRANT_STATUSES.flatMap((status) =>
    GRANT_MOVES.map((move) => [status, move, ALLOWED[status][move] ?? 'refused'] as const),
  );

  it.each(pairs)('%s, %s: %s', (status, move, expected) => {
    const decision = decided({ status, suspension: IN_DOUBT }, move);
    expect(decision.ok ? decision.status : 'refused').toBe(expected);
    if (!decision.ok)
      expect(decision).toEqual({ ok: false, reason: 'ILLEGAL_MOVE', legal: Object.keys(ALLOWED[status]) });
  });

  it.each(GRANT_STATUSES)('%s: money that was settled can come back, and returning is named once', (status) => {
    expect(legalMoves(status)).toEqual(Object.keys(ALLOWED[status]));
    expect([...legalMoves(status, true)].sort()).toEqual(
      [...new Set([...Object.keys(ALLOWED[status]), 'RETURN'])].sort(),
    );
  });
});

describe('a move', () => {
  const unchanged = {
    ok: true,
    settled: 1,
    returned: [],
    accountInDoubt: false,
    publicUntil: '2026-11-10',
    formerlyShownFen: null,
    reserved: true,
    instalmentsFen: [40, 60],
    reserveFen: 0,
    paidFen: 0,
    orderInstalment: null,
  };
  const state = { settled: 1, publicUntil: '2026-11-10', reserved: true };

  it('changes nothing but what it is for', () => {
    expect(decided({ ...state, status: 'IDENTIFIED' }, 'NOTIFY')).toEqual({ ...unchanged, status: 'NOTIFIED' });
    expect(decided({ ...state, status: 'NOTIFIED' }, 'CONFIRM')).toEqual({ ...unchanged, status: 'CONFIRMED' });
    expect(decided({ ...state, status: 'CONFIRMED' }, 'PUBLICISE')).toEqual({
      ...unchanged,
      status: 'PUBLICISED',
      publicUntil: '2026-11-24',
    });
    expect(decided({ ...state, status: 'PUBLICISED', reserved: false }, 'APPROVE')).toEqual({
      ...unchanged,
      status: 'APPROVED',
      reserveFen: 100,
    });
    expect(decided({ ...state, status: 'PUBLICISED' }, 'APPROVE')).toEqual({ ...unchanged, status: 'APPROVED' });
    expect(decided({ ...state, status: 'APPROVED' }, 'PAY')).toEqual({
      ...unchanged,
      status: 'PAYING',
      orderInstalment: 1,
    });
    expect(decided({ ...state, status: 'PAYING' }, 'SETTLE')).toEqual({
      ...unchanged,
      status: 'PAID',
      settled: 2,
      paidFen: 60,
    });
    expect(decided({ ...state, status: 'PAYING' }, 'RETURN')).toEqual({ ...unchanged, status: 'RETURNED' });
    expect(decided({ ...state, status: 'PAID' }, 'CLOSE')).toEqual({ ...unchanged, status: 'CLOSED' });
    expect(decided({ ...state, status: 'APPROVED' }, 'WITHDRAW')).toEqual({
      ...unchanged,
      status: 'WITHDRAWN',
      reserved: false,
      reserveFen: -60,
    });
    expect(decided({ ...state, status: 'PUBLICISED', settled: 0, reserved: false }, 'WITHDRAW')).toEqual({
      ...unchanged,
      settled: 0,
      status: 'WITHDRAWN',
      reserved: false,
    });
  });

  it('approves on the day after the last of the notice, and where there was none', () => {
    expect(decided({ status: 'PUBLICISED', publicUntil: '2026-11-20' }, 'APPROVE')).toEqual({
      ok: false,
      reason: 'STILL_PUBLIC',
      legal: ['APPROVE', 'WITHDRAW'],
    });
    expect(decided({ status: 'PUBLICISED', publicUntil: '2026-11-19' }, 'APPROVE')).toMatchObject({
      ok: true,
      reserveFen: 100,
    });
    expect(decided({ status: 'PUBLICISED', publicUntil: null }, 'APPROVE')).toMatchObject({
      ok: true,
      reserveFen: 100,
    });
  });

  it('pays nothing where nothing is left to pay', () => {
    expect(decided({ status: 'APPROVED', settled: 2, reserved: true }, 'PAY')).toEqual({
      ok: false,
      reason: 'NOTHING_TO_PAY',
      legal: ['PAY', 'WITHDRAW', 'RETURN'],
    });
    expect(decided({ status: 'APPROVED', instalmentsFen: [] }, 'PAY')).toMatchObject({
      ok: false,
      reason: 'NOTHING_TO_PAY',
    });
  });

  it('pays again first what came back, the earliest of it', () => {
    expect(
      decided({ status: 'APPROVED', instalmentsFen: [1, 2, 3], settled: 3, returned: [2, 1] }, 'PAY'),
    ).toMatchObject({ orderInstalment: 1 });
    expect(
      decided({ status: 'PAYING', instalmentsFen: [1, 2, 3], settled: 3, returned: [2, 1] }, 'SETTLE'),
    ).toMatchObject({ status: 'APPROVED', settled: 3, returned: [2], paidFen: 2 });
    expect(decided({ status: 'PAYING', instalmentsFen: [1, 2, 3], settled: 3, returned: [2] }, 'SETTLE')).toMatchObject(
      { status: 'PAID', settled: 3, returned: [], paidFen: 3 },
    );
  });

  it('settles what the bank names, and waits for the account when that is in doubt', () => {
    expect(decided({ status: 'PAYING', settled: 1, returned: [0], accountInDoubt: true }, 'SETTLE', 1)).toMatchObject({
      status: 'RETURNED',
      settled: 2,
      returned: [0],
      accountInDoubt: false,
      paidFen: 60,
    });
    expect(decided({ status: 'PAYING', settled: 0 }, 'SETTLE', 7)).toMatchObject({ paidFen: 0 });
  });

  it('takes back an instalment once, wherever the grant stands', () => {
    expect(decided({ status: 'CLOSED', settled: 2, reserved: true }, 'RETURN', 1)).toMatchObject({
      status: 'RETURNED',
      returned: [1],
      paidFen: -60,
      reserveFen: 0,
    });
    expect(decided({ status: 'WITHDRAWN', settled: 1 }, 'RETURN', 0)).toMatchObject({
      status: 'WITHDRAWN',
      returned: [0],
      paidFen: -40,
      reserveFen: -40,
    });
    expect(decided({ status: 'PAYING', settled: 1 }, 'RETURN', 0)).toMatchObject({
      status: 'PAYING',
      returned: [0],
      paidFen: -40,
      accountInDoubt: true,
    });
    expect(decided({ status: 'PAID', settled: 2, returned: [0] }, 'RETURN', 0)).toEqual({
      ok: false,
      reason: 'ILLEGAL_MOVE',
      legal: ['CLOSE', 'RETURN'],
    });
    expect(decided({ status: 'PAID', settled: 2 }, 'RETURN', 2)).toMatchObject({ ok: false });
  });
});

describe('an account', () => {
  it('has 8 to 30 digits, with blanks and hyphens between', () => {
    const wrong = 'number cannot be used: an account number has 8 to 30 digits.';
    const problem = (number: string): string | null => accountProblem(number)?.message ?? null;
    expect(['1'.repeat(8), '1'.repeat(30), '6222-0212 3456'].map(problem)).toEqual([null, null, null]);
    expect(['1'.repeat(7), '1'.repeat(31), 'x12345678', '12345678x', ''].map(problem)).toEqual([
      wrong,
      wrong,
      wrong,
      wrong,
      wrong,
    ]);
  });

  it('is shown by its last four digits, without blanks and hyphens', () => {
    expect([maskedAccount('6222-0212 345 6'), maskedAccount('6222021234567890')]).toEqual(['****3456', '****7890']);
  });
});

it('a benefit that is had each year has the year as its period', () => {
  expect([
    grantPeriodOn('ONCE', '2026-01-01'),
    grantPeriodOn('YEAR', '2026-12-31'),
    grantPeriodOn('YEAR', '2027-01-01'),
  ]).toEqual(['ALL', '2026', '2027']);
});
