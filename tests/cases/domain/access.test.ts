import {
  capacities,
  caseRights,
  caseScope,
  type CaseOwnership,
  type Caller,
} from '../../../subgraphs/cases/src/domain/access.js';
import { aCase, assigned, USCC } from '../support/a-case.js';

const DAY = '2026-03-02';
const plain: CaseOwnership = aCase(DAY, [[DAY, assigned({ lead: 'JRB', assisting: ['CZJ'] })]], { receivedBy: 'ZWB' });
const anonymous: CaseOwnership = { ...plain, complainant: { ...plain.complainant, anonymous: true } };

const callers: Record<string, Caller | null> = {
  nobody: null,
  owner: { roles: ['ENTERPRISE'], uscc: USCC },
  'another enterprise': { roles: ['ENTERPRISE'], uscc: '91420000000000000X' },
  'an enterprise without a code': { roles: ['ENTERPRISE'] },
  'lead officer': { roles: ['OFFICER'], department: 'JRB' },
  'assisting officer': { roles: ['OFFICER'], department: 'CZJ' },
  'desk officer': { roles: ['OFFICER'], department: 'ZWB' },
  'another officer': { roles: ['OFFICER'], department: 'RSJ' },
  coordinator: { roles: ['COORDINATOR'], department: 'YSB' },
  auditor: { roles: ['AUDITOR'] },
  admin: { roles: ['ADMIN'] },
};

describe('who may see a case', () => {
  it.each([
    ['nobody', false, false, false],
    ['owner', true, true, true],
    ['another enterprise', false, false, false],
    ['an enterprise without a code', false, false, false],
    ['lead officer', true, true, true],
    ['assisting officer', true, true, false],
    ['desk officer', true, true, true],
    ['another officer', false, false, false],
    ['coordinator', true, true, true],
    ['auditor', true, true, false],
    ['admin', false, false, false],
  ])('%s: reads %s, complainant %s, contact %s', (who, mayRead, maySeeComplainant, maySeeContact) => {
    expect(caseRights(callers[who] ?? null, plain)).toEqual({ mayRead, maySeeComplainant, maySeeContact });
  });

  it.each([
    ['owner', true],
    ['coordinator', true],
    ['lead officer', false],
    ['assisting officer', false],
    ['desk officer', false],
    ['auditor', false],
  ])('%s learns who brought an anonymous case: %s', (who, learns) => {
    expect(caseRights(callers[who] ?? null, anonymous)).toEqual({
      mayRead: true,
      maySeeComplainant: learns,
      maySeeContact: learns,
    });
  });

  it.each([
    ['nobody', { kind: 'NONE' }],
    ['owner', { kind: 'ENTERPRISE', uscc: USCC }],
    ['lead officer', { kind: 'DEPARTMENT', department: 'JRB' }],
    ['coordinator', { kind: 'ALL' }],
    ['auditor', { kind: 'ALL' }],
    ['admin', { kind: 'NONE' }],
  ])('%s lists %j', (who, scope) => {
    expect(caseScope(callers[who] ?? null)).toEqual(scope);
  });

  it('does not take an enterprise with no code for a case with no code', () => {
    const elsewhere: CaseOwnership = { ...plain, complainant: { ...plain.complainant, uscc: null } };
    expect(capacities({ roles: ['ENTERPRISE'] }, elsewhere)).toEqual([]);
  });
});
