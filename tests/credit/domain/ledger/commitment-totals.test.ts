import {
  ALL_TOTALS,
  commitmentTotals,
  NO_TOTALS,
  TOTAL_FIELDS,
} from '../../../../subgraphs/credit/src/domain/ledger/commitment-totals.js';
import { withThrough } from '../../../../subgraphs/credit/src/domain/ledger/commitment-record.js';

const TODAY = '2026-11-20';
const promise = (part: object = {}) => ({
  measure: 'MONEY' as const,
  state: 'OUTSTANDING' as const,
  promised: 1_000,
  fulfilled: 300,
  waived: 100,
  outstanding: 600,
  dueOn: '2026-11-19',
  instalments: withThrough([
    { no: 1, dueOn: '2026-11-19', amount: 500 },
    { no: 2, dueOn: '2026-11-20', amount: 500 },
  ]),
  ...part,
});

describe('totals of commitments', () => {
  it('are nothing for no commitments', () => {
    expect(commitmentTotals([], ALL_TOTALS, TODAY)).toEqual(NO_TOTALS);
  });

  it('add up money, and count as overdue what was due before today', () => {
    expect(
      commitmentTotals(
        [promise(), promise({ dueOn: '2026-11-20', fulfilled: 450, waived: 50, outstanding: 500 })],
        ALL_TOTALS,
        TODAY,
      ),
    ).toEqual({ promised: 2_000n, fulfilled: 750n, outstanding: 1_100n, overdue: 100n, overdueCount: 1 });
  });

  it('leave milestones out of the amounts, but count them when overdue', () => {
    expect(commitmentTotals([promise({ measure: 'DELIVERABLE' as const })], ALL_TOTALS, TODAY)).toEqual({
      ...NO_TOTALS,
      overdueCount: 1,
    });
  });

  it('hold nothing overdue of a promise that was struck out or fulfilled', () => {
    const struckOut = promise({ state: 'VOID', promised: 0, fulfilled: 0, waived: 0, outstanding: 0, dueOn: null });
    const fulfilled = promise({ state: 'FULFILLED', fulfilled: 900, outstanding: 0, dueOn: null });
    expect(commitmentTotals([struckOut, fulfilled], ALL_TOTALS, TODAY)).toMatchObject({ overdue: 0n, overdueCount: 0 });
  });

  it('are only those that are asked for, made of their own fields', () => {
    expect(commitmentTotals([promise()], ['outstanding'], TODAY)).toEqual({ outstanding: 600n });
    for (const total of ALL_TOTALS) {
      const { measure, state, ...rest } = promise();
      const read = Object.fromEntries(
        Object.entries(rest).filter(([field]) => TOTAL_FIELDS[total].some((needed) => needed === field)),
      );
      expect(commitmentTotals([{ measure, state, ...read }], [total], TODAY)).toEqual(
        commitmentTotals([promise()], [total], TODAY),
      );
    }
  });
});
