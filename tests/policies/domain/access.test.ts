import {
  grantsWithin,
  isGrantWithin,
  mayKeepParameters,
  mayReadDraftOf,
  mayReadEarlierMatchesOf,
  mayReadMatches,
  mayReadMatchesOf,
  mayReadShopOf,
  mayWritePolicyOf,
  questionsSeenBy,
  needsSeenBy,
  needsWithin,
  mayOfferLoans,
  seesExactFigures,
  type Caller,
} from '../../../subgraphs/policies/src/domain/access.js';

const OWN = '91421200MA000001X1';
const OTHER = '91421200MA000002X2';
const BANKS = new Set(['YH1']);

const callers = {
  nobody: null,
  enterprise: { roles: ['ENTERPRISE'], uscc: OWN },
  enterpriseWithoutCode: { roles: ['ENTERPRISE'] },
  officer: { roles: ['OFFICER'], department: 'RSJ' },
  officerElsewhere: { roles: ['OFFICER'], department: 'KJJ' },
  officerWithoutDepartment: { roles: ['OFFICER'] },
  banker: { roles: ['OFFICER'], department: 'YH1' },
  officeKeeper: { roles: ['OFFICER'], department: 'YSB' },
  keeperWithoutOffice: { roles: ['SERVICE'], department: 'YSB' },
  service: { roles: ['SERVICE'], department: 'RSJ' },
  serviceWithoutDepartment: { roles: ['SERVICE'] },
  coordinator: { roles: ['COORDINATOR'] },
  auditor: { roles: ['AUDITOR'] },
  admin: { roles: ['ADMIN'] },
  codeWithoutRole: { roles: [], uscc: OWN, department: 'RSJ' },
} satisfies Record<string, Caller | null>;
type Name = keyof typeof callers;
const names = Object.keys(callers) as Name[]; // the keys of the object above

const allowed = (may: (caller: Caller | null) => boolean): Name[] => names.filter((name) => may(callers[name]));

describe('who may', () => {
  it.each<[string, (caller: Caller | null) => boolean, Name[]]>([
    [
      'see what every enterprise matches',
      (caller) => mayReadMatches(caller, BANKS),
      ['officer', 'officerElsewhere', 'officeKeeper', 'coordinator', 'auditor'],
    ],
    [
      'see what one enterprise matches',
      (caller) => mayReadMatchesOf(caller, OWN, BANKS),
      ['enterprise', 'officer', 'officerElsewhere', 'officeKeeper', 'coordinator', 'auditor'],
    ],
    [
      'see what a stranger matches',
      (caller) => mayReadMatchesOf(caller, OTHER, BANKS),
      ['officer', 'officerElsewhere', 'officeKeeper', 'coordinator', 'auditor'],
    ],
    [
      'see what one enterprise matched earlier, without a purpose',
      (caller) => mayReadEarlierMatchesOf(caller, OWN),
      ['enterprise', 'auditor'],
    ],
    [
      'see what a stranger matched earlier, without a purpose',
      (caller) => mayReadEarlierMatchesOf(caller, OTHER),
      ['auditor'],
    ],
    ['write the policies of a department', (caller) => mayWritePolicyOf(caller, 'RSJ'), ['officer']],
    ['write policies that no department answers for', (caller) => mayWritePolicyOf(caller, null), []],
    [
      'read the drafts of a department',
      (caller) => mayReadDraftOf(caller, 'RSJ'),
      ['officer', 'coordinator', 'auditor'],
    ],
    [
      'read drafts that no department answers for',
      (caller) => mayReadDraftOf(caller, null),
      ['coordinator', 'auditor'],
    ],
    ['keep the figures that policies refer to', mayKeepParameters, ['officeKeeper', 'admin']],
    ['read the subscriptions of an enterprise', (caller) => mayReadShopOf(caller, OWN), ['enterprise', 'auditor']],
    ['read the subscriptions of a stranger', (caller) => mayReadShopOf(caller, OTHER), ['auditor']],
    [
      'see small figures exactly',
      (caller) => seesExactFigures(caller, BANKS),
      [
        'officer',
        'officerElsewhere',
        'officeKeeper',
        'keeperWithoutOffice',
        'service',
        'serviceWithoutDepartment',
        'coordinator',
        'auditor',
      ],
    ],
    ['offer loans', (caller) => mayOfferLoans(caller, BANKS), ['banker']],
  ])('%s', (_what, may, who) => {
    expect(allowed(may)).toEqual(who);
  });
});

/** Each caller's scope in one word. */
const scopes = (
  scopeOf: (caller: Caller | null) => { readonly kind: string; readonly uscc?: string; readonly department?: string },
): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => {
      const { kind, uscc, department } = scopeOf(callers[name]);
      return [name, [kind, uscc, department].filter((part) => part !== undefined).join(' ')];
    }),
  );

const everyone = (kind: string): Record<string, string> => Object.fromEntries(names.map((name) => [name, kind]));

describe('how far a caller sees', () => {
  it('among grants', () => {
    expect(scopes(grantsWithin)).toEqual({
      ...everyone('none'),
      enterprise: `enterprise ${OWN}`,
      officer: 'department RSJ',
      officerElsewhere: 'department KJJ',
      banker: 'department YH1',
      officeKeeper: 'department YSB',
      keeperWithoutOffice: 'department YSB',
      service: 'department RSJ',
      coordinator: 'all',
      auditor: 'all',
    });
  });

  it('among questions about policies', () => {
    expect(scopes(questionsSeenBy)).toEqual({
      ...everyone('published'),
      enterprise: `enterprise ${OWN}`,
      officer: 'department RSJ',
      officerElsewhere: 'department KJJ',
      banker: 'department YH1',
      officeKeeper: 'department YSB',
      auditor: 'all',
    });
  });

  it('among financing needs as they were stated', () => {
    expect(scopes(needsWithin)).toEqual({ ...everyone('none'), enterprise: `enterprise ${OWN}`, auditor: 'all' });
  });

  it('among the needs that suit a product of a bank', () => {
    expect(scopes((caller) => ({ kind: needsSeenBy(caller, 'YH1') }))).toEqual({
      ...everyone('nothing'),
      banker: 'with consent',
      auditor: 'everything',
    });
  });

  it('takes the widest of several roles', () => {
    expect(grantsWithin({ roles: ['ENTERPRISE', 'AUDITOR'], uscc: OWN })).toEqual({ kind: 'all' });
    expect(grantsWithin({ roles: ['ENTERPRISE', 'OFFICER'], uscc: OWN })).toEqual({ kind: 'enterprise', uscc: OWN });
    expect(mayReadDraftOf({ roles: ['OFFICER', 'AUDITOR'], department: 'KJJ' }, 'RSJ')).toBe(true);
  });
});

describe('a grant', () => {
  const grant = { uscc: OWN, department: 'RSJ' };
  it.each([
    [{ kind: 'all' }, true],
    [{ kind: 'none' }, false],
    [{ kind: 'enterprise', uscc: OWN }, true],
    [{ kind: 'enterprise', uscc: OTHER }, false],
    [{ kind: 'department', department: 'RSJ' }, true],
    [{ kind: 'department', department: 'KJJ' }, false],
  ] as const)('lies within %j: %s', (scope, expected) => {
    expect(isGrantWithin(scope, grant)).toBe(expected);
  });
});
