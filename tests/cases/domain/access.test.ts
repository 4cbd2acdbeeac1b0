import {
  capacities,
  caseRights,
  caseScope,
  holdsFlagFor,
  knownComplainants,
  knowsReferrals,
  seesExactFigures,
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

describe('in which capacities somebody stands to a case', () => {
  const inCheck: CaseOwnership = { ...plain, checkers: ['SJJ', 'JRB', 'CZJ'] };
  it.each<[string, Caller | null, string[]]>([
    ['nobody', null, []],
    ['the lead department', { roles: ['OFFICER'], department: 'JRB' }, ['LEAD']],
    ['an assisting department', { roles: ['OFFICER'], department: 'CZJ' }, ['ASSISTING']],
    ['the desk', { roles: ['OFFICER'], department: 'ZWB' }, ['DESK']],
    ['the team that checks it', { roles: ['OFFICER'], department: 'SJJ' }, ['CHECKER']],
    ['an officer without a department', { roles: ['OFFICER'] }, []],
    ['somebody of the department who is no officer', { roles: ['AUDITOR'], department: 'JRB' }, ['AUDITOR']],
    ['somebody of the assisting department who is no officer', { roles: ['SERVICE'], department: 'CZJ' }, []],
    ['somebody of the desk who is no officer', { roles: ['SERVICE'], department: 'ZWB' }, []],
    ['somebody of the team who is no officer', { roles: ['SERVICE'], department: 'SJJ' }, []],
    ['the enterprise', { roles: ['ENTERPRISE'], uscc: USCC }, ['ENTERPRISE']],
    ['somebody with its code who is no enterprise', { roles: ['OFFICER'], uscc: USCC, department: 'RSJ' }, []],
    [
      'who is everything, the strongest first',
      { roles: ['AUDITOR', 'ENTERPRISE', 'OFFICER', 'COORDINATOR'], uscc: USCC, department: 'JRB' },
      ['COORDINATOR', 'LEAD', 'ENTERPRISE', 'AUDITOR'],
    ],
  ])('%s', (_who, caller, parties) => expect(capacities(caller, inCheck)).toEqual(parties));

  it('nobody checks what the own department has done, and none before there were teams', () => {
    const before: CaseOwnership = { ...inCheck, checkers: undefined };
    expect(capacities({ roles: ['OFFICER'], department: 'SJJ' }, before)).toEqual([]);
    expect(capacities({ roles: ['OFFICER'], department: 'JRB' }, { ...inCheck, assignment: null })).toEqual([
      'CHECKER',
    ]);
    expect(capacities({ roles: ['OFFICER'], department: 'CZJ' }, { ...inCheck, assignment: null })).toEqual([
      'CHECKER',
    ]);
    expect(capacities({ roles: ['OFFICER'] }, { ...plain, receivedBy: null, assignment: null })).toEqual([]);
  });

  it('a team that checks the answer calls the contact', () => {
    const checker = { roles: ['OFFICER'], department: 'SJJ' };
    expect(caseRights(checker, inCheck)).toEqual({ mayRead: true, maySeeComplainant: true, maySeeContact: true });
    expect(caseRights(checker, { ...inCheck, complainant: anonymous.complainant })).toEqual({
      ...{ mayRead: true, maySeeComplainant: false, maySeeContact: false },
    });
  });

  it('who reads it for a purpose sees what an assisting department sees', () => {
    const other = { roles: ['OFFICER'], department: 'RSJ' };
    expect(caseRights(other, { ...plain, isOpenedForPurpose: true })).toEqual({
      ...{ mayRead: true, maySeeComplainant: true, maySeeContact: false },
    });
    expect(caseRights(other, { ...anonymous, isOpenedForPurpose: true })).toEqual({
      ...{ mayRead: true, maySeeComplainant: false, maySeeContact: false },
    });
    expect(caseRights(other, { ...plain, isOpenedForPurpose: false }).mayRead).toBe(false);
  });
});

describe('what a caller may know', () => {
  it.each<[string, Caller | null, boolean, object, boolean]>([
    ['nobody', null, false, { anonymous: false, named: 'NONE' }, false],
    ['enterprise', { roles: ['ENTERPRISE'], uscc: USCC }, false, { anonymous: false, named: 'NONE' }, false],
    [
      'officer',
      { roles: ['OFFICER'], department: 'JRB' },
      false,
      { anonymous: false, named: { department: 'JRB' } },
      true,
    ],
    [
      'bank’s officer',
      { roles: ['OFFICER'], department: 'BANK' },
      false,
      { anonymous: false, named: { department: 'BANK' } },
      false,
    ],
    ['officer of no department', { roles: ['OFFICER'] }, false, { anonymous: false, named: 'NONE' }, false],
    [
      'who is of a department, and no officer',
      { roles: ['SERVICE'], department: 'JRB' },
      false,
      { anonymous: false, named: 'NONE' },
      false,
    ],
    ['coordinator', { roles: ['COORDINATOR'] }, true, { anonymous: true, named: 'ALL' }, true],
    ['auditor', { roles: ['AUDITOR'] }, true, { anonymous: false, named: 'ALL' }, true],
    ['admin', { roles: ['ADMIN'] }, false, { anonymous: false, named: 'NONE' }, true],
  ])(
    '%s: of referrals %s, of which cases are of one enterprise %j, exact figures %s',
    (_who, caller, referrals, known, exact) => {
      expect(knowsReferrals(caller)).toBe(referrals);
      expect(knownComplainants(caller)).toEqual(known);
      expect(seesExactFigures(caller, new Set(['BANK']))).toBe(exact);
    },
  );

  it('a flag that a referral took away is gone for who learns of referrals alone', () => {
    const coordinator = { roles: ['COORDINATOR'] };
    expect(holdsFlagFor(coordinator, { rank: 1, holdsFlag: false })).toBe(false);
    expect(holdsFlagFor(coordinator, { rank: 1, holdsFlag: true })).toBe(true);
    expect(holdsFlagFor(null, { rank: 1, holdsFlag: false })).toBe(true);
    expect(holdsFlagFor(null, { rank: 2, holdsFlag: false })).toBe(false);
    expect(holdsFlagFor({ roles: ['OFFICER'], department: 'JRB' }, { rank: null, holdsFlag: false })).toBe(false);
  });
});

describe('which cases somebody lists', () => {
  it.each<[string, Caller, object]>([
    ['who is officer and auditor, the widest', { roles: ['OFFICER', 'AUDITOR'], department: 'JRB' }, { kind: 'ALL' }],
    [
      'who is officer and enterprise, the department’s',
      { roles: ['ENTERPRISE', 'OFFICER'], department: 'JRB', uscc: USCC },
      { kind: 'DEPARTMENT', department: 'JRB' },
    ],
    ['an officer of no department', { roles: ['OFFICER'], uscc: USCC }, { kind: 'NONE' }],
    ['an enterprise without a code', { roles: ['ENTERPRISE'], department: 'JRB' }, { kind: 'NONE' }],
    ['a service', { roles: ['SERVICE'], department: 'JRB', uscc: USCC }, { kind: 'NONE' }],
  ])('%s', (_who, caller, scope) => expect(caseScope(caller)).toEqual(scope));
});
