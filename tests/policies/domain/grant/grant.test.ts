import fc from 'fast-check';
import {
  accountProblem,
  decideMove,
  GRANT_MOVES,
  grantPeriodOn,
  legalMoves,
  maskedAccount,
  type GrantState,
} from '../../../../subgraphs/policies/src/domain/grant/grant.js';
import { TODAY } from '../../support/random-criteria.js';

const grant = (change: Partial<GrantState> = {}): GrantState => ({
  status: 'IDENTIFIED',
  instalmentsFen: [40_00, 60_00],
  settled: 0,
  publicUntil: null,
  reserved: false,
  ...change,
});
const on = (today: string) => ({ today, noticeUntil: '2026-11-24' });

describe('decideMove', () => {
  it('shows the recipients for their days and lets nobody approve before the notice has ended', () => {
    expect(decideMove(grant({ status: 'CONFIRMED' }), 'PUBLICISE', on('2026-11-20'))).toMatchObject({
      ok: true,
      publicUntil: '2026-11-24',
    });
    const shown = grant({ status: 'PUBLICISED', publicUntil: '2026-11-24' });
    expect(decideMove(shown, 'APPROVE', on('2026-11-24'))).toMatchObject({ ok: false, reason: 'STILL_PUBLIC' });
    expect(decideMove(shown, 'APPROVE', on('2026-11-25'))).toMatchObject({
      ok: true,
      status: 'APPROVED',
      reserveFen: 100_00,
    });
  });

  it('pays instalment by instalment', () => {
    expect(decideMove(grant({ status: 'APPROVED', reserved: true }), 'PAY', on(TODAY))).toMatchObject({
      status: 'PAYING',
      orderInstalment: 0,
    });
    expect(decideMove(grant({ status: 'PAYING', reserved: true }), 'SETTLE', on(TODAY))).toMatchObject({
      status: 'APPROVED',
      settled: 1,
      paidFen: 40_00,
    });
    expect(decideMove(grant({ status: 'PAYING', reserved: true, settled: 1 }), 'SETTLE', on(TODAY))).toMatchObject({
      status: 'PAID',
      settled: 2,
      paidFen: 60_00,
    });
  });

  it('gives back to the budget what was not paid, when a grant is withdrawn', () => {
    expect(decideMove(grant({ status: 'APPROVED', reserved: true, settled: 1 }), 'WITHDRAW', on(TODAY))).toMatchObject({
      reserveFen: -60_00,
      reserved: false,
    });
    expect(decideMove(grant({ status: 'NOTIFIED' }), 'WITHDRAW', on(TODAY))).toMatchObject({ reserveFen: 0 });
  });

  it('pays again after the bank sent the money back and the account was put right, without a second notice', () => {
    expect(decideMove(grant({ status: 'PAYING', reserved: true }), 'RETURN', on(TODAY))).toMatchObject({
      status: 'RETURNED',
      reserved: true,
      reserveFen: 0,
    });
    expect(decideMove(grant({ status: 'RETURNED', reserved: true }), 'CONFIRM', on(TODAY))).toMatchObject({
      status: 'APPROVED',
      reserveFen: 0,
    });
  });

  it('names the legal moves with every refusal', () => {
    expect(decideMove(grant({ status: 'PAID' }), 'PAY', on(TODAY))).toEqual({
      ok: false,
      reason: 'ILLEGAL_MOVE',
      legal: ['CLOSE'],
    });
  });

  it('never pays more or less than the amount, and never holds budget that it does not need, whatever is tried', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...GRANT_MOVES), { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }),
        (moves, instalmentsFen) => {
          let state: GrantState = grant({ instalmentsFen });
          let [reserved, paid] = [0, 0];
          for (const move of moves) {
            const decision = decideMove(state, move, { today: TODAY, noticeUntil: '2000-01-01' });
            if (!decision.ok) continue;
            reserved += decision.reserveFen;
            paid += decision.paidFen;
            state = {
              ...state,
              status: decision.status,
              settled: decision.settled,
              publicUntil: decision.publicUntil,
              reserved: decision.reserved,
            };
          }
          const amount = instalmentsFen.reduce((sum, part) => sum + part, 0);
          expect(paid).toBeLessThanOrEqual(amount);
          expect(paid).toBeLessThanOrEqual(reserved);
          if (state.status === 'PAID' || state.status === 'CLOSED') expect([paid, reserved]).toEqual([amount, amount]);
          if (state.status === 'WITHDRAWN') expect(reserved).toBe(paid);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('ends in two places only', () => {
    expect(legalMoves('CLOSED')).toEqual([]);
    expect(legalMoves('WITHDRAWN')).toEqual([]);
  });
});

describe('accounts', () => {
  it.each([
    ['6222 0212 3456 7890', true],
    ['1234567', false],
    ['DE89370400440532013000', false],
    ['', false],
  ])('%s can be paid to: %s', (number, fine) => {
    expect(accountProblem(number) === null).toBe(fine);
  });

  it('are shown by their last four digits', () => {
    expect(maskedAccount('6222 0212 3456 7890')).toBe('****7890');
  });
});

it('a benefit that is had once has one period for ever', () => {
  expect([grantPeriodOn('ONCE', '2026-11-20'), grantPeriodOn('YEAR', '2026-11-20')]).toEqual(['ALL', '2026']);
});
