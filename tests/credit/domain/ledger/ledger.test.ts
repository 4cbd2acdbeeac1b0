import type { LedgerCommand } from '../../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import { decide, promise } from '../../../../subgraphs/credit/src/domain/ledger/ledger.js';
import { ledgerState } from '../../../../subgraphs/credit/src/domain/ledger/ledger-state.js';
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

const attempt = (
  entries: ReturnType<typeof aLedger>,
  command: LedgerCommand,
  day = '2024-08-01',
  expectedVersion: number | null = null,
) => {
  const decision = decide(entries, command, recordedOn(day), expectedVersion);
  return decision.ok ? 'ok' : decision.refusal.code;
};

describe('a promise', () => {
  it('opens the ledger with the whole amount outstanding', () => {
    expect(ledgerState(aLedger())).toMatchObject({
      promised: 100_000,
      outstanding: 100_000,
      fulfilled: 0,
      waived: 0,
      version: 1,
      promisor: 'ZSJ',
    });
  });

  it('is refused when it is dated tomorrow', () => {
    expect(promise('C-1', someTerms(), '2024-01-17', recordedOn('2024-01-16'))).toMatchObject({
      ok: false,
      refusal: { code: 'IN_THE_FUTURE', path: ['promisedOn'] },
    });
  });

  it('is refused with the path of what is wrong', () => {
    expect(promise('C-1', someTerms({ title: '' }), '2024-01-15', recordedOn('2024-01-16'))).toMatchObject({
      refusal: { code: 'BAD_TERMS', path: ['title'] },
    });
  });
});

describe('a fulfilment', () => {
  it.each([
    [100_000, 'ok'],
    [100_001, 'OVERPAYMENT'],
    [0, 'BAD_AMOUNT'],
    [-1, 'BAD_AMOUNT'],
    [0.5, 'BAD_AMOUNT'],
  ])('of %d fen against 100,000 outstanding → %s', (amount, expected) => {
    expect(attempt(aLedger(), fulfil(amount, '2024-06-01'))).toBe(expected);
  });

  it.each([
    ['2024-01-14', 'BEFORE_PROMISE'],
    ['2024-01-15', 'ok'],
    ['2024-08-01', 'ok'],
    ['2024-08-02', 'IN_THE_FUTURE'],
    ['2024-02-30', 'BAD_DATE'],
  ])('dated %s of a promise of 2024-01-15, recorded on 2024-08-01 → %s', (effectiveOn, expected) => {
    expect(attempt(aLedger(), fulfil(1, effectiveOn))).toBe(expected);
  });

  it('needs the number of its bank receipt', () => {
    expect(attempt(aLedger(), fulfil(1, '2024-06-01', ' '))).toBe('BAD_EVIDENCE');
  });

  it('tells how much is outstanding when it is too much', () => {
    const decision = decide(
      aLedger([['2024-06-02', fulfil(60_000, '2024-06-01')]]),
      fulfil(50_000, '2024-07-01'),
      recordedOn('2024-08-01'),
    );
    expect(decision).toMatchObject({
      refusal: { details: { outstanding: '400.00' }, message: '500.00 is more than the 400.00 still outstanding' },
    });
  });

  it('moves money without making or losing any', () => {
    const entries = aLedger([['2024-06-02', fulfil(60_000, '2024-06-01')]]);
    expect(entries.flatMap((entry) => entry.postings).reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    expect(ledgerState(entries)).toMatchObject({ fulfilled: 60_000, outstanding: 40_000 });
  });
});

describe('the ledger clock', () => {
  it('refuses an entry recorded before the last one', () => {
    expect(attempt(aLedger([['2024-06-02', fulfil(1, '2024-06-01')]]), fulfil(1, '2024-05-01'), '2024-06-01')).toBe(
      'CLOCK_SET_BACK',
    );
  });

  it('takes two entries of one instant', () => {
    expect(attempt(aLedger([['2024-06-02', fulfil(1, '2024-06-01')]]), fulfil(1, '2024-05-01'), '2024-06-02')).toBe(
      'ok',
    );
  });
});

describe('a writer who names the version that was seen', () => {
  it('is refused with the current version when the commitment has changed', () => {
    const entries = aLedger([['2024-06-02', fulfil(1, '2024-06-01')]]);
    expect(decide(entries, fulfil(1, '2024-06-01'), recordedOn('2024-08-01'), 1)).toMatchObject({
      refusal: { code: 'STALE_VERSION', details: { currentVersion: 2 } },
    });
    expect(attempt(entries, fulfil(1, '2024-06-01'), '2024-08-01', 2)).toBe('ok');
  });
});

describe('a correction', () => {
  const paid = () => aLedger([['2024-06-02', fulfil(60_000, '2024-06-01')]]);

  it('reverses a fulfilment on the day on which that was effective', () => {
    const entries = aLedger([
      ['2024-06-02', fulfil(60_000, '2024-06-01')],
      ['2024-07-10', reverse(2)],
    ]);
    expect(entries.at(-1)).toMatchObject({ effectiveOn: '2024-06-01', body: { kind: 'CORRECTED', reverses: 2 } });
    expect(ledgerState(entries)).toMatchObject({ fulfilled: 0, outstanding: 100_000 });
  });

  it('replaces a wrong amount in one step', () => {
    const replacement = { amount: 80_000, effectiveOn: '2024-06-03', paymentReference: '回单-2', evidence: '银行回单' };
    const entries = aLedger([
      ['2024-06-02', fulfil(60_000, '2024-06-01')],
      ['2024-07-10', { type: 'CORRECT', reverses: 2, reason: '金额错', replacement }],
    ]);
    expect(entries.map(({ seq, body }) => [seq, body.kind])).toEqual([
      [1, 'PROMISED'],
      [2, 'FULFILLED'],
      [3, 'CORRECTED'],
      [4, 'FULFILLED'],
    ]);
    expect(ledgerState(entries)).toMatchObject({ fulfilled: 80_000, outstanding: 20_000 });
  });

  it('leaves everything as it was when the replacement is refused', () => {
    const replacement = {
      amount: 100_001,
      effectiveOn: '2024-06-03',
      paymentReference: '回单-2',
      evidence: '银行回单',
    };
    const decision = decide(
      paid(),
      { type: 'CORRECT', reverses: 2, reason: '金额错', replacement },
      recordedOn('2024-08-01'),
    );
    expect(decision).toMatchObject({ ok: false, refusal: { code: 'OVERPAYMENT', path: ['replacement', 'amount'] } });
  });

  it.each<[string, LedgerCommand, string]>([
    ['of an entry that is not there', reverse(9), 'UNKNOWN_ENTRY'],
    ['of the promise while part of it is paid', reverse(1), 'STILL_SETTLED'],
    ['without a reason', { type: 'CORRECT', reverses: 2, reason: '', replacement: null }, 'BAD_EVIDENCE'],
  ])('%s is refused', (_what, command, code) => {
    expect(attempt(paid(), command)).toBe(code);
  });

  it('of a correction is refused, and so is a second one of the same entry', () => {
    const corrected = [
      ...paid(),
      ...aLedger([
        ['2024-06-02', fulfil(60_000, '2024-06-01')],
        ['2024-07-10', reverse(2)],
      ]).slice(2),
    ];
    expect(attempt(corrected, reverse(3))).toBe('CORRECTION_OF_CORRECTION');
    expect(attempt(corrected, reverse(2))).toBe('ALREADY_CORRECTED');
  });

  it('of the promise withdraws it for good', () => {
    const entries = aLedger([['2024-02-01', reverse(1)]]);
    expect(ledgerState(entries)).toMatchObject({ isVoid: true, promised: 0, outstanding: 0 });
    expect(attempt(entries, fulfil(1, '2024-06-01'))).toBe('VOID');
  });

  it('of a handover leaves who was responsible before, the latest first', () => {
    const entries = aLedger([
      ['2024-03-01', handOver('赵敏', '2024-03-01')],
      ['2024-05-01', handOver('钱进', '2024-05-01')],
      ['2024-06-01', reverse(3)],
    ]);
    expect(attempt(entries.slice(0, 3), reverse(2))).toBe('NOT_CORRECTABLE');
    const state = ledgerState(entries);
    expect([state?.official.name, state?.predecessors.map(({ name }) => name)]).toEqual(['赵敏', ['王建国']]);
    // An earlier day than that of the wrong one is free for the right one.
    expect(attempt(entries, handOver('孙立', '2024-04-01'))).toBe('ok');
  });
});

describe('a waiver', () => {
  it('lowers what is outstanding without counting as kept', () => {
    expect(ledgerState(aLedger([['2024-06-02', waive(30_000, '2024-06-01')]]))).toMatchObject({
      waived: 30_000,
      fulfilled: 0,
      outstanding: 70_000,
    });
  });

  it.each([
    ['no digest', { digest: '' }, 'BAD_EVIDENCE'],
    ['nobody who signed', { signedBy: '' }, 'BAD_EVIDENCE'],
    ['a signature after the waiver', { signedOn: '2024-06-02' }, 'BAD_EVIDENCE'],
  ])('with %s is refused', (_what, change, code) => {
    const consent = {
      documentNumber: '同意书1号',
      signedOn: '2024-06-01',
      signedBy: '李强',
      digest: A_DIGEST,
      ...change,
    };
    expect(attempt(aLedger(), { type: 'WAIVE', amount: 1, effectiveOn: '2024-06-01', consent })).toBe(code);
  });

  it('of more than is outstanding is refused', () => {
    expect(attempt(aLedger(), waive(100_001, '2024-06-01'))).toBe('OVER_WAIVED');
  });
});

describe('a transfer to another department', () => {
  it("passes on what is outstanding, and later payments are the successor's", () => {
    const entries = aLedger([
      ['2024-06-02', fulfil(60_000, '2024-06-01')],
      ['2024-07-01', transfer('FGW', '2024-07-01')],
      ['2024-07-05', fulfil(10_000, '2024-07-04')],
    ]);
    expect(entries[2]?.postings).toEqual([
      { account: 'OUTSTANDING', department: 'ZSJ', amount: -40_000 },
      { account: 'OUTSTANDING', department: 'FGW', amount: 40_000 },
    ]);
    expect(entries[3]?.postings.every(({ department }) => department === 'FGW')).toBe(true);
    expect(ledgerState(entries)).toMatchObject({ promisor: 'FGW', outstanding: 30_000 });
  });

  it('to the department that already owes it is refused', () => {
    expect(attempt(aLedger(), transfer('ZSJ', '2024-07-01'))).toBe('SAME_DEPARTMENT');
  });

  it('dated before the last one is refused', () => {
    expect(attempt(aLedger([['2024-07-01', transfer('FGW', '2024-07-01')]]), transfer('CZJ', '2024-06-30'))).toBe(
      'OUT_OF_ORDER',
    );
  });

  it('is undone only while nothing was passed on after it', () => {
    const twice = aLedger([
      ['2024-07-01', transfer('FGW', '2024-07-01')],
      ['2024-07-02', transfer('CZJ', '2024-07-02')],
    ]);
    expect(attempt(twice, reverse(2))).toBe('NOT_CORRECTABLE');
    const undone = aLedger([
      ['2024-07-01', transfer('FGW', '2024-07-01')],
      ['2024-07-02', reverse(2)],
    ]);
    expect(ledgerState(undone)?.promisor).toBe('ZSJ');
  });

  it('leaves the correction of an earlier payment to the successor', () => {
    const entries = aLedger([
      ['2024-06-02', fulfil(60_000, '2024-06-01')],
      ['2024-07-01', transfer('FGW', '2024-07-01')],
      ['2024-07-02', reverse(2)],
    ]);
    expect(entries.at(-1)?.postings).toContainEqual({ account: 'OUTSTANDING', department: 'FGW', amount: 60_000 });
  });
});

describe('a handover to a successor', () => {
  it('changes who is responsible and remembers who was; the promise stays', () => {
    const state = ledgerState(
      aLedger([
        ['2024-03-01', handOver('赵敏', '2024-03-01')],
        ['2024-05-01', handOver('钱进', '2024-05-01')],
      ]),
    );
    expect(state).toMatchObject({ outstanding: 100_000, official: { name: '钱进' } });
    expect(state?.predecessors.map(({ name }) => name)).toEqual(['王建国', '赵敏']);
  });

  it('to the same person is refused', () => {
    expect(attempt(aLedger(), handOver('王建国', '2024-03-01'))).toBe('SAME_OFFICIAL');
  });
});

describe('facts about a promise', () => {
  it('take a legal document later, dated up to that day', () => {
    const document = { number: '咸政函〔2024〕9号', date: '2024-04-01', digest: A_DIGEST };
    const entries = aLedger(
      [['2024-04-02', { type: 'ATTACH_DOCUMENT', document, effectiveOn: '2024-04-02' }]],
      someTerms({ document: null }),
    );
    expect(ledgerState(entries)?.document).toEqual(document);
    expect(attempt(aLedger(), { type: 'ATTACH_DOCUMENT', document, effectiveOn: '2024-03-31' })).toBe('BAD_EVIDENCE');
  });

  it('keep the status of each condition on the enterprise', () => {
    const assess = (conditionNo: number): LedgerCommand => ({
      type: 'ASSESS_CONDITION',
      conditionNo,
      status: 'MET',
      evidence: '完税证明',
      effectiveOn: '2024-05-01',
    });
    expect(ledgerState(aLedger([['2024-05-02', assess(1)]]))?.conditionStatus.get(1)).toBe('MET');
    expect(attempt(aLedger(), assess(2))).toBe('UNKNOWN_CONDITION');
  });
});
