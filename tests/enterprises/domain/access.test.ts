import {
  contactSight,
  contactSightOfOfficer,
  isOwn,
  mayReadAllRecords,
  mayReadEnterprise,
  mayReadOfficials,
  mayReadRecord,
  mayReadRegister,
  namesOfficialsOf,
  needsOfficialsTelephone,
  projectScope,
  visitScope,
  type Caller,
} from '../../../subgraphs/enterprises/src/domain/access.js';

const OWN = '91110000600037341L';
const banks = new Set(['RMYH']);

/** Everybody who may come, and those whose tokens lack what their role needs or hold what it does not. */
const callers = {
  nobody: null,
  'no role': { roles: [], uscc: OWN, department: 'RSJ' },
  own: { roles: ['ENTERPRISE'], uscc: OWN },
  another: { roles: ['ENTERPRISE'], uscc: '91330100799655058B' },
  'no code': { roles: ['ENTERPRISE'] },
  officer: { roles: ['OFFICER'], department: 'RSJ' },
  'no department': { roles: ['OFFICER'] },
  'officer with a code': { roles: ['OFFICER'], department: 'RSJ', uscc: OWN },
  bank: { roles: ['OFFICER'], department: 'RMYH' },
  coordinator: { roles: ['COORDINATOR'] },
  auditor: { roles: ['AUDITOR'] },
  admin: { roles: ['ADMIN'] },
  service: { roles: ['SERVICE'], department: 'RSJ' },
} as const satisfies Record<string, Caller | null>;
type Who = keyof typeof callers;

/** Those for whom the rule says yes. */
const passed = (rule: (caller: Caller | null) => boolean): Who[] =>
  (Object.keys(callers) as Who[]).filter((who) => rule(callers[who]));
const told = <Answer>(rule: (caller: Caller | null) => Answer): Record<string, Answer> =>
  Object.fromEntries((Object.keys(callers) as Who[]).map((who) => [who, rule(callers[who])]));

describe('who may read of an enterprise', () => {
  const officials: Who[] = [
    'officer',
    'no department',
    'officer with a code',
    'bank',
    'coordinator',
    'auditor',
    'admin',
    'service',
  ];
  const wholeRecord: Who[] = ['officer', 'officer with a code', 'coordinator', 'auditor', 'admin', 'service'];

  it('is the enterprise itself by role and code together', () => {
    expect(passed((caller) => isOwn(caller, OWN))).toEqual(['own']);
  });

  it('what is registered: every official, and the enterprise its own', () => {
    expect(passed((caller) => mayReadRegister(caller))).toEqual(officials);
    expect(passed((caller) => mayReadEnterprise(caller, OWN))).toEqual(['own', ...officials]);
  });

  it('the whole record: the government and machines, no bank and no officer without a department', () => {
    expect(passed((caller) => mayReadAllRecords(caller, banks))).toEqual(wholeRecord);
    expect(passed((caller) => mayReadRecord(caller, OWN, banks))).toEqual(['own', ...wholeRecord]);
  });

  it('its contact: in clear itself and the coordinator, masked the auditor, of officers those who are concerned', () => {
    expect(told((caller) => contactSight(caller, OWN) ?? 'BY OFFICE')).toEqual({
      nobody: 'BY OFFICE',
      'no role': 'BY OFFICE',
      own: 'CLEAR',
      another: 'BY OFFICE',
      'no code': 'BY OFFICE',
      officer: 'BY OFFICE',
      'no department': 'BY OFFICE',
      'officer with a code': 'BY OFFICE',
      bank: 'BY OFFICE',
      coordinator: 'CLEAR',
      auditor: 'MASKED',
      admin: 'BY OFFICE',
      service: 'BY OFFICE',
    });
    expect(passed((caller) => contactSightOfOfficer(caller, ['RSJ', 'RMYH'], banks) === 'CLEAR')).toEqual([
      'officer',
      'officer with a code',
    ]);
    expect(passed((caller) => contactSightOfOfficer(caller, ['JXJ'], banks) === 'CLEAR')).toEqual([]);
  });

  it("an official's telephone: colleagues, the coordinator, the enterprise that the official is with", () => {
    expect(passed((caller) => needsOfficialsTelephone(caller, { department: 'RSJ', of: OWN }))).toEqual([
      'own',
      'officer',
      'officer with a code',
      'coordinator',
    ]);
    expect(passed((caller) => needsOfficialsTelephone(caller, { department: 'JXJ', of: 'another' }))).toEqual([
      'coordinator',
    ]);
  });

  it('its projects: the government and machines all, an enterprise its own, everybody else none', () => {
    const none = { kind: 'NONE' };
    const all = { kind: 'ALL' };
    expect(told((caller) => projectScope(caller, banks))).toEqual({
      nobody: none,
      'no role': none,
      own: { kind: 'ENTERPRISE', uscc: OWN },
      another: { kind: 'ENTERPRISE', uscc: '91330100799655058B' },
      'no code': none,
      officer: all,
      'no department': none,
      'officer with a code': all,
      bank: none,
      coordinator: all,
      auditor: all,
      admin: none,
      service: all,
    });
  });

  it('the officials and who looks after whom: coordinator, auditor, officers of the government', () => {
    expect(passed((caller) => mayReadOfficials(caller, banks))).toEqual([
      ...['officer', 'officer with a code', 'coordinator', 'auditor'],
    ]);
  });

  it('its visits: whoever reads officials all, an enterprise its own, everybody else none', () => {
    const none = { kind: 'NONE' };
    const all = { kind: 'ALL' };
    expect(told((caller) => visitScope(caller, banks))).toEqual({
      nobody: none,
      'no role': none,
      own: { kind: 'ENTERPRISE', uscc: OWN },
      another: { kind: 'ENTERPRISE', uscc: '91330100799655058B' },
      'no code': none,
      officer: all,
      'no department': none,
      'officer with a code': all,
      bank: none,
      coordinator: all,
      auditor: all,
      admin: none,
      service: none,
    });
  });
});

describe('whose officials a caller names', () => {
  it("are everybody's for the coordinator, its own for a department of the government, nobody's for others", () => {
    const named = told((caller) => namesOfficialsOf(caller, banks));
    expect(named).toMatchObject({ coordinator: null, officer: 'RSJ', 'officer with a code': 'RSJ' });
    expect(passed((caller) => namesOfficialsOf(caller, banks) !== undefined)).toEqual([
      ...['officer', 'officer with a code', 'coordinator'],
    ]);
  });
});
