import { positionAsOf } from '../../../../subgraphs/credit/src/domain/ledger/as-of.js';
import { aLedger, fulfil, reverse, transfer, waive } from '../../support/builders.js';

/** Paid 600.00 on 2024-06-01 (known the next day); found wrong on 2024-09-10; handed to FGW on 2024-10-01. */
const history = () =>
  aLedger([
    ['2024-06-02', fulfil(60_000, '2024-06-01')],
    ['2024-09-10', reverse(2)],
    ['2024-10-02', transfer('FGW', '2024-10-01')],
  ]);

describe('positionAsOf', () => {
  it('has nothing to say before the promise', () => {
    expect(positionAsOf(history(), { asOf: '2024-01-14', knownOn: null })).toBeNull();
    expect(positionAsOf(history(), { asOf: '2024-02-01', knownOn: '2024-01-15' })).toBeNull();
  });

  it('with the knowledge of the time shows the payment that was later found wrong', () => {
    expect(positionAsOf(history(), { asOf: '2024-07-31', knownOn: '2024-07-31' })).toMatchObject({
      fulfilled: 60_000,
      overdue: 0,
      dueOn: '2024-12-31',
    });
  });

  it('with the knowledge of today shows the same day without it', () => {
    expect(positionAsOf(history(), { asOf: '2024-07-31', knownOn: null })).toMatchObject({
      fulfilled: 0,
      outstanding: 100_000,
      overdue: 50_000,
      dueOn: '2024-06-30',
      daysOverdue: 31,
    });
  });

  it('tells who owed it on the day', () => {
    expect(positionAsOf(history(), { asOf: '2024-09-30', knownOn: null })?.promisor).toBe('ZSJ');
    expect(positionAsOf(history(), { asOf: '2024-10-01', knownOn: null })?.promisor).toBe('FGW');
  });

  it('gives the answer of a past day again whatever is recorded later', () => {
    const then = positionAsOf(history().slice(0, 2), { asOf: '2024-07-31', knownOn: '2024-07-31' });
    expect(positionAsOf(history(), { asOf: '2024-07-31', knownOn: '2024-07-31' })).toEqual(then);
  });

  it('counts an instalment as overdue from the day after it is due', () => {
    const entries = aLedger();
    expect(positionAsOf(entries, { asOf: '2024-06-30', knownOn: null })).toMatchObject({ overdue: 0, daysOverdue: 0 });
    expect(positionAsOf(entries, { asOf: '2024-07-01', knownOn: null })).toMatchObject({
      overdue: 50_000,
      daysOverdue: 1,
    });
    expect(positionAsOf(entries, { asOf: '2025-01-01', knownOn: null })).toMatchObject({
      overdue: 100_000,
      daysOverdue: 185,
    });
  });

  it('sets what is paid against the oldest instalment first and ages each by itself', () => {
    const entries = aLedger([['2025-01-20', fulfil(20_000, '2025-01-15')]]);
    expect(positionAsOf(entries, { asOf: '2025-01-20', knownOn: null })?.instalments).toMatchObject([
      { no: 1, settled: 20_000, outstanding: 30_000, ageing: 'UP_TO_365', daysOverdue: 204 },
      { no: 2, settled: 0, outstanding: 50_000, ageing: 'UP_TO_30', daysOverdue: 20 },
    ]);
  });

  it.each([
    ['fulfilled', [fulfil(100_000, '2024-06-01')], 'FULFILLED'],
    ['waived', [waive(100_000, '2024-06-01')], 'WAIVED'],
    ['part paid, part waived', [fulfil(40_000, '2024-06-01'), waive(60_000, '2024-06-01')], 'PARTLY_WAIVED'],
    ['withdrawn', [reverse(1)], 'VOID'],
    ['still owed', [fulfil(99_999, '2024-06-01')], 'OUTSTANDING'],
  ] as const)('names the state of a promise that is %s', (_what, commands, state) => {
    const entries = aLedger(commands.map((command) => ['2024-06-02', command]));
    expect(positionAsOf(entries, { asOf: '2024-06-30', knownOn: null })?.state).toBe(state);
  });
});
