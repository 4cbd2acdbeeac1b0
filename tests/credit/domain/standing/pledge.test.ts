import {
  approvalDaysOverdue,
  approvalState,
  decideApprovalEvent,
  type ApprovalEvent,
} from '../../../../subgraphs/credit/src/domain/audit/approval-ledger.js';
import { creditStanding } from '../../../../subgraphs/credit/src/domain/standing/credit-grade.js';
import {
  decidePledgeEvent,
  decideSigning,
  pledgeState,
  type Pledge,
  type PledgeEvent,
} from '../../../../subgraphs/credit/src/domain/standing/pledge.js';
import { A_DIGEST } from '../../support/builders.js';

const code = (decision: { ok: true } | { ok: false; code: string }) => (decision.ok ? 'ok' : decision.code);

const pledge = (...events: PledgeEvent[]): Pledge => ({
  matter: '环评告知承诺',
  signedOn: '2024-01-10',
  digest: A_DIGEST,
  textVersion: '2024-1',
  signature: 'SM2:3045',
  events,
});
const checked = (kept: boolean, on = '2024-02-01'): PledgeEvent => ({
  kind: 'CHECKED',
  on,
  by: 'o',
  kept,
  finding: '现场核查',
});
const breached = (on = '2024-02-02'): PledgeEvent => ({
  kind: 'BREACHED',
  on,
  by: 'o',
  finding: '材料不实',
  consequence: 'APPROVAL_REVOKED',
});
const closed = (on = '2024-03-01'): PledgeEvent => ({ kind: 'CLOSED', on, by: 'o', finding: '已补齐' });

describe('signing a pledge', () => {
  const clean = creditStanding({ records: [], judgments: [], pledgeBreaches: [] }, '2024-01-10');
  const owing = creditStanding(
    { records: [], judgments: [{ effectiveOn: '2024-01-01', fulfilledOn: null }], pledgeBreaches: [] },
    '2024-01-10',
  );

  it.each([
    ['a clean enterprise', pledge(), clean, 'ok'],
    ['an enterprise with an unfulfilled judgment', pledge(), owing, 'NOT_ELIGIBLE'],
    ['a signature of tomorrow', { ...pledge(), signedOn: '2024-01-11' }, clean, 'BAD_DATE'],
    ['a signature of a day on which it was barred', { ...pledge(), signedOn: '2024-01-09' }, clean, 'BAD_DATE'],
    ['a matter of nothing', { ...pledge(), matter: ' \u200b' }, clean, 'NO_MATTER'],
    ['a signature that no service gives', { ...pledge(), signature: 'sig' }, clean, 'NO_SIGNATURE'],
    ['a text without digest', { ...pledge(), digest: '' }, clean, 'BAD_DIGEST'],
    ['no signature', { ...pledge(), signature: ' ' }, clean, 'NO_SIGNATURE'],
    ['an unnamed text', { ...pledge(), textVersion: '' }, clean, 'NO_TEXT'],
  ])('by %s → %s', (_who, signed, standing, expected) => {
    expect(code(decideSigning(signed, standing, { openBreach: null, today: '2024-01-10' }))).toBe(expected);
  });

  it('is not for who breached an earlier pledge that is not closed', () => {
    expect(code(decideSigning(pledge(), clean, { openBreach: 'CNS-1', today: '2024-01-10' }))).toBe('OPEN_BREACH');
  });
});

describe('the life of a pledge', () => {
  it.each<[string, Pledge, PledgeEvent, string]>([
    ['a first check', pledge(), checked(true), 'ok'],
    ['a breach without a check', pledge(), breached(), 'NOT_CHECKED'],
    ['a breach after a check that was passed', pledge(checked(true)), breached(), 'NOT_CHECKED'],
    ['a breach after a check that failed', pledge(checked(false)), breached(), 'ok'],
    ['a second breach', pledge(checked(false), breached()), breached(), 'ALREADY_BREACHED'],
    ['closing without a check', pledge(), closed(), 'NOT_CHECKED'],
    ['closing straight after a breach', pledge(checked(false), breached()), closed(), 'NOT_CHECKED'],
    [
      'closing after a later check was passed',
      pledge(checked(false), breached(), checked(true, '2024-02-20')),
      closed(),
      'ok',
    ],
    ['anything after closing', pledge(checked(true), closed()), checked(true, '2024-04-01'), 'CLOSED'],
    ['a check before the signature', pledge(), checked(true, '2024-01-09'), 'OUT_OF_ORDER'],
    ['a check of tomorrow', pledge(), checked(true, '2024-05-02'), 'BAD_DATE'],
    ['a check without a finding', pledge(), { ...checked(true), finding: '' }, 'NO_FINDING'],
  ])('%s → %s', (_what, before, event, expected) => {
    expect(code(decidePledgeEvent(before, event, '2024-05-01'))).toBe(expected);
  });

  it.each<[Pledge, string]>([
    [pledge(checked(false)), 'IN_FORCE'],
    [pledge(checked(false), breached(), checked(true, '2024-02-20')), 'BREACHED'],
    [pledge(checked(true), closed()), 'CLOSED'],
  ])('%# is told by its events: %s', (signed, state) => {
    expect(pledgeState(signed)).toBe(state);
  });
});

describe('the approval ledger', () => {
  const submitted: ApprovalEvent = { kind: 'SUBMITTED', on: '2024-02-01', by: 'o', evidence: '不动产权证' };
  const confirmed: ApprovalEvent = { kind: 'CONFIRMED', on: '2024-02-05', by: 'e', remark: '' };
  const rejected: ApprovalEvent = { kind: 'REJECTED', on: '2024-02-05', by: 'e', remark: '证书未领到' };
  const item = (...events: ApprovalEvent[]) => ({ openedOn: '2024-01-10', deadline: '2024-01-31', events });

  it.each<[string, ReturnType<typeof item>, ApprovalEvent, string]>([
    ['submitting with evidence', item(), submitted, 'ok'],
    ['submitting without evidence', item(), { ...submitted, evidence: '' }, 'NO_EVIDENCE'],
    ['submitting twice', item(submitted), submitted, 'ALREADY_SUBMITTED'],
    ['confirming what nobody submitted', item(), confirmed, 'NOT_SUBMITTED'],
    ['confirming', item(submitted), confirmed, 'ok'],
    ['rejecting with what is missing', item(submitted), rejected, 'ok'],
    ['rejecting without a word', item(submitted), { ...rejected, remark: '' }, 'NO_REMARK'],
    ['submitting again after a rejection', item(submitted, rejected), { ...submitted, on: '2024-02-10' }, 'ok'],
    ['anything after striking off', item(submitted, confirmed), { ...submitted, on: '2024-02-10' }, 'STRUCK_OFF'],
    ['an event before the last', item(submitted), { ...confirmed, on: '2024-01-31' }, 'OUT_OF_ORDER'],
  ])('%s → %s', (_what, before, event, expected) => {
    expect(code(decideApprovalEvent(before, event, '2024-03-01'))).toBe(expected);
  });

  it('counts days past the deadline until the enterprise has confirmed', () => {
    expect(approvalDaysOverdue(item(), '2024-02-02')).toBe(2);
    expect(approvalDaysOverdue(item(submitted), '2024-02-02')).toBe(2);
    expect(approvalDaysOverdue(item(submitted, confirmed), '2024-03-01')).toBe(0);
    expect(approvalState(item(submitted, rejected))).toBe('OPEN');
  });
});
