import type { LedgerCommand } from '../../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import { promise } from '../../../../subgraphs/credit/src/domain/ledger/ledger.js';
import {
  A_DIGEST,
  aLedger,
  fulfil,
  handOver,
  recordedOn,
  reverse,
  someTerms,
  transfer,
  waive,
} from '../../support/builders.js';
import { assess, refusalOf, refused } from '../../support/refused.js';
const consent = { documentNumber: '同意书1号', signedOn: '2024-06-01', signedBy: '李强', digest: A_DIGEST };
const waiver = (part: object, amount = 1): LedgerCommand => ({
  type: 'WAIVE',
  amount,
  effectiveOn: '2024-06-01',
  consent: { ...consent, ...part },
});
const payment = { amount: 1, effectiveOn: '2024-06-01', paymentReference: 'QK', evidence: '' };

describe('a refused entry names what is wrong, where, and what is right', () => {
  const paid = () => aLedger([['2024-06-02', fulfil(30_000, '2024-06-01')]]);
  const moved = () =>
    aLedger([
      ['2024-06-02', transfer('FGW', '2024-06-01')],
      ['2024-06-03', transfer('CZJ', '2024-06-02')],
    ]);
  const whatsUp = { amount: 70_001, effectiveOn: '2024-06-01', paymentReference: 'QK-2', evidence: '' };

  it.each<[string, LedgerCommand, (() => ReturnType<typeof aLedger>) | undefined, object]>([
    [
      'a day that is none',
      fulfil(1, '2024-02-30'),
      undefined,
      { code: 'BAD_DATE', path: ['effectiveOn'], message: '"2024-02-30" is not a date' },
    ],
    [
      'a day to come',
      fulfil(1, '2024-07-02'),
      undefined,
      {
        code: 'IN_THE_FUTURE',
        path: ['effectiveOn'],
        message: '2024-07-02 has not come yet: today is 2024-07-01',
        details: { today: '2024-07-01' },
      },
    ],
    [
      'a day before the promise',
      fulfil(1, '2024-01-14'),
      undefined,
      {
        code: 'BEFORE_PROMISE',
        path: ['effectiveOn'],
        message: '2024-01-14 is before the promise of 2024-01-15',
        details: { promisedOn: '2024-01-15' },
      },
    ],
    [
      'nothing',
      fulfil(0, '2024-06-01'),
      undefined,
      { code: 'BAD_AMOUNT', path: ['amount'], message: 'the amount must be more than zero' },
    ],
    ['half a fen', fulfil(0.5, '2024-06-01'), undefined, { code: 'BAD_AMOUNT' }],
    [
      'too much',
      fulfil(70_001, '2024-06-01'),
      paid,
      {
        code: 'OVERPAYMENT',
        path: ['amount'],
        message: '700.01 is more than the 700.00 still outstanding',
        details: { outstanding: '700.00' },
      },
    ],
    [
      'a payment without a receipt',
      { type: 'FULFIL', ...payment, paymentReference: ' ' },
      undefined,
      {
        code: 'BAD_EVIDENCE',
        path: ['paymentReference'],
        message: 'a fulfilment names its bank receipt or delivery note',
      },
    ],
    ['a waiver of too much', waiver({}, 100_001), undefined, { code: 'OVER_WAIVED', path: ['amount'] }],
    [
      'a consent without a number',
      waiver({ documentNumber: ' ' }),
      undefined,
      {
        code: 'BAD_EVIDENCE',
        path: ['consent'],
        message:
          "a waiver needs the enterprise's written consent: its number, who signed it and the SHA-256 digest of the file",
      },
    ],
    ['a consent without a name', waiver({ signedBy: ' ' }), undefined, { code: 'BAD_EVIDENCE', path: ['consent'] }],
    [
      'a consent without a digest',
      waiver({ digest: 'A'.repeat(64) }),
      undefined,
      { code: 'BAD_EVIDENCE', path: ['consent'] },
    ],
    [
      'a consent signed later',
      waiver({ signedOn: '2024-06-02' }),
      undefined,
      {
        code: 'BAD_EVIDENCE',
        path: ['consent', 'signedOn'],
        message:
          'the consent must have been signed from 2024-01-15, the day of the promise, to 2024-06-01, the day of the waiver',
      },
    ],
    [
      'a consent signed on no day',
      waiver({ signedOn: '2024-05-32' }),
      undefined,
      { code: 'BAD_EVIDENCE', path: ['consent', 'signedOn'] },
    ],
    [
      'a transfer to whoever owes it',
      transfer('ZSJ', '2024-06-01'),
      undefined,
      { code: 'SAME_DEPARTMENT', path: ['to'], message: 'ZSJ already owes this promise' },
    ],
    [
      'a transfer before the last',
      transfer('FGW', '2024-06-01'),
      moved,
      {
        code: 'OUT_OF_ORDER',
        path: ['effectiveOn'],
        message: '2024-06-01 is before the last one of 2024-06-02',
        details: { last: '2024-06-02' },
      },
    ],
    [
      'a handover to nobody',
      handOver(' ', '2024-06-01'),
      undefined,
      { code: 'BAD_EVIDENCE', path: ['to', 'name'], message: 'a handover names the successor' },
    ],
    [
      'a handover to the same',
      handOver('王建国', '2024-06-01'),
      undefined,
      { code: 'SAME_OFFICIAL', path: ['to'], message: '王建国 is already responsible' },
    ],
    [
      'an unknown condition',
      assess(2),
      undefined,
      {
        code: 'UNKNOWN_CONDITION',
        path: ['conditionNo'],
        message: 'the promise has no condition 2',
        details: { conditions: 1 },
      },
    ],
    [
      'an entry that is not there',
      reverse(9),
      undefined,
      { code: 'UNKNOWN_ENTRY', path: ['reverses'], message: 'there is no entry 9', details: { entries: 1 } },
    ],
    [
      'a correction of a correction',
      reverse(3),
      () =>
        aLedger([
          ['2024-06-02', fulfil(1, '2024-06-01')],
          ['2024-06-03', reverse(2)],
        ]),
      {
        code: 'CORRECTION_OF_CORRECTION',
        path: ['reverses'],
        message: 'entry 3 is itself a correction; record what is right as a new entry',
      },
    ],
    [
      'a second correction',
      reverse(2),
      () =>
        aLedger([
          ['2024-06-02', fulfil(1, '2024-06-01')],
          ['2024-06-03', reverse(2)],
        ]),
      { code: 'ALREADY_CORRECTED', path: ['reverses'], message: 'entry 2 is already reversed' },
    ],
    [
      'a correction without a reason',
      { type: 'CORRECT', reverses: 2, reason: ' ', replacement: null },
      paid,
      { code: 'BAD_EVIDENCE', path: ['reason'], message: 'a correction gives its reason' },
    ],
    [
      'a replacement of what is no payment',
      { type: 'CORRECT', reverses: 2, reason: '错', replacement: payment },
      () => aLedger([['2024-06-02', waive(1, '2024-06-01')]]),
      {
        code: 'NOT_CORRECTABLE',
        path: ['replacement'],
        message: 'only a fulfilment is replaced while it is corrected',
      },
    ],
    [
      'a replacement that is too much',
      { type: 'CORRECT', reverses: 2, reason: '错', replacement: { ...whatsUp, amount: 100_001 } },
      paid,
      { code: 'OVERPAYMENT', path: ['replacement', 'amount'] },
    ],
    [
      'a replacement on a day to come',
      { type: 'CORRECT', reverses: 2, reason: '错', replacement: { ...whatsUp, effectiveOn: '2024-07-02' } },
      paid,
      { code: 'IN_THE_FUTURE', path: ['replacement', 'effectiveOn'] },
    ],
    [
      'a replacement without receipt',
      { type: 'CORRECT', reverses: 2, reason: '错', replacement: { ...whatsUp, paymentReference: '' } },
      paid,
      { code: 'BAD_EVIDENCE', path: ['replacement', 'paymentReference'] },
    ],
    [
      'the withdrawal of a promise that was paid in part',
      reverse(1),
      paid,
      {
        code: 'STILL_SETTLED',
        path: ['reverses'],
        message: 'a promise that was fulfilled or waived in part cannot be withdrawn; reverse those entries first',
      },
    ],
    [
      'the correction of an earlier transfer',
      reverse(2),
      moved,
      {
        code: 'NOT_CORRECTABLE',
        path: ['reverses'],
        message: 'the promise was passed on after this transfer; reverse the later one first',
      },
    ],
    [
      'the correction of a handover that another one followed',
      reverse(2),
      () =>
        aLedger([
          ['2024-06-02', handOver('李四', '2024-06-01')],
          ['2024-06-03', handOver('钱进', '2024-06-02')],
        ]),
      {
        code: 'NOT_CORRECTABLE',
        path: ['reverses'],
        message: 'the promise was handed over after this; reverse the later handover first',
      },
    ],
    [
      'anything of a withdrawn promise',
      fulfil(1, '2024-06-01'),
      () => aLedger([['2024-06-02', reverse(1)]]),
      {
        code: 'VOID',
        path: [],
        message: 'the promise was withdrawn as recorded by mistake; nothing can be added to it',
      },
    ],
  ])('%s', (_what, command, entries, refusal) => {
    expect(refused(command, entries?.())).toMatchObject(refusal);
  });

  it('a writer who saw an older version, a clock set back, and a promise that is not there', () => {
    expect(refused(fulfil(1, '2024-06-01'), paid(), '2024-07-01', 1)).toEqual({
      code: 'STALE_VERSION',
      path: ['expectedVersion'],
      message: 'the commitment has changed: it is at version 2, not 1',
      details: { currentVersion: 2 },
    });
    expect(refused(fulfil(1, '2024-06-01'), paid(), '2024-07-01', 2)).toBeNull();
    expect(refused(fulfil(1, '2024-06-01'), paid(), '2024-06-01')).toEqual({
      code: 'CLOCK_SET_BACK',
      path: [],
      message: 'the clock stands at 2024-06-01T02:00:00.000Z, before the last entry of 2024-06-02T02:00:00.000Z',
      details: { lastRecordedAt: '2024-06-02T02:00:00.000Z' },
    });
    expect(refused(fulfil(1, '2024-06-01'), [])).toMatchObject({
      code: 'NOT_PROMISED',
      path: [],
      message: 'there is no such promise',
    });
    expect(refusalOf(promise('C-1', someTerms({ title: ' ' }), '2024-01-15', recordedOn('2024-01-16')))).toMatchObject({
      code: 'BAD_TERMS',
      path: ['title'],
    });
    expect(refusalOf(promise('C-1', someTerms(), '2024-01-17', recordedOn('2024-01-16')))).toMatchObject({
      code: 'IN_THE_FUTURE',
      path: ['promisedOn'],
    });
  });
});
