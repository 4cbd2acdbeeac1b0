import { auditFigures, type AuditFigures } from '../../../../subgraphs/credit/src/domain/audit/audit-figures.js';
import { usedAlready } from '../../../../subgraphs/credit/src/domain/arrears/payment-use.js';
import { A_DIGEST, aLedger, fulfil, handOver, reverse, someTerms, transfer, waive } from '../../support/builders.js';

/** The figures of the last entry of a ledger. */
function last(entries: ReturnType<typeof aLedger>): AuditFigures {
  const entry = entries.at(-1);
  if (!entry) throw new Error('no entry');
  return auditFigures(entry, (seq) => entries.find((one) => one.seq === seq));
}
const nothing = {
  promised: 0,
  fulfilled: 0,
  waived: 0,
  facets: null,
  holder: null,
  responsible: null,
  documented: null,
};

describe('what the database adds up of an entry', () => {
  it('of a promise: who, what and when', () => {
    expect(last(aLedger())).toEqual({
      recordedOn: '2024-01-16',
      promised: 100_000,
      fulfilled: 0,
      waived: 0,
      holder: { seq: 1, promisor: 'ZSJ' },
      responsible: { seq: 1, name: '王建国', post: '招商局局长' },
      documented: true,
      facets: {
        uscc: '91421200MA48FAKE0X',
        kind: 'CASH',
        measure: 'MONEY',
        projectId: null,
        districtCode: '421202',
        promisedOn: '2024-01-15',
        instalments: [
          { no: 1, dueOn: '2024-06-30', amount: 50_000, through: 50_000 },
          { no: 2, dueOn: '2024-12-31', amount: 50_000, through: 100_000 },
        ],
      },
    });
    expect(last(aLedger([], someTerms({ document: null }))).documented).toBe(false);
  });

  it.each([
    ['a fulfilment', fulfil(30_000, '2024-06-01'), { fulfilled: 30_000 }],
    ['a waiver', waive(20_000, '2024-06-01'), { waived: 20_000 }],
    ['a transfer', transfer('FGW', '2024-06-01'), { holder: { seq: 2, promisor: 'FGW' } }],
    ['a handover', handOver('李四', '2024-06-01'), { responsible: { seq: 2, name: '李四', post: '招商局局长' } }],
    [
      'a document',
      {
        type: 'ATTACH_DOCUMENT',
        document: { number: '补字1号', date: '2024-06-01', digest: A_DIGEST },
        effectiveOn: '2024-06-01',
      } as const,
      { documented: true },
    ],
  ])('of %s: that and nothing else', (_what, command, figures) => {
    expect(last(aLedger([['2024-06-02', command]]))).toEqual({ ...nothing, recordedOn: '2024-06-02', ...figures });
  });

  it('of a correction: the figure back, and the promisor back where a transfer is reversed', () => {
    expect(
      last(
        aLedger([
          ['2024-06-02', fulfil(30_000, '2024-06-01')],
          ['2024-06-03', reverse(2)],
        ]),
      ),
    ).toEqual({ ...nothing, recordedOn: '2024-06-03', fulfilled: -30_000 });
    expect(
      last(
        aLedger([
          ['2024-06-02', transfer('FGW', '2024-06-01')],
          ['2024-06-03', reverse(2)],
        ]),
      ).holder,
    ).toEqual({ seq: 3, promisor: 'ZSJ' });
    expect(last(aLedger([['2024-06-03', reverse(1)]]))).toMatchObject({ promised: -100_000, holder: null });
  });

  it('counts the day of recording in Shanghai', () => {
    const [entry] = aLedger();
    if (!entry) throw new Error('no entry');
    const at = (recordedAt: string) => auditFigures({ ...entry, recordedAt }, () => undefined).recordedOn;
    expect([at('2024-01-16T15:59:59.999Z'), at('2024-01-16T16:00:00.000Z')]).toEqual(['2024-01-16', '2024-01-17']);
  });
});

it('says what a receipt is used for already', () => {
  expect(usedAlready('QK-1', { commitmentId: 'CN-1', seq: 3 })).toEqual({
    message: 'QK-1 is already recorded as entry 3 of commitment CN-1',
    details: { commitmentId: 'CN-1', entry: 3 },
  });
  expect(usedAlready('QK-1', { arrearId: 'QK-A', no: 2 })).toEqual({
    message: 'QK-1 is already recorded as payment 2 of the debt QK-A',
    details: { arrear: 'QK-A', payment: 2 },
  });
});
