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
  noticeFromToday: '2026-11-30',
  noticeUntil: '2026-11-18',
  openObjections: 0,
  isRecoveryProposed: false,
  recoveredFen: 0,
  deciders: ['officer-1'],
  twoPersonsFromFen: 2_000_000,
  dueFrom: null,
  isBehind: false,
  budgetLeftFen: null,
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
