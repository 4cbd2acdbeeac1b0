import {
  tryDecide,
  type MovableGrant,
  type MoveConditions,
} from '../../../../subgraphs/policies/src/domain/grant/possible-moves.js';

const approved = (amountFen: number): MovableGrant => ({
  status: 'APPROVED',
  instalmentsFen: [amountFen],
  settled: 0,
  publicUntil: '2026-11-18',
  reserved: true,
  amountFen,
  paidFen: 0,
  account: {},
});
const CONDITIONS: MoveConditions = {
  today: '2026-11-20',
  sub: 'officer-1',
  isMachine: false,
  noticeFromToday: '2026-11-30',
  noticeUntil: '2026-11-18',
  openObjections: 0,
  isRecoveryProposed: false,
  recoveredFen: 0,
  deciders: ['officer-1'],
  sendersOf: (instalment) => (instalment === 0 ? ['officer-2'] : []),
  twoPersonsFromFen: 2_000_000,
  dueFrom: null,
  isBehind: false,
  budgetLeftFen: null,
  showsReduced: true,
};
const paying = (amountFen: number, conditions: Partial<MoveConditions> = {}) => {
  const tried = tryDecide(approved(amountFen), 'PAY', {}, { ...CONDITIONS, ...conditions });
  return tried.ok ? 'done' : tried.hindrance;
};

describe('two persons for approval and payment', () => {
  it('are demanded from the limit on that the city has set, and not below it', () => {
    // The limit is 20,000.00 yuan; officer-1 approved.
    expect(paying(1_999_999)).toBe('done');
    expect(paying(2_000_000)).toBe('SAME_PERSON');
    expect(paying(2_000_000, { sub: 'officer-2' })).toBe('done');
  });

  it('are demanded of every amount where no limit is set', () => {
    expect(paying(1, { twoPersonsFromFen: 0 })).toBe('SAME_PERSON');
  });
});

describe('two persons for payment and the report of what came of it', () => {
  /** An order of officer-2 is under way, or was settled. */
  const reporting = (move: 'SETTLE' | 'RETURN', amountFen: number, conditions: Partial<MoveConditions> = {}) => {
    const order: MovableGrant =
      move === 'SETTLE'
        ? { ...approved(amountFen), status: 'PAYING' }
        : { ...approved(amountFen), status: 'CLOSED', settled: 1, paidFen: amountFen };
    const tried = tryDecide(order, move, { instalment: 0 }, { ...CONDITIONS, sub: 'officer-2', ...conditions });
    return tried.ok ? 'done' : tried.hindrance;
  };

  it.each(['SETTLE', 'RETURN'] as const)('are demanded of the same amounts as for approval and payment: %s', (move) => {
    expect(reporting(move, 1_999_999)).toBe('done');
    expect(reporting(move, 2_000_000)).toBe('SENT_BY_SAME_PERSON');
    expect(reporting(move, 2_000_000, { sub: 'officer-1' })).toBe('done');
    expect(reporting(move, 1, { twoPersonsFromFen: 0 })).toBe('SENT_BY_SAME_PERSON');
  });

  it.each(['SETTLE', 'RETURN'] as const)('are not demanded of a machine, which is no person: %s', (move) => {
    expect(reporting(move, 2_000_000, { isMachine: true })).toBe('done');
  });

  it('are of the one order: who sent another instalment may report this one', () => {
    expect(reporting('SETTLE', 2_000_000, { sendersOf: (instalment) => (instalment === 1 ? ['officer-2'] : []) })).toBe(
      'done',
    );
  });
});
