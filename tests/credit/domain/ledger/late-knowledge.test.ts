import { auditFigures } from '../../../../subgraphs/credit/src/domain/audit/audit-figures.js';
import { positionAsOf } from '../../../../subgraphs/credit/src/domain/ledger/as-of.js';
import type { LedgerCommand } from '../../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import { A_DIGEST, aLedger, fulfil, reverse, someTerms, transfer, waive } from '../../support/builders.js';
import { assess, refused } from '../../support/refused.js';

const assessed = (status: 'MET' | 'NOT_MET', effectiveOn: string): LedgerCommand => ({
  type: 'ASSESS_CONDITION',
  conditionNo: 1,
  status,
  evidence: '现场核查',
  effectiveOn,
});
const attached = (number: string, effectiveOn: string): LedgerCommand => ({
  type: 'ATTACH_DOCUMENT',
  document: { number, date: effectiveOn, digest: null },
  effectiveOn,
});
const on = (entries: ReturnType<typeof aLedger>, asOf: string) => positionAsOf(entries, { asOf, knownOn: null });

/** What lies with each department on a day, by the postings alone. */
const lyingWith = (entries: ReturnType<typeof aLedger>, asOf: string) => {
  const sums: Record<string, number> = {};
  for (const { effectiveOn, postings } of entries)
    for (const { account, department, amount } of effectiveOn <= asOf ? postings : [])
      if (account === 'OUTSTANDING') sums[department] = (sums[department] ?? 0) + amount;
  return sums;
};

describe('what is recorded late', () => {
  it('does not win over what took effect later: conditions and documents are ordered by their day', () => {
    const entries = aLedger([
      ['2024-06-10', assessed('MET', '2024-06-01')],
      ['2024-06-11', attached('咸招补〔2024〕9号', '2024-06-05')],
      ['2024-06-12', assessed('NOT_MET', '2024-03-01')],
      ['2024-06-13', attached('咸招补〔2024〕2号', '2024-03-05')],
    ]);
    expect(on(entries, '2024-07-01')).toMatchObject({
      document: { number: '咸招补〔2024〕9号' },
      conditionStatus: new Map([[1, 'MET']]),
    });
    expect(on(entries, '2024-04-01')).toMatchObject({
      document: { number: '咸招补〔2024〕2号' },
      conditionStatus: new Map([[1, 'NOT_MET']]),
    });
  });

  it('is taken back by a reversal: a wrong document does not clear the flag for good', () => {
    const undocumented = someTerms({ document: null });
    const entries = aLedger(
      [
        ['2024-06-11', attached('咸招补〔2024〕9号', '2024-06-05')],
        ['2024-06-12', assessed('MET', '2024-06-06')],
        ['2024-06-20', reverse(2)],
        ['2024-06-20', reverse(3)],
      ],
      undocumented,
    );
    expect(on(entries, '2024-07-01')).toMatchObject({ document: null, conditionStatus: new Map([[1, 'PENDING']]) });
    expect(positionAsOf(entries, { asOf: '2024-06-15', knownOn: '2024-06-15' })?.document?.number).toBe(
      '咸招补〔2024〕9号',
    );
    const figures = entries.map((entry) => auditFigures(entry, (seq) => entries.find((one) => one.seq === seq)));
    expect(figures.map(({ documented, documentsReversed }) => [documented, documentsReversed])).toEqual([
      [false, undefined],
      [true, undefined],
      [null, undefined],
      [null, 1],
      [null, undefined],
    ]);
  });

  it('leaves no department with less than nothing: a payment from before a transfer was made by who owed it then', () => {
    const entries = aLedger([
      ['2024-06-01', transfer('FGW', '2024-05-01')],
      ['2024-06-20', fulfil(30_000, '2024-03-01')],
    ]);
    expect(lyingWith(entries, '2024-02-01')).toEqual({ ZSJ: 100_000 });
    expect(lyingWith(entries, '2024-04-01')).toEqual({ ZSJ: 70_000 });
    expect(lyingWith(entries, '2024-06-30')).toEqual({ ZSJ: 0, FGW: 70_000 });
    const payment = entries.find(({ body }) => body.kind === 'FULFILLED');
    expect(payment?.postings).toContainEqual({ account: 'FULFILLED', department: 'ZSJ', amount: 30_000 });
    const back = aLedger([
      ['2024-06-01', transfer('FGW', '2024-05-01')],
      ['2024-06-20', fulfil(30_000, '2024-03-01')],
      ['2024-06-21', reverse(payment?.seq ?? 0)],
    ]);
    expect(lyingWith(back, '2024-04-01')).toEqual({ ZSJ: 100_000, FGW: 0 });
    expect(lyingWith(back, '2024-06-30')).toEqual({ ZSJ: 0, FGW: 100_000 });
  });
});

describe('how a promise ended', () => {
  it.each([
    ['paid whole', [fulfil(100_000, '2024-06-01')], 'FULFILLED'],
    ['a cent paid and the rest waived', [fulfil(1, '2024-06-01'), waive(99_999, '2024-06-01')], 'PARTLY_WAIVED'],
    ['waived whole', [waive(100_000, '2024-06-01')], 'WAIVED'],
  ] as const)('is said as it was: %s is %3$s', (_what, commands, state) => {
    const entries = aLedger(commands.map((command) => ['2024-06-02', command] as const));
    expect(on(entries, '2024-07-01')?.state).toBe(state);
  });
});

describe('what proves nothing', () => {
  it.each<[string, LedgerCommand, string[]]>([
    ['a payment without evidence', { ...fulfil(1, '2024-06-01'), evidence: ' ' } as LedgerCommand, ['evidence']],
    ['an assessment without evidence', { ...assess(1), evidence: '' } as LedgerCommand, ['evidence']],
    ['a transfer without a reason', { ...transfer('FGW', '2024-06-01'), reason: ' ' } as LedgerCommand, ['reason']],
    ['a receipt of nothing one sees', fulfil(1, '2024-06-01', '\u200b\u3164\u2800'), ['paymentReference']],
  ])('is refused: %s', (_what, command, path) => {
    expect(refused(command)).toMatchObject({ code: 'BAD_EVIDENCE', path });
  });

  it('a consent from before the promise', () => {
    const early = waive(1, '2024-06-01');
    if (early.type !== 'WAIVE') throw new Error('no waiver');
    const consent = { ...early.consent, signedOn: '2024-01-14' };
    expect(refused({ ...early, consent })).toMatchObject({ code: 'BAD_EVIDENCE', path: ['consent', 'signedOn'] });
  });

  it('a document that the promise has already, however its number is typed', () => {
    const again: LedgerCommand = {
      type: 'ATTACH_DOCUMENT',
      document: { number: '咸招协〔２０２４〕 1号', date: '2024-01-10', digest: A_DIGEST },
      effectiveOn: '2024-06-01',
    };
    expect(refused(again)).toMatchObject({ code: 'ALREADY_ATTACHED' });
  });

  it('an assessment that was recorded so already, by the same evidence of the same day', () => {
    const again = { ...assessed('MET', '2024-06-01'), evidence: ' 现场核查\u200b' } as LedgerCommand;
    const record = (...commands: LedgerCommand[]) =>
      aLedger(commands.map((command) => ['2024-06-10', command] as const));
    expect(() => record(assessed('MET', '2024-06-01'), again)).toThrow('ALREADY_ASSESSED');
    expect(record(assessed('MET', '2024-06-01'), assessed('MET', '2024-06-02'))).toHaveLength(3);
  });
});
