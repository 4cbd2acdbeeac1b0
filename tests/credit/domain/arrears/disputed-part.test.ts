import { checkPayment } from '../../../../subgraphs/credit/src/domain/arrears/arrears.js';
import { checkSettlement, withSettlement } from '../../../../subgraphs/credit/src/domain/arrears/dispute.js';
import { debt, DOCUMENT, on } from '../../support/debts.js';
import { LAW } from '../../support/law.js';

describe('a disputed part', () => {
  const disputed = debt({}, {}, { disputed: 2_000_000 });
  const settlement = {
    settledOn: '2026-05-01',
    owed: 1_500_000,
    struckOff: 500_000,
    reason: '对账',
    document: DOCUMENT,
  };

  it('does not hold up the rest: the clock runs for 80 of 100 (order 802, art. 15)', () => {
    expect(on(disputed, '2026-05-01')).toMatchObject({
      undisputedOutstanding: 8_000_000,
      disputed: 2_000_000,
      daysOverdue: 30,
      interest: { amount: 120_000 },
    });
  });

  it('bears interest from the first day when it is owed after all, and none when it is struck off', () => {
    const settled = withSettlement(disputed, settlement, LAW);
    expect(on(settled, '2026-04-30').interest?.amount).toBe(on(disputed, '2026-04-30').interest?.amount);
    // 8,000,000 and 1,500,000 for thirty days each.
    expect(on(settled, '2026-05-01')).toMatchObject({
      principal: 9_500_000,
      disputed: 0,
      undisputedOutstanding: 9_500_000,
      interest: { amount: 142_500 },
    });
    expect(on(settled, '2026-05-02').interest?.amount).toBe(142_500 + 4_750);
  });

  it('that was paid before it was struck off leaves nothing less than nothing, and is more than was owed', () => {
    // Of 100,000 there are 20,000 disputed and struck off; a payment of all of it, made before, is told later.
    const settled = withSettlement(disputed, { ...settlement, owed: 0, struckOff: 2_000_000 }, LAW);
    const late = { paidOn: '2026-03-20', amount: 10_000_000 };
    expect(checkPayment(settled, late, '2026-11-20', LAW)).toMatchObject({
      code: 'OVERPAYMENT',
      details: { tooMuch: '20000.00' },
    });
    const paid = on({ ...settled, payments: [late] }, '2026-11-20');
    expect(paid).toMatchObject({ outstanding: 0, disputed: 0, owedInAll: 0, overpaid: 2_000_000 });
    expect(checkPayment(settled, { ...late, amount: 8_000_000 }, '2026-11-20', LAW)).toBeNull();
  });

  it('bears interest while it was unpaid and no longer, where a payment of before the settlement is told later', () => {
    // 85,000 on 04-15, of which 5,000 pay what is disputed; on 05-01 10,000 are owed after all and 10,000 struck off.
    const settled = withSettlement(disputed, { ...settlement, owed: 1_000_000, struckOff: 1_000_000 }, LAW);
    const late = { paidOn: '2026-04-15', amount: 8_500_000 };
    const position = on(
      { ...settled, payments: [late], contract: { ...disputed.contract, principalFirst: true } },
      '2026-05-01',
    );
    // 80,000 and 10,000 for fourteen days, then 5,000 for sixteen, at 0.05 % a day.
    expect(position).toMatchObject({
      principal: 9_000_000,
      outstanding: 500_000,
      undisputedOutstanding: 500_000,
      interest: { amount: 63_000 + 4_000, days: 30 },
    });
  });

  it('is settled no further than it is disputed and unpaid', () => {
    const settle = (changes: object) =>
      checkSettlement(disputed, { ...settlement, ...changes }, { today: '2026-11-20', rules: LAW })?.path.join('.');
    expect(settle({})).toBeUndefined();
    expect(settle({ owed: 1_500_001 })).toBe('owed');
    expect(settle({ owed: 0, struckOff: 0 })).toBe('owed');
    expect(settle({ settledOn: '2026-11-21' })).toBe('settledOn');
    expect(settle({ reason: ' ' })).toBe('reason');
  });
});
