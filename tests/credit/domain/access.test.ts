import * as access from '../../../subgraphs/credit/src/domain/access.js';
import { risk } from '../../../subgraphs/credit/src/domain/risk.js';

const OWN = '91421200MA48FAKE0X';
const OTHER = '91421200MA48FAKE1Y';
const viewer = (role: string, more: object = {}) => ({ sub: 'x', roles: [role], ...more });

describe('who may see an enterprise\'s credit and commitments', () => {
  it.each([
    ['nobody in particular', null, false],
    ['the enterprise itself', viewer('ENTERPRISE', { uscc: OWN }), true],
    ['another enterprise', viewer('ENTERPRISE', { uscc: OTHER }), false],
    ['an enterprise account without an enterprise', viewer('ENTERPRISE'), false],
    ['an officer', viewer('OFFICER', { department: 'RSJ' }), true],
    ['the coordinator', viewer('COORDINATOR'), true],
    ['an auditor', viewer('AUDITOR'), true],
    ['a department\'s machine', viewer('SERVICE'), true],
    ['an administrator', viewer('ADMIN'), false],
  ])('%s: %p %s', (_who, who, expected) => {
    expect(access.mayReadEnterprise(who, OWN)).toBe(expected);
  });

  it('leaves repaired records to the enterprise, the auditor and the department that recorded them', () => {
    expect(access.needsCreditHistory(viewer('AUDITOR'), OWN, 'FY')).toBe(true);
    expect(access.needsCreditHistory(viewer('ENTERPRISE', { uscc: OWN }), OWN, 'FY')).toBe(true);
    expect(access.needsCreditHistory(viewer('OFFICER', { department: 'FY' }), OWN, 'FY')).toBe(true);
    expect(access.needsCreditHistory(viewer('OFFICER', { department: 'RSJ' }), OWN, 'FY')).toBe(false);
    expect(access.needsCreditHistory(viewer('COORDINATOR'), OWN, 'FY')).toBe(false);
  });
});

describe('who may write', () => {
  it.each([
    ['an officer of the promisor', viewer('OFFICER', { department: 'ZSJ' }), true],
    ['an officer of the ledger office', viewer('OFFICER', { department: 'FGW' }), true],
    ['an officer of another department', viewer('OFFICER', { department: 'RSJ' }), false],
    ['an auditor', viewer('AUDITOR', { department: 'ZSJ' }), false],
    ['the coordinator', viewer('COORDINATOR', { department: 'ZSJ' }), false],
    ['nobody in particular', null, false],
  ])('for ZSJ: %s %p %s', (_who, who, expected) => {
    expect(access.mayWriteFor(who, 'ZSJ', 'FGW')).toBe(expected);
  });

  it('keeps the ledger office\'s work to its officers and the auditor\'s to the auditor', () => {
    expect(access.mayKeepLedger(viewer('OFFICER', { department: 'FGW' }), 'FGW')).toBe(true);
    expect(access.mayKeepLedger(viewer('OFFICER', { department: 'ZSJ' }), 'FGW')).toBe(false);
    expect(access.mayAudit(viewer('AUDITOR'))).toBe(true);
    expect(access.mayAudit(viewer('OFFICER', { department: 'FGW' }))).toBe(false);
  });

  it('keeps department figures from enterprises and the public', () => {
    expect(access.mayReadDepartment(viewer('OFFICER'))).toBe(true);
    expect(access.mayReadDepartment(viewer('ENTERPRISE', { uscc: OWN }))).toBe(false);
    expect(access.mayReadDepartment(null)).toBe(false);
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
    ['everything', { outstanding: 5_000_000_000, daysOverdue: 1000, hasDocument: false, departmentOverduePercent: 100 }, 100],
  ])('of %s %p is %d points', (_what, changes, score) => {
    expect(risk({ ...facts, ...changes }).score).toBe(score);
  });

  it('says what the points are for', () => {
    expect(risk({ ...facts, outstanding: 1, hasDocument: false }).parts).toEqual({ amount: 5, age: 0, document: 15, department: 0 });
  });
});
