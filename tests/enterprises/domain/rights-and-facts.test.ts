import {
  contactSight,
  contactSightOfOfficer,
  mayReadEnterprise,
  mayReadRecord,
  needsOfficialsTelephone,
  projectScope,
} from '../../../subgraphs/enterprises/src/domain/access.js';
import { checkFacts } from '../../../subgraphs/enterprises/src/domain/fact-vocabulary.js';

const own = '91110000600037341L';
const other = '91330100799655058B';

describe('rights on an enterprise', () => {
  it.each([
    [null, false],
    [{ roles: ['ENTERPRISE'], uscc: own }, true],
    [{ roles: ['ENTERPRISE'], uscc: other }, false],
    [{ roles: [], uscc: own }, false],
    [{ roles: ['OFFICER'], department: 'RSJ' }, true],
    [{ roles: ['AUDITOR'] }, true],
  ])('%j may read it: %s', (caller, may) => {
    expect(mayReadEnterprise(caller, own)).toBe(may);
  });

  const banks = new Set(['RMYH']);
  const officer = (department: string) => ({ roles: ['OFFICER'], department });

  it('leaves facts, projects and steward to the enterprise and the government: a bank reads what is registered', () => {
    for (const [caller, may] of [
      [officer('RSJ'), true],
      [officer('RMYH'), false],
      [{ roles: ['OFFICER'] }, false],
      [{ roles: ['AUDITOR'] }, true],
      [{ roles: ['ENTERPRISE'], uscc: other }, false],
    ] as const) {
      expect([caller, mayReadRecord(caller, own, banks)]).toEqual([caller, may]);
    }
    expect(mayReadEnterprise(officer('RMYH'), own)).toBe(true);
    expect(projectScope(officer('RMYH'), banks)).toEqual({ kind: 'NONE' });
    expect(projectScope({ roles: ['ENTERPRISE'], uscc: own }, banks)).toEqual({ kind: 'ENTERPRISE', uscc: own });
  });

  it('shows a contact in clear to whom it concerns, masked to the auditor, and to other officers for a purpose', () => {
    expect(contactSight({ roles: ['ENTERPRISE'], uscc: own }, own)).toBe('CLEAR');
    expect(contactSight({ roles: ['ENTERPRISE'], uscc: other }, own)).toBeUndefined();
    expect(contactSight({ roles: ['COORDINATOR'] }, own)).toBe('CLEAR');
    expect(contactSight({ roles: ['AUDITOR'] }, own)).toBe('MASKED');
    expect(contactSight(officer('JXJ'), own)).toBeUndefined();
    expect(contactSightOfOfficer(officer('JXJ'), ['SWUJ', 'JXJ'], banks)).toBe('CLEAR');
    expect(contactSightOfOfficer(officer('RSJ'), ['SWUJ', 'JXJ'], banks)).toBe('PURPOSE');
    expect(contactSightOfOfficer(officer('RMYH'), ['RMYH'], banks)).toBe('PURPOSE');
  });

  it("shows an official's telephone to colleagues, the coordinator and the enterprise that the official is with", () => {
    const official = { department: 'JXJ', of: own };
    for (const [caller, needs] of [
      [officer('JXJ'), true],
      [officer('RSJ'), false],
      [{ roles: ['COORDINATOR'] }, true],
      [{ roles: ['ENTERPRISE'], uscc: own }, true],
      [{ roles: ['ENTERPRISE'], uscc: other }, false],
      [{ roles: ['AUDITOR'] }, false],
      [null, false],
    ] as const) {
      expect([caller, needsOfficialsTelephone(caller, official)]).toEqual([caller, needs]);
    }
  });
});

describe('checkFacts', () => {
  it('takes facts of the right kind and withdrawals', () => {
    expect(
      checkFacts({
        values: { employees: 12, layoffRatePct: 3.5, taxArrears: false, hiredOn: '2026-01-01' },
        withdraw: ['rdExpenseYuan'],
      }),
    ).toEqual({
      facts: { employees: 12, layoffRatePct: 3.5, taxArrears: false, hiredOn: '2026-01-01', rdExpenseYuan: null },
      problems: [],
    });
  });

  it.each([
    ['dishonestyRecord', true],
    ['employees', -1],
    ['employees', 1.5],
    ['annualRevenueYuan', 0.5],
    ['annualRevenueYuan', '12'],
    ['annualRevenueYuan', 2 ** 60],
    ['layoffRatePct', Number.NaN],
    ['layoffRatePct', Number.POSITIVE_INFINITY],
    ['employees', Number.POSITIVE_INFINITY],
    ['employees', null],
    ['taxArrears', 'no'],
    ['hiredOn', '2026-02-30'],
    ['certifications', ['']],
    ['__proto__x', 1],
    ['layoffRatePct', 5500],
    ['layoffRatePct', -0.1],
    ['employees', 100_000_000_000_000],
    ['annualRevenueYuan', 10_000_000_000_001],
    ['loans', [{ principalYuan: 10_000_000_000_001 }]],
    ['loans', [{ years: 201 }]],
    ['hires', [{ people: 10_000_001 }]],
    ['statCategory', '乱写'],
    ['revenueGrowthPct', -100.5],
  ])('refuses %s = %j and names it', (fact, value) => {
    expect(checkFacts({ values: { [fact]: value }, withdraw: [] })).toMatchObject({
      facts: {},
      problems: [{ path: ['values', fact] }],
    });
  });

  it('refuses to withdraw what is no fact, or is recorded in the same breath', () => {
    expect(
      checkFacts({ values: { employees: 12 }, withdraw: ['employees', 'nothing'] }).problems.map(({ path }) => path),
    ).toEqual([
      ['withdraw', '0'],
      ['withdraw', '1'],
    ]);
  });
});
