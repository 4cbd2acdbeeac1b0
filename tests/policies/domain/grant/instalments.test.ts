import {
  decideMove,
  nextInstalment,
  type GrantState,
  type GrantStatus,
} from '../../../../subgraphs/policies/src/domain/grant/grant.js';

const grant = (change: Partial<GrantState> = {}): GrantState => ({
  status: 'APPROVED',
  instalmentsFen: [100, 100, 0],
  settled: 0,
  publicUntil: null,
  reserved: true,
  ...change,
});
const on = { today: '2026-11-20', noticeUntil: '2026-11-24' };

/** Pays a grant to its end; the fen of each order, and where the grant stands then. */
function paidToTheEnd(state: GrantState): { orders: number[]; status: GrantStatus } {
  const orders: number[] = [];
  for (;;) {
    const pay = decideMove(state, 'PAY', on);
    if (!pay.ok) return { orders, status: state.status };
    orders.push(state.instalmentsFen[pay.orderInstalment ?? -1] ?? NaN);
    const settle = decideMove({ ...state, ...pay }, 'SETTLE', on);
    if (!settle.ok) throw new Error('not settled');
    state = { ...state, ...settle };
  }
}

describe('an instalment of nothing', () => {
  it.each([
    [
      [100, 100, 0],
      [100, 100],
    ],
    [[0, 0, 70], [70]],
    [
      [0, 50, 0, 20, 0],
      [50, 20],
    ],
  ])('of %j is passed over: no order of nothing goes to the bank', (instalmentsFen, orders) => {
    expect(paidToTheEnd(grant({ instalmentsFen }))).toEqual({ orders, status: 'PAID' });
  });

  it('leaves nothing to pay where all are nothing', () => {
    expect(decideMove(grant({ instalmentsFen: [0, 0] }), 'PAY', on)).toMatchObject({
      ok: false,
      reason: 'NOTHING_TO_PAY',
    });
    expect(nextInstalment(grant({ instalmentsFen: [0, 0] }))).toBe(2);
  });
});

describe('an amount that an officer changes', () => {
  const suspended = (change: Partial<GrantState>) =>
    grant({
      status: 'SUSPENDED',
      suspension: { before: 'APPROVED', move: 'PAY', doubts: [], amountFen: null, at: new Date() },
      ...change,
    });
  const changed = (amountFen: number, change: Partial<GrantState> = {}) =>
    decideMove(suspended(change), 'CHANGE_AMOUNT', { ...on, amountFen });

  it('is shared among what is not paid as the former one was, to the fen, and moves the budget by the difference', () => {
    expect(changed(301, { instalmentsFen: [40, 60, 100] })).toMatchObject({
      ok: true,
      status: 'APPROVED',
      instalmentsFen: [60, 90, 151],
      reserveFen: 101,
    });
    expect(changed(100, { instalmentsFen: [40, 60, 100], settled: 1 })).toMatchObject({
      instalmentsFen: [40, 22, 38],
      reserveFen: -100,
    });
  });

  it('leaves an instalment of nothing at nothing, and what is not in the budget out of it', () => {
    expect(changed(101, { instalmentsFen: [50, 50, 0], reserved: false })).toMatchObject({
      instalmentsFen: [50, 51, 0],
      reserveFen: 0,
    });
  });

  it('is more than what is paid: to pay no more, the grant is withdrawn', () => {
    expect(changed(40, { instalmentsFen: [40, 60], settled: 1 })).toMatchObject({ reason: 'AMOUNT_NOT_ABOVE_PAID' });
    expect(changed(41, { instalmentsFen: [40, 60], settled: 1 })).toMatchObject({ instalmentsFen: [40, 1] });
  });
});
