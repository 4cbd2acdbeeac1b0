import * as access from '../../../subgraphs/credit/src/domain/access.js';
import { risk } from '../../../subgraphs/credit/src/domain/audit/risk.js';

const OWN = '91421200MA48FAKE0X';
const OTHER = '91421200MA48FAKE1Y';
const caller = (role: string, more: object = {}) => ({ sub: 'x', roles: [role], ...more });

const OFFICES = { ledgerOffice: 'FGW', financial: new Set(['RMYH']) };

describe('which promises and debts someone reads', () => {
  it.each([
    ['nobody in particular', null, { kind: 'NONE' }],
    ['an enterprise', caller('ENTERPRISE', { uscc: OWN }), { kind: 'ENTERPRISE', uscc: OWN }],
    ['an enterprise account without an enterprise', caller('ENTERPRISE'), { kind: 'NONE' }],
    ['an officer of the government', caller('OFFICER', { department: 'RSJ' }), { kind: 'ALL' }],
    ['an officer of a bank', caller('OFFICER', { department: 'RMYH' }), { kind: 'DEPARTMENT', department: 'RMYH' }],
    ['the coordinator', caller('COORDINATOR'), { kind: 'ALL' }],
    ['an auditor', caller('AUDITOR'), { kind: 'ALL' }],
    ["a department's machine", caller('SERVICE', { department: 'RSJ' }), { kind: 'DEPARTMENT', department: 'RSJ' }],
    ['a machine of nobody', caller('SERVICE'), { kind: 'NONE' }],
    ['an administrator', caller('ADMIN'), { kind: 'NONE' }],
  ])('%s: %p %j', (_who, who, scope) => {
    expect(access.debtScope(who, OFFICES)).toEqual(scope);
  });

  it('holds what the scope says', () => {
    const owed = { uscc: OWN, department: 'ZSJ' };
    expect(access.isWithin({ kind: 'ALL' }, owed)).toBe(true);
    expect(access.isWithin({ kind: 'ENTERPRISE', uscc: OTHER }, owed)).toBe(false);
    expect(access.isWithin({ kind: 'ENTERPRISE', uscc: OTHER }, { ...owed, debtorUscc: OTHER })).toBe(true);
    expect(access.isWithin({ kind: 'DEPARTMENT', department: 'ZSJ' }, owed)).toBe(true);
    expect(access.isWithin({ kind: 'DEPARTMENT', department: 'RMYH' }, owed)).toBe(false);
    expect(access.isWithin({ kind: 'NONE' }, owed)).toBe(false);
  });
});

describe("who may see an enterprise's credit", () => {
  // grade today, grade of an earlier day, an open record of STHJJ, a repaired record of STHJJ; without a purpose
  it.each([
    ['nobody in particular', null, [false, false, false, false]],
    ['the enterprise itself', caller('ENTERPRISE', { uscc: OWN }), [true, true, true, true]],
    ['another enterprise', caller('ENTERPRISE', { uscc: OTHER }), [false, false, false, false]],
    ['an officer', caller('OFFICER', { department: 'RSJ' }), [true, false, false, false]],
    [
      'an officer of the department that recorded it',
      caller('OFFICER', { department: 'STHJJ' }),
      [true, false, true, true],
    ],
    [
      'an officer of the office that keeps the records',
      caller('OFFICER', { department: 'FGW' }),
      [true, true, true, true],
    ],
    ['an officer of a bank', caller('OFFICER', { department: 'RMYH' }), [false, false, false, false]],
    ['the coordinator', caller('COORDINATOR'), [true, false, true, false]],
    ['an auditor', caller('AUDITOR'), [true, true, true, true]],
    ['a machine that matches policies', caller('SERVICE', { department: 'YSB' }), [true, true, false, false]],
    ['an administrator', caller('ADMIN'), [false, false, false, false]],
  ])('%s: %p %j', (_who, who, rights) => {
    const record = { uscc: OWN, recordedBy: 'STHJJ' };
    expect([
      access.mayReadStanding(who, OWN, OFFICES),
      access.mayReadEarlierStanding(who, OWN, OFFICES),
      access.mayReadRecordOf(who, record, OFFICES),
      access.needsCreditHistory(who, record, OFFICES),
    ]).toEqual(rights);
  });

  it("shows officials' accounts to colleagues and to those who supervise them", () => {
    for (const [who, sees] of [
      [caller('OFFICER', { department: 'ZSJ' }), true],
      [caller('OFFICER', { department: 'FGW' }), true],
      [caller('OFFICER', { department: 'RSJ' }), false],
      [caller('ENTERPRISE', { uscc: OWN }), false],
      [caller('COORDINATOR'), true],
      [caller('AUDITOR'), true],
      [caller('SERVICE', { department: 'ZSJ' }), false],
    ] as const) {
      expect([who, access.seesAccounts(who, 'ZSJ', OFFICES)]).toEqual([who, sees]);
    }
  });
});

describe('who may write', () => {
  it.each([
    ['an officer of the promisor', caller('OFFICER', { department: 'ZSJ' }), true],
    ['an officer of the ledger office', caller('OFFICER', { department: 'FGW' }), true],
    ['an officer of another department', caller('OFFICER', { department: 'RSJ' }), false],
    ['an auditor', caller('AUDITOR', { department: 'ZSJ' }), false],
    ['the coordinator', caller('COORDINATOR', { department: 'ZSJ' }), false],
    ['nobody in particular', null, false],
  ])('for ZSJ: %s %p %s', (_who, who, expected) => {
    expect(access.mayWriteFor(who, 'ZSJ', 'FGW')).toBe(expected);
  });

  it("keeps the ledger office's work to its officers and the auditor's to the auditor", () => {
    expect(access.mayKeepLedger(caller('OFFICER', { department: 'FGW' }), 'FGW')).toBe(true);
    expect(access.mayKeepLedger(caller('OFFICER', { department: 'ZSJ' }), 'FGW')).toBe(false);
    expect(access.mayAudit(caller('AUDITOR'))).toBe(true);
    expect(access.mayAudit(caller('OFFICER', { department: 'FGW' }))).toBe(false);
  });
});

describe('risk', () => {
  const facts = { outstanding: 0, daysOverdue: 0, hasDocument: true, departmentOverduePercent: 0 };

  it.each([
    ['nothing to fear', {}, 0],
    ['100,000 yuan', { outstanding: 10_000_000 }, 12],
    ['a fen less', { outstanding: 9_999_999 }, 5],
    ['a year and a day late', { daysOverdue: 366 }, 30],
    ['exactly a year late', { daysOverdue: 365 }, 25],
    ['no document', { hasDocument: false }, 15],
    ['a department that is half overdue', { departmentOverduePercent: 50 }, 15],
    [
      'everything',
      { outstanding: 5_000_000_000, daysOverdue: 1000, hasDocument: false, departmentOverduePercent: 100 },
      100,
    ],
  ])('of %s %p is %d points', (_what, changes, score) => {
    expect(risk({ ...facts, ...changes }).score).toBe(score);
  });

  it('says what the points are for', () => {
    expect(risk({ ...facts, outstanding: 1, hasDocument: false }).parts).toEqual({
      amount: 5,
      age: 0,
      document: 15,
      department: 0,
    });
  });
});
