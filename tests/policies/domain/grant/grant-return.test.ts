import fc from 'fast-check';
import {
  decideMove,
  GRANT_MOVES,
  legalMoves,
  type GrantMove,
  type GrantState,
  type GrantStatus,
} from '../../../../subgraphs/policies/src/domain/grant/grant.js';
import { TODAY } from '../../support/random-criteria.js';

const grant = (status: GrantStatus, change: Partial<GrantState> = {}): GrantState => ({
  status,
  instalmentsFen: [40_00, 60_00],
  settled: 2,
  publicUntil: null,
  reserved: status !== 'WITHDRAWN',
  ...change,
});
const decide = (state: GrantState, move: GrantMove, instalment?: number) =>
  decideMove(state, move, { today: TODAY, noticeUntil: '2000-01-01', instalment });

describe('money that comes back after it was settled', () => {
  it.each<[GrantStatus, number]>([
    ['APPROVED', 1],
    ['PAID', 2],
    ['CLOSED', 2],
    ['RETURNED', 1],
  ])('of a grant that is %s is unpaid again and stays in the budget for it', (status, settled) => {
    expect(decide(grant(status, { settled }), 'RETURN', 0)).toMatchObject({
      ok: true,
      status: 'RETURNED',
      settled,
      returned: [0],
      paidFen: -40_00,
      reserveFen: 0,
      reserved: true,
    });
  });

  it('goes back to the budget where the grant was withdrawn after a part was paid', () => {
    expect(decide(grant('WITHDRAWN', { settled: 1 }), 'RETURN', 0)).toMatchObject({
      status: 'WITHDRAWN',
      paidFen: -40_00,
      reserveFen: -40_00,
    });
  });

  it('while another instalment is under way lets that one end, and then has the account put right', () => {
    const paying = grant('PAYING', { settled: 1 });
    const doubted = decide(paying, 'RETURN', 0);
    expect(doubted).toMatchObject({ status: 'PAYING', returned: [0], accountInDoubt: true, paidFen: -40_00 });
    const after = { ...paying, returned: [0], accountInDoubt: true };
    expect(decide(after, 'SETTLE', 1)).toMatchObject({
      status: 'RETURNED',
      settled: 2,
      returned: [0],
      accountInDoubt: false,
      paidFen: 60_00,
    });
    expect(decide(after, 'RETURN', 1)).toMatchObject({
      status: 'RETURNED',
      settled: 1,
      returned: [0],
      accountInDoubt: false,
      paidFen: 0,
    });
  });

  it('is paid again before what was never paid, and the grant is paid when nothing is left', () => {
    const approved = grant('APPROVED', { settled: 1, returned: [0] });
    expect(decide(approved, 'PAY')).toMatchObject({ orderInstalment: 0 });
    expect(decide({ ...approved, status: 'PAYING' }, 'SETTLE', 0)).toMatchObject({
      status: 'APPROVED',
      settled: 1,
      returned: [],
      paidFen: 40_00,
    });
    expect(decide(grant('PAYING', { returned: [0] }), 'SETTLE', 0)).toMatchObject({
      status: 'PAID',
      settled: 2,
      returned: [],
      paidFen: 40_00,
    });
  });

  it('is given back with the rest when the grant is withdrawn then', () => {
    expect(decide(grant('RETURNED', { returned: [0] }), 'WITHDRAW')).toMatchObject({ reserveFen: -40_00 });
    expect(decide(grant('RETURNED', { settled: 1, returned: [0] }), 'WITHDRAW')).toMatchObject({ reserveFen: -100_00 });
  });

  it('comes back once, and only where it was settled', () => {
    expect(decide(grant('PAID', { returned: [0] }), 'RETURN', 0)).toMatchObject({ ok: false, reason: 'ILLEGAL_MOVE' });
    expect(decide(grant('APPROVED', { settled: 1 }), 'RETURN', 1)).toMatchObject({ ok: false, reason: 'ILLEGAL_MOVE' });
    expect(decide(grant('APPROVED', { settled: 0 }), 'RETURN', 0)).toEqual({
      ok: false,
      reason: 'ILLEGAL_MOVE',
      legal: ['PAY', 'WITHDRAW'],
    });
  });

  it('is among the legal moves wherever something is paid', () => {
    expect(legalMoves('CLOSED', true)).toEqual(['RETURN']);
    expect(legalMoves('PAYING', true)).toEqual(['SETTLE', 'RETURN']);
    expect(legalMoves('PAID', false)).toEqual(['CLOSE']);
  });
});

it('whatever the bank sends back and when, the budget holds exactly what is paid or can still be paid', () => {
  const step = fc.record({
    move: fc.constantFrom(...GRANT_MOVES, 'RETURN' as const, 'RETURN' as const),
    instalment: fc.nat({ max: 3 }),
  });
  const progress = fc.constantFrom<GrantMove[]>(['PAY', 'SETTLE'], ['CONFIRM'], ['CLOSE'], []);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(progress, step), { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }),
      (script, instalmentsFen) => {
        const amount = instalmentsFen.reduce((sum, part) => sum + part, 0);
        let state: GrantState = { status: 'APPROVED', instalmentsFen, settled: 0, publicUntil: null, reserved: true };
        let [reserved, paid, underWay] = [amount, 0, -1];
        for (const { move, instalment } of script.flatMap(([moves, random]) => [
          ...moves.map((one) => ({ move: one, instalment: -1 })),
          random,
        ])) {
          // The bank reports of the order under way, or of any one with RETURN.
          const about =
            move === 'SETTLE' || (move === 'RETURN' && instalment >= instalmentsFen.length) ? underWay : instalment;
          const decision = decide(state, move, about);
          if (!decision.ok) continue;
          if (move === 'RETURN' && state.status === 'PAYING' && decision.paidFen === 0 && about !== underWay) continue; // the bank reports of no order that does not exist
          reserved += decision.reserveFen;
          paid += decision.paidFen;
          underWay = decision.orderInstalment ?? underWay;
          const { status, settled, returned, accountInDoubt, publicUntil } = decision;
          state = { ...state, status, settled, returned, accountInDoubt, publicUntil, reserved: decision.reserved };
          expect(paid).toBeGreaterThanOrEqual(0);
          expect(reserved).toBe(status === 'WITHDRAWN' ? paid : amount);
          if (status === 'PAID' || status === 'CLOSED') expect(paid).toBe(amount);
        }
      },
    ),
    { numRuns: 500 },
  );
});
